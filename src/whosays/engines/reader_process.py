"""Strangers' pages are read in a process of their own, which may be killed at any moment and is then built again.

    with Reader(roster=…) as reader:
        reader.read(data, meta) -> Page | Refusal

A page is the most hostile thing that we take in, and what reads it is C: libxml2, the tokenizer, the network. So the process
that parses it is not the one that holds the ledger, the accounts or the sockets:

- It gets bytes and gives bytes: MessagePack of our nouns, checked against their types when it comes back. Never pickle, by
  which a reader that has been taken over could run what it likes in its parent.
- A watchdog kills it PAGE_SECONDS after it was handed a page, wherever it hangs; and the kernel stops it at READER_BYTES of
  memory beyond what it started with, at twice PAGE_SECONDS of processor time, and at the first byte written to a file
  (where the platform has these limits; the watchdog is everywhere). An answer beyond MAX_ANSWER_BYTES is not taken.
- What breaks it costs one Refusal: `time`, `memory`, `crash`, `output`. A crash is tried once more in a fresh process, since
  the machine may be at fault; then the page is.

What this does not do: keep the process from reading files or opening sockets. It runs as the same user.
"""

from __future__ import annotations

import math
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Event, Timer
from types import TracebackType

import msgspec

from whosays import actors, pipeline
from whosays.nouns import BUG, Article, Claim, Dispute, Meta, Refusal, Stage
from whosays.pipeline import Page
from whosays.profile import Profile, Step, Tally
from whosays.settings import MAX_ANSWER_BYTES, MAX_PAGE_BYTES, PAGE_SECONDS, READER_BYTES

START_SECONDS = 120
"""The network is loaded in two seconds on an idle machine."""
_WARM = (
    b"<html><body><h1>Troops enter town</h1><p>Soldiers entered the town on Friday, a spokesman said.</p></body></html>"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may cost."""

    seconds: float = PAGE_SECONDS
    memory: int = READER_BYTES
    answer: int = MAX_ANSWER_BYTES


class _Ask(msgspec.Struct, array_like=True):
    data: bytes
    meta: Meta


class _Times(msgspec.Struct, array_like=True):
    """A `Profile`."""

    seconds: dict[Step, float]
    calls: dict[Step, int]
    tallies: dict[Tally, int]


class _Answer(msgspec.Struct, array_like=True):
    article: Article | None = None
    claims: tuple[Claim, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    implied: tuple[Claim, ...] = ()
    refusal: Refusal | None = None
    end: bool = False
    """The process is no longer to be trusted with another page."""
    times: _Times | None = None


ReadHere = Callable[[bytes, Meta, Path | None, Profile], Page | Refusal]
"""What the process runs. A function of a module, since its name is what the process is told."""


def read_single(data: bytes, meta: Meta, roster: Path | None, profile: Profile) -> Page | Refusal:
    """The pipeline, with the user's own actors, for pages that somebody asks about."""
    return pipeline.read_page(data, meta, known=actors.roster(roster), cascade=pipeline.SINGLE, profile=profile)


def read_bulk(data: bytes, meta: Meta, roster: Path | None, profile: Profile) -> Page | Refusal:
    """The same for pages by the thousand."""
    return pipeline.read_page(data, meta, known=actors.roster(roster), cascade=pipeline.BULK, profile=profile)


def read_whole(data: bytes, meta: Meta, roster: Path | None, profile: Profile) -> Page | Refusal:
    """The same, nothing spared: to measure against."""
    return pipeline.read_page(data, meta, known=actors.roster(roster), cascade=pipeline.WHOLE, profile=profile)


class Reader:
    """The process, built when it is first needed."""

    def __init__(
        self, *, roster: Path | None = None, limits: Limits | None = None, read_page: ReadHere = read_single
    ) -> None:
        self.profile = Profile()
        """Where the time of all pages went."""
        self._roster, self._limits, self._read_page = roster, limits or Limits(), read_page
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.close()

    def read(self, data: bytes, meta: Meta) -> Page | Refusal:
        """What is in a page, or why it was not read. Raises OSError where no process can be built."""
        if len(data) > MAX_PAGE_BYTES + 1:
            data = data[: MAX_PAGE_BYTES + 1]  # so the pages stage still sees that it is too long
        answer = self._ask(data, meta)
        if isinstance(answer, Refusal) and answer.reason == "crash":
            answer = self._ask(data, meta)
        if isinstance(answer, Refusal):
            return answer
        if answer.times is not None:
            self.profile.add(answer.times.seconds, answer.times.calls, answer.times.tallies)
        if answer.refusal is not None or answer.article is None:
            return answer.refusal or _no(BUG, "The reader gave neither an article nor a reason.")
        return Page(answer.article, answer.claims, answer.disputes, answer.implied)

    def start(self) -> None:
        """Build the process now. Raises OSError where it cannot be."""
        self._running()

    def close(self) -> None:
        """End the process, at once."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None

    # ------------------------------------------------------------------------------------------------------- helpers

    def _ask(self, data: bytes, meta: Meta) -> _Answer | Refusal:
        process, pipe = self._running()
        late = Event()

        def bark() -> None:
            late.set()
            process.kill()

        watchdog = Timer(self._limits.seconds, bark)
        watchdog.daemon = True
        watchdog.start()
        try:
            pipe.send_bytes(msgspec.msgpack.encode(_Ask(data, meta)))
            raw = pipe.recv_bytes(self._limits.answer)
            answer = msgspec.msgpack.decode(raw, type=_Answer)
        except (EOFError, ConnectionError):
            refusal = self._ended(process, late=late.is_set())
        except OSError:  # what recv_bytes says of an answer that is too long
            refusal = _no("output", f"The page comes to more than {self._limits.answer:,} bytes.")
        except msgspec.DecodeError as error:
            refusal = _no("output", f"The reader's answer is not as it should be: {error}.")
        else:
            if answer.end:
                self.close()
            return answer
        finally:
            watchdog.cancel()
        self.close()
        return refusal

    def _ended(self, process: BaseProcess, *, late: bool) -> Refusal:
        process.join(START_SECONDS)
        if late or process.exitcode in (-signal.SIGXCPU, -signal.SIGALRM):
            return _no("time", f"The page took longer than {self._limits.seconds:g} s.")
        return _no("crash", f"The reader broke down on this page, twice (exit code {process.exitcode}).")

    def _running(self) -> tuple[BaseProcess, Connection]:
        if self._process is not None and self._pipe is not None and self._process.is_alive():
            return self._process, self._pipe
        self.close()
        context = get_context("spawn")  # never a copy of us: no ledger, no sockets, no secrets in its memory
        pipe, theirs = context.Pipe()
        process = context.Process(
            target=_serve,
            args=(theirs, self._roster, self._limits, self._read_page),
            name="whosays reader",
            daemon=True,  # ends with us, where nobody closes it: a Dask worker is just stopped
        )
        process.start()
        theirs.close()
        self._process, self._pipe = process, pipe
        try:
            ready = pipe.poll(START_SECONDS) and pipe.recv_bytes(16) == b"ready"
        except (EOFError, OSError):
            ready = False
        if not ready:
            self.close()
            raise OSError("The process that reads pages cannot be started. Is there memory left?")
        return process, pipe


# ------------------------------------------------------------------------------------------------ within the process


def _serve(pipe: Connection, roster: Path | None, limits: Limits, read_page: ReadHere) -> None:
    """Read one page after the other, until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    read_page(_WARM, Meta(), roster, Profile())  # loads everything, while files may still be opened
    _bind(limits)
    pipe.send_bytes(b"ready")
    while True:
        try:
            raw = pipe.recv_bytes()
        except (EOFError, OSError):
            return
        ask = msgspec.msgpack.decode(raw, type=_Ask)
        _grant(limits.seconds * 2)
        answer = _read(read_page, ask, roster)
        pipe.send_bytes(msgspec.msgpack.encode(answer))
        if answer.end:
            return


def _read(read_page: ReadHere, ask: _Ask, roster: Path | None) -> _Answer:
    profile = Profile()
    try:
        page = read_page(ask.data, ask.meta, roster, profile)
    except MemoryError:
        return _Answer(refusal=_no("memory", "The page takes more memory than a page may."), end=True)
    except Exception as error:  # noqa: BLE001  the edge of the process: whatever is wrong with our code, other pages are read
        words = f"{type(error).__name__}: {str(error)[:300]}. Please report it with the page: {ask.meta.name}."
        return _Answer(refusal=_no(BUG, words), end=True)
    times = _Times(profile.seconds, profile.calls, profile.tallies)
    if isinstance(page, Refusal):
        return _Answer(refusal=page, times=times)
    return _Answer(page.article, page.claims, page.disputes, page.implied, times=times)


def _bind(limits: Limits) -> None:
    """What the kernel holds for us. Windows has none of it."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, _address_space() + limits.memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        now = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(what, (now, now))
        except (ValueError, OSError):  # macOS takes no RLIMIT_AS: the watchdog is left
            continue


def _grant(seconds: float) -> None:
    """Processor time for one page more."""
    try:
        import resource
    except ImportError:
        return
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(used + seconds) + 1, hard))


def _address_space() -> int:
    """Bytes that this process has mapped, where that can be told."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError):
        return 2_000_000_000
    return pages * os.sysconf("SC_PAGE_SIZE")


def _no(reason: str, detail: str) -> Refusal:
    return Refusal(Stage.PIPELINE, reason, detail)
