"""actors: a Reading in, the actors that its words name out, each with the reason. `roster()`: those that are known."""

from whosays.actors.resolve import resolve
from whosays.actors.roster import Roster, roster

__all__ = ["Roster", "resolve", "roster"]
