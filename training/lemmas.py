"""Tables for the lemmatizer, from the treebanks' training splits: verbs, and the forms that its rules get wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from training.documents import Document
from whosays.language.lemmas import Lemmatizer


def tables(documents: Sequence[Document]) -> tuple[dict[str, str], list[str]]:
    """(exceptions, verbs). Rare exceptions are kept for verbs alone: elsewhere they are mostly slips."""
    rows = [
        (word.lower().replace("’", "'"), s) for d in documents for word, s in zip(d.words, d.syntax or (), strict=False)
    ]
    verbs = sorted({s.lemma for _, s in rows if s.tag.startswith("V") and s.lemma.isalpha()})
    rules = Lemmatizer({}, verbs)
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for form, s in rows:
        if any(letter.isalpha() for letter in form):
            seen[form, s.tag][s.lemma] += 1
    exceptions: dict[str, str] = {}
    for (form, tag), counts in sorted(seen.items()):
        lemma, n = counts.most_common(1)[0]
        if rules.rule(form, tag) != lemma and (n > 1 or tag.startswith("V")):
            exceptions[f"{form}/{tag}"] = lemma
    return exceptions, verbs
