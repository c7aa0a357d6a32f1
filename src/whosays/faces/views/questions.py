"""Questions: claims that speak of the same thing, what is answered, and how well each answer is supported."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from whosays import nouns
from whosays.faces.service import Service
from whosays.faces.views import keys, paging, shown
from whosays.faces.views.common import Day, Grade, Listed, Missing, Support, support
from whosays.faces.views.control import grade
from whosays.faces.views.said import Said, all_said

PLAIN = frozenset({"holding", "casualties", "displace", "agree"})
"""Groups whose questions name a place and nobody (`weigh/asked.py`)."""


class Question(Struct, frozen=True):
    """Claims that speak of the same thing."""

    id: Annotated[str, Meta(description="Its id.")]
    group: Annotated[
        str, Meta(description="`holding` for capture, control and withdrawal; else the type of its claims.")
    ]
    words: Annotated[str, Meta(description="`Who held Albu Kamal on 8–9 Nov 2017?`")]
    place: Annotated[str | None, Meta(description="Key of the place under /places.")]
    first: Annotated[Day, Meta(description="First day that its claims speak of; null: they are not dated.")]
    last: Annotated[Day, Meta(description="Last day that its claims speak of.")]
    claims: Annotated[list[str], Meta(description="Ids of its claims, in the order in which they were said.")]
    score: Annotated[
        float, Meta(description="How sure it is that they belong together, 0 to 1: that of the weakest link.")
    ]
    reasons: Annotated[list[str], Meta(description="What the score of that link is made of.")]


class Answer(Struct, frozen=True):
    """One of the answers, with those who give it."""

    says: Annotated[str, Meta(description="`taken by Russian forces`, `did not happen`, `112 killed`.")]
    support: Annotated[Support, Meta(description="How many stand behind it.")]
    grade: Annotated[Grade, Meta(description="How well that supports it.")]
    claims: Annotated[list[Said], Meta(description="The claims that say so.")]


class QuestionPage(Struct, frozen=True):
    """A question with its answers, in the order in which they were first given."""

    question: Annotated[Question, Meta(description="What is asked.")]
    answers: Annotated[list[Answer], Meta(description="The answers. None is said to be right.")]


def found(
    service: Service,
    *,
    place: str | None = None,
    group: str | None = None,
    claim: str | None = None,
    cursor: str | None = None,
    limit: int = paging.LIMIT,
) -> Listed[Question]:
    """Questions of a place, of a group (`holding`, or a type of claims), or that a claim answers, the latest days first."""
    asking = paging.Asking(service.salt, f"questions {place!r} {group!r} {claim!r}")
    part = service.ledger.weighings.questions(
        keys.place(service, place), group, claim, after=asking.after(cursor), limit=limit
    )
    asked = [one for one, _ in part.rows]
    known = service.ledger.weighings.claims_of([id_ for one in asked if one.group not in PLAIN for id_ in one.claims])
    told = [
        question(one, service, shown.among(service, (known[id_] for id_ in one.claims if id_ in known)))
        for one in asked
    ]
    return Listed(told, asking.cursor(part.next))


def one(service: Service, id_: str) -> QuestionPage:
    """A question by its id, or that which a claim answers. Raises Missing."""
    found = service.ledger.weighings.question(id_)
    if found is None:
        raise Missing(
            f"No question {id_!r}, and no claim that answers one. /api/v1/questions lists them with their ids."
        )
    asked, answers = found
    known = service.ledger.weighings.claims_of(asked.claims)
    names = shown.among(service, known.values())
    return QuestionPage(question(asked, service, names), [answer(service, each, known, names) for each in answers])


def question(of: nouns.Question, service: Service, names: shown.Names) -> Question:
    """The Struct."""
    return Question(
        id=of.id,
        group=of.group,
        words=shown.told(service, of.words, names),
        place=of.place,
        first=of.first,
        last=of.last,
        claims=list(of.claims),
        score=of.score,
        reasons=list(of.reasons),
    )


def answer(service: Service, of: nouns.Answer, known: dict[str, nouns.Extraction], names: shown.Names) -> Answer:
    """The Struct. `known`: claims by id; those that are not there are left out."""
    graded = grade(service, of.grade, names)
    assert graded is not None
    said = all_said(service, (known[id_] for id_ in of.claims if id_ in known))
    return Answer(shown.told(service, of.says, names), support(of.support), graded, said)
