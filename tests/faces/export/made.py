"""Views for tests: over claims made by hand, over the sample articles' like, over a ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

from hypothesis import strategies as st

from tests.making import SOLEDAR, extract, make_article, make_claim
from whosays import actors
from whosays.faces.export import EXPORTS, View, Wanted
from whosays.nouns import Extraction, Polarity

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ROSTER = actors.roster()

_FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r\n=1", ";=cmd|' /C calc'!A0", "＝1", "'", "''=x", '"', ",", ";")
_ODD = ("\n", "\0", "\ud83d", "\udc00", "\u202e", "\u200f", "\ufeff", "\u2028", "\x1b[31m", "\\", "|", "</script>")
HOSTILE = st.lists(st.sampled_from([*_FORMULAS, *_ODD, "سولیدار", "a", " ", "1"]), max_size=8).map("".join)
"""Texts that some writer or reader could stumble over."""


def view(*claims: Extraction, wanted: Wanted | None = None) -> View:
    """These claims, with nothing hidden."""
    return View(
        claims=lambda: iter(claims),
        held=lambda: iter(()),
        actors=ROSTER.by_key,
        countries={"UA": "Ukraine"},
        wanted=wanted or Wanted(),
        made=NOW,
    )


def written(name: str, view: View) -> bytes:
    """What a format makes of a view; `write` and `chunks` are one."""
    out = BytesIO()
    EXPORTS[name].write(view, out)
    assert out.getvalue() == b"".join(EXPORTS[name].chunks(view))
    return out.getvalue()


def sample() -> Sequence[Extraction]:
    """Three claims of two articles: a capture, its denial in the same article, and a claim without place, day or voice."""
    article = make_article(
        "Wagner has taken Soledar, Prigozhin said. Ukraine denied that Wagner had taken Soledar.",
        publisher="Eastern Dispatch",
        published=date(2023, 1, 11),
    )
    said = make_claim(article, "Wagner has taken Soledar", actor="Wagner", source="Prigozhin", via=("Reuters",))
    denied = make_claim(
        article, "Wagner had taken Soledar", actor="Wagner", source="Ukraine", polarity=Polarity.DENIED, place=SOLEDAR
    )
    undated = make_article("Rebels were supported.", publisher=None)
    bare = make_claim(undated, "Rebels were supported", type="ally", place=None)
    return (*extract(article, said, replace(denied, denies=said.id)), *extract(undated, bare))
