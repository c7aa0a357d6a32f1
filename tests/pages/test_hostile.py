"""Broken and hostile bytes: a Refusal with its reason or an Article with a note, in time and memory, never an error."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from whosays.nouns import Article, Meta, PartKind, Refusal
from whosays.pages import read
from whosays.settings import MAX_TAGS

DATA = Path(__file__).parent.parent / "data"
NOW = datetime(2026, 1, 1, tzinfo=UTC)

REFUSED = {
    "text/empty.txt": "empty",
    "text/only-spaces.txt": "empty",
    "text/only-mark.txt": "empty",
    "text/png-named-txt.txt": "binary",
    "text/pdf-named-txt.txt": "binary",
    "text/zip-named-txt.txt": "binary",
    "text/gzip-named-txt.txt": "binary",
    "text/control-codes.txt": "binary",
    "text/punctuation-only.txt": "no text",
    "html/no-body.html": "no text",
}
READ = {
    "html/windows-1252-declared-utf-8.html": ("café", None),
    "html/utf-8-declared-windows-1251.html": ("café", None),
    "html/utf-8-with-one-latin-1-word.html": ("naïve", "bytes that are not UTF-8 were read as windows-1252"),
    "html/utf-16-no-mark.html": ("café", "UTF-16 without a byte-order mark"),
    "html/utf-16-mark.html": ("café", None),
    "html/cut-in-tag.html": ("café", None),
    "html/cut-in-character.html": ("that it was not true", "cut within a character"),
    "html/nul-bytes.html": ("after four days", "NUL bytes replaced"),
    "html/no-date.html": ("café", "no date on the page"),
    "html/date-in-the-future.html": ("café", "date in the future: 2031-05-04 was read on 2026-01-01"),
    "html/broken-json-ld.html": ("café", None),
    "html/tags-closed-in-any-order.html": ("on Wednesday", None),
    "text/cut-in-character.txt": ("it was not true", "cut within a character"),
    "text/windows-1252.txt": ("café", None),
    "text/nul-bytes.txt": ("on Wednesday", "NUL bytes replaced"),
}
OTHER_LANGUAGES = {
    "html/windows-1251-declared-utf-8.html": ("ru", "Наблюдатели"),
    "html/windows-1251-declared-windows-1252.html": ("ru", "Наблюдатели"),
    "html/windows-1256-declared-utf-8.html": ("ar", "القتال"),
}


def load(name: str) -> Article | Refusal:
    return read((DATA / name).read_bytes(), Meta(name=name, fetched_at=NOW))


@pytest.mark.parametrize(("name", "reason"), REFUSED.items())
def test_refused(name: str, reason: str) -> None:
    found = load(name)
    assert isinstance(found, Refusal)
    assert found.reason == reason
    assert found.detail


@pytest.mark.parametrize(("name", "expected"), READ.items())
def test_read_with_a_note(name: str, expected: tuple[str, str | None]) -> None:
    found = load(name)
    assert isinstance(found, Article), found
    words, note = expected
    assert any(words in span.of(found.text) for span in found.spans(PartKind.PARAGRAPH))
    assert note is None or note in found.notes


@pytest.mark.parametrize(("name", "expected"), OTHER_LANGUAGES.items())
def test_wrongly_declared_encodings_of_other_scripts(name: str, expected: tuple[str, str]) -> None:
    language, words = expected
    refusal = load(name)
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "language"
    found = read((DATA / name).read_bytes(), languages=(language,))
    assert isinstance(found, Article), found
    assert words in found.text


def test_every_broken_file_is_listed() -> None:
    listed = {*REFUSED, *READ, *OTHER_LANGUAGES}
    assert listed == {str(path.relative_to(DATA)) for kind in ("html", "text") for path in (DATA / kind).iterdir()}


def test_too_many_tags_and_too_deep() -> None:
    many = read(b"<html>" + b"<br>" * (MAX_TAGS + 1))
    deep = read(b"<html><body>" + b"<div>" * 1_500 + b"The army said so." + b"</div>" * 1_500)
    assert isinstance(many, Refusal)
    assert isinstance(deep, Refusal)
    assert (many.reason, deep.reason) == ("tags", "depth")


def test_markup_in_scripts_is_not_depth() -> None:
    script = b"<script>var a = '" + b"<div>" * 1_500 + b"'</script>"
    page = (
        b"<html><head>"
        + script
        + b"</head><body><h1>Army takes town</h1><p>The army said that it took the town.</p></body></html>"
    )
    assert isinstance(read(page), Article)


MEASURED = """
# The first page loads the libraries. The limit is one of address space, of which libraries map more than they use.
import re, resource, time
from whosays.pages import read
read(b"<html><body><p>The army said on Monday that it had taken the town of Sarmin.</p></body></html>")
words = b"The army said on Wednesday that it had taken the town of Sarmin from the rebels. "
data = {data}
resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
started = time.process_time()
found = read(data)
seconds = time.process_time() - started
kilobytes = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])  # ru_maxrss counts the parent's
print(type(found).__name__, getattr(found, "reason", ""), seconds, kilobytes / 1024)
"""

THREAD = 'b"<html><body><h1>Army takes town</h1><p>" + words * 10 + b"<div id=comments>" + %s + b"<p>" + words'
LARGE = {
    "50 MB of nested div": ('b"<html><body>" + b"<div>" * 10_000_000', "Refusal tags"),
    "10 MB line of text": ("words * 125_000", "Article"),
    "10 MB line in a paragraph": ('b"<html><body><p>" + words * 125_000', "Article"),
    "990 nested quotes": ('b"<html><body>" + (b"<blockquote>" + words) * 990', "Article"),
    "8 MB of spaces": ('b" " * 7_900_000 + words', "Refusal"),
    "JSON nested 100,000 deep": (
        """b"<html><script type='application/ld+json'>" + b'{"a":[' * 100_000 + b"</script><body><p>" + words * 3""",
        "Article",
    ),
    "tags never closed": ('b"<html><body>" + b"<a" * 190_000', "Refusal no text"),
    "tags never closed, too many": ('b"<html><body>" + b"<a" * 200_001', "Refusal tags"),
    "a million <": ('b"<html><body>" + b"<" * 1_000_000', "Refusal tags"),
    "comments never closed": ('b"<html><body>" + b"<!--" * 100_000', "Refusal no text"),
    "attributes never closed": ("""b"<html><body>" + b'<a href="' * 100_000""", "Refusal no text"),
    "end tags never closed": ('b"<html><body>" + b"</" * 190_000', "Refusal no text"),
    "scripts never closed": ('b"<html><body>" + b"<div>" * 300 + b"<script>" * 150_000', "Refusal"),
    "tags never closed in no encoding": ('b"<html><body><p>\\xff" + words + b"<" * 180_000', "Article"),
    "spaces in JSON": (
        """b"<html><script type='application/ld+json'>x" + b" " * 99_000 + b"x</script><body><p>" + words""",
        "Article",
    ),
    "space after the ends of JSON": (
        """b"<html><script type='application/ld+json'>" + (b"<-->" + b" " * 900) * 2_000 + b"</script><body><p>" + words""",
        "Article",
    ),
    "numbers in an id": (THREAD % """b"<div class=comment id=" + b"1" * 99_000 + b"x>Bob" """, "Article"),
    "numbers joined in an id": (THREAD % """b"<div class=comment id=" + b"-11" * 40 + b"z>Bob" """, "Article"),
    "a long name": (THREAD % """b"<div class=comment><b class=author>" + b"a on " * 19_000""", "Article"),
    "a long name in a tree": ('words + b"\\n\\n * a" + b" " * 500_000 + b"b\\n\\n     " + words', "Article"),
    "titles": (
        """b"<html>" + b"".join(b"<meta property=og:title content='a%d b c'>" % n for n in range(4_000))"""
        """ + b"<body>" + (b"<p>" + words) * 4_000""",
        "Article",
    ),
    "a long title": ('b"<html><title>" + b"a - " * 24_000 + b"|</title><body><p>" + words', "Article"),
    "captions": (
        """b"<html><body><h1>Army takes town</h1><p>" + words"""
        """ + b"".join(b"<figcaption>%d " % n + words + b"</figcaption>" for n in range(4_000)) + b"<p>" + words""",
        "Article",
    ),
    "captions alone": (
        """b"<html><body><h1>Army takes town</h1>" + (b"<figcaption>" + words + b"</figcaption>") * 6_000""",
        "Article",
    ),
    "labels": (
        """b"<html><body>" + b"".join(b"<b class=%d-%s id=%s rel=%s>a</b>" % (n, *[b"live" * 48] * 3)"""
        """ for n in range(1_200)) + b"<p>" + words""",
        "Article",
    ),
}


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc, which Linux has")
@pytest.mark.parametrize(("data", "expected"), LARGE.values(), ids=LARGE)
def test_large_pages_cost_two_seconds_and_500_mb_at_most(data: str, expected: str) -> None:
    script = MEASURED.format(data=data)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(expected)
    seconds, megabytes = map(float, done.stdout.split()[-2:])
    assert seconds < 2
    assert megabytes < 500


def test_pages_cut_at_any_byte() -> None:
    page = (DATA / "html" / "no-date.html").read_bytes()
    draw = random.Random(7)
    for end in draw.sample(range(1, len(page)), 60):
        found = read(page[:end])
        assert isinstance(found, Article | Refusal)
