"""When it happened or holds: what its words say; for what they leave undated, what the rest of the page says.

Comes in: a match in its line and what times found (`said`); then all claims of a page (`settled`). Goes out: their times.

1. A time counts for a match if it hangs on its verb, on one that governs it, or stands in its clause. In reported speech only times
   within what is reported count: in `on Wednesday denied that …` it was denied on Wednesday.
2. What is planned or demanded lies from then on. What is stated in passing (`rebel-held`) takes only a time of its own.
3. An undated event is dated as the same event is elsewhere on the page (its kind, its place, whom it hit).
4. Else by the day on which it is said to have happened, if the sentence names that, and a state holds on it; else by the day of
   the story, which its opening names, else its first event dated before publication; else they lie between the day before
   publication and publication, as news does. What the text tells in a perfect tense further down, or as flight, is open towards
   the past.
5. States hold on the day of publication. Words (`condemn`, `demand`) fall between the day of the story and publication.
6. Where publication is not known, the first full date in the opening stands for it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from whosays.claims.frames import Match
from whosays.claims.lines import Context, Line
from whosays.claims.voices import Voice
from whosays.nouns import STATES, Candidate, Claim, Modality, PartKind, Span, When

_AHEAD = frozenset({Modality.PLANNED, Modality.DEMANDED})
_SPEECH = frozenset({"condemn", "demand"})
_ALIKE = (frozenset({"attack", "casualties", "destroy"}), frozenset({"capture", "advance", "enter"}))
"""Types of claims that may tell of one event."""
_BRANCHES = frozenset({"acl", "advcl", "ccomp", "parataxis"})
"""Clauses below a verb: a time within them is theirs."""
_NOW = frozenset({"now", "currently", "recently", "lately"})
"""They date a state and no event."""
_FRESH = timedelta(days=3)
"""Before publication: further back reaches no weekday that news calls by its name alone, and no story of the day."""
_OPENING = 3
"""Sentences below the headline that say what the story is."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A claim with the match it was made from."""

    line: Line
    match: Match
    claim: Claim
    told: When | None
    """When it was said, where the sentence says that."""


# ------------------------------------------------------------------------------------------------ what the words say


def said(
    context: Context, line: Line, match: Match, voice: Voice, modality: Modality
) -> tuple[When | None, Span | None]:
    """The time that the words give a match, and these words; (None, None) where they give none."""
    best = min(_ranked(context, line, match, voice), key=lambda pair: pair[0], default=None)
    if best is None:
        return None, None
    when = best[1].value
    return (_from_then_on(when.first) if when and modality in _AHEAD else when), best[1].span


def _ranked(
    context: Context, line: Line, match: Match, voice: Voice
) -> Iterator[tuple[tuple[bool, int, int], Candidate[When]]]:
    """The times of the sentence that count for the match, with how far they are from it: clause, verbs, code points."""
    clause, at = line.span(match.start, match.end), line.tokens[match.at].span.start
    for one in context.times(line.sentence.span):
        if voice.content and not any(span.holds(one.span) for span in voice.content):
            continue
        if _printed(context, one) or (match.type not in STATES and one.span.of(context.text).lower() in _NOW):
            continue
        inside, steps = clause.holds(one.span), _steps(line, match.at, one.span)
        if steps == 0 or (steps is not None and not match.presupposed):
            yield (not inside, steps, abs(one.span.start - at)), one


def _steps(line: Line, at: int, time: Span) -> int | None:
    """How many words above the match the time hangs; None: on another branch, or above the noun that a relative clause is about."""
    tree, above, i = line.tree, [at], at
    while tree.heads[i] != i and line.tokens[i].relation != "acl:relcl":
        i = tree.heads[i]
        above.append(i)
    first = line.at(time)
    inside = [k for k in range(first, len(line.tokens)) if line.tokens[k].span.end <= time.end]
    i = word = line.head((first, inside[-1] + 1)) if inside else first
    while i not in above:
        clause = tree.relation(i) in _BRANCHES or (tree.relation(i) == "conj" and line.upos(i) == "VERB")
        if (clause and i != word) or tree.heads[i] == i:
            return None
        i = tree.heads[i]
    return above.index(i)


def told(context: Context, line: Line, voice: Voice) -> When | None:
    """When it was said: `[on Wednesday] denied that …`."""
    if not voice.content:
        return None
    outside = [c for c in context.times(line.sentence.span) if not any(span.meets(c.span) for span in voice.content)]
    return next((c.value for c in outside if c.value is not None and c.value.first and c.value.last), None)


# ------------------------------------------------------------------------------------------------ what the page says


def settled(context: Context, found: Sequence[Dated]) -> Iterator[Claim]:
    """The claims, each with a time if the page allows any."""
    story = Story.of(context, found)
    return (replace(one.claim, time=story.time(one)) if one.claim.time is None else one.claim for one in found)


@dataclass(frozen=True, slots=True)
class Story:
    """What a page dates."""

    published: date | None
    """Or the day that stands for it."""
    day: date | None
    """On which the story plays."""
    dated: tuple[Claim, ...]
    """Events of a day or two not long before publication."""
    opening: int
    """Where it ends, in code points."""
    war: When | None = None
    """The days so far of the war that the page speaks of."""

    @classmethod
    def of(cls, context: Context, found: Sequence[Dated]) -> Story:
        opening = _opening(context)
        first = (
            c.value.first for c in context.candidates.times if c.value and _single(c.value) and c.span.end <= opening
        )
        published = context.reading.article.published or next(first, None)
        if published is None:
            return cls(None, None, (), opening)
        dated = tuple(one.claim for one in found if _is_event(one.claim) and _fresh(one.claim.time, published))
        days = [
            *_named(context, published, opening),
            *(c.time.first for c in dated if c.time and _single(c.time) and c.time.first != published),
        ]
        return cls(published, next((day for day in days if day), None), dated, opening, context.candidates.war)

    def time(self, one: Dated) -> When | None:
        """Of a claim that its own words leave undated."""
        claim, said, published = one.claim, one.told, self.published
        if published is None:
            return said
        if claim.modality in _AHEAD:
            demanded = self.day if claim.modality is Modality.DEMANDED else None
            return _from_then_on(said.last if said else demanded or published)
        if claim.type in STATES:
            return said or _between(published, published)
        if claim.type in _SPEECH:
            return said or _between(self.day or published - timedelta(days=1), published)
        return self._event(one, published)

    def _event(self, one: Dated, published: date) -> When:
        if one.claim.cumulative or _by_war(one):
            return _until(published) if self.war is None or not _by_war(one) else self.war
        same = [other for other in self.dated if _same(one.claim, other)]
        if same:
            return min(same, key=lambda other: abs(other.evidence.start - one.claim.evidence.start)).time or _until(
                published
            )
        if one.told is not None:
            return _until(one.told.last) if _perfect(one, "have", "has") and _single(one.told) else one.told
        if _progressive(one):
            return _between(self.day or published, published)
        late = one.claim.evidence.start >= self.opening
        if one.claim.type == "displace" or (late and _perfect(one, "have", "has", "had")):
            return _until(self.day or published)
        return _between(self.day or published - timedelta(days=1), self.day or published)


def _opening(context: Context) -> int:
    told = [sentence for sentence in context.reading.sentences if sentence.part is PartKind.PARAGRAPH]
    return told[: _OPENING + 1][-1].span.start if len(told) > _OPENING else len(context.text)


def _named(context: Context, published: date, opening: int) -> Iterator[date | None]:
    """The days that the opening names, those on which something was said left out."""
    starts = [sentence.span.start for sentence in context.reading.sentences]
    for one in context.candidates.times:
        if one.span.start >= opening or not _fresh(one.value, published) or _printed(context, one):
            continue
        sentence = context.reading.sentences[bisect_right(starts, one.span.start) - 1].span
        contents = [span for voice in context.reading.attributions for span in voice.content if sentence.meets(span)]
        if one.value and _single(one.value) and (not contents or any(span.holds(one.span) for span in contents)):
            yield one.value.first


def _printed(context: Context, one: Candidate[When]) -> bool:
    """Is it the date that the page itself bears? News that speaks of that day writes `today` or the weekday."""
    published, when = context.reading.article.published, one.value
    if published is None or when is None or not when.first == when.last == published:
        return False
    words = one.span.of(context.text)
    return str(published.year) in words or not any(letter.isalpha() for letter in words)


def _is_event(claim: Claim) -> bool:
    return claim.type not in STATES | _SPEECH and claim.modality not in _AHEAD and claim.time_span is not None


def _same(one: Claim, other: Claim) -> bool:
    """May they tell of one event: of a kind, at one place, by and to nobody else?"""
    if one.type != other.type and not any({one.type, other.type} <= kind for kind in _ALIKE):
        return False
    if one.place is None or other.place is None or not one.place.name or one.place.name != other.place.name:
        return False
    if one.actor is not None and other.actor is not None and one.actor.name != other.actor.name:
        return False
    return one.target is None or other.target is None or bool(_marks(one.target.words) & _marks(other.target.words))


def _marks(words: str) -> set[str]:
    """Words and numbers that tell one event's victims from another's."""
    return {word for word in words.lower().split() if len(word) > 3 or word.isdigit()}


def _perfect(one: Dated, *forms: str) -> bool:
    """`have seized`. (`had seized` in reported speech is what was said as `seized`.)"""
    tree = one.line.tree
    return any(tree.word(k) in forms for k in tree.all(one.match.at, "aux"))


def _by_war(one: Dated) -> bool:
    """`[the conflict] has cost thousands of lives`."""
    actor = one.match.roles.get("actor")
    return actor is not None and one.line.lemma(one.line.head(actor)) in _WARS


_WARS = frozenset({"war", "conflict", "uprising", "insurgency"})


def _progressive(one: Dated) -> bool:
    """`is fighting`, `were heading`; not `had been fighting`."""
    line, verb = one.line, one.match.at
    helpers = {line.lemma(k) for k in line.tree.all(verb, "aux")}
    return line.tag(verb) == "VBG" and "be" in helpers and "have" not in helpers


def _single(when: When) -> bool:
    return when.first is not None and when.first == when.last


def _fresh(when: When | None, published: date) -> bool:
    if when is None or when.first is None or when.last is None:
        return False
    return published - _FRESH <= when.first and when.last <= published and when.last - when.first <= timedelta(days=1)


def _between(first: date, last: date) -> When:
    return When(first, last, 1 if first == last else 2)


def _until(last: date | None) -> When:
    return When(None, last, 3)


def _from_then_on(first: date | None) -> When:
    return When(first, None, 3)
