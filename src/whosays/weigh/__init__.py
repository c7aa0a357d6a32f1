"""Weigh: what a heap of claims comes to. Pure functions: extractions in, judgements out; nothing read, nothing stored.

`disputes` finds pairs of claims about the same thing that cannot both be true, and says of what kind and why; `holds` says who
holds a place on a day, according to each voice, `contradict` which of their answers cannot both be true, `undated` what was left
out; `voice`, `outlet` and `origin` say whose words a claim is, who printed it, and where it first stood.
Nothing here decides who is right. Order of the claims never matters.
"""

from whosays.weigh.control import contradict, holds, undated
from whosays.weigh.disputes import disputes
from whosays.weigh.sameness import origin, outlet, voice

__all__ = ["contradict", "disputes", "holds", "origin", "outlet", "undated", "voice"]
