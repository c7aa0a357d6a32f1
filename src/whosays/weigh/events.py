"""Do two claims speak of one event, and by one voice? What the rules of contradiction rest on."""

from __future__ import annotations

from whosays.nouns import Claim, Count, Party
from whosays.text import fold
from whosays.weigh import sameness
from whosays.weigh.said import Said, hints

SEVERAL = 4
"""People: fewer are victims that a report names, not its toll."""
CITY = 100_000
"""People: where so many live there may be several attacks in a day."""
ALIKE = {
    frozenset(pair)
    for pair in (
        ("airstrike", "bombing"),
        ("airstrike", "missile"),
        ("bombing", "suicide-bombing"),
        ("shelling", "missile"),
    )
}
"""Means that two reports may have of one attack."""
VAGUE = frozenset({None, "other", "ground"})


def one_event(a: Said, b: Said) -> bool:
    """Do two tolls, of one place and of days that meet, speak of one event, as far as they tell?"""
    if not (one_place(a, b) and means_agree(a, b) and sameness.same_party(a.claim.actor, b.claim.actor)):
        return False
    if any(hints(one, "elsewhere") or one.places for one in (a, b)):
        return False
    if a.extraction.article.id == b.extraction.article.id:
        return a.dated is b.dated
    return bool(a.detail & b.detail) or (a.dated and b.dated and (not city(a) or same_means(a, b)))


def linked(a: Said, b: Said) -> bool:
    """Does anything but place and day say that two claims speak of one event?"""
    return bool(a.detail & b.detail) or same_named(a.claim.actor, b.claim.actor) or same_means(a, b) or not city(a)


def same_means(a: Said, b: Said) -> bool:
    return a.means == b.means and a.means not in VAGUE


def one_voice(a: Said, b: Said) -> bool:
    """Of one page also `the source` and `a source at the police`, and an outlet and its own reporter."""
    if a.voice == b.voice:
        return True
    x, y = a.claim.source, b.claim.source
    if a.extraction.article.id != b.extraction.article.id or None not in (x.actor, y.actor):
        return False
    if a.narrated or b.narrated:
        other = y if a.narrated else x
        paper = fold(sameness.outlet(a.extraction.article) or "")
        return bool(paper) and f" {paper} " in f" {fold(other.mention or '')} "
    one, another = (set(fold(source.mention or "").split()) - {"the", "a", "an"} for source in (x, y))
    return bool(one and another) and (one <= another or another <= one)


def one_place(a: Said, b: Said) -> bool:
    """In a region or country many events have tolls: these are not compared."""
    return not a.wide and not b.wide


def near(one: Said) -> bool:
    where = one.claim.place
    return where is None or (where.precision is not None and where.precision > 1)


def city(one: Said) -> bool:
    place = one.claim.place.place if one.claim.place is not None else None
    return place is not None and place.population >= CITY


def means_agree(a: Said, b: Said) -> bool:
    return a.means == b.means or a.means in VAGUE or b.means in VAGUE or frozenset({a.means, b.means}) in ALIKE


def same_named(a: Party | None, b: Party | None) -> bool:
    return a is not None and b is not None and sameness.same_party(a, b)


def short(one: Said) -> bool:
    """Is it told of a day or two? What is undated is of its page's own day."""
    return one.days is None or (one.days[1] - one.days[0]).days <= 2


def later(a: Said, b: Said) -> bool:
    """Was `a` printed on a later day?"""
    return a.published is not None and b.published is not None and a.published > b.published


def low(count: Count | None) -> int:
    return 0 if count is None else count.low or 0


def high(count: Count | None) -> int:
    return 0 if count is None else count.high or count.low or 0


def disjoint(a: Count, b: Count) -> bool:
    high = min((count.high for count in (a, b) if count.high is not None), default=None)
    return high is not None and high * 1.1 < max(low(a), low(b)) * 0.9


def same_count(x: Claim, y: Claim) -> bool:
    """Do both give as good as one number? `At least 12` is not 128, though it could be."""
    one, other = (low(claim.count) or high(claim.count) for claim in (x, y))
    return min(one, other) > 0 and max(one, other) <= 1.1 * min(one, other)


def several(claim: Claim) -> bool:
    """Is it a toll? One of several people, and of no region."""
    count = claim.count
    least = None if count is None else count.low if count.low is not None else count.high
    return least is not None and least >= SEVERAL
