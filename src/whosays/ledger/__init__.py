"""Where claims are kept, with the way back to the words that state them.

    open(url, create=…) -> Ledger        add  refuse  put_bands  put_copied
                                         has  claims  claim  article  heads  search  counts  divisions  near  copied

A ledger is a SQLite file, append-only. Reading order: `tables.py` (what is kept), `rows.py`, `pairs.py` and `keys.py` (how
nouns become rows), `ledger.py` (the verbs), `views.py` (what is current), `sql.py` (SQLite), `opening.py`, `migrations/`.
"""

from __future__ import annotations

from whosays.ledger.ledger import Hit, Ledger, Outcome, Tally
from whosays.ledger.opening import open  # noqa: A004  (ledger.open)
from whosays.ledger.views import Division

__all__ = ["Division", "Hit", "Ledger", "Outcome", "Tally", "open"]
