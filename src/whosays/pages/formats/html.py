"""HTML: our own walk finds the blocks and their places, trafilatura judges which are body, markup names the rest.

The order matters: comments are found first, so that nothing in them can pass for the article; then blocks and metadata
are read; the judges, who rearrange the tree, come last. The article's text is made of the parts that are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from lxml.etree import ElementDefaultClassLookup, LxmlError, ParserError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from whosays.nouns import Article, Comment, Meta, Part, PartKind, Refusal, Span, Stage
from whosays.pages import caps, comments, dom, encoding, judge, metadata, roles
from whosays.pages.comments import RawComment
from whosays.pages.draft import Draft, finish
from whosays.pages.roles import Piece
from whosays.profile import SILENT, Profile, Step
from whosays.settings import MAX_COMMENTS, MAX_ELEMENTS, MAX_TEXT

_ROOT = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_SOME = re.compile(rb"<(?:p|div|h[1-6]|table|span|a|meta|title|article|section|ul|br)\b[^<]*>", re.IGNORECASE)
_XML = re.compile(r"^\s*<\?xml[^>]*\?>")
_ALIKE = ElementDefaultClassLookup(element=HtmlElement)
"""All elements are of one class: lxml.html would ask Python for that of each, each time it is looked at, to tell forms from the rest."""


def sniff(head: bytes, meta: Meta) -> float:
    """A document type or root element settles it; a declaration, a name or some tags make it likely."""
    if _ROOT.search(head):
        return 0.9
    declared = "html" in (meta.content_type or "") or (meta.name or "").lower().endswith((".html", ".htm", ".xhtml"))
    tags = len(_SOME.findall(head))
    if head.lstrip()[:1] == b"<" and tags:
        return 0.8
    return 0.6 if declared or tags > 3 else 0.0


def read(data: bytes, meta: Meta, *, profile: Profile = SILENT) -> Article | Refusal:
    """Read an HTML page."""
    decoded = encoding.decode(data, meta.content_type)
    checked = caps.check(decoded.text)
    if isinstance(checked, Refusal):
        return checked
    page, notes = checked
    with profile.step(Step.PARSER):
        root = _parse(page)
    if root is None:
        return Refusal(Stage.PAGES, "no text", "the page has no elements")
    elements = list(root.iter())  # lxml makes an element's Python object anew each time, unless somebody holds it
    last = _last(elements)
    if last < len(elements):
        dom.cut_after(elements[last])
        notes = (*notes, f"cut after {last:,} of {len(elements):,} elements")
    threads = comments.find(root)
    facts = metadata.read(root, meta.url)
    blocks = dom.blocks(root, threads.areas)
    _drop(threads.areas)
    with profile.step(Step.PARSER):
        text = judge.body_text(root)
    judged = judge.body(blocks, text, facts.body)
    pieces = roles.pieces(blocks, judged, facts)
    latest = meta.fetched_at.date() if meta.fetched_at else None
    notes = (*notes, *facts.notes)
    published = facts.published or roles.published(pieces)
    if published is None:
        with profile.step(Step.PARSER):
            published = metadata.by_htmldate(root, latest)
    if not any(piece.kind is PartKind.PARAGRAPH for piece in pieces):
        notes = (*notes, "no body text was found")
    draft = _assemble(pieces, threads.comments, (*decoded.notes, *notes))
    if not draft.text.strip():
        return Refusal(Stage.PAGES, "no text", "; ".join(("the page shows no words that belong to an article", *notes)))
    return finish(
        replace(
            draft,
            headline=next(iter(facts.titles), None),
            byline=facts.authors,
            published=published,
            modified=facts.modified,
            publisher=facts.publisher,
            url=facts.url,
            language=facts.language,
        ),
        meta,
    )


def _parse(page: str) -> HtmlElement | None:
    page = _XML.sub("", page, count=1)
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_ALIKE)
    try:
        return document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (ParserError, LxmlError, ValueError, AssertionError):
        return None


def _last(elements: Sequence[HtmlElement]) -> int:
    """The index of the element at which the caps on elements or text are met; else their number."""
    size = 0
    for index, element in enumerate(elements):
        if element.tag not in ("script", "style"):
            size += len(element.text or "")
        size += len(element.tail or "")
        if index == MAX_ELEMENTS or size > MAX_TEXT:
            return index
    return len(elements)


def _drop(areas: Iterable[HtmlElement]) -> None:
    """Take the comment areas out of the tree, so that the judges never see them."""
    for area in areas:
        if area.getparent() is not None:
            area.drop_tree()


def _assemble(pieces: Sequence[Piece], threads: Sequence[RawComment], notes: Sequence[str]) -> Draft:
    """Lay the pieces out as one text, comments last; the parts lie where their words were put."""
    texts: list[str] = []
    parts: list[Part] = []
    kept: list[Comment] = []
    at = 0
    for piece in pieces:
        parts.append(Part(piece.kind, Span(at, at + len(piece.text)), piece.at))
        texts.append(piece.text)
        at += len(piece.text) + 2
    for number, raw in enumerate(threads[:MAX_COMMENTS], start=1):
        span = Span(at, at + len(raw.text)) if raw.text else Span(max(0, at - 2), max(0, at - 2))
        parent = None if raw.parent is None else f"k{raw.parent + 1}"
        kept.append(Comment(f"k{number}", raw.author, raw.text, span, parent, raw.depth, raw.at))
        if raw.text:
            parts.append(Part(PartKind.COMMENT, span))
            texts.append(raw.text)
            at += len(raw.text) + 2
    return Draft(text="\n\n".join(texts), parts=tuple(parts), comments=tuple(kept), notes=tuple(notes))
