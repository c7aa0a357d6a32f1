"""Disputes side by side, and who holds what, in lines."""

from __future__ import annotations

from datetime import date

import click
import pytest

from tests.making import extract, make_article, make_claim
from whosays.faces.cli import judgements
from whosays.nouns import Control, Dispute, Extraction, Polarity

FIRST, THEN, LATE = date(2023, 1, 11), date(2023, 1, 12), date(2023, 1, 13)


def said(
    paragraph: str, exact: str, source: str, day: date, *, denied: bool = False, publisher: str = "Daily"
) -> Extraction:
    article = make_article(paragraph, publisher=publisher, published=day)
    polarity = Polarity.DENIED if denied else Polarity.AFFIRMED
    return extract(article, make_claim(article, exact, source=source, polarity=polarity))[0]


AFFIRMED = said("Soledar is ours, Prigozhin said.", "Soledar is ours", "Prigozhin", FIRST)
DENIAL = said("Soledar is not theirs, Kyiv said.", "Soledar is not theirs", "Kyiv", THEN, denied=True)
REPRINT = said("Soledar is ours, Prigozhin said.", "Soledar is ours", "Prigozhin", LATE, publisher="Evening")
CLAIMS = (AFFIRMED, DENIAL, REPRINT)


def dispute(one: Extraction, other: Extraction, about: str = "capture of Soledar") -> Dispute:
    return Dispute((one.claim.id, other.claim.id), about, "opposite polarity")


PAIRS = (dispute(REPRINT, DENIAL), dispute(AFFIRMED, DENIAL))


def test_pairs_of_the_same_voices_are_one_disagreement_told_by_its_first_pair() -> None:
    (one,) = judgements.disagreements(PAIRS, CLAIMS)
    assert (one.sides, one.pairs) == ((AFFIRMED, DENIAL), 2)
    assert judgements.disagreements(reversed(PAIRS), reversed(CLAIMS)) == (one,)


def test_every_pair_is_told_on_request() -> None:
    assert len(judgements.disagreements(PAIRS, CLAIMS, every=True)) == 2


def test_other_matters_are_other_disagreements_and_unknown_claims_are_left_out() -> None:
    pairs = (*PAIRS, dispute(AFFIRMED, DENIAL, "control of Soledar"), Dispute(("nobody", AFFIRMED.claim.id), "x", "y"))
    assert [one.first.about for one in judgements.disagreements(pairs, CLAIMS)] == [
        "capture of Soledar",
        "control of Soledar",
    ]


def test_a_disagreement_shows_both_sentences_with_voice_date_and_article() -> None:
    (one,) = judgements.disagreements(PAIRS, CLAIMS)
    assert [click.unstyle(line).rstrip() for line in judgements.disagreement_lines(one)] == [
        "dispute     capture of Soledar: opposite polarity",
        "  2023-01-11  said by Prigozhin",
        "              “Soledar is ours”",
        f"              Daily, article {AFFIRMED.article.id}",
        "  2023-01-12  DENIED by Kyiv",
        "              “Soledar is not theirs”",
        f"              Daily, article {DENIAL.article.id}",
        "            … and 1 more pair of sentences by the same voices",
    ]


def control(
    voice: str, holder: str | None, *, no: str | None = None, stale: bool = False, side: str | None = None
) -> Control:
    says = f"held by {holder}" if holder else f"not held by {no}"
    return Control("Soledar", voice, holder, no, says, side, FIRST, (AFFIRMED.claim.id,), 2, 2, 1, last_known=stale)


def test_holds_has_one_line_a_voice_its_counts_and_its_words() -> None:
    rows = (control("Prigozhin", "Wagner Group", side="ru"), control("The army", None, no="Russia", side="ru"))
    lines = [click.unstyle(line) for line in judgements.holds_lines("Soledar (UA)", LATE, rows, CLAIMS)]
    text = " ".join(" ".join(lines).split())
    assert lines[0] == "Who holds Soledar (UA) on 2023-01-13?"
    assert "held by Wagner Group, since 2023-01-11, according to Prigozhin (2 articles, 2 outlets, 1 origin)" in text
    assert "not held by Russia, since 2023-01-11, according to the army (2 articles" in text
    assert text.count("“Soledar is ours” 2023-01-11") == 2
    assert text.endswith("CONTESTED: 2 answers from 2 voices.")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((), "Nobody says."),
        ((control("A", "X"),), "One voice only: a claim and no finding."),
        ((control("A", "X"), control("B", "X")), "Not contested among 2 voices."),
        ((control("A", "X"), control("B", "Y"), control("C", "Y")), "CONTESTED: 2 answers from 3 voices."),
        ((control("A", "X"), control("B", None, no="X")), "CONTESTED: 2 answers from 2 voices."),
        (
            (control("A", "X", side="x"), control("B", None, no="Y", side="y")),  # held by X and left by Y agree
            "Not contested: 2 answers from 2 voices, which can all be true.",
        ),
        ((control("A", "X", stale=True),), "Nobody said lately: what is above is the last known."),
        ((control("A", "X", stale=True), control("B", "Y")), "One voice only: a claim and no finding."),
    ],
)
def test_the_sum_counts_voices_and_weighs_nothing(rows: tuple[Control, ...], expected: str) -> None:
    assert judgements.verdict(rows) == expected


def test_an_old_row_says_last_known() -> None:
    lines = judgements.holds_lines("Soledar", LATE, (control("A", "X", stale=True),), CLAIMS)
    assert any("last known" in line and "according to A" in line for line in lines)
