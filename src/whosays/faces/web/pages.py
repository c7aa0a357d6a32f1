"""The pages that one reads: each takes what an address asks for, gets a Struct from `faces/views/`, and renders it.

    routes() -> routes

All state is in the address, so that every view has a link of its own. Faults are raised as Misuse or Missing; `errors.py` tells them.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from whosays.errors import Misuse
from whosays.faces import desk
from whosays.faces.service import of
from whosays.faces.views import (
    actors,
    articles,
    changes,
    claims,
    disputes,
    home,
    keys,
    places,
    questions,
    search,
    sources,
)
from whosays.faces.views.common import Listed
from whosays.faces.web import asked, graph, judging, marks, palette, timeline
from whosays.faces.web.rendering import actor_url, place_url, render
from whosays.nouns import DisputeKind, Subject

LANES = 12
"""Lanes of voices shown, unless all are asked for."""

PLACE_DISPUTES = 6
"""Disputes shown on the page of a place."""

LISTED = 25
"""Claims of a page that lists them."""

NEW_CHANGES = 8
"""Changes shown on the first page."""

FIRST_CLAIMS = 5
"""Claims shown in the map's panel."""

FIRST_INTERVALS = 2
"""Intervals of each lane shown there: the last."""

HITS = 20
"""Articles found."""

AT_ONCE = 20
"""Disputes of a part of the queue."""

QUARRELS = 5
"""Quarrels shown on the first page."""


def routes() -> list[BaseRoute]:
    """All of them."""
    return [
        Route("/", first),
        Route("/search", found),
        Route("/claims", listing),
        Route("/places", all_places),
        Route("/place/{key:path}", place),
        Route("/sources", all_sources),
        Route("/source/{key:path}", source),
        Route("/actors", all_actors),
        Route("/actor/{key:path}", actor),
        Route("/articles", all_articles),
        Route("/article/{id}", article),
        Route("/disputes", queue),
        Route("/questions", all_questions),
        Route("/question/{id}", question),
        Route("/limits", limits),
    ]


def first(request: Request) -> HTMLResponse:
    """What there is, and what is new."""
    service = of(request)
    held = home.home(service)
    if held.empty:
        return render(request, "empty.html", home=held)
    return render(
        request,
        "home.html",
        home=held,
        quarrels=disputes.quarrels(service, limit=QUARRELS),
        changes=changes.found(service, limit=NEW_CHANGES).items,
        latest=claims.found(service, limit=FIRST_CLAIMS).items,
        places=places.found(service, limit=12).items,
        sources=sources.found(service, limit=8).items,
    )


def found(request: Request) -> HTMLResponse:
    """What goes by some words and fields."""
    service, text = of(request), asked.text(request, "q")
    if text is None:
        return render(request, "search.html", query="", hits=None, claims=None, fields={})
    wanted = asked.search(text)
    plain = not wanted.fields
    hits = search.hits(service, wanted.names, limit=HITS) if wanted.words and plain else None
    said = claims.found(
        service,
        place=wanted.fields.get("place"),
        source=wanted.fields.get("source"),
        actor=wanted.fields.get("actor"),
        type=asked.kind(wanted.fields.get("type")),
        text=wanted.words or None,
        since=wanted.since,
        until=wanted.until,
        cursor=asked.text(request, "cursor"),
        limit=LISTED,
    )
    return render(request, "search.html", query=text, hits=hits, claims=said, fields=wanted.fields)


def listing(request: Request) -> HTMLResponse:
    """Claims that answer a filter."""
    chosen = {name: asked.text(request, name) for name in ("place", "source", "actor", "type", "text")}
    said = claims.found(
        of(request),
        place=chosen["place"],
        source=chosen["source"],
        actor=chosen["actor"],
        type=asked.kind(chosen["type"]),
        text=chosen["text"],
        since=asked.day(request, "since"),
        until=asked.day(request, "until"),
        cursor=asked.text(request, "cursor"),
        limit=LISTED,
    )
    return render(request, "claims.html", claims=said)


def all_places(request: Request) -> HTMLResponse:
    """Places by how much is said of them."""
    like, country, cursor = (asked.text(request, name) for name in ("like", "country", "cursor"))
    return render(
        request, "places.html", places=places.found(of(request), like=like, country=country, cursor=cursor), like=like
    )


def place(request: Request) -> Response:
    """Who holds it, according to whom; what is disputed; every claim with its words."""
    service, key = of(request), request.path_params["key"]
    on, known = asked.day(request, "as_of"), asked.day(request, "as_known_on")
    into, _ = places.led(service, key)
    if into != key:
        return moved(request, place_url(into))
    if asked.text(request, "panel"):
        brief = places.brief(service, key, as_known_on=known, around=on, intervals=FIRST_INTERVALS, said=FIRST_CLAIMS)
        return render(request, "place-panel.html", page=brief)
    shown = places.page(service, key, as_known_on=known, around=on, beside=PLACE_DISPUTES)
    filters = {name: asked.text(request, name) for name in ("type", "source", "actor", "cursor")}
    said = shown.claims
    if any(filters.values()):
        said = claims.found(
            service,
            place=key,
            type=filters["type"],
            source=filters["source"],
            actor=filters["actor"],
            cursor=filters["cursor"],
            limit=LISTED,
        )
    colours = palette.colours(service, shown.lanes)
    days = [side.said.article.published for one in shown.disputes.items for side in one.sides[1:]]
    lanes = shown.lanes if asked.text(request, "lanes") == "all" else timeline.foremost(shown.lanes, LANES)
    drawn = timeline.draw(lanes, [day for day in days if day], on=on, colours=colours)
    held = timeline.on_day(shown.lanes, on) if on else None
    return render(
        request,
        "place.html",
        page=shown,
        said=said,
        lanes=lanes,
        drawn=drawn,
        on=on,
        known=known,
        held=held,
        most=places.shown_of(on),
        colours=colours,
        merged=judging.merged_into(service, Subject.PLACE, key),
    )


def moved(request: Request, target: str) -> RedirectResponse:
    """To the page of what this one was merged into, with the same question. Not for ever: merges are undone."""
    return RedirectResponse(target + (f"?{request.url.query}" if request.url.query else ""), 303)


def all_sources(request: Request) -> HTMLResponse:
    """Voices by how much they say."""
    like, cursor = asked.text(request, "like"), asked.text(request, "cursor")
    return render(request, "voices.html", voices=sources.found(of(request), like=like, cursor=cursor), of="source")


def source(request: Request) -> HTMLResponse:
    """What became of what a voice said; what it said; who quotes it."""
    service = of(request)
    shown = sources.page(service, request.path_params["key"])
    cursor = asked.text(request, "cursor")
    said = claims.found(service, source=shown.source.key, cursor=cursor, limit=LISTED) if cursor else shown.claims
    return render(request, "source.html", page=shown, said=said)


def all_actors(request: Request) -> HTMLResponse:
    """Actors by how much is said of them."""
    like, cursor = asked.text(request, "like"), asked.text(request, "cursor")
    return render(request, "voices.html", voices=actors.found(of(request), like=like, cursor=cursor), of="actor")


def actor(request: Request) -> Response:
    """Sides over time, relations, claims about it."""
    service, key = of(request), request.path_params["key"]
    into = actors.led(service, key)
    if into != key:
        return moved(request, actor_url(into))
    shown = actors.page(service, key)
    cursor = asked.text(request, "cursor")
    said = claims.found(service, actor=shown.actor.key, cursor=cursor, limit=LISTED) if cursor else shown.claims
    return render(
        request,
        "actor.html",
        page=shown,
        said=said,
        graph=graph.draw(shown),
        merged=judging.merged_into(service, Subject.ACTOR, key),
    )


def all_articles(request: Request) -> HTMLResponse:
    """Articles, those read last first."""
    heads = articles.found(
        of(request),
        outlet=asked.text(request, "outlet"),
        since=asked.day(request, "since"),
        until=asked.day(request, "until"),
        cursor=asked.text(request, "cursor"),
    )
    return render(request, "articles.html", articles=heads)


def article(request: Request) -> HTMLResponse:
    """The text with its claims marked, and what else goes back to the same text."""
    service = of(request)
    shown = articles.page(service, request.path_params["id"])
    blocks = marks.parts(shown.article.text, shown.article.parts, [one.claim for one in shown.claims])
    out = articles.rejected(service, shown.article.id) if desk.user(request) else []
    verdicts = judging.of_claims(service, [*shown.claims, *out])
    return render(
        request,
        "article.html",
        page=shown,
        blocks=blocks,
        whole=service.profile.texts,
        verdicts=verdicts,
        rejected=out,
    )


def queue(request: Request) -> HTMLResponse:
    """Disputes, the heaviest first."""
    kind, judged = asked.text(request, "kind"), asked.text(request, "judged")
    if kind is not None and kind not in set(DisputeKind):
        raise Misuse(f"There is no kind of dispute {kind!r}. Kinds: {', '.join(DisputeKind)}.")
    place, claim, since = asked.text(request, "place"), asked.text(request, "claim"), asked.day(request, "since")
    service = of(request)

    def part(cursor: str | None) -> Listed[disputes.Dispute]:
        chosen = None if kind is None else DisputeKind(kind)
        return disputes.found(service, place=place, claim=claim, kind=chosen, since=since, cursor=cursor, limit=AT_ONCE)

    wanted = {"yes": True, "no": False}.get(judged or "")
    cursor = asked.text(request, "cursor")
    listed, verdicts = judging.queue(service, part, judged=wanted, cursor=cursor, least=AT_ONCE)
    apart = judging.apart(service, listed.items) if wanted and not (place or kind or claim or since) else []
    if wanted:  # these come from what was judged, not from the queue that was asked
        named = keys.place(service, place)
        fits = [one for one in listed.items if judging.fits(one, place=named, kind=kind, claim=claim, since=since)]
        listed = Listed(fits, listed.next)
    return render(request, "disputes.html", disputes=listed, verdicts=verdicts, apart=apart, kinds=list(DisputeKind))


def all_questions(request: Request) -> HTMLResponse:
    """What claims speak of together."""
    listed = questions.found(
        of(request),
        place=asked.text(request, "place"),
        group=asked.text(request, "group"),
        claim=asked.text(request, "claim"),
        cursor=asked.text(request, "cursor"),
    )
    return render(request, "questions.html", questions=listed)


def question(request: Request) -> HTMLResponse:
    """A question, its answers, and how well each is supported."""
    return render(request, "question.html", page=questions.one(of(request), request.path_params["id"]))


def limits(request: Request) -> HTMLResponse:
    """What all of this gets wrong and must not be used for."""
    return render(request, "limits.html")
