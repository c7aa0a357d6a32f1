"""story: the tree of copies, what each left out and added, and that a dropped denial is told."""

from __future__ import annotations

from datetime import date

import click
import pytest

from tests.faces.cli.conftest import CLAIMED, Run
from tests.making import READ_AT, make_article, make_claim
from whosays import copies, ledger
from whosays.engines.copying import Copying
from whosays.nouns import Article, Capture, Polarity

OPENING = (
    "Fighters of the northern alliance walked into the mining town shortly after dawn and hoisted a flag over the railway station, two"
    " traders who had fled by lorry said when they reached the river crossing in the afternoon."
)
DENIAL = "The garrison commander denied that his men had lost the town and spoke of a rumour spread by deserters."
CLOSING = (
    "Bread has tripled in price since the siege of the valley began in autumn, and the only bakery that still works closes"
    " at noon because its oven burns furniture."
)
NEW = (
    "A relief agency said on Friday that it had stopped its convoys to the valley until both camps agree on a corridor."
)


def paper(name: str, day: int, *paragraphs: str) -> Article:
    return make_article(*paragraphs, headline=f"As {name} has it", publisher=name, published=date(2023, 1, day))


WHOLE = paper("Courier", 11, OPENING, DENIAL, CLOSING)
CUT = paper("Echo", 12, OPENING, CLOSING)
LONGER = paper("Gazette", 13, OPENING, DENIAL, CLOSING, NEW)


@pytest.fixture
def copied(run: Run) -> Run:
    """A folder with a ledger of three articles: a story, a cut of it without the denial, and one that goes on."""
    with ledger.open("whosays.db", create=True) as book:
        copying = Copying(book)
        for article in (LONGER, CUT, WHOLE):
            claims = [make_claim(article, "walked into the mining town", type="enter", place=None)]
            if DENIAL in article.text:
                lost = "his men had lost the town"
                claims.append(
                    make_claim(article, lost, place=None, source="The garrison commander", polarity=Polarity.DENIED)
                )
            capture = Capture(article, article.id * 4, READ_AT)
            book.add(capture, tuple(claims), name="made", reader="test/1", body=copies.body(article))
            copying.of(article)
    return run


def test_the_tree_and_what_each_copy_left_out_and_added(copied: Run) -> None:
    ran = copied("story", CUT.id[:8])
    assert ran.code == 0
    text = " ".join(click.unstyle(ran.out).split())
    assert text.startswith("One story: 3 articles, 3 outlets, 1 text of origin. 2023-01-11 Courier: first seen")
    assert "2023-01-12 Echo: cut" in text
    assert f"left out a denial by the garrison commander: “{'his men had lost the town'}”" in text
    assert "2023-01-13 Gazette: extended" in text
    assert f"added: “{NEW.rstrip('.')}" in text


def test_any_of_them_tells_the_same_story(copied: Run) -> None:
    told = {copied("story", article.id).out for article in (WHOLE, CUT, LONGER)}
    assert len(told) == 1


def test_reprints_and_cuts_are_one_origin(copied: Run) -> None:
    """Three articles say that they walked in, in their own voice: it is one story."""
    with ledger.open("whosays.db") as book:
        from whosays.engines import weighing
        from whosays.weigh import origin

        found = weighing.traced(book, book.claims(type="enter"))
    assert len(found) == 3
    assert len({origin(one) for one in found}) == 1


def test_an_article_alone(filled: Run) -> None:
    assert filled("story", CLAIMED.id).out.startswith("One story: 1 article, 1 outlet, 1 text of origin.\n")


def test_an_article_that_is_not_there(filled: Run) -> None:
    ran = filled("story", "zzz")
    assert ran.code == 2
    assert "no article 'zzz'" in ran.err
