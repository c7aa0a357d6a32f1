"""Where the names of actors stand in one piece of text: names of the roster, and nations with their organs, by rule.

    Syrian army           a name of the roster                     Turkish forces      nationality + noun
    Iran's government     country's + noun                         Ministry of Defence of Ukraine
    Israeli bombs         nationality + act: the span is `Israeli` US and British forces: the noun counts for both
    Israel said …         a country's name: the state, unless a preposition makes it a place
    Moscow denied …       a city: its government, where it speaks or is addressed
    state television      an organ of whichever country the text speaks of: left to `context.py`

At each word the longest name wins. One look-up per word decides that most begin none, so a text costs linear time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from whosays.actors.nations import Named, Nation, Nations
from whosays.actors.trie import Tokens, Trie, tokens
from whosays.text import APOSTROPHES


@dataclass(frozen=True, slots=True)
class Match:
    """A name at a range of words and its code points. `keys`: whom it may mean. `role`: an organ whose country is open.
    `country`: of which nation the words speak (also set where no actor is meant: `Syrian civilians`)."""

    first: int
    after: int
    start: int
    end: int
    keys: tuple[str, ...] = ()
    why: str = ""
    role: str | None = None
    country: str | None = None
    doubt: str | None = None

    def moved(self, offset: int) -> Match:
        return replace(self, start=self.start + offset, end=self.end + offset)


@dataclass(frozen=True, slots=True)
class Matcher:
    """`local`: what acronyms mean in this document, as it said itself."""

    names: Trie[str]
    nations: Nations
    local: Mapping[str, str]

    def matches(self, found: Tokens, *, shouting: bool = False) -> Iterator[Match]:
        """All matches, in order, apart. `shouting`: the text is all capitals, so that `IS` may be a verb."""
        index = 0
        while index < len(found):
            match = self._at(found, index, shouting)
            if match:
                yield match
            index = match.after if match else index + 1

    def _at(self, found: Tokens, index: int, shouting: bool) -> Match | None:
        key, stem = found.keys[index], found.stems[index]
        nation = named = None
        if key in self.nations.names.root or stem in self.nations.names.root:
            nation = self._nation(found, index)
        if key in self.names.root or stem in self.names.root or self._is_local(found, index):
            named = self._named(found, index, shouting)
        if nation or named:
            return max((m for m in (named, nation) if m), key=lambda m: m.after)
        if key in self.nations.in_context.root or key in self.nations.nouns.root:
            return self._organ_of(found, index) or self._in_context(found, index)
        return None

    def _is_local(self, found: Tokens, index: int) -> bool:
        return bool(self.local) and _bare_letters(found.word(index)) in self.local

    def _named(self, found: Tokens, index: int, shouting: bool) -> Match | None:
        longest = self.names.longest(found, index)
        after = longest[0] if longest else index + 1
        local = self.local.get(_bare_letters(found.word(index))) if self.local else None
        if local and after == index + 1:
            return _match(found, index, after, (local,), "the text itself says what the letters stand for")
        if not longest:
            return None
        doubt = "all in capitals: may be a common word" if shouting and after == index + 1 else None
        doubt = doubt if found.stems[index] in _WORDS else None
        return _match(found, index, after, tuple(longest[1]), "a name of the roster", doubt=doubt)

    # ------------------------------------------------------------------------------------------------------- nations

    def _nation(self, found: Tokens, index: int) -> Match | None:
        longest = self.nations.names.longest(found, index)
        if longest is None:
            return None
        after, ((iso, named), *_) = longest
        nation = self.nations.by_iso[iso]
        place = _key(found, index - 1) in _LOCATIVE and not found.possessive(after - 1)
        bare = named is not Named.NATIONALITY
        if not (bare and place) and (organ := self._organ(found, index, after, nation, bare=bare)):
            return organ
        if named is Named.METONYM:
            return self._metonym(found, index, after, nation)
        doubt = found.word(index).isupper() and found.text.isupper() and found.keys[index] in _WORDS
        if named is Named.NAME and not place and not doubt:
            return _match(found, index, after, (nation.state.key,), "a country as an actor", country=iso)
        return _match(found, index, after, country=iso)

    def _organ(self, found: Tokens, index: int, after: int, nation: Nation, *, bare: bool) -> Match | None:
        """The noun after a nation, or after another nation that follows with `and`."""
        at = after
        while at + 1 < len(found) and found.keys[at] in ("and", "or") and at - after < 6:
            other = self.nations.names.longest(found, at + 1)
            if other is None:
                return None
            at = other[0]
        if at >= len(found) or not found.joined[at] or not (longest := self.nations.nouns.longest(found, at)):
            return None
        beyond, (noun, *_) = longest
        if bare and noun.act and not found.possessive(after - 1) and not found.word(index).replace(".", "").isupper():
            return None
        actor = nation.organs[noun.role]
        end = after if noun.act or at > after else beyond
        return _match(
            found, index, end, (actor.key,), f"{nation.nationality} and a word for an organ", country=nation.iso
        )

    def _metonym(self, found: Tokens, index: int, after: int, nation: Nation) -> Match:
        """A city speaks or is spoken to; else it is a place."""
        following = _key(found, after)
        gap = found.text[found.ends[after - 1] : found.starts[after]] if after < len(found) else ""
        speaks = (
            following in _SPEAKS and gap.isspace() and _key(found, index - 1) not in _LOCATIVE | {"of", "from", "to"}
        )
        if speaks or _key(found, index - 1) in _ADDRESSED or (following in _BACKED and gap == "-"):
            key = nation.organs["government"].key
            return _match(found, index, after, (key,), "a city for its government", country=nation.iso)
        return _match(found, index, after, country=nation.iso)

    def _organ_of(self, found: Tokens, index: int) -> Match | None:
        """Government of Iraq, Armed Forces of the Russian Federation."""
        longest = self.nations.nouns.longest(found, index)
        if longest is None or longest[1][0].act or _key(found, longest[0]) != "of":
            return None
        at = longest[0] + 1 + (_key(found, longest[0] + 1) == "the")
        country = self.nations.names.longest(found, at) if at < len(found) else None
        if country is None or country[1][0][1] is not Named.NAME:
            return None
        nation = self.nations.by_iso[country[1][0][0]]
        actor = nation.organs[longest[1][0].role]
        return _match(found, index, country[0], (actor.key,), "an organ of a country", country=nation.iso)

    def _in_context(self, found: Tokens, index: int) -> Match | None:
        longest = self.nations.in_context.longest(found, index)
        if longest is None:
            return None
        first = index + (found.keys[index] == "the")
        return _match(found, first, longest[0], why="an organ of the country spoken of", role=longest[1][0])


def whole(name: str, matcher: Matcher) -> str | None:
    """Key of the one actor that a name means as a whole, with or without `the`."""
    found = tokens(name)
    first = int(len(found) > 1 and found.keys[0] == "the")
    for match in matcher.matches(found):
        if match.first <= first and match.after == len(found) and len(match.keys) == 1:
            return match.keys[0]
    return None


def _match(
    found: Tokens,
    first: int,
    after: int,
    keys: tuple[str, ...] = (),
    why: str = "",
    *,
    role: str | None = None,
    country: str | None = None,
    doubt: str | None = None,
) -> Match:
    return Match(first, after, found.starts[first], found.end(after - 1), keys, why, role, country, doubt)


def _bare_letters(word: str) -> str:
    """The acronym without its `'s`."""
    return word[:-2] if len(word) > 2 and word[-1] == "s" and word[-2] in APOSTROPHES else word


def _key(found: Tokens, index: int) -> str:
    return found.keys[index] if 0 <= index < len(found) else ""


_WORDS = frozenset(["is", "us", "who", "site", "pa"])
"""Acronyms that are common words when everything is in capitals."""

_LOCATIVE = frozenset(
    [
        "in",
        "into",
        "inside",
        "within",
        "across",
        "throughout",
        "near",
        "outside",
        "around",
        "at",
        "toward",
        "towards",
        "leaving",
        "entering",
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
        "north",
        "south",
        "east",
        "west",
    ]
)
"""Before a country's name or a city these make it a place."""

_ADDRESSED = frozenset(
    [
        "by",
        "with",
        "against",
        "accused",
        "accuse",
        "accuses",
        "told",
        "urged",
        "urges",
        "warned",
        "blamed",
        "blames",
        "between",
    ]
)
_BACKED = frozenset(["backed", "allied", "led", "aligned", "supported", "controlled", "run"])
_SPEAKS = frozenset(
    [
        "said",
        "says",
        "say",
        "has",
        "have",
        "had",
        "denied",
        "denies",
        "deny",
        "accused",
        "accuses",
        "accuse",
        "will",
        "would",
        "is",
        "was",
        "wants",
        "want",
        "supports",
        "backs",
        "backed",
        "blamed",
        "blames",
        "called",
        "calls",
        "claimed",
        "claims",
        "insists",
        "insisted",
        "rejected",
        "rejects",
        "agreed",
        "vowed",
        "vows",
        "warned",
        "warns",
        "confirmed",
        "confirms",
        "announced",
        "considers",
        "views",
        "sees",
        "did",
        "does",
        "also",
        "cannot",
        "remains",
        "condemned",
        "condemns",
    ]
)
"""After a city these make it a government."""
