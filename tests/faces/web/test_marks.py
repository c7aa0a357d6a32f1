"""An article's text cut at its claims: nothing is lost, nothing nests, whatever overlaps."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as tree

from tests.making import extract, make_article, make_claim
from whosays import wire
from whosays.faces.safe import shown
from whosays.faces.web import marks, rendering
from whosays.nouns import PartKind, Polarity

HOSTILE = ["<script>", "&amp;", "‮", "\x00", "א", "دمشق", "“", "\r\n", "\U0001f4a3", '"', "</p>"]


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, list[wire.Part], list[wire.Claim]]:
    """A text, parts that lie beside each other with gaps between, claims anywhere in it."""
    pieces = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(codec="utf-8"), max_size=9))
    text = "".join(draw(st.lists(pieces, min_size=1, max_size=25))) or "x"
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    kinds = st.sampled_from([PartKind.HEADLINE, PartKind.PARAGRAPH, PartKind.CAPTION, PartKind.OTHER])
    parts = [wire.Part(draw(kinds), a, b, None) for a, b in list(pairwise(cuts))[::2]]
    model = wire.claim(make_claim(make_article("Taken, said A."), "Taken", source="A", actor="A"))
    claims = []
    for number in range(draw(st.integers(0, 6))):
        a, b = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        c, d = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        claims.append(changed(model, f"id{number}", (a, b), (c, d)))
    return text, parts, claims


def changed(model: wire.Claim, id_: str, evidence: tuple[int, int], cue: tuple[int, int]) -> wire.Claim:
    import msgspec

    built = msgspec.to_builtins(model)
    built |= {"id": id_}
    built["evidence"] |= {"start": evidence[0], "end": evidence[1]}
    built["spans"] |= {"cue": cue}
    built["source"] |= {"start": cue[0], "end": cue[1]}
    return msgspec.convert(built, wire.Claim)


@given(articles())
def test_the_pieces_joined_are_the_text(made: tuple[str, list[wire.Part], list[wire.Claim]]) -> None:
    text, parts, claims = made
    blocks = marks.parts(text, parts, claims)
    assert "".join(piece.text for block in blocks for piece in block.pieces) == shown(text)
    assert len(shown(text)) == len(text)


@given(articles())
def test_each_piece_knows_exactly_the_claims_that_it_lies_in(
    made: tuple[str, list[wire.Part], list[wire.Claim]],
) -> None:
    text, parts, claims = made
    for block in marks.parts(text, parts, claims):
        for piece in block.pieces:
            if block.kind is None:
                continue
            at = range(piece.start, piece.start + len(piece.text))
            for number, claim in enumerate(claims, start=1):
                inside = [claim.evidence.start <= place < claim.evidence.end for place in at]
                assert all(inside) or not any(inside)
                assert (number in [one.number for one in piece.of]) is all(inside)


@given(articles())
def test_each_claim_that_a_part_holds_begins_and_ends_once(
    made: tuple[str, list[wire.Part], list[wire.Claim]],
) -> None:
    text, parts, claims = made
    pieces = [piece for block in marks.parts(text, parts, claims) if block.kind for piece in block.pieces]
    for number, claim in enumerate(claims, start=1):
        begun = [piece for piece in pieces if number in [one.number for one in piece.begins]]
        ended = [piece for piece in pieces if number in [one.number for one in piece.ends]]
        within = any(part.start <= claim.evidence.start < claim.evidence.end <= part.end for part in parts)
        if within:
            assert len(begun) == len(ended) == 1
            assert begun[0].start == claim.evidence.start


@pytest.mark.slow
@given(articles())
def test_the_page_shows_the_text_and_nothing_but_the_text(
    made: tuple[str, list[wire.Part], list[wire.Claim]],
) -> None:
    text, parts, claims = made
    blocks = marks.parts(text, parts, claims)
    template = rendering._TEMPLATES.get_template("article-body.html")
    page = tree.fromstring(f"<div>{template.module.body(blocks)}</div>")
    assert page.text_content() == shown(text)
    assert not page.xpath("//script | //mark//mark")


def test_a_denial_is_dashed_and_says_so() -> None:
    article = make_article("The army denied that the town had fallen.")
    denial = make_claim(article, "the town had fallen", source="army", polarity=Polarity.DENIED)
    (one,) = extract(article, denial)
    whole = wire.whole_article(article)
    blocks = marks.parts(whole.text, whole.parts, [wire.claim(one.claim)])
    body = str(rendering._TEMPLATES.get_template("article-body.html").module.body(blocks))
    assert 'class="g-territory denied"' in body
    assert 'aria-label="claim 1, denied"' in body
