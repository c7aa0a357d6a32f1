"""What an address asks for, and what stands around a quote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from whosays import ledger
from whosays.claims import lexicon
from whosays.errors import Misuse
from whosays.faces.web import asked, rendering


@pytest.mark.parametrize(
    ("text", "words", "fields"),
    [
        ("Soledar", "Soledar", {}),
        ('place:Soledar "were taken"', '"were taken"', {"place": "Soledar"}),
        ('source:"Yevgeny Prigozhin" took', "took", {"source": "Yevgeny Prigozhin"}),
        ("http://example.org", "http://example.org", {}),
        ('"open phrase', '"open phrase"', {}),
        ('""', "", {}),
        ("place:", "place:", {}),
        ('note:"x y" took', 'note: "x y" took', {}),
        ('place:""', "place:", {}),
    ],
)
def test_words_phrases_and_fields_are_told_apart(text: str, words: str, fields: dict[str, str]) -> None:
    found = asked.search(text)
    assert (found.words, found.fields) == (words, fields)


def test_days_are_read_and_others_refused() -> None:
    assert asked.search("since:2023-01-11").since == date(2023, 1, 11)
    with pytest.raises(Misuse, match="Write it as"):
        _ = asked.search("until:tomorrow").until


@pytest.fixture(scope="module")
def empty() -> Iterator[ledger.Ledger]:
    with ledger.open(":memory:") as opened:
        yield opened


@given(
    text=st.text()
    | st.lists(st.sampled_from(['"', ":", " ", "place:", "note:", "a", "ü", "\0", "*", "NEAR"])).map("".join)
)
def test_no_search_breaks_it(empty: ledger.Ledger, text: str) -> None:
    found = asked.search(text)
    assert set(found.fields) <= set(asked.FIELDS)
    assert all(found.fields.values())
    assert asked.search(found.words) == replace(found, fields={}), "words are words, and stay so"
    assert empty.search(found.words) == ()


def test_the_types_are_those_of_the_lexicon() -> None:
    types = lexicon().types
    assert [asked.kind(one) for one in types] == list(types)
    assert asked.kind(None) is None
    with pytest.raises(Misuse, match=", ".join(sorted(types))):
        asked.kind("nonsense")


def test_the_address_of_a_page_is_quoted_again() -> None:
    request = Request({"type": "http", "path": "/source/50%25?/ü", "query_string": b"cursor=x&like=%25", "headers": []})
    assert rendering.here(request, cursor="y") == "/source/50%2525%3F/%C3%BC?like=%25&cursor=y"


@pytest.mark.parametrize(
    ("prefix", "whole"), [("rters were travelling. ", "were travelling. "), ("said ", "said "), ("", "")]
)
def test_words_before_a_quote_begin_whole(prefix: str, whole: str) -> None:
    assert rendering.before(prefix) == whole


@pytest.mark.parametrize(
    ("suffix", "whole"), [(", which it launched on Wedn", ", which it launched on"), (".", "."), ("", "")]
)
def test_words_after_a_quote_end_whole(suffix: str, whole: str) -> None:
    assert rendering.after(suffix) == whole
