"""The roster itself, and what a damaged one says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.readings import make_reading
from whosays.actors import Roster, resolve, roster
from whosays.actors.roster import load
from whosays.errors import AssetError
from whosays.nouns import NOT_ALIGNED

TABLE = """
roles:
  forces: {name: armed forces, kind: military, nouns: "army, troops", acts: bombs, in_context: the army}
sides: {xland: YY}
countries:
  - [XX, Xland, Xish]
  - [YY, Yland, Yish, Yonia]
metonyms:
  XX: [Xtown]
"""
GOOD = "- {key: band, name: The Band, kind: armed-group, country: XX, side: none, aliases: [TB]}\n"


def made(folder: Path, *, table: str = TABLE, **files: str) -> Path:
    """A folder with a roster of some files, `nations.yml` beside it."""
    (folder / "roster").mkdir()
    for name, text in files.items():
        (folder / "roster" / f"{name}.yml").write_text(text, encoding="utf-8")
    (folder / "nations.yml").write_text(table, encoding="utf-8")
    return folder


def loaded(folder: Path) -> Roster:
    return load(folder / "roster", folder / "nations.yml")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("SOHR", "sohr"),  # an alias
        ("the Syrian army", "syrian-army"),  # with `the`
        ("Iraq", "iraq"),  # a state
        ("Iraqi government", "iraq-government"),  # made by rule
        ("Israel’s army", "idf"),  # replaced by the roster's
        ("Syrian Observatory for Human Rights", "sohr"),  # a full name
    ],
)
def test_by_name(name: str, key: str) -> None:
    actor = roster().by_name(name)
    assert actor is not None
    assert actor.key == key


@pytest.mark.parametrize("name", ["RSF", "Coalition", "nobody", "Syrian army and Hezbollah", "state television", ""])
def test_by_name_none_or_several(name: str) -> None:
    assert roster().by_name(name) is None


def test_every_actor_is_found_by_its_name() -> None:
    known = roster()
    assert [actor.key for actor in known.by_key.values() if known.by_name(actor.name) != actor] == []


def test_it_is_large_and_sides_are_said_or_unknown() -> None:
    actors = roster().by_key
    listed = [actor for actor in actors.values() if actor.kind != "state"]
    assert len(listed) > 200
    assert {actors["icrc"].side, actors["un"].side, actors["reuters"].side} == {NOT_ALIGNED}
    assert actors["al-jazeera"].side is None
    assert actors["hezbollah"].side == actors["syrian-army"].side == actors["syria-state-media"].side
    assert actors["pmf"].side != actors["islamic-state"].side


def test_the_folder_is_the_list(tmp_path: Path) -> None:
    known = loaded(made(tmp_path, one=GOOD, two="- {key: crew, name: Crew, kind: media, side: band}\n"))
    assert {"band", "crew", "xland", "yland", "xland-forces", "yland-forces"} == set(known.by_key)
    assert known.by_key["yland-forces"].side == "xland"
    assert [c.value.key for c in resolve(make_reading("TB and Yonia's troops in Xtown"), known=known) if c.value] == [
        "band",
        "yland-forces",
    ]


FAULTS = {
    "duplicate alias": GOOD + "- {key: b, name: B, kind: media, aliases: [the band]}\n",
    "duplicate alias within an entry": "- {key: a, name: A, kind: media, aliases: [Ay, Ay]}\n",
    "unknown side": "- {key: a, name: A, kind: media, side: nobody}\n",
    "bad kind": "- {key: a, name: A, kind: tribe}\n",
    "unknown field": "- {key: a, name: A, kind: media, colour: red}\n",
    "name is missing": "- {key: a, kind: media}\n",
    "key is missing": "- {name: A, kind: media}\n",
    "country is no word": "- {key: a, name: A, kind: media, country: NO}\n",
    "aliases are not a list": "- {key: a, name: A, kind: media, aliases: Ay}\n",
    "aliases hold a number": "- {key: a, name: A, kind: media, aliases: [12]}\n",
    "role needs the country": "- {key: a, name: A, kind: military, role: forces}\n",
    "the key is taken": GOOD + "- {key: band, name: B, kind: media}\n",
    "is not a list": "key: a\n",
    "is not a mapping": "- a\n",
    "cannot be read as YAML": "- {key: [\n",
}
SAYS = {
    "duplicate alias within an entry": "duplicate alias 'Ay'",
    "aliases hold a number": "aliases[0]: Expected `str | object`, got `int`",
    "aliases are not a list": "aliases: Expected `array`, got `str`",
    "country is no word": "country: Expected `str | null`, got `bool`",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_roster_names_file_and_fault(fault: str, tmp_path: Path) -> None:
    with pytest.raises(AssetError, match=r"broken\.yml:\d+") as error:
        loaded(made(tmp_path, broken=FAULTS[fault]))
    assert SAYS.get(fault, fault) in str(error.value)


def test_a_broken_entry_is_named(tmp_path: Path) -> None:
    with pytest.raises(AssetError, match=r"broken\.yml:2, crew: bad kind 'tribe'"):
        loaded(made(tmp_path, broken=GOOD + "- {key: crew, name: Crew, kind: tribe}\n"))


def test_the_same_alias_in_two_files_is_allowed(tmp_path: Path) -> None:
    known = loaded(made(tmp_path, one=GOOD, two="- {key: b, name: Bee, kind: media, aliases: [TB]}\n"))
    (candidate,) = resolve(make_reading("TB said"), known=known)
    assert [option.key for option in candidate.options] == ["band", "b"]
    assert not candidate.settled


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("roles: {}\n", "needs the keys"),
        (TABLE.replace("[XX, Xland, Xish]", "[XX, Xland]"), "needs [ISO code"),
        (TABLE.replace("  XX: [Xtown]", "  ZZ: [Ztown]"), "metonyms ZZ"),
    ],
)
def test_a_broken_table_of_nations(table: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(AssetError, match=r"nations\.yml") as error:
        loaded(made(tmp_path, table=table, one=GOOD))
    assert says in str(error.value)


def test_no_files(tmp_path: Path) -> None:
    with pytest.raises(AssetError, match="no roster file"):
        loaded(made(tmp_path))
