"""JSON from strangers, within limits: how long, how deep; what is not as described is 400 with the place that is wrong.

await json_body(request, Type) -> Type
"""

from __future__ import annotations

from typing import TypeVar

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request

T = TypeVar("T")
DEEPEST = 32
"""Brackets within brackets: nothing that we take has more than a few."""
LONGEST = 1_000_000
"""Bytes of a JSON body. Pages to be read come as they are, not inside JSON."""


async def json_body(request: Request, kind: type[T]) -> T:
    """The body as a value of this type. Raises HTTPException 400, 413 or 415."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(415, "Send JSON, with Content-Type: application/json.")
    return decode(await request.body(), kind)


def decode(raw: bytes, kind: type[T]) -> T:
    """The value. Raises HTTPException 400 or 413, which say what is wrong and where."""
    if len(raw) > LONGEST:
        raise HTTPException(413, f"JSON of more than {LONGEST:,} bytes is not taken.")
    if depth(raw) > DEEPEST:
        raise HTTPException(400, f"JSON nested deeper than {DEEPEST} is not taken.")
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.ValidationError as error:
        raise HTTPException(400, f"The JSON is not as described: {error}.") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise HTTPException(400, f"This is no JSON: {error}.") from error


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
