"""How many people: `at least 16`, `dozens`, `between 40 and 50`, `more than 1,300` become [low, high].

Comes in: the words of a mention, with what stands before its number. Goes out: a Count, or None where the words give no number.
Conventions (CLAIMS.md): more than N = N+1.., at least N = N.., about N = N..N, dozens = 24.., scores = 40.., hundreds = 200...
"""

from __future__ import annotations

import re

from whosays.nouns import Count

_UNITS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
                                     "sixteen seventeen eighteen nineteen".split())}  # fmt: skip
_TENS = {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SCALES = {"dozen": 12, "score": 20, "hundred": 100, "thousand": 1_000, "million": 1_000_000}
_VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000, "millions": 2_000_000}
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")


def count(words: str) -> Count | None:
    """The people counted in some words.

    >>> count("at least 16 civilians"), count("dozens of people"), count("between 40 and 50 fighters"), count("a baby")
    (Count(low=16, high=None), Count(low=24, high=None), Count(low=40, high=50), Count(low=1, high=1))
    >>> count("more than 1,300"), count("up to 30 soldiers"), count("two dozen men"), count("civilians")
    (Count(low=1301, high=None), Count(low=None, high=30), Count(low=24, high=24), None)
    """
    text = words.lower().replace("-", " ")
    tokens = re.findall(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|[^\W\d_]+", text)
    numbers = _numbers(tokens)
    if not numbers:
        return _without_number(tokens)
    (low, at), *rest = numbers
    before = " ".join(tokens[:at])
    if rest and re.search(r"\b(between|from)$", before) and tokens[rest[0][1] - 1] in ("and", "to"):
        return Count(low, rest[0][0])
    if rest and rest[0][1] - at == 2 and tokens[at + 1] in ("to", "or"):
        return Count(low, rest[0][0])
    if re.search(r"\b(at least|no fewer than|no less than|minimum of)$", before):
        return Count(low, None)
    if re.search(r"\b(more than|over|upwards of|exceeding)$", before):
        return Count(low + 1, None)
    if re.search(r"\b(up to|as many as|at most|no more than)$", before):
        return Count(None, low)
    if re.search(r"\b(fewer than|less than|under)$", before):
        return Count(None, low - 1)
    return Count(low, low)


def _without_number(tokens: list[str]) -> Count | None:
    vague = next((_VAGUE[t] for t in tokens if t in _VAGUE), None)
    if vague is not None:
        return Count(vague, None)
    if tokens and tokens[0] in ("a", "an", "another") and "number" not in tokens and "lot" not in tokens:
        return Count(1, 1)
    return Count(2, None) if tokens[:1] == ["several"] else None


def _numbers(tokens: list[str]) -> list[tuple[int, int]]:
    """(value, index of its first token) of each number, `three hundred` and `1.5 million` put together; ages and years skipped."""
    found: list[tuple[int, int]] = []
    i = 0
    while i < len(tokens):
        start, value = i, _simple(tokens[i])
        if value is None and tokens[i] in ("a",) and i + 1 < len(tokens) and tokens[i + 1] in _SCALES:
            value = 1.0
        if value is None:
            i += 1
            continue
        i += 1
        while i < len(tokens) and tokens[i] in _SCALES:
            value *= _SCALES[tokens[i]]
            i += 1
        if i < len(tokens) and tokens[i] in _UNITS and tokens[i - 1] in _TENS:
            value += _UNITS[tokens[i]]
            i += 1
        unit = tokens[i] if i < len(tokens) else ""
        if unit in ("year", "years", "per", "percent", "km", "kilometres", "miles") or tokens[start - 1 : start] == [
            "aged"
        ]:
            continue
        found.append((round(value), start))
    return found


def _simple(token: str) -> float | None:
    if _NUMBER.fullmatch(token):
        return float(token.replace(",", ""))
    return _UNITS.get(token, _TENS.get(token))
