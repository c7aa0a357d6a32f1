"""Words of a text with their spans, cut as the Universal Dependencies treebanks cut them (clitics and hyphens apart).

Comes in: a text and a span in it. Goes out: spans of words and marks, whitespace left out. Linear time; never fails.
"""

from __future__ import annotations

import re

from whosays.nouns import Span

_WORD = re.compile(
    r"""
      \d+(?:[.,:/]\d+)*(?:st|nd|rd|th)?(?![^\W\d_])          # 1,300  7:30  15/02  3rd
    | (?:[^\W\d_]\.){2,}                                     # U.S.  a.m.
    | [nN](?:'|’)[tT]\b                                      # n't, when what is before it was cut there
    | (?:'|’)(?:s|S|re|RE|ve|VE|ll|LL|d|D|m|M)\b             # 's 're 've
    | [^\W_]+?(?=[nN](?:'|’)[tT]\b)                          # did|n't
    | [^\W_]+(?:(?:'|’|ʼ|‘|`|ʿ|ʾ)[^\W\d_]{2,}(?<!['’]re)(?<!['’]ve)(?<!['’]ll))*   # Qa'im, Da’esh, O'Neill
    | \.{2,} | -{2,}
    | \S                                                     # any other mark
    """,
    re.VERBOSE,
)


def tokenize(text: str, span: Span) -> list[Span]:
    """Spans of the tokens within `span`.

    >>> s = "Assad's army didn't enter rebel-held Al-Qa'im on Nov. 3."
    >>> [t.of(s) for t in tokenize(s, Span(0, len(s)))]
    ['Assad', "'s", 'army', 'did', "n't", 'enter', 'rebel', '-', 'held', 'Al', '-', "Qa'im", 'on', 'Nov', '.', '3', '.']
    """
    return [Span(m.start(), m.end()) for m in _WORD.finditer(text, span.start, span.end)]
