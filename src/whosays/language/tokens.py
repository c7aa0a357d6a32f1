"""Words of a text with their spans, cut as the Universal Dependencies treebanks cut them: clitics and hyphens apart, the full stop of an
abbreviation with it, addresses and runs of one mark whole.

Comes in: a text, a span in it, the pack's abbreviations. Goes out: spans of words and marks, whitespace left out. Linear time;
never fails.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from whosays.nouns import Span

_WORD = re.compile(
    r"""
      (?:https?://|www\.)[^\s<>"”]*[^\s<>"”.,;:!?)\]’']           # addresses
    | \d+(?:[.,:/]\d+)*(?:st|nd|rd|th)?(?![^\W_])            # 1,300  7:30  15/02  3rd
    | (?:[^\W\d_]\.){2,}                                     # U.S.  a.m.
    | [cC]an(?=not\b) | (?<=[cC]an)not\b                     # can|not
    | [nN](?:'|’)[tT]\b                                      # n't, when what is before it was cut there
    | (?:'|’)(?:s|S|re|RE|ve|VE|ll|LL|d|D|m|M)\b             # 's 're 've
    | [^\W_]+?(?=[nN](?:'|’)[tT]\b)                          # did|n't
    | [^\W_]+(?:(?:'|’|ʼ|‘|`|ʿ|ʾ)[^\W\d_]{2,}(?<!['’]re)(?<!['’]ve)(?<!['’]ll))*   # Qa'im, Da’esh, O'Neill
    | \.{2,} | -{2,} | [!?]{2,} | _{2,} | \*{2,} | ={2,}
    | \S                                                     # any other mark
    """,
    re.VERBOSE,
)


def tokenize(text: str, span: Span, *, abbreviations: Collection[str] = ()) -> list[Span]:
    """Spans of the tokens within `span`. A full stop at its end is a token of its own whatever stands before it.

    >>> s = "Assad's army didn't enter rebel-held Al-Qa'im on Nov. 3."
    >>> [t.of(s) for t in tokenize(s, Span(0, len(s)), abbreviations={"nov"})]
    ['Assad', "'s", 'army', 'did', "n't", 'enter', 'rebel', '-', 'held', 'Al', '-', "Qa'im", 'on', 'Nov.', '3', '.']
    """
    found: list[Span] = []
    for match in _WORD.finditer(text, span.start, span.end):
        start, end = match.span()
        before = found[-1] if found else None
        if (
            match.group() == "."
            and end < span.end
            and before is not None
            and before.end == start
            and before.of(text).lower() in abbreviations
        ):
            found[-1] = Span(before.start, end)
        else:
            found.append(Span(start, end))
    return found
