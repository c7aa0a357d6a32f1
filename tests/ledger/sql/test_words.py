"""Words for databases without FTS5 are those that FTS5 has."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whosays.ledger.sql import sqlite, words

OTHERWISE = "Ǡǡẛ\u1885\u1886"
"""Three letters whose accents are taken otherwise; two signs that were letters in Unicode 6.1."""


def vocabulary(texts: list[str]) -> list[list[str]]:
    """The words of each text, in their order, as FTS5 has them."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='unicode61 remove_diacritics 2')")
        connection.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, 'instance')")
        connection.executemany("INSERT INTO t (rowid, x) VALUES (?, ?)", enumerate(texts))
        found: list[list[str]] = [[] for _ in texts]
        for term, text in connection.execute("SELECT term, doc FROM v ORDER BY doc, offset"):
            found[text].append(term)
    return found


def known() -> Iterator[str]:
    """Characters of Unicode 6.1, which FTS5 knows: of the scripts of news, and signs."""
    old = unicodedata.ucd_3_2_0
    for point in (*range(1, 0x2100), *range(0x3000, 0xA000), *range(0xAC00, 0xD800), *range(0xFB00, 0xFFFE)):
        if old.category(chr(point)) != "Cn" and chr(point) not in OTHERWISE:
            yield chr(point)


@pytest.mark.slow
def test_every_character_is_a_word_or_a_gap_as_in_fts5() -> None:
    characters = list(known())
    assert len(characters) > 30_000
    texts = [f"a{one}b" for one in characters]
    differ = {
        one: (theirs, words.said(text).split())
        for one, text, theirs in zip(characters, texts, vocabulary(texts), strict=True)
        if words.said(text).split() != theirs
    }
    assert differ == {}


letters = st.sampled_from([*"abZé ñÅŁß'’-–.,\"\n\t٣عَربИй中ő_1½", "e\u0301", "\u0301", "ﬁ"])
texts = st.lists(letters, max_size=30).map("".join)


@given(texts)
def test_words_are_those_of_fts5(text: str) -> None:
    assert words.said(text).split() == vocabulary([text])[0]


@given(texts, st.lists(letters | st.just('"'), max_size=8).map("".join))
def test_hits_are_those_of_fts5(text: str, query: str) -> None:
    wanted = words.phrases(query)
    hit = bool(wanted) and all(f" {phrase} " in words.said(text) for phrase in wanted)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='unicode61 remove_diacritics 2')")
        connection.execute("INSERT INTO t (x) VALUES (?)", (text,))
        if not all(
            re.search(r"[^\W_]", phrase)
            for phrase in re.findall(r'"([^"]*)"|(\S+)', query)
            for phrase in [phrase[0] or phrase[1]]
        ):
            return  # of a "word" without letters FTS5 makes nothing, or everything
        found = connection.execute("SELECT count(*) FROM t WHERE t MATCH ?", (sqlite._match(query),)).fetchone()
    assert hit == bool(found[0])


def test_a_very_long_word_is_cut_in_text_and_query() -> None:
    word = "x" * 5_000
    assert words.phrases(word) == [words.said(word).strip()] == ["x" * words.LONGEST]


def test_an_excerpt_shows_most_of_what_was_asked_for() -> None:
    text = (
        " ".join(f"w{n}" for n in range(100))
        + " Raqqa was taken, the army\nsaid. "
        + " ".join(f"v{n}" for n in range(100))
    )
    found = words.excerpt(text, '"the army" raqqa w1')
    assert "Raqqa was taken, the army\nsaid." in found
    assert found.startswith("…")
    assert found.endswith("…")
    assert words.excerpt("Raqqa", "raqqa") == "Raqqa"
    assert words.excerpt("", "raqqa") == ""
