"""Where the names of actors stand in one piece of text: names of the roster, and nations with their organs, by rule.

    Syrian army           a name of the roster                     Turkish forces      nationality + noun
    Iran's government     country's + noun                         Ministry of Defence of Ukraine
    Israeli bombs         nationality + act: the span is `Israeli` US and British forces: the noun counts for both
    Israel said …         a country's name: the state, unless a preposition makes it a place
    Moscow denied …       a city: its government, where it speaks or is addressed
    state television      an organ of whichever country the text speaks of: left to `context.py`
    the group, terrorists whom they mean, the text and the speaker say: left to `inside.py`

At each word the longest name wins. One look-up per word decides that most begin none, so a text costs linear time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from whosays.actors.entries import ALWAYS, Period
from whosays.actors.nations import STATE, Named, Nation, Nations
from whosays.actors.trie import Case, Tokens, Trie, fits, tokens
from whosays.actors.words import Word


@dataclass(frozen=True, slots=True)
class Name:
    """What a name stands for, and the days on which it was in use."""

    key: str
    period: Period = ALWAYS


class Match(NamedTuple):
    """A name at a range of words and its code points. `names`: whom it may mean. `role`: an organ whose country is open.
    `country`: of which nation the words speak (also set where no actor is meant: `Syrian civilians`). `words`: what tells
    whom they mean in this text."""

    first: int
    after: int
    start: int
    end: int
    names: tuple[Name, ...] = ()
    keys: tuple[str, ...] = ()
    """Of the names, each once."""
    why: str = ""
    role: str | None = None
    country: str | None = None
    doubt: str | None = None
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Matcher:
    """`local`: what acronyms mean in this document, as it said itself. `starts`: words at which a match may begin."""

    names: Trie[Name]
    nations: Nations
    words: Trie[Word]
    local: Mapping[str, str]
    starts: Mapping[str, Start]

    def matches(self, found: Tokens, *, shouting: bool = False) -> Iterator[Match]:
        """All matches, in order, apart. `shouting`: the text is all capitals, so that `IS` may be a verb."""
        after = 0
        starts, keys = self.starts, found.keys
        for index in [index for index, key in enumerate(keys) if key in starts]:
            if index < after or not starts[keys[index]].begins(found, index):
                continue
            if match := self._at(found, index, shouting):
                after = match.after
                yield match

    def _at(self, found: Tokens, index: int, shouting: bool) -> Match | None:
        named, nation = self._named(found, index, shouting), self._nation(found, index, shouting)
        if named and nation:
            return nation if nation.after > named.after else named
        return (
            named
            or nation
            or self._organ_of(found, index)
            or self._worded(found, index)
            or self._in_context(found, index)
        )

    def _named(self, found: Tokens, index: int, shouting: bool) -> Match | None:
        longest = self.names.longest(found, index)
        after = longest[0] if longest else index + 1
        if self.local and after == index + 1 and (key := self.local.get(_letters(found, index))):
            return _match(found, index, after, (Name(key),), "the text itself says what the letters stand for")
        if not longest:
            return None
        doubt = "all in capitals: may be a common word" if shouting and found.key(index) in _WORDS else None
        return _match(found, index, after, tuple(longest[1]), "a name of the roster", doubt=doubt)

    # ------------------------------------------------------------------------------------------------------- nations

    def _nation(self, found: Tokens, index: int, shouting: bool) -> Match | None:
        longest = self.nations.names.longest(found, index)
        if longest is None:
            return None
        after, ((iso, named), *_) = longest
        nation = self.nations.by_iso[iso]
        place = named is not Named.NATIONALITY and self._is_place(found, index, after)
        if not place and (organ := self._organ(found, index, after, nation, bare=named is not Named.NATIONALITY)):
            return organ
        if named is Named.METONYM:
            return self._metonym(found, index, after, nation)
        doubtful = shouting and "." not in found.word(index) and found.keys[index] in _WORDS
        if named is Named.NAME and not place and not doubtful:
            return _match(found, index, after, (Name(nation.organs[STATE]),), "a country as an actor", country=iso)
        return _match(found, index, after, country=iso)

    def _is_place(self, found: Tokens, index: int, after: int) -> bool:
        """in Iraq; Al-Qaim, Iraq; Britain-based. Not `in Iraq's view`, not `Russia, Iran and Turkey`."""
        if found.possessive(after - 1):
            return False
        if found.key(after) in _BASED and found.gap(after) in _HYPHENS:
            return True
        if index and found.gap(index) == ", " and found.word(index - 1)[0].isupper():
            return not self.nations.names.longest(found, index - 1)
        return found.key(index - 1) in _LOCATIVE

    def _organ(self, found: Tokens, index: int, after: int, nation: Nation, *, bare: bool) -> Match | None:
        """The noun after a nation, or after another nation that follows with `and`."""
        at = after
        while at + 1 < len(found.keys) and found.keys[at] in ("and", "or") and at - after < 6:
            other = self.nations.names.longest(found, at + 1)
            if other is None:
                return None
            at = other[0]
        if not found.joined(at) or not (longest := self.nations.nouns.longest(found, at)):
            return None
        beyond, (noun, *_) = longest
        if bare and noun.act and not (found.possessive(after - 1) or found.word(index).replace(".", "").isupper()):
            return None
        name = Name(nation.organs[noun.role])
        end = after if noun.act or at > after else beyond
        return _match(found, index, end, (name,), f"{nation.nationality} and a word for an organ", country=nation.iso)

    def _metonym(self, found: Tokens, index: int, after: int, nation: Nation) -> Match:
        """A city speaks or is spoken to; else it is a place."""
        before, following = found.key(index - 1), found.key(after)
        gap = found.gap(after) if following else ""
        speaks = (
            following in _SPEAKS and gap.isspace() and before not in _LOCATIVE and before not in ("of", "from", "to")
        )
        if speaks or before in _ADDRESSED or (following in _BACKED and gap in _HYPHENS):
            name = Name(nation.organs["government"])
            return _match(found, index, after, (name,), "a city for its government", country=nation.iso)
        return _match(found, index, after, country=nation.iso)

    def _organ_of(self, found: Tokens, index: int) -> Match | None:
        """Government of Iraq, Armed Forces of the Russian Federation; not `forces of the Iran-backed group`."""
        longest = self.nations.nouns.longest(found, index)
        if longest is None or longest[1][0].act or found.key(longest[0]) != "of":
            return None
        country = self.nations.names.longest(found, longest[0] + 1 + (found.key(longest[0] + 1) == "the"))
        if country is None or country[1][0][1] is not Named.NAME or found.key(country[0]) in _BACKED:
            return None
        nation = self.nations.by_iso[country[1][0][0]]
        name = Name(nation.organs[longest[1][0].role])
        return _match(found, index, country[0], (name,), "an organ of a country", country=nation.iso)

    def _worded(self, found: Tokens, index: int) -> Match | None:
        """`terrorists`, `the group`: longer words that mean an organ in context go first."""
        longest = self.words.longest(found, index)
        if longest is None:
            return None
        after, words = longest
        definite = found.key(index - 1) in _DEFINITE
        fitting = tuple(word for word in words if definite or not word.definite)
        if not fitting or found.key(after) in _COMPOUND:
            return None
        return _match(found, index, after, words=fitting)

    def _in_context(self, found: Tokens, index: int) -> Match | None:
        longest = self.nations.in_context.longest(found, index)
        if longest is None or found.key(longest[0]) in _COMPOUND:
            return None
        after, (noun, *_) = longest
        if noun.definite and found.key(index - 1) != "the":
            return None
        return _match(found, index, after, why="an organ of the country spoken of", role=noun.role)


@dataclass(frozen=True, slots=True)
class Start:
    """How a first word must be written to be a name alone, and the words that may follow. Tells that most words begin none."""

    alone: Case
    nexts: frozenset[str]

    def begins(self, found: Tokens, index: int) -> bool:
        return found.key(index + 1) in self.nexts or fits(self.alone, found.word(index))


def starts(names: Trie[Name], nations: Nations, words: Trie[Word]) -> dict[str, Start]:
    """First words of all names. A noun for an organ begins one only before `of`."""
    found: dict[str, Start] = {}
    of = ((key, Case.NEVER, nexts | {"of"}) for key, _, nexts in nations.nouns.firsts())
    every = (names.firsts(), nations.names.firsts(), nations.in_context.firsts(), words.firsts(), of)
    for key, alone, nexts in chain.from_iterable(every):
        known = found.get(key)
        found[key] = Start(min(alone, known.alone), nexts | known.nexts) if known else Start(alone, nexts)
    return found


def whole(name: str, matcher: Matcher) -> str | None:
    """Key of the one actor that a name means as a whole, with or without `the`."""
    found = tokens(name)
    first = int(found.key(0) == "the")
    for match in matcher.matches(found):
        if match.first <= first and match.after == len(found.keys) and len(match.keys) == 1:
            return match.keys[0]
    return None


def _match(
    found: Tokens,
    first: int,
    after: int,
    names: tuple[Name, ...] = (),
    why: str = "",
    *,
    role: str | None = None,
    country: str | None = None,
    doubt: str | None = None,
    words: tuple[Word, ...] = (),
) -> Match:
    keys = tuple(dict.fromkeys([name.key for name in names])) if names else ()
    return Match(first, after, found.starts[first], found.end(after - 1), names, keys, why, role, country, doubt, words)


def _letters(found: Tokens, index: int) -> str:
    """An acronym as written, without its `'s`."""
    return found.text[found.starts[index] : found.end(index)]


_WORDS = frozenset(["is", "us", "who", "site", "pa"])
"""Acronyms that are common words when everything is in capitals."""

_HYPHENS = ("-", "‐", "‑")
_LISTS = {
    "locative": "in into inside within across throughout near outside around at toward towards leaving entering "
    "northern southern eastern western central north south east west",
    "addressed": "by with against accused accuse accuses told urged urges warned blamed blames between",
    "backed": "backed allied led aligned supported controlled run held",
    "based": "based born made",
    "compound": "alliance alliances council operation operations campaign campaigns coup base bases academy court "
    "police wing side outlet outlets",
    "speaks": "said says say has have had denied denies deny accused accuses accuse will would is was wants want "
    "supports backs backed blamed blames called calls claimed claims insists insisted rejected rejects "
    "agreed vowed vows warned warns confirmed confirms announced considers views sees did does also "
    "cannot remains condemned condemns",
}
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_LOCATIVE, _ADDRESSED, _BACKED, _BASED, _COMPOUND, _SPEAKS = (frozenset(words.split()) for words in _LISTS.values())
"""Before a name: it is a place; it is spoken to. After a name: `Iran-backed`; `Britain-based`; `the military alliance`,
which is no military; it speaks, so a city is a government."""
