"""API tokens and webhooks: what programs show, and where they are told.

Tokens.add(name, owner, scopes) -> secret     who(secret)     revoke(name)     all()
Hooks.add(url, …)  remove(id)  all()          addresses are checked by `fetch.guard` before they get here, and when used
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import insert, select, update

from whosays.errors import Misuse
from whosays.faces.desk.store import Store, digest
from whosays.faces.desk.tables import hooks, tokens, users
from whosays.faces.desk.users import LONGEST_NAME, NAME, end_hooks
from whosays.faces.desk.values import Act, Hook, Scope, Token, signature

MARK = "whosays_"
"""Every token begins so: scanners of repositories find the ones that were published by mistake."""
SEEN = timedelta(minutes=1)


class Tokens:
    """Programs that may write in somebody's name."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> tuple[Token, ...]:
        """Tokens, the revoked ones too, in the order of their names."""
        with self._store.reading() as connection:
            rows = connection.execute(select(tokens).order_by(tokens.c.name)).all()
        return tuple(
            Token(row.name, row.owner, frozenset(map(Scope, row.scopes)), row.made, row.used, row.revoked)
            for row in rows
        )

    def add(self, name: str, owner: str, scopes: frozenset[Scope], *, by: str) -> str:
        """A new token: its secret, which is never told again."""
        if len(name) > LONGEST_NAME or not NAME.fullmatch(name):
            raise Misuse(f"{name!r} is no name for a token. Use letters, digits, . @ ' - and up to {LONGEST_NAME}.")
        if not scopes:
            raise Misuse(f"A token that may do nothing? Give it scopes: {', '.join(Scope)}.")
        secret = MARK + self._store.source.secret()
        row = {"id": digest(secret), "name": name, "owner": owner, "scopes": tuple(sorted(scopes))}
        with self._store.writing() as connection:
            if (
                connection.execute(select(users.c.name).where(users.c.name == owner, users.c.removed.is_(None))).first()
                is None
            ):
                raise Misuse(f"There is no account {owner!r} that the token could act for. `whosays user add {owner}`.")
            if connection.execute(select(tokens.c.id).where(tokens.c.name == name)).first():
                raise Misuse(f"There is, or was, a token {name!r}. Choose another name: the log tells them by it.")
            connection.execute(insert(tokens), {**row, "made": self._store.source.clock()})
        self._store.note(by, Act.TOKEN_ADDED, f"{name} ({', '.join(sorted(scopes))})", address="cli")
        return secret

    def who(self, secret: str) -> Token | None:
        """The token with this secret, if it is in force."""
        query = select(tokens).where(tokens.c.id == digest(secret), tokens.c.revoked.is_(None))
        with self._store.reading() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        now = self._store.source.clock()
        if row.used is None or now - row.used > SEEN:
            with self._store.writing() as connection:
                connection.execute(update(tokens).where(tokens.c.id == row.id).values(used=now))
        return Token(row.name, row.owner, frozenset(map(Scope, row.scopes)), row.made, row.used, None)

    def revoke(self, name: str, *, by: str) -> None:
        """From now on this token is worth nothing, and its webhooks are told of nothing."""
        now = self._store.source.clock()
        here = (tokens.c.name == name) & tokens.c.revoked.is_(None)
        with self._store.writing() as connection:
            owner = connection.execute(
                update(tokens).where(here).values(revoked=now).returning(tokens.c.owner)
            ).scalar()
            if owner is None:
                raise Misuse(f"There is no token {name!r} in force. `whosays token list` prints them.")
            connection.execute(end_hooks([signature(owner, name)], now))
        self._store.note(by, Act.TOKEN_REVOKED, name, address="cli")


class Hooks:
    """Webhooks."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> tuple[Hook, ...]:
        """Those in force, oldest first."""
        query = select(hooks).where(hooks.c.removed.is_(None)).order_by(hooks.c.made, hooks.c.id)
        with self._store.reading() as connection:
            return tuple(
                Hook(row.id, row.url, row.secret, row.filter, row.by, row.made) for row in connection.execute(query)
            )

    def add(self, url: str, filter: str, *, by: str, address: str) -> Hook:  # noqa: A002  (the registry's word)
        """A new one, with a secret of its own. The caller has held the address against `fetch.guard`."""
        secret, now = self._store.source.secret(), self._store.source.clock()
        hook = Hook(digest(secret)[:16], url, secret, filter, by, now)
        row = {"id": hook.id, "url": url, "secret": secret, "filter": filter, "by": by, "made": now}
        with self._store.writing() as connection:
            connection.execute(insert(hooks), row)
        self._store.note(by, Act.HOOK_ADDED, url, address=address)
        return hook

    def remove(self, id: str, *, by: str, address: str) -> bool:  # noqa: A002
        """Take it out; False where it is not there."""
        now = self._store.source.clock()
        here = (hooks.c.id == id) & hooks.c.removed.is_(None)
        with self._store.writing() as connection:
            found = connection.execute(update(hooks).where(here).values(removed=now).returning(hooks.c.url)).scalar()
        if found is not None:
            self._store.note(by, Act.HOOK_REMOVED, found, address=address)
        return found is not None
