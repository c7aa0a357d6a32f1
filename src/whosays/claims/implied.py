"""What claims imply and do not say: who took a town held it when it had fallen.

Comes in: the stated claims of an article. Goes out: implied claims, kept apart from them; each names in `derived_from` the claim that
implies it, has its voice and words, and is no evidence. The rules stand in the lexicon (`implies`). Only what is affirmed as a fact
implies anything: who denies a capture does not say who holds the town.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from whosays.claims.triggers import Implied, lexicon
from whosays.nouns import STATES, Claim, Modality, Polarity, When
from whosays.text import digest


def implied(found: Sequence[Claim]) -> tuple[Claim, ...]:
    """In the order of the claims that imply them."""
    return tuple(_all(found))


def _all(found: Sequence[Claim]) -> Iterator[Claim]:
    types = lexicon().types
    for claim in found:
        if claim.polarity is Polarity.AFFIRMED and claim.modality in (Modality.ACTUAL, Modality.PROBABLE):
            for rule in types[claim.type].implies:
                actor = claim.actor if rule.actor == "actor" else claim.target
                if actor is not None and claim.place is not None:
                    yield replace(
                        claim,
                        id=digest("implied", claim.id, rule.type, rule.actor, rule.polarity),
                        type=rule.type,
                        polarity=Polarity(rule.polarity),
                        actor=actor,
                        target=None,
                        time=_afterwards(claim, rule),
                        count=None,
                        who=None,
                        harm=None,
                        means=None,
                        cumulative=False,
                        denies=None,
                        derived_from=(claim.id,),
                    )


def _afterwards(claim: Claim, rule: Implied) -> When | None:
    """A state that an event brings about holds when the event is surely over: on the last day on which it may have happened. How long
    it lasts nobody has said."""
    time = claim.time
    if time is None or time.last is None or claim.type in STATES or rule.type not in STATES:
        return time
    return When(time.last, time.last, time.precision)
