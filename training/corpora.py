"""One reader per corpus of ../shared/data: `READERS[name](data folder, split)` gives Documents. Nothing is written here.

What ships is trained on what may be used so: of GUM only the documents whose texts are not NC, of re3d all but its BBC part,
of the factuality sets UDS-IH2 (on EWT) and MEANTIME. PolNeAR states no licence; the card says so.
"""

from __future__ import annotations

import gzip
import json
import os
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from training.documents import Document, Spans, Syntax, align, apart, covering, unescape
from whosays.language import sentences
from whosays.language.packs import pack
from whosays.language.tokens import tokenize
from whosays.nouns import Span

ROOT = Path(__file__).parent.parent
DATA = Path(os.environ.get("WHOSAYS_SHARED") or ROOT.parent / "shared") / "data"

FREE = ("news", "interview", "academic", "bio", "voyage", "court", "textbook", "speech", "vlog", "conversation")
"""Genres of GUM whose texts are not NC."""
KINDS = (
    "Person",
    "Organisation",
    "Location",
    "Nationality",
    "Temporal",
    "Quantity",
    "Weapon",
    "MilitaryPlatform",
    "Vehicle",
    "Money",
)
"""re3d's types that are read; its rare DocumentReference, CommsIdentifier and Frequency are left out."""
NAMES = {"PER": "Person", "ORG": "Organisation", "LOC": "Location"}
POSTED = {"person": "Person", "corporation": "Organisation", "group": "Organisation", "location": "Location"}
"""WNUT-17's types that are read; products and creative works are not names here."""

Row = dict[str, Any]


def rows(path: Path) -> Iterator[Row]:
    """The objects of a JSONL file, gzipped or not."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from (json.loads(line) for line in content.split(b"\n") if line)


def raw(corpus: str, name: str, text: str) -> tuple[Document, list[tuple[int, int]]]:
    """A text cut into lines, sentences and words as at run time, and where its words stand."""
    document = Document(corpus, name, [], [], [])
    places: list[tuple[int, int]] = []
    abbreviations = pack("en").abbreviations
    at = 0
    for line in text.splitlines(keepends=True):
        document.lines.append(len(document.words))
        for sentence in sentences.split(text, Span(at, at + len(line)), abbreviations=abbreviations):
            words = tokenize(text, sentence, abbreviations=abbreviations)
            if words:
                document.sentences.append(len(document.words))
                document.words += [word.of(text) for word in words]
                places += [(word.start, word.end) for word in words]
        at += len(line)
    document.lines = sorted({n for n in document.lines if n < len(document.words)})
    return document, places


def polnear(data: Path, split: str) -> Iterator[Document]:
    """News with attributions; a document read by two annotators counts once, as its gold has it."""
    for row in rows(data / f"attribution_polnear/{split}.jsonl.gz"):
        document, places = raw("polnear", row["id"], row["text"])
        document.attributions = []
        for one in row["attributions"]:
            spans: Spans = []
            for role in ("source", "cue", "content"):
                found = (covering(places, span["start"], span["end"]) for span in one[role])
                spans += [(a, b, role) for a, b in filter(None, found)]
            if spans:
                document.attributions.append(sorted(spans))
        yield document


def cofenet(data: Path, split: str) -> Iterator[Document]:
    """The same, sentence by sentence in CofeNet's own tokens: for measuring. Attributions are not grouped there, so each
    span is a group of its own."""
    for n, row in enumerate(rows(data / f"attribution_polnear/cofenet_{split}.jsonl.gz")):
        words = [unescape(word) for word in row["tokens"]]
        yield Document(
            "cofenet", f"{row['id']}/{n}", words, [0], [0], attributions=[[s] for s in spans_of(row["labels"])]
        )


def spans_of(labels: list[str]) -> Spans:
    """Spans of a BIO line; an I without its B begins one."""
    found: Spans = []
    for n, label in enumerate(labels):
        mark, _, kind = label.partition("-")
        if mark == "I" and found and found[-1][1] == n and found[-1][2] == kind:
            found[-1] = (found[-1][0], n + 1, kind)
        elif mark in "BI":
            found.append((n, n + 1, kind))
    return found


def conllu(path: Path, corpus: str) -> Iterator[Document]:
    """Documents of a treebank."""
    document: Document | None = None
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            columns = line.rstrip("\n").split("\t")
            if line.startswith("# newdoc id = "):
                if document is not None:
                    yield document
                document = Document(corpus, line[14:].strip(), [], [], [0], syntax=[])
            assert document is not None
            assert document.syntax is not None
            if line.startswith("# sent_id = "):
                document.sentences.append(len(document.words))
            elif line.startswith("# newpar") and document.words:
                document.lines.append(len(document.words))
            elif columns[0].isdigit():
                start, own = document.sentences[-1], len(document.words)
                head = own if columns[6] == "0" else start + int(columns[6]) - 1
                document.words.append(columns[1])
                document.syntax.append(Syntax(columns[3], columns[4], columns[2].lower(), head, columns[7]))
    if document is not None:
        yield document


def ewt(data: Path, split: str) -> Iterator[Document]:
    """Web text: syntax, UNER's names and UDS-IH2's factuality on the same sentences."""
    entities: dict[str, Row] = {}
    for row in rows(data / f"ner_uner_ewt/{split}.jsonl.gz"):
        for sentence in row["sentences"]:
            left, right = sentence["start"], sentence["end"]
            within = [
                {**e, "start": e["start"] - left, "end": e["end"] - left}
                for e in row["entities"]
                if left <= e["start"] < right
            ]
            entities[bare(row["text"][left:right])] = {"text": row["text"][left:right], "entities": within}
    judged = {bare(row["text"]): row for row in rows(data / "factuality/uds_ih2.jsonl.gz") if row["split"] == split}
    for document in conllu(data / f"ud_ewt/en_ewt-ud-{split}.conllu.gz", "ewt"):
        document.names, document.factuality = [], []
        for start, end in zip(document.sentences, [*document.sentences[1:], len(document.words)], strict=True):
            words = document.words[start:end]
            if row := entities.get(bare("".join(words))):
                places = align(words, row["text"])
                for one in row["entities"]:
                    if found := covering(places, one["start"], one["end"]):
                        document.names.append((start + found[0], start + found[1], NAMES[one["type"]]))
            if row := judged.get(bare("".join(words))):
                places = align(words, row["text"])
                for one in row["targets"]:
                    if found := covering(places, one["start"], one["end"]):
                        document.factuality.append((start + found[0], float(one["factuality"])))
        yield document


def bare(text: str) -> str:
    return "".join(text.split())


def gum(data: Path, split: str, *, free: bool = True) -> Iterator[Document]:
    """Eight and more genres: syntax, coreference and names; `free` leaves out the documents whose texts are NC."""
    layers = {row["id"]: row for row in rows(data / f"gum_entities_coref/{split}.jsonl.gz")}
    for document in conllu(data / f"ud_gum/en_gum-ud-{split}.conllu.gz", "gum"):
        if free and document.name.split("_")[1] not in FREE:
            continue
        row = layers[document.name]
        try:
            places = align(document.words, row["text"])
        except ValueError:
            places = []
        if places:
            document.names = apart(proper_names(document, places, row))
            document.chains = []
            for cluster in row["clusters"]:
                heads = [head_of(document, *found) for a, b in cluster if (found := covering(places, a, b))]
                document.chains.append(sorted(set(heads)))
        yield document


NAMED = {"person": "Person", "organization": "Organisation", "place": "Location"}
_WITHIN = frozenset({"flat", "compound", "nmod", "amod", "case", "punct", "nummod", "cc", "det"})


def proper_names(document: Document, places: list[tuple[int, int]], row: Row) -> Iterator[tuple[int, int, str]]:
    """The names within mentions that a name heads, as UNER cuts them: no determiners, appositions or clauses."""
    assert document.syntax is not None
    for mention in row["mentions"]:
        kind, found = NAMED.get(mention["type"]), covering(places, mention["start"], mention["end"])
        if kind is None or found is None:
            continue
        head = head_of(document, *found)
        if document.syntax[head].upos == "PROPN":
            start, end = head, head + 1
            joins = (
                ("-", "al", "de") if kind == "Person" else ("of", "for", "the", "and", "-", "&", "'s", "’s", "de", "al")
            )
            while start > found[0] and _in_name(document, start - 1, joins):
                start -= 1
            while end < found[1] and _in_name(document, end, joins):
                end += 1
            while end - 1 > start and not _proper(document, end - 1):
                end -= 1
            while start < end - 1 and (not _proper(document, start) or document.words[start].strip(".") in _TITLES):
                start += 1
            yield start, end, kind


_TITLES = frozenset(
    "Mr Ms Mrs Miss Dr Prof Professor President Senator Sen Gen General King Queen Emperor Sir Lord Lady Judge Justice".split()
)


def _proper(document: Document, n: int) -> bool:
    """A name, or a capitalised word within one: `United States`."""
    assert document.syntax is not None
    upos = document.syntax[n].upos
    return upos == "PROPN" or (upos not in ("DET", "PRON") and document.words[n][:1].isupper())


def _in_name(document: Document, n: int, joins: Collection[str]) -> bool:
    """A word that may stand in a name, or between two parts of one (`of`, a hyphen)."""
    assert document.syntax is not None
    joined = document.words[n].lower() in joins and document.syntax[n].relation.split(":")[0] in _WITHIN
    return _proper(document, n) or joined


def named(data: Path, split: str, *, corpus: str, kinds: dict[str, str]) -> Iterator[Document]:
    """Sentences with names and nothing else: those of a corpus in ner_misc whose types are in `kinds`."""
    for row in rows(data / f"ner_misc/{corpus}.jsonl.gz"):
        if row["split"] == split:
            words = row["text"].split()
            document = Document(corpus, row["id"], [unescape(w) for w in words], [0], [0], names=[])
            assert document.names is not None
            places = align(words, row["text"])
            for one in row["entities"]:
                if one["type"] in kinds and (found := covering(places, one["start"], one["end"])):
                    document.names.append((*found, kinds[one["type"]]))
            yield document


def uner(data: Path, split: str) -> Iterator[Document]:
    """EWT with UNER's names and nothing else."""
    for document in ewt(data, split):
        document.syntax = document.factuality = None
        yield document


def gum_attributed(data: Path, split: str) -> Iterator[Document]:
    """GUM with its attributions: signalled source and cue, and as content the discourse units of the nucleus's sentence that
    hang on it. What attribution is learned from where PolNeAR is left out."""
    layers = {row["id"]: row for row in rows(data / f"gum_entities_coref/{split}.jsonl.gz")}
    for document in gum(data, split):
        row = layers[document.name]
        try:
            places = align(document.words, row["text"])
        except ValueError:
            continue
        document.attributions = []
        for one in row["attributions"]:
            if one["relation"] == "attribution-positive" and one["source"] and one["cue"]:
                spans = [(role, span["start"], span["end"]) for role in ("source", "cue") for span in one[role]]
                spans += [("content", a, b) for a, b in nucleus(row, one)]
                found = [(*words, role) for role, a, b in spans if (words := covering(places, a, b))]
                document.attributions.append(apart(found))
        yield document


def nucleus(row: Row, attribution: Row) -> list[tuple[int, int]]:
    """Stretches of text of the units that are said, adjoining ones joined."""
    parents = {unit["edu"]: unit["parent"] for unit in row["rst"]}
    units = {unit["id"]: (unit["start"], unit["end"]) for unit in row["edus"]}
    top, frame = attribution["nucleus_edu"], attribution["edu"]
    whole = next(s for s in row["sentences"] if s["start"] <= units[top][0] < s["end"])

    def said(unit: int) -> bool:
        for _ in range(50):
            if unit in (top, frame) or unit not in parents:
                return unit == top
            unit = parents[unit]
        return False

    found: list[tuple[int, int]] = []
    for unit, (start, end) in sorted(units.items()):
        if whole["start"] <= start < whole["end"] and said(unit):
            if found and not row["text"][found[-1][1] : start].strip():
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
    return found


def head_of(document: Document, start: int, end: int) -> int:
    """The word of a span whose head lies outside it."""
    assert document.syntax is not None
    outside = (
        n for n in range(start, end) if not start <= document.syntax[n].head < end or document.syntax[n].head == n
    )
    return next(outside, end - 1)


def re3d(data: Path, split: str, *, free: bool = True) -> Iterator[Document]:
    """Reports on Syria and Iraq with mentions; `free` leaves out the BBC's (NC)."""
    for row in rows(data / f"re3d/{split}.jsonl"):
        if free and row["source"] == "BBC Online":
            continue
        document, places = raw("re3d", row["id"], row["text"])
        spans = [
            (*found, entity["type"])
            for entity in row["entities"]
            if entity["type"] in KINDS and (found := covering(places, entity["start"], entity["end"]))
        ]
        document.mentions = apart(spans)
        yield document


def events(data: Path, split: str) -> Iterator[Document]:
    """Sentences on armed conflict: for some of the verbs, where it happened."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows(data / "event_location/sentences.jsonl.gz"):
        if row["split"] == split and row["verb"]:
            grouped[row["text"]].append(row)
    for text, items in grouped.items():
        document, places = raw("events", items[0]["id"], text)
        document.events = []
        for row in items:
            verb = covering(places, row["verb"][0]["start"], row["verb"][0]["end"])
            found = (covering(places, place["start"], place["end"]) for place in row["locations"])
            if verb:
                document.events.append((verb[0], sorted(filter(None, found))))
        yield document


def judged(data: Path, split: str, *, corpus: str = "meantime") -> Iterator[Document]:
    """Sentences with factuality in [-3, 3] for some of the words."""
    for row in rows(data / f"factuality/{corpus}.jsonl.gz"):
        if row["split"] == split:
            words = row["text"].split()
            document = Document(corpus, row["id"], [unescape(w) for w in words], [0], [0], factuality=[])
            assert document.factuality is not None
            places = align(words, row["text"])
            for one in row["targets"]:
                if found := covering(places, one["start"], one["end"]):
                    document.factuality.append((found[0], float(one["factuality"])))
            yield document


READERS: dict[str, Callable[[Path, str], Iterator[Document]]] = {
    "polnear": polnear,
    "ewt": ewt,
    "gum": gum,
    "re3d": re3d,
    "events": events,
    "meantime": judged,
    "wikigold": partial(named, corpus="wikigold", kinds=NAMES),
    "wnut17": partial(named, corpus="wnut17", kinds=POSTED),
    "uner": uner,
    "gum_attributed": gum_attributed,
}
SHIPPED = tuple(name for name in READERS if name not in ("uner", "gum_attributed", "wnut17"))
"""What the shipped weights are trained on; the others are read for runs to compare with (CARD.md)."""
