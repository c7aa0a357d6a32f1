"""What the pages and the API share while a server runs: the ledger, who is known, what may be shown, the clock.

    of(request) -> Service

Handlers keep nothing of their own between two requests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from starlette.requests import Request

from whosays.actors import Roster
from whosays.faces.privacy import Masks, Profile, masks
from whosays.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Service:
    """One server's ledger and how it is shown."""

    ledger: Ledger
    roster: Roster
    profile: Profile
    clock: Callable[[], datetime]
    """Where time enters: nothing below reads a clock of its own."""

    salt: bytes = b""
    """What makes the pseudonyms of this ledger its own (`privacy.salt`)."""

    tiles: str | None = None
    """Where the map's tiles come from (`tiles.template`); None: the map draws its own shapes and asks nobody."""

    masks: Masks = field(init=False, repr=False, compare=False)
    """The profile at work: what is shown passes it, in `faces/views/`."""

    sides: Mapping[str, str] = field(init=False, repr=False, compare=False)
    """Names by key of all in the roster, those that stand for a side among them. Made once."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "masks", masks(self.profile, self.salt, self.roster))
        object.__setattr__(self, "sides", {key: actor.name for key, actor in self.roster.by_key.items()})


def of(request: Request) -> Service:
    """The service that answers a request."""
    service: Service = request.app.state.service
    return service
