"""syntax: word classes and trees of two treebanks (`data/ud_ewt`, `data/ud_gum`), CoNLL 2018 metric (conll18.py), percent.

With gold words and sentences: `upos`, `tag` (Penn), `lemma` (lower case), `uas`, `las` on EWT; from raw text, sentences and words
cut as at run time: `raw_sentences`, `raw_words`, `raw_upos`, `raw_uas`, `raw_las` and so on. The same of GUM as `gum_…`, all genres;
of its news alone, the two documents that are nearest to ours, as `gum_news_…`. UDPipe 2.17 has on test, LAS raw / gold words:
EWT 89.91 / 92.36, GUM 91.54 / 92.14.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.conll18 import of_gold, of_model, score, texts
from benchmarks.figures import Figure, measure
from benchmarks.reading import read
from benchmarks.spans import Counts, f1
from training.corpora import conllu, raw

COLUMNS = ("upos", "tag", "lemma", "uas", "las")
Row = dict[str, Counts]


def run(data: Path, split: str) -> dict[str, Figure]:
    ewt = rows(data / f"ud_ewt/en_ewt-ud-{split}.conllu.gz")
    gum = rows(data / f"ud_gum/en_gum-ud-{split}.conllu.gz")
    news = {name: row for name, row in gum.items() if "_news_" in name}
    return summed("", ewt) | summed("gum_", gum) | summed("gum_news_", news)


def rows(path: Path) -> dict[str, Row]:
    """Of each document the counts with gold words, and with `raw_` before their names those from raw text."""
    found: dict[str, Row] = {}
    for document, (name, text) in zip(conllu(path, "syntax"), texts(path), strict=True):
        gold = of_gold(document)
        counts = score(gold, of_model(document, read(document)))
        own, _ = raw("syntax", name, text)
        found[name] = counts | {f"raw_{key}": one for key, one in score(gold, of_model(own, read(own))).items()}
    return found


def summed(prefix: str, found: dict[str, Row]) -> dict[str, Figure]:
    names = (*COLUMNS, "raw_sentences", "raw_words", *(f"raw_{column}" for column in COLUMNS))
    return {f"{prefix}{name}": measure([row[name] for row in found.values()], f1) for name in names} if found else {}
