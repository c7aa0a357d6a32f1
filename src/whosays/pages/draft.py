"""What a format hands over, and what all formats share: from a text with its parts to an `Article`.

A format finds the parts; here the parts are read: headline, byline, dateline, credits, agency, dates, language, id.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from whosays.nouns import Article, Comment, Dateline, Meta, Part, PartKind, Span
from whosays.pages import agencies, creditlines, datelines, dates, language
from whosays.pages.dates import Moment
from whosays.text import digest, squeeze

DATELINES_IN = 4
"""A dateline is looked for at the head of the first so many paragraphs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A text, its parts without the dateline, and what the page says about itself beside the text."""

    text: str
    parts: tuple[Part, ...]
    comments: tuple[Comment, ...] = ()
    headline: str | None = None
    byline: tuple[str, ...] = ()
    published: Moment | None = None
    modified: Moment | None = None
    publisher: str | None = None
    url: str | None = None
    agency: str | None = None
    language: str | None = None
    """As declared."""
    notes: tuple[str, ...] = ()

    def words(self, kind: PartKind) -> list[str]:
        return [part.span.of(self.text) for part in self.parts if part.kind is kind]


def finish(draft: Draft, meta: Meta) -> Article:
    """The article that a draft amounts to; what the caller knows (`meta`) comes before what the page says, but for the publisher."""
    draft = replace(draft, publisher=draft.publisher or meta.publisher)
    headline = next((squeeze(words) for words in draft.words(PartKind.HEADLINE)), draft.headline)
    dateline = _dateline(draft)
    byline, agency = _byline(draft)
    published, modified, notes = _dates(draft, meta, dateline)
    url = draft.url or meta.url
    credited = draft.words(PartKind.CREDIT)
    agencies_in_order = (
        dateline.agency if dateline else None,
        agency,
        draft.agency,
        *map(creditlines.agency_of_line, credited),
        agencies.named(draft.publisher),
    )
    day = published.day if published else None
    return Article(
        id=_id(draft, url, headline),
        text=draft.text,
        parts=_with_dateline(draft.parts, dateline),
        comments=draft.comments,
        headline=headline,
        byline=byline,
        credits=tuple(credit for words in credited for credit in creditlines.line(words)),
        dateline=dateline,
        published=meta.published or day,
        published_on_page=day,
        published_at=published.at if published else None,
        modified_at=modified.at if modified else None,
        agency=next(filter(None, agencies_in_order), None),
        publisher=draft.publisher,
        url=url,
        language=language.identify(_sample(draft), draft.language),
        notes=(*draft.notes, *notes),
    )


def _dateline(draft: Draft) -> Dateline | None:
    paragraphs = [part.span for part in draft.parts if part.kind is PartKind.PARAGRAPH]
    for span in paragraphs[:DATELINES_IN]:
        found = datelines.find(span.of(draft.text))
        if found:
            return replace(found, span=Span(span.start + found.span.start, span.start + found.span.end))
    return None


def _with_dateline(parts: Sequence[Part], dateline: Dateline | None) -> tuple[Part, ...]:
    """The dateline's part stands right after the paragraph that it opens."""
    if dateline is None:
        return tuple(parts)
    place = next(index for index, part in enumerate(parts) if part.span.holds(dateline.span))
    return (*parts[: place + 1], Part(PartKind.DATELINE, dateline.span), *parts[place + 1 :])


def _byline(draft: Draft) -> tuple[tuple[str, ...], str | None]:
    people: list[str] = []
    agency = None
    for words in draft.words(PartKind.BYLINE):
        found = creditlines.people(words, marked=True)
        if found:
            people += found[0]
            agency = agency or found[1]
    for name in draft.byline:
        agency = agency or agencies.named(name)
    declared = tuple(name for name in draft.byline if not agencies.named(name))
    return declared or tuple(dict.fromkeys(people)), agency


def _dates(draft: Draft, meta: Meta, dateline: Dateline | None) -> tuple[Moment | None, Moment | None, list[str]]:
    """When the page says it was published and changed, and what is odd about that. A dateline with a year says it too."""
    lines = draft.words(PartKind.DATE)
    printed = [moment for words in lines if (moment := dates.line(words) or dates.beside_a_name(words))]
    published = draft.published or next((moment for moment in printed if not moment.changed), None)
    modified = draft.modified or next((moment for moment in printed if moment.changed), None)
    published = published or modified or (dates.field(dateline.span.of(draft.text)) if dateline else None)
    notes = []
    if published is None:
        notes.append("no date on the page")
    elif meta.fetched_at and published.day > meta.fetched_at.date():
        later = published.at is None or meta.fetched_at.tzinfo is None or published.at > meta.fetched_at
        notes += [f"date in the future: {published.day} was read on {meta.fetched_at.date()}"] if later else []
    return published, modified, notes


def _id(draft: Draft, url: str | None, headline: str | None) -> str:
    kept = (PartKind.STANDFIRST, PartKind.PARAGRAPH, PartKind.CAPTION)
    body = (squeeze(part.span.of(draft.text)) for part in draft.parts if part.kind in kept)
    return digest(url or draft.publisher, headline, *body)


def _sample(draft: Draft) -> str:
    """The words by which the language is told: paragraphs, else whatever the page has but comments."""
    own = draft.words(PartKind.PARAGRAPH) or _all_but_comments(draft)
    return " ".join(_first(own, language.SAMPLE))


def _all_but_comments(draft: Draft) -> list[str]:
    return [part.span.of(draft.text) for part in draft.parts if part.kind is not PartKind.COMMENT]


def _first(texts: Iterable[str], enough: int) -> Iterable[str]:
    for text in texts:
        yield text
        enough -= len(text)
        if enough <= 0:
            return
