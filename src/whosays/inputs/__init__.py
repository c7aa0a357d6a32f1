"""What pages come from: files and folders, archives, rows, lists of addresses, feeds. One verb, and one noun.

    inputs.open(source) -> Item …        a page's bytes, or why they cannot be read, or an address that is still to be fetched

    opening.py  which is which             files.py   files and folders
    warc.py     WARC records               frames.py  blocks.py  tape.py   packed archives, and the way on behind damage
    payload.py  pages in HTTP responses    wacz.py    zip files of WARCs
    rows.py     JSON Lines, Parquet        lists.py   lists of addresses, sitemaps
    feeds.py    RSS, Atom                  canonical.py   when two addresses are one
    politeness.py   robots.txt, waits      (what asks again and again is engines/watch/)

Nothing here raises on any bytes, hangs on them, or holds more of them than a page.
"""

from __future__ import annotations

from whosays.inputs.item import At as At
from whosays.inputs.item import Item as Item
from whosays.inputs.listing import is_archive as is_archive
from whosays.inputs.listing import listed as listed
from whosays.inputs.listing import sources as sources
from whosays.inputs.opening import Form as Form
from whosays.inputs.opening import Net as Net
from whosays.inputs.opening import open as open  # noqa: A004
from whosays.inputs.rows import Columns as Columns
