"""Gold from judgements: the scorer of the gold files takes it, and it holds what was judged and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ledger.test_judgements import ARTICLE, KILLED, SHIFTED, TAKEN, judge, read
from whosays import ledger
from whosays.errors import Misuse
from whosays.faces.export.gold import gold
from whosays.ledger import Ledger
from whosays.nouns import Subject, Verdict


def files(store: Ledger, **options: bool) -> dict[str, bytes]:
    return dict(gold(store, text=True, **options))


@pytest.mark.shared
def test_gold_scored_against_itself_is_perfect(tmp_path: Path, shared: Path) -> None:
    with ledger.open(":memory:") as store:
        read(store, (TAKEN, KILLED))
        judge(store, Verdict.ACCEPTED, TAKEN.id)
        judge(store, Verdict.CORRECTED, KILLED.id, count=(3, 3), harm="killed")
        judge(store, Verdict.SAME, TAKEN.id, KILLED.id, about=Subject.DISPUTE)
        for name, data in files(store).items():
            (tmp_path / name).write_bytes(data)
    scorer = [sys.executable, str(shared / "tools/score_claims.py"), str(tmp_path), str(tmp_path), "--json"]
    told = json.loads(subprocess.run(scorer, capture_output=True, text=True, check=True).stdout)
    assert told["gold"] == 2
    assert [told[measure]["f1"] for measure in ("detect", "usable", "filed", "disputes")] == [100.0] * 4


def test_only_what_was_judged_is_gold() -> None:
    with ledger.open(":memory:") as store:
        read(store, (TAKEN, KILLED))
        assert files(store) == {}
        judge(store, Verdict.REJECTED, TAKEN.id)
        name = f"{ARTICLE.id}.json"
        assert json.loads(files(store)[name])["claims"] == []
        assert [one["id"] for one in json.loads(files(store, unjudged=True)[name])["claims"]] == [KILLED.id]
        judge(store, Verdict.CORRECTED, KILLED.id, count=(3, 3))
        judge(store, Verdict.SAME, TAKEN.id, KILLED.id, about=Subject.DISPUTE)
        read(store, (SHIFTED,), "fake/2")
        page = json.loads(files(store)[name])
        assert [(one["id"], one["count"]) for one in page["claims"]] == [(KILLED.id, [3, 3])]
        assert page["disputes"] == [], "one of the two was rejected"
        assert page["published"] == "2017-11-17"
        evidence = page["claims"][0]["evidence"]
        text = files(store)[f"{ARTICLE.id}.txt"].decode()
        assert text[evidence["start"] : evidence["end"]] == evidence["exact"]


def test_texts_are_asked_for() -> None:
    with ledger.open(":memory:") as store, pytest.raises(Misuse, match="--text"):
        list(gold(store, text=False))
