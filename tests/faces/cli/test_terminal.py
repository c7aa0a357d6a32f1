"""What a terminal may be sent: nothing that it acts upon, and no line wider than it is."""

from __future__ import annotations

import json
import unicodedata

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whosays.faces.cli.terminal import CLOSE, OPEN, cells, clip, layout, pad, safe, safe_json, width

HOSTILE = [
    ("colour", "a\x1b[31mb\x1b[0mc", "abc"),
    ("title", "a\x1b]0;owned\x07b", "ab"),
    ("link", "a\x1b]8;;http://evil.example\x1b\\b\x1b]8;;\x1b\\c", "abc"),
    ("eight-bit control sequence", "a\x9b31mb", "ab"),
    ("a title without an end hides no text", "a\x1b]0;b c", "a0;b c"),
    ("cursor up and erase", "a\x1b[1A\x1b[2Kb", "ab"),
    ("override", "sub\u202emrof\u202c", "submrof"),
    ("isolate", "a\u2067b\u2069c", "abc"),
    ("carriage return over a line", "true\rfalse", "true false"),
    ("backspace", "ab\x08c", "abc"),
    ("bell, NUL, delete", "\x07a\x00b\x7f", "ab"),
    ("line and paragraph separators", "a\u2028b\u2029c\x85d", "a b c d"),
    ("half a surrogate pair", "a\ud83db", "a\ufffdb"),
    ("our own marks", f"a{OPEN}b{CLOSE}", "ab"),
    ("tag characters", "a\U000e0041b", "ab"),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_what_a_terminal_acts_upon_is_taken_out(text: str, expected: str) -> None:
    assert safe(text) == expected


@given(st.text())
def test_nothing_dangerous_is_left_of_any_text(text: str) -> None:
    for lines in (False, True):
        left = safe(text, lines=lines)
        assert not [c for c in left if unicodedata.category(c) in ("Cc", "Cs", "Co") and not (lines and c == "\n")]
        assert "\u202e" not in left
        left.encode("utf-8")


def test_letters_of_all_scripts_stay() -> None:
    for text in ("Łódź – Соледар", "رأس العين", "می\u200cخواهم", "“quoted” … €"):
        assert safe(text) == text


@given(st.text(st.characters(codec="utf-8")))
def test_json_stays_the_same_json_and_holds_nothing_dangerous(text: str) -> None:
    shown = safe_json(json.dumps([text], ensure_ascii=False).encode())
    assert json.loads(shown) == [text]
    assert not set(shown) & {"\x1b", "\x9b", "\x7f", "\u202e", "\u2066", "\u2028"}


def test_width_follows_the_terminal_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    for columns, expected in (("72", 72), ("200", 100), ("10", 40)):
        monkeypatch.setenv("COLUMNS", columns)
        assert width() == expected


def test_cells_count_columns_not_code_points() -> None:
    assert cells("abc") == 3
    assert cells("日本") == 4
    assert cells("é") == cells("e\u0301") == 1


def test_clip_and_pad_end_at_the_column() -> None:
    assert clip("Soledar", 7) == "Soledar"
    assert clip("Soledar", 6) == "Soled…"
    assert pad("日本語", 5) == "日本…"
    assert pad("ab", 4) == "ab  "


@given(st.text(st.characters(codec="utf-8")), st.integers(0, 20))
def test_no_line_is_wider_than_the_terminal(text: str, indent: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "60")
        for line in click.unstyle(layout(safe(text), label="label", indent=indent)).split("\n"):
            assert cells(line) <= max(60, len("label"))


def test_marks_become_brackets_across_lines_and_words_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    words = "one two three four five six seven eight nine ten eleven twelve"
    styled = layout(f"before {OPEN}{words}{CLOSE} after", label="CAPTION", indent=10)
    plain = click.unstyle(styled).split("\n")
    assert all(line.startswith(("CAPTION   ", " " * 10)) for line in plain)
    assert " ".join(line[10:] for line in plain) == f"before [{words}] after"
    assert len([line for line in styled.split("\n") if "\x1b[33m" in line]) == len(plain)
