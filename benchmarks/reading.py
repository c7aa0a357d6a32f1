"""What the language model makes of a document whose words, sentences and lines are given.

`WEIGHTS` holds the folder of other weights than the pack's, where `--weights` names one (as `training.export --to` wrote it)."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from training.documents import Document
from whosays.language.analysis import Analysis
from whosays.language.model import load
from whosays.language.packs import Pack, pack

WEIGHTS: list[Path] = []


def read(document: Document) -> Analysis:
    """On all cores: what is read is the same on one."""
    threads = os.cpu_count() or 1
    return load(chosen()).read(document.words, document.sentences, document.lines, threads=threads)


def chosen() -> Pack:
    english = pack("en")
    return replace(english, weights=WEIGHTS[0]) if WEIGHTS else english
