"""Languages as packs: one folder each, data apart from logic. To add one: the folder, and one line in `PACKS`.

A pack names its abbreviations, its cues of attribution and its weights. `whosays.language.parse` takes it as an argument.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from whosays.nouns import Stance

PACKS = {"en": "whosays.language.packs.en"}
"""ISO 639-1 code → package of the pack."""


@dataclass(frozen=True, slots=True)
class Pack:
    """What the language stage needs to know of one language."""

    name: str
    """Code and version, as it is stored with every reading: `en/1`."""
    package: str
    abbreviations: frozenset[str]
    stances: dict[str, Stance]
    """Lemma of a cue verb → what it does to the content."""
    quoting: frozenset[str]
    needs_clause: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    voices: frozenset[str]


@cache
def pack(code: str) -> Pack:
    """The pack of a language. KeyError for a language without one: callers refuse such pages before they come here."""
    package = PACKS[code]
    folder = files(package)
    cues = yaml.safe_load(folder.joinpath("cues.yml").read_text("utf-8"))
    stances = {lemma: _STANCES[kind] for kind, lemmas in cues["verbs"].items() for lemma in lemmas}
    return Pack(
        name=f"{code}/1",
        package=package,
        abbreviations=frozenset(yaml.safe_load(folder.joinpath("abbreviations.yml").read_text("utf-8"))),
        stances=stances,
        quoting=frozenset(cues["quoting"]),
        needs_clause=frozenset(cues["needs_clause"]),
        phrases=tuple(tuple(phrase.split()) for phrase in cues["phrases"]),
        voices=frozenset(cues["voices"]),
    )


_STANCES = {
    "asserts": Stance.ASSERTS,
    "accuses": Stance.ASSERTS,
    "condemns": Stance.ASSERTS,
    "denies": Stance.DENIES,
    "doubts": Stance.DOUBTS,
    "demands": Stance.DEMANDS,
    "plans": Stance.PLANS,
}
