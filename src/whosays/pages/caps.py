"""What is refused before a parser sees it: pages with too many tags or nested too deep (settings.py has the caps).

The depth counted here is never less than what lxml builds: end tags count only for what they can close, and elements
that close each other (`<p><p>`) are left out as they never nest in themselves.
"""

from __future__ import annotations

import re

from whosays.nouns import Refusal, Stage
from whosays.settings import MAX_DEPTH, MAX_TAGS

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)([^>]*)>")
_FLAT = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd option optgroup tr td th thead tbody tfoot"
    " colgroup script style".split()
)


def refuse(page: str) -> Refusal | None:
    """The reason why a page must not be parsed, or None."""
    tags = page.count("<")
    if tags > MAX_TAGS:
        return Refusal(Stage.PAGES, "tags", f"{tags:,} tags; pages with more than {MAX_TAGS:,} are not parsed")
    if page.count("<") < MAX_DEPTH:
        return None
    depth = deepest = 0
    for found in _TAG.finditer(page):
        if found[2].lower() in _FLAT or found[3].endswith("/"):
            continue
        depth = max(0, depth - 1) if found[1] else depth + 1
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        return Refusal(Stage.PAGES, "depth", f"nested {deepest:,} deep; pages deeper than {MAX_DEPTH:,} are not parsed")
    return None
