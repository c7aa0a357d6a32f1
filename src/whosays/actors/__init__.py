"""actors: a Reading in, the actors that its words name out, each with the reason. `roster()`: those that are known; `own`: the user's
file, which is laid over them."""

from whosays.actors import own
from whosays.actors.resolve import outlet, resolve
from whosays.actors.roster import Roster, roster

__all__ = ["Roster", "outlet", "own", "resolve", "roster"]
