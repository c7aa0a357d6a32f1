"""Language: an Article becomes a Reading (sentences, tokens, attributions).

One public verb, `parse(article, pack)`. Comes in: an Article in the pack's language. Goes out: a Reading whose spans are code
points of `article.text`; only headline, paragraphs and captions are read, comments never. Deterministic, linear in length.
Does not: resolve anything to the world (places, actors, times do), or decide what is claimed (claims does).
"""

from __future__ import annotations

from whosays.language import attribution, phrases, quotes, sentences, tagger
from whosays.language.packs import PACKS, Pack, pack
from whosays.language.tokens import tokenize
from whosays.nouns import CLAIM_PARTS, Article, Mention, Part, PartKind, Reading, Sentence, Span, Token
from whosays.text import trim

__all__ = ["PACKS", "Pack", "pack", "parse"]

LONGEST = 400
"""Tokens of one sentence; a longer run without a full stop is read in pieces of this length."""


def parse(article: Article, pack: Pack) -> Reading:
    """What the words of an article are, and who says what in it. Never raises on any text; an empty text gives an empty Reading."""
    read = tagger.load(pack.package, "tagger.bin")
    found: list[Sentence] = []
    tokens: list[Token] = []
    mentions: list[Mention] = []
    spans = [_body(article, part) for part in article.parts if part.kind in CLAIM_PARTS]
    kinds = [part.kind for part in article.parts if part.kind in CLAIM_PARTS]
    for span, kind in zip(spans, kinds, strict=True):
        for piece in sentences.split(article.text, span, abbreviations=pack.abbreviations):
            for words in _pieces(tokenize(article.text, piece)):
                start = len(tokens)
                tags = _tagged(read, [word.of(article.text) for word in words])
                line = [Token(w, lemma, tagger.upos(tag), tag) for w, (tag, lemma) in zip(words, tags, strict=True)]
                tokens += line
                mentions += [
                    Mention(Span(line[a].span.start, line[b - 1].span.end), "Phrase")
                    for a, b in phrases.chunk(article.text, line)
                ]
                found.append(Sentence(Span(words[0].start, words[-1].end), kind, (start, len(tokens))))
    quoted = quotes.find(article.text, spans)
    attributions = attribution.find(article.text, found, tokens, quoted, spans, pack)
    return Reading(article, tuple(found), tuple(tokens), tuple(mentions), attributions, pack.name)


def _tagged(read: tagger.Tagger, words: list[str]) -> list[tuple[str, str]]:
    """Tags and lemmas. Capitals in a line of small letters are names (`IS`, `UN`); in a line set In Title Case, verbs and small
    words are told by their lower-case forms."""
    tags = read.tag(words)
    letters = [word for word in words if word.isalpha()]
    if sum(word[0].isupper() for word in letters) < 0.7 * len(letters) or len(letters) < 3:
        return [
            ("NNP", w.lower()) if w.isupper() and 1 < len(w) < 6 and w.isalpha() else t
            for w, t in zip(words, tags, strict=True)
        ]
    lowered = read.tag([word.lower() for word in words])
    return [low if low[0][0] in "VIRMCTD" else (high[0], low[1]) for low, high in zip(lowered, tags, strict=True)]


def _body(article: Article, part: Part) -> Span:
    """The part without the dateline that opens it."""
    start = part.span.start
    for other in article.parts:
        if other.kind is PartKind.DATELINE and part.span.holds(other.span):
            start = other.span.end
    return Span(*trim(article.text, start, part.span.end, also="–—-:"))


def _pieces(words: list[Span]) -> list[list[Span]]:
    return [words[i : i + LONGEST] for i in range(0, len(words), LONGEST)]
