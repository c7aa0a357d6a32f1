"""Words for tolls, for parties, and for what a dispute is about and differs in, as people say them. Nothing is judged here."""

from __future__ import annotations

from datetime import date

from whosays.nouns import Claim, Count, Extraction, Party

TAKEN_OR_HELD = frozenset({"capture", "control"})
"""Types whose claims answer one question: who holds the place."""


def about(one: Extraction) -> str:
    """What a question is about, in words: `capture of Albu Kamal`, `PMF entered Syria`."""
    claim = one.claim
    place = "an unnamed place" if claim.place is None else claim.place.name or claim.place.words or "an unnamed place"
    actor = None if claim.actor is None else claim.actor.name or claim.actor.words
    if claim.type in TAKEN_OR_HELD:
        return f"{claim.type} of {place}"
    verb = {"enter": "entered", "withdraw": "withdrew from"}.get(claim.type)
    return f"{actor} {verb} {place}" if actor and verb else f"{claim.type} in {place}"


def name(party: Party | None) -> str:
    return "somebody" if party is None else party.name or party.words


def words(party: Party | None) -> str:
    return "somebody" if party is None else party.words


def day(when: date | None) -> str:
    return "an unknown day" if when is None else f"{when.day} {when:%b %Y}"


def toll(claim: Claim) -> str:
    """`43 killed`, `12 civilians killed or injured`."""
    who = "" if claim.who in (None, "people") else f" {claim.who}"
    return f"{amount(claim.count)}{who} {hurt(claim)}"


def hurt(claim: Claim) -> str:
    return {"injured": "injured", "both": "killed or injured"}.get(claim.harm or "", "killed")


def victims(claim: Claim) -> str:
    return f"{amount(claim.count)} {claim.who or 'people'}"


def amount(count: Count | None) -> str:
    """`43`, `at least 40`, `up to 10`, `100 to 200`, `some`."""
    if count is None or (count.low is None and count.high is None):
        return "some"
    if count.high is None:
        return f"at least {count.low:,}"
    if count.low is None:
        return f"up to {count.high:,}"
    return f"{count.low:,}" if count.low == count.high else f"{count.low:,} to {count.high:,}"
