"""Would partitions by month make a ledger in PostgreSQL quicker? A million made-up extractions in one table, and in 120 partitions.

`python -m benchmarks.partitions postgresql://postgres@127.0.0.1/scratch`: an empty database, as a superuser; about a minute. Prints the
median of planning and running of each question, warm, and how long filling in took. What came of it: docs/ledger.md.
"""

from __future__ import annotations

import re
import sys
from statistics import median
from time import perf_counter

from sqlalchemy import Connection

from tests.ledger import made
from tests.ledger.test_ledger import add
from whosays import ledger

ROWS = 1_000_000
YEARS = range(2011, 2021)
QUESTIONS = {
    "of a day": "FROM {t} WHERE day_last >= '2017-11-08' AND day_first <= '2017-11-08'",
    "of a month": "FROM {t} WHERE day_last >= '2017-11-01' AND day_last < '2017-12-01' AND day_first <= '2017-11-30'",
    "of a place, all time": "FROM {t} WHERE place_key = 'geo:77'",
    "of a place in a month": "FROM {t} WHERE place_key = 'geo:77' AND day_last >= '2017-11-01' AND day_first <= '2017-11-30'",
    "of a division": "FROM {t} WHERE country = 'C1' AND admin1 = 'A13'",
    "a claim by its id": "FROM {t} WHERE claim = md5('c' || 777777)",
    "200 claims by their ids": "FROM (SELECT md5('c' || (n * 4999)) k FROM generate_series(1, 200) n) w JOIN {t} ON claim = k",
}
DAY = f"(date '2011-01-01' + (n::bigint * 3650 / {ROWS})::int)::text"
VALUES = {
    "reading": "md5((n / 5)::text)",
    "claim": "md5('c' || n)",
    "place_key": "'geo:' || (n::bigint * 7919 % 2000)",
    "country": "'C' || (n % 20)",
    "admin1": "'A' || (n::bigint * 7919 % 2000 / 10)",
    "day_first": DAY,
    "day_last": DAY,
}
"""What differs from row to row; the rest is that of one claim."""


def main(url: str) -> None:
    with ledger.open(url, create=True) as store:
        add(store, made.page(1, claims=1))
        with store._store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            measure(connection)


def measure(connection: Connection) -> None:
    run = connection.exec_driver_sql
    run("SET session_replication_role = replica")  # no triggers, no keys: rows are made up
    run("SET max_parallel_workers_per_gather = 0")
    run("CREATE TABLE only_row AS SELECT * FROM extractions LIMIT 1")
    run("DELETE FROM extractions")
    run("CREATE TABLE by_month (LIKE extractions INCLUDING DEFAULTS) PARTITION BY RANGE (day_last)")
    for n in range(len(YEARS) * 12):
        first, after = (f"{YEARS[0] + month // 12}-{month % 12 + 1:02}" for month in (n, n + 1))
        run(f"CREATE TABLE month_{n} PARTITION OF by_month FOR VALUES FROM ('{first}') TO ('{after}')")
    indexes = (
        run("SELECT replace(indexdef, 'UNIQUE ', '') FROM pg_indexes WHERE tablename = 'extractions'").scalars().all()
    )
    for n, index in enumerate(indexes):
        run(re.sub(r"INDEX \w+ ON \S+extractions", f"INDEX own_{n} ON by_month", index))
    for table in ("extractions", "by_month"):
        start = perf_counter()
        run(
            f"INSERT INTO {table} SELECT {', '.join(_columns(connection))} FROM generate_series(1, {ROWS}) n, only_row e"
        )
        print(f"{table}: filled in {perf_counter() - start:.1f} s")
        run(f"VACUUM ANALYZE {table}")
    for name, question in QUESTIONS.items():
        one, months = (_milliseconds(connection, question.format(t=table)) for table in ("extractions", "by_month"))
        print(f"{name:24} one table {one:8.2f} ms   by month {months:8.2f} ms")


def _columns(connection: Connection) -> list[str]:
    query = (
        "SELECT column_name FROM information_schema.columns WHERE table_name = 'extractions' ORDER BY ordinal_position"
    )
    return [VALUES.get(name, f'e."{name}"') for name in connection.exec_driver_sql(query).scalars()]


def _milliseconds(connection: Connection, question: str) -> float:
    """Planning and running, the median of five."""
    times = []
    for _ in range(5):
        told = connection.exec_driver_sql(
            f"EXPLAIN (ANALYZE) SELECT count(length(prefix)) {question}".replace("%", "%%")
        ).scalars()
        times.append(sum(float(found[1]) for line in told if (found := re.search(r"Time: ([\d.]+) ms", line))))
    return median(times)


if __name__ == "__main__":
    main(sys.argv[1])
