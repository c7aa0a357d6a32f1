"""What the attributes of an element say about its part in a comment thread.

Themes and comment systems differ in markup but hardly in vocabulary: `comment-12`, `commentlist`, `vcard`, `children`.
Class names and ids are cut to lower-case words joined by hyphens, numbers become `#` (`li_Comment12` → `li-comment-#`),
and matched whole, so that `comment-count` or `comments-open` mean nothing. Sources of the names: the mark-up that
WordPress, Blogger, Movable Type, Typepad, Drupal, Squarespace, Disqus, Livefyre, Facebook, phpBB and vBulletin print,
and schema.org (Comment, UserComments).
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.html import HtmlElement

LONGEST_ID = 200
"""So much of an id or class name is looked at to tell its name from its number."""
LONGEST_NAME = 60
"""No theme has longer class names; the patterns need not look at them."""


class Mark:
    """A part in a thread, as a bit; one element may have several. Plain integers: `enum.Flag` is much slower."""

    NONE = 0
    ITEM = 1 << 0
    """One comment."""
    WEAK = 1 << 1
    """One comment, or the inside of one: a comment only where no other is open."""
    NUMBERED = 1 << 2
    """Its id is a comment's number, or schema.org says what it is: one comment beyond doubt."""
    AREA = 1 << 3
    """Holds comments."""
    LIST = 1 << 4
    """A list whose entries are comments."""
    DEEPER = 1 << 5
    """Holds the replies to the comment before or around it."""
    FORM = 1 << 6
    """Where one writes a comment."""
    NAME = 1 << 7
    """The author's name and no more."""
    AUTHOR = 1 << 8
    META = 1 << 9
    """Author, time and links: never text."""
    TIME = 1 << 10
    TEXT = 1 << 11
    """The reader's words and no more."""
    BODY = 1 << 12
    """The reader's words, perhaps with author, time and buttons."""
    ANCHOR = 1 << 13
    """Its id looks like a comment's number, but may be anything's."""
    CHROME = 1 << 14
    """Buttons, votes, pictures."""


_WHO = r"(?:[a-z]+-){0,2}"
_ROOM = r"(?:lists?|listing|area|section|threads?|stream|region|tree|template|tpl|holder|panel|root|module?|collection)"
_BOX = r"(?:wrap|wrapper|container|blocks?|box|content|inner|outer|main|body|pages?|group)"
_PREFIX = (
    r"(?!(?:inner|outer|post|submit|send|report|flag|delete|cancel|area|form|section)-)(?:[a-z]+-){0,2}"
    r"(?:li|div|js|user|reader)?"
)
_SUFFIX = r"(?:-(?:#|item|entry|post|odd|even|alt|parent|child|row|single|node|card|unit|li|reply|published))*"

_NAMES: dict[int, tuple[str, ...]] = {
    Mark.AREA: (
        rf"{_WHO}(?:comments|kommentare|leserkommentare)(?:-(?:#|{_ROOM}|{_BOX}))*",
        rf"{_WHO}(?:comments?|kommentar)-?{_ROOM}(?:-(?:#|{_ROOM}|{_BOX}))*",
        r"commentsbox|comments?-?blocks|commenting|disqus-thread|dsq-content|dsq-comments",
        r"(?:idc|livefyre|lf|fyre|fb|echo|isso|aol|hyvor)-(?:comments?|thread|head|noscript)",
    ),
    Mark.LIST: (
        rf"{_WHO}(?:comment|kommentare?)s?-?(?:list|listing|tree|stream)",
        r"(?:[a-z]+-)?comments|dsq-comments",
    ),
    Mark.FORM: (
        r"respond|comment-?respond|(?:[a-z]+-)*comments?-?form(?:-[a-z]+)*",
        r"(?:leave|add|write|post|new)-(?:a-)?(?:comment|reply)",
    ),
    Mark.DEEPER: (
        r"(?:[a-z]+-)?(?:comment-?)?(?:children|replies|responses|indented|reply-indent|nested|subcomments?|child-?comments?)"
        rf"(?:-(?:#|{_BOX}|list))*",
        r"thread-children|fb-feedback-replies",
    ),
    Mark.ITEM: (
        rf"{_PREFIX}(?:comment|kommentar){_SUFFIX}",
        r"comments?-alt|commentitem|lf-comment-container|fb-feedback-(?:post|reply)|postbit(?:legacy)?|coms|pingback|trackback",
    ),
    Mark.WEAK: (rf"{_WHO}(?:comment|kommentar)-?(?:{_BOX}|text|holder|message)(?:-#)?", r"(?:inner|outer)-comment"),
    Mark.NAME: (
        r"fn|nick(?:name)?|(?:lf-comment-)?user-?nick",
        r"(?:comment-?)?(?:author|user|display|commenter|screen|profile)-?name",
    ),
    Mark.AUTHOR: (
        r"author|poster|commenter|user|name|vcard|by|author-?link|usernick|uficommentactorname",
        r"(?:c-|dsq-)?(?:comments?-?)?(?:author|by)|(?:dsq-)?comments?-?(?:author|by|user|name|poster|cite)(?:-link)?",
    ),
    Mark.META: (
        r"meta|info|metadata|posted|signature|post-?(?:meta|info|header|footer)|user-?info|mini-profile",
        r"(?:dsq-)?comments?-?(?:meta-?(?:data)?|info|header|head|footer|foot|details|data|source|byline|top|posted)",
    ),
    Mark.TIME: (
        r"(?:comment-?|post-?|dsq-comment-)?(?:date|time|timestamp|datetime|published|when|ago|time-ago|posted-on|created)",
        r"comment-?date-?time|live-?timestamp",
    ),
    Mark.TEXT: (
        r"(?:comments?|dsq-comment|kommentar|ugccmt|post|c|reply|user|reader)-?(?:text|message|content|copy|msg)(?:-#)?",
        r"ugccmt-commenttext|message|text|entry-content|lf-body|uficommentbody",
    ),
    Mark.BODY: (
        r"content|body|entry|post-?body|(?:the-|dsq-)?comments?-?body(?:-#)?|comment-entry|post-?content|entry-body|bubble",
    ),
    Mark.CHROME: (
        r"(?:[a-z]+-)*(?:avatar|gravatar|photo|votes?|voting|ratings?|karma|likes?|dislikes?|share|sharing|permalink|flag|report"
        r"|actions?|tool(?:s|bar|box|tip)|mini-toolbox|buttons?|badges?|rank|score|moderation|controls)"
        r"(?:-(?:#|links?|count|box|button|bar|text))*",
        r"(?:comment-)?(?:reply|edit|quote|delete)(?:-(?:links?|button|to|text))*|says|screen-reader-text|counter|num",
        r"comment-?(?:number|count|counter|num|no|edit|links?|footer-links|awaiting-moderation|subject-link)",
    ),
}
_BOXED = Mark.ITEM | Mark.WEAK | Mark.NUMBERED
_ROOMY = Mark.AREA | Mark.LIST | Mark.DEEPER
_MEANINGS = {mark: re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) for mark, patterns in _NAMES.items()}
_ELSEWHERE = re.compile(
    r"\b(?:no|num|number|total|counts?|recent|latest|has|add|with|open|show|hide|view|toggle|popular|top|leave|write|new|edit"
    r"|your|last|see|read|links?|feed)\b"
)
"""Words by which a name speaks of comments that are elsewhere, or of none."""
_NUMBERED = re.compile(
    r"(?:(?:li|div|dsq|tree|discussion|the|node|item|article|post|ugccmt|lf)[-_])*"
    r"(?:comment|cmt|kommentar)[-_]?(?=[\w-]*\d)[\da-f_-]+",
    re.IGNORECASE,
)
_ANCHOR = re.compile(r"(?:c|comment-?)\d{3,}|\d{5,}")
_PROPERTIES = {
    "author": Mark.AUTHOR, "creator": Mark.AUTHOR, "name": Mark.NAME, "text": Mark.TEXT, "commenttext": Mark.TEXT,
    "datecreated": Mark.TIME, "datepublished": Mark.TIME, "commenttime": Mark.TIME, "uploaddate": Mark.TIME,
    "comment": Mark.ITEM | Mark.NUMBERED, "upvotecount": Mark.CHROME, "downvotecount": Mark.CHROME,
    "replytourl": Mark.CHROME, "image": Mark.CHROME,
}  # fmt: skip
_TAGS = {
    "cite": Mark.AUTHOR, "time": Mark.TIME, "header": Mark.META, "footer": Mark.META, "abbr": Mark.NONE,
    "button": Mark.CHROME, "label": Mark.CHROME, "option": Mark.CHROME, "select": Mark.CHROME, "textarea": Mark.CHROME,
}  # fmt: skip
_BOXES = frozenset(
    ["div", "li", "article", "section", "dt", "dd", "tr", "td", "table", "ul", "ol", "blockquote", "aside", "dl"]
)
_ROOMS = frozenset(["div", "section", "ul", "ol", "dl", "aside", "article", "table", "tbody", "td", "noscript"])


def marks(node: HtmlElement) -> int:
    """The parts that an element may play by its tag, class, id and microdata."""
    get = node.get
    return _marks(
        str(node.tag), get("class") or "", get("id") or get("name") or "", get("itemprop") or "", get("itemtype") or ""
    )


@lru_cache(maxsize=20_000)
def _marks(tag: str, classes: str, identity: str, properties: str, kind: str) -> int:
    if tag in ("html", "body", "head", "main", "h1"):
        return Mark.NONE
    mark = _TAGS.get(tag, Mark.NONE)
    for name in classes.split():
        mark |= _meaning(plain(name))
    mark |= _meaning(plain(identity)) if identity else Mark.NONE
    for name in properties.lower().split():
        mark |= _PROPERTIES.get(name, Mark.NONE)
    if kind.rstrip("/").rsplit("/", 1)[-1] in ("Comment", "UserComments"):
        mark |= Mark.ITEM | Mark.NUMBERED
    if _NUMBERED.fullmatch(identity):
        mark |= Mark.ITEM | Mark.NUMBERED
    if tag in ("a", "div") and _ANCHOR.fullmatch(identity):
        mark |= Mark.ANCHOR
    if tag not in _BOXES:
        mark &= ~_BOXED if tag != "a" or not _NUMBERED.fullmatch(identity) else ~(Mark.ITEM | Mark.WEAK)
    if tag not in _ROOMS:
        mark &= ~_ROOMY
    if mark & Mark.ITEM:  # `<div class="comment comments">`: the narrower word counts
        mark &= ~(Mark.AREA | Mark.LIST)
    elif mark & Mark.AREA:
        mark &= ~Mark.WEAK
    return mark


@lru_cache(maxsize=20_000)
def _meaning(name: str) -> int:
    mark = Mark.NONE
    if len(name) > LONGEST_NAME:
        return mark
    for meaning, pattern in _MEANINGS.items():
        if pattern.fullmatch(name):
            mark |= meaning
    return mark & ~(_BOXED | Mark.AREA | Mark.LIST) if _ELSEWHERE.search(name) else mark


@lru_cache(maxsize=20_000)
def plain(name: str) -> str:
    """`Comment_12`, `li-comment-6a00d83451` and `commentList` as `comment-#`, `li-comment-#` and `comment-list`."""
    name = _HUMP.sub("-", name[:LONGEST_ID]).lower().replace("_", "-").strip("-")
    return _NUMBER.sub("-#", name)


_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NUMBER = re.compile(r"(?:-(?=[\da-f]*\d)[\da-f]{6,}+|-?\d++)(?:-(?=[\da-f]*\d)[\da-f]++)*+$")
