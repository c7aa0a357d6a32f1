"""Who says what: (sentence, source, cue, words that the content must hold, words that it must not)."""

from __future__ import annotations

import pytest

from tests.making import make_article
from whosays import language
from whosays.nouns import Attribution

EN = language.pack("en")


def attributions(*paragraphs: str, headline: str = "x") -> tuple[str, tuple[Attribution, ...]]:
    article = make_article(*paragraphs, headline=headline)
    return article.text, language.parse(article, EN).attributions


CASES = [
    # content first
    ("The army took the town, a commander said.", "a commander", "said", "The army took the town", None),
    # times between source and cue, and after the cue
    (
        "Rebels hold the hill, the ministry said on Wednesday, days after the assault.",
        "the ministry",
        "said",
        "hold the hill",
        "days",
    ),
    ("The ministry earlier on Wednesday denied it had left.", "The ministry", "denied", "it had left", None),
    # cue first
    ("Witnesses say the attack was an air strike.", "Witnesses", "say", "air strike", None),
    ("The group said that it had shot down a drone.", "The group", "said", "shot down", "that it"),
    # inverted, direct
    (
        "“The town is ours,” said the commander of the brigade.",
        "the commander of the brigade",
        "said",
        "ours",
        "commander",
    ),
    # apposition between commas
    ("“No one died,” Hugh Hill, a doctor, said.", "Hugh Hill, a doctor", "said", "No one died", "doctor"),
    ("PMF spokesman Ahmed al-Asadi said the border was quiet.", "PMF spokesman Ahmed al-Asadi", "said", "border", None),
    # a relative clause after the source
    ("Prigozhin, who runs the group, said his fighters had entered.", "Prigozhin", "said", "entered", "runs"),
    # according to, at either end
    (
        "Nine people died, according to the Syrian Observatory.",
        "the Syrian Observatory",
        "according to",
        "Nine",
        "Observatory",
    ),
    ("According to the UN, thousands fled.", "the UN", "According to", "thousands fled", None),
    # accusation: the accused belongs to the content
    ("Syria accused Israel of bombing the airport.", "Syria", "accused", "Israel of bombing", None),
    # a second verb of the same subject
    # the hearer stands between verb and full stop
    ("“The town is free,” Konashenkov told a briefing.", "Konashenkov", "told", "free", "briefing"),
    ("Rice welcomed the plan but told reporters that fighting went on.", "Rice", "told", "fighting went on", None),
    # adding: the source stays
    (
        "The army had won, said the commander, adding that hundreds fled.",
        "the commander",
        "adding",
        "hundreds fled",
        None,
    ),
]


@pytest.mark.parametrize(("sentence", "source", "cue", "holds", "lacks"), CASES, ids=[case[0][:40] for case in CASES])
def test_attribution(sentence: str, source: str, cue: str, holds: str, lacks: str | None) -> None:
    text, found = attributions(sentence)
    (one,) = [a for a in found if a.cue is not None and a.cue.of(text) == cue]
    assert one.source is not None
    assert one.source.of(text) == source
    content = " ".join(span.of(text) for span in one.content)
    assert holds in content
    assert lacks is None or lacks not in content


NESTED = [
    # (sentence, outermost voice, innermost voice, content)
    ("State TV quoted the army as saying it had taken Hama.", "State TV", "the army", "it had taken Hama"),
    ("The agency reported that the ministry said ten were killed.", "The agency", "the ministry", "ten were killed"),
    ("Al-Manar, citing a security source, said the road was cut.", "Al-Manar", "a security source", "the road was cut"),
    ("The town has fallen, the channel quoted a general as saying.", "the channel", "a general", "The town has fallen"),
]


@pytest.mark.parametrize(("sentence", "outer", "inner", "content"), NESTED, ids=[case[0][:40] for case in NESTED])
def test_nested_voices(sentence: str, outer: str, inner: str, content: str) -> None:
    text, found = attributions(sentence)
    (one,) = [a for a in found if a.source is not None and a.source.of(text) == inner]
    assert content in one.content[0].of(text)
    assert one.outer is not None
    passing = found[one.outer].source
    assert passing is not None
    assert passing.of(text) == outer


@pytest.mark.parametrize(
    "sentence",
    [
        "The self-declared caliphate collapsed.",  # a participle that is an adjective
        "He got a phone warning from the army.",  # a noun in -ing
        "Troops responded to a mortar attack.",  # no clause follows
    ],
)
def test_no_attribution(sentence: str) -> None:
    assert attributions(sentence)[1] == ()


def test_a_reduced_relative_clause_names_no_voice() -> None:
    assert [a.source for a in attributions("A plan announced in Egypt failed.")[1]] in ([], [None])


def test_headline_colon() -> None:
    text, (one,) = attributions(headline="Army takes last stronghold: commander")
    assert one.source is not None
    assert one.source.of(text) == "commander"
    assert attributions(headline="Syria conflict: Car bomb kills dozens in Azaz")[1] == ()


def test_pronoun_source_points_to_who_spoke_before() -> None:
    text, found = attributions("The mayor said the bridge was gone. He said nobody could leave.")
    assert found[1].about is not None
    assert found[1].about.of(text) == "The mayor"


def test_a_pronoun_inside_is_the_same_voice() -> None:
    text, found = attributions("The UN said it had confirmed 30 dead.")
    assert [a.source.of(text) for a in found if a.source] == ["The UN"]


def test_told_an_outlet() -> None:
    text, (one,) = attributions("Sources told al-Manar that the road was cut.")
    assert one.to is not None
    assert one.to.of(text) == "al-Manar"
