"""Logs: one line an event, whatever is in it; nothing of what must not be told."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whosays.logs import FOREIGN, Format, Level, event, start, without_password

LOG = logging.getLogger("whosays.test")


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Loggers are the process's: each test leaves them as it found them."""
    logs = [logging.getLogger(name) for name in ("whosays", *FOREIGN)]
    before = [(log.handlers[:], log.propagate, log.level) for log in logs]
    yield
    for log, (handlers, propagate, level) in zip(logs, before, strict=True):
        log.handlers[:], log.propagate = handlers, propagate
        log.setLevel(level)


def begun(level: Level = Level.INFO, form: Format = Format.JSON) -> io.StringIO:
    out = io.StringIO()
    start(level, form, stream=out)
    return out


def test_an_event_is_one_line_of_json_with_its_fields() -> None:
    out = begun()
    event(LOG, Level.INFO, "page", outcome="new", claims=3, ms=412.34567, reason=None)
    told = json.loads(out.getvalue())
    assert told.pop("time").endswith("+00:00")
    assert told == {
        "level": "info",
        "event": "page",
        "log": "whosays.test",
        "outcome": "new",
        "claims": 3,
        "ms": 412.346,
    }


def test_for_people_it_is_words() -> None:
    out = begun(form=Format.TEXT)
    event(LOG, Level.WARNING, "worker ended", code=1, what="two words")
    assert out.getvalue()[8:] == ' warning worker ended code=1 what="two words"\n'


def test_elsewhere_than_on_a_terminal_auto_is_json() -> None:
    out = begun(form=Format.AUTO)
    event(LOG, Level.INFO, "page")
    assert json.loads(out.getvalue())["event"] == "page"


def test_below_its_level_nothing_is_told() -> None:
    out = begun(Level.WARNING)
    event(LOG, Level.INFO, "page")
    event(LOG, Level.DEBUG, "page")
    assert out.getvalue() == ""


@pytest.mark.parametrize("form", [Format.TEXT, Format.JSON])
def test_an_exception_is_told_by_type_and_place_and_its_message_only_at_debug(form: Format) -> None:
    told = {}
    for level in (Level.ERROR, Level.DEBUG):
        out = begun(level, form)
        try:
            raise ValueError("the page said: Anna was seen")
        except ValueError as error:
            event(LOG, Level.ERROR, "a bug of ours", error, path="/x")
        told[level] = out.getvalue()
    assert "ValueError" in told[Level.ERROR]
    assert "test_logs.py:" in told[Level.ERROR]
    assert "Anna" not in told[Level.ERROR]
    assert "Anna" in told[Level.DEBUG]
    assert all(words.count("\n") == 1 for words in told.values())


@given(words=st.text(), value=st.text(), form=st.sampled_from([Format.TEXT, Format.JSON]))
def test_whatever_is_in_it_an_event_is_one_line(words: str, value: str, form: Format) -> None:
    out = begun(form=form)
    event(LOG, Level.INFO, words, what=value)
    line = out.getvalue()
    assert line.endswith("\n")
    assert len(line.splitlines()) == 1


@given(
    user=st.from_regex(r"[a-z]{1,8}", fullmatch=True), secret=st.from_regex(r"[A-Za-z0-9:!?#]{6,12}", fullmatch=True)
)
def test_no_password_of_a_database_is_told(user: str, secret: str) -> None:
    where = f"postgresql://{user}:{secret}@db.example:5432/ledger"
    assert without_password(where) == f"postgresql://{user}:***@db.example:5432/ledger"
    out = begun()
    logging.getLogger("uvicorn.error").error("cannot open %s", where)
    event(LOG, Level.INFO, "opened", where=where)
    assert out.getvalue().count("***") == 2
    assert f":{secret}@" not in out.getvalue()


def test_warnings_of_the_server_are_ours_to_show_and_the_rest_is_not() -> None:
    out = begun(Level.DEBUG)
    logging.getLogger("uvicorn.access").info("GET /place/Anna?q=secret")
    logging.getLogger("uvicorn.error").warning("odd request")
    assert [json.loads(line)["event"] for line in out.getvalue().splitlines()] == ["odd request"]
