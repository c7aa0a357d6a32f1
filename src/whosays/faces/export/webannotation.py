"""W3C Web Annotations: a page of annotations, each on the words of an article, with the claim as its body.

    chunks(view) -> bytes …

The target has two selectors for the same words: TextQuoteSelector, which finds them on the page as it is on the web, and
TextPositionSelector, whose offsets are code points into the text that whosays read (`whosays article ID`), not into the page's HTML. Of a
quote that was cut at 300 code points the first selects the beginning and the second all of it; where a name is blanked (█), only the
second finds it. The bodies are a sentence for people and the claim in the JSON contract of docs/claims.md for programs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from whosays import wire
from whosays.faces.export import told
from whosays.faces.export.view import View
from whosays.nouns import Evidence, Extraction

GLOSS = "annotations that mark the words in the article, as JSON-LD"
LOST = "Nothing of a claim; readers' comments and texts are not given."
READ_BY = "Hypothesis' and Recogito's tools, any reader of the Web Annotation Data Model"
SUFFIX, MEDIA_TYPE, BINARY = ".jsonld", 'application/ld+json;profile="http://www.w3.org/ns/anno.jsonld"', False

Node = dict[str, object]
CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def chunks(view: View) -> Iterator[bytes]:
    """The head of the page, an annotation on each line, the end."""
    yield b'{"@context":"' + CONTEXT.encode() + b'","id":"urn:whosays:annotations","type":"AnnotationPage","items":['
    for number, one in enumerate(view.claims()):
        yield (b",\n" if number else b"\n") + wire.encode(_annotation(one))
    yield b"\n]}\n"


def write(view: View, out: BinaryIO) -> None:
    out.writelines(chunks(view))


def _annotation(one: Extraction) -> Node:
    claim = one.claim
    return {
        "@context": CONTEXT,
        "id": f"urn:whosays:claim:{claim.id}",
        "type": "Annotation",
        "motivation": ["describing", "classifying"],
        "created": wire.encode(one.read_at).decode().strip('"'),
        "generator": {"type": "Software", "name": one.reader or "whosays"},
        "body": [
            {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": told.sentence(one)},
            {
                "type": "TextualBody",
                "purpose": "classifying",
                "format": "application/json",
                "value": wire.claim_line(one).decode("utf-8"),
            },
        ],
        "target": {
            "source": told.address(one.article) or f"urn:whosays:article:{one.article.id}",
            "selector": [_quoted(claim.evidence), _positioned(claim.evidence)],
        },
    }


def _quoted(evidence: Evidence) -> Node:
    cut = len(evidence.exact) < evidence.end - evidence.start
    exact, suffix = (evidence.exact.removesuffix("…"), "") if cut else (evidence.exact, evidence.suffix)
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": evidence.prefix, "suffix": suffix}


def _positioned(evidence: Evidence) -> Node:
    return {"type": "TextPositionSelector", "start": evidence.start, "end": evidence.end}
