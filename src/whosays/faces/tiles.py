"""A tile server of the operator's own under the map: what its address must look like, and whom a browser is then allowed to ask.

    template(url) -> url          checked; raises Misuse
    origin(url) -> origin         `https://tiles.example.org:8443`: what the pages' policy lets them load from, and nothing more

Nothing is fetched here. Browsers that look at the map ask the tile server, which so learns what they look at.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from whosays.errors import Misuse

_URL = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?/[A-Za-z0-9._~/{}?=&%+-]*")
"""No user name, no quote, no comma or semicolon: the origin goes into a header."""
_PARTS = ("{z}", "{x}", "{y}")


def template(url: str) -> str:
    """The address, where it is one of tiles: `https://tiles.example.org/{z}/{x}/{y}.png`. Raises Misuse."""
    if not _URL.fullmatch(url) or not all(url.count(part) == 1 for part in _PARTS):
        raise Misuse(
            f"{url!r} is no address of tiles. Write https://HOST/{{z}}/{{x}}/{{y}}.png, each of z, x and y once."
        )
    return url


def origin(url: str) -> str:
    """Scheme, host and port of a template."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
