"""Languages as packs: one folder each, data apart from logic. To add one: the folder, and one line in `PACKS`.

A pack names its abbreviations, its cues of attribution and its weights. `whosays.language.parse` takes it as an argument.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import yaml

from whosays.nouns import Stance

PACKS = {"en": "whosays.language.packs.en"}
"""ISO 639-1 code → package of the pack."""


@dataclass(frozen=True, slots=True)
class Pack:
    """What the language stage needs to know of one language."""

    name: str
    """Code and version, as it is stored with every reading: `en/2`."""
    weights: Traversable
    """The folder that holds `reader.onnx` and `reader.json`."""
    abbreviations: frozenset[str]
    stances: dict[str, Stance]
    """Lemma of a cue verb → what it does to the content."""
    nouns: dict[str, Stance]
    """Nouns of speaking, alike: `the rebels' claim that …`."""
    quoting: frozenset[str]
    carrying: frozenset[str]
    telling: frozenset[str]
    occasions: frozenset[str]
    needs_clause: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    voices: frozenset[str]
    verbs: dict[str, str]
    """form/tag → lemma of verbs whose forms the treebanks have too seldom."""


@cache
def pack(code: str) -> Pack:
    """The pack of a language. KeyError for a language without one: callers refuse such pages before they come here."""
    package = PACKS[code]
    folder = files(package)
    cues = yaml.safe_load(folder.joinpath("cues.yml").read_text("utf-8"))
    forms = yaml.safe_load(folder.joinpath("verbs.yml").read_text("utf-8"))
    stances, nouns = (
        {lemma: _STANCES[kind] for kind, lemmas in cues[of].items() for lemma in lemmas} for of in ("verbs", "nouns")
    )
    return Pack(
        name=f"{code}/2",
        weights=folder,
        abbreviations=frozenset(yaml.safe_load(folder.joinpath("abbreviations.yml").read_text("utf-8"))),
        stances=stances,
        nouns=nouns,
        quoting=frozenset(cues["quoting"]),
        carrying=frozenset(cues["carrying"]),
        telling=frozenset(cues["telling"]),
        occasions=frozenset(cues["occasions"]),
        needs_clause=frozenset(cues["needs_clause"]),
        phrases=tuple(tuple(phrase.split()) for phrase in cues["phrases"]),
        voices=frozenset(cues["voices"]),
        verbs={
            f"{form}/{tag}": lemma
            for lemma, known in forms.items()
            for form, tag in zip(known, ("VBD", "VBN"), strict=True)
        },
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
