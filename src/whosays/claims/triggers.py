"""The lexicon as the matcher uses it: one YAML file per claim type, read once, every mistake in it named.

A type file says what the type means (`gloss`), its PLOVER and ACLED codes, and its triggers:
words that state the proposition, each with which grammatical neighbour fills which role. docs/claims.md shows how to add one.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Literal, TypeVar

import msgspec
import yaml

from whosays.errors import AssetError

ANY = "*"
"""As a lemma: any verb."""
Role = Literal["actor", "target", "place", "weapon", "cause", "teller"]


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What stands in a YAML file."""


class Trigger(_Entry, frozen=True):
    """Words that state a proposition of a type, and where its roles stand around them. Exactly one of the first four is given."""

    verb: tuple[str, ...] = ()
    """Lemmas; in any form, active or passive."""
    noun: tuple[str, ...] = ()
    """Lemmas; heading their noun phrase."""
    adjective: tuple[str, ...] = ()
    """As predicate: `is [free] of`."""
    compound: tuple[str, ...] = ()
    """Second half of a hyphened word: `rebel-[held]`."""
    subject: Role | None = None
    """Role of the subject; of the `by` phrase where the verb is passive."""
    object: Role | None = None
    """Role of the object; of the subject where the verb is passive."""
    owner: Role | None = None
    """Role of what stands before a noun: `[Israeli] bombing`, `[the army's] withdrawal`."""
    left: Role | None = None
    right: Role | None = None
    preps: dict[str, Role] = {}
    """Preposition → role of its noun phrase."""
    then: tuple[str, ...] = ()
    """Words of which one must follow: `took [control]`; with `gap`, a noun phrase may stand between."""
    gap: bool = False
    after: tuple[str, ...] = ()
    """Words of which one must stand before: `[under] control`."""
    needs: Role | None = None
    """Role without which there is no claim."""
    where: (
        Literal[
            "territory",
            "weapon",
            "violent",
            "armed",
            "people",
            "folk",
            "device",
            "unarmed",
            "civilians",
            "public",
            "thing",
            "side",
            "truce",
            "statehood",
            "humane",
        ]
        | None
    ) = None
    """Class of words (words.yml) that must stand among the roles or in the clause; match.py says where each is looked for."""
    who: Literal["armed", "armed if named"] | None = None
    """Class of words that the actor must belong to; `if named`: where there is one. A country may stand for its forces, then and on
    pages about a conflict."""
    needs_prep: tuple[str, ...] = ()
    """Prepositions of which one must introduce a phrase: `called [on] them`, `called [for] it`."""
    there: bool = False
    """Only where it is said to exist: `there were militants at the school`."""
    duty: bool = False
    """Only under `must`, `should`, `ought`."""
    to_do: bool = False
    """Only where it governs a verb: `ordered them [to leave]`."""
    asks: bool = False
    """The clause that it governs says what is called for, and of whom: `demanded that [the army leave]`."""
    says: bool = False
    """Whoever does it says it: who `claims responsibility`. Of a whole type: `speech`."""
    judges: bool = False
    """What it is said of is taken for granted: the narrator's, not that of whoever judges it."""
    alone: bool = False
    """Tells by itself, unless `the` or `this` makes it one already told of: `called for a ceasefire`."""
    counted: bool = False
    """Only with a number before it: `30 dead`."""
    not_under: tuple[str, ...] = ()
    """Lemmas that it must not hang on: who `violates` a truce agrees to nothing."""
    needs_count: bool = False
    """Only where a count of people was found."""
    transitive: bool = False
    """Always with an object: what stands alone before it is the object."""
    predicate: bool = False
    """Only after a form of `be`, `remain` …"""
    apposed: bool = False
    """With `predicate`, also beside what it is said of: `the SDF, an [alliance] of militias`."""
    polarity: Literal["affirmed", "denied"] = "affirmed"
    harm: Literal["killed", "injured", "both"] | None = None
    means: str | None = None

    def __post_init__(self) -> None:
        if sum(map(bool, (self.verb, self.noun, self.adjective, self.compound))) != 1:
            raise ValueError("a trigger is exactly one of verb, noun, adjective, compound")

    @property
    def lemmas(self) -> tuple[str, ...]:
        return self.verb or self.noun or self.adjective or self.compound


class Example(_Entry, frozen=True):
    """A sentence in which the type must be found, and what else must be right about it."""

    text: str
    polarity: Literal["affirmed", "denied"] | None = None
    actor: str | None = None
    target: str | None = None
    place: str | None = None


class Examples(_Entry, frozen=True):
    match: tuple[str | Example, ...]
    """Sentences in which the type must be found."""
    never: tuple[str, ...]
    """Sentences in which it must not."""


class Implied(_Entry, frozen=True):
    """What an affirmed claim of a type implies: a claim of another type, of the same place and voice."""

    type: str
    actor: Literal["actor", "target"] = "actor"
    """Whose role its actor had."""
    polarity: Literal["affirmed", "denied"] = "affirmed"


class Type(_Entry, frozen=True, kw_only=True):
    gloss: str
    plover: str | None
    acled: tuple[str, ...]
    speech: bool = False
    """To do it is to say it: who condemns vouches for having condemned."""
    implies: tuple[Implied, ...] = ()
    triggers: tuple[Trigger, ...]
    examples: Examples


class Words(_Entry, frozen=True):
    """words.yml: classes of nouns, as lemmas."""

    territory: frozenset[str]
    armed: frozenset[str]
    war: frozenset[str]
    """Words that no page uses unless it is about a conflict; the other armed ones (`group`, `guard`) count only on such pages."""
    weapon: frozenset[str]
    device: frozenset[str]
    people: frozenset[str]
    civilians: frozenset[str]
    combatants: frozenset[str]
    children: frozenset[str]
    public: frozenset[str]
    """With the sources that are official, an organisation or a party."""
    thing: frozenset[str]
    truce: frozenset[str]
    statehood: frozenset[str]
    humane: frozenset[str]
    running: frozenset[str]
    """Words that make a count a running total."""
    long: frozenset[str]
    """Things that last: what they killed is a running total."""
    means: dict[str, tuple[str, ...]]
    """Means of an attack → words that show it, most telling first."""
    sources: dict[str, frozenset[str]]
    """Kind of source → words in its mention, most telling first."""


class Governors(_Entry, frozen=True):
    """governors.yml: words that stand above a proposition and say whether it is so; each list is explained there."""

    none: frozenset[str]
    untrue: frozenset[str]
    truth: frozenset[str]
    told: frozenset[str]
    carrying: frozenset[str]
    failed: frozenset[str]
    done: frozenset[str]
    demands: frozenset[str]
    plans: frozenset[str]
    ends: frozenset[str]
    needs: frozenset[str]
    future: frozenset[str]
    duty: frozenset[str]
    unreal: frozenset[str]
    told_of: frozenset[str]
    probable: frozenset[str]
    possible: frozenset[str]


class Lexicon(msgspec.Struct, frozen=True):
    types: dict[str, Type]
    by_lemma: dict[str, tuple[tuple[str, Trigger], ...]]
    """Lemma → (type, trigger) of all triggers that it heads."""
    words: Words
    governors: Governors
    speech: frozenset[str]
    """Types that are acts of speech."""
    judging: frozenset[str]
    """Lemmas of verbs that judge what they are said of."""


T = TypeVar("T", Type, Words, Governors)


@cache
def lexicon() -> Lexicon:
    """The packaged lexicon. Raises AssetError that names the file and the entry."""
    folder = files("whosays.claims")
    entries = sorted(folder.joinpath("lexicon").iterdir(), key=lambda entry: entry.name)
    types = {
        file.name.removesuffix(".yml"): read(file.name, file.read_text("utf-8"), Type)
        for file in entries
        if file.name.endswith(".yml")
    }
    by_lemma: dict[str, tuple[tuple[str, Trigger], ...]] = {}
    for name, type_ in types.items():
        for trigger in type_.triggers:
            for lemma in trigger.lemmas:
                by_lemma[lemma] = (*by_lemma.get(lemma, ()), (name, trigger))
    words = read("words.yml", folder.joinpath("words.yml").read_text("utf-8"), Words)
    bodies = (words.sources[kind] for kind in ("official", "organisation", "party"))
    words = msgspec.structs.replace(words, public=words.public.union(*bodies))
    governors = read("governors.yml", folder.joinpath("governors.yml").read_text("utf-8"), Governors)
    speech = frozenset(name for name, type_ in types.items() if type_.speech)
    judging = frozenset(lemma for lemma, found in by_lemma.items() if any(trigger.judges for _, trigger in found))
    return Lexicon(types, by_lemma, words, governors, speech, judging)


def read(name: str, text: str, kind: type[T]) -> T:
    """One file of the lexicon."""
    try:
        return msgspec.convert(yaml.load(text, _Loader), kind)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise AssetError(f"claims/{name}: {error}; docs/claims.md shows the form") from error


class _Loader(yaml.SafeLoader):
    """YAML in which `on` and `no` are words, not truth values."""


_BOOL = "tag:yaml.org,2002:bool"
_Loader.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] != _BOOL]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(_BOOL, re.compile("^(?:true|false)$"), list("tf"))
