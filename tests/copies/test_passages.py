"""The words that are compared, and where they stand."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.making import make_article
from whosays.copies import wording
from whosays.copies.passages import LONGEST, SHORTEST
from whosays.nouns import Article, Part, PartKind, Span


def parts_of(article: Article, **kinds: PartKind) -> Article:
    """The same article; the part that begins with a word is of that kind."""
    changed = tuple(
        replace(
            part, kind=next((k for word, k in kinds.items() if part.span.of(article.text).startswith(word)), part.kind)
        )
        for part in article.parts
    )
    return replace(article, parts=changed)


def test_words_are_those_of_paragraphs_and_captions_without_the_dateline() -> None:
    article = make_article("BEIRUT - The dam’s gates opened.", "Photo of water", "Tags here", headline="Flood")
    article = parts_of(article, Photo=PartKind.CAPTION, Tags=PartKind.OTHER)
    start = article.text.index("BEIRUT")
    article = replace(article, parts=(*article.parts, Part(PartKind.DATELINE, Span(start, start + len("BEIRUT -")))))
    own = wording(article)
    assert own.words == ("the", "dam", "s", "gates", "opened", "photo", "of", "water")
    assert [article.text[slice(*span)] for span in own.spans[:2]] == ["The", "dam"]
    assert own.span(0, 2).of(article.text) == "The dam’s"
    assert len(own.code) == len(own.words)
    assert own.code[0] == wording(make_article("THE")).code


def test_passages_are_sentences_of_some_length() -> None:
    short, sentence = "It rained in the U.S. today.", "One two three four five six seven eight nine."
    long = " ".join(f"w{n}" for n in range(2 * LONGEST + 3))
    own = wording(make_article(f"{sentence} {sentence} {short}", long))
    assert list(map(len, own.passages())) == [9, 9, 7, LONGEST, LONGEST, 3]
    assert SHORTEST > 7, "the abbreviation ends no passage"
    assert wording(make_article()).words == ()


def test_a_passage_is_cut_the_same_wherever_it_stands() -> None:
    sentences = [f"Sentence number {n} says that the bridge of town {n} was crossed." for n in range(6)]
    alone = set(wording(make_article(" ".join(sentences[2:]))).passages())
    assert alone <= set(
        wording(make_article("Something else came first, in nine or ten words.", " ".join(sentences))).passages()
    )


def test_quotation_marks() -> None:
    for text in ('He said "we left" again.', "He said “we left” again.", "He said ``we left'' again."):
        own = wording(make_article(text))
        assert [word for word, quoted in zip(own.words, own.quoted, strict=True) if quoted] == ["we", "left"]
    assert not any(wording(make_article('He is 6" tall, and said so', "She left")).quoted), "a lone mark opens nothing"


@given(st.lists(st.text(max_size=60), max_size=4))
def test_every_text_has_a_wording(paragraphs: list[str]) -> None:
    article = make_article(*paragraphs)
    own = wording(article)
    assert len(own.words) == len(own.spans) == len(own.quoted) == len(own.code)
    assert sum(map(len, own.passages())) == len(own.words)
    assert list(own.spans) == sorted(own.spans)
