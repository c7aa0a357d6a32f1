"""Weigh: what a heap of claims comes to. Pure functions: extractions in, judgements out; nothing read, nothing stored.

`disputes` finds pairs of claims about the same thing that cannot both be true; `lanes` says who holds a place over time, by voice, by
side, or all voices weighed, and `holds` who does on a day, `contradict` which of these answers cannot both be true, `undated` what was
left out, `TERRITORY` of what types it is made; `support` counts who
stands behind something said, `grade` judges it by a rubric (`rubrics` names those shipped, `load` reads another); `voice`, `outlet`
and `origin` say whose words a claim is, who printed it, and where it first stood.
Nothing here decides who is right. Order of the claims never matters.
"""

from whosays.weigh.control import contradict, holds, lanes, undated
from whosays.weigh.disputes import disputes
from whosays.weigh.grades import grade, support
from whosays.weigh.moves import TYPES as TERRITORY
from whosays.weigh.questions import questions
from whosays.weigh.rubrics import load, rubrics
from whosays.weigh.sameness import origin, outlet, voice
from whosays.weigh.stories import Stories, stories, traced

__all__ = [
    "TERRITORY",
    "Stories",
    "contradict",
    "disputes",
    "grade",
    "holds",
    "lanes",
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
