"""Accounts: who has a password. Every check takes as long for a name that is not there as for one that is.

    Users.add / remove / password / check / all

Passwords are argon2id (argon2-cffi's defaults: 64 MiB, RFC 9106's second choice). At most two are computed at once, so that
a crowd at the door cannot take all memory. Raises Misuse where a name or a password cannot be one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from threading import Semaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Select, Update, insert, select, update

from whosays.errors import Misuse
from whosays.faces.desk.store import Store
from whosays.faces.desk.tables import hooks, sessions, tokens, users
from whosays.faces.desk.values import Account, Act, signature

NAME = re.compile(r"[^\W_][\w.@'-]*(?: [\w.@'-]+)*")
LONGEST_NAME = 64
SHORTEST, LONGEST = 12, 1_000
"""Characters of a password. No other rule: length is what counts."""

_HASHER = PasswordHasher()
_DOORS = Semaphore(2)
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
"""A hash of the same cost that no password has: it is held against what is given for names that are not there."""


class Users:
    """Who has an account."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> tuple[Account, ...]:
        """Accounts in the order of their names."""
        query = select(users).where(users.c.removed.is_(None)).order_by(users.c.name)
        with self._store.reading() as connection:
            return tuple(Account(row.name, row.made) for row in connection.execute(query))

    def add(self, name: str, password: str, *, by: str) -> None:
        """A new account."""
        if len(name) > LONGEST_NAME or not NAME.fullmatch(name):
            raise Misuse(f"{name!r} is no name for an account. Use letters, digits, . @ ' - and up to {LONGEST_NAME}.")
        row = {"name": name, "folded": name.casefold(), "password": _hashed(password)}
        with self._store.writing() as connection:
            if connection.execute(select(users.c.name).where(users.c.folded == row["folded"])).first():
                raise Misuse(f"There is, or was, an account {name!r}. Choose another name: judgements carry it.")
            connection.execute(insert(users), {**row, "made": self._store.source.clock()})
        self._store.note(by, Act.USER_ADDED, name, address="cli")

    def remove(self, name: str, *, by: str) -> None:
        """Close an account, with its sessions, tokens and webhooks. What it wrote stays."""
        now = self._store.source.clock()
        with self._store.writing() as connection:
            self._there(connection.execute(_of(name)).first(), name)
            connection.execute(update(users).where(users.c.name == name).values(removed=now, password=None))
            connection.execute(
                update(tokens).where(tokens.c.owner == name, tokens.c.revoked.is_(None)).values(revoked=now)
            )
            own = connection.execute(select(tokens.c.name).where(tokens.c.owner == name)).scalars()
            connection.execute(end_hooks([name, *(signature(name, token) for token in own)], now))
            connection.execute(_end(name, self._store))
        self._store.note(by, Act.USER_REMOVED, name, address="cli")

    def password(self, name: str, password: str, *, by: str) -> None:
        """Set another password; all sessions of the account end."""
        hashed = _hashed(password)
        with self._store.writing() as connection:
            self._there(connection.execute(_of(name)).first(), name)
            connection.execute(update(users).where(users.c.name == name).values(password=hashed))
            connection.execute(_end(name, self._store))
        self._store.note(by, Act.PASSWORD_SET, name, address="cli")

    def check(self, name: str, password: str) -> str | None:
        """The account's name as it is spelt, if this is its password."""
        query = select(users).where(users.c.folded == name[:LONGEST_NAME].casefold())
        with self._store.reading() as connection:
            row = connection.execute(query).first()
        known = _NOBODY if row is None or row.password is None else row.password
        right = _verify(known, password)
        return row.name if right and row is not None and row.removed is None else None

    @staticmethod
    def _there(row: object, name: str) -> None:
        if row is None:
            raise Misuse(f"There is no account {name!r}. `whosays user list` prints them.")


def _of(name: str) -> Select[str]:
    return select(users.c.name).where(users.c.name == name, users.c.removed.is_(None))


def end_hooks(by: Sequence[str], now: datetime) -> Update:
    """The statement that takes out the webhooks of those who write so no more."""
    return update(hooks).where(hooks.c.by.in_(by), hooks.c.removed.is_(None)).values(removed=now)


def _end(name: str, store: Store) -> Update:
    return (
        update(sessions).where(sessions.c.user == name, sessions.c.ended.is_(None)).values(ended=store.source.clock())
    )


def _hashed(password: str) -> str:
    if not SHORTEST <= len(password) <= LONGEST:
        raise Misuse(f"A password has {SHORTEST} to {LONGEST} characters: this one has {len(password)}.")
    return _HASHER.hash(password.encode("utf-8", "surrogatepass"))


def _verify(known: str, password: str) -> bool:
    with _DOORS:
        try:
            return _HASHER.verify(known, password[:LONGEST].encode("utf-8", "surrogatepass"))
        except (VerificationError, InvalidHashError):
            return False
