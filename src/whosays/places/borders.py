"""Countries that only their nationality names, and borders: `on Turkish soil`, `crossed the Syrian border`.

`Syrian` alone names no place. A border lies between two countries: the other one is named beside it (`the border with
Iraq`), or is the only neighbour that the sentence, else the text, speaks of and whose border the gazetteer has. Where
neither is so, the country stands for its border; where a nationality belongs to several countries (`Korean`),
nothing does. `The Iraqi-Syrian border` is a name of the gazetteer like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from whosays.nouns import Candidate, Place, Span
from whosays.places import vocabulary as known
from whosays.places.gazetteer import Gazetteer, key
from whosays.places.names import Line

BORDERS = frozenset({"border", "borders", "frontier"})
GROUND = BORDERS | {"soil", "territory", "airspace", "waters", "side"}
WITH = re.compile(r" (?:\w+ )?(?:with|to|between) (?:the )?")


def borders(lines: Iterable[Line], gazetteer: Gazetteer, countries: frozenset[str]) -> Iterator[Candidate[Place]]:
    """Candidates of nationalities before a border or ground; `countries`: those the text speaks of."""
    for line in lines:
        for first in line.telling:
            codes, at = line.words[first].codes, first + 1
            if len(codes) > 1 and first:  # `South Korean`
                codes = known.NATIONALITIES.get(f"{line.words[first - 1].folded} {line.words[first].folded}", ())
            if len(codes) != 1 or at == len(line.words) or line.words[at].folded not in GROUND or line.gap(at) != " ":
                continue
            end = _end(line, at)
            if end and (found := _meant(line, line.words[at].folded, codes[0], gazetteer, countries)):
                yield Candidate(Span(line.starts[first], end), *found)


def _end(line: Line, at: int) -> int | None:
    """Where the words end; None where what follows makes them part of another name: `border town`, `side effects`."""
    after = line.words[at + 1].folded if at + 1 < len(line.words) and line.gap(at + 1) == " " else ""
    if line.words[at].folded == "side":
        whole = line.text.startswith("side of the border", line.starts[at])
        return line.starts[at] + len("side of the border") if whole else None
    joined = after in known.KINDS or after.removesuffix("s") in known.KINDS or after.removesuffix("s") in known.GUARDS
    return None if joined else line.end(at)


def _meant(
    line: Line, ground: str, code: str, gazetteer: Gazetteer, countries: frozenset[str]
) -> tuple[tuple[Place, ...], bool, tuple[str, ...]] | None:
    row = gazetteer.country_row(code)
    if row is None:
        return None
    if ground in BORDERS:
        own = {country for word in line.words if word.capital for country in word.codes}
        own |= {gazetteer.country(match.rows[0]) or "" for match in line.matches if match.rows}
        for others in (own, countries):
            shared = {row for other in others - {code} for row in between(code, other, gazetteer)}
            if len(shared) == 1:
                reason = "the border of that country with the other that the text speaks of"
                return gazetteer.places((*shared, row)), True, (reason,)
    return (gazetteer.place(row),), True, ("the country of that nationality",)


def between(one: str, other: str, gazetteer: Gazetteer) -> tuple[int, ...]:
    """The border of two countries (ISO codes), where the gazetteer has it: `Iraq-Syria border`, in the order of the alphabet."""
    rows = [gazetteer.country_row(code) for code in (one, other)]
    names = sorted(gazetteer.name(row) for row in rows if row is not None)
    return gazetteer.find(key(f"{'-'.join(names)} border")) if len(names) == 2 else ()


def border_with(line: Line, first: int, code: str, gazetteer: Gazetteer, countries: frozenset[str]) -> tuple[int, ...]:
    """Rows of the border, where the words before a country (that starts at word `first`) say that its border is meant:
    `the border with Iraq`."""
    at = next((k for k in range(max(0, first - 4), first) if line.words[k].folded in BORDERS), None)
    if at is None or not WITH.fullmatch(line.text, line.end(at), line.starts[first]):
        return ()
    shared = {row for other in countries - {code} for row in between(code, other, gazetteer)}
    return tuple(shared) if len(shared) == 1 else ()
