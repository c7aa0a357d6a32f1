"""Changes as an Atom feed (RFC 4287): places that changed hands or became disputed, for any feed reader.

What is in it is in /changes too. Text is only ever text; what XML 1.0 cannot hold is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from urllib.parse import quote

from lxml import etree

from whosays.faces.safe import safe
from whosays.faces.views.changes import Change

MEDIA = "application/atom+xml"
ATOM = "http://www.w3.org/2005/Atom"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries was updated: always the same, so that it counts as unchanged."""

_OURS: dict[str, str] = {None: ATOM}  # type: ignore[dict-item]  # lxml's stubs know no namespace without a prefix


def atom(changes: Sequence[Change], *, place: str | None, base: str) -> bytes:
    """The feed. `base`: where the server is reached, so that links lead there from wherever the feed is read."""
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap=_OURS)
    named = f": {changes[0].name}" if place and changes else ""
    own = f"{base}/api/v1/changes.atom" + (f"?place={quote(place, safe='')}" if place else "")
    _text(feed, "id", f"urn:whosays:changes:{quote(place or '', safe='')}")
    _text(feed, "title", f"Who holds what, according to all voices weighed{named}")
    _text(feed, "subtitle", "Places that changed hands or became disputed. Nothing here is a finding of fact.")
    _text(feed, "updated", max(map(_found, changes), default=NEVER).isoformat())
    etree.SubElement(_child(feed, "author"), f"{{{ATOM}}}name").text = "whosays"
    etree.SubElement(feed, f"{{{ATOM}}}link", rel="self", type=MEDIA, href=own)
    for change in changes:
        entry = _child(feed, "entry")
        _text(entry, "id", f"urn:whosays:change:{change.number}")
        _text(entry, "title", f"{change.name} {change.kind}, {change.day}")
        _text(entry, "updated", _found(change).isoformat())
        link = f"{base}/place/{quote(change.place, safe='')}"
        etree.SubElement(entry, f"{{{ATOM}}}link", rel="alternate", type="text/html", href=link)
        _text(entry, "summary", f"Before: {change.before or 'nobody says'}. After: {change.after or 'nobody says'}.")
    made: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8")
    return made


def _found(change: Change) -> datetime:
    """When it was found; where its claims are gone, the day on which it was known."""
    return change.found.astimezone(UTC) if change.found else datetime.combine(change.known, time(), UTC)


def _child(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{ATOM}}}{name}")


def _text(parent: etree._Element, name: str, text: str) -> None:
    _child(parent, name).text = "".join(letter for letter in safe(text) if letter not in "\ufffe\uffff")
