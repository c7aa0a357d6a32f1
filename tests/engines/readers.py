"""Readers that misbehave, for tests of the process that reads: functions of a module, so that a process can be told them."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace
from pathlib import Path

from tests.making import make_article
from whosays.nouns import Meta, Refusal, Stage
from whosays.pipeline import Page
from whosays.profile import Profile


def obeys(data: bytes, meta: Meta, _: Path | None, profile: Profile) -> Page | Refusal:
    """Does what the page says."""
    word = data.decode("utf-8", "replace").split(" ", 1)
    match word[0]:
        case "loop":
            while True:
                pass
        case "sleep":
            time.sleep(60)
        case "eat":
            kept = [bytes(50_000_000) for _ in range(1_000)]
            return Refusal(Stage.PAGES, "ate", str(len(kept)))
        case "die":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "exit":
            os._exit(0)
        case "write":
            Path(word[1]).write_bytes(b"x" * 10)
        case "raise":
            raise RuntimeError("broken")
        case "shout":
            page = make_article("A town was taken.")
            return Page(replace(page, notes=("x" * 3_000_000,)), (), (), ())
        case "once":
            flag = Path(word[1])
            if flag.exists():
                flag.unlink()
                os.kill(os.getpid(), signal.SIGKILL)
    return Refusal(Stage.PAGES, "obeyed", f"{word[0]} {meta.name} {os.getpid()}")
