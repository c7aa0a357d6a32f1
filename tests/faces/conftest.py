"""The ledger of the sample pages, read once for all tests of the faces; and one Chromium, since two cannot be driven at once."""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from whosays import actors, ledger
from whosays.engines import standing
from whosays.faces import samples as sample_pages
from whosays.faces.privacy import DESK
from whosays.faces.service import Service

CLOCK = sample_pages.CLOCK
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def samples_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the fourteen sample pages. Not to be written: `samples_copy` is."""
    path = tmp_path_factory.mktemp("samples") / "samples.db"
    with ledger.open(str(path), create=True) as book:
        sample_pages.ingest(book)
    standing.refresh(str(path), clock=lambda: CLOCK)
    return path


@pytest.fixture
def samples_copy(samples_file: Path, tmp_path: Path) -> Path:
    """A copy of it, to be written."""
    return Path(shutil.copy(samples_file, tmp_path / "samples.db"))


@pytest.fixture(scope="session")
def samples(samples_file: Path) -> Service:
    """A service that shows it to an analyst at his own machine."""
    return Service(ledger.open(str(samples_file)), actors.roster(), DESK, lambda: CLOCK)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium."""
    if CHROMIUM is None:
        warnings.warn("NO CHROMIUM: pages are not looked at. Install it, or set CHROMIUM.", stacklevel=1)
        pytest.skip("no chromium")
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--enable-unsafe-swiftshader"]
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield opened
        opened.close()
