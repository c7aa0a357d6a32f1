"""From what somebody calls a place or a voice to its key: a key stays one, a name is that of which most is said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from whosays.faces.service import Service
from whosays.text import fold

FEW = 20
"""Of those whose names have the words, so many are held against the name."""


class _Named(Protocol):
    @property
    def key(self) -> str: ...

    @property
    def name(self) -> str: ...


def place(service: Service, word: str | None) -> str | None:
    """Key of a place."""
    weighings = service.ledger.weighings
    if word is None or weighings.place(word) is not None:
        return word
    return _key(word, weighings.places(like=word, limit=FEW).rows)


def source(service: Service, word: str | None) -> str | None:
    """Key of a source."""
    weighings = service.ledger.weighings
    if word is None or weighings.source(word) is not None:
        return word
    return _listed(service, word) or _key(word, weighings.sources(like=word, limit=FEW).rows)


def actor(service: Service, word: str | None) -> str | None:
    """Key of an actor."""
    weighings = service.ledger.weighings
    if word is None or weighings.actor(word) is not None:
        return word
    return _listed(service, word) or _key(word, weighings.actors(like=word, limit=FEW).rows)


def _listed(service: Service, word: str) -> str | None:
    """Key of the one whom the roster has under a name as news spells it: `SOHR`."""
    actor = service.roster.by_name(word)
    return None if actor is None else actor.key


def _key(word: str, found: Iterable[_Named]) -> str:
    """Of the first of that name; the word itself, which is nobody's key, where there is none."""
    return next((one.key for one in found if fold(one.name) == fold(word)), word)
