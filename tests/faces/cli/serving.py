"""`whosays serve` in a process of its own: started, asked, stopped."""

from __future__ import annotations

import re
import signal
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

PATIENCE = 60
"""Seconds until it answers: two cores, and others at work."""


@dataclass
class Served:
    """A server that runs."""

    address: str
    told: str
    """What it printed before it could be asked."""
    code: int | None = None
    """How it ended; None: it runs."""
    wrong: str = ""
    """What it said on standard error, once it has ended."""

    def get(self, path: str) -> tuple[int, str]:
        """Status and body."""
        with urlopen(Request(self.address + path), timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode("utf-8")


@contextmanager
def served(command: str, environment: Mapping[str, str], *, folder: Path | None = None) -> Iterator[Served]:
    """The server that a command line starts; it is stopped as Ctrl-C does it."""
    process = subprocess.Popen(
        ["bash", "-c", f"exec {command}"],
        cwd=folder,
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        restore_signals=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    late = threading.Timer(PATIENCE, process.kill)
    late.start()
    assert process.stdout is not None
    assert process.stderr is not None
    told, found = "", None
    for line in process.stdout:
        told += line
        found = re.search(r"Open (http://\S+)/ in a browser", line)
        if found:
            break
    late.cancel()
    assert found, told + process.stderr.read()
    running = Served(found[1], told)
    try:
        yield running
    finally:
        process.send_signal(signal.SIGINT)
        try:
            rest, running.wrong = process.communicate(timeout=PATIENCE)
            running.told += rest
        finally:
            process.kill()
        running.code = process.returncode
