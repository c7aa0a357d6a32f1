"""The press of a made-up war (simulation.py): a voice's statement becomes a sentence, sentences a page with its claims.

    written([(place, statement), …], outlet, day, key) -> Page         reprinted(page, outlet, days later, key) -> Page

What the stages would make of such a page is put together here: parts, claims whose evidence stands in the text, actors and sources as
a roster resolves them. Says nothing untrue of its own: what the statements say is printed as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from whosays.nouns import (
    Article,
    ArticleHead,
    Capture,
    Claim,
    Count,
    Evidence,
    Extraction,
    Modality,
    Part,
    PartKind,
    Party,
    Place,
    Polarity,
    QuoteKind,
    Source,
    SourceKind,
    Span,
    When,
    Where,
)
from whosays.text import digest, snippet

SIDES = ("amber", "blue", "crimson")
START = date(2021, 1, 1)
READ_AT = datetime(2026, 1, 1, tzinfo=UTC)
READER = "simulation/1"
_NARRATION = Source(SourceKind.NARRATION)
_PARTIES = {
    side: Party(f"{side.capitalize()} forces", None, f"{side.capitalize()} forces", f"{side}-forces", side)
    for side in SIDES
}
_VERBS = {
    "capture": "{}take {}",
    "control": "{}hold {}",
    "withdraw": "{}leave {}",
    "clash": "{}fight in {}",
    "attack": "{}shell {}",
    "casualties": "kill {}in {}",
    "besiege": "{}besiege {}",
    "advance": "{}advance on {}",
    "enter": "{}enter {}",
}


@dataclass(frozen=True, slots=True)
class Voice:
    """`side` is what it is; `listed` what the roster says it is, None where it says nothing."""

    name: str
    kind: SourceKind
    side: str
    listed: str | None
    loyalty: float
    noise: float

    @property
    def key(self) -> str:
        return f"voice-{self.name.lower().replace(' ', '-')}"

    @property
    def source(self) -> Source:
        actor = None if self.listed is None else self.key
        return Source(self.kind, f"the {self.name}", None, self.name, actor, self.listed)


@dataclass(frozen=True, slots=True)
class Statement:
    """A voice's word, on a day since START, of what happened or holds on another."""

    voice: Voice
    said: int
    day: int
    type: str
    side: str
    affirmed: bool = True
    target: str | None = None
    dated: bool = True
    count: Count | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """An article and its claims; `extractions` as a ledger hands them out, `capture` as it takes them."""

    article: Article
    body: str
    claims: tuple[Claim, ...]
    story: str

    @property
    def capture(self) -> Capture:
        return Capture(self.article, digest("raw", self.article.id, length=64), READ_AT)

    @property
    def extractions(self) -> tuple[Extraction, ...]:
        one = self.article
        head = ArticleHead(one.id, one.headline, one.published, one.agency, one.publisher, one.url, self.body)
        return tuple(Extraction(claim, head, READER, READ_AT, self.story) for claim in self.claims)


def written(
    told: list[tuple[Place, Statement]], outlet: str, day: int, key: str, *, own: bool = False, headline: str = ""
) -> Page:
    """A page with a sentence for each statement. `own`: the outlet tells it in its own words."""
    text, parts, found = headline or f"News from {told[0][0].name}", [], []
    parts.append(Part(PartKind.HEADLINE, Span(0, len(text))))
    for place, one in told:
        start = len(text) + 2
        clause = _clause(place, one)
        text += f"\n\n{clause}" + (f" on that day, {one.voice.source.mention} said." if not own else " on that day.")
        parts.append(Part(PartKind.PARAGRAPH, Span(start, len(text))))
        found.append((place, one, clause, start))
    published = START + timedelta(days=day)
    article = Article(
        id=key,
        text=text,
        parts=tuple(parts),
        headline=text[: parts[0].span.end],
        published=published,
        publisher=outlet,
        url=f"https://example.org/{key}",
    )
    claims = tuple(_claim(article, number, *one, own=own) for number, one in enumerate(found))
    return Page(article, digest("body", key), claims, key)


def reprinted(page: Page, outlet: str, later: int, key: str) -> Page:
    """The same story in another outlet, word for word, some days later."""
    of = page.article
    published = (of.published or START) + timedelta(days=later)
    article = replace(of, id=key, publisher=outlet, published=published, url=f"https://example.org/{key}")
    claims = tuple(replace(claim, id=digest(key, str(number)), article=key) for number, claim in enumerate(page.claims))
    return Page(article, page.body, claims, page.story)


def _clause(place: Place, one: Statement) -> str:
    side = one.side.capitalize()
    number = "" if one.count is None else f"{one.count.low} people "
    return f"{side} forces {'did not ' * (not one.affirmed)}{_VERBS[one.type].format(number, place.name)}"


def _claim(article: Article, number: int, place: Place, one: Statement, exact: str, start: int, *, own: bool) -> Claim:
    day = START + timedelta(days=one.day)
    end = start + len(exact)
    return Claim(
        id=digest(article.id, str(number)),
        article=article.id,
        type=one.type,
        polarity=Polarity.AFFIRMED if one.affirmed else Polarity.DENIED,
        modality=Modality.ACTUAL,
        actor=_PARTIES[one.side],
        target=None if one.target is None else _PARTIES[one.target],
        place=_where(place),
        time=When(day, day, 1) if one.dated else None,
        time_words=str(day) if one.dated else None,
        time_span=None,
        count=one.count,
        who="people" if one.count else None,
        harm="killed" if one.count else None,
        source=_NARRATION if own else one.voice.source,
        via=(article.publisher or "",),
        cue=None if own else "said",
        cue_span=None,
        quote=QuoteKind.NONE if own else QuoteKind.INDIRECT,
        evidence=Evidence(exact, start, end, *snippet(article.text, start, end)),
        confidence=0.8,
    )


@cache
def _where(place: Place) -> Where:
    return Where(place.name, None, place.name, place, precision=1)
