"""What an outlet says about where its reports play: its name may be its town's, its address may end in its country.

`palestineherald.com` writes of Palestine, Texas; `…co.uk` of England first. Weak reasons, which only count where the
text itself says little.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from whosays.nouns import Article
from whosays.text import fold

SOLD = frozenset("ai am cc co fm gg io is la ly me nu sh to tv ws".split())
"""Endings of countries that outlets elsewhere buy for their looks."""


def name(article: Article) -> str:
    """Letters of the outlet's name and address without spaces: what the name of its town may be found in."""
    return re.sub(r"[\W_]", "", fold(article.publisher or "") + " " + host(article))


def country(article: Article) -> str | None:
    """ISO code of the country that the outlet's address ends in."""
    last = host(article).rpartition(".")[2]
    if len(last) != 2 or last in SOLD:
        return None
    return "GB" if last == "uk" else last.upper()


def host(article: Article) -> str:
    """`www.jpost.com`; "" where there is no address, or one that cannot be read."""
    try:
        return urlsplit(article.url or "").hostname or ""
    except ValueError:
        return ""
