"""Limits and defaults, in one place. A leaf: plain values, read from nowhere at run time.

Sizes are bytes, times seconds. Caps hold before a page reaches lxml.
"""

from __future__ import annotations

DEFAULT_LEDGER = "whosays.db"
LEDGER_VARIABLE = "WHOSAYS_LEDGER"

MAX_PAGE_BYTES = 8_000_000
"""A page larger than this is cut at the cap and read as partial (`Article.notes`) or refused."""

MAX_TAGS = 200_000
"""More tags than this and a page is refused before it is parsed."""

MAX_DEPTH = 1_000
"""HTML nested deeper than this is refused before it is parsed."""

MAX_TEXT = 1_000_000
"""Code points of article text kept; what is beyond is cut, and a note says so."""

MAX_COMMENTS = 5_000
"""Reader comments kept per page."""
