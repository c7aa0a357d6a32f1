"""The user's own roster: laid over ours, checked whole, never half-written; merges that can be taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.readings import make_reading
from whosays.actors import own, resolve, roster
from whosays.actors.entries import LONGEST, rows
from whosays.actors.roster import local_key
from whosays.errors import Misuse
from whosays.nouns import Mention, Reading, Span

DAY = date(2026, 11, 23)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "roster.yml"


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def naming(text: str, *names: str) -> Reading:
    """A reading whose mentions are organisations of these names."""
    made = make_reading(text)
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in names]
    mentions = tuple(Mention(span, "Organisation", name=True) for span in sorted(spans))
    return Reading(made.article, (), (), mentions, (), "en/2")


def test_an_entry_of_a_known_key_adds_names_and_overrides(file: Path) -> None:
    known = roster(put(file, "- {key: hezbollah, side: lebanon, aliases: [the Cedar Party]}\n"))
    actor = known.by_name("Cedar Party")
    assert actor is not None
    assert (actor.key, actor.side, actor.name) == ("hezbollah", "lebanon", "Hezbollah")
    assert known.by_name("Hizbullah") == actor
    assert roster().by_name("Cedar Party") is None


def test_an_organ_made_by_rule_can_be_added_to(file: Path) -> None:
    known = roster(put(file, "- {key: iraq-forces, aliases: [Tigris Command]}\n"))
    actor = known.by_name("Tigris Command")
    assert actor is not None
    assert (actor.key, actor.side) == ("iraq-forces", "iraq")


FAULTS = {
    "cannot be read as YAML": "- {key: [\n",
    "is not a list of entries": "key: a\n",
    "is not a mapping": "\n- hello\n",
    "unknown field 'lat'": "- {key: a, name: A, kind: media, lat: 95.0}\n",
    "unknown field 'colour'": "- {key: a, name: A, kind: media, colour: red}\n",
    "the field 'name' stands twice": "- {key: a, name: A, name: B, kind: media}\n",
    "the key is taken": "- {key: a, name: A, kind: media}\n- {key: a, name: B, kind: media}\n",
    "name is missing": "- {key: a, kind: media}\n",
    "kind is missing": "- {key: a, name: A}\n",
    "duplicate alias 'Ay'": "- {key: a, name: A, kind: media, aliases: [Ay, Ay]}\n",
    "duplicate alias 'Bee'": "- {key: a, name: A, kind: media, aliases: [Bee]}\n- {key: b, name: Bee, kind: media}\n",
    "a name of 10,000 characters": f"- {{key: a, name: {'x' * 10_000}, kind: media}}\n",
    "has no letter": "- {key: a, name: A, kind: media, aliases: ['!!']}\n",
    "bad date '2016-13'": "- {key: a, name: A, kind: media, aliases: [{name: B, from: 2016-13}]}\n",
    "bad date 'soon'": "- {key: a, name: A, kind: media, aliases: [{name: B, to: soon}]}\n",
    "bad date '2023-02-30'": "- {key: a, name: A, kind: media, side: [{of: iran, to: 2023-02-30}]}\n",
    "the wrong way round": "- {key: a, name: A, kind: media, aliases: [{name: B, from: 2017, to: 2016-05}]}\n",
    "overlap in time": "- {key: a, name: A, kind: media, side: [{of: iran, to: 2017}, {of: iraq, from: 2017}]}\n",
    "unknown side 'nobody'": "- {key: a, name: A, kind: media, side: nobody}\n",
    "unknown parent 'nobody'": "- {key: a, name: A, kind: media, parent: nobody}\n",
    "parents lead back": "- {key: a, name: A, kind: media, parent: b}\n- {key: b, name: B, kind: media, parent: a}\n",
    "unknown role 'king'": "- {key: a, name: A, kind: media, country: SY, role: king}\n",
    "country: Expected": "- {key: a, name: A, kind: media, country: Syria}\n",
    "wikidata: Expected": "- {key: a, name: A, kind: media, wikidata: 42}\n",
    "same as 'nobody'": "- {key: hamas, same_as: nobody}\n",
    "no actor has this key": "- {key: nobody, same_as: hamas}\n",
    "merges lead in a circle": "- {key: hamas, same_as: fatah}\n- {key: fatah, same_as: hamas}\n",
    "is merged twice": "- {key: hamas, same_as: fatah}\n- {key: hamas, same_as: plo}\n",
    "a merge holds nothing but": "- {key: hamas, same_as: fatah, aliases: [H]}\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_names_file_and_line_and_nothing_is_loaded(fault: str, file: Path) -> None:
    put(file, "# mine\n" + FAULTS[fault])
    with pytest.raises(Misuse) as error:
        roster(file)
    assert fault in str(error.value)
    assert f"{file}:" in str(error.value)
    line = int(str(error.value).removeprefix(f"{file}:").split(",")[0].split(":")[0])
    assert 2 <= line <= 1 + FAULTS[fault].count("\n") + 1
    assert len(str(error.value)) < 1_000


def test_all_faults_are_told(file: Path) -> None:
    put(file, "- {key: a, name: A, kind: tribe}\n- {key: b, name: B, kind: media, side: nobody}\n")
    with pytest.raises(Misuse, match="And 1 more") as error:
        roster(file)
    assert [note.split(",")[0] for note in error.value.__notes__] == [f"{file}:1", f"{file}:2"]


@pytest.mark.parametrize("data", [b"\xff\xfe", b"- {key: \x00}\n"])
def test_bytes_that_are_no_text(data: bytes, file: Path) -> None:
    put(file, "").write_bytes(data)
    with pytest.raises(Misuse, match="cannot be read"):
        roster(file)


def test_a_file_that_is_not_there_and_one_that_is_empty(file: Path) -> None:
    with pytest.raises(Misuse, match="cannot be read"):
        roster(file)
    assert roster(put(file, "")).by_key == roster().by_key


@given(st.text(max_size=60))
def test_any_text_is_a_roster_or_a_fault(text: str) -> None:
    found, faults = rows(Path("any.yml"), text)
    assert not found or not faults or all(fault.startswith("any.yml:") for fault in faults)


@pytest.mark.slow
def test_add_keeps_what_is_there_and_its_comments(file: Path) -> None:
    put(file, "# mine: do not touch\n- {key: a, name: Ay, kind: media}")
    assert own.add(file, "Sham Hawks", {"kind": "armed-group", "country": "SY", "aliases": ["SHB"]}) == "sham-hawks"
    assert file.read_text("utf-8").startswith(
        "# mine: do not touch\n- {key: a, name: Ay, kind: media}\n- {key: sham-hawks"
    )
    actor = roster(file).by_name("SHB")
    assert actor is not None
    assert (actor.name, actor.kind, actor.country) == ("Sham Hawks", "armed-group", "SY")


def test_add_to_one_who_is_known(file: Path) -> None:
    assert own.add(file, "Hezbollah", {"aliases": ["the Cedar Party"]}) == "hezbollah"
    with pytest.raises(Misuse, match="is known as hezbollah"):
        own.add(file, "Hezbollah", {})


@pytest.mark.parametrize(
    ("name", "entry", "says"),
    [
        ("New Ones", {}, "kind is missing"),
        ("New Ones", {"kind": "tribe"}, "bad kind 'tribe'"),
        ("New Ones", {"kind": "media", "side": "nobody"}, "unknown side"),
        ("x" * (LONGEST + 1), {"kind": "media"}, "a name of 201 characters"),
    ],
)
def test_what_would_be_wrong_is_not_written(name: str, entry: dict[str, object], says: str, file: Path) -> None:
    put(file, "- {key: a, name: Ay, kind: media}\n")
    before = file.read_bytes()
    with pytest.raises(Misuse, match=says):
        own.add(file, name, entry)
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.slow  # the whole roster is put together for each name
@settings(max_examples=30)
@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=40))
def test_any_name_survives_the_file(name: str) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder) / "roster.yml"
        try:
            key = own.add(path, name, {"kind": "armed-group", "key": "the-new-one"})
        except Misuse:
            assert not path.exists()
            return
        assert roster(path).by_key[key].name == name


@pytest.mark.slow
def test_unlisted_actors_have_one_key_everywhere_and_can_be_merged(file: Path) -> None:
    first = naming("The Hawks of Idlib Brigade fired.", "Hawks of Idlib Brigade")
    second = naming("A spokesman for Hawks of Idlib Brigade spoke.", "Hawks of Idlib Brigade")
    keys = {c.value.key for reading in (first, second) for c in resolve(reading) if c.value}
    assert keys == {"local:hawks-of-idlib-brigade"} == {local_key("the Hawks of Idlib Brigade")}
    put(file, "")
    assert own.merge(file, "Hawks of Idlib Brigade", "Ahrar al-Sham", by="ana", day=DAY) == (
        "local:hawks-of-idlib-brigade",
        "ahrar-al-sham",
    )
    (found,) = resolve(first, known=roster(file))
    assert found.value == roster().by_key["ahrar-al-sham"]
    assert own.undo(file, "Hawks of Idlib Brigade") == "local:hawks-of-idlib-brigade"
    (found,) = resolve(first, known=roster(file))
    assert found.value is not None
    assert found.value.key == "local:hawks-of-idlib-brigade"


@pytest.mark.slow
def test_a_merged_key_means_the_other_with_all_its_names(file: Path) -> None:
    put(file, "# why: one command\n")
    own.merge(file, "ansaru", "boko-haram", by="ana", day=DAY)
    known = roster(file)
    (found,) = resolve(make_reading("Ansaru fired"), known=known)
    assert found.value == known.by_key["boko-haram"] == known.by_key["ansaru"]
    own.undo(file, "ansaru")
    assert file.read_text("utf-8") == "# why: one command\n"


def test_merges_that_make_no_sense(file: Path) -> None:
    with pytest.raises(Misuse, match="are one already"):
        own.merge(file, "Hezbollah", "Hizbullah", by="ana", day=DAY)
    with pytest.raises(Misuse, match="no merge of"):
        own.undo(file, "Hezbollah")
    with pytest.raises(Misuse, match="no actor of the roster is called so"):
        own.merge(file, "Hawks of Idlib", "nokey", by="ana", day=DAY)
    with pytest.raises(Misuse, match="RSF is the name of"):
        own.merge(file, "RSF", "sudanese-armed-forces", by="ana", day=DAY)
    assert not file.exists()
