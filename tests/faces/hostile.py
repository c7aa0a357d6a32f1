"""A ledger of a stranger's making: one payload in every field in which a page can put words. And the same of plain words.

Payloads are a grid: what would act, in what spelling it comes. Each holds MARK, so that it is known again.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from tests.making import make_article, make_claim
from whosays import copies, ledger
from whosays.engines import standing
from whosays.errors import Misuse
from whosays.nouns import (
    Article,
    Capture,
    Claim,
    Comment,
    Credit,
    Dateline,
    Judgement,
    Part,
    PartKind,
    Place,
    Polarity,
    Refusal,
    Span,
    Stage,
    Subject,
    Verdict,
)

MARK = "xss17q"
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)

ACTS = (
    f"<script>alert('{MARK}')</script>",
    f"<img src=x onerror=alert('{MARK}')>",
    f"<svg/onload=alert('{MARK}')>",
    f'"><script>alert("{MARK}")</script>',
    f"'><img src=x onerror=alert('{MARK}')>",
    f'" autofocus onfocus=alert("{MARK}") x="',
    f"' onmouseover='alert(1)' data-{MARK}='",
    f"` onclick=alert(1) {MARK}=`",
    f"</title><script>alert('{MARK}')</script>",
    f"</textarea></style></script><script>alert('{MARK}')</script>",
    f"--><script>alert('{MARK}')</script><!--",
    f"]]><script>alert('{MARK}')</script><![CDATA[",
    f"javascript:alert('{MARK}')//",
    f"data:text/html,<script>alert('{MARK}')</script>",
    f"<a href=\"javascript:alert('{MARK}')\">here</a>",
    f"<iframe srcdoc=\"<script>parent.alert('{MARK}')</script>\"></iframe>",
    f'<base href="https://{MARK}.example/"><link rel=stylesheet href="//{MARK}.example/x.css">',
    f'<meta http-equiv=refresh content="0;url=https://{MARK}.example/"><form action=//{MARK}.example><input name=csrf>',
    f"<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=x onerror=alert('{MARK}')&gt;\">",
    f"<object data='//{MARK}.example/on.swf'><embed src='//{MARK}.example/on.swf'>",
    f"{{{{7*7}}}}{{% for x in [] %}}{{{{ config }}}}${{alert('{MARK}')}}<%= {MARK} %>#{{7*7}}",
)
"""What would act."""


def _fullwidth(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c in "<>\"'=/" else c for c in text)


SPELLINGS: dict[str, Callable[[str], str]] = {
    "plain": lambda text: text,
    "entities": lambda text: html.escape(text),
    "decimal": lambda text: "".join(f"&#{ord(c)}" if c in "<>\"'" else c for c in text),
    "hex": lambda text: "".join(f"&#x{ord(c):x};" if c in "<>\"'" else c for c in text),
    "percent": lambda text: quote(text, safe=""),
    "escapes": lambda text: (
        text.replace("<", "\\u003c").replace(">", "\\u003e").replace('"', '\\"').replace("'", "\\'")
    ),
    "case": lambda text: text.replace("script", "ScRiPt").replace("on", "oN"),
    "blanks": lambda text: text.replace("script", "scr\tipt").replace("<", "<\n").replace("=", "\x0c=\u00a0"),
    "unseen": lambda text: (
        text.replace("script", "scr\u200bipt").replace("<", "\u202e<\ufeff").replace("on", "o\u00adn")
    ),
    "fullwidth": _fullwidth,
}
"""How it is spelt: for who decodes once too often, and for who tidies up before he looks."""

PAYLOADS = tuple(spell(act) for act in ACTS for spell in SPELLINGS.values())


def plain(number: int) -> str:
    """Words in place of a payload."""
    return f"plain words number {number} {MARK}"


def payload(number: int) -> str:
    """The payload of this number."""
    return PAYLOADS[number % len(PAYLOADS)]


def fill(path: Path, words: Callable[[int], str], pages: int = len(PAYLOADS)) -> str:
    """A weighed ledger of so many pages, in which `words(n)` stand in every field of page n. Its path."""
    where = str(path / "hostile.db")
    with ledger.open(where, create=True) as into:
        before = ""
        for n in range(pages):
            article, claim = page(n, words(n), words(n // 2 * 2))
            capture = Capture(article, f"{n:064x}", AT)
            added = into.add(capture, (claim,), name=words(n), reader="test/1", body=copies.body(article))
            assert not isinstance(added, Refusal), added
            refusal = Refusal(Stage.PAGES, "odd", words(n))
            into.refuse(refusal, raw=None, name=words(n), reader="test/1", read_at=AT)
            for judgement in judged(claim.id, before, n, words(n)):
                with suppress(Misuse):  # words that the ledger does not take from a judge need not be shown
                    into.judge(judgement)
            before = claim.id
    standing.refresh(where, clock=lambda: AT)
    return where


def judged(claim: str, before: str, number: int, words: str) -> Iterator[Judgement]:
    """An analyst's judgements, with a payload for his name, in his note, and in what he corrects."""
    yield Judgement(about=Subject.CLAIM, subjects=(claim,), verdict=Verdict.ACCEPTED, by=words, at=AT, note=words)
    if number % 3 == 0:
        for name in ("source.name", "actor.name", "place.name"):
            fix = {name: words}
            at = AT + timedelta(minutes=1)
            yield Judgement(
                about=Subject.CLAIM,
                subjects=(claim,),
                verdict=Verdict.CORRECTED,
                fields=fix,
                by="anna",
                at=at,
                note=words,
            )
    if number % 4 == 1:
        both = tuple(sorted((claim, before)))
        yield Judgement(about=Subject.DISPUTE, subjects=both, verdict=Verdict.SAME, by=words, at=AT, note=words)


def page(number: int, words: str, shared: str) -> tuple[Article, Claim]:
    """A page with a payload in all its fields, and a claim. Every second one denies the one before, of the same place."""
    day = date(2023, 1, 11) + timedelta(days=number % 2)
    said = f"{words} has taken {shared}"
    article = make_article(
        f"Before. {said}, {words} said.",
        f"A story of {words}.",
        headline=f"{words} headline",
        publisher=words,
        published=day,
    )
    article = _with_parts(article, words)
    article = replace(
        article,
        byline=(words, f"By {words}"),
        credits=(Credit("reporting", words, words),),
        dateline=Dateline(words, words, Span(0, 1)),
        agency=words,
        url=words,
        notes=(words,),
    )
    place = Place(f"geonames:{number // 2 + 1}", shared, 48.68, 38.09, "UA", "town", 10_000, number // 2 + 1, shared)
    claim = make_claim(
        article,
        said,
        actor=shared,
        target=words,
        source=f"{words} source",
        polarity=Polarity.DENIED if number % 2 else Polarity.AFFIRMED,
        place=place if number % 5 else replace(place, name=words),
        via=(words,),
        day=date(2023, 1, 11),
    )
    return article, replace(claim, time_words=words, cue=words)


def _with_parts(article: Article, words: str) -> Article:
    text, parts, comments = article.text, list(article.parts), []
    for kind in (
        PartKind.CAPTION,
        PartKind.CREDIT,
        PartKind.BYLINE,
        PartKind.STANDFIRST,
        PartKind.OTHER,
        PartKind.CORRECTION,
    ):
        parts.append(Part(kind, Span(len(text) + 2, len(text) + 2 + len(words))))
        text += f"\n\n{words}"
    for n in (1, 2):
        span = Span(len(text) + 2, len(text) + 2 + len(words))
        text += f"\n\n{words}"
        parts.append(Part(PartKind.COMMENT, span))
        comments.append(Comment(f"k{n}", words, words, span, "k1" if n == 2 else None, n - 1))
    return replace(article, text=text, parts=tuple(parts), comments=tuple(comments))
