"""Places named in a reading: find names (mentions.py), choose among the places of each name (rank.py)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from whosays.nouns import Candidate, Place, Reading
from whosays.places import outlet
from whosays.places.borders import borders
from whosays.places.features import Context, Name
from whosays.places.gazetteer import Gazetteer, in_use, key
from whosays.places.mentions import Found, find
from whosays.places.rank import CONSIDERED, Weights, rank
from whosays.places.relative import Relation, meant
from whosays.places.unlisted import somewhere
from whosays.places.vocabulary import ARTICLES


def resolve(
    reading: Reading, *, gazetteer: Gazetteer | None = None, weights: Weights | None = None
) -> tuple[Candidate[Place], ...]:
    """Place names in the sentences of a reading, sorted by span, never overlapping, each with up to five places.

    `settled` is False where two places are as likely; `reasons` says what speaks for the first. `weights`: others than
    the learned ones. Raises AssetError if the gazetteer that comes with the package is missing or damaged."""
    gazetteer = gazetteer or in_use()
    text = reading.article.text
    seen_there, context = seen(reading, gazetteer)
    mentions = seen_there.mentions
    listed = [mention for mention in mentions if mention.rows]
    ranked = rank(listed, context, weights)
    ends = {mention.relation.until for mention in listed if mention.relation}
    named = {
        mention.key: town_first(one).value for mention, one in zip(listed, ranked, strict=True) if mention.key in ends
    }
    found = [related(one, mention.relation, named) for mention, one in zip(listed, ranked, strict=True)]
    found += somewhere(text, [mention.span for mention in mentions if not mention.rows], ranked)
    taken = {one.span for one in found}
    for one in borders(seen_there.lines, gazetteer, context.countries):
        if not any(one.span.meets(span) for span in taken):
            found.append(one)
    return tuple(sorted(found, key=lambda candidate: candidate.span.start))


def related(one: Candidate[Place], relation: Relation | None, named: Mapping[str, Place | None]) -> Candidate[Place]:
    """The candidate with the places that the words beside the name tell."""
    if relation is None:
        return one
    one, other = town_first(one), named.get(relation.until or "")
    return replace(one, options=tuple(meant(place, relation, other) for place in one.options))


def town_first(one: Candidate[Place]) -> Candidate[Place]:
    """What is `near Hama` is near the town: before the division that shares its name."""
    first = one.options[0]
    town = next((place for place in one.options if place.feature == "town" and place.within(first)), first)
    return replace(one, options=(town, *(place for place in one.options if place is not town)))


def seen(reading: Reading, gazetteer: Gazetteer) -> tuple[Found, Context]:
    """The names of a reading that may be places, and what the text as a whole says about where it plays."""
    article = reading.article
    given = [mention.span for mention in reading.mentions if mention.kind == "Location" and mention.name]
    sentences = [sentence.span for sentence in reading.sentences]
    place = key(article.dateline.place or "") if article.dateline else ""
    rows = gazetteer.find(place)
    origin = gazetteer.country(rows[0]) if rows else None
    found = find(article.text, sentences, gazetteer, given, origin=origin)
    return found, Context(
        gazetteer,
        found.countries,
        dateline=origin,
        written_at=(Name(place, rows[:CONSIDERED]),) if rows else (),
        outlet=outlet.country(article),
        outlet_name=outlet.name(article),
    )


def lookup(name: str, *, gazetteer: Gazetteer | None = None) -> tuple[Place, ...]:
    """All places of exactly this name (case, accents, hyphens and an Arabic article aside) or ISO country code, the
    most populous first; empty if there is none."""
    gazetteer = gazetteer or in_use()
    row = gazetteer.country_row(name)
    if row is not None:
        return (gazetteer.place(row),)
    wanted = key(name)
    article, _, rest = wanted.partition(" ")
    rows = gazetteer.find(wanted) or (gazetteer.find(rest) if article in ARTICLES else ())
    return gazetteer.places(rows)


def alike(name: str, *, gazetteer: Gazetteer | None = None) -> tuple[Place, ...]:
    """The largest place of each name that may be this one in another spelling, the likest first."""
    gazetteer = gazetteer or in_use()
    return gazetteer.places(one.rows[0] for one in gazetteer.like(name))
