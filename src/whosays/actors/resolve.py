"""Actors in a Reading: which words name whom, with the reason; what stays open is said, with the options.

Unknown actors are not reported. A name that two actors share (RSF) means the one that the document names in full; if it
names neither, the options stand and nothing is settled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from whosays.actors import context
from whosays.actors.context import Sighting
from whosays.actors.match import Match, Matcher
from whosays.actors.roster import Roster, roster
from whosays.actors.trie import Tokens, tokens
from whosays.nouns import CLAIM_PARTS, Actor, Candidate, Reading, Span

MOST_OPTIONS = 3
"""Countries offered for an organ whose country is not clear."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part's offset in the text, and its words."""

    offset: int
    found: Tokens


def resolve(reading: Reading, *, known: Roster | None = None) -> tuple[Candidate[Actor], ...]:
    """The actors in the parts from which claims are taken, sorted by span, apart."""
    known = known or roster()
    text = reading.article.text
    pieces = [_Piece(span.start, tokens(span.of(text))) for span in reading.article.spans(*CLAIM_PARTS)]
    found = _matches(pieces, known, {})
    if local := _local(text, found):
        found = _matches(pieces, known, local)
    named = {match.keys[0] for match in found if len(match.keys) == 1}
    seen = [Sighting(match.start, match.country) for match in found if match.country]
    seen += [Sighting(m.start, c) for m in found if len(m.keys) == 1 and (c := known.by_key[m.keys[0]].country)]
    candidates = (_candidate(match, text, known, named, seen) for match in found if match.keys or match.role)
    return tuple(candidate for candidate in candidates if candidate.options)


def _matches(pieces: Iterable[_Piece], known: Roster, local: Mapping[str, str]) -> list[Match]:
    """Matches of all parts, with offsets into the whole text."""
    matcher = Matcher(known.names, known.nations, local)
    return [
        match.moved(piece.offset)
        for piece in pieces
        for match in matcher.matches(piece.found, shouting=piece.found.text.isupper())
    ]


def _local(text: str, found: Iterable[Match]) -> dict[str, str]:
    """Acronym → key of the one actor whose name it stands beside; the first such place counts."""
    local: dict[str, str] = {}
    for match in found:
        if len(match.keys) == 1:
            for acronym in context.acronyms(text, match.start, match.end):
                local.setdefault(acronym, match.keys[0])
    return local


def _candidate(match: Match, text: str, known: Roster, named: set[str], seen: list[Sighting]) -> Candidate[Actor]:
    span = Span(match.start, match.end)
    if match.role:
        order, why = context.countries(text, match.start, seen)
        organs = [known.nations.by_iso[iso].organs[match.role] for iso in order if iso in known.nations.by_iso]
        reason = why or "several countries are spoken of"
        return Candidate(span, tuple(organs[:MOST_OPTIONS]), why is not None, (match.why, reason))
    options = tuple(known.by_key[key] for key in match.keys)
    if match.doubt:
        return Candidate(span, options, False, (match.why, match.doubt))
    if len(options) == 1:
        return Candidate(span, options, True, (match.why,))
    full = [option for option in options if option.key in named]
    if len(full) == 1:
        rest = [option for option in options if option not in full]
        return Candidate(span, (*full, *rest), True, (match.why, "the one of this name that the text names in full"))
    return Candidate(span, options, False, (match.why, "several actors have this name"))
