"""Places named in a reading: find names (mentions.py), choose among the places of each name (rank.py)."""

from __future__ import annotations

from whosays.nouns import Candidate, Place, Reading
from whosays.places.borders import borders
from whosays.places.gazetteer import Gazetteer, in_use, key
from whosays.places.mentions import find
from whosays.places.rank import Context, rank
from whosays.places.vocabulary import ARTICLES


def resolve(reading: Reading, *, gazetteer: Gazetteer | None = None) -> tuple[Candidate[Place], ...]:
    """Place names in the sentences of a reading, sorted by span, never overlapping, each with up to five places.

    `settled` is False where two places are as likely; `reasons` says what speaks for the first.
    Raises AssetError if the gazetteer that comes with the package is missing or damaged."""
    gazetteer = gazetteer or in_use()
    article = reading.article
    given = [mention.span for mention in reading.mentions if mention.kind == "Location" and mention.name]
    sentences = [sentence.span for sentence in reading.sentences]
    place = article.dateline.place if article.dateline else None
    rows = gazetteer.find(key(place)) if place else ()
    origin = gazetteer.country(rows[0]) if rows else None
    found = find(article.text, sentences, gazetteer, given, origin=origin)
    ranked = rank(found.mentions, Context(gazetteer, found.countries, origin))
    extra = [
        one for one in borders(article.text, sentences, gazetteer) if not any(one.span.meets(c.span) for c in ranked)
    ]
    return tuple(sorted((*ranked, *extra), key=lambda candidate: candidate.span))


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
