"""The formats that `pages` reads. To add one: a file here with `sniff` and `read`, and its line in FORMATS."""

from __future__ import annotations

from typing import Protocol

from whosays.nouns import Article, Meta, Refusal
from whosays.pages.formats import html as html
from whosays.pages.formats import text as text
from whosays.profile import SILENT, Profile


class Format(Protocol):
    """What a module of this folder offers."""

    def sniff(self, head: bytes, meta: Meta) -> float:
        """How sure is it (0 to 1) that a page that begins so is of this format?"""

    def read(self, data: bytes, meta: Meta, *, profile: Profile = SILENT) -> Article | Refusal:
        """Read a page of this format. Never raises on any bytes. `profile`: is told what libraries take."""


FORMATS: tuple[Format, ...] = (
    html,
    text,
)
