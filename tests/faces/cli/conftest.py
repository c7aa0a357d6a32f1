"""A ledger made by hand, in a folder of its own, and a way to run a command line in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from tests.making import READ_AT, make_article, make_claim
from whosays import copies, ledger
from whosays.faces.cli import main
from whosays.nouns import Article, Capture, Comment, Part, PartKind, Polarity, Span


@dataclass(frozen=True)
class Ran:
    """How a command line ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `whosays ARGUMENTS` in an empty folder, 80 columns wide, without a terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("WHOSAYS_LEDGER", raising=False)
    monkeypatch.delenv("WHOSAYS_ROSTER", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))

    def run(*arguments: str) -> Ran:
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return run


def commented(article: Article, *words: tuple[str, str, int]) -> Article:
    """The article with comments after its text: author, text, depth."""
    text, parts, comments = article.text, list(article.parts), []
    for number, (author, said, depth) in enumerate(words, start=1):
        span = Span(len(text) + 2, len(text) + 2 + len(said))
        text += f"\n\n{said}"
        parts.append(Part(PartKind.COMMENT, span))
        parent = f"k{number - 1}" if depth else None
        comments.append(Comment(f"k{number}", author, said, span, parent, depth))
    return replace(article, text=text, parts=tuple(parts), comments=tuple(comments))


CLAIMED = commented(
    make_article(
        "Wagner has taken Soledar, Prigozhin said.",
        headline="Wagner claims Soledar",
        publisher="Eastern Dispatch",
        published=date(2023, 1, 11),
    ),
    ("reader", "Ukraine lost 300 men in Soledar.", 0),
    ("other", "How do you know?", 1),
)
DENIED = make_article(
    "Cherevatyi denied that Wagner had taken Soledar.",
    headline="Soledar has not fallen",
    publisher="Dnipro Ledger",
    published=date(2023, 1, 12),
)


@pytest.fixture
def filled(run: Run) -> Run:
    """The same, in a folder with `whosays.db`: two articles of two outlets, one claim and its denial."""
    claim = make_claim(CLAIMED, "Wagner has taken Soledar", actor="Wagner", source="Prigozhin")
    denial = make_claim(
        DENIED,
        "Wagner had taken Soledar",
        actor="Wagner",
        source="Cherevatyi",
        polarity=Polarity.DENIED,
        day=date(2023, 1, 11),
    )
    with ledger.open("whosays.db", create=True) as book:
        for article, found in ((CLAIMED, claim), (DENIED, denial)):
            capture = Capture(article, article.id * 4, READ_AT)
            book.add(capture, (found,), name="made", reader="test/1", body=copies.body(article))
    return run
