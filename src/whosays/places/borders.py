"""Countries that only their nationality names: `crossed the Syrian border`, `on Turkish soil`. `Syrian` alone names no place.

Comes in: a text and its sentences. Goes out: candidates sorted by span, each settled on the country; where a nationality belongs to
several countries (`Congolese`), nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from whosays.nouns import Candidate, Place, Span
from whosays.places.gazetteer import Gazetteer
from whosays.places.vocabulary import NATIONALITIES
from whosays.text import fold

_BORDER = re.compile(
    r"\b([^\W\d_a-z][^\W\d_]+)\s+(?:borders?|frontier|soil|territory|airspace|side of the border)\b"
    r"(?!\s+(?:town|city|village|crossing|post|area|region|province|district|guard|police|force|patrol|strip|zone|wall|fence)s?\b)"
)


def borders(text: str, sentences: Iterable[Span], gazetteer: Gazetteer) -> Iterator[Candidate[Place]]:
    for sentence in sentences:
        for match in _BORDER.finditer(text, sentence.start, sentence.end):
            codes = NATIONALITIES.get(fold(match.group(1)), ())
            row = gazetteer.country_row(codes[0]) if len(codes) == 1 else None
            if row is not None:
                reason = ("the country of that nationality",)
                yield Candidate(Span(match.start(), match.end()), (gazetteer.place(row),), True, reason)
