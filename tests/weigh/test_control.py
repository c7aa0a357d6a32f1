"""Who holds a place on a day, according to each voice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

from tests.making import SOLEDAR, extract, make_article, make_claim
from tests.weigh.test_disputes import said
from whosays import weigh
from whosays.nouns import Control, Extraction, Modality, Polarity


def jan(day: int) -> date:
    return date(2023, 1, day)


TAKEN = said("Wagner took it", "Wagner", actor="Wagner", published=jan(11))
NOT_TAKEN = said("It was not taken", "Kyiv", polarity=Polarity.DENIED, actor="Wagner", published=jan(13))
LEFT = said("Ukraine left it", "Kyiv", type="withdraw", actor="Ukraine", published=jan(25))
ALL = (TAKEN, NOT_TAKEN, LEFT)


def holds(on: date, claims: tuple[Extraction, ...] = ALL, **options: int) -> dict[str, Control]:
    return {control.voice: control for control in weigh.holds(SOLEDAR, "Soledar", on, claims, **options)}


def test_a_lane_per_voice() -> None:
    found = holds(jan(14))
    assert (found["Wagner"].holder, found["Wagner"].says, found["Wagner"].since) == (
        "Wagner",
        "taken by Wagner",
        jan(11),
    )
    assert (found["Kyiv"].holder, found["Kyiv"].not_holder) == (None, "Wagner")


def test_nothing_is_known_before_it_happened() -> None:
    assert holds(jan(10)) == {}
    assert set(holds(jan(12))) == {"Wagner"}


def test_the_latest_answer_of_a_voice_wins() -> None:
    assert holds(jan(26))["Kyiv"].says == "left by Ukraine"


def test_old_answers_are_only_last_known() -> None:
    assert not holds(date(2023, 4, 1))["Wagner"].last_known
    assert holds(date(2023, 5, 1))["Wagner"].last_known
    assert not holds(date(2023, 5, 1), horizon_days=365)["Wagner"].last_known


def test_plans_and_other_places_do_not_count() -> None:
    planned = replace(TAKEN, claim=replace(TAKEN.claim, modality=Modality.PLANNED))
    elsewhere = said(
        "Wagner took it", "Wagner", actor="Wagner", place=replace(SOLEDAR, key="geonames:1", name="Bakhmut")
    )
    assert holds(jan(14), (planned, elsewhere)) == {}


def test_a_reprint_is_one_origin() -> None:
    article = make_article("Wagner took it in Soledar.", published=jan(11))
    reprint = make_article("Wagner took it in Soledar.", headline="Other", publisher="Other", published=jan(11))
    both = [
        one
        for page in (article, reprint)
        for one in extract(page, make_claim(page, "Wagner took it", source="Wagner", actor="Wagner"))
    ]
    (control,) = weigh.holds(SOLEDAR, "Soledar", jan(12), both)
    assert (control.articles, control.outlets, control.origins) == (2, 2, 1)


def test_a_place_that_the_gazetteer_lacks_is_found_by_name() -> None:
    nowhere = replace(TAKEN, claim=replace(TAKEN.claim, place=replace(TAKEN.claim.place, place=None, name="Kaljibrin")))  # type: ignore[type-var]
    (control,) = weigh.holds(None, "kaljibrin", jan(12), [nowhere])
    assert control.holder == "Wagner"


def test_order_does_not_matter() -> None:
    assert len({weigh.holds(SOLEDAR, "Soledar", jan(26), order) for order in permutations(ALL)}) == 1


def test_what_contradicts() -> None:
    wagner, kyiv = holds(jan(14))["Wagner"], holds(jan(14))["Kyiv"]
    left = holds(jan(26))["Kyiv"]
    assert weigh.contradict(wagner, kyiv)  # taken by Wagner, not taken by Wagner
    assert not weigh.contradict(wagner, left)  # taken by Wagner, left by Ukraine
    assert not weigh.contradict(wagner, wagner)
    assert weigh.contradict(wagner, replace(kyiv, says="not taken", not_holder=None))  # by nobody at all


def test_claims_of_undated_pages_are_counted_not_used() -> None:
    undated = replace(TAKEN, article=replace(TAKEN.article, published=None), claim=replace(TAKEN.claim, time=None))
    assert holds(jan(14), (undated,)) == {}
    assert weigh.undated(SOLEDAR, "Soledar", (undated, TAKEN)) == 1
