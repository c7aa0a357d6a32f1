"""The reader of sentences: tokens, sentences, quotations, and the Reading as a whole."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import make_article
from whosays import language
from whosays.errors import AssetError
from whosays.language import phrases, quotes, sentences, tagger
from whosays.language.tokens import tokenize
from whosays.nouns import Reading, Span, Stance

EN = language.pack("en")


def read(*paragraphs: str, headline: str = "A headline") -> Reading:
    return language.parse(make_article(*paragraphs, headline=headline), EN)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Assad's army", ["Assad", "'s", "army"]),  # possessive apart
        ("It didn’t hold", ["It", "did", "n’t", "hold"]),  # negation apart, curly
        (
            "rebel-held Al-Qa'im",
            ["rebel", "-", "held", "Al", "-", "Qa'im"],
        ),  # hyphens apart, apostrophe inside a name kept
        ("1,300 at 7:30", ["1,300", "at", "7:30"]),  # numbers whole
        ("the U.S. said", ["the", "U.S.", "said"]),  # initials whole
        ("البوكمال سقطت", ["البوكمال", "سقطت"]),  # Arabic
        ("👍🏽 ok", ["👍", "🏽", "ok"]),  # code points, not bytes
    ],
)
def test_tokens(text: str, words: list[str]) -> None:
    assert [t.of(text) for t in tokenize(text, Span(0, len(text)))] == words


@given(st.text())
def test_tokens_cover_all_but_whitespace(text: str) -> None:
    spans = tokenize(text, Span(0, len(text)))
    assert all(a.end <= b.start for a, b in pairwise(spans))
    rest = [c for i, c in enumerate(text) if not any(s.start <= i < s.end for s in spans)]
    assert all(c.isspace() for c in rest)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("He fled. She stayed.", 2),
        ("Lt. Gen. Townsend spoke. Nobody heard.", 2),  # abbreviations
        ("The U.S. Army said so.", 1),  # initials
        ("“It fell.” The army left.", 2),  # a closing quotation mark belongs to its sentence
        ("Nine died\nTen were hurt", 2),  # lines
        ("More than 1.5 million fled on Nov. 3.", 1),  # numbers and months
        ("", 0),
        ("...", 1),
    ],
)
def test_sentences(text: str, count: int) -> None:
    found = list(sentences.split(text, Span(0, len(text)), abbreviations=EN.abbreviations))
    assert len(found) == count, [s.of(text) for s in found]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said "it fell" today.', ['"it fell"']),
        ("“It fell,” he said. “We left.”", ["“It fell,”", "“We left.”"]),
        ('The 5" gun said "no', ['"no']),  # a mark that neither opens nor closes; one that never closes
        ("Nobody's business", []),  # an apostrophe is no quotation mark
        ("«Le mur» is down", ["«Le mur»"]),
    ],
)
def test_quotes(text: str, quoted: list[str]) -> None:
    assert [q.of(text) for q in quotes.find(text, [Span(0, len(text))])] == quoted


def test_quotation_over_paragraphs_keeps_its_speaker() -> None:
    reading = read(
        "“They shelled us all night,” said the mayor.", "“Nobody slept. We counted forty shells before dawn.”"
    )
    (last,) = [a for a in reading.attributions if "forty" in a.content[0].of(reading.article.text)]
    assert last.source is not None
    assert last.source.of(reading.article.text) == "the mayor"


def test_noun_phrases() -> None:
    reading = read("The Popular Mobilization Forces (PMF) fighters took a rebel-held town.", headline="x")
    text = reading.article.text
    found = [mention.span.of(text) for mention in reading.mentions]
    assert "The Popular Mobilization Forces (PMF) fighters" in found
    assert "a rebel-held town" in found
    assert list(phrases.chunk(text, ())) == []


def test_lemmas_and_tags() -> None:
    reading = read("The army seized three villages and was bombing a fourth.")
    by_word = {token.span.of(reading.article.text): token for token in reading.tokens}
    assert (by_word["seized"].lemma, by_word["villages"].lemma, by_word["bombing"].lemma) == (
        "seize",
        "village",
        "bomb",
    )
    assert by_word["seized"].upos == "VERB"
    assert by_word["army"].upos == "NOUN"


def test_headlines_in_title_case_keep_their_verbs() -> None:
    reading = read("x", headline="Rebels Seize Town After Army Leaves Its Base")
    verbs = {token.lemma for token in reading.tokens if token.upos == "VERB"}
    assert {"seize", "leave"} <= verbs


def test_same_bytes_every_time() -> None:
    pages = ["The army said it took Hama.", "“No,” said the rebels. “It did not.”", "Nine died."]
    assert read(*pages) == read(*pages)


@given(st.lists(st.text(max_size=200), max_size=4))
def test_any_text_gives_a_reading_whose_spans_lie_in_it(paragraphs: list[str]) -> None:
    reading = read(*paragraphs)
    whole = Span(0, len(reading.article.text))
    for attribution in reading.attributions:
        spans = [s for s in (attribution.source, attribution.cue, *attribution.content) if s is not None]
        assert all(whole.holds(span) for span in spans)
        assert attribution.content
        assert attribution.outer is None or 0 <= attribution.outer < len(reading.attributions)
    for sentence in reading.sentences:
        first, last = sentence.tokens
        assert all(sentence.span.holds(token.span) for token in reading.tokens[first:last])


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["a " * 100_000, "?" * 10_000, "“" * 5_000, "said " * 20_000], ids=["long", "marks", "quotes", "cues"]
)
def test_time_is_linear_in_length(text: str) -> None:
    reading = read(text)
    assert reading.sentences


def test_missing_weights_are_named() -> None:
    with pytest.raises(AssetError, match=r"nothing\.bin"):
        tagger.load("whosays.language.packs.en", "nothing.bin")


def test_comments_are_not_read() -> None:
    reading = read("The army took Hama.")
    assert {sentence.part.value for sentence in reading.sentences} <= {"headline", "paragraph", "caption"}


def test_stances() -> None:
    denied = read("The ministry denied that its forces had left the town.").attributions[0]
    vowed = read("The general vowed to retake the town.").attributions[0]
    unsure = read("The ministry declined to confirm that the town had fallen.").attributions[0]
    assert (denied.stance, vowed.stance, unsure.stance) == (Stance.DENIES, Stance.PLANS, Stance.DOUBTS)
