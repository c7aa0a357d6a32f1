"""JSON Lines: one claim per line, with the head of its article, exactly as `whosays claims --format jsonl` prints it.

    chunks(view) -> bytes …       read(lines) -> Extractions

The keys are those of the JSON contract (wire.py, docs/claims.md); bytes → Struct → bytes is the identity. Read back, each claim is the
noun that it was, but for what the contract does not tell apart: a place of which nothing at all is known is no place, times have the
zone UTC, half surrogate pairs are U+FFFD, and `When.value`, `story` and `printed`, which no ledger keeps, are empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from whosays import nouns, wire
from whosays.faces.export.view import View
from whosays.nouns import Span

GLOSS = "one JSON object per line and claim: all that the ledger knows of it"
LOST = (
    "Texts of articles and readers' comments (`whosays read --format json` has them)."
    " With --names, --exact-places and --text nothing of a claim."
)
READ_BY = "any JSON reader; whosays.faces.export.jsonl.read gives the nouns back; `whosays schema` is its JSON Schema"
SUFFIX, MEDIA_TYPE, BINARY = ".jsonl", "application/jsonl", False


def chunks(view: View) -> Iterator[bytes]:
    """A line for each claim."""
    return (wire.claim_line(one) + b"\n" for one in view.claims())


def write(view: View, out: BinaryIO) -> None:
    out.writelines(chunks(view))


def read(lines: Iterable[bytes]) -> Iterator[nouns.Extraction]:
    """Claims from lines. Raises msgspec.ValidationError, which names the path, where a line breaks the contract."""
    return (_extraction(wire.read_claim_line(line)) for line in lines if line.strip())


def _extraction(line: wire.ClaimLine) -> nouns.Extraction:
    of = line.article
    head = nouns.ArticleHead(of.id, of.headline, of.published, of.agency, of.publisher, of.url, of.body)
    return nouns.Extraction(_claim(line.claim, head.id), head, line.reader, line.read_at)


def _claim(one: wire.Claim, article: str) -> nouns.Claim:
    spans = one.spans
    return nouns.Claim(
        id=one.id,
        article=article,
        type=one.type,
        polarity=one.polarity,
        modality=one.modality,
        actor=_party(one.actor, spans.actor, one.actor_name, one.actor_key, one.actor_side),
        target=_party(one.target, spans.target, one.target_name, one.target_key, one.target_side),
        place=_where(one),
        time=None if one.time is None else nouns.When(*one.time, one.time_precision or 0),
        time_words=one.time_text,
        time_span=_span(spans.time),
        count=None if one.count is None else nouns.Count(*one.count),
        who=one.who,
        harm=one.harm,
        means=one.means,
        cumulative=one.cumulative,
        source=_source(one.source),
        via=tuple(one.via),
        cue=one.cue,
        cue_span=_span(spans.cue),
        quote=one.quote,
        evidence=nouns.Evidence(
            one.evidence.exact, one.evidence.start, one.evidence.end, one.evidence.prefix, one.evidence.suffix
        ),
        confidence=one.confidence,
        reasons=tuple(one.reasons),
        denies=one.denies,
        derived_from=tuple(one.derived_from),
    )


def _party(
    words: str | None, span: wire.Range | None, name: str | None, key: str | None, side: str | None
) -> nouns.Party | None:
    return None if words is None else nouns.Party(words, _span(span), name, key, side)


def _source(one: wire.Source) -> nouns.Source:
    span = None if one.start is None or one.end is None else Span(one.start, one.end)
    return nouns.Source(one.kind, one.mention, span, one.name, one.key, one.side)


def _where(one: wire.Claim) -> nouns.Where | None:
    where = nouns.Where(
        one.place, _span(one.spans.place), one.place_name, _place(one), one.place_inherited, one.geo_precision
    )
    return None if where == nouns.Where(None, None) else where


def _place(one: wire.Claim) -> nouns.Place | None:
    if one.place_key is None or one.lat is None or one.lon is None:
        return None
    return nouns.Place(
        key=one.place_key,
        name=one.gazetteer_name if one.gazetteer_name is not None else one.place_name or "",
        lat=one.lat,
        lon=one.lon,
        country=one.country,
        feature=one.feature or "",
        population=one.population or 0,
        geonameid=one.geonameid,
        admin1=one.admin1,
        admin2=one.admin2,
        radius=one.place_radius,
        relation=one.place_relation,
    )


def _span(range: wire.Range | None) -> Span | None:  # noqa: A002  (the contract's word)
    return None if range is None else Span(*range)
