"""On which day a report counts from: the one it was where it was written.

A page dated Wednesday 23:30 in London and written in BEIRUT was written on Thursday; its `today` and `on Thursday` are that day.
The place of the dateline gives the zone, where it gives one its name (Asia/Beirut) or stands in zones.yml, and the page its hour.
Where the page has no hour or no zone, or the place is not known, its own day counts: a place in doubt moves no date.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from pathlib import Path

import yaml

from whosays.nouns import Article
from whosays.text import fold


def day_written(article: Article, published: date | None) -> date | None:
    """The day where the dateline says, if `published` is the page's own day."""
    at, line = article.published_at, article.dateline
    if at is None or at.tzinfo is None or at.date() != published or line is None or line.place is None:
        return published
    return _there(at, _zones().get(fold(line.place).replace(" ", "-"))) or published


def _there(at: datetime, zone: str | None) -> date | None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return at.astimezone(ZoneInfo(zone)).date() if zone else None
    except (ZoneInfoNotFoundError, OverflowError):
        return None


@cache
def _zones() -> dict[str, str]:
    """Place, folded, its words joined by hyphens, to zone."""
    from zoneinfo import available_timezones

    named = {
        name.rsplit("/", 1)[1].lower().replace("_", "-"): name for name in sorted(available_timezones()) if "/" in name
    }
    lists = yaml.load(Path(__file__).with_name("zones.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    return named | {place: zone for zone, places in lists.items() for place in places.split()}
