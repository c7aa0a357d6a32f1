"""A question in words: `Who held Albu Kamal on 8–9 Nov 2017?` `How many were killed in Azaz on 7 Jan 2017?`"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from whosays.nouns import Extraction, Party

WORDS = {
    "holding": "Who held {place}",
    "casualties": "How many were {harm} in {place}",
    "attack": "Who attacked{target} in {place}",
    "enter": "Did {actor} enter {place}",
    "advance": "Did {actor} advance in {place}",
    "besiege": "Did {actor} besiege {place}",
    "presence": "Was {actor} in {place}",
    "clash": "Who fought{target} in {place}",
    "detain": "Did {actor} detain{target} in {place}",
    "destroy": "Did {actor} destroy{target} in {place}",
    "displace": "Were people driven from {place}",
    "ally": "Did {actor} back{target} in {place}",
    "oppose": "Did {actor} oppose{target} in {place}",
    "member": "Did {actor} belong to a group in {place}",
    "agree": "Was there an accord in {place}",
    "declare": "What did {actor} declare in {place}",
    "condemn": "Did {actor} condemn{target} over {place}",
    "demand": "What did {actor} call for in {place}",
    "aid": "Did {actor} help{target} in {place}",
    "sanction": "Did {actor} punish{target} in {place}",
}
"""By group; `{target}` brings its own space. A type that is not here is asked as OTHER."""
OTHER = "{group} in {place}"


def asked(group: str, claims: Sequence[Extraction], first: date | None, last: date | None) -> str:
    """The question that some claims answer, of the days that they have in common."""
    place = _place(claims)
    roles = {
        "group": group,
        "place": place,
        "actor": _most([one.claim.actor for one in claims], place) or "anybody",
        "target": f" {target}" if (target := _most([one.claim.target for one in claims], place)) else "",
        "harm": {"both": "killed or hurt", None: "killed or hurt"}.get(harm := _harm(claims), harm),
    }
    when = days(first, last)
    return WORDS.get(group, OTHER).format_map(roles) + (f" {when}?" if when else "?")


def days(first: date | None, last: date | None) -> str:
    """`on 8 Nov 2017`, `on 8–9 Nov 2017`, `on 30 Oct – 2 Nov 2017`; nothing where they are not known."""
    if first is None or last is None:
        return ""
    end = f"{last.day} {last:%b %Y}"
    if first == last:
        return f"on {end}"
    if (first.year, first.month) == (last.year, last.month):
        return f"on {first.day}–{end}"
    return f"on {first.day} {first:%b}{'' if first.year == last.year else f' {first.year}'} – {end}"


def _place(claims: Sequence[Extraction]) -> str:
    """The name that the gazetteer has, else the words."""
    where = claims[0].claim.place
    if where is None:
        return "an unnamed place"
    return where.place.name if where.place is not None else where.name or where.words or "an unnamed place"


def _most(parties: Sequence[Party | None], place: str) -> str | None:
    """The name that most claims give, one that the roster knows before any other; the place is no party."""
    named = [party for party in parties if party is not None and place not in (party.name or party.words)]
    known = [party for party in named if party.actor is not None] or named
    names = Counter(party.name or party.words for party in known)
    return max(sorted(names), key=names.__getitem__) if names else None


def _harm(claims: Sequence[Extraction]) -> str | None:
    harms = {one.claim.harm for one in claims}
    return harms.pop() if len(harms) == 1 else None
