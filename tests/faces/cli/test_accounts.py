"""`whosays user`, `whosays token`: accounts lie beside the ledger, and secrets are told once."""

from __future__ import annotations

import io
import sqlite3
import stat
from pathlib import Path

import pytest

from tests.faces.cli.conftest import Run
from tests.faces.desk.conftest import PASSWORD


@pytest.fixture
def typed(filled: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A password on standard input."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"{PASSWORD}\n".encode() * 4)))
    return filled


def test_an_account_is_made_listed_and_closed(typed: Run) -> None:
    assert typed("user", "list").out == "No accounts yet. `whosays user add NAME` makes one.\n"
    assert typed("user", "add", "anna", "--password-stdin").out == "anna may sign in.\n"
    assert typed("user", "list").out.startswith("anna ")
    assert typed("user", "password", "anna", "--password-stdin").code == 0
    assert typed("user", "remove", "anna").out == "anna may sign in no more.\n"
    assert "anna" not in typed("user", "list").out
    again = typed("user", "add", "Anna", "--password-stdin")
    assert (again.code, "judgements carry it" in again.err) == (2, True)


def test_a_token_is_told_once_and_kept_as_a_hash(typed: Run, tmp_path: Path) -> None:
    typed("user", "add", "anna", "--password-stdin")
    secret = typed("token", "add", "crawler", "--user", "anna", "--scope", "ingest").out.strip()
    assert secret.startswith("whosays_")
    assert len(secret) > 50
    assert "crawler" in typed("token", "list").out
    assert "never used" in typed("token", "list").out
    for file in tmp_path.iterdir():
        if file.is_file():
            kept = file.read_bytes()
            assert secret.encode() not in kept, file
            assert PASSWORD.encode() not in kept, file
    assert typed("token", "revoke", "crawler").code == 0
    assert "revoked" in typed("token", "list").out
    assert typed("token", "revoke", "crawler").code == 2


def test_accounts_are_for_their_owner_and_not_in_the_ledger(typed: Run, tmp_path: Path) -> None:
    typed("user", "add", "anna", "--password-stdin")
    assert stat.S_IMODE((tmp_path / "whosays.db.desk").stat().st_mode) == 0o600
    for name in ("whosays.db", "whosays.db-wal"):
        if (tmp_path / name).exists():
            assert b"anna" not in (tmp_path / name).read_bytes()


def test_the_log_cannot_be_changed(typed: Run, tmp_path: Path) -> None:
    typed("user", "add", "anna", "--password-stdin")
    with sqlite3.connect(tmp_path / "whosays.db.desk") as connection:
        assert connection.execute("SELECT what, subject FROM audit").fetchall() == [("user added", "anna")]
        for statement in ("DELETE FROM audit", "UPDATE audit SET who = 'nobody'"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(statement)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("user", "add", "", "--password-stdin"), "is no name"),
        (("user", "add", "<b>", "--password-stdin"), "is no name"),
        (("user", "add", "x" * 65, "--password-stdin"), "is no name"),
        (("user", "remove", "nobody"), "whosays user list"),
        (("user", "password", "nobody", "--password-stdin"), "whosays user list"),
        (("token", "add", "t", "--user", "nobody", "--scope", "read"), "no account"),
        (("token", "revoke", "nobody"), "whosays token list"),
    ],
)
def test_what_cannot_be_says_why(typed: Run, arguments: tuple[str, ...], words: str) -> None:
    ran = typed(*arguments)
    assert (ran.code, words in ran.err) == (2, True), ran.err


def test_a_short_password_is_none(filled: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"short\n")))
    ran = filled("user", "add", "anna", "--password-stdin")
    assert (ran.code, "12 to 1000" in ran.err) == (2, True)
    assert "anna" not in filled("user", "list").out
