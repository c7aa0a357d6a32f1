"""The form in which a claim is corrected: every field that the ledger corrects, as it was and as it is to be.

    fields(form, text, near) -> Fixes      what differs, as `Ledger.judge` takes it; Misuse that names the field
    page(request) -> response              GET /correct/ID: the form with all fields
    again(request, form, error)            the form once more, with what is wrong and what was typed

A field stands twice in the form: `was.NAME` and `fix.NAME`; what is the same in both is no correction, white space aside, since browsers
change line ends. Evidence is given in words: the form has no offsets, the place of the words nearest to where they stood is meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse

from whosays.errors import Misuse
from whosays.faces import desk
from whosays.faces.service import Service, of
from whosays.faces.views import actors, claims, places
from whosays.faces.web.rendering import render
from whosays.ledger.corrections import HARM, MEANS, WHO
from whosays.nouns import Fix, Modality, Polarity, QuoteKind, SourceKind, Span, Subject

CHOICES: Mapping[str, tuple[str, ...]] = {
    "polarity": tuple(Polarity),
    "modality": tuple(Modality),
    "quote": tuple(QuoteKind),
    "source.kind": tuple(SourceKind),
    "who": ("", *sorted(WHO)),
    "harm": ("", *sorted(HARM)),
    "means": ("", *sorted(MEANS)),
    "cumulative": ("no", "yes"),
    "geo_precision": ("", "1", "2", "3"),
    "time_precision": ("", "1", "2", "3"),
}
"""What one chooses from; of types the lexicon has the list."""

WHOLE = frozenset({"geo_precision", "time_precision"})
PAIRS = frozenset({"count", *(f"spans.{role}" for role in ("actor", "target", "place", "time", "cue", "source"))})


def text(form: FormData, name: str) -> str:
    """A field of a form; empty where it is missing or a file."""
    found = form.get(name)
    return found.strip() if isinstance(found, str) else ""


def fields(form: FormData, page: str = "", near: int = 0) -> dict[str, Fix]:
    """The fields that are to be other than they were. `page`: the text, and `near`: where the evidence stood in it. Raises Misuse where
    none is, or one cannot be."""
    found: dict[str, Fix] = {}
    for key in form:
        name = key.removeprefix("fix.")
        if key.startswith("fix.") and text(form, key).split() != text(form, f"was.{name}").split():
            words = text(form, key)
            found[name] = evidence(words, page, near) if name == "evidence" else value(name, words)
    if not found:
        raise Misuse("Nothing was changed in the form: to say that the claim is right as it is, accept it.")
    return found


def value(name: str, words: str) -> Fix:
    """A field as the ledger takes it; empty is null. Raises Misuse."""
    if name == "via":
        return tuple(one.strip() for one in words.split(",") if one.strip())
    if name == "cumulative":
        return {"yes": True, "no": False}.get(words, words)
    if not words:
        return None
    if name in PAIRS or name == "time":
        ends = [one.strip() or None for one in words.split(",")]
        if len(ends) != 2:
            raise Misuse(f"{name}: {words!r} has no two ends. Write `first, last`, and leave out an open one: `12,`.")
        return tuple(ends) if name == "time" else tuple(None if one is None else _whole(name, one) for one in ends)
    if name in WHOLE:
        return _whole(name, words)
    if name == "place_radius":
        return _number(name, words)
    return words


def evidence(words: str, page: str, near: int) -> Fix:
    """Where words stand in a text, as near as may be to a place in it. White space counts as white space. Raises Misuse."""
    if not words:
        raise Misuse("evidence: it cannot be empty. Give the words of the text that state the claim.")
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    spans = [Span(*found.span()) for found in pattern.finditer(page)]
    if not spans:
        raise Misuse(f"evidence: {words!r} is not in the article. Copy the words from the text, letter by letter.")
    best = min(spans, key=lambda span: (abs(span.start - near), span))
    return best.start, best.end


def _whole(name: str, words: str) -> int:
    if not (words.isascii() and words.isdigit() and len(words) < 19):
        raise Misuse(f"{name}: {words!r} is no whole number. Write digits only.")
    return int(words)


def _number(name: str, words: str) -> float:
    try:
        return float(words)
    except ValueError:
        raise Misuse(f"{name}: {words!r} is no number. Write kilometres, such as 2.5.") from None


# --------------------------------------------------------------------------------------------------------------- pages


def page(request: Request) -> HTMLResponse:
    """All fields of a claim, to be corrected. Raises HTTPException 401, and Missing."""
    desk.require(request, desk.Scope.JUDGE)
    said = claims.one(of(request), request.path_params["id"])
    back = f"/article/{said.article.id}#c-{said.claim.id}"
    return render(request, "correct.html", said=said, typed={}, error=None, next=back, choices=CHOICES)


def again(request: Request, form: FormData, error: Misuse) -> HTMLResponse | None:
    """The form that was sent, as it was filled in, with what is wrong; None where there is nothing to fill in, or its subject is gone."""
    service, typed = of(request), {name: text(form, name) for name in form}
    about, subject = typed.get("about"), typed.get("subject", "")
    words = {"typed": typed, "error": str(error), "next": desk.own_page(typed.get("next", ""))}
    with suppress(Misuse):
        if about == Subject.CLAIM and typed.get("verdict") == "corrected":
            return render(request, "correct.html", 422, said=claims.one(service, subject), choices=CHOICES, **words)
        if typed.get("verdict") == "merged" and about in (Subject.PLACE, Subject.ACTOR):
            first = next((one for one in form.getlist("subject") if isinstance(one, str)), "")
            typed["into"] = subject if subject != first else ""
            name = _name(service, about, first)
            return render(request, "merge.html", 422, about=about, key=first, name=name, **words)
    return None


def _name(service: Service, about: str, key: str) -> str:
    return places.page(service, key).place.name if about == Subject.PLACE else actors.page(service, key).actor.name
