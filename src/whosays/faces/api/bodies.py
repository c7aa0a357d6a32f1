"""JSON from strangers, within limits. How long it may be: `resource.py`.

read_body(incoming, Type) -> Type
"""

from __future__ import annotations

from typing import TypeVar

import msgspec

from whosays.faces.api.operation import Incoming
from whosays.faces.api.problems import Refused

B = TypeVar("B")
DEEPEST = 32
"""Brackets within brackets: nothing that we take has more than a few."""


def read_body(incoming: Incoming, kind: type[B]) -> B:
    """The JSON body. Raises Refused 422, which says what is wrong and where."""
    if depth(incoming.body) > DEEPEST:
        raise Refused(422, f"JSON nested deeper than {DEEPEST} is not taken.")
    try:
        return msgspec.json.decode(incoming.body, type=kind)
    except msgspec.ValidationError as error:
        raise Refused(422, f"The JSON is not as described: {error}.") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refused(422, f"This is no JSON: {error}.") from error


def depth(raw: bytes) -> int:
    """How deep brackets nest, strings left out. Counted before any parser sees the text; never less than what one builds."""
    now = deepest = 0
    within = escaped = False
    for byte in raw:
        if within:
            if escaped:
                escaped = False
            elif byte == 0x5C:
                escaped = True
            elif byte == 0x22:
                within = False
        elif byte == 0x22:
            within = True
        elif byte in b"[{":
            now += 1
            deepest = max(deepest, now)
        elif byte in b"]}":
            now -= 1
    return deepest
