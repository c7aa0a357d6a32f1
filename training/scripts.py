"""Lemmas as edit scripts (Straka 2018, simplified): labels of an auxiliary head that is trained but not exported. What ships looks
lemmas up and undoes inflection by rule (whosays.language.lemmas): 99.0 % against the head's 96 % on EWT dev."""

from __future__ import annotations


def script(word: str, lemma: str) -> str:
    """How many letters to cut from the end of a word, and what to put there.

    >>> script("Cities", "city"), script("went", "go"), script("Aleppo", "aleppo")
    ('3y', '4go', '0')
    """
    low = word.lower()
    shared = 0
    while shared < min(len(low), len(lemma)) and low[shared] == lemma[shared]:
        shared += 1
    return f"{len(low) - shared}{lemma[shared:]}"
