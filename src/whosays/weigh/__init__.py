"""Weigh: what a heap of claims comes to. Pure functions: extractions in, judgements out; nothing read, nothing stored.

    stories, traced     which articles go back to one text; where a claim's words first stood      stories.py
    questions, answers  which claims speak of the same thing; what is answered, how well supported   questions.py likeness.py answers.py
    disputes            pairs of claims that cannot both be true       disputes.py rooms.py contradictions.py events.py things.yml
    holds, lanes        who holds a place, by voice, by side, and weighed       control.py moves.py states.py weighed.py control.yml
    interest            who gains by what he says                                                    interest.py interest.yml
    support, grade      how many stand behind something; how well that supports it; `graded`: both   grades.py case.py facts.py rubrics/
    record, words       how far a voice, an outlet or a side has been borne out by others             record.py bearing.py

`voice`, `outlet` and `origin` (sameness.py) say whose words a claim is, who printed it, and where it first stood.
Nothing here decides who is right. Order of the claims never matters.
"""

from whosays.weigh.answers import answers
from whosays.weigh.control import contradict, holds, lanes, undated
from whosays.weigh.disputes import disputes
from whosays.weigh.grades import grade, graded, support
from whosays.weigh.interest import interest
from whosays.weigh.moves import TYPES as TERRITORY
from whosays.weigh.questions import questions
from whosays.weigh.record import Kind, Word, counted, record, words
from whosays.weigh.rubrics import load, rubrics
from whosays.weigh.sameness import origin, outlet, place_key, voice
from whosays.weigh.stories import Stories, stories, traced

__all__ = [
    "TERRITORY",
    "Kind",
    "Stories",
    "Word",
    "answers",
    "contradict",
    "counted",
    "disputes",
    "grade",
    "graded",
    "holds",
    "interest",
    "lanes",
    "load",
    "origin",
    "outlet",
    "place_key",
    "questions",
    "record",
    "rubrics",
    "stories",
    "support",
    "traced",
    "undated",
    "voice",
    "words",
]
