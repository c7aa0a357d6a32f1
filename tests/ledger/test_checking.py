"""A sound ledger has no fault; broken in any way, by hand, it has the one that was made."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.ledger import made
from tests.ledger.test_judgements import KILLED, RAQQA, RAWA, TAKEN, judge, read, undo
from tests.ledger.test_ledger import add
from tests.stores import Places, connected
from whosays import ledger
from whosays.nouns import Subject, Verdict

PAGE = made.recaptured(made.page(1, claims=3), "First!")
ONE = "(SELECT id FROM claims WHERE article = '0123456789abcdef' AND type = 'capture')"


@pytest.fixture
def whole(at: Places) -> str:
    """The address of a ledger with all that there can be."""
    url = at.kept()
    with ledger.open(url) as store:
        add(store, PAGE)
        add(store, made.page(2, claims=3))
        read(store, (TAKEN, KILLED))
        judge(store, Verdict.CORRECTED, TAKEN.id, count=(3, 4))
        undo(store, judge(store, Verdict.REJECTED, KILLED.id))
        judge(store, Verdict.MERGED, RAWA.key, RAQQA.key, about=Subject.PLACE)
    return url


def broken(url: str, *statements: str) -> None:
    """Done to a ledger what its triggers and keys do not allow."""
    if "://" not in url:
        connection = sqlite3.connect(url)
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            if "_no_" in name:
                connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.close()
        return
    with connected(url) as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for statement in statements:
            connection.exec_driver_sql(statement)


def faults(url: str) -> list[tuple[str, str]]:
    with ledger.open(url) as store:
        return [(fault.table, fault.wrong) for fault in ledger.check(store)]


def test_a_sound_ledger_has_no_fault(whole: str) -> None:
    assert faults(whole) == []
    with ledger.open(whole) as store:
        left = list(ledger.unfinished(store))
        assert [line.split()[0] for line in left] == ["3", "Not"], "not compared, not weighed: no fault"


def test_an_empty_ledger_is_sound(at: Places) -> None:
    url = at.kept()
    assert faults(url) == []
    with ledger.open(url) as store:
        assert list(ledger.unfinished(store)) == []


BREAKS = {
    "article gone": ("DELETE FROM articles WHERE id = '0123456789abcdef'", "article points to no row of articles"),
    "capture gone": ("DELETE FROM captures WHERE article = '0123456789abcdef'", "has no capture"),
    "reading gone": ("DELETE FROM readings WHERE rank <> ''", "was read by nobody"),
    "parts gone": ("DELETE FROM parts", "has no parts"),
    "last part gone": ("DELETE FROM parts WHERE kind = 'comment'", "is not what it is named by"),
    "comment gone": ("DELETE FROM comments", "is not what it is named by"),
    "byline other": (
        "UPDATE captures SET byline = '[\"Z\"]' WHERE article = '0123456789abcdef'",
        "is not what it is named by",
    ),
    "text other": ("UPDATE captures SET text = replace(text, 'Rawa', 'Hama')", "its evidence does not stand"),
    "evidence moved": ("UPDATE extractions SET start = start + 1 WHERE claim = " + ONE, "its evidence does not stand"),
    "words other": ("UPDATE claims SET exact = 'Nobody said so' WHERE id = " + ONE, "its evidence does not stand"),
    "values gone": ("DELETE FROM extractions WHERE claim = " + ONE, "has no values"),
    "claim gone": ("DELETE FROM claims WHERE id = " + ONE, "claim points to no row of claims"),
    "claim elsewhere": (
        f"UPDATE claims SET article = '{PAGE.capture.article.id}' WHERE id = {ONE}",
        "its claim is of another article",
    ),
    "names gone": ("DELETE FROM names WHERE claim = " + ONE, "it has no names"),
    "subjects gone": ("DELETE FROM subjects", "has no subjects"),
    "merge to nowhere": ("DELETE FROM merged_into", "says not into what it merges"),
    "undone gone": ("DELETE FROM judgements WHERE undoes IS NULL", "undoes points to no row of judgements"),
    "reading of another article": (
        f"UPDATE readings SET article = '{PAGE.capture.article.id}' WHERE article = '0123456789abcdef'",
        "is of another article than its capture",
    ),
}


@pytest.mark.parametrize("what", BREAKS)
def test_what_was_broken_is_seen(whole: str, what: str) -> None:
    statement, wrong = BREAKS[what]
    broken(whole, statement)
    assert any(told.startswith(wrong) or wrong in told for _, told in faults(whole)), faults(whole)


def test_a_doubled_key_is_seen(postgresql: Places) -> None:
    url = postgresql.kept()
    with ledger.open(url) as store:
        add(store, PAGE)
    broken(
        url, "ALTER TABLE articles DROP CONSTRAINT articles_pkey CASCADE", "INSERT INTO articles SELECT * FROM articles"
    )
    assert ("articles", "is there twice") in faults(url)


def test_a_doubled_key_is_seen_in_a_file(sqlite: Places) -> None:
    url = sqlite.kept()
    with ledger.open(url) as store:
        add(store, PAGE)
    keep = "SELECT * FROM compared"
    broken(url, f"CREATE TABLE c AS {keep}", "DROP TABLE compared", "ALTER TABLE c RENAME TO compared")
    broken(
        url, f"INSERT INTO compared VALUES ('{PAGE.capture.article.id}', 'm/1'), ('{PAGE.capture.article.id}', 'm/1')"
    )
    assert ("compared", "is there twice") in faults(url)


@pytest.mark.parametrize("table", ["captures", "claims"])
def test_words_out_of_step_are_seen(whole: str, table: str) -> None:
    column = {"captures": "text", "claims": "exact"}[table]
    on_file = (
        f"INSERT INTO {table}_fts ({table}_fts, rowid, {column}) SELECT 'delete', seq, {column} FROM {table} LIMIT 1"
    )
    broken(whole, f"UPDATE {table} SET said = ' none '" if "://" in whole else on_file)
    assert any("the index of words is not in step" in told for _, told in faults(whole))


def test_a_damaged_file_is_seen(tmp_path: Path, sqlite: Places) -> None:
    url = sqlite.kept()
    with ledger.open(url) as store:
        for n in range(20):
            add(store, made.page(n))
    connection = sqlite3.connect(url)
    (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'ix_claims_type'").fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    data = bytearray(Path(url).read_bytes())
    data[(root - 1) * size + 200 : root * size] = bytes(size - 200)
    Path(url).write_bytes(data)
    assert any(table == "database" for table, _ in faults(url))
