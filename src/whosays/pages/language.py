"""Which language a page is in, as an ISO 639-1 code.

Language models of letters are unsure of short texts, names above all: a short text in Latin letters is taken for what
the page declares, else for English unless the identifier is sure of something else. Long texts are judged by the words.
"""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

SAMPLE = 1_500
"""Code points that are looked at."""
SHORT = 200
"""Below so many letters a text is short."""
SURE = 0.9

_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_LETTER = re.compile(r"[^\W\d_]")
_COMMON = re.compile(
    r"\b(?:the|of|and|to|in|was|were|that|said|has|have|from|with|for|by|on|at|is|are)\b", re.IGNORECASE
)


def identify(text: str, declared: str | None = None) -> str:
    """The language of a text; `declared` is what the page says (`en-GB`, `ar`)."""
    sample = text[:SAMPLE]
    letters = len(_LETTER.findall(sample))
    claimed = (declared or "").lower().replace("_", "-").split("-")[0]
    claimed = claimed if re.fullmatch(r"[a-z]{2,3}", claimed) else ""
    if not letters:
        return claimed or "und"
    latin = len(_LATIN.findall(sample)) > 0.5 * letters
    found, share = _identifier().classify(sample)
    if not latin or letters >= SHORT:
        return str(found)
    if claimed:
        return claimed
    common = len(_COMMON.findall(sample)) >= max(1, len(sample.split()) // 12)
    return "en" if common or float(share) < SURE else str(found)


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
