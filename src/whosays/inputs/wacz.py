"""WACZ: a zip file with WARC archives in its folder `archive/`, as browsers' recorders write it.

    read(file, name, after=…, passed=…) -> Item …

Nothing is unpacked to the disk: members are read where they lie, so that neither names that lead elsewhere nor bombs do harm. Of the
other members (indexes, page lists) nothing is needed. Source: specs.webrecorder.net/wacz/1.1.1.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, cast

from whosays.inputs import warc
from whosays.inputs.frames import Blob, View
from whosays.inputs.item import At, Item, Passed, no, nobody
from whosays.nouns import Meta

SUFFIXES = (".warc", ".warc.gz", ".warc.zst", ".warc.lz4")
MEMBERS = 100_000
"""Entries of the zip's table."""

_FAULTS = (
    zipfile.BadZipFile,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    struct.error,
    zlib.error,
)


def read(file: BinaryIO, name: str, *, after: At | None = None, passed: Passed = nobody) -> Iterator[Item]:
    """The pages of all archives within, those behind a place. What cannot be opened is refused."""
    try:
        folder = zipfile.ZipFile(file)
        listed = folder.infolist()
    except _FAULTS as error:
        yield _refused(name, "damaged", f"{name} is no zip file that can be read: {error}", At(0))
        return
    archives = [one for one in listed[:MEMBERS] if one.filename.lower().endswith(SUFFIXES)]
    if not archives:
        yield _refused(name, "empty", f"{name} holds no WARC archives", At(0))
    for part, one in enumerate(archives):
        if after is not None and part < after.part:
            continue
        within = replace(after, part=0) if after is not None and after.part == part else None
        yield from _archive(folder, Blob(file), one, name, part, within, passed)


def _archive(
    folder: zipfile.ZipFile, blob: Blob, one: zipfile.ZipInfo, name: str, part: int, after: At | None, passed: Passed
) -> Iterator[Item]:
    here = f"{name}/{one.filename[:200]}"
    try:
        file = _stored(blob, one) or folder.open(one)
    except _FAULTS as error:
        yield _refused(here, "damaged", f"{here} cannot be read: {error}", At(0, part=part))
        return
    with file:
        for item in warc.read(cast(BinaryIO, file), here, after=after, passed=passed):
            yield replace(item, at=replace(item.at, part=part))


def _stored(blob: Blob, one: zipfile.ZipInfo) -> View | None:
    """An archive that the zip file did not pack, read where it lies: the zip's own checksum would hide what is whole within."""
    head = blob.at(one.header_offset, 30)
    if one.compress_type != zipfile.ZIP_STORED or one.flag_bits & 1 or head[:4] != b"PK\x03\x04":
        return None
    start = one.header_offset + 30 + sum(struct.unpack("<HH", head[26:30]))
    return View(blob, start, min(start + one.file_size, blob.size()))


def _refused(name: str, reason: str, words: str, at: At) -> Item:
    return Item(name, no(reason, f"{words}."), Meta(name=name), at)
