"""Rubrics: how grades follow from facts, as data. Those shipped lie in rubrics/; a user's own is read from any file.

    name: mine
    gloss: what it asks, in a sentence
    types: [capture, control]          # what it is made for; it may be asked of anything
    grades: [sure, said, doubtful]     # the strongest first
    rules:                             # the first that holds decides; the last has no `when`
      - grade: doubtful
        when: {contradicting: {min: 1}}
        words: by {contradicting.voices}; otherwise {otherwise}
      - grade: sure
        when: {origins: {min: 2}, aligned: 0}
        words: "{support}"
      - grade: said
        words: "{support}"

`when` names facts (facts.py: the functions, by name), each with a number or with `min` and `max`; all of them must hold. `words`
may name a fact, for its number; a fact with `.voices`, for who they are; `{support}`, for `3 origins (2 aligned with the
beneficiary)`; and `{otherwise}`, for the grade that it would have if nobody contradicted it, with its rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import msgspec
import yaml

from whosays.errors import Misuse
from whosays.weigh.facts import FACTS

FIELD = re.compile(r"\{([^{}]*)\}")
"""What `words` leave to be filled in."""
FILLED = frozenset({"support", "otherwise", *FACTS, *(f"{fact}.voices" for fact in FACTS)})

_Number = Annotated[int, msgspec.Meta(ge=0)]


class Range(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A number of at least `min` and at most `max`."""

    min: _Number = 0
    max: _Number | None = None

    def holds(self, number: int) -> bool:
        return self.min <= number and (self.max is None or number <= self.max)


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    grade: str
    words: str
    when: dict[str, _Number | Range] = {}


class Rubric(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    gloss: str
    types: frozenset[str]
    grades: tuple[str, ...]
    rules: Annotated[tuple[Rule, ...], msgspec.Meta(min_length=1)]

    def rank(self, grade: str) -> int:
        """Larger is stronger; 0 is the weakest."""
        return len(self.grades) - 1 - self.grades.index(grade)


@cache
def rubrics() -> tuple[str, ...]:
    """Names of the shipped rubrics."""
    found = files("whosays.weigh").joinpath("rubrics").iterdir()
    return tuple(sorted(path.name.removesuffix(".yml") for path in found if path.name.endswith(".yml")))


@cache
def shipped(name: str) -> Rubric:
    """A rubric of `rubrics()`."""
    path = files("whosays.weigh").joinpath("rubrics", f"{name}.yml")
    return _rubric(name, path.read_text("utf-8"))


def load(name_or_path: str | Path) -> Rubric:
    """A shipped rubric by its name, or a user's own by the path of its file. Misuse says what is wrong with it."""
    if str(name_or_path) in rubrics():
        return shipped(str(name_or_path))
    try:
        text = Path(name_or_path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise Misuse(
            f"The rubric {name_or_path} cannot be read: {why}. Name a YAML file, or one of {', '.join(rubrics())}."
        ) from error
    return _rubric(str(name_or_path), text)


def _rubric(where: str, text: str) -> Rubric:
    try:
        found = msgspec.convert(yaml.safe_load(text), Rubric)
    except yaml.YAMLError as error:
        raise Misuse(f"The rubric {where} is not YAML: {' '.join(str(error).split())}") from error
    except msgspec.ValidationError as error:
        raise Misuse(f"The rubric {where}: {error}. What stands where: docs/weighing.md.") from error
    if faults := list(_faults(found)):
        raise Misuse(f"The rubric {where}: {' '.join(faults)}")
    return found


def _faults(rubric: Rubric) -> Iterator[str]:
    """What is wrong with a rubric whose fields are of the right types."""
    if len(set(rubric.grades)) < len(rubric.grades):
        yield "A grade stands twice in `grades`."
    for number, rule in enumerate(rubric.rules, start=1):
        where = f"Rule {number} ({rule.grade})"
        if rule.grade not in rubric.grades:
            yield f"{where}: the grade is not in `grades`: {', '.join(rubric.grades)}."
        for fact in sorted(rule.when.keys() - FACTS.keys()):
            yield f"{where}: unknown fact {fact!r}. Known: {', '.join(sorted(FACTS))}."
        for field in sorted(set(FIELD.findall(rule.words)) - FILLED):
            yield f"{where}: its words name {{{field}}}. Name a fact, a fact with .voices, support or otherwise."
        if bool(rule.when) is (number == len(rubric.rules)):
            last = number == len(rubric.rules)
            yield f"{where}: the last rule takes what is left: drop its `when`." if last else f"{where}: add a `when`."
