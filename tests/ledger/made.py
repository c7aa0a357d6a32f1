"""Articles and claims made up for tests: by hypothesis, with every field in use, and by number, cheap and lifelike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import strategies as st

from tests.making import make_article
from whosays.nouns import (
    Article,
    Capture,
    Claim,
    Comment,
    Count,
    Credit,
    Dateline,
    Evidence,
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
from whosays.text import digest

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Made:
    """One call of `Ledger.add`."""

    capture: Capture
    claims: tuple[Claim, ...]
    name: str
    body: str


# -------------------------------------------------------------------------------------------------------- hypothesis

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
maybe_words = st.none() | words
days = st.dates(date(1, 1, 1), date(9999, 12, 31))
zones = st.none() | st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
times = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=zones)
numbers = st.integers(-(2**63), 2**63 - 1)
floats = st.floats(allow_nan=False, allow_infinity=False)
tuples = st.lists(words, max_size=3).map(tuple)


@st.composite
def spans(draw: st.DrawFn, length: int) -> Span:
    start = draw(st.integers(0, length))
    return Span(start, draw(st.integers(start, length)))


@st.composite
def articles(draw: st.DrawFn, ids: st.SearchStrategy[str]) -> Article:
    text = draw(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80))
    within = spans(len(text))
    return Article(
        id=draw(ids),
        text=text,
        parts=tuple(draw(st.lists(st.builds(Part, st.sampled_from(PartKind), within, st.none() | times), max_size=4))),
        comments=tuple(
            draw(
                st.lists(
                    st.builds(
                        Comment, words, maybe_words, words, within, maybe_words, st.integers(0, 9), st.none() | times
                    ),
                    max_size=3,
                )
            )
        ),
        headline=draw(maybe_words),
        byline=draw(tuples),
        credits=tuple(draw(st.lists(st.builds(Credit, words, words, maybe_words), max_size=2))),
        dateline=draw(st.none() | st.builds(Dateline, maybe_words, maybe_words, within)),
        published=draw(st.none() | days),
        published_on_page=draw(st.none() | days),
        published_at=draw(st.none() | times),
        modified_at=draw(st.none() | times),
        agency=draw(maybe_words),
        publisher=draw(maybe_words),
        url=draw(maybe_words),
        language=draw(words),
        notes=draw(tuples),
    )


places = st.builds(
    Place,
    words,
    words,
    floats,
    floats,
    maybe_words,
    words,
    numbers,
    st.none() | numbers,
    maybe_words,
    maybe_words,
    st.none() | floats,
    maybe_words,
)


@st.composite
def claims(draw: st.DrawFn, article: Article, n: int) -> Claim:
    within = spans(len(article.text))
    maybe_span = st.none() | within
    parties = st.builds(Party, words, maybe_span, maybe_words, maybe_words, maybe_words)
    at = draw(within)
    evidence = Evidence(at.of(article.text), at.start, at.end, draw(words), draw(words))
    type_ = draw(st.sampled_from(["capture", "control", "casualties"]))
    actor, target = draw(st.none() | parties), draw(st.none() | parties)
    place = draw(
        st.none()
        | st.builds(
            Where,
            maybe_words,
            maybe_span,
            maybe_words,
            st.none() | places,
            st.booleans(),
            st.none() | st.integers(1, 3),
        )
    )
    role_words = (actor and actor.words, target and target.words, place and place.words)
    return Claim(
        id=digest(article.id, type_, evidence.exact, str(n), *role_words),
        article=article.id,
        type=type_,
        polarity=draw(st.sampled_from(Polarity)),
        modality=draw(st.sampled_from(Modality)),
        actor=actor,
        target=target,
        place=place,
        time=draw(st.none() | st.builds(When, st.none() | days, st.none() | days, st.integers(1, 3))),
        time_words=draw(maybe_words),
        time_span=draw(maybe_span),
        count=draw(st.none() | st.builds(Count, st.none() | numbers, st.none() | numbers)),
        who=draw(maybe_words),
        harm=draw(maybe_words),
        means=draw(maybe_words),
        cumulative=draw(st.booleans()),
        source=draw(
            st.builds(
                Source, st.sampled_from(SourceKind), maybe_words, maybe_span, maybe_words, maybe_words, maybe_words
            )
        ),
        via=draw(tuples),
        cue=draw(maybe_words),
        cue_span=draw(maybe_span),
        quote=draw(st.sampled_from(QuoteKind)),
        evidence=evidence,
        confidence=draw(floats),
        denies=draw(maybe_words),
        derived_from=draw(tuples),
        reasons=draw(tuples),
    )


hex_ids = st.text("0123456789abcdef", min_size=16, max_size=16)


@st.composite
def pages(draw: st.DrawFn, ids: st.SearchStrategy[str] = hex_ids) -> Made:
    """A page of any content with up to three claims."""
    article = draw(articles(ids))
    found = tuple(draw(claims(article, n)) for n in range(draw(st.integers(0, 3))))
    raw = digest(article.id, article.text, draw(words), length=64)
    # a body is told by the article's paragraphs, which its id also names
    return Made(Capture(article, raw, NOW), found, draw(words), digest("body", article.id[:4]))


# --------------------------------------------------------------------------------------------------------- by number

TOWNS = ("Albu Kamal", "Rawa", "al-Qaim", "Raqqa", "Mayadin", "Hajin", "Deir ez-Zor", "Palmyra")
FORCES = ("Syrian army", "Islamic State", "SDF", "Popular Mobilisation Forces")
VOICES = ("a commander", "Syrian Observatory for Human Rights", "state television", None)


def page(n: int, *, claims: int = 20) -> Made:
    """The n-th page: an article of about 20 words for each claim, resolved as the stages resolve."""
    day = date(2011, 3, 15) + timedelta(days=n % 3000)
    sentences = [_sentence(n, k) for k in range(claims)]
    headline = f"Report {n} from {TOWNS[n % len(TOWNS)]}"
    article = replace(
        make_article(*sentences, headline=headline, publisher=f"Outlet {n % 50}", published=day),
        id=digest("article", str(n)),
        byline=("A. Reporter",),
        agency="Reuters" if n % 3 else None,
        url=f"https://example.org/{n}",
    )
    text = article.text
    found, at = [], 0
    for k, sentence in enumerate(sentences):
        at = text.index(sentence, at)
        found.append(_claim(article, n, k, sentence, at, day))
        at += len(sentence)
    return Made(Capture(article, digest("raw", str(n), length=64), NOW), tuple(found), f"{n}.txt", digest(text))


def _sentence(n: int, k: int) -> str:
    town, force = TOWNS[(n + k) % len(TOWNS)], FORCES[(n * 7 + k) % len(FORCES)]
    return (
        f"Sentence {n}.{k}: {force} took {town} on Wednesday, {VOICES[(n + k) % 4] or 'it was said'}, after fighting."
    )


def _claim(article: Article, n: int, k: int, sentence: str, at: int, day: date) -> Claim:
    town, force, voice = TOWNS[(n + k) % len(TOWNS)], FORCES[(n * 7 + k) % len(FORCES)], VOICES[(n + k) % 4]
    key = 1000 + (n * 13 + k) % 2000
    return Claim(
        id=digest(article.id, "capture", sentence, "0"),
        article=article.id,
        type=("capture", "control", "attack", "casualties")[k % 4],
        polarity=Polarity.DENIED if (n + k) % 11 == 0 else Polarity.AFFIRMED,
        modality=Modality.ACTUAL,
        actor=Party(force, Span(at, at + 5), force, force.lower().replace(" ", "-"), "syria"),
        target=None,
        place=Where(
            town, Span(at, at + 5), town, Place(f"geo:{key}", town, 34.45, 40.92, "SY", "town", 1, key), False, 1
        ),
        time=When(day, day, 1),
        time_words="on Wednesday",
        time_span=Span(at, at + 5),
        source=Source(SourceKind.UNNAMED, voice, Span(at, at + 3), None, None, None) if voice else _NARRATION,
        via=("Reuters",),
        cue="said",
        cue_span=Span(at, at + 2),
        quote=QuoteKind.INDIRECT,
        evidence=Evidence(sentence, at, at + len(sentence), article.text[max(0, at - 32) : at], ""),
        confidence=0.9,
    )


_NARRATION = Source(SourceKind.NARRATION)


def recaptured(made: Made, comment: str) -> Made:
    """The same article, fetched again with one reader's comment below it."""
    article = made.capture.article
    text = f"{article.text}\n\n{comment}"
    span = Span(len(article.text) + 2, len(text))
    again = replace(
        article,
        text=text,
        parts=(*article.parts, Part(PartKind.COMMENT, span)),
        comments=(Comment("k1", "Reader", comment, span, None, 0),),
    )
    return replace(made, capture=Capture(again, digest(made.capture.raw, comment, length=64), NOW))
