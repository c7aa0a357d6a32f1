"""Places named in a reading: find names (mentions.py), choose among the places of each name (rank.py)."""

from __future__ import annotations

from whosays.nouns import Candidate, Place, Reading
from whosays.places import outlet
from whosays.places.borders import borders
from whosays.places.features import Context, Name
from whosays.places.gazetteer import Gazetteer, key, shipped
from whosays.places.mentions import Mention, find
from whosays.places.rank import CONSIDERED, Weights, rank
from whosays.places.vocabulary import ARTICLES


def resolve(
    reading: Reading, *, gazetteer: Gazetteer | None = None, weights: Weights | None = None
) -> tuple[Candidate[Place], ...]:
    """Place names in the sentences of a reading, sorted by span, never overlapping, each with up to five places.

    `settled` is False where two places are as likely; `reasons` says what speaks for the first. `weights`: others than
    the learned ones. Raises AssetError if the gazetteer that comes with the package is missing or damaged."""
    gazetteer = gazetteer or shipped()
    mentions, context = seen(reading, gazetteer)
    ranked = rank(mentions, context, weights)
    extra = [
        one
        for one in borders(reading.article.text, [s.span for s in reading.sentences], gazetteer)
        if not any(one.span.meets(c.span) for c in ranked)
    ]
    return tuple(sorted((*ranked, *extra), key=lambda candidate: candidate.span))


def seen(reading: Reading, gazetteer: Gazetteer) -> tuple[tuple[Mention, ...], Context]:
    """The names of a reading that may be places, and what the text as a whole says about where it plays."""
    article = reading.article
    given = [mention.span for mention in reading.mentions if mention.kind == "Location" and mention.name]
    sentences = [sentence.span for sentence in reading.sentences]
    place = key(article.dateline.place or "") if article.dateline else ""
    rows = gazetteer.find(place)
    origin = gazetteer.country(rows[0]) if rows else None
    found = find(article.text, sentences, gazetteer, given, origin=origin)
    return found.mentions, Context(
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
    gazetteer = gazetteer or shipped()
    row = gazetteer.country_row(name)
    if row is not None:
        return (gazetteer.place(row),)
    wanted = key(name)
    article, _, rest = wanted.partition(" ")
    rows = gazetteer.find(wanted) or (gazetteer.find(rest) if article in ARTICLES else ())
    return gazetteer.places(rows)
