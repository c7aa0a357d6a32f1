"""CSV: no cell calculates, every cell comes back."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.faces.export.made import HOSTILE, sample, view, written
from whosays.faces.export.columns import COLUMNS
from whosays.faces.export.csv import plain, safe

BEGINS = tuple("=+-@\t\r\n＝＋－＠")


@given(HOSTILE | st.text())
@example("'" * 3 + "=1")
@example("\t\t=1")
@example("a\r\n=1;-2")
def test_a_cell_comes_back_and_begins_no_formula_wherever_it_is_cut(cell: str) -> None:
    fit = "".join("\ufffd" if one == "\0" or "\ud800" <= one <= "\udfff" else one for one in cell)
    assert plain(safe(cell)) == fit
    for separator in (";", "\t", "\r", "\n"):
        for piece in safe(cell).split(separator):
            assert not piece.startswith(BEGINS)


@pytest.mark.parametrize("name", ["csv", "acled"])
@given(words=HOSTILE)
def test_no_cell_of_a_file_calculates(name: str, words: str) -> None:
    one = sample()[0]
    hostile = replace(
        one,
        claim=replace(one.claim, type=words or "x", cue=words, via=(words,), who=words, means=words, time_words=words),
        article=replace(one.article, headline=words, publisher=words, url=words, agency=words),
    )
    for row in csv.reader(StringIO(written(name, view(hostile)).decode("utf-8"), newline="")):
        for cell in row:
            try:
                float(cell)
            except ValueError:
                assert not cell.startswith(BEGINS)


def test_numbers_stay_numbers_and_every_column_has_a_meaning() -> None:
    one = sample()[0]
    place = one.claim.place
    assert place is not None
    assert place.place is not None
    south = replace(one, claim=replace(one.claim, place=replace(place, place=replace(place.place, lat=-12.5))))
    (row,) = csv.DictReader(StringIO(written("csv", view(south)).decode("utf-8"), newline=""))
    assert row["lat"] == "-12.5"
    assert row["via"] == '["Reuters"]'
    assert len({column.name for column in COLUMNS}) == len(COLUMNS)
    assert all(column.gloss for column in COLUMNS)
