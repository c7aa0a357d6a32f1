"""throughput: pages a second, end to end: a WARC in, a SQLite ledger out, on two cores (`made_archive.py` says what is in it).

    pages_per_s          general news: 5 % on conflict, 30 % copies of it, 65 % other; two processes read
    desk_pages_per_s     a conflict desk's feed: 20 / 50 / 30
    ratio_no_cascade     general news, over the same with the cascade off (no relevance filter, nothing remembered of paragraphs)
    outside_share        percent of the processor time of the whole run that goes neither to the encoder nor to the HTML parser
    rss_mb               the most resident memory that one of the processes ever had; Linux only
    flat                 --long: resident memory of the reading processes at the end of 20,000 pages over that after a quarter of them

Speeds are of wall time, model loading left out (it is seconds, once). The cascade is switched off on a share of the same archive.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import made_archive
from benchmarks.figures import Figure
from whosays import inputs, ledger
from whosays.engines import local
from whosays.engines.pool import pool
from whosays.inputs import Item

PAGES, OFF, LONG = 1_200, 120, 20_000
WORKERS = 2
