"""What may be shown of people, in words that weighing made: the same masks as for claims (`faces/privacy.py`), by name.

among(service, claims) -> names        private persons whom some claims name
naming(service, articles) -> claims    by article, where they tell whom its headline must not name: in public
speaker(service, key, name, kind)      … in a voice; empty: it is none
party(service, words)                  … in a holder, a besieger, a victim
told(service, text, names) -> text     with pseudonyms for them
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from whosays.faces.people import hidden
from whosays.faces.service import Service
from whosays.nouns import Extraction, Source, SourceKind
from whosays.text import fold

Names = tuple[str, ...]


def among(service: Service, claims: Iterable[Extraction]) -> Names:
    """The private persons whom some claims name, the longest names first."""
    return _ordered(name for one in claims for name in service.masks.voice(one))


def naming(service: Service, articles: Sequence[str]) -> dict[str, tuple[Extraction, ...]]:
    """Claims by article (ids), for the names in them, in public; else none. Also those that are not weighed yet, and rejected ones."""
    if not (service.profile.public and service.profile.pseudonyms):
        return dict.fromkeys(articles, ())
    return {id_: tuple(service.ledger.claims(article=id_, rejected=True)) for id_ in articles}


def speaker(service: Service, key: str, name: str, kind: str | None) -> Names:
    """The private persons in the name of a voice."""
    if not service.profile.pseudonyms or key in service.roster.by_key or key.startswith("narration of "):
        return ()
    source = Source(SourceKind(kind) if kind in set(SourceKind) else SourceKind.PERSON, mention=name, name=name)
    return _ordered(service.masks.people.speaking(source))


def party(service: Service, *words: str | None) -> Names:
    """The private persons in words for who holds, besieges, suffers."""
    if not service.profile.pseudonyms:
        return ()
    return _ordered(name for one in words if one for name in service.masks.people.in_words(one))


def told(service: Service, text: str, names: Names) -> str:
    """The text with pseudonyms; a part of a name stands for the whole."""
    if not names:
        return text

    def by(found: str) -> str:
        whole = [name for name in names if fold(found) == fold(name) or fold(found) in fold(name).split()]
        return service.masks.pseudonym(whole[0] if whole else found)

    return hidden(text, names, by)


def maybe(service: Service, text: str | None, names: Names) -> str | None:
    """The same, of what may be missing."""
    return None if text is None else told(service, text, names)


def _ordered(names: Iterable[str]) -> Names:
    return tuple(sorted(set(names), key=lambda name: (-len(name), name)))
