"""What only the document and its day can tell: former names, descriptions, chains, loaded words, the unlisted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.actors.test_resolve import shown
from tests.readings import make_reading
from whosays.actors import resolve
from whosays.actors.inside import _bare
from whosays.nouns import Attribution, Mention, Reading, Span


def dated(text: str, day: date | None, *, outlet: str | None = None) -> Reading:
    made = make_reading(text)
    return replace(made, article=replace(made.article, published=day, publisher=outlet))


def at(text: str, words: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def said(reading: Reading, source: str, content: str) -> Reading:
    text = reading.article.text
    one = Attribution(at(text, source), None, (at(text, content),))
    return replace(reading, attributions=(*reading.attributions, one))


def found(reading: Reading) -> list[tuple[str, str]]:
    return [(c.span.of(reading.article.text), shown(c)) for c in resolve(reading)]


NAMES = [
    # day, text, words and key, one reason
    (date(2015, 5, 1), "Nusra Front fired", ("Nusra Front", "hts"), "a name of the roster"),  # in use
    (date(2018, 5, 1), "Nusra Front fired", ("Nusra Front", "hts"), "a former name, in use until 2016-07-28"),
    (date(2016, 12, 1), "Nusra Front fired", ("Nusra Front", "hts"), "a name of the roster"),  # not far after
    (date(2014, 5, 1), "HTS fired", ("HTS", "?hts"), "a name in use only from 2017-01-28"),  # not yet
    (None, "HTS fired", ("HTS", "hts"), "a name of the roster"),  # nobody knows the day
    (date(2015, 5, 1), "the Republican Guard fired", ("Republican Guard", "?syrian-republican-guard/saleh-forces"), "several actors have this name"),  # noqa: E501
    (date(2022, 5, 1), "the Republican Guard fired", ("Republican Guard", "syrian-republican-guard"), "the only one called so on that day"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "text", "expected", "reason"), NAMES, ids=[f"{case[0]} {case[1]}" for case in NAMES])
def test_names_have_dates(day: date | None, text: str, expected: tuple[str, str], reason: str) -> None:
    reading = dated(text, day)
    assert found(reading) == [expected]
    assert reason in resolve(reading)[0].reasons


def test_the_side_is_that_of_the_day() -> None:
    sides = [
        candidate.value and candidate.value.side
        for day in (date(2017, 1, 1), date(2025, 6, 1), None)
        for candidate in resolve(dated("The Syrian army fired.", day))
    ]
    assert sides == ["russia-iran-and-partners", "syria", None]


DESCRIBED = [
    ("Hezbollah fired. The group was silent.", ("group", "hezbollah")),  # the only armed group
    ("Hezbollah and Hamas fired. The group was silent.", ("group", "?hamas/hezbollah")),  # one of two, the last first
    ("The group was silent. Hezbollah fired.", None),  # not named before
    ("Hezbollah fired. A group was silent.", None),  # no `the`
    ("SOHR and Hezbollah spoke. The war monitor counted.", ("war monitor", "sohr")),  # of its kind
    (
        "The Gaza health ministry and Hamas spoke. The ministry counted.",
        ("ministry", "gaza-health-ministry"),
    ),  # its word
    ("Hezbollah and the Islamic State fired. The jihadists fled.", ("jihadists", "islamic-state")),  # of its side
]


@pytest.mark.parametrize(("text", "expected"), DESCRIBED, ids=[case[0] for case in DESCRIBED])
def test_descriptions_mean_who_was_named_before(text: str, expected: tuple[str, str] | None) -> None:
    words = {"group", "war monitor", "ministry", "jihadists"}
    assert [pair for pair in found(dated(text, None)) if pair[0] in words] == ([] if expected is None else [expected])


def chained(text: str, *mentions: tuple[str, int | None], kind: str = "Organisation") -> Reading:
    made = dated(text, None)
    return replace(made, mentions=tuple(Mention(at(text, words), kind, chain) for words, chain in mentions))


CHAINED = [
    (chained("Hamas fired. They fled.", ("Hamas", 1), ("They", 1)), [("Hamas", "hamas"), ("They", "hamas")]),
    (chained("Hamas’s men. They fled.", ("Hamas’s", 1), ("They", 1)), [("Hamas", "hamas"), ("They", "hamas")]),
    (chained("Hamas fired. They fled.", ("Hamas", 1), ("They", 2)), [("Hamas", "hamas")]),  # another chain
    (chained("Hamas fired. They fled.", ("Hamas", None), ("They", None)), [("Hamas", "hamas")]),  # no chain
    (chained("Hamas, or Fatah. They fled.", ("Hamas", 1), ("Fatah", 1), ("They", 1)), [("Hamas", "hamas"), ("Fatah", "fatah")]),  # two
    (chained("Hamas chief X. He fled.", ("Hamas chief X", 1), ("He", 1)), [("Hamas", "hamas")]),  # the chief's chain
    (chained("Hamas fired. His men fled.", ("Hamas", 1), ("His men", 1)), [("Hamas", "hamas")]),  # the speaker's, as likely
    (chained("The French defence ministry spoke. The health ministry did.", ("French defence ministry", 1), ("The health ministry", 1)),
     [("French defence ministry", "france-defence-ministry")]),  # another ministry
    (chained("Syria burns. The country fled.", ("Syria", 1), ("The country", 1), kind="Location"), [("Syria", "syria")]),  # a place
]  # fmt: skip


@pytest.mark.parametrize(("reading", "expected"), CHAINED, ids=range(len(CHAINED)))
def test_chains_with_one_name_mean_it(reading: Reading, expected: list[tuple[str, str]]) -> None:
    assert found(reading) == expected


SYRIA = "In Syria the army struck terrorists."
LOADED = [
    # reading, words, key: the same words in other mouths
    (said(dated(f"Hamas said: {SYRIA}", date(2016, 5, 1)), "Hamas", SYRIA), "terrorists", "?syrian-opposition/hts/islamic-state/pkk"),
    (said(dated(f"TASS said: {SYRIA}", date(2016, 5, 1)), "TASS", SYRIA), "terrorists", "?syrian-opposition/hts/islamic-state"),
    (said(dated(f"TASS said of HTS: {SYRIA}", date(2018, 5, 1)), "TASS", SYRIA), "terrorists", "hts"),  # the one that is named
    (said(dated(f"Anadolu said: {SYRIA}", date(2018, 5, 1)), "Anadolu", SYRIA), "terrorists", "?pkk/ypg/sdf/islamic-state"),
    (dated("In Syria terrorists fled.", date(2016, 5, 1), outlet="SANA"), "terrorists", "?syrian-opposition/hts/islamic-state"),
    (dated("In Syria rebels fled.", date(2016, 5, 1)), "rebels", "syrian-opposition"),  # whoever says it
    (dated("In Yemen rebels fled.", date(2016, 5, 1)), "rebels", "houthis"),  # another country
    (dated("In Syria rebels fled.", date(2026, 5, 1)), "rebels", None),  # no such war then
    (dated("In Peru rebels fled.", date(2016, 5, 1)), "rebels", None),  # nobody knows
    (dated("In Ukraine separatists fled.", date(2015, 5, 1)), "separatists", "donbas-separatists"),
    (dated("In Yemen separatists fled.", date(2019, 5, 1)), "separatists", "stc"),
    (said(dated("Ukrinform said: the occupiers fled in Ukraine.", date(2023, 5, 1)), "Ukrinform", "the occupiers fled in Ukraine"), "occupiers", "russian-armed-forces"),  # noqa: E501
    (said(dated("Hezbollah said: the enemy fled from Lebanon.", date(2023, 5, 1)), "Hezbollah", "the enemy fled from Lebanon"), "enemy", "idf"),  # noqa: E501
    (said(dated("Hezbollah said: our fighters held.", None), "Hezbollah", "our fighters held"), "our fighters", "hezbollah"),  # the speaker
    (said(dated("Putin said: our forces held.", None), "Putin", "our forces held"), "our forces", "russian-armed-forces"),  # his country's
    (dated("He said our forces held.", None), "our forces", None),  # whose?
]  # fmt: skip


@pytest.mark.parametrize(("reading", "words", "key"), LOADED, ids=[case[0].article.text for case in LOADED])
def test_loaded_words_mean_what_the_speaker_means(reading: Reading, words: str, key: str | None) -> None:
    assert [shown for cut, shown in found(reading) if cut == words] == ([] if key is None else [key])


def test_unlisted_actors_take_their_kind_from_their_name_and_lend_it_their_acronym() -> None:
    text = "The Hawks Brigade (HWB) and the Dove Herald spoke. HWB fled. Ali Doe fled."
    names = [
        ("Hawks Brigade", 0, "Organisation"),
        ("Dove Herald", 0, "Organisation"),
        ("HWB", 1, "Organisation"),
        ("Ali Doe", 0, "Person"),
    ]
    mentions = tuple(Mention(at(text, name, nth), kind, name=True) for name, nth, kind in names)
    actors = [c.value for c in resolve(replace(dated(text, None), mentions=mentions))]
    assert [(a.key, a.kind, a.side) for a in actors if a] == [
        ("local:hawks-brigade", "armed-group", None),
        ("local:dove-herald", "media", None),
        ("local:hawks-brigade", "armed-group", None),
    ]


WORDS = [
    "Hezbollah",
    "the group",
    "terrorists",
    "our forces",
    "in Syria",
    "Hawks Brigade (HWB)",
    "They",
    "HTS",
    "said that",
    "Iraq’s army",
    ".",
]
SPANS = st.lists(
    st.tuples(st.integers(0, 120), st.integers(1, 30), st.sampled_from([None, 1, 2]), st.booleans()), max_size=12
)


@given(
    st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join),
    SPANS,
    st.sampled_from([None, date(2016, 1, 1), date(2025, 1, 1)]),
)
def test_spans_lie_in_the_text_in_order_apart_whatever_the_reading_says(
    text: str, spans: list[tuple[int, int, int | None, bool]], day: date | None
) -> None:
    size = len(text)
    cut = sorted(
        ((min(a, size), min(a + n, size), chain, name) for a, n, chain, name in spans), key=lambda one: one[:2]
    )
    mentions = tuple(Mention(Span(a, b), "Organisation", chain, name) for a, b, chain, name in cut if a < b)
    voices = tuple(Attribution(Span(a, b), None, (Span(b, size),)) for a, b, _, _ in cut[:3])
    end = 0
    for candidate in resolve(replace(dated(text, day), mentions=mentions, attributions=voices)):
        assert end <= candidate.span.start < candidate.span.end <= size
        assert candidate.options
        assert candidate.reasons
        end = candidate.span.end


def test_a_name_that_is_nothing_but_the() -> None:
    """`the` alone, before a possessive: two pages of Wikipedia have it."""
    assert _bare("the 's", Span(0, 3)) == Span(0, 3)
    assert _bare("the Army's", Span(0, 10)) == Span(4, 8)
