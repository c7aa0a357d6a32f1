"""What an address asks for: days, words and fields out of a query string. Faults are Misuse and say what to write.

day(request, "on")              a day, or None
kind(text)                      a type of claim, or None
search(text) -> Search          `place:Soledar "were taken" since:2023-01-11` → words and fields
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from starlette.requests import Request

from whosays.errors import Misuse
from whosays.faces.web.rendering import GROUPS

FIELDS = ("place", "source", "actor", "type", "since", "until")
"""What may stand before a colon."""

_WORD = re.compile(r'(?:(?P<field>[a-z]+):)?(?:"(?P<quoted>[^"]*)"?|(?P<plain>\S+))')


@dataclass(frozen=True, slots=True)
class Search:
    """A search in parts."""

    words: str
    """Words and "phrases" that are searched for in the text."""
    names: str
    """The same without quotation marks: the beginning of a name."""
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def since(self) -> date | None:
        """First day."""
        return as_day(self.fields.get("since"), "since:")

    @property
    def until(self) -> date | None:
        """Last day."""
        return as_day(self.fields.get("until"), "until:")


def search(text: str) -> Search:
    """A search in the words of whoever types it. What looks like a field and is none is a word."""
    words: list[str] = []
    names: list[str] = []
    fields: dict[str, str] = {}
    for found in _WORD.finditer(text):
        said = found["quoted"] if found["quoted"] is not None else found["plain"]
        if found["field"] in FIELDS and said:
            fields[found["field"]] = said
        elif found["quoted"] is not None:
            if found["field"]:
                words.append(f"{found['field']}:")
                names.append(f"{found['field']}:")
            if said.strip():
                words.append(f'"{said}"')
                names.append(said)
        else:
            words.append(found[0])
            names.append(found[0])
    return Search(" ".join(words), " ".join(names), fields)


def day(request: Request, name: str) -> date | None:
    """A day of the query. Raises Misuse."""
    return as_day(request.query_params.get(name), f"{name}=")


def as_day(text: str | None, what: str) -> date | None:
    """A day as people write it here. Raises Misuse."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Misuse(f"{what}{text} is no day. Write it as 2023-01-13.") from error


def kind(text: str | None) -> str | None:
    """A type of claim. Raises Misuse, with the list, for what is none."""
    types = sorted(chain(*GROUPS.values()))
    if text is not None and text not in types:
        raise Misuse(f"There is no type {text!r}. Types: {', '.join(types)}.")
    return text


def text(request: Request, name: str) -> str | None:
    """A word of the query; None where it is missing or empty."""
    return request.query_params.get(name, "").strip() or None
