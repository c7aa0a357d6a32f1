"""Pages, API and commands are the same whichever database the ledger lies in; and no password is ever printed."""

from __future__ import annotations

import os
import re
import sqlite3
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.faces.cli.conftest import Run, filled, run  # noqa: F401  (fixtures)
from tests.faces.cli.serving import served
from tests.faces.cli.test_read import STORY
from tests.faces.conftest import CLOCK
from tests.faces.web.conftest import client_of
from tests.stores import PostgreSQL
from whosays import actors, ledger
from whosays.faces.api.map import MAP
from whosays.faces.api.table_read import READING
from whosays.faces.privacy import DESK
from whosays.faces.service import Service

LISTINGS = {
    "/places": "/place/",
    "/sources": "/source/",
    "/actors": "/actor/",
    "/articles": "/article/",
    "/questions": "/question/",
    "/disputes": "/question/",
}
OTHERS = [
    "/",
    "/claims",
    "/claims?text=Soledar",
    "/limits",
    *(one.example for one in (*READING, *MAP) if "search" not in one.example),
]
"""The order of what is found by words differs: those are compared apart."""


@pytest.fixture
def both(samples_file: Path, postgresql: PostgreSQL) -> Iterator[tuple[TestClient, TestClient]]:
    """The sample pages, served from a file and from a server."""
    with ledger.open(str(samples_file)) as one, ledger.open(postgresql.new()) as other:
        ledger.copy(one, other)
        yield tuple(client_of(Service(book, actors.roster(), DESK, lambda: CLOCK)) for book in (one, other))  # type: ignore[misc]


def plain(text: str) -> str:
    """Without what differs from one request to the next."""
    return re.sub(r'("[a-z_]*ms": ?|nonce-)[^,"}]*', r"\1", text)


@pytest.mark.slow
def test_every_page_and_answer_is_the_same(both: tuple[TestClient, TestClient]) -> None:
    one, other = both
    pages = list(OTHERS)
    for listing, start in LISTINGS.items():
        found = re.findall(rf'href="({start}[^"#]*)', one.get(listing).text)
        pages += [listing, *dict.fromkeys(map(unescape, found))]
    assert len(pages) > 60
    answered = 0
    for path in pages:
        here, there = one.get(path), other.get(path)
        assert there.status_code == here.status_code, path
        assert plain(there.text) == plain(here.text), path
        answered += here.status_code == 200
    assert answered > 60


def test_the_same_articles_are_found_by_words(both: tuple[TestClient, TestClient]) -> None:
    for query in ("soledar", '"has taken" wagner', "Ras al-Ain", "SDF Turkish", '"took control"', "no such word"):
        here, there = (
            set(re.findall(r'href="/article/(\w+)', client.get("/search", params={"q": query}).text)) for client in both
        )
        assert here == there, query


SECRET = "s3cret"


def secretly(url: str) -> str:
    """The address with a password, which this server does not ask for."""
    return url.replace("postgres@", f"postgres:{SECRET}@")


COMMANDS = (
    ("claims",),
    ("claims", "--text", "taken soledar", "--format", "jsonl"),
    ("holds", "Soledar", "--on", "2023-01-13"),
    ("disputes",),
    ("questions",),
    ("record",),
    ("weigh",),
    ("weigh", "--anew", "--workers", "2"),
    ("judgements",),
    ("export", "--format", "csv"),
    ("ledger", "check"),
    ("token", "list"),
    ("claims", "--place", "nowhere"),
    ("article", "ffff"),
)


@pytest.mark.slow
def test_every_command_says_the_same_and_no_password(filled: Run, postgresql: PostgreSQL) -> None:  # noqa: F811
    shown = postgresql.new()
    url = secretly(shown)
    told = filled("ledger", "copy", "whosays.db", url)
    assert told.code == 0
    assert " ".join(told.out.split()).startswith(f"2 articles and 2 claims copied from whosays.db to {shown}: ")
    for command in COMMANDS:
        here, there = filled(*command), filled("--ledger", url, *command)
        assert there.code == here.code, command
        for one, other in ((here.out, there.out), (here.err, there.err)):
            assert SECRET not in other
            one, other = (" ".join(text.replace(shown, "whosays.db").split()) for text in (one, other))
            assert re.sub(r"[\d.]+ s;", "s;", other) == re.sub(r"[\d.]+ s;", "s;", one), command
    there = filled("ledger", "copy", "whosays.db", url)
    assert (there.code, there.out) == (2, "")
    assert "not empty" in there.err
    assert SECRET not in there.err


@pytest.mark.slow
def test_pages_are_read_into_a_database_and_served_from_there(
    run: Run,  # noqa: F811
    postgresql: PostgreSQL,
    tmp_path: Path,
) -> None:
    shown = postgresql.empty()
    url = secretly(shown)
    Path("story.txt").write_text(STORY, "utf-8")
    ran = run("--ledger", url, "ingest", "story.txt")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.rstrip().endswith(f"written to {shown}.")
    environment = {**os.environ, "WHOSAYS_LEDGER": url, "WHOSAYS_STATE": str(tmp_path / "state")}
    with served(f"{Path(sys.executable).parent}/whosays serve --port 0", environment, folder=tmp_path) as server:
        assert server.get("/claims")[0] == 200
        assert "Soledar" in server.get("/places")[1]
    assert SECRET not in server.told + server.wrong
    assert f"Serving {shown}:" in " ".join(server.told.split())
    kept = {path.suffix for path in (tmp_path / "state").iterdir()}
    assert {".desk", ".jobs", ".salt"} <= kept
    assert not [path for path in tmp_path.iterdir() if SECRET in path.name]


def test_faults_are_printed_and_are_the_exit_code(filled: Run) -> None:  # noqa: F811
    assert filled("ledger", "check").code == 0
    book = sqlite3.connect("whosays.db")
    book.execute("DROP TRIGGER names_no_delete")
    book.execute("DELETE FROM names")
    book.commit()
    book.close()
    ran = filled("ledger", "check", "whosays.db")
    assert ran.code == 1
    assert ran.out.count("cannot be asked for: it has no names") == 2
    assert ran.out.endswith("2 claims; 2 faults.\n")
    assert filled("ledger", "check", "nowhere.db").code == 2
