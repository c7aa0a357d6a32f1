"""Words from a page, without what acts on who reads them: escapes that recolour a terminal, controls that reorder a line.

Pages are written by strangers. Everything of theirs that is told within our own sentences passes `safe`, in a terminal and
on a page; a text that is shown whole passes `shown`, which keeps every offset.
"""

from __future__ import annotations

import re
import unicodedata

_SEQUENCE = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI: colours, cursor
    "|(?:\x1b[\\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]{0,256}(?:\x07|\x1b\\\\|\x9c)"  # OSC, DCS …: titles, links
    "|\x1b[ -/]*[0-~]?"  # the rest; an OSC without an end hides nothing but its own beginning
)
JOINERS = "\u200c\u200d"
"""Zero-width, but part of how Persian and emoji are spelt."""


def safe(text: str, *, lines: bool = False) -> str:
    """The text without anything that a terminal acts upon. With `lines`, line feeds stay; else all space is one space.

    >>> safe("a\\x1b[31mb\\x1b]0;title\\x07c\\u202ed\\te")
    'abcd e'
    """
    if not text.isprintable():  # most words are: nothing acts in what is printable
        text = _SEQUENCE.sub("", text)
        text = "".join(_safe(character) for character in text)
    return text if lines else " ".join(text.split())


def isolated(text: str) -> str:
    """The text so that words written from right to left do not turn round the numbers that follow it.

    >>> isolated("Azaz"), isolated("اعزاز") == "\u2068اعزاز\u2069"
    ('Azaz', True)
    """
    leftward = not text.isascii() and any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)
    return f"\u2068{text}\u2069" if leftward else text


def _safe(character: str) -> str:
    if character in "\t\v\f\r\x85\u2028\u2029":
        return " "
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"
    if character == "\n" or character in JOINERS:
        return character
    return "" if category in ("Cc", "Cf", "Co") else character


_REORDERS = "\u202a-\u202e\u2066-\u2069"
"""Embeddings, overrides, isolates: they end where their writer wants, not where his words end."""

_ACTS = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_REORDERS}\ud800-\udfff\ufffe\uffff]")


def shown(text: str) -> str:
    """The text as a page can hold it, code point for code point: controls and what reorders a line are replacement
    characters, so that every offset stays.

    >>> shown("a\\x00b\\u202ec\\r\\n") == "a\ufffdb\ufffdc\ufffd\\n"
    True
    """
    return _ACTS.sub("\ufffd", text)
