"""Claims in words: who says or denies what, of whom, where, when, through whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import click
import pytest

from tests.making import SOLEDAR, extract, make_article, make_claim
from whosays import claims
from whosays.faces import words as words_of
from whosays.faces.cli import render
from whosays.nouns import Claim, Count, Modality, Party, Polarity, Source, SourceKind, When, Where

ARTICLE = make_article(
    "Wagner has taken Soledar from Ukraine, Prigozhin said.", publisher="Daily", published=date(2023, 1, 11)
)
CLAIM = make_claim(
    ARTICLE, "Wagner has taken Soledar", actor="Wagner", target="Ukraine", source="Prigozhin", via=("Daily",)
)


def changed(**values: object) -> Claim:
    return replace(CLAIM, **values)  # type: ignore[arg-type]


def test_a_claim_has_its_words_its_voice_and_its_article() -> None:
    (one,) = extract(ARTICLE, CLAIM)
    assert [click.unstyle(line) for line in render.claim_lines(one)] == [
        "2023-01-11  capture of Soledar (UA) by Wagner from Ukraine, 2023-01-11",
        "            said by Prigozhin, via Daily",
        "            “Wagner has taken Soledar”",
        f"            Daily, article {ARTICLE.id}",
    ]


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (changed(target=None, time=None), "capture of Soledar (UA) by Wagner"),
        (changed(actor=None, target=None, time=None), "capture of Soledar (UA)"),
        (changed(place=None, time=None), "capture by Wagner from Ukraine"),
        (changed(actor=None, target=None, place=None, time=None), "capture"),
        (changed(type="ally", time=None), "ally in Soledar (UA) by Wagner, target Ukraine"),
        (changed(type="ally", actor=None, place=None, time=None), "ally, target Ukraine"),
        (
            changed(type="attack", means="airstrike", time=None),
            "attack in Soledar (UA) by Wagner on Ukraine (airstrike)",
        ),
        (
            changed(actor=Party("his fighters", None, "Wagner Group"), target=None, time=None),
            "capture of Soledar (UA) by his fighters (Wagner Group)",
        ),
        (
            changed(target=None, time=None, place=Where("the town", None, "Soledar", SOLEDAR)),
            "capture of the town (Soledar, UA) by Wagner",
        ),
        (
            changed(target=None, time=None, place=Where(None, None, "Soledar", SOLEDAR, inherited=True)),
            "capture of Soledar (UA, from the text before) by Wagner",
        ),
        (
            changed(target=None, time=None, place=Where("Soledar", None, "Soledar", replace(SOLEDAR, relation="near"))),
            "capture of Soledar (near Soledar, UA) by Wagner",
        ),
        (
            changed(
                target=None,
                time=None,
                place=Where("fields near Soledar", None, "Soledar", replace(SOLEDAR, relation="near")),
            ),
            "capture of fields near Soledar (UA) by Wagner",
        ),
        (
            changed(target=None, time=None, place=Where("the front", None)),
            "capture of the front (not located) by Wagner",
        ),
        (
            changed(type="casualties", actor=None, target=None, count=Count(14, 14), harm="killed", time=None),
            "casualties in Soledar (UA): 14 people killed",
        ),
        (
            changed(
                type="casualties",
                actor=None,
                count=Count(500, None),
                who="combatants",
                harm="both",
                cumulative=True,
                time=None,
            ),
            "casualties in Soledar (UA): at least 500 combatants killed or injured in all (Ukraine)",
        ),
    ],
)
def test_what_is_claimed_is_read_out_without_the_roles_that_are_open(claim: Claim, expected: str) -> None:
    assert render.proposition(claim) == expected


TYPES = sorted(claims.lexicon().types)


def test_only_types_of_the_lexicon_have_phrases_of_their_own() -> None:
    assert set(words_of.NOUN_PHRASES) <= set(TYPES)


@pytest.mark.parametrize("type_", [*TYPES, "type-of-tomorrow"])
def test_every_type_reads_out_all_its_roles(type_: str) -> None:
    said = render.proposition(changed(type=type_, time=None))
    assert "{" not in said
    for words in ("Soledar (UA)", "Wagner", "Ukraine"):
        assert said.count(words) == ("{target}" in words_of.NOUN_PHRASES.get(type_, "{target}") or words != "Ukraine")


@pytest.mark.parametrize("type_", [*TYPES, "type-of-tomorrow"])
def test_no_type_leaves_a_bracket_or_a_lone_preposition(type_: str) -> None:
    bare = changed(type=type_, actor=None, target=None, place=None, time=None)
    said = render.proposition(bare)
    assert "{" not in said
    assert said.split()[-1] not in ("of", "by", "in", "on", "from", "with", "against", ":")


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (When(date(2023, 1, 10), date(2023, 1, 10), 1), "2023-01-10"),
        (When(date(2023, 1, 10), date(2023, 1, 12), 1), "2023-01-10 to 2023-01-12"),
        (When(date(2023, 1, 10), None, 1), "since 2023-01-10"),
        (When(None, date(2023, 1, 12), 1), "until 2023-01-12"),
        (When(None, None, 3), "at an unknown time"),
    ],
)
def test_times(when: When, expected: str) -> None:
    assert words_of.when(when) == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (Count(14, 14), "14"),
        (Count(1500, None), "at least 1,500"),
        (Count(None, 20), "up to 20"),
        (Count(10, 20), "10 to 20"),
        (Count(None, None), "an unknown number of"),
    ],
)
def test_amounts(count: Count, expected: str) -> None:
    assert words_of.amount(count) == expected


def test_every_polarity_and_modality_has_its_words_and_no_two_the_same() -> None:
    assert len(set(words_of.STANCES.values())) == len(Polarity) * len(Modality)


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (changed(polarity=Polarity.DENIED), "DENIED by Prigozhin, via Daily"),
        (changed(modality=Modality.PROBABLE, via=()), "called probable by Prigozhin"),
        (changed(source=Source(SourceKind.NARRATION), via=()), "said by Daily itself"),
        (
            changed(source=Source(SourceKind.UNNAMED, "a commander"), via=("Reuters", "state television")),
            "said by a commander (unnamed), via Reuters, state television",
        ),
        (
            changed(source=Source(SourceKind.MONITOR, "it", name="Syrian Observatory"), via=()),
            "said by Syrian Observatory",
        ),
    ],
)
def test_the_stance_names_the_innermost_voice_and_the_chain(claim: Claim, expected: str) -> None:
    (one,) = extract(ARTICLE, claim)
    assert render.stance(one) == expected


def test_three_counts_reprints_are_one_origin() -> None:
    reprint = make_article(*[ARTICLE.text.split("\n\n")[1]], headline="Other words", publisher="Evening")
    again = make_claim(reprint, "Wagner has taken Soledar", source="Prigozhin")
    told = render.tally([*extract(ARTICLE, CLAIM), *extract(reprint, again)])
    assert str(told) == "2 articles, 2 outlets, 1 origin"


def test_escapes_of_a_page_reach_no_line() -> None:
    evil = make_article("Wag\x1b[2Jner has taken \u202eSoledar, Pri\x07gozhin said.", publisher="Da\x1b]0;x\x07ily")
    claim = make_claim(
        evil, "Wag\x1b[2Jner has taken \u202eSoledar", actor="Wag\x1b[2Jner", source="Pri\x07gozhin", via=("\x9b1mX",)
    )
    (one,) = extract(evil, claim)
    shown = "\n".join(click.unstyle(line) for line in render.claim_lines(one))
    assert not set(shown) & {"\x1b", "\x07", "\x9b", "\u202e"}
    assert "“Wagner has taken Soledar”" in shown


def test_a_name_written_from_the_right_does_not_turn_the_day_round() -> None:
    """Without isolation `2018-12-28` after an Arabic name is drawn as `-2018` and `28-12`."""
    claim = changed(actor=Party("Sami Haddad (سامي حداد)", None), target=None)
    assert words_of.proposition(claim) == "capture of Soledar (UA) by \u2068Sami Haddad (سامي حداد)\u2069, 2023-01-11"
