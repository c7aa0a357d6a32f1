"""Does the clause around a time point ahead? Told by its words alone: no parser is asked."""

from __future__ import annotations

import re

_TO_COME = re.compile(
    r"\b(?:will|shall|won['’]t|would|could|might|(?:is|are|was|were) (?:to|due|set|expected|scheduled|likely|going)"
    r"|ha(?:s|ve|d) (?:set|scheduled)|planned|(?<!ed )plans? to|planning to|vow(?:s|ed)? to|set to|due to|expects?|scheduled"
    r"|payable|effective|of record)\b|\bas (?:soon|early) as(?: on)? $|\b(?:extended|postponed|delayed) (?:to|until) $"
)
_WILL = re.compile(r"\b(?:will|shall|won['’]t|(?:is|are) (?:to|due|set|expected|scheduled|going)|(?<!ed )plans? to)\b")
_REPORTED = re.compile(r"\b(?:said|told|announced|added|declared|warned|vowed|reported|\w{3,}ed)(?: \w+)?\W*$")
_BREAK = re.compile(_ENDS := r"(?:[,;:!?“”\"\n]|(?<!\b[A-Z])\.(?=\s))")
_LAST_BREAK = re.compile(rf".*{_ENDS}", re.DOTALL)
_REACH, _NEAR = 120, 30
"""Characters to either side in which the verb of the clause is looked for; before it, a verb that stands close."""


def points_ahead(text: str, start: int, end: int) -> bool | None:
    """Is the clause in future tense? Not where a verb in the past stands right before (`said on Monday it will`), nor of another's
    noun (`Monday's attack`). None: nothing tells."""
    before = text[max(0, start - _REACH) : start]
    if text[end : end + 2] not in ("'s", "’s"):
        opening = _LAST_BREAK.match(before)
        if _TO_COME.search(before, opening.end() if opening else 0):
            return True
    if _REPORTED.search(before, max(0, len(before) - _NEAR)):
        return None
    if before.rstrip(" ")[-1:] not in ("", ".", "!", "?", "“", '"', ",", "\n", ";"):
        return None
    after = text[end : end + _REACH].removeprefix(",")
    closing = _BREAK.search(after)
    return _WILL.search(after, 0, closing.start() if closing else len(after)) is not None or None
