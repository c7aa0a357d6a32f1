"""`whosays user` and `whosays token`: who may write. Whoever can write the ledger's folder may do this; nobody else can."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from whosays.faces.cli.shell import Shell, examples, ledger_option, pass_shell
from whosays.faces.cli.terminal import safe

if TYPE_CHECKING:
    from whosays.faces.desk import Desk

SCOPES = ("read", "ingest", "judge")


@click.group(epilog=examples("whosays user list"))
def user() -> None:
    """Accounts of analysts: who may sign in to `whosays serve`.

    On your own machine none is needed: `whosays serve` prints a link.
    """


@click.group(epilog=examples("whosays token list"))
def token() -> None:
    """Tokens of programs: what they send to the API of `whosays serve`.

    A program sends `Authorization: Bearer TOKEN`.
    """


@user.command(epilog=examples("printf %s 'correct horse battery' | whosays user add anna --password-stdin"))
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input, in place of asking.")
@ledger_option
@pass_shell
def add(shell: Shell, name: str, password_stdin: bool) -> None:
    """Make an account for NAME."""
    with _desk(shell) as desk:
        desk.users.add(name, _asked(password_stdin), by=operator())
    click.echo(f"{safe(name)} may sign in.")


@user.command("list", epilog=examples("whosays user list"))
@ledger_option
@pass_shell
def list_users(shell: Shell) -> None:
    """Print the accounts."""
    with _desk(shell) as desk:
        accounts = desk.users.all()
    for account in accounts:
        click.echo(f"{account.name:<24} since {account.made:%Y-%m-%d}")
    if not accounts:
        click.echo("No accounts yet. `whosays user add NAME` makes one.")


@user.command(epilog=examples("whosays user remove anna"))
@click.argument("name")
@ledger_option
@pass_shell
def remove(shell: Shell, name: str) -> None:
    """Close an account, its sessions and its tokens; its judgements stay."""
    with _desk(shell) as desk:
        desk.users.remove(name, by=operator())
    click.echo(f"{safe(name)} may sign in no more.")


@user.command(epilog=examples("printf %s 'another long password' | whosays user password anna --password-stdin"))
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input, in place of asking.")
@ledger_option
@pass_shell
def password(shell: Shell, name: str, password_stdin: bool) -> None:
    """Set another password for NAME; who is signed in so is signed out."""
    with _desk(shell) as desk:
        desk.users.password(name, _asked(password_stdin), by=operator())
    click.echo(f"{safe(name)} has a new password.")


@token.command("add", epilog=examples("whosays token add crawler --user anna --scope ingest"))
@click.argument("name")
@click.option("--user", "owner", required=True, help="The account in whose name it acts.")
@click.option("--scope", "scopes", type=click.Choice(SCOPES), multiple=True, required=True, help="What it may do.")
@ledger_option
@pass_shell
def add_token(shell: Shell, name: str, owner: str, scopes: tuple[str, ...]) -> None:
    """Make a token called NAME, and print it, this once."""
    from whosays.faces.desk import Scope

    with _desk(shell) as desk:
        secret = desk.tokens.add(name, owner, frozenset(map(Scope, scopes)), by=operator())
    click.echo(secret)


@token.command("list", epilog=examples("whosays token list"))
@ledger_option
@pass_shell
def list_tokens(shell: Shell) -> None:
    """Print the tokens: what they may do, when they were last used."""
    with _desk(shell) as desk:
        tokens = desk.tokens.all()
    for each in tokens:
        used = "never used" if each.used is None else f"last used {each.used:%Y-%m-%d %H:%M}"
        state = used if each.revoked is None else f"revoked {each.revoked:%Y-%m-%d}"
        click.echo(f"{each.name:<24} {each.owner:<24} {','.join(sorted(each.scopes)):<18} {state}")
    if not tokens:
        click.echo("No tokens yet. `whosays token add NAME --user ACCOUNT --scope ingest` makes one.")


@token.command(epilog=examples("whosays token revoke crawler"))
@click.argument("name")
@ledger_option
@pass_shell
def revoke(shell: Shell, name: str) -> None:
    """Make a token worthless."""
    with _desk(shell) as desk:
        desk.tokens.revoke(name, by=operator())
    click.echo(f"{safe(name)} is revoked.")


@contextmanager
def _desk(shell: Shell) -> Iterator[Desk]:
    """The desk of the ledger that was asked for, which must be there."""
    from whosays.faces import desk as desks

    with shell.open() as ledger:
        desk = desks.open(ledger.url, source=desks.Source(shell.clock))
        try:
            yield desk
        finally:
            desk.close()


def operator() -> str:
    """Who stands at the keyboard, for the audit log."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without names of users
        return "operator"


def _asked(from_stdin: bool) -> str:
    """A password that nobody sees: from a prompt, twice, or the first line of standard input."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Password", type=str, hide_input=True, confirmation_prompt=True))
