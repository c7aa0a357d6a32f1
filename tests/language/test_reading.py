"""The reader of sentences: tokens, sentences, quotations, and the Reading as a whole."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import make_article
from whosays import language
from whosays.errors import AssetError
from whosays.language import quotes, sentences, weights
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
        (
            "on Nov. 3 the col.",
            ["on", "Nov.", "3", "the", "col", "."],
        ),  # abbreviations whole, but for the sentence's end
        ("cannot go!!", ["can", "not", "go", "!!"]),  # can|not, runs of one mark
        ("see https://un.org/x?y=1.", ["see", "https://un.org/x?y=1", "."]),  # addresses
        ("البوكمال سقطت", ["البوكمال", "سقطت"]),  # Arabic
        ("👍🏽 ok", ["👍", "🏽", "ok"]),  # code points, not bytes
    ],
)
def test_tokens(text: str, words: list[str]) -> None:
    assert [t.of(text) for t in tokenize(text, Span(0, len(text)), abbreviations=EN.abbreviations)] == words


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
    text = reading.article.text
    (last,) = [a for a in reading.attributions if any("forty" in span.of(text) for span in a.content)]
    assert last.source is not None
    assert last.source.of(reading.article.text) == "the mayor"


def test_mentions_are_names_and_descriptions() -> None:
    reading = read(
        "Popular Mobilization Forces (PMF) fighters took the town of Rawa from the militants on Friday, witnesses said.",
        headline="x",
    )
    text = reading.article.text
    kinds = {mention.span.of(text): mention.kind for mention in reading.mentions}
    assert kinds["witnesses"] in ("Person", "Organisation")
    assert kinds["the militants"] == "Organisation"
    assert "Location" in {kind for words, kind in kinds.items() if "Rawa" in words}
    assert kinds["Friday"] == "Temporal"
    assert any(mention.name for mention in reading.mentions if "Popular" in mention.span.of(text))


def test_every_sentence_is_one_tree() -> None:
    reading = read(
        "The army took the town, a commander said, but state television, citing monitors, denied that it had."
    )
    for sentence in reading.sentences:
        first, last = sentence.tokens
        heads = {n: reading.tokens[n].head for n in range(first, last)}
        assert sum(n == head for n, head in heads.items()) == 1
        assert all(head in heads for head in heads.values())


def test_verbs_say_where_it_happened_and_whether() -> None:
    reading = read("Rebels attacked an army base in Idlib on Monday. The army did not enter Hama.")
    text = reading.article.text
    where = {reading.tokens[h.verb].lemma: h.place.of(text) for h in reading.happenings}
    assert "Idlib" in where["attack"]
    sure = {token.lemma: token.factuality for token in reading.tokens if token.upos == "VERB"}
    assert sure["attack"] is not None
    assert sure["enter"] is not None
    assert sure["attack"] > sure["enter"] + 1


def test_coreference_ties_pronouns_to_names() -> None:
    reading = read("The president left the town on Friday. He spoke to reporters.")
    text = reading.article.text
    chains = {mention.span.of(text): mention.chain for mention in reading.mentions if mention.chain is not None}
    assert chains["He"] == chains["The president"]


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


@pytest.mark.parametrize(
    "headline", ["Rebels Capture Town as Army Withdraws From Base", "REBELS CAPTURE TOWN AS ARMY WITHDRAWS FROM BASE"]
)
def test_headlines_keep_their_verbs(headline: str) -> None:
    reading = read("x", headline=headline)
    verbs = {token.lemma for token in reading.tokens if token.upos == "VERB"}
    assert {"capture", "withdraw"} <= verbs


PAGES = [
    ["The army said it took Hama.", "“No,” said the rebels. “It did not.”", "Nine died."],
    ["Al-Manar, citing a security source, said the road was cut." * 9],
    ["👍🏽 البوكمال fell\u00ad, he said – “naïve” cafe\u0301."],
]


def test_same_bytes_alone_shuffled_and_on_two_threads() -> None:
    alone = [read(*page) for page in PAGES]
    assert [read(*page) for page in reversed(PAGES)] == alone[::-1]
    assert [language.parse(reading.article, EN, threads=2) for reading in alone] == alone


@pytest.mark.slow
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
    "text",
    ["a " * 100_000, "?" * 10_000, "“" * 5_000, "said " * 20_000, "x" * 1_000_000, "ሰላም ዓለም " * 5_000],
    ids=["long", "marks", "quotes", "cues", "one word", "unknown script"],
)
def test_time_is_linear_in_length(text: str) -> None:
    started = time.perf_counter()
    reading = read(text)
    assert reading.sentences
    assert time.perf_counter() - started < 1e-3 * len(text) + 5


@pytest.mark.parametrize("text", ["", " ", "...", "?!", "\u00ad", "\u200b\u200b", "—" * 50, "\ud800"[:0]])
def test_next_to_nothing_is_read_as_that(text: str) -> None:
    reading = read(text, headline="")
    assert reading.attributions == ()
    assert reading.mentions == ()


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    for name, cut in (("reader.json", None), ("reader.onnx", -1)):
        (tmp_path / name).write_bytes(EN.weights.joinpath(name).read_bytes()[:cut])
    with pytest.raises(AssetError, match=r"reader\.onnx is not the file"):
        weights.load(tmp_path)
    (tmp_path / "reader.json").write_text("{}")
    with pytest.raises(AssetError, match="cannot be read"):
        weights.load(tmp_path)


def test_a_missing_graph_is_named(tmp_path: Path) -> None:
    with pytest.raises(AssetError, match=re.escape(str(tmp_path))):
        weights.load(tmp_path)


def test_another_pack_may_be_given(tmp_path: Path) -> None:
    """Weights from another folder: the same bytes read the same."""
    for name in ("reader.json", "reader.onnx"):
        (tmp_path / name).write_bytes(EN.weights.joinpath(name).read_bytes())
    article = make_article("The army said it took Hama.")
    assert language.parse(article, replace(EN, weights=tmp_path)) == language.parse(article, EN)


def test_torch_is_never_imported() -> None:
    code = "import sys, whosays.language.model; print([m for m in ('torch', 'transformers') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_comments_are_not_read() -> None:
    reading = read("The army took Hama.")
    assert {sentence.part.value for sentence in reading.sentences} <= {"headline", "paragraph", "caption"}


def test_stances() -> None:
    denied = read("The ministry denied that its forces had left the town.").attributions[0]
    vowed = read("The general vowed to retake the town.").attributions[0]
    unsure = read("The ministry declined to confirm that the town had fallen.").attributions[0]
    assert (denied.stance, vowed.stance, unsure.stance) == (Stance.DENIES, Stance.PLANS, Stance.DOUBTS)
