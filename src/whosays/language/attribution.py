"""Who says what, by cue words and word classes: the baseline that the model of step 2 replaces.

Comes in: the tagged sentences of an article, its quotations, the pack's cues. Goes out: attributions (source, cue, content
spans), sorted by cue.

Where English puts the three, and what the code calls it:
  after     CONTENT, SOURCE cue.            "…", SOURCE cue.      "…", cue SOURCE.
  before    SOURCE cue (that) CONTENT.      SOURCE told OUTLET that CONTENT.
  accord    CONTENT, according to SOURCE.   According to SOURCE, CONTENT.
  colon     CONTENT: SOURCE                 SOURCE: CONTENT       (headlines)
  quoting   OUTER quoted SOURCE as saying CONTENT.    OUTER, citing SOURCE, said CONTENT.
Three rules hold for all of them. (1) Content never holds its own source or cue. (2) Content that touches a quotation takes
all of it, over sentences and paragraphs. (3) A quotation without a cue belongs to whoever spoke last in its paragraph, or,
where the paragraph is nothing but quotation, in the paragraph before.
An attribution inside the content of another is passed on by it (`outer`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from whosays.language.packs import Pack
from whosays.nouns import Attribution, PartKind, QuoteKind, Sentence, Span, Stance, Token
from whosays.text import trim

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET"})
_SKIP_BEFORE_CUE = frozenset({"ADV", "AUX", "PART"})
_PRONOUNS = frozenset({"he", "she", "it", "they", "him", "her", "them", "i", "we"})
_SUBORDINATORS = frozenset({"that", "whether", "if", "how", "what", "why", "where", "when", "who"})
_TIME_WORDS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow night morning evening afternoon week "
    "weeks month months year years day days hour hours earlier late later early last this recent past january february march april june july august september october november "
    "december".split()
)


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


def find(
    text: str,
    sentences: Sequence[Sentence],
    tokens: Sequence[Token],
    quotes: Sequence[Span],
    parts: Sequence[Span],
    pack: Pack,
) -> tuple[Attribution, ...]:
    """All attributions of an article, sorted by where they begin."""
    found: list[Attribution] = []
    for sentence in sentences:
        line = Line(text, tokens[slice(*sentence.tokens)], sentence)
        here = [*_by_verb(line, quotes, pack), *_by_phrase(line, pack)]
        if not here and sentence.part is PartKind.HEADLINE:
            here = list(_by_colon(line, pack))
        found += _apart(here)
    found = [_with_quotes(text, a, quotes) for a in found]
    found += _unattributed(text, found, quotes, parts)
    found.sort(key=lambda a: ((a.cue or a.content[0]).start, a.content[0].start))
    return _nested(text, _antecedents(text, found))


# ------------------------------------------------------------------------------------------------ cue verbs


def _by_verb(line: Line, quotes: Sequence[Span], pack: Pack) -> Iterator[Attribution]:
    for i, token in enumerate(line.tokens):
        if token.upos != "VERB":
            continue
        if token.lemma in pack.quoting and (nested := _quoting(line, i)):
            yield from nested
            continue
        stance = pack.stances.get(token.lemma)
        if stance is None or _modifier(line, i):
            continue
        attribution = (
            _inverted(line, i, stance, quotes)
            or _after(line, i, stance, quotes)
            or _before(line, i, stance, quotes, pack)
        )
        if attribution is not None:
            yield replace(attribution, stance=_NEGATED.get(stance, stance)) if _negated(line, i) else attribution


_NEGATED = {Stance.DENIES: Stance.DOUBTS, Stance.ASSERTS: Stance.DOUBTS}
"""`did not deny that …` concedes little, `could not confirm that …` asserts nothing: neither takes a side."""


_NOT_SAID = frozenset("not n't n’t never neither cannot short without declined refused".split())
"""Words that, just before a cue, say that it was not said: `stopped short of saying`, `declined to confirm`."""


def _negated(line: Line, i: int) -> bool:
    return any(line.word(k) in _NOT_SAID for k in range(max(0, i - 3), i))


def _modifier(line: Line, i: int) -> bool:
    """Is the verb form an adjective or noun here: `self-declared caliphate`, `a plan announced in Egypt`, `a phone warning`?"""
    tag, before = line.tokens[i].tag, line.word(i - 1)
    if before in ("-", "a", "an", "the"):
        return True
    if tag == "VBN":
        return line.upos(i - 1) not in ("VERB", "AUX", "ADV", "PART") and line.word(i + 1) in (
            "in",
            "by",
            "from",
            "at",
            "as",
            "for",
        )
    return (
        tag == "VBG"
        and before not in (",", "and", "as", "—", "–", "statement")
        and line.tokens[i - 1].lemma not in ("be", "by")
    )


def _quote_over(quotes: Sequence[Span], at: int) -> Span | None:
    return next((q for q in quotes if q.start <= at < q.end), None)


def _inverted(line: Line, i: int, stance: Stance, quotes: Sequence[Span]) -> Attribution | None:
    """`"…," said the commander` and `…, said the commander`: the source follows its verb."""
    if (
        i == 0
        or line.tokens[i].tag not in ("VBD", "VBZ")
        or line.upos(i + 1) not in _NOMINAL
        or line.word(i + 1) in _PRONOUNS
    ):
        return None
    mark = line.word(i - 1)
    if mark not in ',"”“»':
        return None
    comma = mark == ","
    if comma and not line.text[line.tokens[i].span.end :][:1].isspace():
        return None
    end = _noun_phrase_end(line, i + 1)
    nxt = line.word(end)
    if comma and nxt not in ("", ".", ",", ";") and line.upos(end) not in ("VERB", "ADP", "PUNCT"):
        return None
    source, content = line.span(i + 1, end), line.span(0, i)
    if source is None or content is None or (comma and not _finite(line, 0, i)):
        return None
    return Attribution(source, line.tokens[i].span, (content,), stance)


def _after(line: Line, i: int, stance: Stance, quotes: Sequence[Span]) -> Attribution | None:
    """`CONTENT, SOURCE said.` The words between the last comma (or quotation) and the verb are the source."""
    nxt = line.word(i + 1)
    closes = (
        nxt in ("", ".", ",", ";", "—", "–", "!", "?")
        or line.word(i + 1) in _TIME_WORDS
        or (
            line.upos(i + 1) == "ADP"
            and nxt in ("on", "in", "at", "after", "during")
            and not _clause_follows(line, i + 1)
        )
    )
    if not closes or line.tokens[i].tag not in ("VBD", "VBZ", "VBP", "VBG", "VBN"):
        return None
    start = _source_start(line, i)
    if start is None or start == 0 or line.word(start - 1) not in ',"”“»—–?!…':
        return None
    content = line.span(0, start)
    source = line.span(start, _source_end(line, i))
    if content is None or source is None or not _has_verb(line, 0, start):
        return None
    return Attribution(source, line.tokens[i].span, (content,), stance)


def _before(line: Line, i: int, stance: Stance, quotes: Sequence[Span], pack: Pack) -> Attribution | None:
    """`SOURCE said (that) CONTENT`, `SOURCE told OUTLET that CONTENT`, `SOURCE accused TARGET of CONTENT`."""
    token = line.tokens[i]
    start = _source_start(line, i)
    source = None if start is None else line.span(start, _source_end(line, i))
    if source is None and line.word(i - 1) in ("and", "but"):
        source = _subject(line, i)
    if source is None and not (token.tag == "VBG" and line.word(i - 1) == ","):
        return None
    begin = i + 1
    recipient: Span | None = None
    if token.lemma in ("tell", "inform", "brief"):
        stop = _noun_phrase_end(line, begin)
        recipient = line.span(begin, stop) if line.upos(begin) == "PROPN" else None
        begin = stop
    while line.word(begin) in _TIME_WORDS or (line.upos(begin) == "ADV" and line.word(begin + 1) == "that"):
        begin += 1
    if line.word(begin) in ("on", "in", "at", "during", "to") and not _has_verb(line, begin, _next_that(line, begin)):
        begin = _next_that(line, begin)
    if line.word(begin) == ":":
        begin += 1
    if line.word(begin) in (",",) and line.word(begin + 1) in ("citing", "quoting"):
        return None
    end = _content_end(line, begin)
    if line.word(begin) == "that":
        begin += 1
    content = line.span(begin, end)
    if content is None:
        return None
    if token.lemma in pack.needs_clause and not _is_clause(line, i, begin, end, quotes):
        return None
    return Attribution(source, token.span, (content,), stance, to=recipient)


def _subject(line: Line, i: int) -> Span | None:
    """The noun phrase that opens the sentence: subject of a second verb in `Rice welcomed the plan but told …`."""
    first = next((k for k in range(i) if line.tokens[k].tag in ("VBD", "VBZ", "VBP", "MD")), None)
    start = None if first is None else _source_start(line, first)
    return None if first is None or start is None else line.span(start, _source_end(line, first))


def _quoting(line: Line, i: int) -> list[Attribution] | None:
    """`OUTER quoted SOURCE as saying CONTENT`, and `OUTER, citing SOURCE, said CONTENT`: two voices, one inside the other."""
    source_end = _noun_phrase_end(line, i + 1)
    inner = line.span(i + 1, source_end)
    start = _source_start(line, i)
    if inner is None:
        return None
    if line.word(source_end) == "as" and line.upos(source_end + 1) == "VERB" and start is not None:
        begin = source_end + 2 + (line.word(source_end + 2) == "that")
        content, outer = line.span(begin, len(line.tokens)), line.span(start, _source_end(line, i))
        whole = line.span(i + 1, len(line.tokens))
        if content and outer and whole:
            return [
                Attribution(outer, line.tokens[i].span, (whole,)),
                Attribution(inner, line.tokens[source_end + 1].span, (content,)),
            ]
    return None


# ------------------------------------------------------------------------------------------------ other cues


def _by_phrase(line: Line, pack: Pack) -> Iterator[Attribution]:
    """`according to SOURCE`, wherever it stands; its content is the clause before it, or after it when it comes first."""
    for phrase in pack.phrases:
        n = len(phrase)
        for i in range(len(line.tokens) - n):
            if tuple(line.word(i + k) for k in range(n)) != phrase:
                continue
            end = _noun_phrase_end(line, i + n, lists=True)
            source, cue = line.span(i + n, end), line.span(i, i + n)
            content = line.span(end, len(line.tokens)) if i <= 1 else line.span(0, i)
            if source and cue and content:
                yield Attribution(source, cue, (content,))


def _by_colon(line: Line, pack: Pack) -> Iterator[Attribution]:
    """Headlines: `Army takes town: commander`, `Commander: army takes town`, `Army takes town - monitor`."""
    for i in range(len(line.tokens) - 1, 0, -1):
        if line.word(i) not in (":", "–", "—", "-") or (
            line.word(i) != ":" and line.tokens[i - 1].span.end == line.tokens[i].span.start
        ):
            continue
        left, right = (0, i), (i + 1, len(line.tokens))
        for (a, b), (c, d) in ((right, left), (left, right)):
            voiced = any(line.word(k) in pack.voices for k in range(a, b)) or (
                a > i and b - a <= 2 and line.upos(a) == "PROPN"
            )
            if 0 < b - a <= 6 and voiced and not _has_verb(line, a, b) and d - c > 2:
                source, content = line.span(a, b), line.span(c, d)
                if source and content:
                    yield Attribution(source, line.tokens[i].span, (content,))
                    return


# ------------------------------------------------------------------------------------------ pieces of a line


def _noun_phrase_end(line: Line, i: int, *, lists: bool = False) -> int:
    """End of the noun phrase that begins at `i`: with `of`, `in` …, an apposition after a comma, and (with `lists`) `and`."""
    start = i
    while i < len(line.tokens):
        word, kind = line.word(i), line.upos(i)
        if kind == "PRON" and i > start and word not in ("his", "her", "its", "their"):
            break
        if kind in _NOMINAL or word in ("'s", "’s", "-", "(", ")", "'", "’") or line.tokens[i].tag == "POS":
            i += 1
        elif (
            word in ("of", "for", "from", "at", "in")
            and i > start
            and line.upos(i + 1) in _NOMINAL
            and line.word(i + 1) not in _TIME_WORDS
        ):
            i += 1
        elif (
            word == "and"
            and i > start
            and line.upos(i + 1) in _NOMINAL
            and (lists or line.upos(i + 1) == "PROPN")
            and not _clause_follows(line, i + 1)
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
        if line.word(end) in (",", ".") and not _finite(line, i + 1, end):
            return end
    return i


def _source_end(line: Line, cue: int) -> int:
    """Where the source before a cue ends: adverbs, auxiliaries, times and a closing comma stand between them."""
    i = cue
    while i > 0:
        word = line.word(i - 1)
        before = line.word(i - 2)
        if (
            line.upos(i - 1) in _SKIP_BEFORE_CUE
            or line.tokens[i - 1].lemma in ("have", "be", "do")
            or (line.upos(i - 1) == "VERB" and line.tokens[i - 1].lemma in ("have", "be", "do"))
        ):
            i -= 1
        elif word in _TIME_WORDS or (word in ("on", "in") and line.word(i) in _TIME_WORDS) or word == ",":
            i -= 1
        elif word in ("statement", "interview", "briefing", "report", "tweet", "message") and before in (
            "a",
            "an",
            "television",
            "the",
        ):
            i -= 3 if line.word(i - 3) in ("in", "on") else 2
        else:
            break
    return max(i, 0)


def _source_start(line: Line, cue: int) -> int | None:
    """First token of the source that stands before a cue; None when nothing nominal does."""
    end = _source_end(line, cue)
    if end == 0:
        return None
    comma = any(line.word(k) == "," for k in range(end, cue))
    i = end
    if comma:  # `Hugh Hill, a doctor, said`: the apposition belongs to the source
        k = end - 1
        while k > 0 and line.word(k) != ",":
            k -= 1
        if k > 0 and (line.upos(k - 1) in _NOMINAL or line.word(k - 1) == ")") and not _finite(line, k + 1, end):
            i = k
    while i > 0:
        word, kind = line.word(i - 1), line.upos(i - 1)
        if (
            kind in _NOMINAL
            or line.tokens[i - 1].tag == "POS"
            or word in ("'s", "’s", "-", "(", ")", "'", "’", "[", "]", "/")
        ):
            i -= 1
        elif (
            word in ("of", "in", "for", "from", "at", "on", "to", "with", "near")
            and i - 1 > 0
            and line.upos(i - 2) in _NOMINAL
            and line.word(i - 2) not in _PRONOUNS
        ):
            i -= 1
        elif (
            word in ("and", "&")
            and i - 1 > 0
            and line.upos(i - 2) in _NOMINAL
            and line.upos(i) in _NOMINAL
            and _plural(line, i, cue)
        ):
            i -= 1
        elif (
            kind == "VERB"
            and line.tokens[i - 1].tag in ("VBG", "VBN")
            and i < end
            and line.upos(i - 2) in ("NOUN", "PROPN")
        ):
            i -= 1
        else:
            break
    while i < end and (
        line.word(i) in ("in", "on", "at", "of", "and", "but", "'s", "’s", "that", "-", ")", "from")
        or line.word(i) in _TIME_WORDS
    ):
        i += 1
    return i if i < end and any(line.upos(k) in _NOMINAL for k in range(i, end)) else None


def _plural(line: Line, i: int, cue: int) -> bool:
    """May `A and B said` be one source? Not when what stands before `and` is a whole clause."""
    k = i - 2
    while k >= 0 and line.word(k) not in (",", ";", ":", ".", "that"):
        if _finite(line, k, k + 1):
            return False
        k -= 1
    return True


def _content_end(line: Line, begin: int) -> int:
    """Content runs to the end of the sentence, or to where another voice takes over (`… , but SOURCE said`, `; `)."""
    for k in range(begin + 1, len(line.tokens)):
        if line.word(k) == ";":
            return k
        if line.word(k) in ("but", "while", "whilst", "whereas", "although") and (
            line.word(k - 1) == "," or line.word(k) in ("whilst", "whereas")
        ):
            return k
    return len(line.tokens)


def _next_that(line: Line, begin: int) -> int:
    for k in range(begin, min(begin + 12, len(line.tokens))):
        if line.word(k) == "that":
            return k
    return begin


def _finite(line: Line, start: int, end: int) -> bool:
    return any(line.tokens[k].tag in ("VBD", "VBZ", "VBP", "MD") for k in range(start, min(end, len(line.tokens))))


def _has_verb(line: Line, start: int, end: int) -> bool:
    """A verb, or a quotation mark (quotations need no verb)."""
    return any(
        line.upos(k) in ("VERB", "AUX") or line.word(k) in '"“”' for k in range(start, min(end, len(line.tokens)))
    )


def _clause_follows(line: Line, i: int) -> bool:
    return _finite(line, i, len(line.tokens))


def _is_clause(line: Line, cue: int, begin: int, end: int, quotes: Sequence[Span]) -> bool:
    """Does what follows the cue state something: `that …`, a quotation, or words with a verb of their own?"""
    if line.word(begin - 1) == "that" or line.word(begin) in _SUBORDINATORS or line.word(begin) in '"“':
        return True
    if line.upos(begin) in ("ADP", "PART"):
        return False
    stop = next((k for k in range(begin, end) if line.word(k) == ","), end)
    return _finite(line, begin, stop) or line.tokens[cue].lemma in (
        "report",
        "claim",
        "confirm",
        "declare",
        "announce",
        "describe",
    )


# ------------------------------------------------------------------------------------- over the whole article


def _apart(attributions: list[Attribution]) -> list[Attribution]:
    """Attributions of one sentence cut so that none has another's source and cue in its content unless it passes it on.

    `X denied A and Y said B`: the content of the first ends where the source of the second begins, if the second is joined
    by a conjunction or comma rather than governed by the first."""
    ordered = sorted(attributions, key=lambda a: (a.cue or a.content[0]).start)
    out: list[Attribution] = []
    for n, one in enumerate(ordered):
        content = one.content[0]
        for other in ordered[n + 1 :]:
            edge = other.source or other.cue
            after_own = one.cue is not None and content.start >= one.cue.end
            if edge is None or not after_own or not content.start < edge.start < content.end:
                continue
            if other.content[0].start >= edge.end and edge.start - content.start > 8:
                content = Span(content.start, edge.start)
                break
        if content.end - content.start > 2:
            source = one.source
            if source is None and out:
                source = out[-1].source
            out.append(replace(one, source=source, content=(content,)))
    return out


def _with_quotes(text: str, attribution: Attribution, quotes: Sequence[Span]) -> Attribution:
    """Rule 2: all of a quotation that the content touches; and whether it is direct, mixed or indirect speech."""
    content = attribution.content[0]
    around = next((q for q in quotes if attribution.cue and q.holds(attribution.cue)), None)
    if around is not None:  # said within a quotation: it ends with it
        content = Span(content.start, max(content.start, min(content.end, around.end)))
    inside = [q for q in quotes if q.meets(content) and q != around]
    spans = [
        content,
        *(q for q in inside if not content.holds(q) and not (attribution.source and q.holds(attribution.source))),
    ]
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    cue, source = attribution.cue, attribution.source
    if len(spans) > 1 and not any(s and start <= s.start < end for s in (cue, source)):
        spans = [Span(start, end)]
    quoted = sum(min(q.end, s.end) - max(q.start, s.start) for s in spans for q in inside if q.meets(s))
    length = sum(s.end - s.start for s in spans)
    kind = QuoteKind.INDIRECT if not quoted else QuoteKind.DIRECT if quoted >= 0.9 * length else QuoteKind.MIXED
    return replace(attribution, content=tuple(sorted(spans)), quote=kind)


def _unattributed(
    text: str, found: Sequence[Attribution], quotes: Sequence[Span], parts: Sequence[Span]
) -> list[Attribution]:
    """Rule 3: quotations of five words and more that no cue has claimed."""
    out: list[Attribution] = []
    for quote in quotes:
        if any(q.meets(quote) for a in found for q in a.content) or len(quote.of(text).split()) < 5:
            continue
        part = next((p for p in parts if p.holds(quote)), None)
        if part is None:
            continue
        known = [a for a in [*found, *out] if a.source is not None and a.content]
        before = [a for a in known if part.start <= a.content[0].start < quote.start]
        alone = quote.start - part.start <= 1 and part.end - quote.end <= 2
        if not before and alone:
            index = parts.index(part)
            before = [a for a in known if index and parts[index - 1].start <= a.content[0].start < part.start]
        after = [a for a in known if quote.end <= a.content[0].start < part.end] if not before else []
        nearest = (
            max(before, key=lambda a: a.content[0].start)
            if before
            else min(after, key=lambda a: a.content[0].start, default=None)
        )
        if nearest is not None:
            out.append(
                Attribution(
                    nearest.source, nearest.cue, (quote,), Stance.ASSERTS, QuoteKind.DIRECT, about=nearest.about
                )
            )
    return out


def _antecedents(text: str, attributions: list[Attribution]) -> list[Attribution]:
    """`he said`: the last source that was not a pronoun."""
    last: Span | None = None
    out = []
    for one in attributions:
        if _pronoun(text, one):
            one = replace(one, about=one.about or last)
        elif one.source is not None:
            last = one.source
        out.append(one)
    return out


def _nested(text: str, attributions: list[Attribution]) -> tuple[Attribution, ...]:
    """Link each attribution to the smallest other one whose content holds its cue and source.

    A pronoun inside (`The UN said it had confirmed …`) is the outer voice again, not a second one: dropped, unless it denies."""
    voices = [
        one
        for one in attributions
        if not (_pronoun(text, one) and one.stance is Stance.ASSERTS and _around(one, attributions))
    ]
    linked = []
    for one in voices:
        outer = min(_around(one, voices), key=lambda other: (_length(other), other.content[0].start), default=None)
        linked.append(one if outer is None else replace(one, outer=voices.index(outer)))
    return tuple(linked)


def _around(one: Attribution, attributions: Sequence[Attribution]) -> list[Attribution]:
    edge = one.source or one.cue
    return [
        a
        for a in attributions
        if a is not one and edge is not None and one.source != a.source and any(s.holds(edge) for s in a.content)
    ]


def _length(one: Attribution) -> int:
    return sum(span.end - span.start for span in one.content)


def _pronoun(text: str, one: Attribution) -> bool:
    return one.source is not None and one.source.of(text).lower() in _PRONOUNS
