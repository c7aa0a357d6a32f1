"""The lexicon as the matcher uses it: one YAML file per claim type, read once, every mistake in it named.

A type file says what the type means (`gloss`), whether it is a state (`holds`), its PLOVER and ACLED codes, and its triggers:
words that state the proposition, each with which grammatical neighbour fills which role. docs/claims.md shows how to add one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

import yaml

from whosays.errors import AssetError

KINDS = ("verb", "noun", "adjective", "compound")
ROLES = ("actor", "target", "place", "weapon", "means", "cause")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """Words that state a proposition of a type, and where its roles stand around them."""

    type: str
    kind: str
    """`verb` (any form), `noun`, `adjective` (as predicate), `compound` (`rebel-held`)."""
    lemmas: frozenset[str]
    subject: str | None = None
    """Role of the subject; of the `by` phrase where the verb is passive."""
    object: str | None = None
    """Role of the object; of the subject where the verb is passive."""
    owner: str | None = None
    """Role of what stands before a noun: `Israeli bombing`, `the army's withdrawal`."""
    left: str | None = None
    right: str | None = None
    preps: tuple[tuple[str, str | None], ...] = ()
    """Preposition → role of its noun phrase; None: read over."""
    then: tuple[tuple[str, ...], ...] = ()
    """Words of which one must follow: `took [control]`; with `gap`, a noun phrase may stand between."""
    gap: bool = False
    after: tuple[str, ...] = ()
    """Words of which one must stand before: `[under] control`."""
    needs: str | None = None
    """Role without which there is no claim."""
    where: str | None = None
    """Class of words (words.yml) that must stand among the roles; `violent`: a weapon or someone armed."""
    who: str | None = None
    """Class of words that the actor must belong to."""
    counted: bool = False
    """Only with a number before it: `30 dead`."""
    needs_count: bool = False
    predicate: bool = False
    polarity: str = "affirmed"
    harm: str | None = None
    means: str | None = None


@dataclass(frozen=True, slots=True)
class Type:
    name: str
    gloss: str
    holds: bool
    """A state, which holds throughout an interval; otherwise an event within it."""
    plover: str | None
    acled: tuple[str, ...]
    triggers: tuple[Trigger, ...]
    match: tuple[str, ...]
    """Sentences in which the type must be found."""
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    types: dict[str, Type]
    by_lemma: dict[str, tuple[Trigger, ...]]
    words: dict[str, frozenset[str]]
    """Class → lemmas (words.yml)."""
    means: tuple[tuple[str, tuple[str, ...]], ...]
    """Means of an attack, and the words that show it, most telling first."""
    sources: tuple[tuple[str, frozenset[str]], ...]
    hedges: dict[str, frozenset[str]]


@cache
def lexicon() -> Lexicon:
    """The packaged lexicon. Raises AssetError that names the file and the entry."""
    folder = files("whosays.claims")
    types = {}
    for file in sorted(folder.joinpath("lexicon").iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".yml"):
            name = file.name.removesuffix(".yml")
            types[name] = read_type(name, file.read_text("utf-8"))
    by_lemma: dict[str, list[Trigger]] = {}
    for type_ in types.values():
        for trigger in type_.triggers:
            for lemma in sorted(trigger.lemmas):
                by_lemma.setdefault(lemma, []).append(trigger)
    words = yaml.safe_load(folder.joinpath("words.yml").read_text("utf-8"))
    means, sources, hedges = words.pop("means"), words.pop("sources"), words.pop("hedges")
    return Lexicon(
        types,
        {lemma: tuple(triggers) for lemma, triggers in by_lemma.items()},
        {name: frozenset(lemmas) for name, lemmas in words.items()},
        tuple((name, tuple(terms)) for name, terms in means.items()),
        tuple((name, frozenset(terms)) for name, terms in sources.items()),
        {name: frozenset(terms) for name, terms in hedges.items()},
    )


def read_type(name: str, text: str) -> Type:
    """One type file."""
    try:
        data = yaml.safe_load(text)
        return Type(
            name,
            data["gloss"],
            data["holds"],
            data["plover"],
            tuple(data["acled"]),
            tuple(_triggers(name, data["triggers"])),
            tuple(data["examples"]["match"]),
            tuple(data["examples"]["never"]),
        )
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise AssetError(f"claims/lexicon/{name}.yml: {type(error).__name__}: {error}; see docs/claims.md") from error


def _triggers(name: str, entries: list[dict[str, object]]) -> Iterator[Trigger]:
    for number, entry in enumerate(entries, 1):
        fields = dict(entry)
        kind = next((k for k in KINDS if k in fields), None)
        if kind is None:
            raise ValueError(f"trigger {number} is none of {', '.join(KINDS)}")
        lemmas = frozenset(cast("list[str]", fields.pop(kind)))
        preps = cast("dict[str, str | None]", fields.pop("preps", {}))
        then = tuple(tuple(words.split()) for words in cast("list[str]", fields.pop("then", [])))
        after = tuple(cast("list[str]", fields.pop("after", [])))
        settings = cast("dict[str, str]", fields.pop("set", {}))
        roles = [fields.get(key) for key in ("subject", "object", "owner", "left", "right", "needs")] + list(
            preps.values()
        )
        strange = [role for role in roles if role is not None and role not in ROLES]
        if strange:
            raise ValueError(f"trigger {number}: {strange[0]!r} is no role; roles are {', '.join(ROLES)}")
        yield Trigger(
            type=name,
            kind=kind,
            lemmas=lemmas,
            preps=tuple(preps.items()),
            then=then,
            after=after,
            **settings,
            **fields,
        )  # type: ignore[arg-type]
