"""Which articles have the same body, word for word."""

from __future__ import annotations

from whosays.copies import STUB, body
from whosays.nouns import Article, Part, PartKind, Span

STORY = "Fighters of the alliance took the town’s east on Wednesday, a commander said. " * 3
KINDS = {"h": PartKind.HEADLINE, "b": PartKind.BYLINE, "p": PartKind.PARAGRAPH, "c": PartKind.CAPTION}


def article(*blocks: tuple[str, str], dateline: str = "") -> Article:
    """An article of these blocks; a dateline opens the first paragraph."""
    text, parts = "", []
    for letter, words in blocks:
        start = len(text)
        if letter == "p" and dateline:
            text += dateline
            parts.append(Part(PartKind.DATELINE, Span(start, len(text))))
            dateline = ""
        text += words + "\n\n"
        parts.append(Part(KINDS[letter], Span(start, len(text) - 2)))
    headline = next((words for letter, words in blocks if letter == "h"), None)
    return Article(id="a", text=text, parts=tuple(parts), headline=headline)


def test_a_reprint_shares_the_body_whatever_stands_around_it() -> None:
    own = body(article(("h", "Town falls"), ("b", "By A. Reporter"), ("p", STORY)))
    others = (
        article(("h", "ALLIANCE IN TOWN"), ("p", STORY), ("c", "A tank.")),
        article(("p", STORY)),
        article(("h", "Town falls"), ("p", STORY), dateline="BEIRUT (Reuters) - "),
        article(("h", "Town falls"), ("p", STORY.replace("’", "'").replace(" ", "  ").upper())),
        article(("p", STORY[:78]), ("p", STORY[78:])),
    )
    assert {body(other) for other in others} == {own}


def test_a_changed_word_is_another_body() -> None:
    assert body(article(("p", STORY))) != body(article(("p", STORY.replace("took", "left", 1))))
    assert body(article(("p", STORY))) != body(article(("p", STORY + " The army denied it.")))


def test_short_bodies_count_with_their_headline() -> None:
    stub = "Watch: our correspondent reports."
    assert body(article(("h", "Raqqa"), ("p", stub))) != body(article(("h", "Mosul"), ("p", stub)))
    assert body(article(("h", "Raqqa"), ("p", stub))) == body(article(("h", "RAQQA"), ("b", "B"), ("p", stub)))
    nearly, enough = ("word " * (STUB - 1)).strip(), ("word " * STUB).strip()
    assert body(article(("h", "A"), ("p", nearly))) != body(article(("h", "B"), ("p", nearly)))
    assert body(article(("h", "A"), ("p", enough))) == body(article(("h", "B"), ("p", enough)))


def test_articles_without_paragraphs_are_told_apart() -> None:
    pages = (
        article(),
        article(("h", "Raqqa")),
        article(("h", "Mosul")),
        article(("c", "Mayadin")),
        article(("p", "Raqqa")),
    )
    assert len({body(page) for page in pages}) == len(pages)
