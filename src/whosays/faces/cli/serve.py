"""`whosays serve`: the ledger as pages and as an API."""

from __future__ import annotations

import os
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from whosays.errors import Misuse
from whosays.faces.cli.accounts import operator
from whosays.faces.cli.shell import TERMINATED, Shell, examples, ledger_option, pass_shell
from whosays.faces.cli.terminal import layout
from whosays.settings import BRIEFLY

if TYPE_CHECKING:
    from whosays.faces.desk import Desk, Door
    from whosays.faces.privacy import Profile
    from whosays.ledger import Ledger

GRACE = 5
"""Seconds that requests under way have to be answered when the server is stopped; the worker has worker.GRACE."""
LAST_RESORT = 11.5
"""Seconds after which the server is gone, whatever holds it."""


@click.command(epilog=examples("whosays serve", "whosays serve --demo", "whosays serve --port 8080"))
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port; 0: any that is free.  [default: 8765]")
@click.option("--public", is_flag=True, help="Show no whole texts and no names of private persons; coarsen places.")
@click.option("--origin", metavar="URL", help="What people type, such as https://ledger.example.org, behind a proxy.")
@click.option(
    "--tiles",
    metavar="URL",
    help="Draw the map on your own tiles: https://HOST/{z}/{x}/{y}.png. That host sees who looks where.",
)
@click.option("--demo", is_flag=True, help="Show the sample pages instead, in a ledger that is gone afterwards.")
@ledger_option
@pass_shell
def serve(
    shell: Shell,
    host: str | None,
    port: int | None,
    public: bool,
    origin: str | None,
    tiles: str | None,
    demo: bool,
) -> None:
    """Show the ledger: a map, a timeline, the words; and an API.

    Reading is open to all who reach the address. Writing needs an account (`whosays user add`); on your own machine, the
    link that is printed will do. Ctrl-C ends it.
    """
    from whosays.faces import config as configs
    from whosays.faces import desk as desks
    from whosays.faces.privacy import DESK, PUBLIC
    from whosays.faces.tiles import template

    address, public = shell.value(configs.HOST, host), shell.value(configs.PUBLIC, public or None)
    from_elsewhere = shell.value(configs.ORIGIN, origin) or None
    laid = shell.value(configs.TILES, tiles)
    own = template(laid) if laid else None
    with _listening(address, shell.value(configs.PORT, port)) as listener, _opened(shell, demo=demo) as ledger:
        door = desks.Door(address, listener.getsockname()[1], from_elsewhere)
        desk = desks.open(ledger.url, source=desks.Source(shell.clock), door=door, tell=_tell, local=operator())
        try:
            _greet(ledger, door, demo=demo, public=public)
            if door.loopback and not desk.users.all():
                desk.print_link()
            _run(shell, ledger, desk, PUBLIC if public else DESK, listener, own)
        finally:
            desk.close()


def _run(
    shell: Shell, ledger: Ledger, desk: Desk, profile: Profile, listener: socket.socket, tiles: str | None
) -> None:
    """Until somebody stops it."""
    import uvicorn

    from whosays import logs
    from whosays.engines.worker import Worker
    from whosays.faces import config as configs
    from whosays.faces import ops, server
    from whosays.faces.api import webhooks
    from whosays.faces.privacy import salt
    from whosays.faces.service import Service

    kept = salt(ledger.url, secrets.token_bytes(16))
    service = Service(ledger, shell.roster(), profile, shell.clock, kept, tiles)
    own = shell.own_roster if shell.own_roster.exists() else None
    begin = partial(logs.start, shell.value(configs.LEVEL), shell.value(configs.FORMAT))
    figures = ops.Figures()
    worker = Worker(ledger.url, roster=own, then=partial(webhooks.deliver, roster=own), begin=begin, hear=figures.hear)
    watched = ops.Ops(service, desk, figures, worker, shown=shell.value(configs.METRICS))
    config = uvicorn.Config(
        server.app(service, desk, jobs=desk.jobs, ops=watched),
        log_config=None,  # logs.py has set up its loggers
        server_header=False,
        proxy_headers=desk.door.origin is not None,  # else whoever asks could write any address into the audit log
        h11_max_incomplete_event_size=64_000,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=GRACE,
    )

    class Server(uvicorn.Server):
        """Tells the worker that it is over before it sees off those who are still being answered: the two end side by side. A query that
        nobody can interrupt would keep the process: it is left then, and loses nothing, since it only reads."""

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            worker.stop()
            late = threading.Timer(LAST_RESORT, os._exit, (TERMINATED,))
            late.daemon = True
            late.start()
            await super().shutdown(sockets)

    worker.start()
    try:
        Server(config).run(sockets=[listener])  # hands on SIGINT and SIGTERM when it is done, and so ends the command
    finally:
        worker.close()


@contextmanager
def _opened(shell: Shell, *, demo: bool) -> Iterator[Ledger]:
    """The ledger, made where it is not there: pages may be handed in through the server. Of the demo one that is gone afterwards."""
    if not demo:
        with shell.open(create=True, patience=BRIEFLY) as ledger:
            yield ledger
        return
    from whosays import ledger as ledgers
    from whosays.engines import standing
    from whosays.faces import samples

    with TemporaryDirectory(prefix="whosays-demo-") as folder:
        where = str(Path(folder) / "demo.db")
        with ledgers.open(where, create=True) as book:
            click.echo(layout("Reading fourteen sample pages about two battles, on this machine …"))
            samples.ingest(book)
            standing.refresh(where, clock=lambda: samples.CLOCK)
            yield book


def _greet(ledger: Ledger, door: Door, *, demo: bool, public: bool) -> None:
    """What is served, and where; what to do where there is nothing yet; who can see it."""
    counts = ledger.counts()
    named = "the demo" if demo else ledger.where
    if counts.articles:
        told = f"Serving {named}: {counts.claims:,} claims in {counts.articles:,} articles."
    else:
        told = (
            f"{named} is empty. Read pages into it (`whosays ingest FOLDER`) while this runs, or look at the sample pages:"
            " `whosays serve --demo`."
        )
    click.echo(layout(told))
    if ledger.weighings.stale():
        click.echo(layout("Not all of it is weighed yet: that is being done now, and pages show it when it is there."))
    click.echo(f"Open {door.address}/ in a browser. For programs: {door.address}/api/v1/docs")
    if not door.loopback:
        shown = "" if public else " whole texts and names included; `--public` hides these,"
        words = f"Everybody who reaches this address can read the ledger,{shown} and nothing on the way is encrypted."
        click.echo(layout(words if not door.tls else words.partition(", and nothing")[0] + "."))


def _tell(link: str) -> None:
    click.echo(f"To judge as {operator()}, open (once, within half an hour):\n  {link}")


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens, so that the port is known before anything is printed. Raises Misuse where it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(1024)  # who comes before all is loaded waits, and is not turned away
    except OSError as error:
        listener.close()
        said = f"{host}:{port} cannot be used ({error.strerror or error})."
        raise Misuse(f"{said} Is it being served already? Give another --port, or 0 for any.") from error
    return listener
