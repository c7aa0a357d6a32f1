"""The relevance filter: what it skips, what it never skips, and that it takes any bytes."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.making import make_article
from whosays import relevance
from whosays.nouns import Refusal, Stage
from whosays.relevance import rough

WAR = (
    "Government forces captured the town on Friday after two days of fighting, the army said. At least 12 fighters were killed and "
    "many civilians fled to the border, according to residents. The rebels denied that they had lost the town to the troops."
)
CAKE = (
    "Beat the butter and the sugar until the mixture is pale, then add the eggs and fold in the flour. Pour it in a tin and leave it "
    "to cool on a rack before you cut it. In the summer we like to serve it with cream and the first berries of the garden."
)
SAMPLES = Path(__file__).parents[2] / "src/whosays/samples"


def page(*paragraphs: str, around: str = "") -> bytes:
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    return f"<html><head><title>A page</title></head><body>{around}<div>{body}</div>{around}</body></html>".encode()


def test_a_page_on_other_things_is_refused_with_its_score() -> None:
    refusal = relevance.skip(page(CAKE))
    assert isinstance(refusal, Refusal)
    assert (refusal.stage, refusal.reason) == (Stage.RELEVANCE, "not conflict")
    assert "score of -" in refusal.detail


@pytest.mark.parametrize(
    "data",
    [
        page(WAR),
        WAR.encode(),
        page(WAR).decode().encode("utf-16"),
        page(WAR.replace("town", "<a href='/t'>town</a>").replace("army", "<b>army</b>")),
        page(CAKE, CAKE, WAR, CAKE, CAKE),
    ],
    ids=["html", "text", "utf-16", "links within", "one paragraph of many"],
)
def test_a_page_on_conflict_is_read(data: bytes) -> None:
    assert relevance.skip(data) is None


def test_once_the_article_is_known_it_alone_counts() -> None:
    beside = page(CAKE, CAKE, around=f"<aside><h3>More news</h3><p>{WAR}</p></aside>")
    assert relevance.skip(beside) is None
    cake, war = (make_article(text) for text in (f"{CAKE}\n\n{CAKE}", f"{CAKE}\n\n{WAR}"))
    refusal = relevance.skip_article(cake)
    assert refusal is not None
    assert (refusal.stage, refusal.reason) == (Stage.RELEVANCE, "not conflict")
    assert relevance.skip_article(war) is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><body><p>Short.</p></body></html>",
        page("Правительственные войска заняли город в пятницу, сообщили местные жители. " * 5),
        page("Die Regierung hat am Freitag mitgeteilt, dass sie den Haushalt beschlossen hat und nun wartet. " * 5),
        b"\x89PNG\r\n" + bytes(range(256)) * 20,
    ],
    ids=["empty", "too short", "Russian", "German", "binary"],
)
def test_what_cannot_be_judged_is_left_to_the_pages_stage(data: bytes) -> None:
    assert relevance.skip(data) is None


@pytest.mark.parametrize(
    "sample", sorted(SAMPLES.glob("*.html")) + sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.name
)
def test_no_sample_is_skipped(sample: Path) -> None:
    assert relevance.skip(sample.read_bytes()) is None


def test_scripts_menus_and_entities() -> None:
    silent = f"<script>var s = '{WAR}';</script><STYLE>{WAR}</STYLE><noscript>{WAR}</noscript>"
    assert relevance.skip(page(CAKE, around=silent)) is not None
    menu = "<ul>" + "<li><a href='/war'>Army killed rebels</a></li>" * 20 + "</ul>"
    assert relevance.skip(page(CAKE, around=menu)) is not None, "the words of menus are no runs of text"
    assert rough.runs(page("Fish &amp; chips for all the people of the town &#8212; and more")) == [
        "a page",
        "fish & chips for all the people of the town — and more",
    ]


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from([*WAR.lower().split(), *CAKE.lower().split(), relevance.BREAK]), min_size=30, max_size=300
    ),
    st.integers(0, 300),
)
def test_more_words_never_speak_against_a_page(words: list[str], at: int) -> None:
    """In English, whatever follows a page can only raise its score: no weight is below zero."""
    known = relevance.weights()
    english = ["the", "of"] * len(words)
    before, after = relevance.score(english + words, known), relevance.score(english + words + ["cream"] * at, known)
    assert before is not None
    assert at > 10 * len(words) or (after is not None and after >= before - 1e-9)


@given(st.binary(max_size=4_000))
def test_any_bytes(data: bytes) -> None:
    for page_ in (data, b"<html><p><b>" + data):
        refusal = relevance.skip(page_)
        assert refusal is None or refusal.stage is Stage.RELEVANCE


@pytest.mark.parametrize(
    "data",
    [
        b"<script>" * 200_000,
        b"<p" * 500_000,
        b"<script" + b" " * 1_000_000,
        b'<meta name="description" ' * 60_000,
        b"<title>" * 150_000,
    ],
    ids=["scripts never closed", "tags never closed", "a long tag", "many descriptions", "titles never closed"],
)
def test_hostile_pages_take_linear_time(data: bytes) -> None:
    begun = time.process_time()
    relevance.skip(data)
    assert time.process_time() - begun < 1.0


def test_weights_are_none_below_zero_and_name_no_reader() -> None:
    known = relevance.weights()
    assert len(known.features) > 100
    assert min(known.features.values()) > 0
    assert known.base < known.threshold
