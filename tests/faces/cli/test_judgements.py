"""Disputes side by side, in lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import click

from tests.making import extract, make_article, make_claim
from whosays.faces import findings
from whosays.faces.cli import judgements
from whosays.nouns import Dispute, Extraction, Party, Polarity

FIRST, THEN, LATE = date(2023, 1, 11), date(2023, 1, 12), date(2023, 1, 13)


def said(
    paragraph: str, exact: str, source: str, day: date, *, denied: bool = False, publisher: str = "Daily"
) -> Extraction:
    article = make_article(paragraph, publisher=publisher, published=day)
    polarity = Polarity.DENIED if denied else Polarity.AFFIRMED
    return extract(article, make_claim(article, exact, source=source, polarity=polarity))[0]


def sided(one: Extraction, side: str) -> Extraction:
    """The claim of a voice of this side, that an actor of it took the place."""
    claim = one.claim
    source, actor = replace(claim.source, side=side), Party("ours", None, side=side)
    return replace(one, claim=replace(claim, source=source, actor=actor))


AFFIRMED = sided(said("Soledar is ours, Prigozhin said.", "Soledar is ours", "Prigozhin", FIRST), "ru")
DENIAL = said("Soledar is not theirs, Kyiv said.", "Soledar is not theirs", "Kyiv", THEN, denied=True)
REPRINT = said("Soledar is ours, Prigozhin said.", "Soledar is ours", "Prigozhin", LATE, publisher="Evening")
CLAIMS = (AFFIRMED, DENIAL, REPRINT)


def dispute(one: Extraction, other: Extraction, about: str = "capture of Soledar") -> Dispute:
    return Dispute((one.claim.id, other.claim.id), about, "opposite polarity")


PAIRS = (dispute(REPRINT, DENIAL), dispute(AFFIRMED, DENIAL))


def test_pairs_of_the_same_voices_are_one_disagreement_told_by_its_first_pair() -> None:
    (one,) = findings.disagreements(PAIRS, CLAIMS)
    assert (one.sides, one.pairs) == ((AFFIRMED, DENIAL), 2)
    assert findings.disagreements(reversed(PAIRS), reversed(CLAIMS)) == (one,)


def test_every_pair_is_told_on_request() -> None:
    assert len(findings.disagreements(PAIRS, CLAIMS, every=True)) == 2


def test_other_matters_are_other_disagreements_and_unknown_claims_are_left_out() -> None:
    pairs = (*PAIRS, dispute(AFFIRMED, DENIAL, "control of Soledar"), Dispute(("nobody", AFFIRMED.claim.id), "x", "y"))
    assert [one.first.about for one in findings.disagreements(pairs, CLAIMS)] == [
        "capture of Soledar",
        "control of Soledar",
    ]


def test_a_disagreement_shows_both_sentences_with_voice_date_and_article() -> None:
    (one,) = findings.disagreements(PAIRS, CLAIMS)
    asked = {AFFIRMED.claim.id: "1234567890", DENIAL.claim.id: "abcdef1234"}
    told = " ".join(click.unstyle(" ".join(judgements.disagreement_lines(one, {"ru": "Russia"}, asked))).split())
    assert told == (
        "dispute capture of Soledar: polarity, opposite polarity"
        f" 2023-01-11 said by Prigozhin “Soledar is ours” Daily, article {AFFIRMED.article.id};"
        " on the side of Russia, which gains by it"
        f" 2023-01-12 DENIED by Kyiv “Soledar is not theirs” Daily, article {DENIAL.article.id}; side not known"
        " 1 more pair of sentences by the same voices; weighed by `whosays question 12345678` and `whosays question abcdef12`"
    )
