"""What the ledger holds, for the first page; whether it is empty, and whether all of it has been weighed."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

from msgspec import Meta, Struct

from whosays.faces.service import Service
from whosays.ledger import Ledger


class Home(Struct, frozen=True):
    """What the ledger holds."""

    articles: Annotated[int, Meta(description="Articles, reprints among them.")]
    claims: Annotated[int, Meta(description="Claims.")]
    reprints: Annotated[int, Meta(description="Articles beyond the first of each body.")]
    refused: Annotated[dict[str, int], Meta(description="Pages that could not be read, by reason.")]
    empty: Annotated[bool, Meta(description="Is there nothing yet? Then read pages, or look at the demo.")]
    stale: Annotated[bool, Meta(description="Are there articles or judgements that are not weighed yet?")]
    public: Annotated[bool, Meta(description="Is the public profile in force: no whole texts, places coarsened?")]


def home(service: Service) -> Home:
    """The counts, as of the last weighing; refusals, which no weighing counts, as of now."""
    weighings = service.ledger.weighings
    articles, bodies, claims = _counted(service.ledger, weighings.version())
    return Home(
        articles=articles,
        claims=claims,
        reprints=articles - bodies,
        refused=dict(service.ledger.refused()),
        empty=articles == 0 and not weighings.stale(),
        stale=weighings.stale(),
        public=service.profile.public,
    )


@lru_cache(maxsize=4)
def _counted(ledger: Ledger, version: int) -> tuple[int, int, int]:
    """Counted once for each version: a million claims take their time."""
    return ledger.weighings.totals()
