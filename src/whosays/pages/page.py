"""Bytes of a page to an `Article`, or the reason why not. The caps hold here, before any parser sees the page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from whosays.nouns import Article, Meta, Refusal, Stage
from whosays.pages.formats import FORMATS
from whosays.profile import SILENT, Profile
from whosays.settings import MAX_PAGE_BYTES

HEAD = 4_096
"""Bytes by which the format is told."""

MAGIC = {
    b"\x89PNG": "PNG image", b"\xff\xd8\xff": "JPEG image", b"GIF8": "GIF image", b"%PDF": "PDF document",
    b"PK\x03\x04": "zip archive", b"PK\x05\x06": "zip archive", b"\x1f\x8b": "gzip stream", b"BZh": "bzip2 stream",
    b"\xfd7zXZ": "xz stream", b"7z\xbc\xaf": "7z archive", b"Rar!": "rar archive", b"\x7fELF": "program",
    b"MZ\x90": "program", b"\xd0\xcf\x11\xe0": "Office document", b"OggS": "Ogg stream", b"ID3": "MP3 stream",
    b"wOFF": "font", b"wOF2": "font", b"RIFF": "RIFF stream", b"(\xb5/\xfd": "zstd stream",
    b"SQLite format 3": "database",
}  # fmt: skip


def read(
    data: bytes,
    meta: Meta | None = None,
    *,
    languages: Collection[str] | None = ("en",),
    profile: Profile = SILENT,
) -> Article | Refusal:
    """Read one page: HTML, or plain text as crawlers print it.

    `meta` is what the caller knows; `languages` are those that can be read further on (ISO 639-1): a page in another
    one is a Refusal (None: any language will do). Never raises on any bytes.
    Reasons: `empty`, `binary`, `tags`, `depth`, `no text`, `language`.
    """
    meta = meta or Meta()
    refusal = _unreadable(data)
    if refusal:
        return refusal
    cut = len(data) > MAX_PAGE_BYTES
    notes = (f"cut at {MAX_PAGE_BYTES:,} of {len(data):,} bytes",) if cut else ()
    data = data[:MAX_PAGE_BYTES]
    head = data[:HEAD].replace(b"\x00", b"")
    article = max(FORMATS, key=lambda page_format: page_format.sniff(head, meta)).read(data, meta, profile=profile)
    if isinstance(article, Refusal):
        return article
    if languages is not None and article.language not in languages:
        known = ", ".join(sorted(languages))
        return Refusal(Stage.PAGES, "language", f"the page is in `{article.language}`; packs exist for: {known}")
    return replace(article, notes=(*notes, *article.notes)) if notes else article


def _unreadable(data: bytes) -> Refusal | None:
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xfe\xff"):
        return Refusal(Stage.PAGES, "empty", f"{len(data)} bytes, none of them a character")
    for magic, kind in MAGIC.items():
        if data.startswith(magic):
            return Refusal(Stage.PAGES, "binary", f"the bytes are a {kind}, not a page")
    if data[4:8] == b"ftyp":
        return Refusal(Stage.PAGES, "binary", "the bytes are a video, not a page")
    sample = data[:64_000]
    controls = sum(sample.count(code) for code in (*range(1, 8), *range(14, 27), *range(28, 32), 127))
    nuls = sample.count(0)
    if controls > 0.02 * len(sample) + 2 or (nuls > 0.1 * len(sample) and not _two_byte_text(sample)):
        return Refusal(Stage.PAGES, "binary", f"{controls + nuls} of the first {len(sample)} bytes are control codes")
    return None


def _two_byte_text(sample: bytes) -> bool:
    """UTF-16 text has its NULs in every second byte, or a byte-order mark."""
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    return max(odd, even) > 8 * min(odd, even)
