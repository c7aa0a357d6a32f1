"""Actors in a Reading: which words name whom, with the reason; what stays open is said, with the options.

Unknown actors are not reported. A name that two actors share (RSF) means the one that the document names in full; if it
names neither, the options stand and nothing is settled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from whosays.actors import context
from whosays.actors.context import Countries, stands_for
from whosays.actors.match import Match
from whosays.actors.roster import Roster, roster
from whosays.actors.trie import Tokens, tokens
from whosays.nouns import CLAIM_PARTS, Actor, Candidate, Reading, Span

MOST_OPTIONS = 3
"""Countries offered for an organ whose country is not clear."""


def resolve(reading: Reading, *, known: Roster | None = None) -> tuple[Candidate[Actor], ...]:
    """The actors in the parts from which claims are taken, sorted by span, apart. `known`: another roster."""
    known = known or roster()
    text = reading.article.text
    pieces = [
        tokens(text, start, span.end)
        for span in reading.article.spans(*CLAIM_PARTS)
        for start in [_opening(reading, span)]
    ]
    found = _matches(pieces, known, {})
    if local := _local(text, found, known):
        found = _matches(pieces, known, local)
    named = {match.keys[0] for match in found if len(match.keys) == 1}
    homes = ((match.start, match.country or _home(match, known)) for match in found)
    countries = Countries.of((at, iso) for at, iso in homes if iso)
    meant = (_candidate(match, text, known, named, countries) for match in found if match.keys or match.role)
    return tuple(candidate for candidate in meant if candidate.options)


def _opening(reading: Reading, part: Span) -> int:
    """Where a part's own words begin: in a story from BEIRUT `the army` is not therefore Lebanon's."""
    dateline = reading.article.dateline
    return dateline.span.end if dateline is not None and part.holds(dateline.span) else part.start


def _matches(pieces: Iterable[Tokens], known: Roster, local: Mapping[str, str]) -> list[Match]:
    """Matches of all parts, in order."""
    matcher = known.matcher(local)
    return [match for piece in pieces for match in matcher.matches(piece, shouting=_shouts(piece))]


def _shouts(piece: Tokens) -> bool:
    return bool(piece.keys) and piece.text[piece.starts[0] : piece.ends[-1]].isupper()


def _home(match: Match, known: Roster) -> str | None:
    """The country of the one actor that is meant."""
    return known.by_key[match.keys[0]].country if len(match.keys) == 1 else None


def _local(text: str, found: Iterable[Match], known: Roster) -> dict[str, str]:
    """Acronym → key of the actor whose name it first stands beside, where the roster does not say the same.

    `Syria (AP)` binds nothing: letters that the roster knows as another's must fit the name."""
    local: dict[str, str] = {}
    for match in found:
        if len(match.keys) != 1 or match.country:
            continue
        for acronym in context.acronyms(text, match.start, match.end):
            other = known.by_name(acronym)
            if other is None or (other.key != match.keys[0] and stands_for(acronym, text[match.start : match.end])):
                local.setdefault(acronym, match.keys[0])
    return local


def _candidate(match: Match, text: str, known: Roster, named: set[str], countries: Countries) -> Candidate[Actor]:
    span = Span(match.start, match.end)
    if match.role:
        order, why = countries.meant(text, match.start)
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
