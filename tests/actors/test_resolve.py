"""Actors found in a text: which words, whom they name, and what stays open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import make_article
from tests.readings import make_reading
from whosays.actors import outlet, resolve
from whosays.nouns import Actor, Candidate, PartKind


def found(*texts: str) -> list[tuple[str, str]]:
    """Words and the key of their actor; keys joined by `/` and led by `?` where it stays open."""
    made = make_reading(*texts)
    return [(c.span.of(made.article.text), shown(c)) for c in resolve(made)]


def shown(candidate: Candidate[Actor]) -> str:
    return candidate.value.key if candidate.value else "?" + "/".join(option.key for option in candidate.options)


ONE = [
    # text, words, key: exactly one actor is found
    ("Hezbollah attacked", "Hezbollah", "hezbollah"),  # a name
    ("Hizbullah attacked", "Hizbullah", "hezbollah"),  # another spelling
    ("Hizb'allah attacked", "Hizb'allah", "hezbollah"),  # an apostrophe inside
    ("Hezbollah's men", "Hezbollah", "hezbollah"),  # a possessive is left out
    ("Hezbollah’s men", "Hezbollah", "hezbollah"),  # curly
    ("the Houthis' men", "Houthis", "houthis"),  # plural possessive, no determiner
    ("Lebanon’s Hezbollah", "Lebanon’s Hezbollah", "hezbollah"),  # longest first
    ("the Islamic State group", "Islamic State group", "islamic-state"),  # longest first
    ("ISLAMIC STATE LOSES TOWN", "ISLAMIC STATE", "islamic-state"),  # a headline in capitals
    ("islamic state lost it", "islamic state", "islamic-state"),  # sloppy text
    ("Daesh lost it", "Daesh", "islamic-state"),  # an Arabic acronym
    ("تنظيم داعش", "داعش", "islamic-state"),  # in Arabic
    ("so-called Islamic State", "so-called Islamic State", "islamic-state"),  # with its adjective
    ("last IS stronghold", "IS", "islamic-state"),  # capitals in a small text
    ("ISIL's tanks", "ISIL", "islamic-state"),  # possessive acronym
    ("Popular Mobilisation Forces entered", "Popular Mobilisation Forces", "pmf"),  # s for z
    ("Hashd al-Shaabi entered", "Hashd al-Shaabi", "pmf"),  # transliterated
    ("Hashd Al Shaabi entered", "Hashd Al Shaabi", "pmf"),  # without hyphen
    ("SOHR said", "SOHR", "sohr"),  # acronym
    ("Syrian Observatory for Human Rights said", "Syrian Observatory for Human Rights", "sohr"),  # no `Syrian` inside
    ("Jabhat Fateh al-Sham", "Jabhat Fateh al-Sham", "hts"),  # a former name
    ("Hay’at Tahrir al-Sham", "Hay’at Tahrir al-Sham", "hts"),  # curly apostrophe
    ("Médecins sans frontières said", "Médecins sans frontières", "msf"),  # accents
    ("Medecins Sans Frontieres said", "Medecins Sans Frontieres", "msf"),  # no accents
    ("the U.N. Security Council", "U.N. Security Council", "un-security-council"),  # dots
    ("the UN security council", "UN security council", "un-security-council"),  # small letters
    ("Israeli army said", "Israeli army", "idf"),  # nationality + noun, replaced by the roster's
    ("the Israel Defence Forces", "Israel Defence Forces", "idf"),  # a name that begins with a country's
    ("Israeli bombs fell", "Israeli", "idf"),  # an act: the nationality alone
    ("Russian warplanes hit", "Russian warplanes", "russian-armed-forces"),  # warplanes
    ("Ukrainian soldiers", "Ukrainian soldiers", "ukrainian-armed-forces"),  # soldiers
    ("Iraqi troops", "Iraqi troops", "iraq-forces"),  # made by rule
    ("Turkish forces", "Turkish forces", "turkish-armed-forces"),  # replaced
    ("Ethiopian troops", "Ethiopian troops", "ethiopia-forces"),  # a country with nothing in the roster
    ("Syria’s army", "Syria’s army", "syrian-army"),  # country + 's
    ("Turkey's defence ministry said", "Turkey's defence ministry", "turkey-defence-ministry"),  # ministry
    (
        "the Russian Ministry of Defence",
        "Russian Ministry of Defence",
        "russia-defence-ministry",
    ),  # three words
    ("the Government of Iraq", "Government of Iraq", "iraq-government"),  # noun + of
    ("Armed Forces of Ukraine", "Armed Forces of Ukraine", "ukrainian-armed-forces"),  # in the roster
    (
        "Ministry of Defense of the Russian Federation",
        "Ministry of Defense of the Russian Federation",
        "russia-defence-ministry",
    ),
    ("Iraqi military officials", "Iraqi military officials", "iraq-forces"),  # officials of the military
    ("Syrian state television said", "Syrian state television", "syria-state-media"),  # state television
    ("Russian official media", "Russian official media", "russia-state-media"),  # official media
    ("U.S. forces", "U.S. forces", "us-military"),  # dotted nationality
    ("US air strike", "US", "us-military"),  # capitals and an act
    ("the U.S.-led coalition", "U.S.-led coalition", "us-led-coalition"),  # hyphen after dots
    ("a U.S.-backed coalition", "U.S.-backed coalition", "us-led-coalition"),  # no state beside it
    ("the Pentagon said", "Pentagon", "us-defence"),  # a building
    ("the Kremlin said", "Kremlin", "russian-government"),  # another
    ("Moscow denied it", "Moscow", "russian-government"),  # a city that speaks
    ("Washington has not spelled out", "Washington", "us-government"),  # has
    ("accused Tehran", "Tehran", "iran-government"),  # a city that is spoken to
    ("Damascus-backed militias", "Damascus", "syrian-government"),  # backed
    ("Israel said", "Israel", "israel"),  # a state
    ("backed by Iran", "Iran", "iran"),  # after by
    ("the Iran-backed group", "Iran", "iran"),  # an ally named in an adjective
    ("in Syria's view", "Syria", "syria"),  # a possessive is no place
    ("Washington Post reported", "Washington Post", "washington-post"),  # no Washington
    ("Wagner mercenaries", "Wagner mercenaries", "wagner"),  # group + noun
    ("TASS reported", "TASS", "tass"),  # an agency
    ("Tass reported", "Tass", "tass"),  # as some print it
    ("Al-Mayadeen TV", "Al-Mayadeen TV", "al-mayadeen"),  # with TV
    ("Hamas-run health ministry", "Hamas-run health ministry", "gaza-health-ministry"),  # no Hamas beside it
    ("the OSCE's Special Monitoring Mission", "OSCE", "osce"),  # a possessive breaks a longer name
    (
        "General Staff of the Armed Forces of Ukraine",
        "General Staff of the Armed Forces of Ukraine",
        "ukrainian-armed-forces",
    ),
]

NONE = [
    "it is held",  # the verb
    "Is it held?",  # at the start
    "tell us who",  # pronouns
    "an sdf file",  # an acronym in small letters
    "in Syria",  # a place
    "near Damascus",  # a place
    "Damascus fell",  # a city, no speaker
    "across Iraq and beyond",  # across
    "Al-Qaim, Iraq",  # city, country
    "the Britain-based group",  # based
    "Syrian civilians",  # a nationality alone
    "the military alliance",  # no military
    "the army",  # no country is spoken of
    "amal means hope",  # not the movement
    "the rain forces fire",  # nouns without a nation
    "",  # nothing
    "\x00\ud800",  # not even words
]

SEVERAL = [
    (("Russia, Iran and Turkey met",), [("Russia", "russia"), ("Iran", "iran"), ("Turkey", "turkey")]),  # a list
    (("Syrian and Russian warplanes",), [("Syrian", "syrian-army"), ("Russian warplanes", "russian-armed-forces")]),
    (("US and British forces",), [("US", "us-military"), ("British forces", "british-forces")]),  # one noun for two
    (("Popular Mobilization Forces (PMF)",), [("Popular Mobilization Forces", "pmf"), ("PMF", "pmf")]),  # known anyway
    (("the Rapid Support Forces (RSF)", "RSF men"), [("Rapid Support Forces", "rsf"), ("RSF", "rsf"), ("RSF", "rsf")]),
    (("Reporters Without Borders (RSF)", "RSF said"), [("Reporters Without Borders", "rsf-reporters"), ("RSF", "rsf-reporters"), ("RSF", "rsf-reporters")]),  # noqa: E501  the same letters, another meaning
    (("RSF said",), [("RSF", "?rsf-reporters/rsf")]),  # nobody says which
    (("The Free Syrian Army (XFA)", "XFA's men"), [("Free Syrian Army", "fsa"), ("XFA", "fsa"), ("XFA", "fsa")]),  # new
    (("XFA men", "Free Syrian Army (XFA)"), [("XFA", "fsa"), ("Free Syrian Army", "fsa"), ("XFA", "fsa")]),  # first
    (("SYOBHR (Syrian Observatory for Human Rights)", "SYOBHR"), [("SYOBHR", "sohr"), ("Syrian Observatory for Human Rights", "sohr"), ("SYOBHR", "sohr")]),  # noqa: E501  letters first
    (("BEIRUT (Reuters) – Fire", "BEIRUT"), [("Reuters", "reuters")]),  # a dateline binds nothing
    (("Islamic Jihad (AP)", "AP said"), [("Islamic Jihad", "islamic-jihad"), ("AP", "ap"), ("AP", "ap")]),  # not its
    (("Daesh (Islamic State)",), [("Daesh", "islamic-state"), ("Islamic State", "islamic-state")]),  # both known
    (("The Coalition struck.",), [("Coalition", "?us-led-coalition/syrian-coalition/saudi-led-coalition")]),  # three
    (("The Saudi-led coalition. The Coalition struck.",), [("Saudi-led coalition", "saudi-led-coalition"), ("Coalition", "saudi-led-coalition")]),  # noqa: E501  one is named in full
    (("Iran said so. State TV agreed.",), [("Iran", "iran"), ("State TV", "iran-state-media")]),  # one country
    (("In Syria, state television said",), [("state television", "syria-state-media")]),  # a place gives the country
    (("Iraq and Syria. State media said",), [("Iraq", "iraq"), ("Syria", "syria"), ("State media", "?iraq-state-media/syria-state-media")]),
    (("Syria, Syria, Syria. In Iraq the government said",), [("Syria", "syria"), ("Syria", "syria"), ("Syria", "syria"), ("government", "iraq-government")]),  # noqa: E501  the sentence's own country
    (("IS TALIBAN GONE",), [("IS", "?islamic-state"), ("TALIBAN", "taliban")]),  # may be the verb
    (("TELL US: HAMAS",), [("HAMAS", "hamas")]),  # US in capitals is no state
    (("U.S. STRIKES HAMAS",), [("U.S.", "us-military"), ("HAMAS", "hamas")]),  # dots make it sure
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "key"), ONE, ids=[ascii(case[0]) for case in ONE])
def test_one(text: str, words: str, key: str) -> None:
    assert found(text) == [(words, key)]


@pytest.mark.parametrize("text", NONE, ids=ascii)
def test_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(("texts", "expected"), SEVERAL, ids=[ascii(case[0][0]) for case in SEVERAL])
def test_several(texts: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    assert found(*texts) == expected


def test_comments_are_not_read() -> None:
    assert resolve(make_reading("Hezbollah", kind=PartKind.COMMENT)) == ()


def test_reasons_are_given() -> None:
    (candidate,) = resolve(make_reading("In Syria, state television said"))
    assert candidate.reasons == ("an organ of the country spoken of", "the country named before it in the sentence")


@pytest.mark.slow
def test_time_grows_with_the_length_of_the_text() -> None:
    """A text eight times as long takes about eight times as long: less than 24 times, to leave room for noise."""
    for line in (
        "Syrian and Russian warplanes and ",
        "the army of Islamic State of ",
        "PMF (PMF) ",
        "state TV in Syria. ",
    ):
        short, long = (min(taken(line * times) for _ in range(3)) for times in (250, 2000))
        assert long < 24 * short


def taken(text: str) -> float:
    made, start = make_reading(text), process_time()
    resolve(made)
    return process_time() - start


WORDS = st.sampled_from([case[0] for case in ONE] + [text for texts, _ in SEVERAL for text in texts] + NONE)


@given(st.lists(st.one_of(st.text(), WORDS, st.lists(WORDS, max_size=4).map(" ".join)), max_size=4))
def test_spans_lie_in_the_text_in_order_apart(texts: list[str]) -> None:
    made = make_reading(*texts)
    end = 0
    for candidate in resolve(made):
        assert end <= candidate.span.start < candidate.span.end <= len(made.article.text)
        assert candidate.options
        assert candidate.reasons
        end = candidate.span.end


@pytest.mark.parametrize(
    ("agency", "publisher", "key", "side"),
    [
        ("Reuters", "SANA", "reuters", "none"),
        (None, "SANA", "sana", "russia-iran-and-partners"),
        (None, "Hezbollah", None, None),
        (None, "The Harbour Courier", None, None),
        (None, None, None, None),
    ],
)
def test_who_speaks_in_an_articles_own_voice(
    agency: str | None, publisher: str | None, key: str | None, side: str | None
) -> None:
    """The agency before the paper that prints it; what is no outlet speaks for itself nowhere."""
    article = replace(make_article("Words.", publisher=publisher, published=date(2017, 11, 8)), agency=agency)
    found = outlet(article)
    assert (found and found.key, found and found.side) == (key, side)
