"""Claims: who says it, whether it is denied, how surely, about whom, where and when."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.claims.test_lexicon import claims_of
from whosays.claims import lexicon
from whosays.nouns import Claim, Count, Modality, Polarity, SourceKind


def one(sentence: str, type_: str) -> Claim:
    (found,) = [claim for claim in claims_of(sentence) if claim.type == type_]
    return found


@pytest.mark.parametrize(
    ("sentence", "type_", "polarity", "modality"),
    [
        ("Rebels captured the town.", "capture", "affirmed", "actual"),
        ("Rebels did not capture the town.", "capture", "denied", "actual"),  # negation in the clause
        ("The army denied that rebels had captured the town.", "capture", "denied", "actual"),  # denial by the cue
        ("The army denied that it had not captured the town.", "capture", "affirmed", "actual"),  # two negations cancel
        ("The monitor said it was not true that the town was captured.", "capture", "denied", "actual"),
        ("The town is free of the militants.", "control", "denied", "actual"),  # free of X: X does not hold it
        ("The army vowed to recapture the town.", "capture", "affirmed", "planned"),
        ("The army will capture the town.", "capture", "affirmed", "planned"),
        ("The army may have captured the town.", "capture", "affirmed", "possible"),
        ("Rebels reportedly captured the town.", "capture", "affirmed", "probable"),
        ("Troops crossed the river to capture the town.", "capture", "affirmed", "planned"),  # a purpose
        ("The ministry declined to confirm that the town had been captured.", "capture", "affirmed", "possible"),
        ("There were no casualties.", "casualties", "denied", "actual"),
        ("Not a single civilian was killed in Mekelle.", "casualties", "denied", "actual"),
        ("The claim that the town had fallen was false.", "capture", "denied", "actual"),
        ("The army failed to capture the town.", "capture", "denied", "actual"),
        ("M23 claims to have captured Goma.", "capture", "affirmed", "actual"),
        ("Asked whether the town was held by rebels, he did not answer.", "control", "affirmed", "possible"),
        (
            "The army denied targeting civilians and said two fighters had been killed.",
            "casualties",
            "affirmed",
            "actual",
        ),
        ("The rebels lost control of the town of Azaz.", "control", "denied", "actual"),
    ],
)
def test_polarity_and_modality(sentence: str, type_: str, polarity: str, modality: str) -> None:
    claim = one(sentence, type_)
    assert (claim.polarity, claim.modality) == (Polarity(polarity), Modality(modality))


@pytest.mark.parametrize(
    ("sentence", "type_", "actor", "target", "place"),
    [
        ("Turkish troops entered Ras al-Ain on Saturday.", "enter", "Turkish troops", None, "Ras al-Ain"),
        ("The town of Manbij was retaken by the SDF.", "capture", "SDF", None, "town of Manbij"),  # passive
        ("The town of Manbij fell to the SDF.", "capture", "SDF", None, "town of Manbij"),
        ("The liberation of Raqqa by the SDF was announced.", "capture", "SDF", None, "Raqqa"),  # nominal
        ("Shells landed in rebel-held Douma.", "control", "rebel", None, "Douma"),  # compound
        ("Israeli warplanes bombed a school in Gaza City.", "attack", "Israeli warplanes", "school", "Gaza City"),
        ("Hamas fired rockets at Ashkelon.", "attack", "Hamas", "Ashkelon", "Ashkelon"),
        ("Clashes broke out between the army and rebels in Hama.", "clash", "army", "rebels", "Hama"),  # two sides
        ("The army, backed by Hezbollah, captured Albu Kamal.", "capture", "army", None, "Albu Kamal"),
        (
            "Nine people were killed in an Israeli strike on Rafah.",
            "casualties",
            "Israeli",
            "Nine people",
            "Rafah",
        ),  # shared
    ],
)
def test_roles(sentence: str, type_: str, actor: str, target: str | None, place: str) -> None:
    claim = one(sentence, type_)
    assert claim.actor is not None
    assert claim.actor.words.startswith(actor) or actor in claim.actor.words
    assert target is None or (claim.target is not None and target in claim.target.words)
    assert claim.place is not None
    assert claim.place.words == place


@pytest.mark.parametrize(
    ("sentence", "kind", "name"),
    [
        (
            "The Syrian Observatory for Human Rights said rebels captured Hama.",
            "monitor",
            "Syrian Observatory for Human Rights",
        ),
        ("State television said rebels captured Hama.", "media", None),
        ("The army said rebels captured Hama.", "party", None),
        ("A witness said rebels captured Hama.", "unnamed", None),
        ("Rebels captured Hama.", "narration", None),
    ],
)
def test_sources(sentence: str, kind: str, name: str | None) -> None:
    claim = one(sentence, "capture")
    assert claim.source.kind is SourceKind(kind)
    assert name is None or claim.source.name == name


def test_presupposed_is_the_narrators() -> None:
    claim = one("The ministry said shells hit rebel-held Douma.", "control")
    assert claim.source.kind is SourceKind.NARRATION


def test_chain_of_voices() -> None:
    claim = one("State television quoted the army as saying it had captured Hama.", "capture")
    assert claim.source.mention == "the army"
    assert claim.via[-1] == "State television"


def test_counts_and_harm() -> None:
    killed, hurt = (
        c for c in claims_of("The blast killed at least two soldiers and wounded five.") if c.type == "casualties"
    )
    assert (killed.harm, killed.count, killed.who) == ("killed", Count(2, None), "combatants")
    assert (hurt.harm, hurt.count) == ("injured", Count(5, 5))


@pytest.mark.parametrize(
    ("sentence", "means"),
    [
        ("Warplanes bombed the port of Hodeidah.", "airstrike"),
        ("Shelling of the town killed six.", "shelling"),
        ("A suicide bomber attacked a checkpoint in Kabul.", "suicide-bombing"),
        ("A car bomb exploded in Azaz.", "bombing"),
        ("Militants attacked a base near Mopti.", "other"),
    ],
)
def test_means(sentence: str, means: str) -> None:
    assert one(sentence, "attack").means == means


def test_a_denial_points_to_what_it_denies() -> None:
    found = claims_of("A commander said rebels captured Hama. The army denied that rebels had captured Hama.")
    affirmed, denied = (c for c in found if c.type == "capture")
    assert denied.denies == affirmed.id
    assert affirmed.denies is None


def test_ids_name_the_proposition_at_its_place() -> None:
    first, second = (
        c for c in claims_of("Rebels captured Hama. They left it. Rebels captured Hama.") if c.type == "capture"
    )
    assert first.evidence.exact == second.evidence.exact
    assert first.id != second.id
    assert [c.id for c in claims_of("Rebels captured Hama.")] == [c.id for c in claims_of("Rebels captured Hama.")]


WORDS = st.sampled_from(
    "the army rebels Hama captured town, said denied “ ” killed 30 people in and by of to not who . : - Syrian on Tuesday "
    "shelling attack".split()
)


@pytest.mark.slow
@settings(max_examples=200)
@given(st.lists(WORDS, max_size=60))
def test_word_salad_gives_claims_whose_words_stand_in_the_text(words: list[str]) -> None:
    text = " ".join(words)
    for claim in claims_of(text):
        assert claim.evidence.exact.strip()
        assert claim.evidence.exact in f"x\n\n{text}"
        assert 0 <= claim.confidence <= 1


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    for claim in claims_of(text):
        assert claim.evidence.end - claim.evidence.start == len(claim.evidence.exact)


LEMMAS = {lemma for type_ in lexicon().types.values() for one in type_.triggers for lemma in one.lemmas}
AROUND = "the a of in to from by and , . no not two 40 Hama Azaz army rebels said denied who which Friday".split()
WORDS = [*sorted(LEMMAS), *AROUND]


@pytest.mark.slow
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25))
def test_any_words_of_the_lexicon(words: list[str]) -> None:
    for claim in claims_of(" ".join(words)):
        assert claim.evidence.end - claim.evidence.start == len(claim.evidence.exact)


@pytest.mark.parametrize("sentence", ["Airstrikes two in Hama", "He served in the army of"])
def test_words_that_once_broke_it(sentence: str) -> None:
    assert isinstance(claims_of(sentence), tuple)


def test_a_distance_is_no_attacker() -> None:
    claim = one("An air strike 12 kilometres from Hama killed nine people.", "casualties")
    assert claim.actor is None


def test_who_says_it_is_not_who_did_it() -> None:
    claim = one("A bomb hit Kharkiv, Governor Oleh Syniehubov said, killing nine people.", "casualties")
    assert claim.actor is None


def test_the_outlet_that_was_told_is_not_the_voice() -> None:
    claim = one("“The town is under our control,” Willy Ngoma, a spokesman for M23, told Reuters.", "control")
    assert claim.source.mention is not None
    assert claim.source.mention.startswith("Willy Ngoma")
    assert claim.via == ("Daily", "Reuters")


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Rubio said talks had failed, and Rwanda, which denies backing M23, blames Kinshasa.", "Rwanda"),
        (
            "The Popular Resistance, a local militia allied with the army, accused the RSF of shelling Kadugli.",
            "Popular Resistance",
        ),
        ("The Sudan Doctors Network put the death toll in El Fasher at 460.", "Sudan Doctors Network"),
        ("The town, according to the ministry, was captured by rebels on Friday.", "the ministry"),
    ],
)
def test_whose_voice_it_is(sentence: str, source: str) -> None:
    assert source in {claim.source.mention for claim in claims_of(sentence)}
