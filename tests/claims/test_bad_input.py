"""Text that is no news: no exception, no quadratic time, and next to no claims."""

from __future__ import annotations

import time

import pytest

from tests.making import make_article
from whosays import claims, language, pipeline
from whosays.nouns import Claim, Reading

POEM = """The river took the winter by the hand
and led it, grumbling, down towards the sea.
The hills surrendered, inch by inch, the land;
the blackbird seized the crown of every tree.

O spring, you conqueror without a sword,
your armies are the crocus and the bee;
the frost has fled, the ice has broken its word,
and every captive stream goes running free.
"""

TABLE = "Place\tKilled\tWounded\n" + "".join(
    f"{place}\t{n}\t{3 * n}\n"
    for n, place in enumerate(("Azaz", "Hama", "Homs", "Idlib", "Raqqa", "Tabqa", "Manbij"), 4)
)

VILLAGES = ", ".join(
    "Azaz Jarabulus Manbij Tabqa Hajin Baghuz Mayadin Tadmur Rastan Talbiseh Saraqib Jisr Kafranbel Khan Taftanaz".split()
)

FORM = (
    "Name:\nDate of birth:\nPlace of birth:\nHave you ever served in an army, a militia or a police force? Yes / No\n"
)


def read(text: str) -> Reading:
    return language.parse(make_article(text, headline=""), language.pack("en"))


def claimed(reading: Reading) -> tuple[Claim, ...]:
    return claims.claim(reading, pipeline.candidates(reading))


@pytest.mark.parametrize(
    ("text", "most"),
    [
        (POEM, 1),
        (TABLE, 0),
        (VILLAGES, 0),
        (f"{VILLAGES}.", 0),
        (FORM, 0),
        ("( ) - - – — “ ” ’ ' \" …", 0),
        ("killed " * 300, 1),
    ],
    ids=["poem", "table", "villages", "villages with a full stop", "form", "marks", "one word"],
)
def test_what_is_no_news_gives_next_to_no_claims(text: str, most: int) -> None:
    assert len(claimed(read(text))) <= most


SENTENCES = {
    "coordination": "and the army captured the town of Azaz ",
    "nesting": "which the army said that rebels denied ",
    "nouns": "attack shelling bombardment strike ",
    "names": "Azaz Hama Homs Idlib ",
    "quotes": "“ he said ” ",
}


@pytest.mark.slow
@pytest.mark.parametrize("clause", SENTENCES.values(), ids=SENTENCES)
def test_a_sentence_of_thousands_of_words_takes_linear_time(clause: str) -> None:
    def seconds(words: int) -> float:
        text = "The minister said " + clause * (words // len(clause.split()))
        reading = read(text)
        found = pipeline.candidates(reading)
        started = time.process_time()
        claims.claim(reading, found)
        return time.process_time() - started

    short = min(seconds(1_000) for _ in range(2))
    long = min(seconds(4_000) for _ in range(2))  # sixteen times the time if it were quadratic
    assert long < 10 * max(short, 0.02)
