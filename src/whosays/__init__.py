"""whosays: who says what happened, where and when — according to whom.

The public verbs, each imported when first used (so that `whosays --help` starts at once):

    read_page(data, meta)        bytes of a page → Page(article, claims, disputes) | Refusal
    ingest(items, ledger, …)     pages into a ledger, exactly once; `inputs(source)` gives the items of a file, folder or archive
    open(url, create=…)          the ledger: claims(…), article(id), search(words) …
    disputes(extractions)        pairs of claims that cannot both be true
    holds(place, name, on, …)    who holds a place on a day, according to each voice
    lookup(name)                 places of the gazetteer

The nouns that pass between them are in `whosays.nouns`.
"""

from __future__ import annotations

import os
from importlib import import_module

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# numpy's matrices are small here, and its threads, which wait for more by turning round and round, cost a third of all processor time.
# numpy asks once, when it is first loaded; who wants them sets the variable.

_HOMES = {
    "read_page": "whosays.pipeline",
    "ingest": "whosays.engines.local",
    "open": "whosays.ledger",
    "disputes": "whosays.weigh",
    "holds": "whosays.weigh",
    "lookup": "whosays.places",
}

__all__ = ["disputes", "holds", "ingest", "lookup", "open", "read_page"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"whosays has no {name!r}; its verbs are {', '.join(__all__)}")
    return getattr(import_module(_HOMES[name]), name)
