"""An actor's relations → a small picture: the actor in the middle, the others around, lines by kind.

    draw(page) -> Graph

Positions are in units of a fixed view box. The same relations stand beside it as a list: the picture says nothing that the list does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin

from whosays.faces.views.actors import ActorPage, Relation

WIDTH, HEIGHT = 640, 360
MOST = 14
"""Others that are drawn: those with most claims."""
LONGEST = 26
"""Letters of a name in the picture."""


@dataclass(frozen=True, slots=True)
class Dot:
    """An actor."""

    key: str
    name: str
    side: str | None
    x: float
    y: float
    anchor: str
    """Where its name stands: `start`, `middle` or `end`."""


@dataclass(frozen=True, slots=True)
class Line:
    """A relation."""

    relation: Relation
    x1: float
    y1: float
    x2: float
    y2: float
    denied: bool


@dataclass(frozen=True, slots=True)
class Graph:
    """The picture."""

    height: int
    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    left_out: int


def draw(page: ActorPage) -> Graph | None:
    """The picture; None where no relation is told."""
    own = page.actor.key
    told: dict[str, int] = {}
    for one in page.relations:
        other = one.end if one.start == own else one.start
        told[other] = told.get(other, 0) + len(one.affirmed) + len(one.denied) + 1
    if not told:
        return None
    names = {node.key: node for node in page.nodes}
    others = sorted(told, key=lambda key: (-told[key], key))[:MOST]
    height = HEIGHT if len(others) > 2 else 80  # one or two lie beside it
    start = -pi / 2 if len(others) > 2 else 0.0
    dots = {own: Dot(own, _short(page.actor.name), page.actor.side, WIDTH / 2, height / 2, "middle")}
    for number, key in enumerate(others):
        turn = 2 * pi * number / len(others) + start
        x, y = WIDTH / 2 + 180 * cos(turn), height / 2 + 140 * sin(turn)
        anchor = "middle" if abs(cos(turn)) < 0.3 else "start" if cos(turn) > 0 else "end"
        dots[key] = Dot(key, _short(names[key].name), names[key].side, round(x, 1), round(y, 1), anchor)
    lines = [
        Line(one, dots[one.start].x, dots[one.start].y, dots[one.end].x, dots[one.end].y, bool(one.denied))
        for one in page.relations
        if one.start in dots and one.end in dots
    ]
    return Graph(height, tuple(dots.values()), tuple(lines), len(told) - len(others))


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"
