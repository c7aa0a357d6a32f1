"""Lanes as a picture: which days it shows."""

from __future__ import annotations

from datetime import date

from whosays.faces.views.control import Control, Lane
from whosays.faces.web import timeline
from whosays.nouns import LaneKind


def interval(since: date, until: date | None, *, last_known: bool = False) -> Control:
    return Control(
        place="Ghouta",
        voice="the Courier",
        says="besieged by the army",
        holder=None,
        not_holder=None,
        side=None,
        side_name=None,
        since=since,
        until=until,
        last_known=last_known,
        contested=[],
        against=0,
        besieged_by="the army",
        parts=None,
        basis=[],
        claims=1,
        articles=1,
        outlets=1,
        origins=1,
        grade=None,
    )


def test_what_was_said_of_years_is_shown_over_years_though_it_ended_by_growing_old() -> None:
    """A page of 20 February 2018 says `since 2013`: the answer is good for 90 days more, then it is only the last known."""
    siege = interval(date(2013, 1, 1), date(2018, 5, 21))
    old = interval(date(2018, 5, 22), None, last_known=True)
    drawn = timeline.draw([Lane(LaneKind.SOURCE, "courier", "the Courier", [siege, old])], [], on=None, colours={})
    assert drawn is not None
    assert drawn.first < date(2013, 1, 1) < date(2018, 2, 20) < drawn.last
    short = timeline.draw(
        [Lane(LaneKind.SOURCE, "courier", "the Courier", [interval(date(2018, 2, 20), date(2018, 5, 21))])],
        [],
        on=None,
        colours={},
    )
    assert short is not None
    assert short.last < date(2018, 3, 1)
