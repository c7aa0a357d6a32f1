"""What is said to whoever names a database, what is made there, and that it can be backed up; and no password is ever shown."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from tests.ledger import made
from tests.ledger.test_checking import PAGE
from tests.ledger.test_judgements import KILLED, TAKEN, judge, read
from tests.ledger.test_ledger import add, view
from tests.ledger.test_opening import APPEND_ONLY
from tests.stores import PostgreSQL, connected
from whosays import ledger
from whosays.errors import LedgerError
from whosays.ledger import sql
from whosays.nouns import Verdict

ROOT = Path(__file__).parents[2]
SECRET = "s3cr/et"


def secretly(url: str) -> str:
    """The address with a password, which this server does not ask for."""
    return url.replace("postgres@", "postgres:s3cr%2Fet@")


def test_what_is_no_ledger_is_an_error_that_says_so(postgresql: PostgreSQL) -> None:
    other, empty = postgresql.empty(), postgresql.empty()
    with sql.chosen(other).engine(other).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE their_own (id int)")
    for url, said in (
        (other, "a database, but no ledger of whosays"),
        (empty, "empty, no ledger yet"),
        (postgresql.server.url + "nowhere", "there is no such database .*docs/ledger.md"),
        (other.replace("postgres@", "nobody@"), "there is no such role"),
        ("postgresql://postgres@127.0.0.1:1/x", "the server cannot be reached"),
        ("postgresql://postgres@[::1/x", "no address of a database"),
        ("postgresql://postgres@127.0.0.1:port/x", "no address of a database|the server cannot"),
        ("mysql://u@h/d", "no such kind of ledger. .*postgresql://USER@HOST/DATABASE"),
    ):
        for named in (url, url.replace("@", f":{SECRET}@", 1), f"{url}?password={SECRET}"):
            with pytest.raises(LedgerError, match=said) as caught, ledger.open(named) as store:
                store.counts()
            assert SECRET not in str(caught.value)
    assert tables(other) == ["their_own"], "and leaves it alone"


def tables(url: str) -> list[str]:
    """Names of the tables of a database."""
    with sql.chosen(url).engine(url).connect() as connection:
        names = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        return list(connection.exec_driver_sql(names).scalars())


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://u:p@h/d", "postgresql://u@h/d"),
        ("postgresql://u:p/@:w@h:5432/d?sslmode=require", "postgresql://u@h:5432/d?sslmode=require"),
        ("postgresql://u@h/d?password=p&sslmode=require", "postgresql://u@h/d?sslmode=require"),
        ("postgresql://h/d?sslmode=require&password=p", "postgresql://h/d?sslmode=require"),
        ("postgresql://h/d", "postgresql://h/d"),
        ("postgresql:///d", "postgresql:///d"),
        ("whosays.db", "whosays.db"),
    ],
)
def test_no_password_is_shown(url: str, shown: str) -> None:
    assert sql.plain(url) == shown


def test_a_ledger_is_opened_by_both_names_and_its_password_is_for_programs_alone(postgresql: PostgreSQL) -> None:
    url = postgresql.kept()
    with ledger.open(secretly(url)) as store:
        add(store, made.page(1))
        assert store.where == url
        assert store.url == secretly(url)
    with ledger.open(url.replace("postgresql:", "postgres:")) as store:
        assert store.counts().articles == 1


def test_a_newer_ledger_is_refused(postgresql: PostgreSQL) -> None:
    url = postgresql.kept()
    with connected(url) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LedgerError, match=r"newer whosays \(schema 9999.*Update"):
        ledger.open(url)


def test_what_extensions_bring_is_no_stranger(postgresql: PostgreSQL) -> None:
    url = postgresql.empty()
    with sql.chosen(url).engine(url).begin() as connection:
        connection.exec_driver_sql("CREATE EXTENSION pg_stat_statements")
    with ledger.open(url, create=True) as store:
        add(store, made.page(1))


def test_several_programs_may_make_one_ledger_at_once(postgresql: PostgreSQL) -> None:
    url, failed = postgresql.empty(), list[BaseException]()

    def make(n: int) -> None:
        try:
            with ledger.open(url, create=True) as store:
                add(store, made.page(n))
        except BaseException as error:
            failed.append(error)
            raise

    threads = [threading.Thread(target=make, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with ledger.open(url) as store:
        assert store.counts().articles == 4


def test_a_ledger_may_lie_in_a_schema_of_its_own(postgresql: PostgreSQL) -> None:
    url = postgresql.empty()
    with sql.chosen(url).engine(url).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE their_own (id int)")
        connection.exec_driver_sql("CREATE SCHEMA news")
    with pytest.raises(LedgerError, match="no schema to make tables in"):
        ledger.open(f"{url}?options=-csearch_path%3Dnowhere", create=True)
    with ledger.open(f"{url}?options=-csearch_path%3Dnews", create=True) as store:
        add(store, made.page(1))
        assert list(ledger.check(store)) == []


def test_no_row_is_ever_changed_or_deleted(postgresql: PostgreSQL) -> None:
    url = postgresql.kept()
    with ledger.open(url) as store:
        add(store, PAGE)
        for table in APPEND_ONLY:
            column = table.columns.keys()[-1]
            update = f'UPDATE {table.name} SET "{column}" = "{column}"'
            for verb in (f"DELETE FROM {table.name}", update, f"TRUNCATE {table.name} CASCADE"):
                with pytest.raises(IntegrityError, match="append-only"), store._store.writing() as connection:
                    connection.exec_driver_sql(verb)


def test_who_may_only_read_reads(postgresql: PostgreSQL) -> None:
    url = postgresql.kept()
    with ledger.open(url) as store:
        add(store, made.page(1))
    with connected(url) as connection:
        connection.exec_driver_sql("DROP ROLE IF EXISTS reader")
        connection.exec_driver_sql("CREATE ROLE reader LOGIN")
        connection.exec_driver_sql("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
    with ledger.open(url.replace("postgres@", "reader@")) as store:
        assert len(tuple(store.claims(text="took"))) == 20
        assert store.search("fighting")
        assert list(ledger.check(store)) == []
        with pytest.raises(LedgerError, match=r"your role may not do this .*permission denied"):
            add(store, made.page(2))
    with connected(url) as connection:
        connection.exec_driver_sql("DROP OWNED BY reader")
        connection.exec_driver_sql("DROP ROLE reader")


def test_without_the_library_it_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from whosays import ledger\n"
        "try: ledger.open('postgresql://u@h/d')\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == (
        "LedgerError A ledger in PostgreSQL needs the library psycopg. Install it: pip install 'whosays[postgresql]'"
    )


def test_a_file_needs_nothing_of_postgresql(tmp_path: Path) -> None:
    code = f"""
import sys
from whosays import ledger
ledger.open({str(tmp_path / "w.db")!r}, create=True).close()
assert not {{"psycopg", "whosays.ledger.sql.postgresql"}} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.slow
def test_a_dump_is_restored_whole(postgresql: PostgreSQL) -> None:
    """As docs/ledger.md says."""
    url, restored = postgresql.kept(), postgresql.empty()
    with ledger.open(url) as store:
        add(store, PAGE)
        read(store, (TAKEN, KILLED))
        judge(store, Verdict.CORRECTED, TAKEN.id, count=(3, 4))
        before = view(store)
    commands = re.findall(r"(?m)^(pg_dump|pg_restore) (.*)$", (ROOT / "docs" / "ledger.md").read_text("utf-8"))
    assert [program for program, _ in commands] == ["pg_dump", "pg_restore"]
    for program, words in commands:
        for shown, real in (
            ("postgresql://whosays@db.example.org/restored", restored),
            ("postgresql://whosays@db.example.org/news", url),
            ("news.dump", str(postgresql.server.folder / "news.dump")),
        ):
            words = words.replace(shown, real)
        postgresql.server.run(program, *shlex.split(words, comments=True))
    with ledger.open(restored) as store:
        assert view(store) == before
        assert list(ledger.check(store)) == []
        assert len(store.search("three soldiers")) == 1
        add(store, made.page(9))
        judge(store, Verdict.ACCEPTED, KILLED.id)


def test_what_belongs_to_a_ledger_on_a_server_lies_in_a_folder_of_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHOSAYS_STATE", str(tmp_path / "state" / "whosays"))
    url = "postgresql://u:secret@h/d"
    path = Path(ledger.beside(url, ".jobs"))
    assert path.parent == tmp_path / "state" / "whosays"
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert (
        ledger.beside("postgresql://u:other@h/d", ".jobs") == ledger.beside("postgresql://u@h/d", ".jobs") == str(path)
    )
    assert len({ledger.beside(one, ".jobs") for one in (url, "postgresql://u@h/e", "postgresql://v@h/d")}) == 3
    assert ledger.beside("a/b.db", ".jobs") == "a/b.db.jobs" == ledger.beside("sqlite:///a/b.db", ".jobs")
    assert ledger.beside(":memory:", ".jobs") == ":memory:" == ledger.beside("sqlite:///", ".jobs")
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("WHOSAYS_STATE", str(tmp_path / "file" / "x"))
    with pytest.raises(LedgerError, match="Name another folder in WHOSAYS_STATE"):
        ledger.beside(url, ".jobs")


@pytest.fixture
def locked(postgresql: PostgreSQL) -> Iterator[str]:
    """The address of a ledger for a role that the server asks for a password."""
    url, rules = postgresql.new(), postgresql.server.folder / "data" / "pg_hba.conf"
    before = rules.read_text()
    with connected(url) as connection:
        connection.exec_driver_sql("DROP ROLE IF EXISTS locked")
        connection.exec_driver_sql(f"CREATE ROLE locked LOGIN SUPERUSER PASSWORD '{SECRET}'")
    rules.write_text("host all locked 127.0.0.1/32 scram-sha-256\n" + before)
    postgresql.server.psql("postgres", "SELECT pg_reload_conf()")
    yield url.replace("postgres@", "locked@")
    rules.write_text(before)
    postgresql.server.psql("postgres", "SELECT pg_reload_conf()")
    with connected(url) as connection:
        connection.exec_driver_sql("DROP ROLE locked")


def test_the_password_comes_from_a_file_or_the_address(
    locked: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))
    with pytest.raises(LedgerError, match=r"does not let you in .*Put the password into ~/\.pgpass"):
        ledger.open(locked)
    with pytest.raises(LedgerError, match="does not let you in") as caught:
        ledger.open(locked.replace("@", ":wr0ng@"))
    assert "wr0ng" not in str(caught.value)
    ledger.open(locked.replace("@", ":s3cr%2Fet@")).close()
    passwords = tmp_path / "pgpass"
    passwords.write_text(f"127.0.0.1:*:*:locked:{SECRET}\n")
    passwords.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    with ledger.open(locked) as store:
        assert store.counts().articles == 0
