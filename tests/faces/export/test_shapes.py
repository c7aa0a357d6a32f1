"""What single formats promise beside: ACLED's events, PLOVER's modes, STIX's opinions, texts, days, Parquet without its library."""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import replace
from io import StringIO

import pytest

from tests.faces.export.made import ROSTER, sample, view, written
from tests.making import SOLEDAR, extract, make_article, make_claim
from whosays.claims import lexicon
from whosays.errors import Misuse
from whosays.faces.export import acled, plover
from whosays.nouns import Article, Claim, Count, Extraction, Modality, Party, Polarity

ORDER = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 actor2 "
    "assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude longitude "
    "geo_precision source source_scale notes fatalities tags timestamp"
).split()


def rows(*said: Extraction) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(written("acled", view(*said)).decode("utf-8"), newline="")))


def test_acled_has_its_columns_in_its_order_and_denials_are_no_events() -> None:
    taken, denied, bare = rows(*sample())
    assert list(taken)[: len(ORDER)] == ORDER
    assert taken["event_date"] == "2023-01-11"
    assert (taken["country"], taken["latitude"]) == ("Ukraine", "48.68")
    assert (denied["event_type"], denied["sub_event_type"], denied["disorder_type"]) == ("", "", "")
    assert denied["whosays_polarity"] == "denied"
    assert "denied by Ukraine" in denied["notes"]
    assert bare["event_type"] == ""


def claim(type_: str, actor: str | None = None, **values: object) -> Claim:
    article = make_article("It is so.")
    made = make_claim(article, "It is so", type=type_)
    party = None if actor is None else Party("they", None, ROSTER.by_key[actor].name, actor)
    return replace(made, actor=party, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (claim("capture", "ukrainian-armed-forces"), "Government regains territory"),
        (claim("capture", "russian-armed-forces"), "Non-state actor overtakes territory"),
        (claim("capture", "wagner"), "Non-state actor overtakes territory"),
        (claim("capture"), ""),
        (claim("capture", "wagner", modality=Modality.PLANNED), ""),
        (claim("capture", "wagner", modality=Modality.PROBABLE), "Non-state actor overtakes territory"),
        (claim("attack", means="airstrike"), "Air/drone strike"),
        (claim("attack", means="shooting"), "Attack"),
        (claim("attack", means="airstrike", polarity=Polarity.DENIED), ""),
        (claim("detain", "ukrainian-armed-forces"), "Arrests"),
        (claim("clash"), "Armed clash"),
        (claim("control", "wagner"), ""),
    ],
)
def test_acled_codes(one: Claim, expected: str) -> None:
    assert acled.sub_event(one, ROSTER.by_key) == expected


def test_every_code_of_the_lexicon_is_one_of_acleds_and_of_plovers() -> None:
    for one in lexicon().types.values():
        assert set(one.acled) <= set(acled.EVENT_TYPES)
        assert one.plover is None or one.plover in plover.QUADS


def test_fatalities_are_the_least_claimed_and_never_zero_where_nothing_is_said() -> None:
    article = make_article("Ten died in Soledar.", "It was shelled.")
    toll = replace(make_claim(article, "Ten died", type="casualties"), count=Count(10, 12), harm="killed")
    shelled = make_claim(article, "It was shelled", type="attack")
    found = rows(*extract(article, toll, shelled))
    assert [one["fatalities"] for one in found] == ["10", ""]


def test_plover_marks_what_is_no_event_with_its_auxiliary_modes() -> None:
    taken, denied, bare = map(json.loads, written("plover", view(*sample())).splitlines())
    assert (taken["event"], taken["quad_code"], taken["mode"]) == (["ASSAULT"], 4, [])
    assert denied["mode"] == ["negation"]
    assert taken["event_loc"]["geonameid"] == SOLEDAR.geonameid
    assert bare["event_loc"] is None
    assert plover.auxiliary(claim("capture", modality=Modality.PLANNED)) == ["future"]


def test_a_denial_within_an_article_is_an_opinion_on_the_note_that_it_denies() -> None:
    objects = json.loads(written("stix", view(*sample())))["objects"]
    notes = {one["external_references"][0]["external_id"]: one["id"] for one in objects if one["type"] == "note"}
    (opinion,) = [one for one in objects if one["type"] == "opinion"]
    assert opinion["object_refs"] == [notes[sample()[0].claim.id]]
    assert opinion["opinion"] == "strongly-disagree"
    assert written("stix", view(*sample())) == written("stix", view(*sample()))


@pytest.mark.parametrize("name", ["stix", "ftm", "schemaorg"])
def test_texts_are_given_only_where_they_are_asked_for(name: str) -> None:
    words = "The whole text of the page."
    article: Article = replace(make_article("x"), text=words)
    given = replace(view(*sample()), article=lambda _: article)
    assert words.encode() in written(name, given)
    assert words.encode() not in written(name, view(*sample()))


def test_parquet_without_pyarrow_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(Misuse, match=r"pip install 'whosays\[parquet\]'"):
        written("parquet", view(*sample()))


def test_an_address_that_is_none_of_the_web_is_no_link() -> None:
    one = sample()[0]
    sly = replace(one, article=replace(one.article, url="javascript:alert(1)"))
    for name in ("stix", "schemaorg", "webannotation"):
        assert b'"url":"javascript' not in written(name, view(sly))
        assert b'"source":"javascript' not in written(name, view(sly))
