"""Limits and defaults, in one place. A leaf: plain values, read from nowhere at run time.

Sizes are bytes, times seconds. Caps hold before a page reaches lxml.
"""

from __future__ import annotations

DEFAULT_LEDGER = "whosays.db"
LEDGER_VARIABLE = "WHOSAYS_LEDGER"

STATE_VARIABLE, DEFAULT_STATE = "WHOSAYS_STATE", "~/.local/share/whosays"
"""Folder of what a server keeps beside its ledger (queue, accounts), where the ledger is no file."""

LEDGER_PATIENCE = 60
"""Seconds that a page waits for a database server that went away, before it is an error."""

BRIEFLY = 1
"""The same of whoever asks for a page of ours: he can ask again."""

DEFAULT_ROSTER = "~/.config/whosays/roster.yml"
ROSTER_VARIABLE = "WHOSAYS_ROSTER"
"""The user's own roster, laid over the built-in one."""

GAZETTEER_VARIABLE = "WHOSAYS_GAZETTEER"
"""Names a folder that `whosays gazetteer build` wrote; without it the shipped gazetteer is used."""

HORIZON_DAYS = 90
"""Days after which what a voice last said of a place is only `last known`."""

MAX_PAGE_BYTES = 8_000_000
"""A page larger than this is cut at the cap and read as partial (`Article.notes`) or refused."""

MAX_ARCHIVE_BYTES = 20_000_000_000
"""An archive that is downloaded before it is read. Those of CC-NEWS have about one gigabyte."""

MAX_BODY_BYTES = MAX_PAGE_BYTES + 100_000
"""Body of a request: a page with the form around it."""

PAGE_SECONDS = 10
"""Wall time of one page in the process that reads strangers' pages; then it is killed."""

READER_BYTES = 1_500_000_000
"""Address space that this process may take beyond what it has once it is loaded."""

MAX_ANSWER_BYTES = 64_000_000
"""What one page may come to, as it is handed back."""

MAX_JOBS, MAX_JOB_BYTES = 1_000, 500_000_000
"""Pages that wait to be read, and their bytes."""

MAX_TAGS = 200_000
"""More tags than this and a page is refused before it is parsed."""

MAX_DEPTH = 1_000
"""HTML nested deeper than this is refused before it is parsed."""

MAX_ELEMENTS = 10_000
"""Elements of an HTML page that are read; later ones are cut off, and a note says so. Of 1,140 pages measured, one has more."""

MEMORY_BYTES = 64_000_000
"""What a process keeps of paragraphs that it has read, so that their copies cost no second pass of the encoder."""

MAX_LINES = 20_000
"""Lines of a plain-text page that are read; later ones are left out, and a note says so."""

MAX_RUN = 100_000
"""Code points of one text node or attribute: no paragraph is so long. What is beyond is cut before lxml."""

MAX_TEXT = 1_000_000
"""Code points of article text kept; what is beyond is cut, and a note says so."""

MAX_COMMENTS = 5_000
"""Reader comments kept per page."""

SEARCHES_A_MINUTE, WRITES_A_MINUTE = 120, 60
"""Requests of one address that the server answers: of searches, and of what changes anything."""

TABLES = ("ledger", "roster", "gazetteer", "serve", "log", "ingest")
"""Of whosays.toml, but for those of `whosays watch` (faces/config.py). Both may stand in one file, and each leaves the other's alone."""
