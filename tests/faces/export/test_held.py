"""Who holds what, from a ledger: the panel and the places of a day."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from io import StringIO

import pytest

from tests.faces.export.made import NOW, ROSTER, written
from tests.making import READ_AT, make_article, make_claim
from whosays import copies, ledger
from whosays.errors import Misuse
from whosays.faces.export import Wanted, of_ledger
from whosays.faces.privacy import PUBLIC, masks
from whosays.ledger import Ledger
from whosays.nouns import Capture, Polarity

MASKS = masks(PUBLIC, b"salt", ROSTER)


@pytest.fixture
def book() -> Iterator[Ledger]:
    said = (
        (
            "Wagner has taken Soledar, Prigozhin said.",
            "Wagner has taken Soledar",
            "Yevgeny Prigozhin",
            Polarity.AFFIRMED,
        ),
        (
            "Kyiv denied that Wagner had taken Soledar.",
            "Wagner had taken Soledar",
            "Armed Forces of Ukraine",
            Polarity.DENIED,
        ),
        ("Wagner holds Soledar, Ahmed Saleh said.", "Wagner holds Soledar", "Ahmed Saleh", Polarity.AFFIRMED),
    )
    with ledger.open(":memory:", create=True) as made:
        for number, (text, exact, voice, polarity) in enumerate(said):
            article = make_article(text, publisher=f"Daily {number}", published=date(2023, 1, 11 + number))
            kind = "control" if "holds" in exact else "capture"
            claim = make_claim(article, exact, type=kind, actor="Wagner", source=voice, polarity=polarity)
            made.add(
                Capture(article, article.id * 4, READ_AT), (claim,), name="x", reader="t/1", body=copies.body(article)
            )
        yield made


def panel(book: Ledger, wanted: Wanted) -> list[dict[str, str]]:
    made = of_ledger(book, wanted, MASKS, ROSTER, NOW)
    return list(csv.DictReader(StringIO(written("viina", made).decode("utf-8"), newline="")))


def test_the_panel_has_a_row_a_day_and_a_column_a_source(book: Ledger) -> None:
    rows = panel(book, Wanted(until=date(2023, 1, 14)))
    assert [row["date"] for row in rows] == ["2023-01-11", "2023-01-12", "2023-01-13", "2023-01-14"]
    assert {row["geonameid"] for row in rows} == {"692372"}
    assert [row["status_yevgeny_prigozhin"] for row in rows] == ["Wagner"] * 4
    assert [row["status_armed_forces_of_ukraine"] for row in rows] == ["", *["NOT:Wagner"] * 3]
    assert [row["holder"] for row in rows] == ["Wagner", "NOT:Wagner", "Wagner", "Wagner"]
    assert rows[-1]["status"] == "CONTESTED"
    ids = {one.claim.id for one in book.claims()}
    assert set(json.loads(rows[-1]["claims"])) | set(json.loads(rows[-1]["claims_against"])) <= ids
    assert json.loads(rows[-1]["claims"])


def test_a_private_voice_has_a_pseudonym_in_the_panel(book: Ledger) -> None:
    (row,) = panel(book, Wanted(since=date(2023, 1, 13), until=date(2023, 1, 13)))
    assert not [name for name in row if "saleh" in name]
    assert [name for name in row if name.startswith("status_person_")]


def test_a_private_besieger_has_a_pseudonym_on_a_day(book: Ledger) -> None:
    article = make_article("Marwan Haddadin besieges Soledar.", published=date(2023, 1, 14))
    claim = make_claim(article, "Marwan Haddadin besieges Soledar", type="besiege", actor="Marwan Haddadin")
    book.add(Capture(article, article.id * 4, READ_AT), (claim,), name="x", reader="t/1", body=copies.body(article))
    told = written("geojson", of_ledger(book, Wanted(on=date(2023, 1, 15)), MASKS, ROSTER, NOW)).decode()
    assert f'"besieged_by":"{MASKS.pseudonym("Marwan Haddadin")}"' in told
    assert "Haddadin" not in told


def test_what_is_too_old_has_no_status_but_a_last_known_holder(book: Ledger) -> None:
    (row,) = panel(book, Wanted(since=date(2024, 1, 1), until=date(2024, 1, 1)))
    assert (row["status"], row["holder"], row["last_known"]) == ("", "Wagner", "true")
    assert row["status_yevgeny_prigozhin"] == ""


def test_part_of_the_claims_cannot_tell_who_holds_a_place(book: Ledger) -> None:
    with pytest.raises(Misuse, match="--source"):
        panel(book, Wanted(source="Prigozhin"))


def test_places_of_a_day(book: Ledger) -> None:
    def features(on: date) -> list[dict[str, object]]:
        found: list[dict[str, object]] = json.loads(
            written("geojson", of_ledger(book, Wanted(on=on), MASKS, ROSTER, NOW))
        )["features"]
        return found

    assert features(date(2023, 1, 10)) == []
    (place,) = features(date(2023, 1, 13))
    assert place["geometry"] == {"type": "Point", "coordinates": [38.09, 48.68]}
    properties = place["properties"]
    assert isinstance(properties, dict)
    assert (properties["holder"], properties["contested"], properties["name"]) == ("Wagner", True, "Soledar")
