"""Where it happened or holds: the place of a claim, named in its clause or inherited, never the place of the document.

Comes in: a match in its line, the candidates that places found. Goes out: one Where per place, or None.
In this order: the words of the place role; for violence the target, when it is a place; where the reader's event-place head says that
the verb happened; a place that a preposition puts into the clause, then into the sentence; else one named not long before, where
something happened if there is one, marked as inherited. Words without a name (`a school`) have the position that would be inherited.
A definite description of a town (`the town`, `the group's last stronghold in Syria`) stands for the town that the article names most
often of those before it, else after it, in the country that it names; so does the place that is inherited. `Territory`, `areas`
and `villages` stand for no town.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise

from whosays.claims import clauses, ground
from whosays.claims.frames import PLACED, Match
from whosays.claims.lines import DETERMINERS, Context, Line, Range, is_border
from whosays.nouns import REGIONS, Candidate, PartKind, Place, Span, Where
from whosays.text import fold, squeeze

_WIDE = REGIONS | {"admin2"}
_WIDER = _WIDE - {"region"}
"""What no story plays in as a whole: `Eastern Ghouta` may be where it happened, `Syria` says too little."""
_DIVISIONS = frozenset({"admin1", "admin2"})
_VAGUE = frozenset("area territory region part location place site position ground swath swathe".split())
_NEAR = frozenset(
    "near outside around outskirts edge edges countryside east west north south suburb suburbs part parts half some district "
    "districts quarter neighbourhood neighborhood street streets pocket pockets".split()
)
"""Words beside a place name that make it only near the place, or a part of it."""
_PROVINCE = frozenset("province governorate region district county state oblast countryside".split())
_BEFORE = frozenset("in at near on outside inside around of into from to along across".split())
_TOWNLIKE = frozenset(
    "town city village stronghold bastion capital enclave district neighbourhood neighborhood suburb base airbase airport "
    "airfield camp crossing area settlement hamlet fort garrison centre center place school hospital".split()
)


def wheres(context: Context, line: Line, match: Match) -> list[Where | None]:
    """The places of a claim: one, or one for each coordinated place; [None] where nothing says."""
    role = match.roles.get("place")
    if match.type in _NOWHERE:
        if role is not None and _local(context, line, role):
            return list(_named(context, line, match, role))
        inside = None if match.type in _RELATIONS else _around(context, line, match, wide=False)
        return [None if inside is None else _at(context, line, inside)]
    target = match.roles.get("target") if match.type in ("attack", "clash", "destroy", "besiege") else None
    if target is not None:
        target = clauses.phrase(line, line.head(target), inner=PLACED)
        if match.type == "destroy" and line.tag(line.head(target)) == "NNS":
            target = None
    near = [words for words in (role, target) if words is not None and _local(context, line, words)]
    if len(near) == 2 and _country(context, line, near[0]):
        near.reverse()  # `a missile strike on [Camp Ashraf] in Iraq`
    if near:
        return list(_named(context, line, match, near[0]))
    around = _around(context, line, match, wide=False)
    unnamed = _unnamed(context, line, match) if around is None else None
    if unnamed is not None:
        return [unnamed]
    around = around or _around(context, line, match)
    if around is not None:
        return [_at(context, line, around)]
    cause = match.roles.get("actor")
    if cause is not None and line.lemma(line.head(cause)) in ("war", "conflict", "crisis"):
        return [None]
    before = _before(context, line.sentence.span.start)
    return [None if before is None else _where(None, None, before, context, inherited=True)]


def _country(context: Context, line: Line, role: Range) -> bool:
    """Do the words name no more than a country?"""
    best = _best(context.places(line.span(*role)))
    return best is not None and best.value is not None and best.value.feature == "country"


_NOWHERE = frozenset({"ally", "oppose", "member", "condemn", "demand"})
"""Types that have a place only where the clause says so: nothing is inherited."""
_RELATIONS = frozenset({"ally", "oppose", "member"})


def _local(context: Context, line: Line, role: Range) -> bool:
    """Do the words name a place, known or not, or a piece of ground?"""
    first = ground.opening(line, role)
    if all(line.upos(k) == "PROPN" and k not in line.actors for k in range(*first)) or line.word(role[0]) in (
        "there",
        "here",
    ):
        return True
    return ground.grounded(line, role, context.lexicon.words.territory | _BUILDINGS)


_BUILDINGS = frozenset(
    "school mosque church hospital house home building courthouse market playground shop clinic bakery shelter perimeter vicinity".split()
)


def _named(context: Context, line: Line, match: Match, role: Range) -> Iterator[Where]:
    start, end = role
    bare = line.sentence.part is PartKind.HEADLINE  # headlines leave out articles
    determined = line.word(start) in ("the", "this", "that", "its", "their", "our")
    definite = bare or determined or any(line.tag(k) == "POS" for k in range(*role))
    while start < end - 1 and line.word(start) in DETERMINERS:
        start += 1
    span = line.span(start, end)
    found = context.places(span)
    separate = found and (
        found[0].span.start == span.start or any(line.lemma(k) in _TOWNLIKE for k in range(start, end))
    )
    if separate and len(found) > 1 and all(_joined(context.text, a.span, b.span) for a, b in pairwise(found)):
        for one in found:
            yield _where(squeeze(one.span.of(context.text)), one.span, one, context)
        return
    best, words = _best(_inner(context.text, found)), squeeze(span.of(context.text))
    if best is not None and match.type == "enter":
        best = _entered(best)
    townlike = any(line.lemma(k) in _TOWNLIKE and line.tag(k) != "NNS" for k in range(start, end))
    described = townlike and (best is None or _wide(best)) and not _own_name(line, (start, end), found)
    if described and (definite or best is not None):
        inside = _around(context, line, match, wide=False)  # `the army garrison in Al-Fula`
        narrow = inside is not None and inside.value is not None and not _wide(inside)
        meant = inside if narrow else _described(context, span.start, best)
        if meant is not None:
            yield _where(words, span, meant, context)
            return
    if best is None:
        best = _around(context, line, match)
        if best is not None and line.lemma(line.head((start, end))) in _VAGUE:
            span = _with_sides(line, best.span)
            words = squeeze(span.of(context.text))
    head = line.head((start, end))
    if best is None and line.upos(head) == "NOUN" and (line.tag(head) == "NN" or line.lemma(head) in _BUILDINGS):
        yield _vaguely(context, line, (start, end))  # but `villages nearby` are elsewhere
        return
    near = line.word(start - 1) in _NEAR or any(line.word(k) in _NEAR for k in range(start, end))
    wide = any(line.lemma(k) in _PROVINCE for k in range(start, min(end + 1, len(line.tokens))))
    yield _where(words, span, best, context, near=near, wide=wide)


def _own_name(line: Line, words: Range, found: Sequence[Candidate[Place]]) -> bool:
    """Do the words name or place a town of their own, known or not: `the village of [Spirne]`, `a base near the border`?"""
    known = [one.span for one in found if _wide(one)]
    names = (k for k in range(*words) if line.upos(k) == "PROPN" and k not in line.actors)
    unknown = any(not any(span.meets(line.tokens[k].span) for span in known) for k in names)
    return unknown or any(line.word(k) in ("near", "outside") for k in range(*words))


def _inner(text: str, found: Sequence[Candidate[Place]]) -> list[Candidate[Place]]:
    """Without those that only say where the next one lies: `Aleppo's [Sheikh Maqsoud]`."""
    owners = {a.span for a, b in pairwise(found) if text[a.span.end : b.span.start] in ("'s ", "’s ")}
    return [one for one in found if one.span not in owners]


def _entered(one: Candidate[Place]) -> Candidate[Place]:
    """Who crosses `the Syrian border` enters Syria, which is the option after it."""
    country = next((place for place in one.options if is_border(one) and place.feature == "country"), None)
    return one if country is None else replace(one, options=(country,))


def _joined(text: str, a: Span, b: Span) -> bool:
    """`Azaz, Hama`, `the town of Azaz and the village of Mare`."""
    return _AND.fullmatch(text[a.end : b.start].strip().lower()) is not None


_AND = re.compile(
    r"(?:,|,? ?(?:and|or)|as well as)(?: (?:in|near|around))?(?: the)?(?: (?:town|city|village|district|province)s? of)?"
)


def _around(context: Context, line: Line, match: Match, *, wide: bool = True) -> Candidate[Place] | None:
    """A place that a preposition puts into the clause, else (where `wide`) into the sentence."""
    if (scene := _scene(context, line, match)) is not None:
        return scene
    clause = line.span(match.start, match.end)
    for span in (clause, line.sentence.span) if wide else (clause,):
        best = _best([c for c in context.named_within(span) if is_border(c) or _placed(line, c.span)])
        if best is not None:
            return best
    return _best([c for c in context.named_within(line.sentence.span) if _fought_over(line, c)]) if wide else None


def _fought_over(line: Line, one: Candidate[Place]) -> bool:
    """Is it what a verb of the sentence is about: `dozens died as the army tries to take [Eastern Ghouta]`?"""
    place, i = one.value, _range(line, one.span)[1] - 1
    if place is not None and place.feature in _WIDER:
        return False
    while line.tree.relation(i) in ("compound", "nmod") and line.tree.heads[i] != i:
        i = line.tree.heads[i]
    return line.tokens[i].relation in ("obj", "nsubj:pass")


def _unnamed(context: Context, line: Line, match: Match) -> Where | None:
    """A place without a name that a preposition puts into the clause (`sheltering in [a school]`): it is where the story is."""
    for span in context.unnamed_within(line.span(match.start, match.end)):
        words = _range(line, span)
        if line.upos(line.head(words)) == "NOUN" and _placed(line, span):
            start, end = words
            while start < end - 1 and line.word(start) in DETERMINERS:
                start += 1
            return _vaguely(context, line, (start, end))
    return None


def _vaguely(context: Context, line: Line, words: Range) -> Where:
    """Words that name no place (`a nearby building`, `their homes`): somewhere where the story is; `the border` may be said right
    behind it to be that between two countries."""
    span = line.span(*words)
    border = next(
        (c for c in context.named_within(line.sentence.span) if c.span.start > span.end and is_border(c)), None
    )
    if border is not None and "border" in line.words(*words).lower():
        return _where(squeeze(span.of(context.text)), span, border, context)
    return _where(squeeze(span.of(context.text)), span, _before(context, line.sentence.span.start), context, near=True)


def _range(line: Line, span: Span) -> Range:
    """The words of a line that a span covers."""
    start = line.at(span)
    return start, start + sum(1 for token in line.tokens[start:] if token.span.end <= span.end)


def _scene(context: Context, line: Line, match: Match) -> Candidate[Place] | None:
    """Where the reader says that the verb happened, or the verb that a noun hangs on."""
    i = match.at
    while line.upos(i) != "VERB" and line.tree.heads[i] != i:
        i = line.tree.heads[i]
    spans = context.happened.get(line.sentence.tokens[0] + i, ())
    return _best([c for c in context.named_within(line.sentence.span) if any(c.span.meets(span) for span in spans)])


def _at(context: Context, line: Line, found: Candidate[Place]) -> Where:
    span = _with_sides(line, found.span)
    return _where(squeeze(span.of(context.text)), span, found, context, near=span != found.span)


def _with_sides(line: Line, span: Span) -> Span:
    """`[eastern] Syria`, `[the city of] Hama`: the phrase that a name stands in."""
    i = line.at(span)
    start = i
    while (
        start > 0
        and (line.word(start - 1).endswith("ern") or line.word(start - 1) in _NEAR)
        and line.upos(start - 1) in ("ADJ", "PROPN", "NOUN")
    ):
        start -= 1
    return Span(line.tokens[start].span.start, span.end) if start < i else span


def _placed(line: Line, span: Span) -> bool:
    """Does a preposition of place stand before it (over its determiner and nouns)?"""
    words = _range(line, span)
    return line.tree.case(line.head(words)) in _BEFORE or line.word(words[0] - 1) == ","


def _wide(one: Candidate[Place]) -> bool:
    place = _meant(one)
    return place is not None and place.feature in _WIDE


def _meant(one: Candidate[Place]) -> Place | None:
    """The place that stands for a mention. What is fought over is a town: where a province is settled on that shares its name
    with a town within it, the town is meant (`Hama`, `Raqqa`)."""
    place = one.value
    if place is None or place.feature not in _DIVISIONS:
        return place
    inner = (option for option in one.options if option.feature == "town" and option.within(place))
    return next(inner, place)


def _best(found: Sequence[Candidate[Place]]) -> Candidate[Place] | None:
    """The narrowest settled place; among equals the first; an unsettled one only where there is no other."""
    settled = [c for c in found if c.value is not None]
    narrow = [c for c in settled if not _wide(c)]
    return next(iter(narrow or settled or found), None)


def _described(context: Context, at: int, within: Candidate[Place] | None) -> Candidate[Place] | None:
    """The town that a description at `at` stands for: of those named before it the one that is named most often, else of those after it."""
    country = within.value.country if within is not None and within.value is not None else None
    upto = bisect_right(context.named_places, at, key=lambda c: c.span.end)
    before, after = (
        reversed(context.named_places[max(0, upto - _LOOKED_AT) : upto]),
        context.named_places[upto : upto + _LOOKED_AT],
    )
    for found in (list(before), list(after)):
        towns = [c for c in found if not _wide(c)]
        own = [c for c in towns if country is None or (c.value is not None and c.value.country == country)]
        if own:
            return max(own, key=lambda c: context.told[context.place_key(c)])
    return None


def _before(context: Context, at: int) -> Candidate[Place] | None:
    """Of the towns named not long before, the one named most often; else the last place of any kind there; else the headline's."""
    upto = bisect_right(context.named_places, at, key=lambda c: c.span.end)
    entry = max((span.start for span in context.reading.article.spans(PartKind.ENTRY) if span.start < at), default=0)
    earliest = max(at - _REACH, entry)  # each post of a live blog is a story of its own
    near = [c for c in context.named_places[max(0, upto - _LOOKED_AT) : upto] if c.span.start >= earliest]
    if not near:
        headline = next(iter(context.reading.article.spans(PartKind.HEADLINE)), Span(0, 0))
        near = [c for c in context.named_places[:_LOOKED_AT] if headline.holds(c.span)]
    towns = [c for c in near if (place := _meant(c)) is None or (place.feature not in _WIDER and place.country)]
    if not towns:
        return near[-1] if near else None
    scenes = [c for c in towns if c.span in context.scenes]
    return max(reversed(scenes or towns), key=lambda c: context.told[context.place_key(c)])


_LOOKED_AT = 60
"""Named places before and after some words among which one is looked for: keeps time linear."""
_REACH = 1_000
"""Code points: a place named longer ago than a paragraph or two is no longer where the story is."""


def _where(
    words: str | None,
    span: Span | None,
    found: Candidate[Place] | None,
    context: Context,
    *,
    inherited: bool = False,
    near: bool = False,
    wide: bool = False,
) -> Where:
    place = None if found is None else found.value if wide else _meant(found)
    name = words if found is None else squeeze(found.span.of(context.text))
    if place is None:
        return Where(words, span, name, None, inherited, None)
    precision = max(place.precision, 2 if near else 1)
    return Where(words, span, _called(place, name or ""), place, inherited, precision)


def _called(place: Place, printed: str) -> str:
    """The gazetteer's name where the words are only another spelling of it (`Raqqah`); else the words: to rename is to say something."""
    if place.feature == "border":
        return place.name
    alike = SequenceMatcher(None, fold(place.name), fold(printed)).ratio()
    return place.name if place.name.isascii() and alike >= _SPELT else printed


_SPELT = 0.6
"""Share of letters that two spellings of one name have in common, at least: `Rakka`, but not `Stalingrad` for Volgograd."""
