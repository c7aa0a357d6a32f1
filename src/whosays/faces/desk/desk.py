"""The desk of one running server: its store's verbs together, and the door. It hangs at `app.state.desk`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import HTTPConnection

from whosays.engines import jobs as queue
from whosays.engines.jobs import Jobs
from whosays.faces.desk import store
from whosays.faces.desk.door import Door
from whosays.faces.desk.sessions import Sessions
from whosays.faces.desk.store import Source, Store
from whosays.faces.desk.tokens import Hooks, Tokens
from whosays.faces.desk.users import Users


@dataclass(frozen=True, slots=True)
class Desk:
    """Who may write here."""

    store: Store
    users: Users
    sessions: Sessions
    tokens: Tokens
    hooks: Hooks
    jobs: Jobs
    """Pages that wait to be read; the worker beside the server takes them."""
    door: Door
    tell: Callable[[str], None]
    """Says something to whoever started the server, in his terminal: the one-time link."""

    local: str = "analyst"
    """Name of the local analyst: the user of the operating system who started the server."""

    def print_link(self) -> None:
        """Tell a one-time link that signs in the local analyst."""
        self.tell(f"{self.door.address}/sign-in?key={self.sessions.link(self.local)}")

    def close(self) -> None:
        """Let go of the files."""
        self.store.close()
        self.jobs.close()


def open(  # noqa: A001  (desk.open, as ledger.open)
    ledger: str,
    *,
    source: Source,
    door: Door | None = None,
    tell: Callable[[str], None] = lambda _: None,
    local: str = "analyst",
) -> Desk:
    """The desk of a ledger. Raises LedgerError where the store beside it cannot be used."""
    built = store.open(ledger, source)
    waiting = queue.open(ledger, clock=source.clock, secret=source.secret)
    return Desk(built, Users(built), Sessions(built), Tokens(built), Hooks(built), waiting, door or Door(), tell, local)


def of(request: HTTPConnection) -> Desk | None:
    """The desk that serves a request. None: a server without one, which only shows."""
    desk: Desk | None = getattr(request.app.state, "desk", None)
    return desk
