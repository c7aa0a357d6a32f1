"""Actors in a Reading: which words name whom, with the reason; what stays open is said, with the options.

First the names of the roster and of nations, by what the document itself says of its acronyms; then what only the document can tell
(inside.py): descriptions, pronouns, loaded words, and those whom no roster lists. A name that two actors share (RSF) means the one
that was called so on the day of the article, or the one that the document names in full; else the options stand and nothing is
settled. A name not yet in use on that day is doubtful; one no longer in use is a former name, and no less sure. The side of an
actor is that of the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from whosays.actors import context
from whosays.actors.context import Countries, stands_for
from whosays.actors.entries import ALWAYS
from whosays.actors.inside import Inside
from whosays.actors.match import Match, Name
from whosays.actors.roster import Roster, roster
from whosays.actors.trie import Tokens, tokens
from whosays.nouns import CLAIM_PARTS, Actor, Article, Candidate, Reading, Span

MOST_OPTIONS = 3
"""Countries offered for an organ whose country is not clear."""

FAR = 366
"""Days by which the day of an article may miss the dates of a name: names are used before they are official, and after."""


def resolve(reading: Reading, *, known: Roster | None = None) -> tuple[Candidate[Actor], ...]:
    """The actors in the parts from which claims are taken, sorted by span, apart. `known`: another roster.

    Names and sides are taken as of the day of publication, where that is known."""
    known = known or roster()
    text, day = reading.article.text, reading.article.published
    pieces = [
        tokens(text, start, span.end)
        for span in reading.article.spans(*CLAIM_PARTS)
        for start in [_opening(reading, span)]
    ]
    found = _matches(pieces, known, {})
    if local := _local(text, found, known):
        found = _matches(pieces, known, local)
    full = {match.keys[0] for match in found if len(match.keys) == 1}
    homes = ((match.start, match.country or _home(match, known)) for match in found)
    countries = Countries.of((at, iso) for at, iso in homes if iso)
    names = [_candidate(one, text, known, full, countries, day) for one in found if one.names or one.role]
    return _apart(Inside(reading, known, countries, found), [one for one in names if one.options])


def outlet(article: Article, *, known: Roster | None = None) -> Actor | None:
    """Who speaks in an article's own voice, with the side of its day: its agency, whose words papers print, else its publisher.
    None: neither is in the roster as media or an agency."""
    known = known or roster()
    for name in (article.agency, article.publisher):
        actor = known.by_name(name) if name else None
        if actor is not None and actor.kind in ("media", "agency", "monitor"):
            return known.on(actor.key, article.published)
    return None


def _apart(inside: Inside, named: list[Candidate[Actor]]) -> tuple[Candidate[Actor], ...]:
    """Names, and what the document adds to them, sorted."""
    named = _sorted(named, inside.unlisted())
    chained = list(inside.chained(named))
    named = _sorted(named, chained)
    taken = {start for one in chained for start in range(one.span.start, one.span.end)}
    open_ = [match for match in inside.seen if match.words and not taken & {match.start, match.end - 1}]
    words = (inside.worded(match, named) for match in open_)
    return tuple(_sorted(named, (one for one in words if one is not None)))


def _sorted(named: Sequence[Candidate[Actor]], more: Iterable[Candidate[Actor]]) -> list[Candidate[Actor]]:
    added = list(more)
    return sorted((*named, *added), key=lambda one: one.span.start) if added else list(named)


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


def _candidate(
    match: Match, text: str, known: Roster, full: set[str], countries: Countries, day: date | None
) -> Candidate[Actor]:
    span = Span(match.start, match.end)
    if match.role:
        order, why = countries.meant(text, match.start)
        organs = [known.nations.by_iso[iso].organs[match.role] for iso in order if iso in known.nations.by_iso]
        options = tuple(known.on(key, day) for key in organs[:MOST_OPTIONS])
        return Candidate(span, options, why is not None, (match.why, why or "several countries are spoken of"))
    if len(match.keys) == 1 and not match.doubt and match.names[0].period is ALWAYS:
        return Candidate(span, (known.on(match.keys[0], day),), True, (match.why,))
    fitting, reason = _of_the_day(match.names, day)
    options = tuple(known.on(key, day) for key in dict.fromkeys(name.key for name in (*fitting, *match.names)))
    reasons = (match.why, reason) if reason else (match.why,)
    if match.doubt or not fitting:
        return Candidate(span, options, False, (*reasons, match.doubt) if match.doubt else reasons)
    if len({name.key for name in fitting}) == 1:
        return Candidate(span, options, True, reasons)
    named = [option for option in options if option.key in full]
    if len(named) == 1:
        rest = [option for option in options if option not in named]
        return Candidate(span, (*named, *rest), True, (*reasons, "the one of this name that the text names in full"))
    return Candidate(span, options, False, (*reasons, "several actors have this name"))


def _of_the_day(names: Sequence[Name], day: date | None) -> tuple[Sequence[Name], str | None]:
    """Those that a name can mean on a day, and what the day says: who was called so then; else who had been; none, if it came later."""
    if day is None:
        return names, None
    then = [name for name in names if name.period.after(day) <= FAR and name.period.before(day) <= FAR]
    if then:
        return then, "the only one called so on that day" if len(then) < len(names) else None
    past = [name for name in names if name.period.after(day) == 0]
    if past:
        return past, f"a former name, in use until {max(name.period.last for name in past)}"
    return (), f"a name in use only from {min(name.period.first for name in names)}"
