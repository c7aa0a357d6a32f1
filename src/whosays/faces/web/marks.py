"""An article's text → pieces for the page: each part with the words that claims rest on, that name who says it, and that say so.

    parts(text, parts, claims) -> Blocks

Marks never nest: a part is cut wherever a claim, its source or its cue begins or ends, and each piece knows all that it belongs to. So
claims may overlap as they like, and the pieces joined are the text, code point for code point (`safe.shown`). What lies between parts is
kept too: white space as it is, other words as a part of the kind `other`. Comments are left out: they are no evidence and are
rendered elsewhere. With them goes all of the kind `other`, in which their authors' names stand as printed (DESIGN.md, Do no harm).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from whosays import wire
from whosays.faces.safe import shown
from whosays.faces.web.rendering import group
from whosays.nouns import PartKind, Polarity


@dataclass(frozen=True, slots=True)
class Marked:
    """What has to be known of a claim to mark its words."""

    number: int
    claim: wire.Claim

    @property
    def denied(self) -> bool:
        """Is it a denial?"""
        return self.claim.polarity is Polarity.DENIED

    @property
    def group(self) -> str:
        """Territory, violence, relation, politics."""
        return group(self.claim.type)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one part that belong to the same claims."""

    text: str
    start: int
    of: tuple[Marked, ...] = ()
    """Claims whose evidence it is part of."""
    sources: tuple[int, ...] = ()
    """Numbers of claims that it names the source of."""
    cues: tuple[int, ...] = ()
    """Numbers of claims of which it says that somebody says so."""
    begins: tuple[Marked, ...] = ()
    """Claims whose evidence begins here …"""
    ends: tuple[Marked, ...] = ()
    """… or ends with it."""
    dateline: bool = False

    @property
    def plain(self) -> bool:
        """Does it belong to nothing?"""
        return not (self.of or self.sources or self.cues or self.dateline)

    @property
    def classes(self) -> str:
        """For the style sheet: the groups of its claims, whether one denies, whether several share it."""
        groups = dict.fromkeys(f"g-{one.group}" for one in self.of)
        denied = ["denied"] if any(one.denied for one in self.of) else []
        return " ".join([*groups, *denied, *(["shared"] if len(self.of) > 1 else [])])

    @property
    def numbers(self) -> str:
        """Of its claims, for scripts: `1 2`."""
        return " ".join(str(one.number) for one in self.of)


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the page. `kind` None: the white space between two parts."""

    kind: PartKind | None
    start: int
    end: int
    pieces: tuple[Piece, ...]
    at: datetime | None = None


def parts(text: str, found: Sequence[wire.Part], claims: Sequence[wire.Claim]) -> tuple[Block, ...]:
    """The blocks of an article, in the order of its text, without readers' comments. Claims are numbered from 1."""
    marked = [Marked(number, claim) for number, claim in enumerate(claims, start=1)]
    datelines = [(part.start, part.end) for part in found if part.kind is PartKind.DATELINE]
    blocks: list[Block] = []
    at = 0
    for part in sorted((one for one in found if one.kind is not PartKind.DATELINE), key=lambda one: one.start):
        start, end = max(part.start, at), min(part.end, len(text))
        if start > at:
            blocks.append(_between(text, at, start, marked, datelines))
        if part.kind is not PartKind.COMMENT and end > start:
            blocks.append(Block(part.kind, start, end, tuple(_pieces(text, start, end, marked, datelines)), part.at))
        at = max(at, end)
    if at < len(text):
        blocks.append(_between(text, at, len(text), marked, datelines))
    if any(part.kind is PartKind.COMMENT for part in found):
        return tuple(one for one in blocks if one.kind is not PartKind.OTHER)
    return tuple(blocks)


def _between(text: str, start: int, end: int, marked: Sequence[Marked], datelines: Sequence[tuple[int, int]]) -> Block:
    """What no part holds."""
    if text[start:end].isspace():
        return Block(None, start, end, (Piece(shown(text[start:end]), start),))
    return Block(PartKind.OTHER, start, end, tuple(_pieces(text, start, end, marked, datelines)))


def _pieces(
    text: str, start: int, end: int, marked: Sequence[Marked], datelines: Sequence[tuple[int, int]]
) -> Iterator[Piece]:
    """The words from `start` to `end`, cut wherever anything begins or ends."""
    evidence = [(one, one.claim.evidence.start, one.claim.evidence.end) for one in marked]
    sources = [(one.number, one.claim.source.start or 0, one.claim.source.end or 0) for one in marked]
    cues = [(one.number, *(one.claim.spans.cue or (0, 0))) for one in marked]
    cuts = {start, end}
    for spans in ([(a, b) for _, a, b in evidence], [(a, b) for _, a, b in (*sources, *cues)], datelines):
        cuts.update(cut for span in spans if span[0] < span[1] for cut in span if start < cut < end)
    order = sorted(cuts)
    for here, then in pairwise(order):
        yield Piece(
            shown(text[here:then]),
            here,
            of=tuple(one for one, a, b in evidence if a <= here and then <= b),
            sources=tuple(number for number, a, b in sources if a <= here and then <= b),
            cues=tuple(number for number, a, b in cues if a <= here and then <= b),
            begins=tuple(one for one, a, b in evidence if max(a, start) == here and then <= b),
            ends=tuple(one for one, a, b in evidence if min(b, end) == then and a <= here and b == min(b, end)),
            dateline=any(a <= here and then <= b for a, b in datelines),
        )
