"""Properties: any bytes give an Article or a Refusal, and generated pages are read back part by part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from whosays.nouns import Article, Meta, PartKind, Refusal
from whosays.pages import read

WORDS = (
    "army town rebels fighters village border river hospital convoy soldiers monitor ministry truce shelling north east road"
    " airport residents truck bridge market school district"
).split()
PLACES = ("Beirut", "Damascus", "Baghdad", "Kyiv", "Tel Aviv", "Deir al-Zor")
AGENCIES = ("Reuters", "AFP", "Xinhua", "SANA", "Interfax-Ukraine")
PEOPLE = ("Ann Lee", "Omar al-Said", "Tom Poe", "Lina Haddad", "Ivan Petrenko")
READERS = ("Ann", "JimmyZ", "Ed L", "TexanForever", "Henry McKay")


@dataclass(frozen=True)
class Reader:
    author: str
    text: str
    replies: tuple[Reader, ...] = ()


@dataclass(frozen=True)
class Story:
    headline: str
    people: tuple[str, ...]
    day: date
    place: str
    agency: str
    paragraphs: tuple[str, ...]
    caption: str
    readers: tuple[Reader, ...]

    @property
    def first(self) -> str:
        return f"{self.place.upper()} ({self.agency}) – {self.paragraphs[0]}"

    @property
    def credit(self) -> str:
        return f"(Reporting by {' and '.join(self.people)} in {self.place}; Editing by Robin Roe)"


def sentences(number: int) -> st.SearchStrategy[str]:
    some = st.lists(st.sampled_from(WORDS), min_size=14, max_size=24)
    return st.lists(some.map(lambda words: f"The {' '.join(words)}, it said."), min_size=number, max_size=number).map(
        " ".join
    )


def readers() -> st.SearchStrategy[Reader]:
    leaf = st.builds(Reader, st.sampled_from(READERS), sentences(1))
    return st.recursive(
        leaf,
        lambda inner: st.builds(Reader, st.sampled_from(READERS), sentences(2), st.lists(inner, max_size=3).map(tuple)),
        max_leaves=8,
    )


stories = st.builds(
    Story,
    headline=st.lists(st.sampled_from(WORDS), min_size=5, max_size=9, unique=True).map(
        lambda words: "Army says " + " ".join(words)
    ),
    people=st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True).map(tuple),
    day=st.dates(date(2011, 1, 1), date(2025, 12, 31)),
    place=st.sampled_from(PLACES),
    agency=st.sampled_from(AGENCIES),
    paragraphs=st.lists(sentences(2), min_size=4, max_size=7, unique=True).map(tuple),
    caption=sentences(1).map(lambda words: f"{words} REUTERS/Stringer"),
    readers=st.lists(readers(), max_size=3).map(tuple),
)


def people(story: Story) -> str:
    *most, last = story.people
    return f"By {', '.join(most)} and {last}" if most else f"By {last}"


def as_text(story: Story) -> str:
    lines = [
        story.headline,
        story.caption,
        f"{story.day:%B} {story.day.day}, {story.day.year}",
        people(story),
        story.first,
    ]
    lines += [*story.paragraphs[1:], story.credit]
    return "\n\n".join([*lines, *_tree_as_text(story.readers, "  ")])


def _tree_as_text(some: tuple[Reader, ...], indent: str) -> list[str]:
    lines: list[str] = []
    for one in some:
        lines += [f"{indent}• {one.author}", f"{indent}  {one.text}", *_tree_as_text(one.replies, indent + "  ")]
    return lines


def as_html(story: Story) -> str:
    paragraphs = "".join(f"<p>{escape(one)}</p>" for one in (story.first, *story.paragraphs[1:], story.credit))
    tree = _tree_as_html(story.readers)
    return (
        f'<!doctype html><html lang="en"><head><title>{story.headline}</title></head><body><article><h1>{story.headline}</h1>'
        f'<figure><figcaption>{story.caption}</figcaption></figure><p class="byline">{people(story)}</p>'
        f'<time datetime="{story.day}">{story.day}</time>{paragraphs}</article>'
        + (f'<div id="comments"><h3>Comments</h3><ol class="comment-list">{tree}</ol></div>' if tree else "")
        + "</body></html>"
    )


def _tree_as_html(some: tuple[Reader, ...]) -> str:
    return "".join(
        f'<li class="comment"><cite class="comment-author fn">{one.author}</cite><div class="comment-content"><p>{one.text}</p></div>'
        + (f'<ol class="children">{_tree_as_html(one.replies)}</ol>' if one.replies else "")
        + "</li>"
        for one in some
    )


def flat(some: tuple[Reader, ...], depth: int = 0) -> list[tuple[str, str, int]]:
    return [row for one in some for row in ((one.author, one.text, depth), *flat(one.replies, depth + 1))]


def hold_together(found: Article) -> None:
    """Spans lie in the text, parts are sorted and apart, comments are where they say."""
    for part in found.parts:
        assert part.span.end <= len(found.text)
    assert [part.span.start for part in found.parts] == sorted(part.span.start for part in found.parts)
    for one, two in pairwise([part.span for part in found.parts if part.kind is not PartKind.DATELINE]):
        assert one.end <= two.start
    known: set[str] = set()
    for comment in found.comments:
        assert comment.span.end <= len(found.text)
        assert comment.parent is None or comment.parent in known
        known.add(comment.id)


def check(found: Article | Refusal, story: Story) -> None:
    assert isinstance(found, Article), found
    hold_together(found)
    assert found.headline == story.headline
    assert found.byline == story.people
    assert found.published == story.day
    assert found.dateline is not None
    assert (found.dateline.place, found.dateline.agency) == (story.place, story.agency)
    assert [span.of(found.text) for span in found.spans(PartKind.PARAGRAPH)] == [story.first, *story.paragraphs[1:]]
    assert [span.of(found.text) for span in found.spans(PartKind.CAPTION)] == [story.caption]
    assert [(one.role, one.person, one.place) for one in found.credits] == [
        *(("reporting", person, story.place) for person in story.people),
        ("editing", "Robin Roe", None),
    ]
    assert [(one.author, one.text, one.depth) for one in found.comments] == flat(story.readers)


@pytest.mark.slow
@given(stories)
@settings(max_examples=50)
def test_stories_as_text_are_read_back(story: Story) -> None:
    check(read(as_text(story).encode()), story)


@pytest.mark.slow
@given(stories)
@settings(max_examples=50)
def test_stories_as_html_are_read_back(story: Story) -> None:
    check(read(as_html(story).encode()), story)


FRAGMENTS = st.sampled_from(
    [b"<p>", b"</p>", b"<div class=comment>", b"<li>", b"<ul>", b"</div>", b"<table><tr><td>", b"<!--", b"-->", b"<html>", b"<h1>",
     b"The army said on Monday that it took the town. ", b"By Ann Lee\n", b"  \xe2\x80\xa2 Ann\n\n", b"    said\n", b"\r\n", b"&#0;",
     b"BEIRUT (Reuters) - ", b"May 4, 2015", b"<script type='application/ld+json'>", b'{"@type":"Article"', b"</script>", b"\xff", b"\x00",
     b"<time datetime='9999-99-99'>", b"14:32 GMT ", b"(Reporting by ;", b"<meta charset=utf-7>", b"&#xD800;", b"<br><br>"]
)  # fmt: skip


@pytest.mark.slow
@given(
    st.one_of(
        st.binary(max_size=400),
        st.lists(FRAGMENTS, max_size=40).map(b"".join),
        st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")),
    )
)
@example(b"<html><body><p>&#xD800;</p></body></html>")
@example(b"- a\n  b")
@settings(max_examples=400)
def test_any_bytes_give_an_article_or_a_refusal(data: bytes) -> None:
    for name in ("page.html", "page.txt"):
        found = read(data, Meta(name=name), languages=None)
        assert isinstance(found, Article | Refusal)
        if isinstance(found, Article):
            hold_together(found)
            assert read(data, Meta(name=name), languages=None) == found
