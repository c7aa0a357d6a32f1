"""What `ledger.open` takes, makes and refuses; and that the schema is what tables.py says."""

from __future__ import annotations

import ast
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.dialects import sqlite as lite
from sqlalchemy.schema import CreateIndex, CreateTable

from tests.engines.test_faults import in_child
from tests.ledger import made
from tests.ledger.test_ledger import add
from whosays import ledger
from whosays.errors import LedgerError
from whosays.ledger import migrations, tables, tables_weighed
from whosays.ledger.sql import sqlite as sql


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An up-to-date ledger with one page in it."""
    file = tmp_path / "w.db"
    with ledger.open(str(file), create=True) as store:
        add(store, made.page(1))
    return file


def test_paths_and_urls_name_the_same_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    shutil.copy(path, path.parent / "whosays.db")
    for url in (str(path), f"sqlite:///{path}", "w.db", "sqlite:///w.db", None):
        with ledger.open(url) as store:
            assert store.counts().articles == 1


def test_what_is_no_ledger_is_an_error_that_says_so(path: Path, tmp_path: Path) -> None:
    other, text = tmp_path / "other.db", tmp_path / "notes.txt"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE birds (name TEXT)")
    connection.close()
    text.write_text("not a database, however long the text in it may be" * 100)
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(path.read_bytes()[:4096] + b"\xa5" * 40_000)
    (tmp_path / "empty.db").touch()
    cases = {
        str(tmp_path): "folder",
        str(tmp_path / "nowhere.db"): "no such ledger",
        str(other): "no ledger of whosays",
        str(text): "no ledger",
        str(damaged): "damaged",
        str(tmp_path / "empty.db"): "empty",
        "mysql://host/db": "no such kind of ledger",
    }
    for url, words in cases.items():
        with pytest.raises(LedgerError, match=words) as caught, ledger.open(url) as store:
            store.counts()
        assert url in str(caught.value), "it says where"
    with pytest.raises(LedgerError, match=r"folder .* is not there"):
        ledger.open(str(tmp_path / "no" / "folder.db"), create=True)
    assert other.read_bytes().startswith(b"SQLite"), "and leaves it alone"
    assert not (tmp_path / "nowhere.db").exists()


def test_a_newer_ledger_is_refused(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(LedgerError, match=r"newer whosays \(schema 9999.*Update"):
        ledger.open(str(path))


def test_an_old_sqlite_is_refused() -> None:
    with pytest.raises(LedgerError, match=r"SQLite 3\.36\.0; the ledger needs 3\.37\.0"):
        sql.check_library((3, 36, 0))


def test_opening_a_ledger_that_is_up_to_date_does_not_import_alembic(path: Path) -> None:
    code = f"""
import sys
from whosays import ledger
with ledger.open({str(path)!r}) as store:
    assert store.counts().articles == 1
assert "alembic" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)


APPEND_ONLY = [table for table in tables.metadata.sorted_tables if not table.info["derived"]]
TRIGGERS = {f"{table.name}_no_{verb}" for table in APPEND_ONLY for verb in ("update", "delete")}
TRIGGERS |= {"captures_indexed", "claims_indexed", "readings_unweighed", "copied_unweighed"}
TRIGGERS |= {"subjects_unweighed", "judgements_unweighed"}
TABLES = {**tables.metadata.tables, **tables_weighed.metadata.tables}
FULL_TEXT = {sql.captures_fts.name, sql.claims_fts.name}


def described() -> dict[str, str]:
    """What makes each table and index, told from tables.py and tables_weighed.py."""
    made_by: dict[str, CreateTable | CreateIndex] = {}
    for table in TABLES.values():
        made_by[table.name] = CreateTable(table)
        made_by |= {str(index.name): CreateIndex(index) for index in table.indexes}
    words = {name: str(one.compile(dialect=lite.dialect())) for name, one in made_by.items()}
    return {name: " ".join(text.replace("BOOLEAN", "INTEGER").split()) for name, text in words.items()}  # 1 or 0


def made_by_migrations(connection: Connection) -> dict[str, str]:
    """What made each table, index, view and trigger, but for those that SQLite keeps for its own use."""
    found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").all()
    return {
        name: " ".join(text.split()) for name, text in found if "_fts_" not in name and not name.startswith("sqlite_")
    }


def test_a_step_of_the_schema_depends_on_nothing_that_may_change() -> None:
    for step in Path(migrations.__file__).parent.glob("versions/*.py"):
        for node in ast.walk(ast.parse(step.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            own = {name for name in names if name.startswith("whosays")}
            assert own <= {"whosays.ledger.migrations.making"}, f"{step.name}: that alone is history too"


def test_migrations_make_the_tables_that_tables_py_describes(path: Path) -> None:
    config = Config()
    config.set_main_option("script_location", "whosays.ledger:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == tables.VERSION
    with sql.engine(str(path)).connect() as connection:
        ours, found = described(), made_by_migrations(connection)
        assert {name: text for name, text in found.items() if name in ours} == ours
        assert set(found) == {*ours, "alembic_version", "captures_said", *FULL_TEXT, *TRIGGERS}
        strict = dict(connection.exec_driver_sql("SELECT name, strict FROM pragma_table_list").all())
        assert {name: strict[name] for name in TABLES} == dict.fromkeys(TABLES, 1)
        pragmas = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "foreign_keys")]
        assert pragmas == ["wal", 1]


def test_no_row_is_ever_changed_or_deleted(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys = OFF")
    for table in APPEND_ONLY:
        column = table.columns.keys()[-1]
        verbs = (f"DELETE FROM {table.name}", f'UPDATE {table.name} SET "{column}" = "{column}"')
        rows = connection.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0]
        triggers = connection.execute(
            "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ? AND name LIKE '%_no_%'",
            (table.name,),
        )
        assert triggers.fetchone() == (2,)
        for verb in verbs if rows else ():
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(verb)
    connection.close()


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that every user of the machine can read, unlike pytest's."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


def test_a_read_only_ledger_is_read_and_not_written(public: Path) -> None:
    file = public / "w.db"
    with ledger.open(str(file), create=True) as store:
        add(store, made.page(1))
    file.chmod(0o444)

    def as_nobody() -> None:
        if os.geteuid() == 0:
            os.setuid(65534)
        with ledger.open(str(file)) as store:
            assert len(tuple(store.claims())) == 20
            with pytest.raises(LedgerError, match=r"cannot be written .* Give yourself write access"):
                add(store, made.page(2))
            assert store.counts().articles == 1

    assert in_child(as_nobody) == 0
