"""When two addresses are one.

    key(url) -> str

The scheme, the fragment, the standard port and what is put on for counting clicks do not matter. All else does: a server may give
another page for another order of its parameters.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_COUNTING = re.compile(
    r"(?:utm_\w+|at_(?:medium|campaign|custom\d)|fbclid|gclid|dclid|msclkid|igshid|mc_[ce]id|ocid|cmpid|smid|ito|ns_\w+)(?:=|$)",
    re.IGNORECASE,
)


def key(url: str) -> str:
    """The same for addresses of one page.

    >>> key("HTTPS://News.Example:443/a?id=7&utm_source=rss#top"), key("http://news.example")
    ('news.example/a?id=7', 'news.example/')
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").lower().rstrip("."), parts.port
    except ValueError:
        return url
    where = host if port in (None, 80, 443) else f"{host}:{port}"
    query = "&".join(part for part in parts.query.split("&") if part and not _COUNTING.match(part))
    return f"{where}{parts.path or '/'}{'?' if query else ''}{query}"
