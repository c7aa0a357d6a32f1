"""Judgements in a ledger: what is shown because of them, that nothing is overwritten, and that they outlive readers."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.ledger import made
from tests.making import make_article
from tests.stores import Places
from whosays import ledger
from whosays.errors import Misuse
from whosays.ledger import Known, Ledger
from whosays.nouns import (
    Actor,
    Article,
    Capture,
    Claim,
    Count,
    Evidence,
    Extraction,
    Fix,
    Judgement,
    Modality,
    Party,
    Place,
    Polarity,
    QuoteKind,
    Source,
    SourceKind,
    Span,
    Subject,
    Verdict,
    When,
    Where,
    pair,
)
from whosays.text import digest, snippet

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
RAWA = Place("geonames:1", "Rawa", 34.48, 41.92, "IQ", "town", 20_000, 1, "Al Anbar")
RAQQA = Place("geonames:2", "Raqqa", 35.95, 39.01, "SY", "town", 220_000, 2, "Raqqa Governorate")
TOKYO = Place("geonames:9", "Tokyo", 35.7, 139.7, "JP", "town", 9_000_000, 9, "Tokyo")
KNOWN = Known(
    {one.key: one for one in (RAWA, RAQQA, TOKYO)}.get,
    lambda key, _: Actor(key, "Islamic State", "armed-group", side="islamic-state") if key == "is" else None,
    frozenset({"capture", "control", "attack", "casualties"}),
)
FIRST = "Iraqi forces captured the town of Rawa on Friday, a commander said."
SECOND = "Militants killed three soldiers near Raqqa, the army said."
ARTICLE = replace(
    make_article(FIRST, SECOND, headline="News of the day", publisher="Outlet", published=date(2017, 11, 17)),
    id="0123456789abcdef",
)


def claim(article: Article, words: str, actor: str, place: str, *, type_: str = "capture", key: Place = RAWA) -> Claim:
    """A claim whose evidence is these words of the article."""
    start = article.text.index(words)
    near = Span(start, start + len(words))
    at = {one: article.text.index(one) for one in (actor, place)}
    return Claim(
        id=digest(article.id, type_, words, "0", actor, None, place),
        article=article.id,
        type=type_,
        polarity=Polarity.AFFIRMED,
        modality=Modality.ACTUAL,
        actor=Party(actor, Span(at[actor], at[actor] + len(actor)), actor, f"local:{actor.lower()}"),
        target=None,
        place=Where(place, Span(at[place], at[place] + len(place)), key.name, key, False, 1),
        time=When(date(2017, 11, 17), date(2017, 11, 17), 1),
        time_words=None,
        time_span=None,
        source=Source(SourceKind.NARRATION),
        via=(),
        cue=None,
        cue_span=None,
        quote=QuoteKind.NONE,
        evidence=Evidence(words, near.start, near.end, *snippet(article.text, near.start, near.end)),
        confidence=0.8,
    )


def found(article: Article = ARTICLE) -> tuple[Claim, Claim]:
    """What the first reader finds."""
    return (
        claim(article, "Iraqi forces captured the town of Rawa", "Iraqi forces", "Rawa"),
        claim(
            article, "Militants killed three soldiers near Raqqa", "Militants", "Raqqa", type_="casualties", key=RAQQA
        ),
    )


TAKEN, KILLED = found()


def read(
    store: Ledger, claims: tuple[Claim, ...], reader: str = "fake/1", article: Article = ARTICLE, raw: str = ""
) -> None:
    body = digest("body", article.id)
    store.add(
        Capture(article, raw or digest("raw", article.text, length=64), NOW),
        claims,
        name="a.txt",
        reader=reader,
        body=body,
    )


@pytest.fixture
def store(at: Places) -> Iterator[Ledger]:
    with ledger.open(at.new()) as opened:
        read(opened, (TAKEN, KILLED))
        yield opened


MINUTES = iter(range(1, 10_000_000))


def judge(
    store: Ledger, verdict: Verdict, *subjects: str, about: Subject = Subject.CLAIM, by: str = "Ada", **fields: Fix
) -> str:
    """Said a minute after whatever was said before."""
    said = Judgement(
        about=about,
        subjects=subjects,
        verdict=verdict,
        fields={name.replace("__", "."): fix for name, fix in fields.items()},
        by=by,
        at=NOW + timedelta(minutes=next(MINUTES)),
    )
    return store.judge(said, known=KNOWN)


def undo(store: Ledger, id_: str) -> str:
    said = next(one for one in store.judgements() if one.id == id_)
    at = NOW + timedelta(minutes=next(MINUTES))
    return store.judge(
        Judgement(about=said.about, subjects=said.subjects, verdict=Verdict.UNDONE, by="Bo", at=at, undoes=id_)
    )


def shown(store: Ledger, **wanted: object) -> dict[str, Extraction]:
    every = list(store.claims(**wanted))  # type: ignore[arg-type]
    assert len({one.claim.id for one in every}) == len(every), "each claim once"
    return {one.claim.id: one for one in every}


# ------------------------------------------------------------------------------------------------------ one reading


def test_a_rejected_claim_is_shown_to_who_asks_and_comes_back_when_undone(store: Ledger) -> None:
    before = list(store.claims())
    rejected = judge(store, Verdict.REJECTED, TAKEN.id)
    assert set(shown(store)) == {KILLED.id}
    assert set(shown(store, rejected=True)) == {TAKEN.id, KILLED.id}
    assert store.claim(TAKEN.id).claim == TAKEN, "its own address still leads to it"
    assert store.counts().claims == 1
    assert store.in_force([TAKEN.id, KILLED.id])[TAKEN.id].verdict is Verdict.REJECTED
    undone = undo(store, rejected)
    assert list(store.claims()) == before
    assert store.in_force() == {}
    undo(store, undone)
    assert set(shown(store)) == {KILLED.id}, "an undo can be undone"
    assert [one.verdict for one in store.judgements()] == [Verdict.UNDONE, Verdict.UNDONE, Verdict.REJECTED]
    assert [one.by for one in store.judgements(TAKEN.id, by="Ada")] == ["Ada"]


def test_a_correction_is_found_by_what_it_says(store: Ledger) -> None:
    judge(
        store,
        Verdict.CORRECTED,
        TAKEN.id,
        place="Raqqa",
        place_key=RAQQA.key,
        type="control",
        time=("2017-12-01", None),
    )
    one = store.claim(TAKEN.id)
    assert (one.claim.id, one.reader) == (TAKEN.id, "analyst/Ada")
    assert one.claim.type == "control"
    assert one.claim.place is not None
    assert one.claim.place.place == RAQQA
    start = ARTICLE.text.index("Raqqa")
    assert one.claim.place.span == Span(start, start + 5)
    assert set(shown(store, type="control")) == {TAKEN.id}
    assert set(shown(store, type="capture")) == set()
    assert set(shown(store, place=RAQQA.key)) == set(shown(store, place="raqqa")) == {TAKEN.id, KILLED.id}
    assert set(shown(store, place=RAWA.key)) == set()
    assert set(shown(store, since=date(2018, 1, 1))) == {TAKEN.id}
    assert set(shown(store, division=("SY", "Raqqa Governorate"))) == {TAKEN.id, KILLED.id}
    assert set(shown(store, text="captured")) == {TAKEN.id}
    again = judge(store, Verdict.CORRECTED, TAKEN.id, polarity="denied")
    assert (store.claim(TAKEN.id).claim.type, store.claim(TAKEN.id).claim.polarity) == ("control", Polarity.DENIED)
    undo(store, again)
    assert store.claim(TAKEN.id).claim == one.claim


FIXES: list[tuple[str, Fix, str, object]] = [
    ("type", "attack", "type", "attack"),
    ("polarity", "denied", "polarity", Polarity.DENIED),
    ("modality", "planned", "modality", Modality.PLANNED),
    ("quote", "direct", "quote", QuoteKind.DIRECT),
    ("who", "civilians", "who", "civilians"),
    ("harm", "killed", "harm", "killed"),
    ("means", "airstrike", "means", "airstrike"),
    ("cumulative", True, "cumulative", True),
    ("count", (3, None), "count", Count(3, None)),
    ("via", ("Reuters",), "via", ("Reuters",)),
    ("denies", KILLED.id, "denies", KILLED.id),
    ("cue", "said", "cue", "said"),
    ("time", ("2017-11-01", "2017-11-30"), "time", When(date(2017, 11, 1), date(2017, 11, 30), 3)),
    ("time_precision", 2, "time", When(date(2017, 11, 17), date(2017, 11, 17), 2)),
    ("time_text", "on Friday", "time_words", "on Friday"),
    ("actor", None, "actor", None),
    (
        "actor_key",
        "is",
        "actor",
        replace(TAKEN.actor or Party("", None), name="Islamic State", actor="is", side="islamic-state"),
    ),
    (
        "place_relation",
        "near",
        "place",
        replace(TAKEN.place or Where(None, None), place=replace(RAWA, relation="near"), precision=2),
    ),
]


@pytest.mark.parametrize(("name", "fix", "field", "value"), FIXES, ids=[fix[0] for fix in FIXES])
def test_any_field_can_be_corrected_alone(store: Ledger, name: str, fix: Fix, field: str, value: object) -> None:
    judge(store, Verdict.CORRECTED, TAKEN.id, **{name: fix})
    now = store.claim(TAKEN.id).claim
    assert getattr(now, field) == value
    others = {"cue_span", "time_span", field}
    assert replace(now, **{one: getattr(TAKEN, one) for one in others}) == TAKEN, "and nothing else changed"


def test_source_and_evidence_are_words_of_the_text(store: Ledger) -> None:
    start = ARTICLE.text.index("captured")
    judge(
        store, Verdict.CORRECTED, TAKEN.id,
        evidence=(start, start + 8), source__mention="a commander", source__kind="unnamed", target="Rawa",
    )  # fmt: skip
    now = store.claim(TAKEN.id).claim
    assert now.evidence.exact == "captured"
    assert ARTICLE.text[now.evidence.start - len(now.evidence.prefix) : now.evidence.start] == now.evidence.prefix
    assert now.source.span is not None
    assert now.source.span.of(ARTICLE.text) == now.source.mention == "a commander"


@pytest.mark.parametrize(
    ("name", "fix", "told"),
    [
        ("colour", "red", "colour: no field"),
        ("lat", 3.0, "lat: .* place_key"),
        ("type", "conquest", "type: 'conquest'"),
        ("type", None, "type: None"),
        ("polarity", "maybe", "polarity: 'maybe'"),
        ("count", ("a", 3), "count: "),
        ("count", (5, 3), "count: "),
        ("count", 5, "count: "),
        ("time", ("2017-13-01", None), "time: "),
        ("time", ("2017-12-01", "2017-11-01"), "time: .*in order"),
        ("evidence", (0, 10_000), "evidence: .*within the text"),
        ("evidence", (5, 5), "evidence: "),
        ("spans.actor", (0, 10_000), "spans.actor: .*within the text"),
        ("actor", "Martians", "actor: 'Martians' is not in the article"),
        ("place_key", "geonames:404", "place_key: no place"),
        ("actor_key", "nobody", "actor_key: no actor"),
        ("cumulative", "yes", "cumulative: "),
        ("means", "magic", "means: "),
        ("via", "Reuters", "via: "),
        ("source.kind", "official", "source.kind: "),
        ("geo_precision", 4, "geo_precision: "),
    ],
)
def test_what_cannot_be_is_refused_by_the_name_of_its_field(store: Ledger, name: str, fix: Fix, told: str) -> None:
    with pytest.raises(Misuse, match=f"^{told}"):
        judge(store, Verdict.CORRECTED, TAKEN.id, **{name: fix})
    assert store.judgements() == ()
    assert store.claim(TAKEN.id).claim == TAKEN


def test_comments_are_never_evidence(at: Places) -> None:
    page = made.recaptured(made.Made(Capture(ARTICLE, "0", NOW), (TAKEN,), "a", "b"), "I saw Iraqi forces flee")
    with ledger.open(at.new()) as opened:
        read(opened, (TAKEN,), article=page.capture.article)
        at = page.capture.article.text.index("I saw")
        with pytest.raises(Misuse, match="never evidence"):
            judge(opened, Verdict.CORRECTED, TAKEN.id, evidence=(at, at + 10))


def test_judgements_that_make_no_sense_are_refused(store: Ledger) -> None:
    with pytest.raises(Misuse, match="verdict"):
        judge(store, Verdict.SAME, TAKEN.id)
    with pytest.raises(Misuse, match="subjects"):
        judge(store, Verdict.ACCEPTED, "feedfeedfeedfeed")
    with pytest.raises(Misuse, match="subjects"):
        judge(store, Verdict.DIFFERENT, TAKEN.id, TAKEN.id, about=Subject.DISPUTE)
    with pytest.raises(Misuse, match="fields"):
        judge(store, Verdict.CORRECTED, TAKEN.id)
    accepted = judge(store, Verdict.ACCEPTED, TAKEN.id)
    undo(store, accepted)
    with pytest.raises(Misuse, match="undone already"):
        undo(store, accepted)


@pytest.mark.parametrize(
    ("verdict", "fields"), [(Verdict.REJECTED, {}), (Verdict.CORRECTED, {"polarity": "denied", "count": (3, 4)})]
)
def test_saying_the_same_again_changes_nothing(store: Ledger, verdict: Verdict, fields: dict[str, Fix]) -> None:
    said = Judgement(about=Subject.CLAIM, subjects=(TAKEN.id,), verdict=verdict, fields=fields, by="Ada", at=NOW)
    id_ = store.judge(said)
    assert store.judge(said) == id_
    assert len(store.judgements()) == 1
    over = replace(said, verdict=Verdict.UNDONE, fields={}, undoes=id_, at=NOW + timedelta(minutes=1))
    assert store.judge(over) == store.judge(over)
    assert len(store.judgements()) == 2


def test_judgements_are_paged(store: Ledger) -> None:
    ids = [judge(store, Verdict.ACCEPTED if n % 2 else Verdict.REJECTED, TAKEN.id) for n in range(7)]
    first = store.judgements(limit=3)
    rest = store.judgements(after=first[-1].id)
    assert [one.id for one in (*first, *rest)] == ids[::-1]


# ------------------------------------------------------------------------------------------------------- re-reading


@pytest.mark.parametrize("verdict", [Verdict.ACCEPTED, Verdict.CORRECTED])
def test_what_was_judged_outlives_a_reader_that_does_not_find_it(store: Ledger, verdict: Verdict) -> None:
    judge(store, verdict, TAKEN.id, **({"polarity": "denied"} if verdict is Verdict.CORRECTED else {}))
    before = store.claim(TAKEN.id)
    read(store, (), "fake/2")
    assert list(store.claims()) == [before]
    assert store.claim(TAKEN.id) == before


def test_a_newer_reader_does_not_change_what_was_accepted(store: Ledger) -> None:
    judge(store, Verdict.ACCEPTED, TAKEN.id)
    read(store, (replace(TAKEN, polarity=Polarity.DENIED), KILLED), "fake/2")
    assert store.claim(TAKEN.id).claim == TAKEN
    assert store.claim(KILLED.id).reader == "fake/2"
    assert store.counts().claims == 2


SHIFTED = claim(ARTICLE, "forces captured the town of Rawa on Friday", "Iraqi forces", "Rawa")
ELSEWHERE = claim(ARTICLE, "captured the town of Rawa", "a commander", "Rawa")


@pytest.mark.parametrize("verdict", [Verdict.REJECTED, Verdict.ACCEPTED, Verdict.CORRECTED])
def test_a_word_more_or_less_is_the_same_claim(store: Ledger, verdict: Verdict) -> None:
    judge(store, verdict, TAKEN.id, **({"type": "control"} if verdict is Verdict.CORRECTED else {}))
    before = list(store.claims())
    for reader, again in (("fake/2", SHIFTED), ("fake/3", replace(SHIFTED, id=digest("x"), type="control"))):
        read(store, (again, KILLED), reader)
        same = reader == "fake/2" or verdict is Verdict.CORRECTED
        told = [one.claim for one in store.claims() if one.claim.id != again.id]
        assert told == [one.claim for one in before]
        assert (again.id in {one.claim.id for one in store.claims()}) is not same
    read(store, (ELSEWHERE, KILLED), "fake/4")
    assert ELSEWHERE.id in shown(store), "another actor: another claim"


def test_claims_of_one_reading_are_never_one(store: Ledger) -> None:
    read(store, (TAKEN, SHIFTED, KILLED), "fake/2")
    judge(store, Verdict.REJECTED, TAKEN.id)
    assert set(shown(store)) == {SHIFTED.id, KILLED.id}


def test_spans_move_with_the_words_to_another_capture(store: Ledger) -> None:
    judge(store, Verdict.ACCEPTED, TAKEN.id)
    longer = f"A line more on top.\n\n{ARTICLE.text}"
    moved = replace(ARTICLE, text=longer, modified_at=NOW, parts=())
    read(store, (), "fake/2", moved)
    (one,) = store.claims()
    text = store.article(one.article.id).text
    assert text == longer
    assert text[one.claim.evidence.start : one.claim.evidence.end] == one.claim.evidence.exact == TAKEN.evidence.exact
    assert one.claim.actor is not None
    assert one.claim.actor.span is not None
    assert one.claim.actor.span.of(text) == "Iraqi forces"
    assert one.reader == "fake/1"


def test_a_claim_follows_its_bytes_into_another_article(store: Ledger) -> None:
    judge(store, Verdict.ACCEPTED, TAKEN.id)
    judge(store, Verdict.REJECTED, KILLED.id)
    other = replace(ARTICLE, id="fedcba9876543210")
    raw = digest("raw", ARTICLE.text, length=64)
    again = replace(KILLED, id=digest("again"), article=other.id)
    read(store, (again,), "fake/2", other, raw)
    assert {one.article.id for one in store.claims()} == {other.id}
    (one,) = store.claims()
    assert one.claim == replace(TAKEN, article=other.id), "under its old id; what was rejected stays away"


def test_words_that_are_gone_stay_with_the_text_they_stood_in(store: Ledger) -> None:
    judge(store, Verdict.ACCEPTED, TAKEN.id)
    other = replace(make_article("Nothing of it.", headline="News"), id="fedcba9876543210")
    read(store, (), "fake/2", other, digest("raw", ARTICLE.text, length=64))
    (one,) = store.claims()
    assert one.claim == TAKEN
    assert one.article.id == ARTICLE.id
    assert [head.id for head in store.heads()] == [other.id], "the old article does not speak because of it"


# --------------------------------------------------------------------------------------------------------- disputes


def test_a_judged_dispute_survives_and_is_filed_under_its_pair(store: Ledger) -> None:
    judge(store, Verdict.DIFFERENT, KILLED.id, TAKEN.id, about=Subject.DISPUTE)
    assert store.in_force(about=Subject.DISPUTE)[pair(TAKEN.id, KILLED.id)].verdict is Verdict.DIFFERENT
    assert store.in_force([TAKEN.id]) == {}, "that is no judgement of the claim"
    assert len(store.judgements(TAKEN.id)) == 1
    read(store, (SHIFTED, KILLED), "fake/2")
    assert set(shown(store)) == {TAKEN.id, KILLED.id}
    assert store.claim(SHIFTED.id).claim.evidence == SHIFTED.evidence, "the newer reading, under the id that was judged"


# ----------------------------------------------------------------------------------------------------------- merges


def test_a_merged_place_is_told_as_the_other_and_found_under_both(store: Ledger) -> None:
    before = list(store.claims())
    first = judge(store, Verdict.MERGED, RAWA.key, RAQQA.key, about=Subject.PLACE)
    for asked in (RAWA.key, RAQQA.key, "Raqqa"):
        assert set(shown(store, place=asked)) == {TAKEN.id, KILLED.id}
    told = store.claim(TAKEN.id).claim.place
    assert told is not None
    assert (told.place, told.words, told.name) == (RAQQA, "Rawa", "Raqqa")
    assert set(shown(store, division=("SY", "Raqqa Governorate"))) == {TAKEN.id, KILLED.id}
    assert set(shown(store, division=("IQ", "Al Anbar"))) == set()
    assert set(shown(store, around=RAWA)) == {TAKEN.id, KILLED.id}
    second = judge(store, Verdict.MERGED, RAQQA.key, TOKYO.key, about=Subject.PLACE)
    assert {one.claim.place.place.name for one in store.claims() if one.claim.place and one.claim.place.place} == {
        "Tokyo"
    }
    assert ("JP", "Tokyo") in store.divisions()
    assert len(shown(store, place=RAWA.key)) == 2
    with pytest.raises(Misuse, match=r"circle|itself"):
        judge(store, Verdict.MERGED, TOKYO.key, RAWA.key, about=Subject.PLACE)
    undo(store, second)
    undo(store, first)
    assert list(store.claims()) == before


def test_a_merged_actor_is_told_as_the_other(store: Ledger) -> None:
    judge(store, Verdict.MERGED, "local:militants", "is", about=Subject.ACTOR)
    actor = store.claim(KILLED.id).claim.actor
    assert actor is not None
    assert (actor.words, actor.name, actor.actor, actor.side) == ("Militants", "Islamic State", "is", "islamic-state")
    for asked in ("is", "local:militants", "Islamic State"):
        assert set(shown(store, actor=asked)) == {KILLED.id}
    with pytest.raises(Misuse, match="no actor"):
        judge(store, Verdict.MERGED, "local:militants", "who", about=Subject.ACTOR)


def test_an_undo_that_would_close_a_circle_is_refused(store: Ledger) -> None:
    judge(store, Verdict.MERGED, RAWA.key, RAQQA.key, about=Subject.PLACE)
    other = judge(store, Verdict.MERGED, RAWA.key, TOKYO.key, about=Subject.PLACE)
    judge(store, Verdict.MERGED, RAQQA.key, RAWA.key, about=Subject.PLACE)
    with pytest.raises(Misuse, match=r"circle|itself"):
        undo(store, other)
    assert {one.claim.place.place for one in store.claims() if one.claim.place} == {TOKYO}


# ------------------------------------------------------------------------------------------------------------ order


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_pages_may_be_read_before_or_after_and_in_any_order(at: Places, seed: int) -> None:
    """The judgements need what they are about, no more."""
    newer = [((SHIFTED, KILLED), "fake/2"), ((), "fake/3"), ((ELSEWHERE,), "fake/4")]
    views = []
    for order in (newer, random.Random(seed).sample(newer, len(newer))):
        with ledger.open(at.new()) as opened:
            read(opened, (TAKEN, KILLED))
            said = [
                Judgement(about=Subject.CLAIM, subjects=(TAKEN.id,), verdict=Verdict.REJECTED, by="Ada", at=NOW),
                Judgement(about=Subject.CLAIM, subjects=(KILLED.id,), verdict=Verdict.ACCEPTED, by="Bo", at=NOW),
            ]
            for one in said if order is newer else reversed(said):
                opened.judge(one)
            for claims, reader in order:
                read(opened, claims, reader)
            views.append((list(opened.claims()), list(opened.claims(rejected=True)), opened.in_force()))
    assert views[0] == views[1]
    assert {one.claim.id for one in views[0][0]} == {KILLED.id, ELSEWHERE.id}
