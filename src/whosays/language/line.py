"""One sentence as the rules of attribution see it: its tokens, and where in it sources and contents begin and end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from whosays.nouns import Sentence, Span, Token
from whosays.text import trim

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET"})
PRONOUNS = frozenset({"he", "she", "it", "they", "him", "her", "them", "i", "we"})
TIME_WORDS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow night morning evening afternoon week "
    "weeks month months year years day days hour hours earlier late later early last this recent past january february march "
    "april june july august september october november december".split()
)
_SKIP_BEFORE_CUE = frozenset({"ADV", "AUX", "PART"})
_NEVER_FIRST = frozenset(("in", "on", "at", "of", "and", "but", "'s", "’s", "that", "-", ")", "from"))


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence as the rules see it."""

    text: str
    tokens: Sequence[Token]
    sentence: Sentence

    def word(self, i: int) -> str:
        return self.tokens[i].span.of(self.text).lower() if 0 <= i < len(self.tokens) else ""

    def upos(self, i: int) -> str:
        return self.tokens[i].upos or "X" if 0 <= i < len(self.tokens) else ""

    def span(self, start: int, end: int) -> Span | None:
        """Tokens start..end (exclusive) as a span of text, without marks at its ends."""
        if start >= end:
            return None
        left, right = self.tokens[start].span.start, self.tokens[end - 1].span.end
        left, right = trim(self.text, left, right, also=',;:–—-"“”')
        return Span(left, right) if left < right else None


Range = tuple[int, int]
"""Half-open range of tokens."""


def source_before(line: Line, cue: int) -> Range | None:
    """The source that stands before a cue; None when nothing nominal does."""
    end = source_end(line, cue)
    if end == 0:
        return None
    start = end
    if any(line.word(k) == "," for k in range(end, cue)):
        comma = next((k for k in range(end - 1, 0, -1) if line.word(k) == ","), 0)
        governed = comma > 0 and (line.upos(comma - 1) in NOMINAL or line.word(comma - 1) == ")")
        if governed and line.word(comma + 1) in ("who", "which", "whose"):
            start = end = comma  # `Prigozhin, who runs Wagner, said`
        elif governed and not finite(line, comma + 1, end):
            start = comma  # `Hugh Hill, a doctor, said`: the apposition belongs to the source
    start = _leftwards(line, start, end, cue)
    while start < end and (line.word(start) in _NEVER_FIRST or line.word(start) in TIME_WORDS):
        start += 1
    return (start, end) if any(line.upos(k) in NOMINAL for k in range(start, end)) else None


def _leftwards(line: Line, i: int, end: int, cue: int) -> int:
    """From `i` to the left as far as words belong to one noun phrase with its attachments."""
    while i > 0:
        word, kind = line.word(i - 1), line.upos(i - 1)
        governed = i > 1 and line.upos(i - 2) in NOMINAL
        mark = line.tokens[i - 1].tag == "POS" or word in ("'s", "’s", "-", "(", ")", "'", "’", "[", "]", "/")
        attached = word in ("of", "in", "for", "from", "at", "on", "to", "with", "near") and governed
        joined = word in ("and", "&") and governed and line.upos(i) in NOMINAL and plural(line, i)
        participle = kind == "VERB" and line.tokens[i - 1].tag in ("VBG", "VBN") and i < end and governed
        if not (kind in NOMINAL or mark or (attached and line.word(i - 2) not in PRONOUNS) or joined or participle):
            break
        i -= 1
    return i


def source_end(line: Line, cue: int) -> int:
    """Where the source before a cue ends: adverbs, auxiliaries, times and a closing comma stand between them."""
    i = cue
    while i > 0:
        word, before = line.word(i - 1), line.word(i - 2)
        if line.upos(i - 1) in _SKIP_BEFORE_CUE or line.tokens[i - 1].lemma in ("have", "be", "do") or word == ",":
            i -= 1
        elif word in TIME_WORDS or (word in ("on", "in") and line.word(i) in TIME_WORDS):
            i -= 1
        elif line.upos(i - 1) == "VERB" and line.word(i) in ("to", "short"):
            i -= 1  # declined to confirm, stopped short of saying
        elif word == "of" and before == "short":
            i -= 2
        elif word in _MEDIA and before in ("a", "an", "television", "the"):
            i -= 3 if line.word(i - 3) in ("in", "on") else 2
        else:
            break
    return max(i, 0)


_MEDIA = frozenset({"statement", "interview", "briefing", "report", "tweet", "message"})


def after_times(line: Line, i: int) -> int:
    """Index behind times that follow a cue: `said [on Wednesday], …`."""
    while line.word(i) in TIME_WORDS or (
        line.word(i) in ("on", "at", "in", "during") and line.word(i + 1) in TIME_WORDS
    ):
        i += 1
    return i


def noun_phrase_end(line: Line, i: int, *, lists: bool = False) -> int:
    """End of the noun phrase that begins at `i`: with `of`, `in` …, an apposition after a comma, and (with `lists`) `and`."""
    start = i
    while i < len(line.tokens):
        word, kind = line.word(i), line.upos(i)
        if kind == "PRON" and i > start and word not in ("his", "her", "its", "their"):
            break
        if (
            kind in NOMINAL
            or word in ("'s", "’s", "-", "(", ")", "'", "’")
            or line.tokens[i].tag == "POS"
            or (
                word in ("of", "for", "from", "at", "in")
                and i > start
                and line.upos(i + 1) in NOMINAL
                and line.word(i + 1) not in TIME_WORDS
            )
            or (
                word == "and"
                and i > start
                and line.upos(i + 1) in NOMINAL
                and (lists or line.upos(i + 1) == "PROPN")
                and not clause_follows(line, i + 1)
            )
        ):
            i += 1
        elif (
            kind == "VERB"
            and line.tokens[i].tag in ("VBG", "VBN")
            and i > start
            and line.word(i + 1) not in ("that",)
            and line.upos(i + 1) in ("PROPN", "DET", "ADJ")
        ):
            if line.tokens[i].lemma in ("add", "say", "note", "stress", "insist", "warn", "cite", "quote"):
                break
            i += 1
        else:
            break
    if line.word(i) == "," and line.word(i + 1) in ("a", "an", "the", "who", "head", "chief", "spokesman"):
        end = i + 1
        while end < len(line.tokens) and line.word(end) not in (",", ".", ";"):
            end += 1
        if line.word(end) in (",", ".") and not finite(line, i + 1, end):
            return end
    return i


def plural(line: Line, i: int) -> bool:
    """May `A and B said` be one source? Not when what stands before `and` is a whole clause."""
    k = i - 2
    while k >= 0 and line.word(k) not in (",", ";", ":", ".", "that"):
        if finite(line, k, k + 1):
            return False
        k -= 1
    return True


def content_end(line: Line, begin: int) -> int:
    """Content runs to the end of the sentence, or to where another voice takes over (`… , but SOURCE said`, `; `)."""
    for k in range(begin + 1, len(line.tokens)):
        if line.word(k) == ";":
            return k
        if line.word(k) in ("but", "while", "whilst", "whereas", "although") and (
            line.word(k - 1) == "," or line.word(k) in ("whilst", "whereas")
        ):
            return k
    return len(line.tokens)


def next_that(line: Line, begin: int) -> int:
    for k in range(begin, min(begin + 12, len(line.tokens))):
        if line.word(k) == "that":
            return k
    return begin


def finite(line: Line, start: int, end: int) -> bool:
    return any(line.tokens[k].tag in ("VBD", "VBZ", "VBP", "MD") for k in range(start, min(end, len(line.tokens))))


def has_verb(line: Line, start: int, end: int) -> bool:
    """A verb, or a quotation mark (quotations need no verb)."""
    return any(
        line.upos(k) in ("VERB", "AUX") or line.word(k) in '"“”' for k in range(start, min(end, len(line.tokens)))
    )


def clause_follows(line: Line, i: int) -> bool:
    return finite(line, i, len(line.tokens))
