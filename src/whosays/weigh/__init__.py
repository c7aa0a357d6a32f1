"""Weigh: what a heap of claims comes to. Pure functions: extractions in, judgements out; nothing read, nothing stored.

`disputes` finds pairs of claims about the same thing that cannot both be true; `holds` says who holds a place on a day,
according to each voice, `contradict` which of their answers cannot both be true, `undated` what was left out; `support` counts who
stands behind something said, `grade` judges it by a rubric, `graded` does both (`rubrics` names those shipped, `load` reads another);
`voice`, `outlet` and `origin` say whose words a claim is, who printed it, and where it first stood.
Nothing here decides who is right. Order of the claims never matters.
"""

from whosays.weigh.control import contradict, holds, undated
from whosays.weigh.disputes import disputes
from whosays.weigh.grades import grade, graded, support
from whosays.weigh.questions import questions
from whosays.weigh.rubrics import load, rubrics
from whosays.weigh.sameness import origin, outlet, voice
from whosays.weigh.stories import Stories, stories, traced

__all__ = [
    "Stories",
    "contradict",
    "disputes",
    "grade",
    "graded",
    "holds",
    "load",
    "origin",
    "outlet",
    "questions",
    "rubrics",
    "stories",
    "support",
    "traced",
    "undated",
    "voice",
]
