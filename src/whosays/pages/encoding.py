"""Bytes to text, whatever was declared. What comes back has no byte-order mark, no NUL and no lone surrogate.

A declaration is a claim about the bytes, so it is tested. In order:
  1. a byte-order mark, or the pattern of NULs that UTF-16 leaves;
  2. UTF-8, if the bytes are valid in it: other encodings are hardly ever so by accident;
  3. the declared encoding (`<meta>`, then the server's), if it decodes and the letters look like letters;
  4. UTF-8 with stray bytes, read as windows-1252, if the page is mostly ASCII or mostly UTF-8 (a mixed page);
  5. what charset-normalizer finds in the first 64 kB; last of all windows-1252.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

SAMPLE = 64_000
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_ACCENTED = re.compile(r"[À-ÿ]")
_TAG = re.compile(rb"<[^<>]*>")
_UTF8_CHARACTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_utf8_decoder = codecs.getincrementaldecoder("utf-8")
_STRAY = "whosays-stray"


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, content_type: str | None = None) -> Decoded:
    """Decode a page; `content_type` is what the server declared. Doubts are in the notes."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _clean(data[len(mark) :].decode(encoding, "replace"), encoding)
    wide = _utf16(data)
    if wide:
        return _clean(data.decode(wide, "replace"), wide, "UTF-16 without a byte-order mark")
    try:
        return _clean(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _not_utf8(data, content_type)


def _not_utf8(data: bytes, content_type: str | None) -> Decoded:
    try:
        return _clean(_utf8_decoder().decode(data, final=False), "utf-8", "cut within a character")
    except UnicodeDecodeError:
        pass  # broken before its end
    declared = _declared(data, content_type)
    for encoding in declared:
        if encoding != "utf-8":
            text = _strictly(data, encoding)
            if text is not None and not _garbled(text):
                return _clean(text, encoding)
    if _is_mixed(data):
        return _clean(data.decode("utf-8", _STRAY), "utf-8", "bytes that are not UTF-8 were read as windows-1252")
    best = from_bytes(data[:SAMPLE]).best()
    encoding = best.encoding if best else "cp1252"
    said = f", declared as {declared[0]}" if declared and declared[0] != encoding else ""
    return _clean(data.decode(encoding, "replace"), encoding, f"encoding guessed: {encoding}{said}")


def _declared(data: bytes, content_type: str | None) -> list[str]:
    """The encodings that the page and the server declare, by Python's names; unknown ones are left out."""
    labels = [found.group(1) for found in _DECLARED.finditer(data[:4096])][:2]
    if content_type:
        labels += [found.group(1) for found in _DECLARED.finditer(content_type.encode("ascii", "replace"))]
    names: list[str] = []
    for label in labels:
        try:
            name = codecs.lookup(label.decode("ascii")).name
        except LookupError:
            continue
        # browsers read Latin-1 and ASCII as windows-1252; codecs such as `hex` are no encodings of text
        name = "cp1252" if name in ("iso8859-1", "ascii") else name
        if codecs.lookup(name)._is_text_encoding and name not in ("utf-7", "idna", "punycode", "unicode_escape"):
            names.append(name)
    return list(dict.fromkeys(names))


def _strictly(data: bytes, encoding: str) -> str | None:
    """The text, if all bytes but the last few (a page cut within a character) are valid."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if error.start < len(data) - 4:
            return None
        return data.decode(encoding, "replace")
    except (LookupError, ValueError):
        return None


def _garbled(text: str) -> bool:
    """Cyrillic or Arabic read as windows-1252 is nearly all accented Latin letters; no language is."""
    sample = text[:SAMPLE]
    words = [word for word in re.findall(r"[^\W\d_]{2,}", re.sub(r"<[^<>]*>", " ", sample)) if _ACCENTED.search(word)]
    mostly = sum(len(_ACCENTED.findall(word)) > 0.6 * len(word) for word in words)
    return mostly > 3 and mostly > 0.5 * len(words)


def _is_mixed(data: bytes) -> bool:
    """Mostly ASCII, as in a language written in Latin letters, or mostly UTF-8: then the rest is stray windows-1252."""
    high = len(re.findall(rb"[\x80-\xff]", data))
    good = sum(map(len, _UTF8_CHARACTER.findall(data)))
    letters = len(re.findall(rb"[A-Za-z]", _TAG.sub(b" ", data)))
    return 20 * high < letters or 4 * (high - good) < good


def _stray(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    end = error.start + 1
    return error.object[error.start : end].decode("cp1252", "replace"), end


codecs.register_error(_STRAY, _stray)


def _utf16(data: bytes) -> str | None:
    head = data[:2000]
    if len(head) < 8 or head.count(0) < 0.3 * len(head):
        return None
    odd, even = head[1::2].count(0), head[::2].count(0)
    if odd > 8 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 8 * odd else None


def _clean(text: str, encoding: str, *notes: str) -> Decoded:
    text = text.removeprefix("\ufeff")
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
        notes = (*notes, "NUL bytes replaced")
    return Decoded(text, encoding, notes)
