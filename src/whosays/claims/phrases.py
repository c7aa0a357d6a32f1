"""Noun phrases: the words that may name or describe someone, somewhere or something.

Comes in: the tokens of one sentence. Goes out: base noun phrases as half-open token ranges, left to right, not nested: determiner,
numbers, adjectives, nouns, possessives and hyphened modifiers, without what prepositions attach. Pronouns stand alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whosays.nouns import Token

_INSIDE = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "DET"})
_HEADS = frozenset({"NOUN", "PROPN", "NUM"})


def chunk(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Ranges (start, end) in `tokens`."""
    i = 0
    while i < len(tokens):
        if tokens[i].upos == "PRON" and tokens[i].tag != "PRP$":
            yield i, i + 1
            i += 1
            continue
        end = _end(text, tokens, i)
        if any(tokens[k].upos in _HEADS or tokens[k].tag in ("JJ", "PRP$") for k in range(i, end)):
            yield i, end
        i = max(end, i + 1)


def _end(text: str, tokens: Sequence[Token], start: int) -> int:
    i = start
    while i < len(tokens):
        token, word = tokens[i], tokens[i].span.of(text)
        following = tokens[i + 1].upos if i + 1 < len(tokens) else None
        last = tokens[i - 1] if i > start else None
        if token.upos == "DET" and last is not None and last.tag not in ("PDT", "POS"):
            break
        inside = token.upos in _INSIDE or token.tag == "PRP$"
        possessive = token.tag == "POS" and last is not None
        joined = last is not None and (
            (word in "-–/" and following in (*_INSIDE, "VERB", "ADV"))
            or (last.span.of(text) in "-–/" and token.upos in ("VERB", "ADV"))
        )
        participle = (
            token.tag in ("VBN", "VBG")
            and last is not None
            and last.upos in ("DET", "ADJ")
            and following in ("NOUN", "PROPN", "ADJ")
        )
        if (
            word == "("
            and last is not None
            and i + 2 < len(tokens)
            and tokens[i + 2].span.of(text) == ")"
            and tokens[i + 1].span.of(text).isupper()
        ):
            i += 3
            continue
        gerund = token.tag == "VBG" and last is not None and last.upos == "NOUN" and following == "NOUN"
        participle = participle or (gerund and tokens[start].span.of(text).lower() in ("a", "an"))
        hyphen = i + 1 < len(tokens) and tokens[i + 1].span.of(text) == "-"
        degree = token.upos == "ADV" and last is not None and (following == "ADJ" or hyphen)
        if not (inside or possessive or joined or participle or degree):
            break
        i += 1
    while i > start and (tokens[i - 1].tag == "POS" or tokens[i - 1].span.of(text) in "-–/("):
        i -= 1
    return i
