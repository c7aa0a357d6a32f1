"""Datelines, dates, bylines, credit lines and notes as news prints them, and words that only look like them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from whosays.pages import agencies, creditlines, datelines, dates, kinds

DATELINES = {
    "BEIRUT (Reuters) – Syria": ("Beirut", "Reuters", "BEIRUT (Reuters) –"),
    "BEIRUT, Nov 8 (Reuters) - The": ("Beirut", "Reuters", "BEIRUT, Nov 8 (Reuters) -"),
    "MOSCOW, January 11. /TASS/. The": ("Moscow", "TASS", "MOSCOW, January 11. /TASS/."),
    "BAGHDAD (AP) — Iraqi": ("Baghdad", "AP", "BAGHDAD (AP) —"),
    "Damascus, SANA- The army": ("Damascus", "SANA", "Damascus, SANA-"),
    "DAMASCUS, Nov. 8 (Xinhua) -- The": ("Damascus", "Xinhua", "DAMASCUS, Nov. 8 (Xinhua) --"),
    "ANKARA / ISTANBUL (AA) - The": ("Ankara", "Anadolu", "ANKARA / ISTANBUL (AA) -"),
    "KYIV, Ukraine (AP) — Russia": ("Kyiv", "AP", "KYIV, Ukraine (AP) —"),
    "KYIV. Nov 8 (Interfax-Ukraine) – Two": ("Kyiv", "Interfax-Ukraine", "KYIV. Nov 8 (Interfax-Ukraine) –"),
    "RAMALLAH, November 8, 2017 (WAFA) – The": ("Ramallah", "WAFA", "RAMALLAH, November 8, 2017 (WAFA) –"),
    "SANA’A, Nov. 08 (Saba) – The": ("Sana’a", "Saba", "SANA’A, Nov. 08 (Saba) –"),
    "DEIR EZ-ZOR (SANA) – The": ("Deir ez-Zor", "SANA", "DEIR EZ-ZOR (SANA) –"),
    "AIN ISSA, Syria — Kurdish": ("Ain Issa", None, "AIN ISSA, Syria —"),
    "(Reuters) - The": (None, "Reuters", "(Reuters) -"),
}


@pytest.mark.parametrize(("text", "expected"), DATELINES.items())
def test_datelines(text: str, expected: tuple[str | None, str | None, str]) -> None:
    found = datelines.find(text)
    assert found is not None
    assert (found.place, found.agency, found.span.of(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ISIS - the group that held the town - fled.",
        "SDF — The alliance said so.",
        "U.S. forces (AP) said that",
        "The army (SDF) - said so",
        "The army took the town, Reuters reported.",
    ],
)
def test_no_datelines(text: str) -> None:
    assert datelines.find(text) is None


def test_every_agency_is_known_in_a_dateline_by_each_of_its_names() -> None:
    for agency in agencies.known():
        for name in agency.names:
            found = datelines.find(f"BEIRUT ({name}) – The army said so.")
            assert found is not None, name
            assert found.agency == agency.name


DATES = {
    "November 8, 2017": (date(2017, 11, 8), None),
    "Updated 8 Nov 2017 14:30 GMT": (date(2017, 11, 8), datetime(2017, 11, 8, 14, 30, tzinfo=UTC)),
    "Published: Wed, Nov. 8, 2017 3:45 pm EST": (date(2017, 11, 8), datetime(2017, 11, 8, 20, 45, tzinfo=UTC)),
    "08.11.2017": (date(2017, 11, 8), None),
    "13/8/2017": (date(2017, 8, 13), None),
    "Wednesday 08 November 2017 19:02": (date(2017, 11, 8), None),
}


@pytest.mark.parametrize(("text", "expected"), DATES.items())
def test_date_lines(text: str, expected: tuple[date, datetime | None]) -> None:
    found = dates.line(text)
    assert found is not None
    assert (found.day, found.at) == expected


@pytest.mark.parametrize("text", ["11/8/2017", "30 February 2017", "The attack on 8 Nov 2017 was", "2017", "May"])
def test_no_date_lines(text: str) -> None:
    assert dates.line(text) is None


BYLINES: dict[str, tuple[tuple[str, ...], str | None] | None] = {
    "By Laila Bassam and Angus McDowall": (("Laila Bassam", "Angus McDowall"), None),
    "By LAILA BASSAM and BASSEM MROUE, Associated Press": (("Laila Bassam", "Bassem Mroue"), "AP"),
    "By Reuters Staff": ((), "Reuters"),
    "By Martin Chulov in Beirut": (("Martin Chulov",), None),
    "By the way, he said": None,
    "By Wednesday, the army had taken it": None,
}


@pytest.mark.parametrize(("text", "expected"), BYLINES.items())
def test_bylines(text: str, expected: tuple[tuple[str, ...], str | None] | None) -> None:
    assert creditlines.people(text) == expected


CREDITS: dict[str, list[tuple[str, str, str | None]]] = {
    "(Reporting by A Bee in Beirut, Lebanon and C Dee; Editing by E Eff)": [
        ("reporting", "A Bee", "Beirut"),
        ("reporting", "C Dee", None),
        ("editing", "E Eff", None),
    ],
    "Reporting by Ann Lee; additional reporting by Tom Poe in Damascus; writing by Lina Roe, editing by Omar Said": [
        ("reporting", "Ann Lee", None),
        ("additional reporting", "Tom Poe", "Damascus"),
        ("writing", "Lina Roe", None),
        ("editing", "Omar Said", None),
    ],
    "Associated Press writers Ann Lee in Beirut and Tom Poe in Jerusalem contributed to this report.": [
        ("contributing", "Ann Lee", "Beirut"),
        ("contributing", "Tom Poe", "Jerusalem"),
    ],
    "Photo by Ann Lee/AFP": [("photography", "Ann Lee", None)],
    "Editing by committee is the way the army works, he said.": [],
    "The army contributed to this report of the attack.": [],
}


@pytest.mark.parametrize(("text", "expected"), CREDITS.items())
def test_credit_lines(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert [(one.role, one.person, one.place) for one in creditlines.line(text)] == expected


def test_picture_credits() -> None:
    assert all(
        map(creditlines.is_picture_credit, ("REUTERS/Stringer", "(AP Photo/Ann Lee)", "Ann Lee/AFP/Getty Images"))
    )
    assert not creditlines.is_picture_credit("The army said so.")


def test_corrections() -> None:
    assert kinds.is_correction("Correction: An earlier version of this article misstated the toll.")
    assert kinds.is_correction("This story has been corrected to show that 12 were killed.")
    assert kinds.is_correction("Editor’s note: the names were changed.")
    assert not kinds.is_correction("Corrections officers said that the prison was attacked.")
    assert not kinds.is_correction("This story has been told in many towns.")
