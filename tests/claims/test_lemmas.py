"""A trigger fires in all its forms: what the lexicon names as a lemma is what the reader makes of its forms."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.language.test_lemmas import ENGLISH
from whosays.claims import lexicon

VERBS = sorted(
    {verb for type_ in lexicon().types.values() for one in type_.triggers for verb in one.verb if verb.isalpha()}
)


def forms(verb: str) -> Iterator[tuple[str, str]]:
    """(form, tag) of a regular verb; of those that double their last letter both spellings."""
    if re.search("[^aeiou]y$", verb):
        yield from ((verb[:-1] + "ied", "VBD"), (verb + "ing", "VBG"), (verb[:-1] + "ies", "VBZ"))
        return
    yield verb + ("es" if re.search("(s|sh|ch|x|zz|tz)$", verb) else "s"), "VBZ"
    stem = verb.removesuffix("e") if not verb.endswith("ee") else verb
    single = re.fullmatch("[^aeiou]*[aeiou][^aeiouwxy]", verb)
    if not single:
        yield from ((stem + "ed", "VBD"), (verb[:-2] + "ying" if verb.endswith("ie") else stem + "ing", "VBG"))
    if single or re.search("[^aeiou][aeiou]l$", verb):
        yield from ((verb + verb[-1] + "ed", "VBN"), (verb + verb[-1] + "ing", "VBG"))


@pytest.mark.parametrize("verb", VERBS)
def test_every_form_of_a_trigger_is_known(verb: str) -> None:
    wrong = {form: lemma for form, tag in forms(verb) if (lemma := ENGLISH.lemma(form, tag)) != verb}
    assert not wrong, f"add `{verb}` to verbs.yml of the language pack"


def test_no_trigger_has_a_hyphen() -> None:
    """The tokenizer splits there: it would never fire."""
    lemmas = {lemma for type_ in lexicon().types.values() for one in type_.triggers for lemma in one.lemmas}
    assert not {lemma for lemma in lemmas if "-" in lemma}
