"""Lemmas of English words, by tag: exceptions looked up, inflection undone by rule.

Lemmas are lower case, those of names too. The tables are made from the treebanks by training/lemmas.py; verbs.yml of the pack
adds what they have too seldom. A head of the network was tried for this and was worse on just the verbs that matter
(`killed` → `kille`): the network sees meaning, not letters.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import pairwise

REMEMBERED = 50_000
"""Words of which the lemma is kept."""


class Lemmatizer:
    """`exceptions`: form/tag → lemma; `verbs`: lemmas that a stem may be."""

    def __init__(self, exceptions: Mapping[str, str], verbs: Collection[str]) -> None:
        self._exceptions, self._verbs = exceptions, frozenset(verbs)
        self._known: dict[tuple[str, str], str] = {}

    def lemma(self, word: str, tag: str) -> str:
        """The lemma of a word that has this Penn Treebank tag."""
        known = self._known.get((word, tag))
        if known is None:
            if len(self._known) >= REMEMBERED:
                self._known = {}
            known = self._known[word, tag] = self._lemma(word, tag)
        return known

    def _lemma(self, word: str, tag: str) -> str:
        form = word.lower().replace("’", "'")
        for known in (tag, _TWIN.get(tag)):
            if (lemma := self._exceptions.get(f"{form}/{known}")) is not None:
                return lemma
        return self.rule(form, tag)

    def rule(self, form: str, tag: str) -> str:
        """The same without the exceptions."""
        slipped = (
            tag in ("VBD", "VBN") and form.endswith("s") and form[:-1] in self._verbs
        )  # `condemns`, tagged as a participle
        if slipped or tag in ("NNS", "NNPS", "VBZ"):
            return _singular(form)
        if tag in ("VBD", "VBN") and form.endswith("ed") and len(form) > 4:
            return form[:-3] + "y" if form.endswith("ied") else self._stem(form[:-2])
        if tag == "VBG" and form.endswith("ing") and len(form) > 5:
            return self._stem(form[:-3])
        return form

    def _stem(self, stem: str) -> str:
        """`captur` → capture, `bomb` → bomb, `stopp` → stop."""
        undoubled = stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem
        for candidate in (stem, stem + "e", undoubled):
            if candidate in self._verbs:
                return candidate
        if undoubled != stem and (stem[-1] not in "sl" or (stem[-1] == "l" and _syllables(stem) > 1)):
            return undoubled  # `repelled`, but `killed`
        silent = stem[-1] in "cvuz" or stem.endswith(_SILENT) or (stem[-1] == "l" and stem[-2:-1] not in "aeioul")
        return stem + "e" if silent else stem


_SILENT = ("at", "ur", "as", "is", "us", "ls", "ns", "rs", "ps", "rg", "dg", "ud", "uk", "or", "af", "ag")
"""Ends of stems that have lost an `e`, as a rule: `repuls`, `rebuk`, `paus`; those that have not are known verbs (`focus`)."""


def _syllables(stem: str) -> int:
    return sum(a not in "aeiou" and b in "aeiou" for a, b in pairwise(f" {stem}"))


_TWIN = {"VBD": "VBN", "VBN": "VBD", "VB": "VBP", "VBP": "VB", "NNS": "NNPS", "NNPS": "NNS"}
"""Tags of which one form mostly has the same lemma."""


def _singular(form: str) -> str:
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    if form.endswith(("sses", "shes", "ches", "xes", "zzes", "tzes")):
        return form[:-2]
    return form[:-1] if form.endswith("s") and not form.endswith(("ss", "us", "is")) else form
