"""Sessions and one-time links. A secret is handed out once; the store keeps its hash, a browser the cookie.

Sessions.begin(user, via, was=…) -> cookie     who(cookie)     end(cookie)
Sessions.link(user) -> key                     follow(key) -> user
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, insert, select, update

from whosays.faces.desk.store import Store, digest
from whosays.faces.desk.tables import links, sessions
from whosays.faces.desk.values import Via

LIFE = timedelta(days=7)
"""A session ends after this, however busy."""
IDLE = timedelta(hours=24)
"""… and after this without a request."""
SEEN = timedelta(minutes=5)
"""`seen` is written no more often, so that looking at pages is not writing."""
LINK_LIFE = timedelta(minutes=30)


class Sessions:
    """Who is signed in."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def begin(self, user: str, via: Via, *, was: str | None = None) -> str:
        """A new session, and the secret for its cookie. `was`: the cookie that came with the request, whose session ends:
        nobody keeps a cookie that he had before he signed in."""
        secret, now = self._store.source.secret(), self._store.source.clock()
        row = {"id": digest(secret), "user": user, "via": via, "made": now, "seen": now}
        with self._store.writing() as connection:
            if was is not None:
                connection.execute(update(sessions).where(sessions.c.id == digest(was)).values(ended=now))
            connection.execute(delete(sessions).where(sessions.c.made < now - LIFE))
            connection.execute(insert(sessions), row)
        return secret

    def who(self, cookie: str) -> tuple[str, Via] | None:
        """Whose session this is, and how it began."""
        now = self._store.source.clock()
        alive = (sessions.c.ended.is_(None)) & (sessions.c.made > now - LIFE) & (sessions.c.seen > now - IDLE)
        query = select(sessions).where(sessions.c.id == digest(cookie), alive)
        with self._store.reading() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        if now - row.seen > SEEN:
            with self._store.writing() as connection:
                connection.execute(update(sessions).where(sessions.c.id == row.id).values(seen=now))
        return row.user, Via(row.via)

    def end(self, cookie: str) -> None:
        """Sign out: the cookie is worth nothing from now on, whoever has it."""
        now = self._store.source.clock()
        with self._store.writing() as connection:
            connection.execute(update(sessions).where(sessions.c.id == digest(cookie)).values(ended=now))

    # --------------------------------------------------------------------------------------------------------- links

    def link(self, user: str) -> str:
        """The key of a sign-in link, good once, for half an hour."""
        secret, now = self._store.source.secret(), self._store.source.clock()
        with self._store.writing() as connection:
            connection.execute(delete(links).where(links.c.made < now - LINK_LIFE))
            connection.execute(insert(links), {"id": digest(secret), "user": user, "made": now})
        return secret

    def follow(self, key: str) -> str | None:
        """Whom a link signs in; once. Of two requests at the same time one gets nothing."""
        now = self._store.source.clock()
        fresh = (links.c.id == digest(key)) & links.c.used.is_(None) & (links.c.made > now - LINK_LIFE)
        with self._store.writing() as connection:
            return connection.execute(update(links).where(fresh).values(used=now).returning(links.c.user)).scalar()
