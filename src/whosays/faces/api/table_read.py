"""The operations that only show, as rows: see `table.py`."""

from __future__ import annotations

from whosays import wire
from whosays.faces.api import exporting, feed, queries
from whosays.faces.api.operation import JSON, Asked, Dear, NoQuery, Operation, Sent, reads
from whosays.faces.views import (
    actors,
    articles,
    changes,
    claims,
    control,
    disputes,
    home,
    places,
    questions,
    search,
    sources,
)
from whosays.faces.views.common import Listed, PlaceHead, VoiceHead
from whosays.faces.views.said import Said

GEOJSON = "application/geo+json"
AN_ID = "Its id, or the beginning of it."


def _control(asked: Asked[queries.Control]) -> control.ControlAt:
    q = asked.query
    day = q.as_of or asked.service.clock().date()
    return control.at(
        asked.service, day, as_known_on=q.as_known_on, place=q.place, by=q.by, cursor=q.cursor, limit=q.limit
    )


def _either(asked: Asked[queries.Control]) -> object:
    found = _control(asked)
    return control.features(found) if asked.incoming.media == GEOJSON else found


def _disputes(asked: Asked[queries.Disputes]) -> Listed[disputes.Dispute]:
    q = asked.query
    return disputes.found(
        asked.service,
        place=q.place,
        kind=q.kind,
        claim=q.claim,
        since=q.since,
        cursor=q.cursor,
        limit=q.limit,
    )


def _feed(asked: Asked[queries.Feed]) -> Sent:
    place = asked.query.place
    found = changes.found(asked.service, place=place)
    return Sent(feed.atom(found.items, place=place, base=asked.incoming.base), feed.MEDIA)


READING: tuple[Operation, ...] = (
    reads(
        "/",
        NoQuery,
        lambda asked: home.home(asked.service),
        name="home",
        summary="What the ledger holds.",
        answer=home.Home,
        example="/api/v1/",
    ),
    reads(
        "/articles",
        queries.Articles,
        lambda asked: articles.found(
            asked.service,
            outlet=asked.query.outlet,
            since=asked.query.since,
            until=asked.query.until,
            cursor=asked.query.cursor,
            limit=asked.query.limit,
        ),
        name="listArticles",
        summary="Heads of articles, those read last first.",
        answer=Listed[wire.Head],
        example="/api/v1/articles?outlet=The%20Harbour%20Courier&since=2023-01-01&limit=10",
    ),
    reads(
        "/articles/{id}",
        NoQuery,
        lambda asked: articles.page(asked.service, asked.part("id")),
        name="getArticle",
        summary="An article with its text, claims, disputes, and the story that it is part of.",
        answer=articles.ArticlePage,
        example="/api/v1/articles/a40602bd86fa448e",
        parts={"id": AN_ID},
    ),
    reads(
        "/claims",
        queries.Claims,
        lambda asked: claims.found(
            asked.service,
            place=asked.query.place,
            source=asked.query.source,
            actor=asked.query.actor,
            type=asked.query.type,
            article=asked.query.article,
            text=asked.query.text,
            since=asked.query.since,
            until=asked.query.until,
            cursor=asked.query.cursor,
            limit=asked.query.limit,
        ),
        name="listClaims",
        summary="Claims that answer all the filters, those published last first.",
        answer=Listed[Said],
        example="/api/v1/claims?place=geonames:706757&type=capture&since=2023-01-10&limit=10",
        dear=Dear.SEARCH,
    ),
    reads(
        "/claims/{id}",
        NoQuery,
        lambda asked: claims.one(asked.service, asked.part("id")),
        name="getClaim",
        summary="A claim with its words and the head of its article.",
        answer=Said,
        example="/api/v1/claims/38f783d59a72ed9c",
        parts={"id": AN_ID},
    ),
    reads(
        "/places",
        queries.Places,
        lambda asked: places.found(
            asked.service,
            like=asked.query.like,
            country=asked.query.country,
            box=asked.query.box,
            cursor=asked.query.cursor,
            limit=asked.query.limit,
        ),
        name="listPlaces",
        summary="Places that claims are about, those with most claims first.",
        answer=Listed[PlaceHead],
        example="/api/v1/places?country=UA&west=37&south=48&east=39&north=49",
        dear=Dear.SEARCH,
    ),
    reads(
        "/places/{key:path}",
        queries.OnePlace,
        lambda asked: places.page(asked.service, asked.part("key"), as_known_on=asked.query.as_known_on),
        name="getPlace",
        summary="A place: who held it over time according to whom, what is in dispute, what is claimed.",
        answer=places.PlacePage,
        example="/api/v1/places/geonames:706757?as_known_on=2023-01-13",
        parts={"key": "Its key, as /places gives it."},
    ),
    reads(
        "/control",
        queries.Control,
        _either,
        name="getControl",
        summary="Who holds what on a day, as known on a day; also as GeoJSON, by `Accept`.",
        answer=control.ControlAt,
        example="/api/v1/control?as_of=2023-01-20&as_known_on=2023-01-13&by=weighed",
        media=(JSON, GEOJSON),
    ),
    reads(
        "/control.geojson",
        queries.Control,
        lambda asked: control.features(_control(asked)),
        name="getControlAsGeoJSON",
        summary="The same as GeoJSON, whatever `Accept` says of JSON.",
        answer=control.FeatureCollection,
        example="/api/v1/control.geojson?as_of=2023-01-20",
        media=(GEOJSON, JSON),
    ),
    reads(
        "/disputes",
        queries.Disputes,
        _disputes,
        name="listDisputes",
        summary="Pairs of claims that cannot both be true, heaviest first.",
        answer=Listed[disputes.Dispute],
        example="/api/v1/disputes?place=geonames:706757&kind=polarity&limit=5",
    ),
    reads(
        "/disputes/{id}",
        NoQuery,
        lambda asked: disputes.one(asked.service, asked.part("id")),
        name="getDispute",
        summary="One dispute: two sentences side by side, with voices, sides and the reason.",
        answer=disputes.Dispute,
        example="/api/v1/disputes/ef82f2f079b3947b",
        parts={"id": "Its id."},
    ),
    reads(
        "/questions",
        queries.Questions,
        lambda asked: questions.found(
            asked.service,
            place=asked.query.place,
            group=asked.query.group,
            claim=asked.query.claim,
            cursor=asked.query.cursor,
            limit=asked.query.limit,
        ),
        name="listQuestions",
        summary="What claims speak of together.",
        answer=Listed[questions.Question],
        example="/api/v1/questions?place=geonames:706757&group=holding",
    ),
    reads(
        "/questions/{id}",
        NoQuery,
        lambda asked: questions.one(asked.service, asked.part("id")),
        name="getQuestion",
        summary="A question with its answers, and how well each is supported.",
        answer=questions.QuestionPage,
        example="/api/v1/questions/38f783d59a72ed9c",
        parts={"id": "Its id, or that of any claim that answers it."},
    ),
    reads(
        "/sources",
        queries.Voices,
        lambda asked: sources.found(
            asked.service, like=asked.query.like, cursor=asked.query.cursor, limit=asked.query.limit
        ),
        name="listSources",
        summary="Voices that make claims, those with most first.",
        answer=Listed[VoiceHead],
        example="/api/v1/sources?like=ministry",
        dear=Dear.SEARCH,
    ),
    reads(
        "/sources/{key:path}",
        NoQuery,
        lambda asked: sources.page(asked.service, asked.part("key")),
        name="getSource",
        summary="A voice: its record with interval and n, its claims, who quotes it.",
        answer=sources.SourcePage,
        example="/api/v1/sources/yevgeny-prigozhin",
        parts={"key": "Its key, as /sources gives it."},
    ),
    reads(
        "/actors",
        queries.Voices,
        lambda asked: actors.found(
            asked.service, like=asked.query.like, cursor=asked.query.cursor, limit=asked.query.limit
        ),
        name="listActors",
        summary="Actors that claims are about, those with most first.",
        answer=Listed[VoiceHead],
        example="/api/v1/actors?like=wagner",
        dear=Dear.SEARCH,
    ),
    reads(
        "/actors/{key:path}",
        NoQuery,
        lambda asked: actors.page(asked.service, asked.part("key")),
        name="getActor",
        summary="An actor: its sides over time, its relations, claims about it.",
        answer=actors.ActorPage,
        example="/api/v1/actors/wagner",
        parts={"key": "Its key, as /actors gives it."},
    ),
    reads(
        "/search",
        queries.Search,
        lambda asked: search.hits(asked.service, asked.query.q, limit=asked.query.limit),
        name="search",
        summary="Articles by their words; places, sources and actors by name.",
        answer=search.Hits,
        example="/api/v1/search?q=Soledar&limit=5",
        dear=Dear.SEARCH,
    ),
    reads(
        "/changes",
        queries.Changes,
        lambda asked: changes.found(
            asked.service, place=asked.query.place, cursor=asked.query.cursor, limit=asked.query.limit
        ),
        name="listChanges",
        summary="Places that changed hands or became disputed, the last told first.",
        answer=Listed[changes.Change],
        example="/api/v1/changes?place=geonames:706757",
    ),
    reads(
        "/changes.atom",
        queries.Feed,
        _feed,
        name="getFeed",
        summary="The same as an Atom feed, of all places or one.",
        answer=None,
        example="/api/v1/changes.atom?place=geonames:706757",
        media=(feed.MEDIA,),
    ),
    reads(
        "/exports",
        NoQuery,
        lambda _: exporting.formats(),
        name="listFormats",
        summary="The formats of the field that claims can be taken away in, and what each cannot carry.",
        answer=exporting.Formats,
        example="/api/v1/exports",
    ),
    reads(
        "/exports/{format}",
        queries.Exported,
        exporting.chosen,
        name="export",
        summary="Claims in a format of the field, streamed; private persons under pseudonyms, quotes of 300 characters.",
        answer=None,
        example="/api/v1/exports/csv?place=Soledar&type=capture",
        parts={"format": "Its name, as /exports gives it."},
        media=("*/*",),
        dear=Dear.SEARCH,
    ),
)
