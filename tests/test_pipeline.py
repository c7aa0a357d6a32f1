"""The whole line: what a page must come to, and that no text breaks it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays import pipeline
from whosays.nouns import CLAIM_PARTS, Article, Claim, Meta, Polarity, Refusal, Stage
from whosays.pipeline import Page
from whosays.profile import Profile, Step, Tally

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SAMPLES = {
    path.name: path.read_bytes()
    for path in Path(str(files("whosays") / "samples")).iterdir()
    if path.suffix in (".html", ".txt")
}
PLAIN = "\n".join(data.decode() for name, data in SAMPLES.items() if name.endswith(".txt"))


def read(data: bytes, name: str = "page.txt") -> Page:
    page = pipeline.read_page(data, Meta(name=name, fetched_at=NOW))
    assert isinstance(page, Page), page
    return page


def check(article: Article, claim: Claim) -> None:
    """What holds for every claim of every page."""
    span = claim.evidence
    assert span.exact == article.text[span.start : span.end]
    within = [
        part for part in article.parts if part.kind in CLAIM_PARTS and part.span.start <= span.start < part.span.end
    ]
    assert within, "evidence stands in headline, paragraph or caption"
    for party in (claim.actor, claim.target, claim.place, claim.source):
        if party is not None and party.span is not None:
            assert 0 <= party.span.start < party.span.end <= len(article.text)
    assert claim.article == article.id


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_claims_of_the_samples_hold_together(name: str) -> None:
    page = read(SAMPLES[name], name)
    assert page.claims
    assert len({claim.id for claim in page.claims}) == len(page.claims)
    for claim in page.claims:
        check(page.article, claim)
    ids = {claim.id for claim in page.claims}
    assert all(set(dispute.claims) <= ids for dispute in page.disputes)


@pytest.mark.slow
def test_reading_twice_gives_the_same() -> None:
    for name, data in SAMPLES.items():
        assert read(data, name) == read(data, name)


@pytest.mark.shared
def test_the_touchstone(shared: Path) -> None:
    """The 2017 report: a commander and state television against the Observatory; the commander against the militia."""
    page = read((shared / "gold/dev/albu-kamal.txt").read_bytes(), "albu-kamal.txt")
    article = page.article
    assert (article.published, article.agency) == (date(2017, 11, 8), "Reuters")
    by_id = {claim.id: claim for claim in page.claims}
    voices = {tuple(by_id[one].source.mention or "" for one in dispute.claims) for dispute in page.disputes}
    observatory = "a war monitor, the Britain-based Syrian Observatory for Human Rights"
    assert ("a commander in the alliance", observatory) in voices
    assert ("Syrian state television", observatory) in voices
    entered = [dispute for dispute in page.disputes if dispute.about == "Popular Mobilization Forces entered Syria"]
    assert entered
    commander, militia = (by_id[one] for one in entered[0].claims)
    assert (commander.source.mention, commander.polarity) == ("the commander", Polarity.AFFIRMED)
    assert (militia.source.name, militia.polarity) == ("Popular Mobilization Forces", Polarity.DENIED)
    assert len(article.comments) == 11
    first_comment = min(comment.span.start for comment in article.comments)
    for claim in page.claims:
        check(article, claim)
        assert claim.evidence.end <= first_comment


@pytest.mark.slow
@pytest.mark.shared
def test_every_gold_page_is_read(shared: Path) -> None:
    for path in sorted((shared / "gold/dev").glob("*.txt")):
        page = read(path.read_bytes(), path.name)
        for claim in page.claims:
            check(page.article, claim)


@pytest.mark.slow
@settings(max_examples=150)
@given(
    st.lists(st.tuples(st.integers(0, len(PLAIN)), st.integers(1, 200)), min_size=1, max_size=8),
    st.sampled_from(["", " ", "\n", "”"]),
)
def test_pieces_of_news_put_together_at_random(pieces: list[tuple[int, int]], glue: str) -> None:
    text = glue.join(PLAIN[start : start + length] for start, length in pieces)
    page = pipeline.read_page(text.encode(), Meta(name="x.txt", fetched_at=NOW))
    if isinstance(page, Page):
        for claim in page.claims:
            check(page.article, claim)


@given(st.binary(max_size=2_000))
def test_any_bytes(data: bytes) -> None:
    assert isinstance(pipeline.read_page(data, Meta(fetched_at=NOW)), Page | Refusal)


@pytest.mark.slow
def test_time_of_the_whole_line_is_linear_in_length() -> None:
    """Twelve times the text may take at most thirty times as long (it took ninety when voices were looked up in all of them)."""
    story = (
        "Officials said the army had captured Hama, and residents said that nine people were killed in shelling of the town. "
        "“They hit us,” he said. "
    )
    read(story.encode())
    short, long = (_seconds(story * n) for n in (50, 600))
    assert long < 30 * max(short, 0.02)


def _seconds(text: str) -> float:
    start = process_time()
    read(text.encode())
    return process_time() - start


def test_the_cascade_changes_nothing_that_is_read() -> None:
    """Skipped or read; and what is read is the same, whatever was read before."""
    memory = pipeline.language.Memory()
    bulk = pipeline.Cascade(relevance=True, memory=memory)
    for _ in range(2):
        for name, data in SAMPLES.items():
            meta = Meta(name=name, fetched_at=NOW)
            assert pipeline.read_page(data, meta, cascade=bulk) == pipeline.read_page(
                data, meta, cascade=pipeline.WHOLE
            )
    assert memory.hits > memory.misses > 0


def test_a_page_on_other_things_is_refused_in_bulk_and_read_alone() -> None:
    cake = ("Beat the butter and the sugar until it is pale, then add the eggs and fold in the flour. " * 5).encode()
    refusal = pipeline.read_page(cake, Meta(name="cake.txt"), cascade=pipeline.BULK)
    assert isinstance(refusal, Refusal)
    assert (refusal.stage, refusal.reason) == (Stage.RELEVANCE, "not conflict")
    assert isinstance(pipeline.read_page(cake, Meta(name="cake.txt")), Page)


def test_a_profile_tells_where_the_time_went() -> None:
    profile = Profile()
    name = next(name for name in SAMPLES if name.endswith(".html"))
    pipeline.read_page(SAMPLES[name], Meta(name=name), cascade=pipeline.WHOLE, profile=profile)
    within = (Step.PARSER, Step.MODEL, Step.ENCODER)
    assert set(profile.seconds) == {*within, Step.RELEVANCE, Step.PAGES, Step.LANGUAGE, Step.PLACES, Step.ACTORS} | {
        Step.TIMES,
        Step.CLAIMS,
        Step.DISPUTES,
    }
    assert profile.seconds[Step.PARSER] < profile.seconds[Step.PAGES]
    assert profile.seconds[Step.ENCODER] < profile.seconds[Step.MODEL] < profile.seconds[Step.LANGUAGE]
    assert profile.outside() < profile.whole()
    assert profile.tallies[Tally.READ] > 0
    assert profile.tallies[Tally.KEPT] == 0
