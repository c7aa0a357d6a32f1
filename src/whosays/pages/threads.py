"""A tree of reader comments printed as text: an author after a bullet, the words below him, replies deeper still.

      • Ed L

        The First World War …

        • JakeXIII

          The Sykes-Picot Treaty …

A bullet opens a comment only if something deeper follows it, and the author looks like one. So lists in the article,
and lists within a comment, stay text. The tree runs to the end of the page, or to the first line left of it.

Other layouts (`shapes`) are read below a heading such as `Comments (4)`, to the end of the page, or without one if at
least two comments end the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from whosays.nouns import Comment, Span
from whosays.pages import creditlines, dates, kinds, shapes
from whosays.pages.lines import Line, ends_sentence
from whosays.pages.shapes import Opening
from whosays.settings import MAX_COMMENTS

LONGEST_AUTHOR = 80
LONGEST_WHEN = 80
"""Of what follows the author: `• 12 minutes ago`."""
LONGEST_COMMENT = 8
"""In lines, where no heading tells that comments begin."""
LONGEST_ALONE = 40
"""A name on a line of its own."""
FEWEST_PROSE = 8
"""A sentence of so many words is the article's: without one above them, lines are no comments."""
MOST_HEADINGS = 8
"""So many that may be headings are tried; each is weighed against all that follows."""

_WHEN = re.compile(
    r"\s*[•·|,–—-]?\s*(?:\(?\d+ (?:second|minute|hour|day|week|month|year)s? ago\)?|says:?|said:?|wrote:?)\s*$"
)
_SEPARATOR = re.compile(r"\s+[•·|–—-]\s+|\s+(?:on|at)\s+|\s*\(|,\s+(?=\w+ \d)")


@dataclass(slots=True)
class _Open:
    """A comment whose end has not been seen."""

    indent: int
    head: Line
    body: list[Line]
    parent: int | None
    depth: int
    author: tuple[str | None, datetime | None] | None = None
    """Where the shape of the line told it."""


def find(text: str, lines: Sequence[Line]) -> tuple[tuple[Comment, ...], int, list[Line]]:
    """The comments of a page, the line with which their area begins (else the number of lines), and the lines from
    there on that belong to no comment: the heading, credits, footers."""
    tree = next((index for index in range(len(lines)) if _opens(lines, index)), len(lines))
    last, found = _walk(lines, tree)
    first, rest = tree, list(lines[last:])
    heading = _heading(lines)
    if heading is not None and not tree <= heading < last:
        first, (found, rest) = heading, _below(lines, heading + 1, headed=True)
        rest.insert(0, lines[heading])
    elif tree == len(lines) and (start := _run(lines)) is not None:
        first, (found, rest) = start, _below(lines, start, headed=False)
    comments = tuple(_comment(text, number, one) for number, one in enumerate(found))
    return comments, first, rest


def _heading(lines: Sequence[Line]) -> int | None:
    """The first heading with prose above it and comments below it."""
    prose = next((index for index, line in enumerate(lines) if _is_prose(line)), len(lines))
    headings = (index for index in range(prose + 1, len(lines)) if shapes.is_heading(lines[index].text))
    for index in islice(headings, MOST_HEADINGS):
        after = [place for place in range(index + 1, len(lines)) if not _is_footer(lines[place])]
        shaped = [_opens(lines, place) or bool(_shape(lines[place])) for place in after]
        if shapes.heads_comments(lines[index].text, [lines[place].text for place in after], shaped):
            return index
    return None


def _run(lines: Sequence[Line]) -> int | None:
    """Where a run of comments without a heading begins that goes on to the end of the page; at least two of them."""
    openings = [(index, found) for index, line in enumerate(lines) if (found := _shape(line))]
    last = len(lines)
    while last and _is_footer(lines[last - 1]):
        last -= 1
    run: list[tuple[int, Opening]] = []
    for index, found in reversed(openings):
        if (run[-1][0] if run else last) - index - 1 > LONGEST_COMMENT:
            break
        run.append((index, found))
    prose = next((index for index, line in enumerate(lines) if _is_prose(line)), len(lines))
    run = [(index, found) for index, found in reversed(run) if index > prose]
    if len(run) < 2:
        return None
    first = run[0][0]
    names = [found.author for _, found in run]
    if all(found.weak for _, found in run):
        said = [lines[index].text[found.start :] for index, found in run]
        listed = not (ends_sentence(lines[first - 1].text) or _is_footer(lines[first - 1]))
        if listed or lines[first - 1].text.endswith(":") or not shapes.is_chorus(names, said):
            return None
    return first if len(set(names)) > 1 else None


def _below(lines: Sequence[Line], first: int, *, headed: bool) -> tuple[list[_Open], list[Line]]:
    """The comments from a line to the end of the page, in any shape, and the lines that are in none."""
    found: list[_Open] = []
    rest: list[Line] = []
    path: list[int] = []
    is_open = False
    for index in range(first, len(lines)):
        line = lines[index]
        opened = _opened(lines, index, headed=headed)
        if opened and len(found) < MAX_COMMENTS:
            while path and found[path[-1]].indent >= opened.indent:
                path.pop()
            opened.parent, opened.depth = (path[-1] if path else None), len(path)
            found.append(opened)
            path.append(len(found) - 1)
            is_open = True
        elif not is_open or _is_footer(line):
            is_open = False
            rest.append(line)
        else:
            found[-1].body.append(line)
    return found, rest


def _opened(lines: Sequence[Line], index: int, *, headed: bool) -> _Open | None:
    """The comment that a line opens, its parent not known yet."""
    line = lines[index]
    if shape := _shape(line, headed=headed):
        own = line.text[shape.start :]
        start = line.span.start + shape.start
        body = [Line(Span(start, line.span.end), own, line.indent, False, False)] if own else []
        return _Open(line.indent + shape.marks, line, body, None, 0, (shape.author, shape.at))
    if _opens(lines, index):
        return _Open(line.indent, line, [], None, 0)
    following = lines[index + 1] if index + 1 < len(lines) else None
    short = len(line.text.split()) <= 3 and len(line.text) <= LONGEST_ALONE and not re.search(r"[.!?…:]$", line.text)
    if headed and line.gap and short and following and not following.gap and not shapes.is_heading(line.text):
        return _Open(line.indent, line, [], None, 0)  # a name by itself, the words below it
    return None


def _shape(line: Line, *, headed: bool = False) -> Opening | None:
    return shapes.opening(line.text, bullet=line.bullet, headed=headed)


def _is_prose(line: Line) -> bool:
    return len(line.text.split()) >= FEWEST_PROSE and ends_sentence(line.text)


def _is_footer(line: Line) -> bool:
    text = line.text
    return kinds.is_copyright(text) or kinds.is_padding(text) or (len(text) <= 1200 and bool(creditlines.line(text)))


def _opens(lines: Sequence[Line], index: int) -> bool:
    """Is this line the author of a comment?"""
    head = lines[index]
    if not head.bullet or index + 1 == len(lines) or not _is_author(head.text):
        return False
    if (shape := _shape(head)) and shape.start < len(head.text):
        return False  # its words stand beside the author
    return lines[index + 1].indent > head.indent


def _is_author(words: str) -> bool:
    if len(words) > LONGEST_AUTHOR + LONGEST_WHEN:
        return False
    name = _WHEN.sub("", words)
    return (
        len(name) <= LONGEST_AUTHOR
        and len(name.split()) <= 12
        and not re.search(r"(?<!\b[A-Z])[.!?;]$|[,;] [a-z]", name)
    )


def _walk(lines: Sequence[Line], first: int) -> tuple[int, list[_Open]]:
    found: list[_Open] = []
    path: list[int] = []
    index = first
    while index < len(lines) and len(found) < MAX_COMMENTS:
        line = lines[index]
        if line.indent < lines[first].indent or (line.indent == lines[first].indent and not line.bullet):
            break
        if _opens(lines, index):
            while path and found[path[-1]].indent >= line.indent:
                path.pop()
            found.append(_Open(line.indent, line, [], path[-1] if path else None, len(path)))
            path.append(len(found) - 1)
        else:
            while len(path) > 1 and found[path[-1]].indent >= line.indent:
                path.pop()
            found[path[-1]].body.append(line)
        index += 1
    return index, found


def _comment(text: str, number: int, one: _Open) -> Comment:
    author, at = one.author or _author(one.head.text)
    body = one.body
    span = Span(body[0].span.start, body[-1].span.end) if body else Span(one.head.span.end, one.head.span.end)
    parent = None if one.parent is None else f"k{one.parent + 1}"
    return Comment(f"k{number + 1}", author, _dedented(text, body), span, parent, one.depth, at)


def _dedented(text: str, body: Sequence[Line]) -> str:
    """The words as the reader wrote them: the tree's indentation gone, line ends and empty lines kept."""
    pieces: list[str] = []
    for line in body:
        if pieces:
            pieces.append("\n\n" if line.gap else "\n")
        bullet = text[line.span.start - 2 : line.span.start] if line.bullet else ""
        pieces.append(bullet + line.text)
    return "".join(pieces)


def _author(words: str) -> tuple[str | None, datetime | None]:
    """`Tado • November 8, 2017 at 3:12 pm GMT`: the name, and the time if it can be read."""
    words = _WHEN.sub("", words)
    for mark in _SEPARATOR.finditer(words):
        moment = dates.line(words[mark.end() :].rstrip(")"))
        if moment:
            return words[: mark.start()].strip() or None, moment.at
    return words.strip() or None, None
