"""How long a newcomer waits: `python -m benchmarks newcomer`, from a clone to the map of the demo, dots and all.

What the README says is done in a fresh clone with an empty home: `make demo` (set-up, and the sample pages read on the terminal), then
`whosays serve --demo`, then /map in Chromium until the list of places beside it is there. Packages come from wherever pip and npm of
this machine get theirs. Figures are seconds.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.figures import Figure

HERE = Path(__file__).parent.parent
PATIENCE = 120_000
"""Milliseconds that the map may take."""


def run(data: Path | None, split: str) -> dict[str, Figure]:
    started = perf_counter()
    with TemporaryDirectory() as folder:
        clone = Path(folder) / "whosays"
        env = {"PATH": os.environ["PATH"], "HOME": folder, "LANG": "C.UTF-8"}
        subprocess.run(["git", "clone", "-q", str(HERE), str(clone)], check=True)
        subprocess.run(["make", "demo"], cwd=clone, env=env, check=True)
        shown = perf_counter() - started
        _map(clone, env)
    total = perf_counter() - started
    return {name: Figure(value, 1, of="clone") for name, value in {"demo_s": shown, "map_s": total}.items()}


def _map(clone: Path, env: dict[str, str]) -> None:
    """Serve the demo and look at its map."""
    from playwright.sync_api import sync_playwright

    command = [".venv/bin/whosays", "serve", "--demo", "--port", "0"]
    server = subprocess.Popen(
        command, cwd=clone, env=env | {"PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    try:
        address = next(found[0] for line in server.stdout if (found := re.search(r"http://[^/\s]+", line)))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=which("chromium"), args=["--no-sandbox", "--enable-unsafe-swiftshader"]
            )
            page = browser.new_page()
            page.goto(f"{address}/map")
            page.locator("#list li").first.wait_for(timeout=PATIENCE)
            browser.close()
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)
