"""Grades: what each rule asks for, what must never raise a grade, and rubrics of a user's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.weigh.test_disputes import DAY, said
from whosays import weigh
from whosays.errors import Misuse
from whosays.nouns import NOT_ALIGNED, Extraction, Grade, Polarity, SourceKind, Support
from whosays.weigh.facts import FACTS
from whosays.weigh.rubrics import Rubric

DENIED = Polarity.DENIED


def by(
    voice: str | None,
    side: str | None = None,
    *,
    story: str = "",
    day: int = 0,
    publisher: str = "Daily",
    derived: bool = False,
    **fields: object,
) -> Extraction:
    """A voice of a side says that red took Soledar from blue."""
    fields = {"actor": "Reds", "target": "Blues", **fields}
    one = said(f"It was taken {story}", voice, publisher=publisher, published=DAY + timedelta(days=day), **fields)
    claim = one.claim
    actor = None if claim.actor is None else replace(claim.actor, side=fields["actor"].lower().removesuffix("s"))  # type: ignore[attr-defined]
    target = None if claim.target is None else replace(claim.target, side=fields["target"].lower().removesuffix("s"))  # type: ignore[attr-defined]
    return replace(
        one,
        claim=replace(
            claim,
            id=f"{claim.id} {voice} {side}",
            actor=actor,
            target=target,
            source=replace(claim.source, side=side),
            derived_from=("another",) if derived else (),
        ),
    )


def reprint(one: Extraction, publisher: str, *, later: int = 0) -> Extraction:
    """The same words of the same story, elsewhere."""
    day = None if one.article.published is None else one.article.published + timedelta(days=later)
    head = replace(one.article, id=f"{one.article.id} in {publisher}", publisher=publisher, published=day)
    return replace(one, article=head, claim=replace(one.claim, id=f"{one.claim.id} in {publisher}", article=head.id))


def monitor(one: Extraction) -> Extraction:
    return replace(one, claim=replace(one.claim, source=replace(one.claim.source, kind=SourceKind.MONITOR)))


def harm(voice: str | None, side: str | None = None, *, who: str = "civilians", **fields: object) -> Extraction:
    """A voice of a side says that red killed some people."""
    one = by(voice, side, **{"type": "casualties", "target": "Neighbours", **fields})
    return replace(one, claim=replace(one.claim, who=who))


RED, BLUE, UN = by("Red command", "red"), by("Blue command", "blue"), by("The UN", NOT_ALIGNED)
REUTERS, LOCAL = by("Reuters"), by("A local radio")
DENIAL = by("Blue command", "blue", story="or not", polarity=DENIED)
MONITOR_DENIAL = by("The Observatory", story="or not", polarity=DENIED)
HOLDER = by("A paper", type="control", actor="Blues", target=None, story="never")


@pytest.mark.parametrize(
    ("for_", "against", "expected"),
    [
        ([RED], [], "claimed: by none but the side that gains; 1 origin (1 aligned with the beneficiary)"),
        ([RED, by("Red radio", "red")], [], "claimed: by none but the side that gains; 2 origins (2 aligned with the beneficiary)"),
        ([REUTERS], [], "single-origin: one origin not known to be aligned, Reuters; 1 origin"),
        ([UN], [], "single-origin: one origin not known to be aligned, The UN; 1 origin (1 not aligned)"),
        ([REUTERS, LOCAL, RED], [], "reported: 3 origins (1 aligned with the beneficiary)"),
        ([RED, UN], [], "corroborated: 2 origins (1 aligned with the beneficiary, 1 not aligned)"),
        (
            [RED, BLUE],
            [],
            "acknowledged: by Blue command, whose side loses by it; 2 origins (1 aligned with the beneficiary, 1 against interest)",
        ),
        (
            [REUTERS, LOCAL, RED],
            [MONITOR_DENIAL],
            "contested: by The Observatory; otherwise reported: 3 origins (1 aligned with the beneficiary)",
        ),
        ([REUTERS], [HOLDER], "contested: by A paper; otherwise single-origin: one origin not known to be aligned, Reuters; 1 origin"),
        (
            [BLUE],
            [MONITOR_DENIAL],
            "acknowledged: by Blue command, whose side loses by it; 1 origin (1 against interest); contested by The Observatory",
        ),
        (
            [BLUE],
            [by("A blue mayor", "blue", story="or not", polarity=DENIED)],
            "contested: by A blue mayor; otherwise acknowledged: by Blue command, whose side loses by it; 1 origin (1 against interest)",
        ),
        ([RED], [by("Red command", "red", story="or not", polarity=DENIED, day=1)], "retracted: taken back by Red command"),
        (
            [by("Blue command", "blue", day=2)],
            [DENIAL],
            "acknowledged: by Blue command, whose side loses by it; 1 origin (1 against interest)",
        ),
        ([by("Red command", "red", derived=True)], [], "claimed: no origin says so by itself"),
    ],
)  # fmt: skip
def test_territory(for_: list[Extraction], against: list[Extraction], expected: str) -> None:
    judged = weigh.grade(for_, against)
    assert f"{judged.grade}: {judged.rule}" == expected
    assert judged.rubric == "territory"


def test_the_claims_that_fired_are_named() -> None:
    assert weigh.grade([RED, BLUE]).claims == (BLUE.claim.id,)
    assert weigh.grade([RED], [MONITOR_DENIAL]).claims == (MONITOR_DENIAL.claim.id,)
    assert set(weigh.grade([RED, UN]).claims) == {RED.claim.id, UN.claim.id}


def test_who_loses_may_be_known_from_another_claim() -> None:
    blue = by("Blue command", "blue", target=None)
    assert weigh.grade([blue]).grade == "single-origin"
    assert weigh.grade([blue, RED]).grade == "acknowledged"
    assert weigh.grade([blue], [HOLDER]).grade == "acknowledged"  # whom another takes for the holder loses by it


def test_who_denies_a_gain_is_taken_to_lose_by_it() -> None:
    taken, denial = by("Red command", "red", target=None), by("Blue command", "blue", target=None, polarity=DENIED)
    assert weigh.grade([denial]).grade == "claimed"
    assert weigh.grade([denial], [taken]).rule.endswith("1 origin (1 aligned with the beneficiary)")
    admitted = by("Blue command", "blue", target=None, story="after all", day=5)
    assert weigh.grade([taken, admitted], [denial]).grade == "acknowledged"
    looks_on = monitor(by("The Observatory", "blue", target=None, polarity=DENIED))
    assert weigh.grade([looks_on]).grade == "single-origin"
    assert "(1 aligned with the beneficiary)" in weigh.grade([taken, admitted], [looks_on]).rule


def test_a_monitor_has_nothing_to_admit() -> None:
    judged = weigh.grade([RED, monitor(by("The Observatory", "blue"))])
    assert (
        f"{judged.grade}: {judged.rule}"
        == "corroborated: 2 origins (1 aligned with the beneficiary, 1 against interest)"
    )


def test_who_takes_his_word_back_in_one_story_still_denies_it() -> None:
    judged = weigh.grade([RED, REUTERS], [by("Red command", "red", story="or not", polarity=DENIED, day=1)])
    assert judged.grade == "contested"
    assert judged.rule.startswith("by Red command; otherwise single-origin")


@pytest.mark.parametrize(
    ("for_", "against", "expected"),
    [
        ([harm("Red command", "red")], [], "confirmed"),
        ([harm("Red command", "red", actor=None), harm("A hospital")], [], "fair"),  # it does not say that it did it
        ([harm("Blue command", "blue", who="combatants", target="Blues"), harm("A hospital")], [], "fair"),  # it admits no deed
        ([harm("Reuters"), harm("A hospital")], [], "fair"),
        ([harm("Reuters"), harm(None, publisher="Reuters"), harm("A hospital")], [], "fair"),
        ([harm("A hospital")], [], "weak"),
        ([harm("A hospital"), reprint(harm("A hospital"), "Weekly")], [], "weak"),
        ([harm("A hospital"), harm("Red command", "red", polarity=DENIED)], [], "weak"),
        ([harm("Reuters"), harm("A hospital")], [harm("Red command", "red", polarity=DENIED, story="or not")], "fair"),
        ([harm("Reuters"), harm("A hospital")], [harm("A paper", polarity=DENIED, story="or not")], "contested"),
        ([harm("Reuters"), harm("A hospital")], [harm("Red command", "red", actor="Greens", story="or not")], "contested"),
        ([harm("Reuters")], [harm("The UN", NOT_ALIGNED, polarity=DENIED, story="or not")], "discounted"),
        ([harm("The Red Cross", NOT_ALIGNED)], [harm("The UN", NOT_ALIGNED, polarity=DENIED, story="or not")], "contested"),
        ([harm("Reuters", who="people")], [harm("The UN", NOT_ALIGNED, who="combatants", story="or not")], "discounted"),
        ([harm("Reuters", who="people")], [harm("Red command", "red", who="combatants", story="or not")], "weak"),
        ([harm("Reuters")], [harm("Reuters", polarity=DENIED, story="or not", day=1)], "discounted"),
    ],
)  # fmt: skip
def test_civilian_harm(for_: list[Extraction], against: list[Extraction], expected: str) -> None:
    judged = weigh.grade(for_, against)
    assert (judged.rubric, judged.grade) == ("civilian-harm", expected)


def test_dead_fighters_are_graded_as_gains() -> None:
    judged = weigh.grade([harm("Red command", "red", who="combatants")])
    assert (judged.rubric, judged.grade) == ("territory", "claimed")


@pytest.mark.parametrize(
    ("type_", "target", "rubric"),
    [
        ("casualties", "Neighbours", "civilian-harm"),
        ("casualties", "Soldiers", "territory"),
        ("attack", "Neighbours", "territory"),
        ("attack", "Hospitals", "civilian-harm"),
        ("clash", "Hospitals", "territory"),
    ],
)
def test_the_rubric_that_fits(type_: str, target: str, rubric: str) -> None:
    assert weigh.grade([by("Reuters", type=type_, target=target)]).rubric == rubric


@pytest.mark.parametrize(
    ("for_", "against", "expected"),
    [
        ([UN], [], "admissible (a): The UN is well known and takes no side in it; 1 origin (1 not aligned)"),
        ([BLUE], [], "admissible (b): Blue command prefers the side that loses by it; 1 origin (1 against interest)"),
        ([RED], [], "inadmissible: (b) Red command prefers the side that gains by it; 1 origin (1 aligned with the beneficiary)"),
        ([REUTERS, LOCAL], [], "inadmissible: (c) no well-known source whose side is known; 2 origins"),
        (
            [BLUE],
            [by("The UN", NOT_ALIGNED, story="or not", polarity=DENIED)],
            "blocked: The UN, admissible, say otherwise; otherwise "
            "admissible (b): Blue command prefers the side that loses by it; 1 origin (1 against interest)",
        ),
        (
            [UN],
            [DENIAL],
            "admissible (a): The UN is well known and takes no side in it; 1 origin (1 not aligned); contested by Blue command",
        ),
    ],
)  # fmt: skip
def test_wikipedia(for_: list[Extraction], against: list[Extraction], expected: str) -> None:
    judged = weigh.grade(for_, against, rubric=weigh.load("wikipedia"))
    assert f"{judged.grade}: {judged.rule}" == expected


def test_support_counts_articles_outlets_and_origins() -> None:
    claims = [RED, reprint(RED, "Weekly"), BLUE, UN, REUTERS, by("The UN", NOT_ALIGNED, derived=True, story="too")]
    expected = Support(articles=2, outlets=2, origins=4, aligned=1, not_aligned=1, against=1)
    assert weigh.support(claims) == expected


def test_the_counts_of_a_grade_leave_out_what_was_taken_back() -> None:
    back = by("Red command", "red", story="or not", polarity=DENIED, day=1)
    counts, judged = weigh.graded([RED, REUTERS, BLUE], [back])
    assert counts == Support(articles=1, outlets=1, origins=2, against=1)
    assert judged == weigh.grade([RED, REUTERS, BLUE], [back])


def test_an_origin_that_once_gains_is_aligned() -> None:
    left = by("Red command", "red", type="withdraw", actor="Reds")
    assert weigh.support([left]).against == 1
    assert weigh.support([RED, replace(left, article=RED.article)]) == Support(1, 1, 1, aligned=1)


def test_many_voices_are_counted() -> None:
    judged = weigh.grade([RED], [by(name, story="or not", polarity=DENIED) for name in "ABCDE"])
    assert judged.rule.startswith("by A, B and 3 more;")


# ----------------------------------------------------------------------------------------------------------- invariants

VOICES = [
    ("Red command", "red"),
    ("Red radio", "red"),
    ("Blue command", "blue"),
    ("The UN", NOT_ALIGNED),
    ("Reuters", None),
    (None, None),
]


@st.composite
def claims(
    draw: st.DrawFn, voices: list[tuple[str | None, str | None]] = VOICES, polarity: Polarity = Polarity.AFFIRMED
) -> list[Extraction]:
    """Up to six claims of some voices, days and stories; targets and actors are often unnamed."""
    found = []
    for _ in range(draw(st.integers(0, 6))):
        voice, side = draw(st.sampled_from(voices))
        fields = {
            "story": draw(st.sampled_from("ab")),
            "day": draw(st.integers(0, 3)),
            "actor": draw(st.sampled_from(["Reds", "Reds", None])),
            "target": draw(st.sampled_from(["Blues", None])),
            "type": draw(st.sampled_from(["capture", "control"])),
            "derived": draw(st.integers(0, 5)) == 0,
        }
        found.append(by(voice, side, polarity=polarity, publisher=draw(st.sampled_from(["Daily", "Weekly"])), **fields))
    return found


FOR = claims()
AGAINST = claims(polarity=DENIED)
RUBRICS = st.sampled_from([weigh.load(name) for name in weigh.rubrics()])


def rank(rubric: Rubric, for_: list[Extraction], against: list[Extraction]) -> int:
    return rubric.rank(weigh.grade(for_, against, rubric=rubric).grade)


@pytest.mark.slow
@given(FOR, AGAINST, RUBRICS, st.randoms(use_true_random=False))
def test_order_changes_nothing(
    for_: list[Extraction], against: list[Extraction], rubric: Rubric, random: object
) -> None:
    shuffled = [list(for_), list(against)]
    for side in shuffled:
        random.shuffle(side)  # type: ignore[attr-defined]
    assert weigh.grade(*shuffled, rubric=rubric) == weigh.grade(for_, against, rubric=rubric)
    assert weigh.support(shuffled[0]) == weigh.support(for_)


@given(FOR, AGAINST, RUBRICS, st.data())
def test_reprints_raise_nothing(
    for_: list[Extraction], against: list[Extraction], rubric: Rubric, data: st.DataObject
) -> None:
    """They count as articles, even in an outlet that says otherwise in its own words."""
    before, support = rank(rubric, for_, against), weigh.support(for_)
    for side in (for_, against):
        if side:
            one, outlet = (
                data.draw(st.sampled_from(side)),
                data.draw(st.sampled_from(["Daily", "Weekly", "Evening Post"])),
            )
            side.append(reprint(one, outlet, later=data.draw(st.integers(0, 3))))
            assert rank(rubric, for_, against) <= before
    after = weigh.support(for_)
    assert after.origins == support.origins
    assert (after.not_aligned, after.against) == (support.not_aligned, support.against)


@given(FOR, AGAINST, RUBRICS, st.sampled_from(VOICES))
def test_derived_claims_change_nothing(
    for_: list[Extraction], against: list[Extraction], rubric: Rubric, voice: tuple[str | None, str | None]
) -> None:
    derived = by(*voice, derived=True, story="new", day=9)
    assert weigh.grade([*for_, derived], against, rubric=rubric) == weigh.grade(for_, against, rubric=rubric)
    assert weigh.grade(for_, [*against, derived], rubric=rubric) == weigh.grade(for_, against, rubric=rubric)
    assert weigh.support([*for_, derived]) == weigh.support(for_)


@pytest.mark.slow
@given(FOR, FOR, AGAINST, RUBRICS)
def test_what_is_added_and_removed_leaves_nothing(
    for_: list[Extraction], more: list[Extraction], against: list[Extraction], rubric: Rubric
) -> None:
    before = weigh.grade(for_, against, rubric=rubric)
    weigh.grade([*for_, *more], against, rubric=rubric)
    assert weigh.grade(for_, against, rubric=rubric) == before


@pytest.mark.slow
@given(claims([("Red command", "red"), ("Red radio", "red")]), AGAINST, RUBRICS, st.integers(0, 3))
def test_one_more_aligned_voice_never_raises_what_only_aligned_ones_say(
    for_: list[Extraction], against: list[Extraction], rubric: Rubric, day: int
) -> None:
    for_ = [by("Red ministry", "red", story="c"), *for_]
    against = [
        one for one in against if one.claim.source.side != "red"
    ]  # else a new word of that side takes a denial back
    more = by("Red army", "red", story="c", day=day)
    assert rank(rubric, [*for_, more], against) <= rank(rubric, for_, against)


@given(FOR, AGAINST, RUBRICS)
def test_every_case_has_a_grade_of_its_rubric(
    for_: list[Extraction], against: list[Extraction], rubric: Rubric
) -> None:
    judged = weigh.grade(for_, against, rubric=rubric)
    assert judged.grade in rubric.grades
    assert set(judged.claims) <= {one.claim.id for one in (*for_, *against) if not one.claim.derived_from}
    assert "{" not in judged.rule


# ---------------------------------------------------------------------------------------------------- rubrics as files

OWN = """
name: mine
gloss: Is there a monitor?
types: [capture]
grades: [seen, said]
rules:
  - {grade: seen, when: {monitors: {min: 1, max: 2}}, words: "monitors: {monitors} ({monitors.voices})"}
  - {grade: said, words: "{support}"}
"""


def own(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mine.yml"
    path.write_text(text, "utf-8")
    return path


def test_a_rubric_of_ones_own(tmp_path: Path) -> None:
    rubric = weigh.load(own(tmp_path, OWN))
    seen = monitor(REUTERS)
    judged = Grade("mine", "seen", "monitors: 1 (Reuters); contested by Blue command", (REUTERS.claim.id,))
    assert weigh.grade([RED, seen], [DENIAL], rubric=rubric) == judged
    assert weigh.grade([RED], rubric=rubric).rule == "1 origin (1 aligned with the beneficiary)"


def test_otherwise_never_goes_round(tmp_path: Path) -> None:
    rubric = weigh.load(own(tmp_path, OWN.replace("{support}", "otherwise {otherwise}")))
    assert weigh.grade([RED], rubric=rubric).rule == "otherwise the same"
    assert weigh.grade([RED], [DENIAL], rubric=rubric).rule == "otherwise said: otherwise the same"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "monitors: {min",
            "moniters: {min",
            "Rule 1 (seen): unknown fact 'moniters'. Known: admissions, against_interest,",
        ),
        ("grade: said", "grade: heard", "Rule 2 (heard): the grade is not in `grades`: seen, said."),
        ("[seen, said]", "[seen, said, seen]", "A grade stands twice"),
        ("{support}", "{monitor}", "its words name {monitor}"),
        ("{support}", "{support.__class__}", "its words name {support.__class__}"),
        ("grade: said, words", "grade: said, when: {origins: 1}, words", "the last rule takes what is left"),
        ("when: {monitors: {min: 1, max: 2}}, ", "", "Rule 1 (seen): add a `when`."),
        ("min: 1", "least: 1", "unknown field `least`"),
        ("min: 1", "min: -1", "Expected `int` >= 0"),
        ("gloss: Is there a monitor?", "", "missing required field `gloss`"),
        ("name: mine", "name: [mine", "is not YAML"),
    ],
)
def test_a_faulty_rubric_is_told_its_fault(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in OWN
    path = own(tmp_path, OWN.replace(old, new))
    with pytest.raises(Misuse, match=r"mine\.yml") as caught:
        weigh.load(path)
    assert says in str(caught.value)


def test_a_rubric_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Misuse, match=r"cannot be read: No such file .* or one of civilian-harm, territory, wikipedia"):
        weigh.load(tmp_path / "no.yml")
    (tmp_path / "binary.yml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Misuse, match="not UTF-8"):
        weigh.load(tmp_path / "binary.yml")


@pytest.mark.parametrize("name", weigh.rubrics())
def test_a_shipped_rubric_bears_its_name_and_uses_its_grades(name: str) -> None:
    rubric = weigh.load(name)
    assert rubric.name == name
    assert {rule.grade for rule in rubric.rules} == set(rubric.grades)


def test_every_fact_is_explained() -> None:
    assert all(fact.__doc__ for fact in FACTS.values())


def test_days_are_those_of_the_first_print() -> None:
    """A reprint of an old word is no new word."""
    old = by("Red command", "red")
    back = by("Red command", "red", story="or not", polarity=DENIED, day=1)
    assert weigh.grade([old, reprint(old, "Weekly", later=9)], [back]).grade == "retracted"


def test_a_story_in_an_outlets_own_words_is_that_of_who_printed_it_first() -> None:
    daily, weekly = by(None), by(None, publisher="Weekly", story="or not", polarity=DENIED, day=2)
    late, same_day = reprint(daily, "Weekly", later=1), reprint(daily, "Weekly")
    assert weigh.grade([daily, late], [weekly]).grade == "contested"  # it only reprinted what it denies
    assert weigh.grade([daily, same_day], [weekly]).grade == "retracted"  # it may have been its own


def test_the_side_of_who_only_reprints_counts_for_nothing() -> None:
    own, reprinted = by(None, "red"), reprint(by(None, NOT_ALIGNED), "Weekly", later=1)
    assert weigh.support([own, reprinted]) == Support(2, 2, 1, aligned=1)
    same_day = reprint(by(None, NOT_ALIGNED), "Weekly")
    assert weigh.support([by(None), same_day]) == Support(2, 2, 1)  # it may have been its own: not known


def test_whose_word_it_is_must_be_sure_before_a_denial_is_taken_back() -> None:
    denied, told = by(None, publisher="Weekly", story="or not", polarity=DENIED), by(None, day=2)
    assert weigh.grade([told], [denied]).grade == "contested"
    assert weigh.grade([told, reprint(told, "Weekly")], [denied]).grade == "contested"
    assert weigh.grade([told], [denied, reprint(denied, "Daily")]).grade == "contested"
    assert weigh.grade([told], [reprint(denied, "Daily")]).grade == "single-origin"
