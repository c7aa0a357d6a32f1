"""GeoNames dumps become gazetteers; what is damaged is left out by its line, what is no dump is refused by its name."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from whosays.errors import Misuse
from whosays.places.compile import Box, write
from whosays.places.gazetteer import Gazetteer
from whosays.places.geonames import Damage, entries


def line(
    number: int, name: str, code: str, *, names: str = "", at: tuple[object, object] = (35.0, 38.0), **more: object
) -> str:
    """A line of a dump: of Syria, unless told otherwise."""
    told = {"country": "SY", "admin1": "", "admin2": "", "people": 0, **more}
    return (
        "\t".join(
            map(
                str,
                (number, name, name, names, *at, code[:1], code, told["country"], "", told["admin1"], told["admin2"]),
            )
        )
        + f"\t\t\t{told['people']}\t\t1\tAsia/Damascus\t2020-01-01\n"
    )


SYRIA = (
    line(163843, "Syria", "PCLI", admin1="00", people=16_900_000)
    + line(169577, "Idlib Governorate", "ADM1", admin1="12")
    + line(1, "Jisr ash-Shughur District", "ADM2", admin1="12", admin2="7")
    + line(2, "Jisr ash-Shughūr", "PPL", names="Jisr,جسر الشغور,swldw", admin1="12", admin2="7", people=44_000)
    + line(3, "Damascus", "PPLC", admin1="13", people=1_500_000)
    + line(4, "Al Assi", "STM")
    + line(5, "A School", "SCH", admin1="12")
)


def built(path: Path, out: Path, *countries: str) -> tuple[Gazetteer, Damage]:
    damage, capitals = Damage(), set[str]()
    found = entries(path, countries=frozenset(countries), damage=damage, capitals=capitals)
    write(out, found, capitals=capitals, version="test", sources=(), credit="")
    return Gazetteer(out), damage


def zipped(path: Path, text: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(f"{path.stem}.txt", text)
    return path


def test_a_country_from_its_zip(tmp_path: Path) -> None:
    gazetteer, damage = built(zipped(tmp_path / "SY.zip", SYRIA), tmp_path / "out")
    assert (gazetteer.rows, damage.count) == (6, 0)
    (town,) = gazetteer.places(gazetteer.find("jisr ash shughur"))
    assert (town.key, town.country, town.feature, town.population) == ("geonames:2", "SY", "town", 44_000)
    assert (town.admin1, town.admin2) == ("Idlib Governorate", "Jisr ash-Shughur District")
    assert gazetteer.find("جسر الشغور") == gazetteer.find("jisr ash shughur")
    assert gazetteer.find("swldw") == gazetteer.find("a school") == ()
    assert [gazetteer.name(row) for row in gazetteer.capitals] == ["Damascus"]
    (river,) = gazetteer.places(gazetteer.find("assi"))
    assert (river.feature, river.country) == ("river", "SY")


def test_names_in_use_come_from_alternate_names(tmp_path: Path) -> None:
    (tmp_path / "SY.txt").write_text(SYRIA)
    names = ("1\t2\ten\tJisr al-Shughour\t1", "2\t2\tlink\thttps://example.org\t", "3\t2\ten\tSeleucobelus\t\t\t\t1")
    zipped(tmp_path / "alternateNamesV2.zip", "\n".join(names))
    gazetteer, _ = built(tmp_path, tmp_path / "out")
    assert gazetteer.find("jisr al shughour")
    assert gazetteer.find("seleucobelus") == gazetteer.find("https://example org") == gazetteer.find("jisr") == ()


def test_tables_name_what_has_no_row(tmp_path: Path) -> None:
    (tmp_path / "cities500.txt").write_text(line(2, "Jisr", "PPL", admin1="12", people=9, at=(35.8, 36.3)))
    (tmp_path / "countryInfo.txt").write_text(
        "#ISO\n" + "\t".join(["SY", *"123", "Syria", *"5678901234", "", "163843"])
    )
    (tmp_path / "admin1CodesASCII.txt").write_text("SY.12\tIdlib\tIdlib\t169577\nSY.13\tDimashq\tDimashq\t11\n")
    gazetteer, _ = built(tmp_path, tmp_path / "out")
    (division,) = gazetteer.places(gazetteer.find("idlib"))
    assert (division.feature, division.geonameid, division.lat, division.population) == ("admin1", 169577, 35.8, 9)
    assert gazetteer.country(gazetteer.find("jisr")[0]) == "SY"
    assert gazetteer.find("dimashq") == ()


def test_only_some_countries(tmp_path: Path) -> None:
    (tmp_path / "allCountries.txt").write_text(SYRIA + line(9, "Rawa", "PPL", country="IQ"))
    gazetteer, _ = built(tmp_path, tmp_path / "out", "IQ")
    assert [gazetteer.name(row) for row in range(gazetteer.rows)] == ["Rawa"]


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        (line(9, "Nowhere", "PPL", at=(91.0, 0.0)), "latitude 91.0, longitude 0.0: no place on Earth"),
        (line(9, "Nowhere", "PPL", at=(0.0, "nan")), "no place on Earth"),
        (line(9, "N" * 10_000, "PPL"), "a name of 10,000 characters"),
        (line(9, "", "PPL"), "a name of 0 characters"),
        (line(9, "North", "PPL", at=("north", 0.0)), "is no number"),
        (line(2**40, "Much", "PPL"), "out of range"),
        ("9\tNowhere\n", "2 columns, not 19"),
    ],
)
def test_a_damaged_line_is_left_out_and_told(tmp_path: Path, bad: str, fault: str) -> None:
    (tmp_path / "SY.txt").write_text(SYRIA + bad + line(10, "Rawa", "PPL"))
    gazetteer, damage = built(tmp_path / "SY.txt", tmp_path / "out")
    assert gazetteer.rows == 7
    assert damage.count == 1
    assert "SY.txt, line 8: " in damage.shown[0]
    assert fault in damage.shown[0]


def test_what_is_no_dump_is_refused_by_name(tmp_path: Path) -> None:
    whole = zipped(tmp_path / "whole.zip", SYRIA * 50).read_bytes()
    broken = {
        "empty.txt": (b"", "empty.txt is empty"),
        "empty.zip": (b"", "empty.zip is empty"),
        "cut.zip": (whole[:-200], "cut.zip: it is cut or damaged"),
        "other.txt": (b"name,lat,lon\n" * 200, "other.txt, line 1: no row of a GeoNames dump"),
        "other.zip": (whole, r"other.zip: there is no other.txt in it"),
    }
    for name, (content, fault) in broken.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(Misuse, match=fault):
            built(tmp_path / name, tmp_path / "out")
    with pytest.raises(Misuse, match="there is no such file"):
        built(tmp_path / "nothing", tmp_path / "out")
    (tmp_path / "none").mkdir()
    with pytest.raises(Misuse, match="no GeoNames dump in this folder"):
        built(tmp_path / "none", tmp_path / "out")
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


def test_a_zip_damaged_inside_names_the_line(tmp_path: Path) -> None:
    content = bytearray(
        zipped(tmp_path / "SY.zip", "".join(line(n, f"Town {n}", "PPL") for n in range(1, 3_000))).read_bytes()
    )
    content[len(content) // 2] ^= 255
    (tmp_path / "SY.zip").write_bytes(content)
    with pytest.raises(Misuse, match=r"SY.zip(, line \d+)?: it is cut or damaged"):
        built(tmp_path / "SY.zip", tmp_path / "out")


@pytest.mark.shared
@pytest.mark.slow
def test_the_extract_of_2010(shared: Path, tmp_path: Path) -> None:
    extract = shared / "data/gazetteer/geonames_cities1000_2010.jsonl.gz"
    with gzip.open(extract, "rt", encoding="utf-8") as file, (tmp_path / "cities1000.txt").open("w") as out:
        for place in map(json.loads, file):
            at, names = (place["lat"], place["lon"]), ",".join(place["alt"])
            more = {key: place.get(key) or "" for key in ("country", "admin1")}
            people = place.get("population") or 0
            out.write(
                line(place["geonamesid"], place["name"], place["fcode"], names=names, at=at, people=people, **more)
            )
    gazetteer, damage = built(tmp_path / "cities1000.txt", tmp_path / "out", "SY", "IQ", "AD")
    assert damage.count < 100
    assert {gazetteer.place(row).geonameid for row in gazetteer.find("sant julia de loria")} == {3039163}


@pytest.mark.parametrize(
    ("points", "middle"),
    [
        ([], (0.0, 0.0)),
        ([(10.0, 20.0), (20.0, 40.0)], (15.0, 30.0)),
        ([(-17.0, 178.0), (-17.0, -178.0)], (-17.0, -180.0)),  # Fiji
        ([(-17.0, 177.0), (-17.0, -179.0)], (-17.0, 179.0)),
    ],
)
def test_the_middle_of_a_box_may_lie_across_the_antimeridian(
    points: list[tuple[float, float]], middle: tuple[float, float]
) -> None:
    assert Box(points).middle == middle
