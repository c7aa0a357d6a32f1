"""Where claims are kept, with the way back to the words that state them.

    open(url, create=…) -> Ledger        add  refuse  put_bands  put_copied
                                         has  claims  claim  article  heads  search  counts  divisions  near  copied
                                         judge  judgements  in_force  told_as      weighings  derived

    beside  copy  check             what belongs to a ledger and lies outside it; into another store; is it whole?

A ledger is a SQLite file or a PostgreSQL database, append-only but for what can be told from the rest. Reading order: `tables.py` (what is
kept), `rows.py`, `pairs.py` and `keys.py` (how nouns become rows), `ledger.py` (the verbs), `views.py` (what is current), `sql/` (what
differs between databases), `connected.py`, `opening.py`, `migrations/`, `moving.py`, `checking.py`; of judgements `judged.py`,
`judgements.py`, `history.py`, `corrections.py`, `overlay.py`, `merges.py`; of what weighing came to `tables_weighed.py`, `derived.py`
(written), `weighings.py` (read).
"""

from __future__ import annotations

from whosays.ledger.checking import Fault, check, unfinished
from whosays.ledger.corrections import Known
from whosays.ledger.derived import Derived, Found, Part
from whosays.ledger.ledger import Hit, Ledger, Tally
from whosays.ledger.moving import copy
from whosays.ledger.opening import beside, file_of, open  # noqa: A004  (ledger.open)
from whosays.ledger.views import Division
from whosays.ledger.weighed_rows import Voiced
from whosays.ledger.weighings import Paged, Weighings
from whosays.ledger.writing import Outcome

__all__ = [
    "Derived",
    "Division",
    "Fault",
    "Found",
    "Hit",
    "Known",
    "Ledger",
    "Outcome",
    "Paged",
    "Part",
    "Tally",
    "Voiced",
    "Weighings",
    "beside",
    "check",
    "copy",
    "file_of",
    "open",
    "unfinished",
]
