"""What an analyst judges on the pages: the one address that their forms send to, and what is in force for those shown.

    routes() -> routes                            POST /judge, and GET /correct/ID (`correcting.py`)
    of_claims(service, said) -> Verdicts          claim id → the judgement in force
    of_disputes(service, disputes) -> Verdicts    dispute id → the same
    apart(service, disputes) -> pairs             judged to be no dispute, so that no queue has them

A form names what is judged (`about`, `subject`), the `verdict`, and where to go on (`next`, a path of ours). A correction carries each
field twice, as it was and as it is to be (`correcting.py`). Who judges, and that the form is ours, is `desk.writer`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from whosays.engines import judging as engine
from whosays.errors import Misuse
from whosays.faces import desk
from whosays.faces.desk import Act, Scope
from whosays.faces.service import Service, of
from whosays.faces.views import disputes, keys
from whosays.faces.views.common import Listed, Missing
from whosays.faces.views.said import Said, all_said
from whosays.faces.web import correcting
from whosays.faces.web.correcting import text
from whosays.ledger import Ledger
from whosays.nouns import Fix, Judgement, Subject, Verdict, pair
from whosays.text import digest

Verdicts = Mapping[str, Judgement]

ROUNDS = 25
"""Parts of the queue that are gone through for disputes that were judged, or were not."""


def routes() -> list[BaseRoute]:
    """Where forms are sent."""
    return [Route("/judge", judge, methods=["POST"]), Route("/correct/{id}", correcting.page)]


async def judge(request: Request) -> Response:
    """Write a judgement down and go on. What was typed and cannot be comes back in its form, with what is wrong. Raises HTTPException
    401 or 403, and Misuse of what no form of ours sends."""
    user = await desk.writer(request, Scope.JUDGE)
    form = await desk.form(request)
    try:
        made = await run_in_threadpool(_written, of(request), form, user.name)
    except Misuse as error:
        page = await run_in_threadpool(correcting.again, request, form, error)
        if page is None:
            raise
        return page
    act = Act.UNDONE if made.verdict is Verdict.UNDONE else Act.JUDGED
    desk.note(request, act, f"{made.about} {' '.join(made.subjects)}: {made.verdict}")
    return RedirectResponse(desk.own_page(text(form, "next")), 303)


def _written(service: Service, form: FormData, by: str) -> Judgement:
    """Write down what a form says. What another is merged into may be given by its name. Raises Misuse."""
    made = judgement(form, by=by, at=service.clock(), ledger=service.ledger)
    if made.verdict is Verdict.MERGED:
        key = keys.place if made.about is Subject.PLACE else keys.actor
        made = replace(made, subjects=(*made.subjects[:-1], key(service, made.subjects[-1]) or ""))
    service.ledger.judge(made, known=engine.known(service.roster))
    return made


def judgement(form: FormData, *, by: str, at: datetime, ledger: Ledger | None = None) -> Judgement:
    """What a form says; `ledger`: has the texts in which words are looked for. Raises Misuse."""
    about, verdict = text(form, "about"), text(form, "verdict")
    if about not in set(Subject) or verdict not in set(Verdict):
        raise Misuse(
            f"A judgement of {about or 'nothing'} cannot be {verdict or 'empty'}. Use the buttons of the page."
        )
    return Judgement(
        about=Subject(about),
        subjects=tuple(one.strip() for one in form.getlist("subject") if isinstance(one, str)),
        verdict=Verdict(verdict),
        fields=_fields(form, ledger) if verdict == Verdict.CORRECTED else {},
        by=by,
        at=at,
        note=text(form, "note") or None,
        undoes=text(form, "undoes") or None,
    )


def _fields(form: FormData, ledger: Ledger | None) -> dict[str, Fix]:
    """What is corrected. The text is fetched only where the evidence is: words are looked for in it."""
    if ledger is None or text(form, "fix.evidence").split() == text(form, "was.evidence").split():
        return correcting.fields(form)
    one = ledger.claim(text(form, "subject"))
    return correcting.fields(form, ledger.article(one.article.id).text, one.claim.evidence.start)


# ------------------------------------------------------------------------------------------------------ what is in force


def of_claims(service: Service, said: Iterable[Said]) -> Verdicts:
    """What was judged of some claims."""
    return service.ledger.in_force([one.claim.id for one in said])


def merged_into(service: Service, about: Subject, key: str) -> list[Judgement]:
    """Merges in force that have to do with a place or an actor: those into it, and that of it into another."""
    found = service.ledger.in_force(about=about).values()
    return sorted((one for one in found if key in one.subjects), key=lambda one: one.at, reverse=True)


def of_disputes(service: Service, some: Sequence[disputes.Dispute]) -> Verdicts:
    """What was judged of some disputes."""
    named = {one.id: pair(one.sides[0].said.claim.id, one.sides[1].said.claim.id) for one in some}
    found = service.ledger.in_force(list(named.values()), about=Subject.DISPUTE)
    return {id_: found[name] for id_, name in named.items() if name in found}


def queue(
    service: Service,
    part: Callable[[str | None], Listed[disputes.Dispute]],
    *,
    judged: bool | None,
    cursor: str | None,
    least: int,
) -> tuple[Listed[disputes.Dispute], Verdicts]:
    """The disputes from a cursor on, with what was judged of them; `judged`: only those that were, or were not."""
    if judged:
        return _judged(service)
    kept: list[disputes.Dispute] = []
    verdicts: dict[str, Judgement] = {}
    for _ in range(ROUNDS):
        listed = part(cursor)
        found = of_disputes(service, listed.items)
        kept += [one for one in listed.items if judged is None or judged is (one.id in found)]
        verdicts |= found
        cursor = listed.next
        if cursor is None or judged is None or len(kept) >= least:
            break
    return Listed(kept, cursor), verdicts


def fits(one: disputes.Dispute, *, place: str | None, kind: str | None, claim: str | None, since: date | None) -> bool:
    """Is it one that the queue was asked for? As `views/disputes.found` understands the words."""
    sides = [side.said for side in one.sides]
    days = [said.article.published for said in sides if said.article.published]
    new = since is None or (bool(days) and max(days) >= since)
    named = claim is None or claim in {said.claim.id for said in sides}
    return place in (None, one.place) and kind in (None, one.kind) and named and new


def _judged(service: Service) -> tuple[Listed[disputes.Dispute], Verdicts]:
    """All that were judged and are still weighed as disputes, the last judged first."""
    in_force = service.ledger.in_force(about=Subject.DISPUTE)
    found: list[disputes.Dispute] = []
    for one in sorted(in_force.values(), key=lambda one: one.at, reverse=True):
        first, second = one.subjects
        for id_ in (digest(first, second), digest(second, first)):
            with suppress(Missing):
                found.append(disputes.one(service, id_))
    return Listed(found, None), of_disputes(service, found)


def apart(service: Service, listed: Iterable[disputes.Dispute]) -> list[tuple[Judgement, list[Said]]]:
    """Pairs of claims that were judged and are no longer weighed as disputes (`different`), the last judged first: so that this can be
    taken back. `listed`: those that still are."""
    still = {pair(one.sides[0].said.claim.id, one.sides[1].said.claim.id) for one in listed}
    in_force = service.ledger.in_force(about=Subject.DISPUTE)
    gone = sorted((one for name, one in in_force.items() if name not in still), key=lambda one: one.at, reverse=True)
    known = service.ledger.weighings.claims_of([id_ for one in gone for id_ in one.subjects])
    return [
        (one, all_said(service, (known[id_] for id_ in one.subjects)))
        for one in gone
        if all(id_ in known for id_ in one.subjects)
    ]
