"""What several stages need to do with text: digests, folding, snippets, whitespace. A leaf: imports no stage.

Offsets everywhere are Unicode code points, end exclusive, into one text that never changes.
Nothing here hands back offsets into a folded text: fold to compare, never to cut.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

APOSTROPHES = "'’‘ʼʻ`´ʿʾ"
"""What writers put for an apostrophe or for the Arabic letters ayn and hamza."""

_FOLDED = str.maketrans(
    dict.fromkeys(APOSTROPHES)
    | dict.fromkeys("-‐‑‒–—", " ")
    | {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": None, "ł": "l", "Ł": "L"}
)


_WORD = re.compile(r"\w+")
WORD = 40
"""Code points. Words and names up to this length come again and again: how they are folded is kept."""


def digest(*fields: str | None, length: int = 16) -> str:
    """Content address of some named fields: the first `length` hex digits of SHA-256 over them, unambiguously joined."""
    joined = "\x1f".join("\x00" if field is None else field for field in fields)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def fold(text: str) -> str:
    """A key under which spellings of one name meet: no case, accents, apostrophes or hyphens, Arabic letters unified.

    >>> fold("Deir ez-Zor’s"), fold("Ra‘s al-ʿAyn"), fold("Łódź")
    ('deir ez zors', 'ras al ayn', 'lodz')
    """
    return _fold_word(text) if len(text) <= WORD else _fold(text)


def _fold(text: str) -> str:
    text = text.translate(_FOLDED)
    if not text.isascii():
        text = "".join([c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)])
    return squeeze(text.casefold())


_fold_word = lru_cache(maxsize=32_768)(_fold)


def squeeze(text: str) -> str:
    """Runs of whitespace become one space; none at the ends."""
    return " ".join(text.split())


def snippet(text: str, start: int, end: int, *, width: int = 32) -> tuple[str, str]:
    """The `width` characters before and after a span: prefix and suffix of a W3C TextQuoteSelector."""
    return text[max(0, start - width) : start], text[end : end + width]


def trim(text: str, start: int, end: int, *, also: str = "") -> tuple[int, int]:
    """The span without whitespace (and without the characters of `also`) at its ends; never negative in length."""
    while start < end and (text[start].isspace() or text[start] in also):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in also):
        end -= 1
    return start, end


def words(text: str) -> list[str]:
    r"""Lower-case word tokens (`\w+`), the unit in which pages are compared.

    >>> words("Raqqa’s fall, 2017")
    ['raqqa', 's', 'fall', '2017']
    """
    return _WORD.findall(text.lower())
