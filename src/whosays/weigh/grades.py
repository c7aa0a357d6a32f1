"""How well something said is supported: counted, and graded by a rubric.

A grade says who stands behind something, never that it is true. It is computed: the rule that fired is told in words with its
numbers, and the claims that made it fire are named, so that anyone can check it. What is counted: case.py and facts.py. The rules:
rubrics/*.yml, which a user may swap for his own (rubrics.py says how they are written).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from whosays.nouns import Claim, Extraction, Grade, Support
from whosays.weigh import sameness
from whosays.weigh.case import Case, Group, case, origins, stakes
from whosays.weigh.facts import FACTS, articles
from whosays.weigh.interest import Gain, victims
from whosays.weigh.rubrics import FIELD, Range, Rubric, Rule, shipped

_VOICES = 3
"""As many are named; the rest is counted."""


def support(claims: Sequence[Extraction], about: Gain | None = None) -> Support:
    """How many stand behind some claims that say the same. Derived ones stand behind nothing. `about`: who gains and who loses by
    it (`case.stakes`), where more is known than they tell."""
    return _counted(Case(origins(claims, stakes(claims) if about is None else about), (), ()))


def _counted(case: Case) -> Support:
    return Support(**{name: len(FACTS[fact](case)) for name, fact in _SUPPORT.items()})


_SUPPORT = {
    "articles": "articles",
    "outlets": "outlets",
    "origins": "origins",
    "aligned": "aligned",
    "not_aligned": "not_aligned",
    "against": "against_interest",
}


def grade(for_: Sequence[Extraction], against: Sequence[Extraction] = (), *, rubric: Rubric | None = None) -> Grade:
    """Grade what the claims `for_` say, which those `against` contradict; without a rubric by the `default` one."""
    return graded(for_, against, rubric=rubric)[1]


def graded(
    for_: Sequence[Extraction], against: Sequence[Extraction] = (), *, rubric: Rubric | None = None
) -> tuple[Support, Grade]:
    """The grade with the counts that it rests on, in one go: what was taken back is not among them, and all that is known of who
    gains and who loses is."""
    found = case(for_, against)
    return _counted(found), _judge(found, rubric or default([*for_, *against]))


def default(claims: Iterable[Extraction]) -> Rubric:
    """The shipped rubric for some claims, for and against alike: `civilian-harm` if any tells of harm to civilians, or of dead or
    hurt who may be such; else `territory`."""
    own = (one.claim for one in claims if not one.claim.derived_from)
    return shipped("civilian-harm" if any(map(_harms, own)) else "territory")


def _harms(claim: Claim) -> bool:
    harmed = victims(claim) if claim.type in shipped("civilian-harm").types else "combatants"
    return harmed == "civilians" or (harmed is None and claim.type == "casualties")


def _judge(case: Case, rubric: Rubric) -> Grade:
    rule = next(rule for rule in rubric.rules if _holds(rule, case))
    return Grade(rubric.name, rule.grade, _words(rule, case, rubric), _fired(rule, case))


def _holds(rule: Rule, case: Case) -> bool:
    for fact, wanted in rule.when.items():
        number = len(FACTS[fact](case))
        if not (wanted.holds(number) if isinstance(wanted, Range) else wanted == number):
            return False
    return True


def _fired(rule: Rule, case: Case) -> tuple[str, ...]:
    """Ids of the claims that its conditions counted; of a rule that counted none, those of all that say so."""
    groups = [group for fact in rule.when for group in FACTS[fact](case)] or articles(case)
    claims = {sameness.order(one.claim) for group in groups for one in group}
    return tuple(order[-1] for order in sorted(claims))


# -------------------------------------------------------------------------------------------------------------- words


def _words(rule: Rule, case: Case, rubric: Rubric) -> str:
    words = FIELD.sub(lambda field: _fill(field[1], case, rubric), rule.words)
    told = any(word in rule.words for word in ("contradicting", "otherwise", "retracted"))
    return words if told or not case.contradicting else f"{words}; contested by {_voices(FACTS['contradicting'](case))}"


def _fill(field: str, case: Case, rubric: Rubric) -> str:
    if field == "support":
        return _support(case)
    if field == "otherwise":
        if not case.contradicting:
            return "the same"
        alone = _judge(replace(case, contradicting=()), rubric)
        return f"{alone.grade}: {alone.rule}"
    fact, _, voices = field.partition(".")
    groups = FACTS[fact](case)
    return _voices(groups) if voices else str(len(groups))


def _support(case: Case) -> str:
    """`3 origins (2 aligned with the beneficiary)`."""
    number = len(case.origins)
    told = (
        ("aligned", "aligned with the beneficiary"),
        ("not_aligned", "not aligned"),
        ("against_interest", "against interest"),
    )
    counts = [f"{count} {words}" for fact, words in told if (count := len(FACTS[fact](case)))]
    return f"{number} origin{'s' * (number != 1)}" + (f" ({', '.join(counts)})" if counts else "")


def _voices(groups: Iterable[Group]) -> str:
    """`Kyiv, SOHR and 4 more`; of `Ali, a spokesman` the name."""
    names = sorted({sameness.voice(group[0]).partition(",")[0] for group in groups})
    if len(names) > _VOICES:
        names[_VOICES - 1 :] = [f"{len(names) - _VOICES + 1} more"]
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
