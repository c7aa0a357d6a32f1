"""Do no harm: who is private, what becomes of names, quotes and points, and what stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import SOLEDAR, extract, make_article, make_claim
from whosays import actors
from whosays.faces.people import hidden
from whosays.faces.privacy import DESK, PUBLIC, QUOTE, Masks, Profile, is_coarse, masks, quote, salt
from whosays.nouns import Claim, Comment, Extraction, Party, Place, Source, SourceKind, Span

ROSTER = actors.roster()
OPEN = Profile(public=True, pseudonyms=False, texts=True, coarse=False)


def made(profile: Profile = PUBLIC, key: bytes = b"salt") -> Masks:
    return masks(profile, key, ROSTER)


def said(text: str = "Ahmed Saleh said that Wagner has taken Soledar.", **source: object) -> Extraction:
    article = make_article(text, headline="Ahmed Saleh speaks")
    claim = make_claim(article, text.rstrip("."), source="Ahmed Saleh", actor="Wagner")
    (one,) = extract(article, replace(claim, source=replace(claim.source, **source)) if source else claim)
    return one


def person(kind: SourceKind, mention: str, key: str | None = None) -> Claim:
    return replace(said().claim, source=Source(kind, mention, None, None, key), actor=None)


@pytest.mark.parametrize(
    ("kind", "mention", "names"),
    [
        (SourceKind.PERSON, "Ahmed Saleh", ("Ahmed Saleh",)),
        (SourceKind.PERSON, "Ahmed Saleh, a shopkeeper in the town", ("Ahmed Saleh",)),
        (SourceKind.PERSON, "Mr. Saleh", ("Saleh",)),
        (SourceKind.PERSON, "Ahmed al-Saleh", ("Ahmed al-Saleh",)),
        (SourceKind.UNNAMED, "Ahmed Saleh, a resident", ("Ahmed Saleh",)),
        (SourceKind.UNNAMED, "a resident, Umm Khaled", ("Umm Khaled",)),
        (SourceKind.UNNAMED, "Ahmed, a doctor", ("Ahmed",)),
        (SourceKind.PERSON, "Sami Haddad (سامي حداد), a baker", ("Sami Haddad", "سامي حداد")),
        (SourceKind.PARTY, "Manbij Military Council (مجلس منبج العسكري)", ()),
        (SourceKind.UNNAMED, "a Hezbollah commander", ()),
        (SourceKind.UNNAMED, "a resident", ()),
        (SourceKind.PERSON, "Each side", ()),
        (SourceKind.PERSON, "Yevgeny Prigozhin", ()),
        (SourceKind.PERSON, "Soledar", ()),
        (SourceKind.OFFICIAL, "Ahmed Saleh, the governor", ()),
        (SourceKind.PARTY, "the Russian Army", ()),
        (SourceKind.NARRATION, "", ()),
    ],
)
def test_who_is_private_among_voices(kind: SourceKind, mention: str, names: tuple[str, ...]) -> None:
    assert made().people.named(person(kind, mention or "")) == names


def test_whom_a_roster_lists_is_not_private() -> None:
    assert made().people.named(person(SourceKind.PERSON, "Ahmed Saleh", "ahmed-saleh")) == ()
    assert masks(PUBLIC, b"", None).people.named(person(SourceKind.PERSON, "Yevgeny Prigozhin")) != ()


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Ahmed Saleh", ("Ahmed Saleh",)),
        ("farmer Ahmed Saleh and his sons", ("Ahmed Saleh",)),
        ("Sami Haddad (سامي حداد)", ("Sami Haddad", "سامي حداد")),
        ("Sham Hawks Brigade", ()),
        ("Turkish", ()),
        ("Russian Orthodox Church", ()),
        ("12 civilians", ()),
        ("Popular Mobilisation Forces", ()),
    ],
)
def test_who_is_private_among_parties(words: str, names: tuple[str, ...]) -> None:
    claim = replace(person(SourceKind.NARRATION, ""), target=Party(words, None))
    assert made().people.named(claim) == names


def test_in_public_a_private_person_is_nowhere_and_nothing_moves() -> None:
    one = said()
    shown = made().extraction(one)
    assert "Saleh" not in repr(shown)
    assert "Ahmed" not in repr(shown)
    assert shown.claim.source.mention == shown.claim.source.name == made().pseudonym("Ahmed Saleh")
    assert len(shown.claim.evidence.exact) == len(one.claim.evidence.exact)
    assert shown.claim.evidence.exact.endswith("said that Wagner has taken Soledar")
    assert (shown.claim.id, shown.claim.evidence.start, shown.claim.source.span) == (
        one.claim.id,
        one.claim.evidence.start,
        one.claim.source.span,
    )


def test_at_the_desk_names_are_hidden_and_quotes_are_not() -> None:
    shown = made(DESK).extraction(said())
    assert shown.claim.source.name == made().pseudonym("Ahmed Saleh")
    assert "Ahmed Saleh" in shown.claim.evidence.exact


def test_with_everything_open_what_comes_in_goes_out() -> None:
    one = said()
    assert made(OPEN).extraction(one) is one


def test_a_pseudonym_is_stable_and_another_under_another_salt() -> None:
    assert made().pseudonym("Ahmed Saleh") == made().pseudonym("AHMED  SALÉH")
    assert made().pseudonym("Ahmed Saleh") != made().pseudonym("Ahmed Salem")
    assert made().pseudonym("Ahmed Saleh") != made(key=b"other").pseudonym("Ahmed Saleh")


@given(st.text(), st.lists(st.text(min_size=1), max_size=3))
def test_hiding_with_blanks_moves_nothing_and_leaves_no_name(text: str, names: list[str]) -> None:
    names = [" ".join(name.split()) for name in names if name.split()]
    shown = hidden(text, names, lambda found: "█" * len(found))
    assert len(shown) == len(text)


@given(st.text(max_size=2 * QUOTE))
def test_a_quote_is_short_and_a_short_one_whole(text: str) -> None:
    assert len(quote(text)) <= QUOTE
    assert quote(text) == text or (quote(text)[:-1] == text[: QUOTE - 1] and quote(text)[-1] == "…")


def test_quotes_and_headlines_are_cut_where_texts_are_not_given() -> None:
    long = said("Ahmed Saleh said " + "so " * 200 + ".")
    assert len(made().extraction(long).claim.evidence.exact) == QUOTE
    assert len(made(OPEN).extraction(long).claim.evidence.exact) > QUOTE


def place(name: str, feature: str = "town", population: int = 10_000) -> Place:
    return replace(SOLEDAR, name=name, feature=feature, population=population)


@pytest.mark.parametrize(
    ("place", "words", "individual", "coarse"),
    [
        (SOLEDAR, "Soledar", False, False),
        (SOLEDAR, "a hospital in Soledar", False, True),
        (SOLEDAR, "his home", False, True),
        (place("Zaatari", "camp"), "", False, True),
        (place("Zaatari"), "Zaatari refugee camp", False, True),
        (SOLEDAR, "an army training camp", False, False),
        (SOLEDAR, "Soledar", True, False),
        (place("Hamlet", population=200), "Hamlet", True, True),
        (place("Hamlet", population=200), "Hamlet", False, False),
        (place("Syria", "country", 0), "homes in Syria", True, False),
    ],
)
def test_points_of_camps_hospitals_and_individuals_are_coarse(
    place: Place, words: str, individual: bool, coarse: bool
) -> None:
    shown = made().place(place, words, individual=individual)
    assert is_coarse(shown) == coarse
    assert made(DESK).place(place, words, individual=individual) == place
    if coarse:
        assert (shown.lat, shown.lon) == (48.7, 38.1)
        assert shown.radius is not None
        assert (shown.key, shown.name, shown.precision) == (place.key, place.name, 2)
        assert made().place(shown, words, individual=individual) == shown


def test_authors_of_comments_have_pseudonyms_and_in_public_no_name_is_left_in_the_text() -> None:
    text = "Ahmed Saleh spoke.\n\nJane Reader: I know Ahmed Saleh."
    comment = Comment("k1", "Jane Reader", "I know Ahmed Saleh.", Span(34, 53), None, 0)
    article = replace(make_article("x"), text=text, comments=(comment,))
    shown = made().article(article, [said()])
    assert shown.comments[0].author == made().pseudonym("Jane Reader")
    assert len(shown.text) == len(text)
    assert "Jane" not in repr(shown)
    assert "Saleh" not in repr(shown)
    assert made(DESK).article(article, [said()]).text == text.replace("Jane Reader", "█" * 11)
    assert made(DESK).article(article).comments[0].author == made().pseudonym("Jane Reader")
    assert made(OPEN).article(article) is article


def test_a_salt_is_made_once_beside_the_ledger(tmp_path: Path) -> None:
    ledger = tmp_path / "a.db"
    assert salt(str(ledger), b"one") == b"one"  # no ledger, no salt
    assert not (tmp_path / "a.db.salt").exists()
    ledger.touch()
    assert salt(str(ledger), b"one") == b"one"
    assert salt(str(ledger), b"two") == b"one"
    assert (tmp_path / "a.db.salt").stat().st_mode & 0o077 == 0
    assert salt(":memory:", b"two") == b"two"
