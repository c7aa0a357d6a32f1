"""Who may do what: the values that the rest of the desk passes around. Nothing here looks anything up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Scope(StrEnum):
    """What somebody may do. Reading is open to all who reach the server; the scope is there for what is not."""

    READ = "read"
    INGEST = "ingest"
    """Hand in pages and addresses of pages."""
    JUDGE = "judge"
    """Accept, correct, reject, merge, and take back."""


ALL = frozenset(Scope)


class Via(StrEnum):
    """How somebody showed who he is."""

    PASSWORD = "password"
    LINK = "link"
    """The one-time link that `whosays serve` prints: whoever can read the terminal is the local analyst."""
    TOKEN = "token"


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may write: an analyst by his session, or a program by its token."""

    name: str
    """What stands in `Judgement.by` and in the audit log. A token's is `owner (token name)`."""
    scopes: frozenset[Scope]
    via: Via

    def may(self, scope: Scope) -> bool:
        """Is this among what he may do?"""
        return scope in self.scopes


class Act(StrEnum):
    """What the audit log tells. Add a word rather than bend one."""

    SIGNED_IN = "signed in"
    SIGN_IN_FAILED = "sign-in failed"
    SIGNED_OUT = "signed out"
    USER_ADDED = "user added"
    USER_REMOVED = "user removed"
    PASSWORD_SET = "password set"
    TOKEN_ADDED = "token added"
    TOKEN_REVOKED = "token revoked"
    HOOK_ADDED = "webhook added"
    HOOK_REMOVED = "webhook removed"
    SUBMITTED = "submitted"
    JUDGED = "judged"
    UNDONE = "undone"
    REFUSED = "refused"
    """A request that may not be made: a forged form, a foreign origin, a scope that is not held."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the audit log."""

    number: int
    at: datetime
    who: str
    what: Act
    subject: str
    address: str
    """Where the request came from; `cli` for the command line."""


@dataclass(frozen=True, slots=True)
class Account:
    """An analyst with a password."""

    name: str
    made: datetime


@dataclass(frozen=True, slots=True)
class Token:
    """What a program shows in place of a password. The secret itself is told once and never kept."""

    name: str
    owner: str
    scopes: frozenset[Scope]
    made: datetime
    used: datetime | None
    """When it was last used, to the minute."""
    revoked: datetime | None

    @property
    def signs(self) -> str:
        """What stands for it wherever it writes: judgements, webhooks, the log."""
        return signature(self.owner, self.name)


def signature(owner: str, token: str) -> str:
    """Of a token: `owner (token name)`. Neither name has a bracket."""
    return f"{owner} ({token})"


@dataclass(frozen=True, slots=True)
class Hook:
    """Where to tell of a change. The secret signs what is sent, so it must be kept as it is."""

    id: str
    url: str
    secret: str
    filter: str
    """JSON, as its owner wrote it: what he wants to hear of."""
    by: str
    made: datetime
