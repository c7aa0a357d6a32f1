"""Settings: which file, who goes before whom, and faults that say what was meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whosays import settings
from whosays.errors import Misuse
from whosays.faces import config
from whosays.faces.config import (
    FORMAT,
    GAZETTEER,
    LEDGER,
    LEVEL,
    METRICS,
    PORT,
    PUBLIC,
    ROSTER,
    SETTINGS,
    WATCHED,
    WORKERS,
    Shown,
)
from whosays.logs import Format, Level


def write(folder: Path, text: str) -> Path:
    path = folder / "whosays.toml"
    path.write_text(text, "utf-8")
    return path


def test_option_environment_file_default_in_this_order(tmp_path: Path) -> None:
    path = write(tmp_path, "[serve]\nport = 1\n")
    both = config.read(path, {"WHOSAYS_SERVE_PORT": "2"})
    assert both.settled(PORT, 3) == config.Settled(3, "option")
    assert both.settled(PORT) == config.Settled(2, "WHOSAYS_SERVE_PORT")
    assert config.read(path, {}).settled(PORT) == config.Settled(1, str(path))
    assert config.read(None, {}).settled(PORT) == config.Settled(8765, "default")
    assert not config.read(None, {}).settled(PORT).chosen


def test_older_variables_keep_their_names() -> None:
    assert [one.variable for one in (LEDGER, ROSTER, GAZETTEER)] == [
        settings.LEDGER_VARIABLE,
        settings.ROSTER_VARIABLE,
        settings.GAZETTEER_VARIABLE,
    ]


def test_values_have_their_types_wherever_they_come_from(tmp_path: Path) -> None:
    path = write(tmp_path, '[serve]\npublic = true\nmetrics = "all"\n[log]\nlevel = "info"\nformat = "json"\n')
    said = config.read(path, {})
    assert said.value(PUBLIC) is True
    assert said.value(METRICS) is Shown.ALL
    assert (said.value(LEVEL), said.value(FORMAT)) == (Level.INFO, Format.JSON)
    environ = {"WHOSAYS_SERVE_PUBLIC": "false", "WHOSAYS_LOG_LEVEL": "error", "WHOSAYS_INGEST_WORKERS": "4"}
    told = config.read(path, environ)
    assert told.value(PUBLIC) is False
    assert told.value(LEVEL) is Level.ERROR
    assert told.value(WORKERS) == 4


def test_paths_are_meant_from_the_folder_of_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, '[ledger]\nurl = "a.db"\n[roster]\npath = "~/r.yml"\n[gazetteer]\nfolder = "/far"\n')
    said = config.read(path, {})
    assert said.value(LEDGER) == str(tmp_path / "a.db")
    assert said.value(ROSTER) == "~/r.yml"
    assert said.value(GAZETTEER) == "/far"
    url = config.read(write(tmp_path, '[ledger]\nurl = "postgresql://anna@db/x"\n'), {})
    assert url.value(LEDGER) == "postgresql://anna@db/x"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[serve]\nprot = 1\n", "no 'prot' in [serve] (did you mean 'port'?)"),
        ("[serv]\nport = 1\n", "no table [serv] (did you mean 'serve'?)"),
        ("port = 1\n", "no key 'port' outside of a table"),
        ("serve = 1\n", "write [serve]"),
        ("[serve]\nzzz = 1\n", "(there is host, port, public, origin, tiles, metrics)"),
        ("[serve]\nport = 70000\n", "port = 70000 cannot be: write 0 to 65535"),
        ('[serve]\nport = "8080"\n', "cannot be: write 0 to 65535"),
        ('[log]\nlevel = "loud"\n', "'loud' cannot be: write `debug`, `info`, `warning`, `error`"),
        ('[ledger]\nurl = ""\n', "cannot be: write path or URL"),
        ("[serve\n", "docs/operations.md"),
    ],
)
def test_a_fault_names_file_key_and_what_was_meant(tmp_path: Path, text: str, words: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(Misuse) as caught:
        config.read(path, {})
    assert str(path) in str(caught.value)
    assert words in str(caught.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(Misuse, match=r"prot.*levle.*70000"):
        config.read(write(tmp_path, "[serve]\nprot = 1\nport = 70000\n[log]\nlevle = 1\n"), {})


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "whosays.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(Misuse, match="not UTF-8"):
        config.read(path, {})


def test_a_variable_that_cannot_be_is_told() -> None:
    with pytest.raises(Misuse, match="WHOSAYS_SERVE_PORT=http cannot be: write 0 to 65535"):
        config.read(None, {"WHOSAYS_SERVE_PORT": "http"}).value(PORT)


def test_tables_of_watch_may_stand_in_the_same_file(tmp_path: Path) -> None:
    path = write(tmp_path, '[serve]\nport = 1\n[watch]\ndelay = "2s"\n[[feed]]\nurl = "https://a.example/rss"\n')
    assert config.read(path, {}).value(PORT) == 1
    assert {one.table for one in SETTINGS} == set(settings.TABLES)
    assert not set(settings.TABLES) & set(WATCHED)


def test_the_file_is_found_in_the_order_that_is_told(tmp_path: Path) -> None:
    home, here = tmp_path / "home", tmp_path / "here"
    (home / ".config/whosays").mkdir(parents=True)
    here.mkdir()
    environ = {"HOME": str(home)}
    assert config.find(None, environ, here=here) is None
    at_home = write(home / ".config/whosays", "")
    assert config.find(None, environ, here=here) == at_home
    local = write(here, "")
    assert config.find(None, environ, here=here) == local
    named = tmp_path / "named.toml"
    named.write_text("")
    assert config.find(None, {**environ, "WHOSAYS_CONFIG": str(named)}, here=here) == named
    assert config.find(local, {**environ, "WHOSAYS_CONFIG": str(named)}, here=here) == local


def test_a_file_that_was_named_and_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Misuse, match="which --config names, is no file"):
        config.find(tmp_path / "none.toml", {})
    with pytest.raises(Misuse, match="which WHOSAYS_CONFIG names, is no file"):
        config.find(None, {"WHOSAYS_CONFIG": str(tmp_path / "none.toml")})


@given(port=st.integers())
def test_a_port_is_taken_where_it_is_one(tmp_path_factory: pytest.TempPathFactory, port: int) -> None:
    path = write(tmp_path_factory.mktemp("c"), f"[serve]\nport = {port}\n")
    if 0 <= port <= 65535:
        assert config.read(path, {}).value(PORT) == port
    else:
        with pytest.raises(Misuse, match="0 to 65535"):
            config.read(path, {})
