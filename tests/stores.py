"""Where tests keep ledgers: in SQLite, and on a PostgreSQL server of their own.

Server().start()  stop()  restart()      a private server on loopback, gone with the tests
SQLite, PostgreSQL: new() -> URL         a new ledger, empty, its schema made; kept() -> one that several may open at once
"""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest
from sqlalchemy import Connection

from whosays import ledger
from whosays.ledger import Ledger


class Places(Protocol):
    """Makes ledgers, one after the other."""

    name: str

    def new(self) -> str:
        """The address of an empty ledger."""

    def kept(self, *, lasting: bool = False) -> str:
        """The same; several processes may open it. `lasting`: for more than one test."""


@contextmanager
def opened(at: Places) -> Iterator[Ledger]:
    """A new ledger."""
    with ledger.open(at.new(), create=True) as store:
        yield store


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """The database of a ledger, for words of its own."""
    with ledger.open(url) as store, store._store.writing() as connection:
        yield connection


@dataclass(slots=True)
class SQLite:
    """Ledgers in memory, or in files."""

    folder: Path
    blank: Path | None = None
    name: str = "sqlite"
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def new(self) -> str:
        return ":memory:"

    def kept(self, *, lasting: bool = False) -> str:
        if self.blank is None:
            self.blank = self.folder / "blank.db"
            ledger.open(str(self.blank), create=True).close()
        path = self.folder / f"{next(self.numbers)}.db"
        shutil.copy(self.blank, path)
        return str(path)


def programs() -> Path | None:
    """The folder of the server's programs: of the newest that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@dataclass(slots=True)
class Server:
    """A PostgreSQL server that keeps nothing, on a free port of this machine."""

    folder: Path
    port: int
    programs: Path
    user: str | None
    """Who runs it where we are root, which it refuses."""
    process: subprocess.Popen[bytes] | None = None

    @classmethod
    def made(cls) -> Server | None:
        """Its files; None where no server is installed."""
        found = programs()
        if found is None:
            return None
        folder = Path(tempfile.mkdtemp(prefix="whosays-postgresql-"))
        user = "postgres" if os.geteuid() == 0 else None
        if user is not None:
            entry = pwd.getpwnam(user)
            os.chown(folder, entry.pw_uid, entry.pw_gid)
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        made = cls(folder, port, found, user)
        made.run(
            "initdb",
            "-D",
            str(folder / "data"),
            "-A",
            "trust",
            "-U",
            "postgres",
            "-N",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        return made

    @property
    def url(self) -> str:
        """Of its databases, but for their name."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/"

    def run(self, program: str, *words: str) -> str:
        """One of the server's programs."""
        command = [str(self.programs / program), *words]
        ran = subprocess.run(command, capture_output=True, text=True, cwd=self.folder, user=self.user, check=False)
        assert ran.returncode == 0, f"{program}: {ran.stderr}"
        return ran.stdout

    def psql(self, database: str, command: str) -> str:
        """What the server's own shell says."""
        return self.run("psql", "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", self.url + database, "-c", command)

    def start(self) -> None:
        """Until it takes connections. It ends with this process, however that ends."""
        told = f"-D {self.folder}/data -p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=60"
        for _ in range(600):
            if (
                self.process is None or self.process.poll() is not None
            ):  # again where the last one's memory is still held
                self.process = self._started(told)
            with suppress(AssertionError):
                self.run("pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port))
                return
            time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text())

    def _started(self, told: str) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [str(self.programs / "postgres"), *told.split()],
                stdout=log,
                stderr=log,
                user=self.user,
                preexec_fn=lambda: ctypes.CDLL(None).prctl(1, signal.SIGQUIT),  # PR_SET_PDEATHSIG
            )

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """`SIGINT`: whoever is connected is thrown out; `SIGQUIT`: as if the machine had been switched off."""
        assert self.process is not None
        self.process.send_signal(how)
        self.process.wait(60)

    def restart(self, how: signal.Signals = signal.SIGINT) -> None:
        self.stop(how)
        self.start()


@dataclass(slots=True)
class PostgreSQL:
    """Ledgers in databases of a server: each a copy of one that has the schema."""

    server: Server
    name: str = "postgresql"
    made: list[str] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    of: str = ""

    def new(self) -> str:
        return self._made("TEMPLATE blank")

    def _made(self, how: str) -> str:
        test = os.environ.get("PYTEST_CURRENT_TEST", "").partition(" ")[0]
        while self.made and self.of != test:
            self.server.psql("postgres", f"DROP DATABASE {self.made.pop()} WITH (FORCE)")
        self.of = test
        self.made.append(f"book{next(self.numbers)}")
        self.server.psql("postgres", f"CREATE DATABASE {self.made[-1]} {how} STRATEGY file_copy")
        return self.server.url + self.made[-1]

    def kept(self, *, lasting: bool = False) -> str:
        url = self.new()
        if lasting:
            self.made.pop()
        return url

    def empty(self) -> str:
        """The address of a database without anything in it."""
        return self._made("")


def absent() -> None:
    """Skips the test, and says so."""
    import warnings

    said = "POSTGRESQL ABSENT: no initdb under /usr/lib/postgresql or on PATH. Its tests are skipped."
    warnings.warn(said, stacklevel=1)
    pytest.skip(said)
