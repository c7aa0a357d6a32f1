"""Requests at a steady rate over many connections that are kept: what a busy server is measured with.

    fire(host, port, paths, rate=30, connections=200, seconds=300) -> Shots

The clock of a request starts when it was due, not when it was sent: a server that stalls is charged for all who waited (the
"coordinated omission" of load tests that wait for an answer before they ask again). HTTP/1.1 by hand over asyncio streams: bodies by
Content-Length or in chunks, gzip asked for and not unpacked.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from time import perf_counter

ADDRESSES = 100
"""Addresses that a server on this machine is asked from: it lets each search so often only."""

PATIENCE = 30
"""Seconds after which a request without an answer is an error."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One request and what came of it. Milliseconds; bytes of the body as sent."""

    path: str
    status: int
    """0: no answer, or one that is no HTTP."""
    waited_ms: float
    """From when it was due to the last byte."""
    server_ms: float | None
    """What the server says that it took (`Server-Timing`)."""
    size: int


def fire(
    host: str, port: int, paths: Sequence[str], *, rate: float, connections: int, seconds: float
) -> tuple[Shot, ...]:
    """Ask for the paths, again and again in their order, so many a second."""
    return asyncio.run(_fire(host, port, paths, rate, connections, seconds))


async def _fire(
    host: str, port: int, paths: Sequence[str], rate: float, connections: int, seconds: float
) -> tuple[Shot, ...]:
    idle: asyncio.Queue[_Connection] = asyncio.Queue()
    local = host == "127.0.0.1"
    kept = [_Connection(host, port, f"127.0.0.{2 + n % ADDRESSES}" if local else None) for n in range(connections)]
    for one in kept:
        await one.open()
        idle.put_nowait(one)
    started, shots = perf_counter(), []
    for number, path in enumerate(islice(cycle(paths), int(rate * seconds))):
        due = started + number / rate
        await asyncio.sleep(max(0.0, due - perf_counter()))
        shots.append(asyncio.create_task(_shoot(idle, path, due)))
    found = await asyncio.gather(*shots)
    for one in kept:
        one.close()
    return tuple(found)


async def _shoot(idle: asyncio.Queue[_Connection], path: str, due: float) -> Shot:
    connection = await idle.get()  # the one that waited longest: all are used in turn
    try:
        async with asyncio.timeout(PATIENCE):
            status, server_ms, size = await connection.ask(path)
    except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError):
        status, server_ms, size = 0, None, 0
        connection.close()
    finally:
        idle.put_nowait(connection)
    return Shot(path, status, (perf_counter() - due) * 1e3, server_ms, size)


class _Connection:
    """One connection, opened again where the server or an error closed it."""

    def __init__(self, host: str, port: int, own: str | None = None) -> None:
        self._host, self._port, self._own = host, port, own
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._streams is None:
            self._streams = await asyncio.open_connection(
                self._host, self._port, local_addr=(self._own, 0) if self._own else None
            )
        return self._streams

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None

    async def ask(self, path: str) -> tuple[int, float | None, int]:
        """Status, server's milliseconds, bytes of the body."""
        reader, writer = await self.open()
        writer.write(
            f"GET {path} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\nAccept-Encoding: gzip\r\n\r\n".encode()
        )
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        status = int(head.split(" ", 2)[1])
        size = await _body(reader, head.lower(), status)
        if "connection: close" in head.lower():
            self.close()
        timing = re.search(r"(?i)^server-timing:.*?\btotal;dur=([\d.]+)", head, re.MULTILINE)
        return status, float(timing[1]) if timing else None, size


async def _body(reader: asyncio.StreamReader, head: str, status: int) -> int:
    if status in (204, 304):
        return 0
    if length := re.search(r"^content-length: *(\d+)", head, re.MULTILINE):
        return len(await reader.readexactly(int(length[1])))
    size = 0
    while chunk := int((await reader.readline()).split(b";")[0], 16):
        size += len(await reader.readexactly(chunk))
        await reader.readexactly(2)
    await reader.readexactly(2)
    return size
