"""Cues of one sentence: who says what in it, by cue verb, by `according to`, by the colon of a headline.

The shapes are those that attribution.py names: after, before, accord, colon, quoting.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from whosays.language.line import (
    NOMINAL,
    PRONOUNS,
    Line,
    after_times,
    content_end,
    finite,
    has_verb,
    next_that,
    noun_phrase_end,
    source_before,
    source_end,
)
from whosays.language.packs import Pack
from whosays.nouns import Attribution, PartKind, Span, Stance

_SUBORDINATORS = frozenset({"that", "whether", "if", "how", "what", "why", "where", "when", "who"})


def in_sentence(line: Line, pack: Pack) -> list[Attribution]:
    """The attributions of one sentence, not yet cut apart or linked."""
    found = [*_by_verb(line, pack), *_by_phrase(line, pack)]
    if not found and line.sentence.part is PartKind.HEADLINE:
        found = list(_by_colon(line, pack))
    return found


# ------------------------------------------------------------------------------------------------ cue verbs


def _by_verb(line: Line, pack: Pack) -> Iterator[Attribution]:
    for i, token in enumerate(line.tokens):
        if token.upos != "VERB":
            continue
        if token.lemma in pack.quoting and (nested := _quoting(line, i)):
            yield from nested
            continue
        stance = pack.stances.get(token.lemma)
        if stance is None or _modifier(line, i):
            continue
        attribution = _inverted(line, i, stance) or _after(line, i, stance) or _before(line, i, stance, pack)
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
    if before == "of" and line.word(i - 2) == "short":
        return False
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


def _inverted(line: Line, i: int, stance: Stance) -> Attribution | None:
    """`"…," said the commander` and `…, said the commander`: the source follows its verb."""
    if line.tokens[i].tag not in ("VBD", "VBZ") or line.upos(i + 1) not in NOMINAL or line.word(i + 1) in PRONOUNS:
        return None
    if line.tokens[i].lemma in _WITH_HEARER:
        return None  # what follows is who was told
    end = noun_phrase_end(line, i + 1)
    if line.word(i - 1) == ",":  # no quotation mark: the words before must state something, and no verb may follow
        ends = (
            line.word(end) in ("", ".", ",", ";") or line.upos(end) in ("ADP", "PUNCT") or line.tokens[end].tag == "VBG"
        )
        if not ends or not finite(line, 0, i):
            return None
    elif line.word(i - 1) not in ('"', "”", "“", "»"):
        return None
    source, content = line.span(i + 1, end), line.span(0, i)
    return None if source is None or content is None else Attribution(source, line.tokens[i].span, (content,), stance)


def _after(line: Line, i: int, stance: Stance) -> Attribution | None:
    """`CONTENT, SOURCE said (on Wednesday).` The words between the last comma (or quotation) and the verb are the source."""
    behind = noun_phrase_end(line, i + 1) if line.tokens[i].lemma in _WITH_HEARER else i + 1
    closes = line.word(after_times(line, behind)) in _CLOSERS or _placed_end(line, behind)
    found = source_before(line, i)
    if not closes or line.tokens[i].tag == "VB" or found is None or found[0] == 0:
        return None
    if line.word(found[0] - 1) not in ',"”“»—–?!…' or not has_verb(line, 0, found[0]):
        return None
    content, source = line.span(0, found[0]), line.span(*found)
    if content is None or source is None:
        return None
    return Attribution(source, line.tokens[i].span, (content,), stance, to=_hearer(line, i, behind))


def _hearer(line: Line, i: int, behind: int) -> Span | None:
    """Whom it was told, where he has a name."""
    named = line.tokens[i].lemma in _WITH_HEARER and line.upos(i + 1) == "PROPN"
    return line.span(i + 1, behind) if named else None


_WITH_HEARER = frozenset({"tell", "inform", "brief"})
_CLOSERS = frozenset(("", ".", ",", ";", "—", "–", "!", "?"))


def _placed_end(line: Line, i: int) -> bool:
    """`she wrote [on Telegram].` `he said [in a statement], …`: nothing but a phrase before the next mark."""
    end = next((k for k in range(i, len(line.tokens)) if line.word(k) in _CLOSERS), len(line.tokens))
    return line.upos(i) == "ADP" and end - i < 8 and not finite(line, i, end)


def _before(line: Line, i: int, stance: Stance, pack: Pack) -> Attribution | None:
    """`SOURCE said (that) CONTENT`, `SOURCE told OUTLET that CONTENT`, `SOURCE accused TARGET of CONTENT`."""
    token = line.tokens[i]
    source = _source(line, i)
    if source is None and line.word(source_end(line, i) - 1) in ("and", "but"):
        source = _subject(line, i)
    if source is None and not (token.tag == "VBG" and line.word(i - 1) == ","):
        return None
    begin, recipient = i + 1, None
    if token.lemma in _WITH_HEARER:
        begin = noun_phrase_end(line, i + 1)
        recipient = _hearer(line, i, begin)
    begin = after_times(line, begin)
    claimed = line.word(begin) == "to" and line.word(begin + 1) == "have"  # `claims to have captured`
    if line.word(begin) in ("on", "in", "at", "during", "to") and not has_verb(line, begin, next_that(line, begin)):
        begin = next_that(line, begin)
    begin += line.upos(begin) == "ADV" and line.word(begin + 1) == "that"
    end = content_end(line, begin)
    begin += line.word(begin) in ("that", ":")
    content = line.span(begin, end)
    if content is None or (token.lemma in pack.needs_clause and not claimed and not _is_clause(line, i, begin, end)):
        return None
    return Attribution(source, token.span, (content,), stance, to=recipient)


def _subject(line: Line, i: int) -> Span | None:
    """The noun phrase that opens the sentence: subject of a second verb in `Rice welcomed the plan but told …`."""
    verbs = (k for k in range(i) if line.upos(k) in ("VERB", "AUX") and line.tokens[k].tag not in ("VBG", "VB"))
    first = next(verbs, None)
    return None if first is None else _source(line, first)


def _source(line: Line, cue: int) -> Span | None:
    found = source_before(line, cue)
    return None if found is None else line.span(*found)


def _quoting(line: Line, i: int) -> list[Attribution]:
    """Two voices, one inside the other: `OUTER quoted SOURCE as saying CONTENT`, `CONTENT, OUTER quoted SOURCE as saying`,
    `OUTER, citing SOURCE, said CONTENT`."""
    end = noun_phrase_end(line, i + 1)
    inner, outer = line.span(i + 1, end), source_before(line, i)
    if inner is None or outer is None:
        return []
    cue = line.tokens[i].span
    if line.word(end) == "as" and line.upos(end + 1) == "VERB":
        begin = end + 2 + (line.word(end + 2) == "that")
        content, whole = line.span(begin, len(line.tokens)), line.span(i + 1, len(line.tokens))
        if line.word(begin) in _CLOSERS and line.word(outer[0] - 1) == ",":
            content = line.span(0, outer[0])
            whole = line.span(0, end) if content else None
    elif line.word(end) == "," and line.word(i - 1) == ",":
        content, whole = line.span(end + 1, len(line.tokens)), line.span(i + 1, len(line.tokens))
    else:
        return []
    voice = line.span(*outer)
    if content is None or whole is None or voice is None:
        return []
    return [
        Attribution(voice, cue, (whole,)),
        Attribution(inner, line.tokens[min(end + 1, len(line.tokens) - 1)].span, (content,)),
    ]


# ------------------------------------------------------------------------------------------------ other cues


def _by_phrase(line: Line, pack: Pack) -> Iterator[Attribution]:
    """`according to SOURCE`, wherever it stands; its content is the clause before it, or after it when it comes first."""
    for phrase in pack.phrases:
        n = len(phrase)
        for i in range(len(line.tokens) - n):
            if tuple(line.word(i + k) for k in range(n)) != phrase:
                continue
            end = noun_phrase_end(line, i + n, lists=True)
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
            if 0 < b - a <= 6 and voiced and not has_verb(line, a, b) and d - c > 2:
                source, content = line.span(a, b), line.span(c, d)
                if source and content:
                    yield Attribution(source, line.tokens[i].span, (content,))
                    return


def _is_clause(line: Line, cue: int, begin: int, end: int) -> bool:
    """Does what follows the cue state something: `that …`, a quotation, or words with a verb of their own?"""
    if line.word(begin - 1) == "that" or line.word(begin) in _SUBORDINATORS or line.word(begin) in '"“':
        return True
    if line.upos(begin) in ("ADP", "PART"):
        return False
    stop = next((k for k in range(begin, end) if line.word(k) == ","), end)
    return finite(line, begin, stop) or line.tokens[cue].lemma in (
        "report",
        "claim",
        "confirm",
        "declare",
        "announce",
        "describe",
    )
