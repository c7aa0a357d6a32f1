"""Reads each export back by its format's own library, where there is one, and takes out what must not be lost."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from io import BytesIO, StringIO
from typing import Any, NamedTuple

from whosays import wire
from whosays.faces.export.csv import plain

LIBRARIES = {"parquet": "pyarrow", "stix": "stix2", "ftm": "followthemoney", "geojson": "pyogrio"}
ABSENT = {name: library for name, library in LIBRARIES.items() if find_spec(library) is None}


class Back(NamedTuple):
    """What every format must carry of a claim."""

    id: str
    source: str | None
    quote: str
    start: int
    end: int


def _csv(data: bytes, prefix: str = "") -> list[Back]:
    rows = csv.DictReader(StringIO(data.decode("utf-8"), newline=""))
    return [
        _back(
            {name: plain(row[prefix + name]) for name in ("claim_id", "source", "source_name", "quote", "start", "end")}
        )
        for row in rows
    ]


def _back(row: Mapping[str, Any]) -> Back:
    source = row.get("source_name") or row.get("source") or None
    return Back(row["claim_id"], source, row.get("quote") or "", int(row["start"]), int(row["end"]))


def _jsonl(data: bytes) -> list[Back]:
    return [_wire(wire.read_claim_line(line).claim) for line in data.splitlines()]


def _wire(claim: wire.Claim) -> Back:
    evidence = claim.evidence
    return Back(claim.id, claim.source.name or claim.source.mention, evidence.exact, evidence.start, evidence.end)


def _geojson(data: bytes) -> list[Back]:
    import pyogrio

    if json.loads(data)["features"]:
        meta, _, _, fields = pyogrio.raw.read(data)
        quotes = list(fields[list(meta["fields"]).index("quote")])
        assert [one or "" for one in quotes] == [
            (one["properties"]["quote"] or "").split("\0")[0] for one in json.loads(data)["features"]
        ]
    return [_back(one["properties"]) for one in json.loads(data)["features"]]


def _parquet(data: bytes) -> list[Back]:
    import pyarrow.parquet

    return [_back(row) for row in pyarrow.parquet.read_table(BytesIO(data)).to_pylist()]


def _plover(data: bytes) -> list[Back]:
    found = []
    for line in data.splitlines():
        record = json.loads(line)
        claim = record["whosays"]["claim"]
        assert record["text_info"] == {"start": claim["evidence"]["start"], "end": claim["evidence"]["end"]}
        assert record["id"] == claim["id"]
        source = claim["source"]["name"] or claim["source"]["mention"]
        found.append(Back(record["id"], source, record["text"], **record["text_info"]))
    return found


def _stix(data: bytes) -> list[Back]:
    import stix2

    bundle = stix2.parse(data.decode("utf-8"), allow_custom=False)
    ids = {one["id"] for one in bundle.objects}
    notes = [one for one in bundle.objects if one["type"] == "note"]
    for one in bundle.objects:
        assert set(one.get("object_refs", [])) <= ids
    found = []
    for note in notes:
        (extension,) = note["extensions"].values()
        found.append(_back({"quote": "", **extension}))
    return found


def _ftm(data: bytes) -> list[Back]:
    from followthemoney.dataset import Dataset
    from followthemoney.statement import StatementEntity, read_statements

    grouped: dict[str, list[Any]] = {}
    for one in read_statements(BytesIO(data), "json"):
        assert one.id == one.generate_key()
        grouped.setdefault(one.canonical_id, []).append(one)
    dataset = Dataset({"name": "whosays", "title": "whosays"})
    entities = {key: StatementEntity.from_statements(dataset, some) for key, some in grouped.items()}
    found = []
    for key, entity in entities.items():
        for prop in entity.iterprops():
            if prop.type.name == "entity":
                assert set(entity.get(prop)) <= set(entities)
        if entity.schema.name == "Event":
            (notes,) = entity.get("notes")
            word = entities[key.replace("-claim-", "-word-")]
            back = _back(json.loads(notes))
            assert word.get("description") == [back.quote]
            found.append(back)
    return found


def _schemaorg(data: bytes) -> list[Back]:
    found = []
    for one in json.loads(data)["@graph"]:
        assert one["@type"] == "Claim"
        assert one["author"]["name"] or one["author"].get("identifier") is None
        article = one["appearance"]
        assert article["@type"] == "NewsArticle"
        quote = article["hasPart"]
        source = one.get("whosays:source_name") or one.get("whosays:source")
        found.append(
            Back(one["identifier"], source, quote.get("text", ""), quote["whosays:start"], quote["whosays:end"])
        )
    return found


def _webannotation(data: bytes) -> list[Back]:
    page = json.loads(data)
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    found = []
    for one in page["items"]:
        assert {"@context", "id", "type", "target", "body", "motivation"} <= one.keys()
        quoted, positioned = one["target"]["selector"]
        claim = wire.read_claim_line(one["body"][1]["value"]).claim
        assert (quoted["type"], positioned["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        assert _wire(claim) == Back(
            claim.id, _wire(claim).source, quoted["exact"], positioned["start"], positioned["end"]
        )
        found.append(_wire(claim))
    return found


READERS: Mapping[str, Callable[[bytes], list[Back]]] = {
    "csv": _csv,
    "acled": lambda data: _csv(data, "whosays_"),
    "jsonl": _jsonl,
    "geojson": _geojson,
    "parquet": _parquet,
    "plover": _plover,
    "stix": _stix,
    "ftm": _ftm,
    "schemaorg": _schemaorg,
    "webannotation": _webannotation,
}
