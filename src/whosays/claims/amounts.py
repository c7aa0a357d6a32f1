"""How many people: `at least 16`, `dozens`, `between 40 and 50`, `more than 1,300` become [low, high].

Comes in: the words of a mention, with what stands before its number. Goes out: a Count, or None where the words give no number.
Conventions (CLAIMS.md): more than N = N+1.., at least N = N.., about N = N..N, dozens = 24.., scores = 40.., hundreds = 200...
"""

from __future__ import annotations

import re

from whosays.nouns import Count

_UNITS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split()
    )
}
_TENS = {word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SCALES = {"dozen": 12, "score": 20, "hundred": 100, "thousand": 1_000, "million": 1_000_000}
_VAGUE = {"tens": 20, "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000, "millions": 2_000_000}
_GROUPS = frozenset({"group", "groups", "couple", "handful", "few", "crowd", "team", "family", "convoy", "unit"})
"""`a group of soldiers` is not one."""
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,9}(?:\.\d{1,3})?")
_TOKEN = re.compile(r"\d[\d,.]*\d|\d|[^\W\d_]+")
_MOST = 100_000_000
"""No count of people is larger: what looks so is a typing error or a sum of money."""
_NO_PEOPLE = frozenset({"year", "years", "per", "percent", "km", "kilometres", "miles"})


def count(words: str) -> Count | None:
    """The people counted in some words.

    >>> count("at least 16 civilians"), count("dozens of people"), count("between 40 and 50 fighters"), count("a baby")
    (Count(low=16, high=None), Count(low=24, high=None), Count(low=40, high=50), Count(low=1, high=1))
    >>> count("more than 1,300"), count("up to 30 soldiers"), count("two dozen men"), count("civilians")
    (Count(low=1301, high=None), Count(low=None, high=30), Count(low=24, high=24), None)
    """
    text = re.sub(r"(?<=\d)\s?[-–]\s?(?=\d)", " to ", words.lower()).replace("-", " ")
    tokens = _TOKEN.findall(text)
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
        return Count(None, max(0, low - 1))
    return Count(low, low)


def _without_number(tokens: list[str]) -> Count | None:
    at = next((n for n, t in enumerate(tokens) if t in _VAGUE), None)
    if at is not None:  # `tens of thousands`
        more = _VAGUE.get(tokens[at + 2]) if tokens[at + 1 : at + 2] == ["of"] and len(tokens) > at + 2 else None
        scale = 1 if more is None else more // 2
        return Count(_VAGUE[tokens[at]] * scale, None)
    few = tokens[:2] == ["a", "few"] or tokens[:1] == ["several"]
    scaled = next((_SCALES[t] for t in tokens[1:3] if t in _SCALES), None) if few else None
    if scaled is not None:
        return Count(2 * scaled, None)
    if _GROUPS & set(tokens[:3]):
        return None
    if tokens and tokens[0] in ("a", "an", "another") and not {"number", "lot", "billion"} & set(tokens):
        return Count(1, 1)
    return Count(2, None) if tokens[:1] == ["several"] else None


def _numbers(tokens: list[str]) -> list[tuple[int, int]]:
    """(value, index of its first token) of each number; ages, shares and distances are none."""
    found: list[tuple[int, int]] = []
    i = 0
    while i < len(tokens):
        value, end = _number(tokens, i)
        unit = tokens[end] if end < len(tokens) else ""
        if end > i and unit not in _NO_PEOPLE and tokens[i - 1 : i] != ["aged"] and value <= _MOST:
            found.append((round(value), i))
        i = max(end, i + 1)
    return found


def _number(tokens: list[str], start: int) -> tuple[float, int]:
    """The number that begins at `start` and where it ends (`start` itself: none): `a hundred and fifty`, `half a million`."""
    total, current, i, scaled = 0.0, None, start, False
    if tokens[start : start + 2] == ["half", "a"] and tokens[start + 2 : start + 3] and tokens[start + 2] in _SCALES:
        return 0.5 * _SCALES[tokens[start + 2]], start + 3
    while i < len(tokens):
        token, value = tokens[i], _simple(tokens[i])
        following = tokens[i + 1] if i + 1 < len(tokens) else ""
        if value is not None and (current is None or (scaled and value < 100) or (current % 100 >= 20 and value < 10)):
            current, scaled = (current or 0) + value, False
        elif token in ("a", "an") and current is None and following in _SCALES:
            current = 1.0
        elif token in _SCALES and (current is not None or total):
            total, current = (
                (total, (current or 1) * 100) if token == "hundred" else (total + (current or 1) * _SCALES[token], 0.0)
            )
            scaled = True
        elif token == "and" and scaled and _simple(following) is not None:
            pass
        elif token == "and" and current is not None and tokens[i + 1 : i + 3] == ["a", "half"]:
            current, i = current + 0.5, i + 2
        else:
            break
        i += 1
    return (total + (current or 0.0), i) if current is not None or total else (0.0, start)


def _simple(token: str) -> float | None:
    if _DIGITS.fullmatch(token):
        return float(token.replace(",", ""))
    return _UNITS.get(token, _TENS.get(token))
