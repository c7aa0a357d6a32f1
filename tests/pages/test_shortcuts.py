"""What is looked for only where it can be: the short way gives what the long one gives."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement, document_fromstring

from whosays.pages import caps, comments, dom
from whosays.pages.comments import Walk
from whosays.pages.comments.look import look
from whosays.settings import MAX_RUN

FRAGMENTS = """caption cutline imagetext bildunterschrift photo image media img figure credit credits source copyright author authors name
link info photographer byline contributor reporter date time publish posted updated dateline datum standfirst sub title head heading
headline hed dek deck led lede chapeau article summary intro lead excerpt description entry post story page live blog timeline
update event stamp header liveblog box col main nav - _ Post Title 12""".split()
TAGS = [
    "<div>",
    "</div>",
    "<DIV class='a'>",
    "</Div>",
    "<br>",
    "<br/>",
    "<p>",
    "<span/>",
    "</span>",
    "<b",
    ">",
    "<",
    "< p>",
    "<a href='/'>",
    "x",
]


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=6).map("".join))
def test_no_name_that_tells_a_role_is_passed_over(word: str) -> None:
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", word).lower()
    every = tuple(role for role, pattern in dom._ROLES.items() if pattern.search(plain))
    assert dom._roles_of_word(word) == every
    assert dom._roles_of((f"{word} box", None, None, "x")) == tuple(role for role in dom._ROLES if role in every)


def depth(page: str) -> int:
    """Tag by tag, as the docstring of caps has it."""
    now = deepest = 0
    for closes, name, rest in re.findall(r"<(/?)([a-zA-Z][^\s/>]*+)([^>]*+)>", page[: page.rfind(">") + 1]):
        if name.lower() not in caps._FLAT and not rest.endswith("/"):
            now = max(0, now - 1) if closes else now + 1
            deepest = max(deepest, now)
    return deepest


@given(st.lists(st.sampled_from(TAGS), max_size=40).map("".join))
def test_depth(page: str) -> None:
    assert caps.depth(page) == depth(page)


def test_long_labels_go_and_short_ones_stay() -> None:
    long, filler = "x" * 2_000, "<p>word</p>" * (MAX_RUN // 10)
    page = f"<div class='{long}' id=\"a\" data-x='{long}'>{filler}<p class='{long[1:]}' REL = \"{long}\">end</p></div>"
    checked = caps.check(page)
    assert checked == (f"<div id=\"a\" data-x='{long}'>{filler}<p class='{long[1:]}'>end</p></div>", ())


def test_long_runs_are_cut() -> None:
    checked = caps.check(f"<p>{'y' * (MAX_RUN + 7)}</p><p>{'z' * MAX_RUN}</p>")
    assert checked == (
        f"<p>{'y' * MAX_RUN}</p><p>{'z' * MAX_RUN}</p>",
        (f"1 runs of text were cut at {MAX_RUN:,} characters",),
    )


@given(
    st.lists(
        st.sampled_from(
            [
                "<div class=comment>",
                "<p id=comment-12>",
                "<div class=comments>",
                "<a name=c123456>",
                "<li>",
                "said</div>",
                "words</p>",
                "<h3>Comments</h3>",
            ]
        ),
        max_size=12,
    ).map("".join)
)
def test_where_no_comment_can_open_a_walk_finds_none(body: str) -> None:
    root: HtmlElement = document_fromstring(f"<html><body>{body}.</body></html>")
    page = look(root)
    assert page.opening() or not Walk(page.marks).run(root)
    assert comments.find(root) is not None
