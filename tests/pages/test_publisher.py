"""Who publishes a page: as it says itself, else as the caller knows."""

from __future__ import annotations

import pytest

from whosays import pages
from whosays.nouns import Article, Meta

TEXT = "<p>Troops entered the town on Friday, an army spokesman said. The mayor denied it in the evening.</p>"
SAYS = '<meta property="og:site_name" content="Dnipro Ledger">'


@pytest.mark.parametrize(
    ("head", "known", "expected"),
    [(SAYS, "Eastern Dispatch", "Dnipro Ledger"), ("", "Eastern Dispatch", "Eastern Dispatch"), ("", None, None)],
)
def test_the_page_comes_before_the_caller(head: str, known: str | None, expected: str | None) -> None:
    data = f"<html><head>{head}</head><body><h1>Troops enter town</h1>{TEXT}</body></html>".encode()
    article = pages.read(data, Meta(publisher=known))
    assert isinstance(article, Article)
    assert article.publisher == expected
