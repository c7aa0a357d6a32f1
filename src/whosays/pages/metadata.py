"""What an HTML page says about itself: JSON-LD first, then OpenGraph and other `<meta>`, microdata, `<time>`.

htmldate is asked only where none of these gives a date: it knows the day only, and takes longer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urljoin, urlsplit

from htmldate import find_date
from lxml.html import HtmlElement

from whosays.pages import agencies, creditlines, dates, jsonld
from whosays.pages.dates import Moment
from whosays.text import squeeze

LONGEST_NAME = 60
MOST_NOTES = 4
LONGEST_TITLE = 500
MOST_TITLES = 12
"""Titles by which the headline is looked for; each is compared with every block."""
NEVER = date(2099, 12, 31)
"""Given to htmldate where nobody says when the page was fetched: it would ask the clock."""
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date_published",
    "pubdate", "publishdate", "publish-date", "publish_date", "dc.date.issued", "dcterms.created", "dc.date",
    "dcterms.date", "dc.date.created",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "article.published", "published-date", "date",
    "og:pubdate", "ptime", "originalpublicationdate", "citation_publication_date", "lastpubdate", "bt:pubdate",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "lastmod",
)
_AUTHORS = (
    "author", "article:author", "article:author_name", "byl", "parsely-author", "dc.creator", "dcterms.creator",
    "sailthru.author", "og:article:author", "citation_author", "cxenseparse:author", "article:byline",
)  # fmt: skip
_SITES = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "article:publisher",
    "twitter:app:name:iphone",
    "citation_journal_title",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """None or empty: the page does not say."""

    titles: tuple[str, ...] = ()
    """What the page calls itself, the best source first; the last may end in the name of the site."""
    description: str | None = None
    authors: tuple[str, ...] = ()
    published: Moment | None = None
    modified: Moment | None = None
    url: str | None = None
    publisher: str | None = None
    language: str | None = None
    body: str | None = None
    """The text of the article as JSON-LD gives it."""
    live: bool = False
    notes: tuple[str, ...] = ()


def read(root: HtmlElement, url: str | None) -> Metadata:
    """Everything the page says about itself; `url` is where it was fetched."""
    nodes = jsonld.nodes(root)
    own = jsonld.articles(nodes)
    metas = _metas(root)
    titles = [title for node in own[:1] for title in jsonld.strings(node.get("headline") or node.get("name"))]
    titles += _values(metas, "og:title", "twitter:title", "dc.title", "title")
    titles += [root.findtext(".//title") or ""]
    published, modified, notes = _published(root, own, nodes, metas)
    address = _canonical(root, metas, url)
    published = _as_in_url(published, dates.of_url(address) or dates.of_url(url))
    return Metadata(
        titles=tuple(dict.fromkeys(filter(None, map(_title, titles))))[:MOST_TITLES],
        description=next(map(_plain, _values(metas, "og:description", "description", "twitter:description")), None),
        authors=_authors(root, own, metas),
        published=published,
        modified=modified,
        url=address,
        publisher=_publisher(own, metas),
        language=_language(root, own, metas),
        body=next((body for node in own for body in jsonld.strings(node.get("articleBody"))), None),
        live=any("LiveBlogPosting" in jsonld.kinds(node) for node in own),
        notes=notes,
    )


def by_htmldate(root: HtmlElement, latest: date | None) -> Moment | None:
    """The day that htmldate finds in markup and words, none after `latest`. It may rearrange the tree: ask it last.

    Its extensive search is off: it tries the words of 200 languages, which took 4 s on one page of 113.
    """
    try:
        return dates.field(
            find_date(root, extensive_search=False, original_date=True, max_date=(latest or NEVER).isoformat())
        )
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return None  # htmldate stumbles over odd markup; the page then has no date


def _metas(root: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        content = (meta.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def _values(metas: dict[str, list[str]], *names: str) -> list[str]:
    return [value for name in names for value in metas.get(name, ())]


def _published(
    root: HtmlElement, own: list[jsonld.Node], nodes: list[jsonld.Node], metas: dict[str, list[str]]
) -> tuple[Moment | None, Moment | None, tuple[str, ...]]:
    """When the page says that it was published and changed, and what it gives as a date that can be none."""

    def declared(field: str, names: Iterable[str], itemprop: str) -> Iterable[str | None]:
        yield from (value for node in own for value in jsonld.strings(node.get(field)))
        yield from _values(metas, *names)
        yield from (value for node in nodes for value in jsonld.strings(node.get(field)))
        for element in root.iterfind(f".//*[@itemprop='{itemprop}']"):
            yield element.get("datetime") or element.get("content") or element.text_content()[:80]

    first = list(filter(None, declared("datePublished", _PUBLISHED, "datePublished")))
    last = list(filter(None, declared("dateModified", _MODIFIED, "dateModified")))
    odd = [value.strip()[:40] for value in (*first, *last) if dates.is_beyond(value)]
    notes = tuple(f"no date of publication: {value}" for value in dict.fromkeys(odd[:MOST_NOTES]))
    return _richest(first) or _time_element(root), _richest(last), notes


def _as_in_url(published: Moment | None, day: date | None) -> Moment | None:
    """A site whose addresses hold the day counts days by its own clock; its metadata may count them in UTC."""
    if day is None:
        return published
    if published is None:
        return Moment(day)
    return replace(published, day=day) if abs(published.day - day) <= timedelta(days=1) else published


def _richest(values: Iterable[str]) -> Moment | None:
    """The first date that can be read, with the hour from a later one of the same day if the first has none."""
    moments = [moment for value in values if (moment := dates.field(value))]
    if not moments:
        return None
    return next((one for one in moments if one.at and one.day == moments[0].day), moments[0])


def _time_element(root: HtmlElement) -> Moment | None:
    """The first `<time>` with a date, one marked as that of publication before others."""
    times = list(root.iterfind(".//time"))
    times.sort(key=lambda element: element.get("pubdate") is None and "publish" not in (element.get("class") or ""))
    for element in times[:20]:
        moment = dates.field(element.get("datetime")) or dates.line(squeeze(element.text_content()[:120]))
        if moment:
            return moment
    return None


def _authors(root: HtmlElement, own: list[jsonld.Node], metas: dict[str, list[str]]) -> tuple[str, ...]:
    listed = [name for node in own for name, _ in jsonld.named(node.get("author"))]
    for source in (listed, _values(metas, *_AUTHORS), _marked_authors(root)):
        found: list[str] = []
        for value in source:
            if "://" in value or "@" in value or len(value) > creditlines.LONGEST_BYLINE:
                continue
            read = creditlines.people(_plain(value), marked=True)
            if read:
                found += read[0] or ([read[1]] if read[1] else [])
            elif source is listed and len(value) <= LONGEST_NAME:
                found.append(_plain(value))
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _marked_authors(root: HtmlElement) -> list[str]:
    marked = [*root.iterfind(".//*[@itemprop='author']"), *root.iterfind(".//*[@rel='author']")]
    return [squeeze(element.text_content()[:200]) for element in marked[:4]]


def _canonical(root: HtmlElement, metas: dict[str, list[str]], url: str | None) -> str | None:
    links: list[str | None] = [
        link.get("href") for link in root.iter("link") if "canonical" in (link.get("rel") or "").lower().split()
    ]
    for value in (*links, *_values(metas, "og:url")):
        try:
            full: str = urljoin(url or "", (value or "").strip())
            parts = urlsplit(full)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.netloc and (parts.path.strip("/") or parts.query):
            return full
    return None


def _publisher(own: list[jsonld.Node], metas: dict[str, list[str]]) -> str | None:
    names = [name for node in own for name, _ in jsonld.named(node.get("publisher"))]
    names += [value for value in _values(metas, *_SITES) if "://" not in value]
    known = [name for name in map(_plain, names) if name and len(name) <= 100]
    return next((name for name in known if agencies.named(name)), next(iter(known), None))


def _language(root: HtmlElement, own: list[jsonld.Node], metas: dict[str, list[str]]) -> str | None:
    html = root if root.tag == "html" else root.getroottree().getroot()
    declared = [html.get("lang") or html.get("{http://www.w3.org/XML/1998/namespace}lang")]
    declared += [value for node in own for value in jsonld.strings(node.get("inLanguage"))]
    declared += _values(metas, "og:locale", "content-language", "dc.language", "language")
    return next((str(value) for value in declared if value), None)


def _title(value: str) -> str:
    return _plain(value[:LONGEST_TITLE])


def _plain(value: str) -> str:
    return squeeze(re.sub(r"<[^<>]{1,200}>", "", value))
