"""Word classes and lemmas for the baseline reader: a greedy averaged perceptron, trained by training/tagger.py.

Comes in: the words of one sentence. Goes out: one (Penn tag, lemma) per word. The method is the averaged perceptron of
Collins (2002) with the features that Honnibal made common; what is ours is the training data (training/CARD.md) and the
copies of sentences in Title Case and CAPITALS, because headlines are where much of our news stands.
The model of step 2 replaces this file; `Token` stays.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import msgspec
import yaml

from whosays.errors import AssetError

START = ("-START-", "-START2-")
END = ("-END-", "-END2-")


class Weights(msgspec.Struct):
    """What training writes and the reader loads."""

    tags: list[str]
    features: dict[str, dict[int, float]]
    """Feature → index of tag → weight."""
    certain: dict[str, int]
    """Words that always had one tag in training (lower case)."""
    lemmas: dict[str, str]
    """`form/class` → lemma, where the rules below get it wrong; class is the first letter of the tag."""
    verbs: list[str]
    """Verb lemmas seen in training: they decide between `bomb` and `bombe` for `bombed`."""


@cache
def load(package: str, name: str) -> Tagger:
    """The tagger whose weights lie in a package (beside irregular.yml), read once. AssetError: missing or damaged."""
    try:
        raw = zlib.decompress(files(package).joinpath(name).read_bytes())
        weights = msgspec.msgpack.decode(raw, type=Weights)
        irregular = yaml.safe_load(files(package).joinpath("irregular.yml").read_text("utf-8"))
        forms = {form: lemma for lemma, both in irregular.items() for form in both}
        weights.lemmas |= {f"{form}/V": lemma for form, lemma in forms.items()}
        return Tagger(weights, forms)
    except (OSError, zlib.error, msgspec.DecodeError) as error:
        raise AssetError(f"{package}/{name}: cannot be read ({error}); install whosays again") from error


class Tagger:
    """Weights in the form in which they are used."""

    def __init__(self, weights: Weights, irregular: Mapping[str, str] = MappingProxyType({})) -> None:
        """`irregular`: form → lemma of verbs that are hardly anything else."""
        self._weights, self._irregular = weights, irregular
        self._lemmatizer = Lemmatizer(weights.lemmas, frozenset(weights.verbs))

    def tag(self, words: Sequence[str]) -> list[tuple[str, str]]:
        """(Penn tag, lemma) of each word of one sentence."""
        weights = self._weights
        tagged: list[tuple[str, str]] = []
        context = [*START, *map(normalize, words), *END]
        before, before2 = START
        for i, word in enumerate(words):
            certain = weights.certain.get(word.lower())
            if certain is None:
                scores = [0.0] * len(weights.tags)
                for feature in features(i, word, context, before, before2):
                    for index, weight in weights.features.get(feature, {}).items():
                        scores[index] += weight
                certain = max(range(len(scores)), key=scores.__getitem__)
            tag = weights.tags[certain]
            tagged.append((tag, self._lemmatizer.lemma(word, tag)))
            before2, before = before, tag
        return self._verbs(words, tagged)

    def _verbs(self, words: Sequence[str], tagged: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Verb forms that training saw too seldom: `were injured` (no adjective), `the army withdrew` (no noun)."""
        for i, word in enumerate(words):
            tag, before = tagged[i][0], tagged[i - 1][1] if i else ""
            lemma = self._irregular.get(word.lower())
            if lemma is not None and tag in ("NN", "JJ", "NNP"):
                tagged[i] = ("VBN" if before in ("be", "have") else "VBD", lemma)
            elif tag == "JJ" and before == "be" and word.endswith("ed"):
                lemma = self._lemmatizer.rule(word.lower(), "VBN")
                tagged[i] = ("VBN", lemma) if lemma in self._weights.verbs else tagged[i]
        return tagged


def normalize(word: str) -> str:
    if word[0].isdigit():
        return "!YEAR" if len(word) == 4 and word.isdigit() else "!NUM"
    return word.lower()


def shape(word: str) -> str:
    """`UPPER`, `Title`, `lower`, `miXed` or `other`."""
    if not word.isalpha():
        return "other"
    if word.islower():
        return "lower"
    if word.isupper():
        return "UPPER" if len(word) > 1 else "Title"
    return "Title" if word[0].isupper() and word[1:].islower() else "miXed"


def features(i: int, word: str, context: Sequence[str], before: str, before2: str) -> list[str]:
    """What the perceptron sees of word `i`; `context` is the normalized sentence with two marks at either end."""
    i += 2
    here, last, after = context[i], context[i - 1], context[i + 1]
    form = shape(word)
    return [
        "b",
        "s3 " + here[-3:],
        "s2 " + here[-2:],
        "p1 " + here[:1],
        "c " + form,
        "cp " + form + " " + before,
        "t1 " + before,
        "t2 " + before2,
        "tt " + before + " " + before2,
        "w " + here,
        "tw " + before + " " + here,
        "w1 " + last,
        "e1 " + last[-3:],
        "w2 " + context[i - 2],
        "n1 " + after,
        "ne1 " + after[-3:],
        "n2 " + context[i + 2],
        "wn " + here + " " + after,
    ]


_UPOS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "PRP": "PRON", "PRP$": "PRON", "WP": "PRON", "WP$": "PRON",
    "EX": "PRON", "DT": "DET", "PDT": "DET", "WDT": "PRON", "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ", "RB": "ADV", "RBR": "ADV",
    "RBS": "ADV", "WRB": "ADV", "IN": "ADP", "RP": "ADP", "TO": "PART", "POS": "PART", "CC": "CCONJ", "CD": "NUM", "MD": "AUX",
    "UH": "INTJ", "VB": "VERB", "VBD": "VERB", "VBG": "VERB", "VBN": "VERB", "VBP": "VERB", "VBZ": "VERB", "FW": "X", "AFX": "ADJ",
}  # fmt: skip


def upos(tag: str) -> str:
    """Universal word class of a Penn tag (auxiliary uses of be, have and do are VERB here: no parser has told them apart)."""
    return _UPOS.get(tag, "PUNCT")


class Lemmatizer:
    """English inflection undone by rule, exceptions looked up."""

    def __init__(self, exceptions: dict[str, str], verbs: frozenset[str]) -> None:
        self._exceptions, self._verbs = exceptions, verbs

    def lemma(self, word: str, tag: str) -> str:
        form = word.lower().replace("’", "'")
        known = self._exceptions.get(f"{form}/{tag[0]}")
        if known is not None:
            return known
        return self.rule(form, tag)

    def rule(self, form: str, tag: str) -> str:
        if tag in ("NNS", "NNPS", "VBZ"):
            return _singular(form)
        if tag in ("VBD", "VBN") and form.endswith("ed") and len(form) > 4:
            return "y".join((form[:-3], "")) if form.endswith("ied") else self._stem(form[:-2])
        if tag == "VBG" and form.endswith("ing") and len(form) > 5:
            return self._stem(form[:-3])
        return form

    def _stem(self, stem: str) -> str:
        """`captur` → capture, `bomb` → bomb, `stopp` → stop."""
        undoubled = stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem
        for candidate in (stem, stem + "e", undoubled):
            if candidate in self._verbs:
                return candidate
        if undoubled != stem and stem[-1] not in "sl":
            return undoubled
        return stem + "e" if stem[-1] in "cvuz" or stem.endswith(("at", "ur", "as", "is", "rg", "dg")) else stem


def _singular(form: str) -> str:
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    if form.endswith(("sses", "shes", "ches", "xes", "zes")):
        return form[:-2]
    return form[:-1] if form.endswith("s") and not form.endswith(("ss", "us", "is")) else form
