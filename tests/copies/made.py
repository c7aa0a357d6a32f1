"""Stories made up of words, for tests of copies: no two share more than stock words by chance."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.making import make_article
from whosays.nouns import Article

SYLLABLES = "ka ro mi tel sun dar vo lin ges bar ut ne fa zor hal qi mo sed ran ul".split()
STOCK = "the a of in to and on that was by".split()


def sentences(seed: int, number: int) -> list[str]:
    """Sentences of 12 to 24 words, every third of them a stock word."""
    draw = Random(seed)
    return [" ".join(_word(draw) for _ in range(draw.randint(12, 24))).capitalize() + "." for _ in range(number)]


def _word(draw: Random) -> str:
    return draw.choice(STOCK) if draw.random() < 0.33 else "".join(draw.choices(SYLLABLES, k=draw.randint(2, 4)))


def story(name: str, *said: str) -> Article:
    """An article of that id with these sentences, three to a paragraph."""
    return replace(make_article(*(" ".join(said[n : n + 3]) for n in range(0, len(said), 3))), id=name)


def changed(said: list[str], share: float, seed: int = 0) -> list[str]:
    """The sentences with that share of the words exchanged."""
    draw = Random(seed)
    return [
        " ".join(_word(draw) if draw.random() < share else word for word in sentence[:-1].split()) + "."
        for sentence in said
    ]
