"""Lists that go on: a cursor says after which row, and for which question, so that it cannot be used for another.

    Asking(service, question).after(cursor) -> after what the ledger goes on         .cursor(after) -> cursor, or None

A cursor is base64url of a signature under the ledger's salt and of what the ledger gave to go on with. It is opaque to callers, and what
is not one of ours for this question raises BadCursor: nothing that somebody made up reaches the ledger.
"""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass

from whosays.errors import Misuse

LIMIT, MOST = 50, 500
"""Rows of a part, if nobody says, and at most."""

_LONGEST = 2_000
_SIGNED = 12
"""Bytes of the signature."""


class BadCursor(Misuse):
    """Not a cursor of this list."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A question to the ledger whose answer is a list."""

    salt: bytes
    question: str
    """In words of ours: whatever tells it from others."""

    def after(self, cursor: str | None) -> str | None:
        """What the ledger goes on with. Raises BadCursor."""
        if cursor is None:
            return None
        try:
            data = base64.b64decode(cursor[:_LONGEST] + "=" * (-len(cursor) % 4), b"-_", True)
            if len(data) > _SIGNED and hmac.compare_digest(data[:_SIGNED], self._signature(data[_SIGNED:])):
                return data[_SIGNED:].decode("utf-8")
        except ValueError:
            pass
        raise BadCursor("The cursor is none of this list. Give `next` of the part before, with the same question.")

    def cursor(self, after: str | None) -> str | None:
        """The cursor of the part that follows; None: there is none."""
        if after is None:
            return None
        data = after.encode("utf-8", "surrogatepass")
        return base64.urlsafe_b64encode(self._signature(data) + data).rstrip(b"=").decode("ascii")

    def _signature(self, data: bytes) -> bytes:
        told = self.question.encode("utf-8", "surrogatepass") + b"\0" + data
        return hmac.digest(b"cursor" + self.salt, told, "sha256")[:_SIGNED]
