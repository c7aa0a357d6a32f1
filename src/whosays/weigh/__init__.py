"""Weigh: what a heap of claims comes to. Pure functions: extractions in, grades, questions and disputes out; nothing read, nothing stored.

    stories, traced     which articles go back to one text; where a claim's words first stood      stories.py
    questions, answers  which claims speak of the same thing; what is answered, how well supported   questions.py likeness.py answers.py
    disputes            pairs of claims that cannot both be true       disputes.py rooms.py contradictions.py events.py things.yml
    holds, lanes        who holds a place, by voice, by side, and weighed       control.py moves.py states.py weighed.py control.yml
    interest            who gains by what he says                                                    interest.py interest.yml
    support, grade      how many stand behind something; how well that supports it; `graded`: both   grades.py case.py facts.py rubrics/
    standings, turns    the lanes as they were known on every day of publication; what was news in that      history.py
    weight              how much hangs on a dispute                                                                weight.py
    record, words       how far a voice, an outlet or a side has been borne out by others             record.py bearing.py

`voice`, `outlet` and `origin` (sameness.py) say whose words a claim is, who printed it, and where it first stood.
Nothing here decides who is right. Order of the claims never matters.
"""

from whosays.weigh.answers import answers
from whosays.weigh.control import contradict, holds, lanes, undated
from whosays.weigh.disputes import disputes
from whosays.weigh.grades import grade, graded, support
from whosays.weigh.history import standings, turns
from whosays.weigh.interest import interest
from whosays.weigh.moves import TYPES as TERRITORY
from whosays.weigh.questions import questions
from whosays.weigh.record import Kind, Word, counted, hearings, outcomes, record, recorded, words, words_of
from whosays.weigh.rubrics import load, rubrics
from whosays.weigh.sameness import days, origin, outlet, party_key, place_key, voice, voice_key
from whosays.weigh.stories import Stories, stories, traced
from whosays.weigh.weight import weight

__all__ = [
    "TERRITORY",
    "Kind",
    "Stories",
    "Word",
    "answers",
    "contradict",
    "counted",
    "days",
    "disputes",
    "grade",
    "graded",
    "hearings",
    "holds",
    "interest",
    "lanes",
    "load",
    "origin",
    "outcomes",
    "outlet",
    "party_key",
    "place_key",
    "questions",
    "record",
    "recorded",
    "rubrics",
    "standings",
    "stories",
    "support",
    "traced",
    "turns",
    "undated",
    "voice",
    "voice_key",
    "weight",
    "words",
    "words_of",
]
