"""What only the document itself can tell: whom its descriptions, pronouns and loaded words mean, and whom no roster lists.

Comes in: a Reading, the candidates that its names gave. Three steps, each with what the one before found:

    unlisted    an organisation that the reading names and the roster lacks: an actor with a key of its own, by its name
    described   `the group`, `the ministry`: the one actor so described that the text named before
                `they`, `the movement's men`: the one actor that its chain of coreference names
    loaded      `terrorists`, `occupation forces`: by who speaks (the voice that the words are put into, else the outlet) and by the
                country spoken of

Where more than one can be meant, all are kept and nothing is settled. Takes time linear in the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from whosays.actors import context
from whosays.actors.context import Countries
from whosays.actors.match import Match
from whosays.actors.roster import Roster
from whosays.actors.trie import folded
from whosays.actors.words import SPEAKER, Meaning, Word
from whosays.nouns import Actor, Attribution, Candidate, Reading, Span
from whosays.text import APOSTROPHES, squeeze

MOST_OPTIONS = 4
LONGEST = 80
"""Characters of a name that no roster lists, or of a description."""
NEAR = 60
"""Contents that open before some words and are looked at: speech that holds them does not open far away."""

_WHO = frozenset({"Organisation", "Person"})
"""Kinds of mentions that act: `the country` is a place."""

_POSSESSIVES = frozenset("my our your his her its their whose".split())
"""`his forces` are those of whoever speaks, more often than of whom the chain names: claims look at the clause."""

Found = Candidate[Actor]


@dataclass(frozen=True)
class Inside:
    """One document, as far as it is understood."""

    reading: Reading
    known: Roster
    countries: Countries
    seen: Sequence[Match]
    """All names, those of countries as places too."""

    @property
    def text(self) -> str:
        return self.reading.article.text

    @property
    def day(self) -> date | None:
        return self.reading.article.published

    # ------------------------------------------------------------------------------------------------- unlisted

    def unlisted(self) -> Iterator[Found]:
        """Organisations that the reading names and nothing else does."""
        ends, upto = [match.end for match in self.seen], 0
        short: dict[str, Actor] = {}
        for mention in self.reading.mentions:
            if mention.kind != "Organisation" or not mention.name:
                continue
            at = bisect_right(ends, mention.span.start)
            if mention.span.start < upto or (at < len(ends) and self.seen[at].start < mention.span.end):
                continue
            span = _bare(self.text, mention.span)
            name = squeeze(span.of(self.text))
            if not _is_name(name):
                continue
            actor = short.get(name) or self.known.unlisted(name, self._kind(name))
            for letters in context.acronyms(self.text, span.start, span.end):
                short.setdefault(letters, actor)
            upto = span.end
            yield Candidate(span, (actor,), True, ("a name that no roster lists",))

    def _kind(self, name: str) -> str:
        nouns = self.known.words.nouns
        return next((nouns[word] for word in reversed(folded(name).split()) if word in nouns), "unknown")

    # ------------------------------------------------------------------------------------------------ described

    def chained(self, named: Sequence[Found]) -> Iterator[Found]:
        """Pronouns and descriptions that stand in one chain with the name of just one actor."""
        chains = [one for one in self.reading.mentions if one.chain is not None and one.kind in _WHO]
        ending = {mention.span.end: mention for mention in chains}  # of several that end alike, the innermost
        bound: dict[int | None, dict[str, Actor]] = {}
        for one in named:
            end = one.span.end
            mention = ending.get(end) or (ending.get(end + 2) if _possessed(self.text, end) else None)
            if one.value is not None and mention is not None and mention.span.start <= one.span.start:
                bound.setdefault(mention.chain, {})[one.value.key] = one.value
        sole = {chain: tuple(actors.values()) for chain, actors in bound.items() if len(actors) == 1}
        ends, upto = [one.span.end for one in named], 0
        for mention in chains:
            span = mention.span
            if mention.name or mention.chain not in sole or span.start < upto or span.end - span.start > LONGEST:
                continue
            at = bisect_right(ends, span.start)
            words = span.of(self.text)
            own = words.split(maxsplit=1)[0].lower() in _POSSESSIVES
            if (
                not own
                and not self._another(words, sole[mention.chain][0])
                and (at == len(named) or named[at].span.start >= span.end)
            ):
                upto = span.end
                reason = "the text speaks of one actor in these words and by name"
                yield Candidate(span, sole[mention.chain], True, (reason,))

    def _another(self, words: str, actor: Actor) -> bool:
        """Do the words qualify a word of its name by one that is in none of its names: `the [health] ministry`?"""
        listed = self.known.listed.get(actor.key)
        called = [actor.name, *(name for name, _ in listed.names)] if listed else [actor.name]
        names, said = {word for name in called for word in folded(name).split()}, folded(words).split()
        head = next((at for at, word in enumerate(said) if word in names), 0)
        return any(word not in names for word in said[1:head])

    def worded(self, match: Match, named: Sequence[Found]) -> Found | None:
        """Whom a description or a loaded word means; None where nothing says anything."""
        span = Span(match.start, match.end)
        for word in match.words:
            found = self._described(span, word, named) if word.describes else self._loaded(span, word, named)
            if found is not None:
                return found
        return None

    def _described(self, span: Span, word: Word, named: Sequence[Found]) -> Found | None:
        before = named[: bisect_left(named, span.start, key=lambda one: one.span.start)]
        last = word.last.lower()
        fitting: dict[str, Actor] = {}
        for one in reversed(before):
            actor = one.value
            if actor is not None and _fits(actor, word, last):
                fitting.setdefault(actor.key, actor)
        options = tuple(fitting.values())[:MOST_OPTIONS]
        if not options:
            return None
        alone = "the only one so described that the text has named"
        return Candidate(
            span, options, len(options) == 1, (alone if len(options) == 1 else "several are so described",)
        )

    # --------------------------------------------------------------------------------------------------- loaded

    def _loaded(self, span: Span, word: Word, named: Sequence[Found]) -> Found | None:
        speaker = self._speaker(span, named)
        order, _ = self.countries.meant(self.text, span.start)
        country = order[0] if order else speaker.country if speaker is not None else None
        rows = [row for row in word.means if self._fits(row, country)]
        spoken = [row for row in rows if not row.by or (speaker is not None and row.by & _marks(speaker))]
        whom = dict.fromkeys(key for row in spoken or rows for key in row.whom)
        options = tuple(actor for key in whom for actor in self._actors(key, speaker))
        if not options:
            return None
        likely = [
            actor for actor in options if any(one.value is not None and one.value.key == actor.key for one in named)
        ]
        if spoken and (len(options) == 1 or len(likely) == 1):
            chosen = options[0] if len(options) == 1 else likely[0]
            rest = tuple(actor for actor in options if actor is not chosen)
            reason = (
                "whom these words mean of this country" if not spoken[0].by else "whom these words mean in this mouth"
            )
            return Candidate(span, (chosen, *rest)[:MOST_OPTIONS], True, (reason,))
        reason = "these words may mean several" if spoken else "whom these words mean hangs on who speaks"
        return Candidate(span, (*likely, *(a for a in options if a not in likely))[:MOST_OPTIONS], False, (reason,))

    def _fits(self, row: Meaning, country: str | None) -> bool:
        return (not row.of or country in row.of) and (self.day is None or row.period.holds(self.day))

    def _actors(self, key: str, speaker: Actor | None) -> Iterator[Actor]:
        """The actor of a key, with its side on the day; for `speaker`, who speaks or the forces for which he speaks."""
        if key == SPEAKER:
            yield from self._own(speaker)
        elif key in self.known.by_key:
            yield self.known.on(key, self.day)

    def _own(self, speaker: Actor | None) -> Iterator[Actor]:
        """Who fights for a speaker: himself, the group that he heads, or his country's forces."""
        if speaker is not None and speaker.kind == "person" and speaker.parent is not None:
            speaker = self.known.on(speaker.parent, self.day)
        if speaker is None:
            return
        nation = self.known.nations.by_iso.get(speaker.country or "")
        if speaker.kind in ("armed-group", "military"):
            yield speaker
        elif speaker.kind in ("state", "government", "person") and nation is not None:
            yield self.known.on(nation.organs["forces"], self.day)

    def _speaker(self, span: Span, named: Sequence[Found]) -> Actor | None:
        """Whose words these are: the innermost voice that they are put into; without one, the outlet."""
        spoken = self._innermost(span)
        if spoken is None:
            article = self.reading.article
            return next(
                (actor for name in (article.agency, article.publisher) if name and (actor := self._outlet(name))), None
            )
        source = spoken.about or spoken.source
        if source is None:
            return None
        first = bisect_left(named, source.start, key=lambda one: one.span.start)
        inside = (one.value for one in named[first : first + NEAR] if source.holds(one.span))
        return next((actor for actor in inside if actor is not None), None)

    def _outlet(self, name: str) -> Actor | None:
        known = self.known.by_name(name)
        return None if known is None else self.known.on(known.key, self.day)

    def _innermost(self, span: Span) -> Attribution | None:
        upto = bisect_right(self._contents, (span.start, len(self.text) + 1, 0))
        holding = [(end - start, n) for start, end, n in self._contents[max(0, upto - NEAR) : upto] if span.end <= end]
        return self.reading.attributions[min(holding)[1]] if holding else None

    @cached_property
    def _contents(self) -> list[tuple[int, int, int]]:
        """(start, end, number of the attribution) of what is said, sorted."""
        spoken = enumerate(self.reading.attributions)
        return sorted((part.start, part.end, n) for n, one in spoken for part in one.content)


def _marks(speaker: Actor) -> set[str | None]:
    """By what a table may name a speaker."""
    return {speaker.key, speaker.side, speaker.country, speaker.kind, speaker.parent}


def _fits(actor: Actor, word: Word, last: str) -> bool:
    """Is an actor so described: by its kind (and side), or by a word of its name?"""
    if actor.kind in word.kinds:
        return not word.sides or actor.side in word.sides
    return last in folded(actor.name).split()


def _bare(text: str, span: Span) -> Span:
    """A name without `the` and without its `'s`."""
    start, end = span.start, span.end
    if text[start : start + 4].lower() == "the " and end - start > 4:
        start += 4
    if end - start > 2 and _possessed(text, end - 2):
        end -= 2
    return Span(start, end)


def _possessed(text: str, end: int) -> bool:
    """Does a `'s` follow?"""
    return text[end : end + 1] in APOSTROPHES and text[end + 1 : end + 2] in ("s", "S")


def _is_name(name: str) -> bool:
    return (
        1 < len(name) <= LONGEST
        and any(letter.isupper() for letter in name)
        and name[0].isalnum()
        and bool(folded(name))
    )
