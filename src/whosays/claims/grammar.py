"""Who stands where around a verb or a noun, by word order and word class.

Comes in: one sentence of a Reading as a `Line`. Everything here counts tokens of that line, half-open.
Rules: an English subject is the noun phrase left of its verb group, over auxiliaries, adverbs, a closed parenthesis between
commas, a relative pronoun, or an earlier verb that it shares; an object is the noun phrase right of it; a prepositional
phrase belongs to the nearest verb or noun before it. A clause ends at a mark, a subordinator or a coordinated verb.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from whosays.nouns import Sentence, Span, Token

NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "ADJ", "DET"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
STOPS = frozenset('.;:!?…—–“”"()[]•')
DETERMINERS = frozenset("the a an this that these those".split())
_HOURS = frozenset(
    "morning evening night afternoon dawn dusk noon midnight day week month year hour minute past".split()
)
RELATIVE = frozenset({"who", "which", "that"})
SUBORDINATORS = frozenset(
    "that which who whom whose while when after before because although though until where whereas if as since whether".split()
)
PREPOSITIONS = frozenset(
    "of in at on near by from to into inside outside against with between towards toward across around over under over through".split()
)


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: its tokens, and the noun phrases (token ranges) that cover them."""

    text: str
    sentence: Sentence
    tokens: Sequence[Token]
    phrases: Sequence[tuple[int, int]]
    times: frozenset[int] = frozenset()
    """Tokens of time expressions: `on Friday` fills no role but time."""
    places: frozenset[int] = frozenset()
    """Tokens of place names that the gazetteer knows."""
    actors: frozenset[int] = frozenset()
    """Tokens of names that the roster knows."""
    starts: dict[int, int] = field(default_factory=dict)
    """Token → start of the phrase that covers it."""
    ends: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for start, end in self.phrases:
            for i in range(start, end):
                self.starts[i], self.ends[i] = start, end

    def word(self, i: int) -> str:
        return self.tokens[i].span.of(self.text).lower() if 0 <= i < len(self.tokens) else ""

    def lemma(self, i: int) -> str:
        return self.tokens[i].lemma if 0 <= i < len(self.tokens) else ""

    def upos(self, i: int) -> str:
        return self.tokens[i].upos or "" if 0 <= i < len(self.tokens) else ""

    def tag(self, i: int) -> str:
        return self.tokens[i].tag or "" if 0 <= i < len(self.tokens) else ""

    def span(self, start: int, end: int) -> Span:
        return Span(self.tokens[start].span.start, self.tokens[end - 1].span.end)

    def words(self, start: int, end: int) -> str:
        return self.span(start, end).of(self.text)

    def finite(self, start: int, end: int) -> bool:
        return any(self.tag(k) in FINITE for k in range(max(start, 0), min(end, len(self.tokens))))


Range = tuple[int, int]


def verb_group(line: Line, i: int) -> int:
    """First token of the verb group that ends in the verb at `i`: auxiliaries, negation, adverbs, `to`, governing verbs."""
    start = i
    while start > 0:
        word, tag, opens = line.word(start - 1), line.tag(start - 1), line.word(start) == "to"
        auxiliary = line.lemma(start - 1) in ("be", "have", "do", "get") or tag in ("MD", "TO") or word in _NEGATIONS
        auxiliary = auxiliary or (opens and word in ("able", "unable"))
        adverb = tag == "RB" and not opens
        governing = line.upos(start - 1) == "VERB" and (opens or line.lemma(start - 1) in _ASPECT)
        if not (auxiliary or adverb or governing):
            break
        start -= 1
    return start


_NEGATIONS = frozenset({"not", "n't", "n’t"})
_ASPECT = frozenset({"help", "begin", "start", "keep", "continue"})
"""Verbs that govern another without `to`: `began shelling`."""


def passive(line: Line, i: int) -> bool:
    """Is the verb at `i` a passive or a bare past participle that modifies the noun before it?"""
    if line.tag(i) not in ("VBN", "VBD"):
        return False
    k = i - 1
    while k >= 0 and (line.tag(k) == "RB" or line.word(k) in ("not", "n't", "n’t", "also", "being")):
        k -= 1
    if line.lemma(k) in ("be", "get", "become") and line.upos(k) in ("VERB", "AUX", "PART"):
        return True
    while k >= 0 and line.word(k) in ("and", "or", ",") and line.tag(k - 1) in ("VBN", "VBD"):
        k -= 2  # were killed and wounded
        while line.tag(k) == "RB":
            k -= 1
        if line.lemma(k) == "be":
            return True
    return line.word(i + 1) in ("by",) or (line.tag(i) == "VBN" and line.lemma(k) not in ("have", "'ve"))


def subject(line: Line, i: int, *, depth: int = 0) -> Range | None:
    """Token range of the subject of the verb at `i`, with `of`/`from` phrases; None when none stands in its place."""
    k = verb_group(line, i)
    opening = _over_parenthesis(line, k)
    if opening != k and not any(line.upos(v) == "VERB" for v in range(opening, k)):
        found = _before(line, opening)
        return (
            None if found is None else (found[0], k - 1)
        )  # `the last stronghold, Albu Kamal, is free`: both are the subject
    k = opening
    if line.word(k - 1) in ("of", "for") and line.tag(i) == "VBG" and k - 2 in line.starts:
        k -= 1  # accused Israel of bombing
    if line.word(k - 1) in RELATIVE and (k - 2 in line.starts or line.word(k - 2) == ","):
        k -= 2 if line.word(k - 2) == "," else 1
        if k - 1 not in line.starts:
            return None
        noun = (line.starts[k - 1], k)  # what `that` means is the noun before it, or what stands in the place it names
        return with_left(line, noun) if all(v in line.places for v in range(*noun)) else noun
    if line.tag(i) == "VB" and line.word(k) == "to":
        return _of_purpose(line, k, depth=depth)
    if line.word(k - 1) in ("and", "or", "then", "but", ",") and depth < 4:
        earlier = k - 2 if line.word(k - 1) != "," else k - 1
        for v in range(earlier, -1, -1):
            if line.tag(i) == "VBG" and line.lemma(v) in _SAYING:
                continue  # `a bomb hit Kharkiv, the mayor said, killing nine`
            if line.upos(v) == "VERB" and line.tag(v) in ("VBD", "VBZ", "VBP", "VBN"):
                return subject(line, v, depth=depth + 1)
            if line.word(v) in STOPS:
                break
        return None
    return _before(line, _over_relative(line, k))


_SAYING = frozenset("say tell add report announce note write state claim confirm declare post".split())


def _of_purpose(line: Line, k: int, *, depth: int) -> Range | None:
    """`began an offensive to take …`: whoever does what the purpose is of; `a push by the army to take …`: whoever stands after `by`."""
    if k - 1 in line.starts and line.word(line.starts[k - 1] - 1) == "by":
        return with_left(line, (line.starts[k - 1], k))
    for v in range(k - 1, max(-1, k - 20), -1):
        if line.word(v) in STOPS or depth > 3:
            break
        if line.upos(v) == "VERB" and line.tag(v) in ("VBD", "VBZ", "VBP") and line.lemma(v) not in ("be", "have"):
            return subject(line, v, depth=depth + 1)
    return None if k - 1 not in line.starts else (line.starts[k - 1], k)


def _over_relative(line: Line, k: int) -> int:
    """`three men who were cousins died`: over a relative clause that is complete before the verb, to the noun it describes."""
    verbs = 0
    for r in range(k - 1, max(-1, k - 22), -1):
        if line.word(r) in STOPS or line.word(r) == "," or (line.word(r) in SUBORDINATORS and line.tag(r) == "IN"):
            return k
        if line.word(r) in RELATIVE and line.tag(r) not in ("IN", "DT"):
            shared = verbs == 2 and any(line.word(v) == "and" for v in range(r, k))
            return r if (verbs == 1 or shared) and r - 1 in line.starts else k
        verbs += line.tag(r) in FINITE
    return k


def _before(line: Line, k: int) -> Range | None:
    """The noun phrase that ends at `k`, over a name in brackets."""
    if line.word(k - 1) == ")":
        k = next((v for v in range(k - 2, max(-1, k - 10), -1) if line.word(v) == "("), k)
    return None if k <= 0 or k - 1 not in line.starts else with_left(line, (line.starts[k - 1], k))


def _over_parenthesis(line: Line, k: int) -> int:
    """`X, spearheaded by Y, captured`: from after the second comma to the first."""
    if line.word(k - 1) not in (",", "–", "—"):
        return k
    for v in range(k - 2, max(-1, k - 30), -1):
        if line.word(v) == line.word(k - 1):
            inside = line.word(v + 1) in RELATIVE or not line.finite(v + 2, k - 1)
            return v if v > 0 and (v - 1 in line.starts or line.word(v - 1) == ")") and inside else k
    return k


def with_left(line: Line, phrase: Range) -> Range:
    """The phrase with the nouns that govern it: `forces from the YPG`, `A and B`."""
    start, end = phrase
    while start > 1:
        word = line.word(start - 1)
        if (
            word in ("of", "from", "for", "in", "at", "on", "near", "with")
            and start - 2 in line.starts
            and line.upos(start - 2) in ("NOUN", "PROPN", "NUM")
        ) or (word in ("and", "&") and start - 2 in line.starts and not _clause_before(line, start - 1)):
            start = line.starts[start - 2]
        elif word == "by" and (noun := _modified(line, start - 1)) is not None:
            start = noun  # the army backed by Russian jets; bombing carried out by the coalition
        else:
            break
    return amount_start(line, start), end


def amount_start(line: Line, start: int) -> int:
    """`at least`, `up to` and the like belong to the phrase that their number opens."""
    number = line.upos(start) == "NUM" or line.lemma(start) in ("dozen", "score", "hundred", "thousand")
    number = number or line.word(start) in AMOUNT_WORDS
    while number and start > 0 and line.word(start - 1) in AMOUNT_WORDS:
        start -= 1
    return start


def _modified(line: Line, by: int) -> int | None:
    """Start of the noun phrase that a participle before `by` describes."""
    k = by - 1 - (line.tag(by - 1) == "RP")
    return line.starts.get(k - 1) if line.tag(k) in ("VBN", "VBD") and line.lemma(k - 1) != "be" else None


def _clause_before(line: Line, i: int) -> bool:
    """Does a finite verb stand between the last mark and `i`?"""
    k = i - 1
    while k >= 0 and line.word(k) not in STOPS and line.word(k) not in (",", "that"):
        if line.tag(k) in FINITE or (line.tag(k) == "VBN" and line.word(k + 1) != "by" and line.word(k - 1) != "-"):
            return True
        k -= 1
    return False


def phrase_at(line: Line, i: int) -> Range | None:
    """The noun phrase that begins at `i` (adverbs, quotation marks and amounts such as `at least` skipped)."""
    while (
        i < len(line.tokens)
        and i not in line.ends
        and (line.tag(i) in ("RB", "RBR", "JJS", "PDT") or line.word(i) in "\"“‘'" or line.word(i) in AMOUNT_WORDS)
    ):
        i += 1
    return None if i not in line.ends or i in line.times else (i, line.ends[i])


AMOUNT_WORDS = frozenset(
    "at least more than up to as many about around some nearly almost over under fewer less between".split()
)


def with_right(line: Line, phrase: Range, *, prepositions: frozenset[str] = frozenset({"of"}), stop: int) -> Range:
    """The phrase with what `prepositions` attach to it and with coordinated phrases; never past `stop`."""
    start, end = phrase
    while end < min(len(line.tokens), stop):
        word = line.word(end)
        nxt = phrase_at(line, end + 1) if word in prepositions or word in ("and", ",", "or") else None
        if nxt is None or nxt[0] >= stop:
            break
        if line.lemma(nxt[1] - 1) in _HOURS:
            break
        if word in ("and", ",", "or") and (
            line.upos(nxt[0]) == "PRON" or _verb_follows(line, nxt[1]) or (word == "," and not _names(line, nxt))
        ):
            break
        end = nxt[1]
    return start, end


def head(line: Line, phrase: Range) -> Range:
    """The phrase up to its first preposition other than `of`: in `600 lives in Gaza`, `600 lives`."""
    end = next((k for k in range(phrase[0] + 1, phrase[1]) if line.word(k) in PREPOSITIONS - {"of"}), phrase[1])
    return phrase[0], max(end, phrase[0] + 1)


_PARTS = frozenset(
    "whole all most part parts half third quarter rest majority much remainder bulk some percent % swath swathe centre center "
    "outskirts edge edges heart south north east west side sides".split()
)


def grounded(line: Line, phrase: Range, lemmas: frozenset[str]) -> bool:
    """Is the phrase about a place: a place name or a noun of `lemmas` heads it, or the words before its `of` name a part of one?
    `Most of Raqqa` is; `the story of Syria` and `600 lives in Gaza` are not."""
    start, end = head(line, phrase)
    of = next((k for k in range(start, end) if line.word(k) == "of"), end)
    if any(k in line.places or line.lemma(k) in lemmas for k in range(start, of)):
        return True
    return of < end and line.lemma(of - 1) in _PARTS and grounded(line, (of + 1, end), lemmas)


def _names(line: Line, phrase: Range) -> bool:
    """Do the words after a comma go on with a name (`Palmyra, Syria`) or a list, rather than with an apposition?"""
    return all(line.upos(k) == "PROPN" or k in line.places or k in line.actors for k in range(*phrase))


def _verb_follows(line: Line, i: int) -> bool:
    while line.tag(i) == "RB":
        i += 1
    return line.tag(i) in FINITE or (line.tag(i) == "VBN" and line.word(i + 1) != "by")


def clause_end(line: Line, i: int, *, limit: int = 28) -> int:
    """Where the clause that holds token `i` ends, to the right."""
    k = i + 1
    while k < len(line.tokens) and k - i < limit:
        word = line.word(k)
        if word in STOPS or word == "according" or (word in SUBORDINATORS and line.tag(k) != "DT"):
            return k
        if word == "," and not _comma_within(line, k):
            return k
        if word in ("and", "but", "or") and _starts_clause(line, k + 1):
            return k
        if (
            line.upos(k) == "VERB"
            and line.tag(k) in ("VBD", "VBZ", "VBP")
            and k > i + 1
            and line.word(k - 1) not in ("and", "or")
            and line.lemma(k) not in ("be", "have")
        ):
            phrase = line.starts.get(k - 1)
            if phrase is not None and phrase > i + 1 and line.word(phrase - 1) not in PREPOSITIONS:
                return phrase
        k += 1
    return k


def _comma_within(line: Line, k: int) -> bool:
    """Commas inside names and dates (`Palmyra, Syria`, `November 3, 2017`) and lists of noun phrases do not end a clause."""
    if line.upos(k - 1) in ("PROPN", "NUM") and (
        line.upos(k + 1) == "PROPN" or re.fullmatch(r"\d{4}", line.word(k + 1))
    ):
        nxt = line.ends.get(k + 1, k + 2)
        return not _verb_follows(line, nxt)
    return False


def _starts_clause(line: Line, k: int) -> bool:
    while line.tag(k) == "RB" or line.lemma(k) in ("have", "be", "do"):
        if line.tag(k) in FINITE:
            return True
        k += 1
    if line.tag(k) in (*FINITE, "VBN", "VB"):
        return True
    end = line.ends.get(k)
    return end is not None and _verb_follows(line, end)
