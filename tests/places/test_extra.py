"""The places and spellings written for whosays, laid over the entries of a dump."""

from __future__ import annotations

from pathlib import Path

from tests.places.test_geonames import SYRIA, line
from whosays.places.compile import Entry, write
from whosays.places.extra import Extra, laid_over, read
from whosays.places.gazetteer import Gazetteer, shipped
from whosays.places.geonames import Damage, entries


def built(tmp_path: Path, dump: str) -> Gazetteer:
    (tmp_path / "SY.txt").write_text(dump)
    capitals: set[str] = set()
    found = entries(tmp_path / "SY.txt", damage=Damage(), capitals=capitals)
    whole = laid_over(found, read(), called=shipped().country_names())
    write(tmp_path / "out", whole, capitals=capitals, version="test", sources=(), credit="")
    return Gazetteer(tmp_path / "out")


def test_a_dump_gets_rivers_aliases_and_names(tmp_path: Path) -> None:
    dump = SYRIA.replace("\tSyria\tSyria\t", "\tSyrian Republic\tSyrian Republic\t")
    gazetteer = built(tmp_path, dump + line(174448, "Abū Kamāl", "PPL"))
    (river,) = gazetteer.places(gazetteer.find("euphrates"))
    assert (river.feature, river.country) == ("river", None)
    (kamal,) = gazetteer.places(gazetteer.find("bukamal"))
    assert (kamal.geonameid, kamal.name) == (174448, "Albu Kamal")
    assert gazetteer.find("abu kamal")
    (foua,) = gazetteer.places(gazetteer.find("al foua"))
    assert (foua.country, foua.admin1) == ("SY", "Idlib")  # the division of the dump, under its name here
    assert gazetteer.find("idleb") == gazetteer.find("idlib governorate")
    (baghuz,) = gazetteer.places(gazetteer.find("baghuz"))
    assert (baghuz.country, baghuz.admin1) == ("SY", None)  # the dump lacks its division
    country = gazetteer.place(gazetteer.find("syrian republic")[0])
    assert (country.name, country.lat) == ("Syria", 35.0)
    assert gazetteer.find("sinjar mountains") == ()  # in Iraq


def entry(code: str, name: str, feature: str = "town", *names: str) -> Entry:
    return Entry(code, name, frozenset(names), 1.0, 2.0, feature, geonameid=int(code[1:]) if code[0] == "G" else 0)


def test_the_division_that_shares_most_names_is_meant_and_only_once() -> None:
    extra = Extra({}, {"YE/Muhafazat Abyan": {"name": "Abyan", "names": ["Abian"]}}, {}, ())
    told = [
        entry("YE/1", "Aden", "admin1"),
        entry("YE/2", "Abyan Governorate", "admin1"),
        entry("YE/3", "Abyan", "admin1"),
    ]
    found = list(laid_over(told, extra, called={}))
    assert [one.name for one in found] == ["Aden", "Abyan", "Abyan"]
    assert ["Abian" in one.names for one in found] == [False, True, False]
    assert extra.lost == []


def test_without_a_dump_codes_are_what_they_say_and_what_is_lost_is_told() -> None:
    extra = Extra(
        {}, {"YE/Abyan": {"name": "Abyan!"}}, {7: {"name": "Seven"}}, (({"name": "X", "at": (0, 0)}, "YE/Lahij"),)
    )
    found = list(laid_over([entry("YE/1", "Abyan", "admin1"), entry("G7", "7")], extra))
    assert [one.name for one in found] == ["Abyan", "Seven"]
    assert extra.lost == ["YE/Abyan", "YE/Lahij"]


def test_over_nothing_nothing_is_laid() -> None:
    assert list(laid_over([], read())) == []


def test_names_stand_as_news_prints_them(tmp_path: Path) -> None:
    gazetteer = built(tmp_path, SYRIA + line(169897, "Ḩarastā", "PPL"))
    (town,) = gazetteer.places(gazetteer.find("harasta"))
    assert town.name == "Harasta"
