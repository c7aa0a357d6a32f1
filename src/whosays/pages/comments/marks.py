"""What the attributes of an element say about its part in a comment thread.

Themes and comment systems differ in markup but hardly in vocabulary: `comment-12`, `commentlist`, `vcard`, `children`.
Class names and ids are cut to lower-case words joined by hyphens, numbers become `#` (`li_Comment12` → `li-comment-#`),
and matched whole, so that `comment-count` or `comments-open` mean nothing. Sources of the names: the mark-up that
WordPress, Blogger, Movable Type, Typepad, Drupal, Squarespace, Disqus, Livefyre, Facebook, phpBB and vBulletin print,
and schema.org (Comment, UserComments).
"""

from __future__ import annotations

import re
from enum import Flag, auto
from functools import lru_cache

from lxml.html import HtmlElement


class Mark(Flag):
    """A part in a thread. One element may have several."""

    NONE = 0
    ITEM = auto()
    """One comment."""
    WEAK = auto()
    """One comment, or the inside of one: a comment only where no other is open."""
    NUMBERED = auto()
    """Its id is a comment's number, or schema.org says what it is: one comment beyond doubt."""
    AREA = auto()
    """Holds comments."""
    LIST = auto()
    """A list whose entries are comments."""
    DEEPER = auto()
    """Holds the replies to the comment before or around it."""
    FORM = auto()
    """Where one writes a comment."""
    NAME = auto()
    """The author's name and no more."""
    AUTHOR = auto()
    META = auto()
    """Author, time and links: never text."""
    TIME = auto()
    TEXT = auto()
    """The reader's words and no more."""
    BODY = auto()
    """The reader's words, perhaps with author, time and buttons."""
    CHROME = auto()
    """Buttons, votes, pictures."""


_NOT = r"(?!(?:no|num|number|total|count|recent|latest|has|add|with|open|show|hide|view|toggle|popular|leave|write|new|edit|your|last|see|read)-)"
_ROOM = (
    "list|lists|listing|area|section|thread|threads|stream|region|feed|tree|template|holder|region|panel|root|module"
)
_BOX = "wrap|wrapper|container|block|blocks|box|content|inner|outer|main|tpl|body|page|pages|group|content-list|block-holder"
_WHO = r"(?:[a-z]+-){0,2}"

_NAMES: tuple[tuple[Mark, str], ...] = (
    (Mark.AREA, rf"{_NOT}{_WHO}(?:comments|kommentare|leserkommentare)(?:-(?:#|{_ROOM}|{_BOX}))*"),
    (Mark.AREA, rf"{_NOT}{_WHO}(?:comments?|kommentar)-?(?:{_ROOM})(?:-(?:#|{_ROOM}|{_BOX}))*"),
    (Mark.AREA, r"comments?-(?:block|section)|commentsblock|commentsection|commentsection|commentarea|commenting"),
    (
        Mark.AREA,
        r"disqus-thread|dsq-(?:content|comments)|(?:idc|livefyre|lf|fyre|fb|echo|isso|aol|hyvor)-(?:comments?|thread|head|noscript)",
    ),
    (
        Mark.LIST,
        rf"{_WHO}(?:comments?|kommentare?)s?-?(?:list|listing|tree|stream)|{_NOT}(?:[a-z]+-)?comments|dsq-comments",
    ),
    (
        Mark.FORM,
        r"respond|comment-?respond|(?:[a-z]+-)*comments?-?form(?:-[a-z]+)*|(?:leave|add|write|post|new)-(?:a-)?(?:comment|reply)",
    ),
    (
        Mark.DEEPER,
        r"(?:[a-z]+-)?(?:comment-?)?(?:children|replies|responses|indented|reply-indent|nested|subcomments?|child-?comments?|thread-children|fb-feedback-replies)(?:-(?:#|list|wrap|wrapper|container))*",
    ),
    (
        Mark.ITEM,
        rf"{_NOT}(?:(?:li|div|dsq|js|the|single|user|reader|readers|ugccmt|lf|p|fb|ufi|isso|main|article|blog|media|sub|child|reply|root|parent)-?)?(?:comment|kommentar)(?:-(?:#|item|entry|post|odd|even|alt|parent|child|row|single|node|card|unit|li|reply|published))*",
    ),
    (
        Mark.ITEM,
        r"comments?-alt|commentitem|lf-comment-container|pingback|trackback|fb-feedback-(?:post|reply)|postbit(?:legacy)?|post-?container|comment-thread-item|coms",
    ),
    (
        Mark.WEAK,
        r"(?:comments?|kommentar|discussion)-?(?:wrap|wrapper|container|box|block|body|inner|main|content|text|holder|message)(?:-#)?",
    ),
    (
        Mark.NAME,
        r"fn|author-?name|(?:comment-?)?(?:author-?name|user-?name|display-?name|commenter-?name|screen-?name)|nick(?:name)?|user-?nick|lf-comment-user-nick|profile-?name",
    ),
    (
        Mark.AUTHOR,
        r"author|poster|commenter|user|name|vcard|by|(?:dsq-)?comment(?:s)?-?(?:author|by|user|name|poster|cite)|comment-author-link|author-link|authorlink|usernick|uficommentactorname|comment-?header-?author",
    ),
    (
        Mark.META,
        r"meta|info|metadata|posted|(?:dsq-)?comment-?(?:meta|metadata|info|header|head|footer|foot|details|data|source|byline|top)|commentmetadata|post-?(?:meta|info|header|footer)|comment-?meta-?data|small|user-?info|mini-profile|dsq-comment-header",
    ),
    (
        Mark.TIME,
        r"(?:comment-?|post-?|dsq-comment-)?(?:date|time|timestamp|datetime|posted|published|when|ago|time-ago|posted-on|created)|comment-?date-?time|live-?timestamp",
    ),
    (
        Mark.TEXT,
        r"(?:comments?|dsq-comment|kommentar|ugccmt|post|c|reply|user|reader)-?(?:text|message|content|copy|msg)(?:-#)?|commenttext|message|text|entry-content|lf-body|md|quote-content|post-?body|uficommentbody|commentbody-text|the-comment-text|comment-p",
    ),
    (
        Mark.BODY,
        r"content|body|entry|(?:dsq-)?comments?-?body(?:-#)?|the-comment-body|comment-entry|post-?content|entry-body|commentsbody|bubble",
    ),
    (
        Mark.CHROME,
        r"says|avatar|(?:[a-z]+-)*(?:avatar|gravatar|photo|votes?|voting|rating|ratings|karma|likes?|dislikes?|share|sharing|permalink|flag|report|actions?|tools|toolbar|toolbox|buttons?|badge|badges|rank|score|moderation|controls|tooltip|mini-toolbox|rate)(?:-(?:#|link|links|count|box|button|bar|text))*",
    ),
    (
        Mark.CHROME,
        r"(?:comment-)?(?:reply|edit|quote|delete|permalink)(?:-(?:link|links|button|to|text))*|screen-reader-text|counter|comment-?(?:number|count|counter|num|footer-links|awaiting-moderation|edit|links?|subject-link)|num|like-?button",
    ),
)
_MEANINGS = tuple((mark, re.compile(pattern)) for mark, pattern in _NAMES)
_NUMBERED = re.compile(
    r"(?:(?:li|div|dsq|tree|discussion|the|node|item|article|post|div-?li|ugccmt|lf)[-_])*"
    r"(?:comment|cmt|kommentar|lf_comment)[-_]?(?=[\w-]*\d)[\da-f_-]+",
    re.IGNORECASE,
)
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
_BOXES = frozenset("div li article section dt dd tr td table ul ol blockquote aside dl".split())
_ROOMS = frozenset("div section ul ol dl aside article table tbody td span noscript".split())
_BOXED = Mark.ITEM | Mark.WEAK | Mark.NUMBERED
_ROOMY = Mark.AREA | Mark.LIST | Mark.DEEPER


def marks(node: HtmlElement) -> Mark:
    """The parts that an element may play by its tag, class, id and microdata."""
    get = node.get
    return _marks(
        str(node.tag), get("class") or "", get("id") or get("name") or "", get("itemprop") or "", get("itemtype") or ""
    )


@lru_cache(maxsize=20_000)
def _marks(tag: str, classes: str, identity: str, properties: str, kind: str) -> Mark:
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
    if tag not in _BOXES:
        mark &= ~_BOXED if tag != "a" or not _NUMBERED.fullmatch(identity) else ~(Mark.ITEM | Mark.WEAK)
    if tag not in _ROOMS:
        mark &= ~_ROOMY
    if Mark.ITEM in mark:  # `<div class="comment comments">`: the narrower word counts
        mark &= ~(Mark.AREA | Mark.LIST)
    return mark


@lru_cache(maxsize=20_000)
def _meaning(name: str) -> Mark:
    mark = Mark.NONE
    for meaning, pattern in _MEANINGS:
        if pattern.fullmatch(name):
            mark |= meaning
    return mark


def plain(name: str) -> str:
    """`Comment_12`, `li-comment-6a00d83451` and `commentList` as `comment-#`, `li-comment-#` and `comment-list`."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower().replace("_", "-").strip("-")
    return re.sub(r"(?:-(?=[\da-f]*\d)[\da-f]{6,}|-?\d+)(?:-[\da-f]*\d[\da-f]*)*$", "-#", name)
