"""What is refused or cut before a parser sees it: too many tags, too deep, runs too long (settings.py has the caps).

The depth counted here is never less than what lxml builds: end tags count only for what they can close, and elements
that close each other (`<p><p>`) are left out as they never nest in themselves.
"""

from __future__ import annotations

import re

from whosays.nouns import Refusal, Stage
from whosays.settings import MAX_DEPTH, MAX_RUN, MAX_TAGS

_TAG = re.compile(r"<(/?[a-zA-Z][^\s/>]*+)[^>]*+(?<!/)>")
"""A tag that opens or closes something: `<br/>` does neither."""
_FLAT = frozenset(
    """area base br col embed hr img input link meta param source track wbr p li dt dd option optgroup tr td th thead
    tbody tfoot colgroup script style""".split()
)
_RUN = re.compile(rf"(<[^<>]*+>[^<]{{{MAX_RUN}}})[^<]+")
LONG_LABEL = 2_000
_LABEL = re.compile(
    rf"""\s(?:class|id|style|rel|itemprop)\s*=\s*(?:"[^"<>]{{{LONG_LABEL},}}"|'[^'<>]{{{LONG_LABEL},}}')""",
    re.IGNORECASE,
)
_LONG = re.compile(rf"""=\s*(?:"[^"<>]{{{LONG_LABEL}}}|'[^'<>]{{{LONG_LABEL}}})""")
"""What a long label has: seldom found, and sought faster."""
_SCRIPT = re.compile(r"<script\b", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script", re.IGNORECASE)
PARSED_DEPTH = 255
"""libxml2 drops what is nested deeper."""


def check(page: str) -> Refusal | tuple[str, tuple[str, ...]]:
    """Why a page must not be parsed; else the page as it may be parsed, and notes on what will be missing."""
    tags = page.count("<")
    if tags > MAX_TAGS:
        return Refusal(Stage.PAGES, "tags", f"{tags:,} tags; pages with more than {MAX_TAGS:,} are not parsed")
    deepest = depth(page) if tags > PARSED_DEPTH else 0
    if deepest > PARSED_DEPTH:
        deepest = depth(_without_scripts(page))
    if deepest > MAX_DEPTH:
        return Refusal(Stage.PAGES, "depth", f"nested {deepest:,} deep; pages deeper than {MAX_DEPTH:,} are not parsed")
    page, notes = _shortened(page)
    if deepest > PARSED_DEPTH:
        notes = (*notes, f"nested {deepest:,} deep; what is deeper than {PARSED_DEPTH} was not read")
    return page, notes


def depth(page: str) -> int:
    """An upper bound of how deep a page's elements nest."""
    now = deepest = 0
    steps: dict[str, int] = {}
    # No tag can end after the last `>`: so none is sought there, which would take time squared.
    for name in _TAG.findall(page, 0, page.rfind(">") + 1):
        step = steps.get(name)
        if step is None:
            flat = name.removeprefix("/").lower() in _FLAT
            step = steps[name] = 0 if flat else -1 if name[0] == "/" else 1
        if step > 0:
            now += 1
            if now > deepest:
                deepest = now
        elif step and now:
            now -= 1
    return deepest


def _without_scripts(page: str) -> str:
    """The page without what stands in scripts; one that is never closed stays."""
    *closed, rest = _SCRIPT_END.split(page)
    return "".join([*(_SCRIPT.split(piece, maxsplit=1)[0] for piece in closed), rest])


def _shortened(page: str) -> tuple[str, tuple[str, ...]]:
    """The page with monstrous text nodes cut and monstrous labels left out; notes say what was cut."""
    if len(page) <= MAX_RUN:
        return page, ()
    pieces = page.split(
        "<"
    )  # neither a label nor a run of text goes over a `<`, and most pieces are too short for either
    longest = max(map(len, pieces))
    if longest >= LONG_LABEL:
        page = "<".join([_unlabelled(piece) if len(piece) >= LONG_LABEL else piece for piece in pieces])
    page, cut = _RUN.subn(r"\1", page) if longest > MAX_RUN else (page, 0)
    return page, (f"{cut} runs of text were cut at {MAX_RUN:,} characters",) if cut else ()


def _unlabelled(piece: str) -> str:
    return _LABEL.sub("", piece) if _LONG.search(piece) else piece
