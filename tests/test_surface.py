"""The public surface: the verbs that whosays/__init__.py lists are there, documented, and nothing else."""

from __future__ import annotations

import inspect

import pytest

import whosays


@pytest.mark.parametrize("verb", whosays.__all__)
def test_verbs_are_there_and_documented(verb: str) -> None:
    function = getattr(whosays, verb)
    assert inspect.isfunction(function)
    assert inspect.getdoc(function)
    assert whosays.__doc__ is not None
    assert f"\n    {verb}(" in whosays.__doc__


def test_other_names_are_refused_with_the_list() -> None:
    with pytest.raises(AttributeError, match="read_page"):
        whosays.everything  # noqa: B018
