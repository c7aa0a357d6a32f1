"""Claims: a Reading and its candidates become Claims.

One public verb, `claim(reading, candidates)`. The way of a sentence: `match` finds where a proposition of a type is stated and
which words stand in its roles; `extract` makes claims of it: `voices` says who vouches for it, `factuality` whether it is affirmed
and how surely, `roles`, `where`, `when` and `counts` what the words mean, `confidence` how often such claims are right. Then `when`
dates by the page what the words leave undated, and `denials` links what is denied. The lexicon (lexicon/*.yml, one file per type) is
the list of types; `implied` draws what claims imply, `explain` says why.
Comments are never read: the language stage hands on headline, paragraphs and captions only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from whosays.claims import denials, extract, match, when
from whosays.claims.explain import Explained, Rule, explain
from whosays.claims.implied import implied
from whosays.claims.lines import Context, lines
from whosays.claims.triggers import lexicon
from whosays.nouns import Actor, Candidates, Claim, Reading, Source, SourceKind

__all__ = ["Explained", "Rule", "claim", "explain", "implied", "lexicon"]


def claim(reading: Reading, candidates: Candidates) -> tuple[Claim, ...]:
    """All claims of an article, in the order of their words. Never raises on any Reading."""
    listed = tuple(one for one in candidates.places if one.options and one.options[0].listed)
    candidates = replace(candidates, places=listed)  # where the unlisted are is known no better than where the story is
    context = Context(reading, candidates, lexicon())
    dated = [
        one
        for line in lines(reading, candidates, context.lexicon)
        for stated in match.find(line, context.lexicon)
        for one in extract.claims(context, line, stated)
    ]
    found = list(when.settled(context, dated))
    found += denials.echoed(context, found)
    return denials.linked(_distinct(_told(found, candidates.outlet)))


def _told(found: Iterable[Claim], outlet: Actor | None) -> list[Claim]:
    """What the article says in its own voice is the outlet's word, where it is known who that is."""
    if outlet is None:
        return list(found)
    own = Source(SourceKind.NARRATION, actor=outlet.key, side=outlet.side)
    return [replace(one, source=own) if one.source.kind is SourceKind.NARRATION else one for one in found]


def _distinct(found: list[Claim]) -> list[Claim]:
    """One claim per id, in the order of the words."""
    by_id = {one.id: one for one in reversed(found)}
    return sorted(by_id.values(), key=lambda one: (one.evidence.start, one.evidence.end, one.type, one.id))
