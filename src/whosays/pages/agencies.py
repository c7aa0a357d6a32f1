"""The list of news agencies: who `AA`, `ITAR-TASS` or `The Associated Press` is. Read once from `agencies.yml`.

Short names (`AA`, `SPA`, `Petra`) are words elsewhere, so nothing here searches running text: callers hand in a whole
field (`named`), or put `pattern()` between the marks of a dateline or a credit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from whosays.errors import AssetError
from whosays.text import fold

LIST = Path(__file__).with_name("agencies.yml")


@dataclass(frozen=True, slots=True)
class Agency:
    name: str
    aliases: tuple[str, ...]
    pictures: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return self.name, *self.aliases


def named(field: str | None) -> str | None:
    """The agency that a whole field names, whatever its case: a byline, a publisher, what stands in brackets.

    >>> named("The Associated Press"), named("Reuters Staff"), named("Petra Smith")
    ('AP', 'Reuters', None)
    """
    if not field:
        return None
    return _by_key().get(re.sub(r" (staff|news staff|newsroom|bureau|correspondent)$", "", fold(field)))


@cache
def known() -> tuple[Agency, ...]:
    """All agencies, in the order of the list."""
    try:
        rows = yaml.safe_load(LIST.read_text(encoding="utf-8"))
        return tuple(Agency(row["name"], tuple(row["aliases"]), tuple(row.get("pictures", ()))) for row in rows)
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise AssetError(f"{LIST}: the list of agencies cannot be read ({error}); reinstall whosays") from error


@cache
def pattern() -> str:
    """A regular expression that matches any name of any agency, the longest first."""
    return _alternation(name for agency in known() for name in agency.names)


@cache
def picture_pattern() -> str:
    """Any name that stands in a picture credit: agencies, their photo services, and the large picture houses."""
    houses = ("Getty Images", "Getty", "AFPTV", "Zuma Press", "Shutterstock", "Handout", "Alamy", "Pool")
    forms = [form for agency in known() for form in (*agency.pictures, *agency.names)]
    return _alternation([*forms, *houses])


@cache
def _by_key() -> dict[str, str]:
    return {fold(name): agency.name for agency in known() for name in agency.names}


def _alternation(names: Iterable[str]) -> str:
    longest_first = sorted(set(names), key=lambda name: (-len(name), name))
    return "(?:" + "|".join(re.escape(name) for name in longest_first) + ")"
