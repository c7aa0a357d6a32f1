"""Who gains and who loses by what is claimed, and what the one who claims it stands to gain.

The rules are data: interest.yml says for each type which role gains and which loses. A claim that hurts its speaker's own side is
against his interest; one that helps it is aligned. The speaker's side is that of the innermost source, never its outlet's; two
sides are the same only if their keys are. Who is known to be of no side is not aligned; so is one of a third side, where it is
known both who gains and who loses. All else is unknown, which is never `not aligned`: his side may be a silent ally's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
import yaml

from whosays.nouns import NOT_ALIGNED, Claim, Extraction, Interest, Modality, Polarity
from whosays.text import fold

Victims = Literal["civilians", "combatants"]


@dataclass(frozen=True, slots=True)
class Gain:
    """The sides that gain and those that lose, as far as they are known: empty where nobody does, or nobody known."""

    gains: frozenset[str] = frozenset()
    loses: frozenset[str] = frozenset()

    def filled(self, other: Gain) -> Gain:
        """What this one leaves open, as the other has it."""
        return Gain(self.gains or other.gains, self.loses or other.loses)


NOBODY = Gain()


def gain(claim: Claim) -> Gain:
    """Who gains and who loses if the claim is true."""
    rule = _rule(claim)
    if rule is None or claim.modality in (Modality.PLANNED, Modality.DEMANDED):
        return NOBODY
    gains, loses = _sides(claim, rule.gains), _sides(claim, rule.loses)
    if claim.polarity is Polarity.AFFIRMED:
        return Gain(gains, loses)
    return NOBODY if rule.denied == "nobody" else Gain(loses, gains)


def interest(extraction: Extraction, about: Gain = NOBODY) -> Interest:
    """What its speaker stands to gain by a claim. `about`: who gains and loses by it, where it leaves that unsaid."""
    side = extraction.claim.source.side
    if side is None:
        return _of_himself(extraction.claim)
    if side == NOT_ALIGNED:
        return Interest.NOT_ALIGNED
    found = gain(extraction.claim).filled(about)
    loses, gains = side in found.loses, side in found.gains
    if loses != gains:
        return Interest.AGAINST if loses else Interest.ALIGNED
    third = found.gains and found.loses and not gains
    return Interest.NOT_ALIGNED if third else Interest.UNKNOWN


def _of_himself(claim: Claim) -> Interest:
    """Of no known side: but who speaks of himself is known to gain or lose by it."""
    rule, own = _rule(claim), claim.source.actor
    if rule is None or own is None or claim.modality in (Modality.PLANNED, Modality.DEMANDED):
        return Interest.UNKNOWN
    gains, loses = own in _keys(claim, rule.gains), own in _keys(claim, rule.loses)
    if gains == loses or (claim.polarity is Polarity.DENIED and rule.denied == "nobody"):
        return Interest.UNKNOWN
    return Interest.ALIGNED if gains is (claim.polarity is Polarity.AFFIRMED) else Interest.AGAINST


def _keys(claim: Claim, roles: tuple[str, ...]) -> set[str | None]:
    return {
        party.actor
        for party in (claim.actor if role == "actor" else claim.target for role in roles)
        if party is not None
    }


def victims(claim: Claim) -> Victims | None:
    """Whether those harmed are said to be civilians (or what is theirs) or combatants; None: not said."""
    if claim.who in ("civilians", "children"):
        return "civilians"
    if claim.who == "combatants":
        return "combatants"
    named = (
        "" if claim.target is None else re.split("['’]s ", claim.target.words)[-1]
    )  # `a soldier's wife`, `People's Guards`
    words = set(fold(named).split())
    words |= {word.removesuffix("s") for word in words}
    if words & _table().civilians:
        return "civilians"
    return "combatants" if words & _table().combatants else None


def _rule(claim: Claim) -> _Rule | None:
    return next((rule for rule in _rules(claim.type) if rule.of is None or rule.of == victims(claim)), None)


@cache
def _rules(type_: str) -> tuple[_Rule, ...]:
    return tuple(rule for rule in _table().rules if type_ in rule.types)


def _sides(claim: Claim, roles: tuple[str, ...]) -> frozenset[str]:
    parties = [claim.actor if role == "actor" else claim.target for role in roles]
    sides = [party.side for party in parties if party is not None]
    return frozenset([side for side in sides if side is not None and side != NOT_ALIGNED])


class _Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    types: frozenset[str]
    of: Victims | None = None
    gains: tuple[Literal["actor", "target"], ...] = ()
    loses: tuple[Literal["actor", "target"], ...] = ()
    denied: Literal["inverts", "nobody"] = "inverts"


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rules: tuple[_Rule, ...]
    nobody: frozenset[str]
    civilians: frozenset[str]
    combatants: frozenset[str]


@cache
def _table() -> _Table:
    return msgspec.convert(yaml.safe_load(files("whosays.weigh").joinpath("interest.yml").read_text("utf-8")), _Table)


def types() -> frozenset[str]:
    """Every type that interest.yml speaks of."""
    return _table().nobody.union(*(rule.types for rule in _table().rules))
