"""Words as the encoder sees them: WordPiece numbers and one of six shapes of capitals.

The vocabulary is uncased; the shape of a word goes to a case embedding of its own: 0 none, 1 digit, 2 lower, 3 UPPER,
4 Title, 5 miXed. Every word has at least one piece, so that word numbers and piece numbers can be told from each other.
"""

from __future__ import annotations

from collections.abc import Sequence

from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

CLS, SEP, UNKNOWN = 101, 102, 100
LONGEST = 24
"""Pieces of one word; what is longer (an address, a run of letters) is cut."""
REMEMBERED = 200_000
"""Words whose pieces are kept …"""
MEMORABLE = 100
"""… if they are no longer than this; of longer ones only the beginning is read."""

_APOSTROPHES = str.maketrans("’‘ʼ`´", "'''''")


class Pieces:
    """The vocabulary, with a memory of words already cut."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        numbers = {piece: n for n, piece in enumerate(vocabulary)}
        self._tokenizer = Tokenizer(WordPiece(numbers, unk_token="[UNK]", max_input_chars_per_word=60))
        self._tokenizer.normalizer = BertNormalizer(lowercase=True)
        self._tokenizer.pre_tokenizer = BertPreTokenizer()
        self._known: dict[str, tuple[tuple[int, ...], int]] = {}

    def of(self, words: Sequence[str]) -> list[tuple[tuple[int, ...], int]]:
        """(pieces, case) of each word. Apostrophes within words are read as straight ones; quotation marks as they are."""
        if len(self._known) > REMEMBERED:
            self._known = {}
        known = self._known
        return [known.get(word) or self._learn(known, word) for word in _spelt(words)]

    def _learn(self, known: dict[str, tuple[tuple[int, ...], int]], word: str) -> tuple[tuple[int, ...], int]:
        plain = word.translate(_APOSTROPHES) if len(word) > 1 else word
        plain = plain[:MEMORABLE].encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair is no text
        found = (tuple(self._tokenizer.encode(plain, add_special_tokens=False).ids[:LONGEST]) or (UNKNOWN,), case(word))
        if len(word) <= MEMORABLE:
            known[word] = found
        return found


def _spelt(words: Sequence[str]) -> list[str]:
    """Names that are words without their capitals, spelt as what they cannot be mistaken for: the vocabulary has none.

    >>> _spelt(["the", "IS", "group"]), _spelt(["THE", "TOWN", "IS", "TAKEN"])
    (['the', 'ISIS', 'group'], ['THE', 'TOWN', 'IS', 'TAKEN'])
    """
    spelt = list(words)
    for n, word in enumerate(words):
        if word in _NAMES and any(
            near.islower() or near.istitle() for near in (*words[max(0, n - 1) : n], *words[n + 1 : n + 2])
        ):
            spelt[n] = _NAMES[word]
    return spelt


_NAMES = {"IS": "ISIS", "US": "USA"}


def case(word: str) -> int:
    """The shape of a word's capitals.

    >>> [case(w) for w in ("—", "2017", "town", "US", "Raqqa", "al-Bab", "T-72")]
    [0, 1, 2, 3, 4, 5, 3]
    """
    letters = [letter for letter in word if letter.isalpha()]
    if not letters:
        return 1 if any(letter.isdigit() for letter in word) else 0
    if all(letter.islower() for letter in letters):
        return 2
    if all(letter.isupper() for letter in letters):
        return 3 if len(letters) > 1 or len(word) > 1 else 4
    return 4 if letters[0].isupper() and all(letter.islower() for letter in letters[1:]) else 5
