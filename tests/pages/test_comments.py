"""Readers' comments: each family of mark-up read back as its tree, articles left alone, hostile pages survived."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from tests.pages.comment_pages import ANSWERED, ARTICLE, ARTICLES, FLAT, FLAT_PAGES, PAGES
from whosays.nouns import Article, Meta, PartKind
from whosays.pages import read
from whosays.pages.comments import Threads, find
from whosays.settings import MAX_COMMENTS


def parse(body: str) -> HtmlElement:
    page = f"<html><head><title>Bridge at Marwa reopened</title></head><body><article>{ARTICLE}</article>{body}</body></html>"
    parser = HTMLParser(encoding="utf-8", huge_tree=True)
    return document_fromstring(page.encode(), parser=parser)


def tree(threads: Threads) -> list[tuple[str | None, str, int | None, int]]:
    return [(comment.author, comment.text, comment.parent, comment.depth) for comment in threads.comments]


def outside(root: HtmlElement, threads: Threads) -> str:
    """The page's words outside the areas."""
    for area in threads.areas:
        area.drop_tree()
    for script in list(root.iter("script")):
        script.drop_tree()
    return " ".join(root.text_content().split())


# -------------------------------------------------------------------------------------------------- one page per family


@pytest.mark.parametrize("family", PAGES)
def test_a_page_of_each_family_is_read_as_its_tree(family: str) -> None:
    assert tree(find(parse(PAGES[family]))) == ANSWERED


@pytest.mark.parametrize("family", FLAT_PAGES)
def test_a_page_without_replies_is_read_comment_by_comment(family: str) -> None:
    assert tree(find(parse(FLAT_PAGES[family]))) == FLAT


@pytest.mark.parametrize("family", [*PAGES, *FLAT_PAGES])
def test_areas_hold_all_comments_and_nothing_of_the_article(family: str) -> None:
    root = parse((PAGES | FLAT_PAGES)[family])
    rest = outside(root, find(root))
    assert "after nine months of repairs" in rest
    assert "from both banks of the river." in rest
    assert not [words for words in ("First words", "Second line", "I differ", "Third.") if words in rest]


@pytest.mark.parametrize("family", [*PAGES, *FLAT_PAGES])
def test_end_to_end_comments_never_reach_the_article(family: str) -> None:
    html = f"<html><head><title>Bridge</title></head><body><article>{ARTICLE}</article>{(PAGES | FLAT_PAGES)[family]}</body></html>"
    article = read(html.encode(), Meta())
    assert isinstance(article, Article)
    said = "\n".join(span.of(article.text) for span in article.spans(*(set(PartKind) - {PartKind.COMMENT})))
    assert "from both banks of the river." in said
    assert not [words for words in ("First words", "Second line", "I differ", "Third.") if words in said]
    assert [comment.author for comment in article.comments] == ["Ann", "Bo", "Cy"]


# ----------------------------------------------------------------------------------------------------------------- time


@pytest.mark.parametrize(
    ("printed", "at"),
    [
        (
            '<time datetime="2012-05-03T16:45:00+02:00">x</time>',
            datetime(2012, 5, 3, 16, 45, tzinfo=timezone(timedelta(hours=2))),
        ),
        ('<time datetime="2012-05-03T16:45:10Z">x</time>', datetime(2012, 5, 3, 16, 45, 10, tzinfo=UTC)),
        ('<abbr class="timestamp" data-utime="1336063500">x</abbr>', datetime(2012, 5, 3, 16, 45, tzinfo=UTC)),
        ('<span class="date">May 3, 2012 at 4:45 pm</span>', datetime(2012, 5, 3, 16, 45)),
        ('<span class="date">3 May 2012 12:05am</span>', datetime(2012, 5, 3, 0, 5)),
        ('<span class="date">3. Mai 2012 um 16:45</span>', datetime(2012, 5, 3, 16, 45)),
        ('<span class="date">03.05.2012, 16:45 Uhr</span>', datetime(2012, 5, 3, 16, 45)),
        ('<span class="date">3 May 2012</span>', datetime(2012, 5, 3)),
        ('<span class="date">5/3/2012</span>', None),
        ('<span class="date">2 days ago</span>', None),
        ('<span class="date">31 February 2012</span>', None),
    ],
)
def test_times_are_taken_as_printed(printed: str, at: datetime | None) -> None:
    page = f'<div id="comments"><div class="comment" id="comment-1"><b class="author">Ann</b> {printed}<p class="text">Hm.</p></div></div>'
    (comment,) = find(parse(page)).comments
    assert (comment.at, comment.author, comment.text) == (at, "Ann", "Hm.")


# -------------------------------------------------------------------------------------------------- articles left alone


@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_called_comment_loses_nothing(name: str) -> None:
    root = document_fromstring(f"<html>{ARTICLES[name]}</html>")
    threads = find(root)
    assert [comment.text for comment in threads.comments] in ([], ["Hm."])
    rest = outside(root, threads)
    assert all(f"part {n}, is that flour" in rest for n in range(9))


def test_comments_called_out_elsewhere_are_no_comments() -> None:
    root = parse(
        '<div class="widget recent-comments"><ul id="recentcomments"><li class="recentcomments">Ann on Bridge</li></ul></div>'
    )
    assert find(root).comments == ()


# ---------------------------------------------------------------------------------------------------- without mark-up


@pytest.mark.parametrize("heading", ["<b>Comments</b>", "<h3>Comments</h3>", "<p><strong>Comments (2)</strong></p>"])
@pytest.mark.parametrize(
    "items",
    [
        "<p>1. tesfa wrote: Nobody won there.</p><p>2. abebe wrote: They burnt it all.</p>",
        "<p>tesfa says:</p><p>Nobody won there.</p><p>abebe says:</p><p>They burnt it all.</p>",
        "<div><p>tesfa · 3h</p><p>Nobody won there.</p><p>abebe · 4h</p><p>They burnt it all.</p></div>",
    ],
)
def test_untagged_paragraphs_below_a_heading_are_comments(heading: str, items: str) -> None:
    root = parse(f"<div>{heading}{items}<p>About us</p></div>")
    threads = find(root)
    assert [comment.author for comment in threads.comments] == ["tesfa", "abebe"]
    assert threads.comments[0].text == "Nobody won there."
    rest = outside(root, threads)
    assert "from both banks of the river." in rest
    assert "Nobody" not in rest
    assert "They burnt" not in rest


@pytest.mark.parametrize("heading", ["<b>Comment</b>", "<h3>Comments</h3>", "<h2>Discussion</h2>"])
def test_prose_below_such_a_heading_stays(heading: str) -> None:
    root = parse(f"<div>{heading}<p>The council said that the bridge would stay open all winter.</p></div>")
    threads = find(root)
    assert threads.comments == ()
    assert "open all winter" in outside(root, threads)


# -------------------------------------------------------------------------------------------------------- hostile pages


def test_a_thousand_replies_deep() -> None:
    deep = "".join(
        f'<li class="comment" id="comment-{n}"><b class="fn">A{n}</b><p>Word {n}.</p><ul class="children">'
        for n in range(1000)
    )
    started = time.process_time()
    comments = find(parse(f'<ol class="commentlist">{deep}')).comments
    assert time.process_time() - started < 5
    assert len(comments) > 100  # libxml2 itself stops at a depth of some hundreds
    assert [comment.depth for comment in comments] == list(range(len(comments)))


@pytest.mark.slow
def test_a_hundred_thousand_comments() -> None:
    many = "".join(
        f'<li class="comment" id="comment-{n}"><b class="fn">A{n}</b><p>Word {n}.</p></li>' for n in range(100_000)
    )
    root = parse(f'<ol class="commentlist">{many}</ol>')
    started = time.process_time()
    threads = find(root)
    assert time.process_time() - started < 20
    assert len(threads.comments) == MAX_COMMENTS
    assert "Word 99999" not in outside(root, threads)


def test_parents_in_a_circle_and_before_their_time() -> None:
    page = "".join(
        f'<div class="comment" data-id="{own}" data-parent-id="{parent}"><i class="author">{own}</i><p class="text">Said {own}.</p></div>'
        for own, parent in ((11, 12), (12, 11), (13, 13), (14, 99))
    )
    comments = find(parse(f'<div id="comments">{page}</div>')).comments
    assert [comment.parent for comment in comments] == [None, 0, None, None]


@pytest.mark.parametrize(
    "script",
    [
        "{", "[" * 100_000, '{"@type": "Comment"}', '{"@type": ["Comment", 3], "text": 7, "author": [[]]}', "null", '"Comment"',
        '{"@type": "Comment", "text": null, "author": {"name": ["x"]}, "comment": "Comment"}',
    ],
)  # fmt: skip
def test_rubbish_in_json_ld_holds_no_comments(script: str) -> None:
    assert find(parse(f'<script type="application/ld+json">{script}</script>')).comments == ()


def test_json_ld_in_a_circle() -> None:
    told = [
        {"@type": "Comment", "@id": f"#{n}", "text": f"Said {n}.", "parentItem": {"@id": f"#{1 - n}"}} for n in range(2)
    ]
    comments = find(parse(f'<script type="application/ld+json">{json.dumps(told)}</script>')).comments
    assert [(comment.text, comment.parent) for comment in comments] == [("Said 0.", None), ("Said 1.", 0)]


def test_comments_without_authors() -> None:
    page = '<div id="comments"><div class="comment"><p>One thing.</p></div><div class="comment"><p>Another thing.</p></div></div>'
    assert tree(find(parse(page))) == [(None, "One thing.", None, 0), (None, "Another thing.", None, 0)]


def test_long_class_names_cost_nothing() -> None:
    started = time.process_time()
    find(parse(f'<div class="{"a-" * 50_000}comment {"a" * 100_000}">x</div>'))
    assert time.process_time() - started < 1


# ------------------------------------------------------------------------------------------------ trees, there and back


@dataclass(frozen=True)
class Said:
    author: str
    text: str
    parent: int | None


def _children(said: list[Said], parent: int | None) -> list[int]:
    return [number for number, one in enumerate(said) if one.parent == parent]


def _wordpress(said: list[Said], parent: int | None = None) -> str:
    items = "".join(
        f'<li class="comment" id="li-comment-{n + 1}"><div id="comment-{n + 1}" class="comment-body"><div class="comment-author vcard">'
        f'<cite class="fn">{escape(said[n].author)}</cite> <span class="says">says:</span></div><p>{escape(said[n].text)}</p></div>'
        f"{_wordpress(said, n)}</li>"
        for n in _children(said, parent)
    )
    kind = "commentlist" if parent is None else "children"
    return f'<ol class="{kind}">{items}</ol>' if items else ""


def _generic(said: list[Said], parent: int | None = None) -> str:
    items = "".join(
        f'<div class="comment"><span class="author">{escape(said[n].author)}</span><div class="comment-text">{escape(said[n].text)}'
        f'</div><div class="replies">{_generic(said, n)}</div></div>'
        for n in _children(said, parent)
    )
    return f'<section id="comments">{items}</section>' if parent is None else items


def _microdata(said: list[Said], parent: int | None = None) -> str:
    return "".join(
        f'<div itemprop="comment" itemscope itemtype="https://schema.org/Comment"><b itemprop="author">{escape(said[n].author)}</b>'
        f'<p itemprop="text">{escape(said[n].text)}</p>{_microdata(said, n)}</div>'
        for n in _children(said, parent)
    )


def _json(said: list[Said], parent: int | None = None) -> list[dict[str, object]]:
    return [
        {"@type": "Comment", "author": {"name": said[n].author}, "text": said[n].text, "comment": _json(said, n)}
        for n in _children(said, parent)
    ]


def _depth(said: list[Said], number: int) -> int:
    parent = said[number].parent
    return 0 if parent is None else _depth(said, parent) + 1


def _flat(said: list[Said], place: str) -> str:
    items = "".join(
        f'<div class="comment {place.format(_depth(said, n), n + 1, (one.parent or 0) + 1 if one.parent is not None else "")}">'
        f'<b class="author">{escape(one.author)}</b><p class="text">{escape(one.text)}</p></div>'
        for n, one in enumerate(said)
    )
    return f'<div id="comments">{items}</div>'


RENDERERS = {
    "wordpress": _wordpress,
    "generic": _generic,
    "microdata": _microdata,
    "json-ld": lambda said: (
        f'<script type="application/ld+json">{json.dumps({"@type": "Article", "comment": _json(said)})}</script>'
    ),
    "depth": lambda said: _flat(said, "depth-{0}"),
    "margin": lambda said: _flat(said, '" style="margin-left:{0}em'),
    "parent": lambda said: _flat(said, '" data-id="{1}" data-parent-id="{2}'),
}
WORDS = st.lists(
    st.sampled_from(["bridge", "flour", "winter", "Marwa", "никогда", "never", "<so>", "&", "well"]),
    min_size=2,
    max_size=6,
)


@st.composite
def trees(draw: st.DrawFn) -> list[Said]:
    """A tree in the order of a depth-first walk."""
    said: list[Said] = []
    line: list[int] = []
    for number in range(draw(st.integers(1, 12))):
        line = line[: draw(st.integers(0, len(line)))]
        text = " ".join(["I", *draw(WORDS), "think."])
        said.append(
            Said(draw(st.sampled_from(["Ann", "Bo Li", "Żaneta", "x99", "عمر"])), text, line[-1] if line else None)
        )
        line = [*line, number]
    return said


@pytest.mark.parametrize("family", RENDERERS)
@settings(max_examples=40)
@given(said=trees())
def test_a_tree_rendered_in_any_family_is_read_back(family: str, said: list[Said]) -> None:
    root = parse(RENDERERS[family](said))
    threads = find(root)
    assert tree(threads) == [(one.author, one.text, one.parent, _depth(said, n)) for n, one in enumerate(said)]
    assert "from both banks of the river." in outside(root, threads)


@settings(max_examples=150)
@given(
    pieces=st.lists(
        st.sampled_from(
            [
                '<div class="comment">',
                "</div>",
                '<li class="comment" id="comment-5">',
                "<ul class=children>",
                "</ul>",
                "<dl id=comments>",
                "<dt>",
                "<dd>",
                '<a id="c12345">',
                "</a>",
                "<b>Ann</b>",
                "says",
                '<span class="author">',
                "</span>",
                '<time datetime="9999">',
                '<div class="comment-body" data-parent-id="5" data-id="5">',
                "<h2 id=comments>Comments</h2>",
                "<p>words",
                "<!-- x -->",
                "<form>",
                '<div id="comments" style="margin-left:9em">',
                "<table><tr>",
                '<div class="reply">',
            ]
        )
    )
)
def test_any_soup_gives_a_tree(pieces: list[str]) -> None:
    threads = find(parse("".join(pieces)))
    for number, comment in enumerate(threads.comments):
        above = comment.parent
        assert comment.text
        assert comment.depth == (0 if above is None else threads.comments[above].depth + 1)
        assert above is None or above < number


@pytest.mark.parametrize("when", ["0001-01-01T00:00:00", "1 January 0001", "9999-12-31"])
def test_the_defaults_of_software_are_no_times_of_comments(when: str) -> None:
    told = {"@type": "Comment", "text": "I saw it.", "author": "Ann", "dateCreated": when}
    (comment,) = find(parse(f"<script type='application/ld+json'>{json.dumps(told)}</script>")).comments
    assert (comment.text, comment.at) == ("I saw it.", None)
