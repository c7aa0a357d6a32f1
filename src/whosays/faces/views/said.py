"""Said: a claim with the head of its article and with words for people, as lists and pages show it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from whosays import wire
from whosays.faces import words
from whosays.faces.service import Service
from whosays.nouns import Extraction
from whosays.weigh.sameness import place_key, voice, voice_key


class Said(Struct, frozen=True):
    """A claim with the head of its article. `article`, `claim`, `reader`, `read_at` are those of `whosays claims --format json`."""

    article: Annotated[wire.Head, Meta(description="The article in which it stands.")]
    claim: Annotated[wire.Claim, Meta(description="The claim with its words.")]
    reader: Annotated[str, Meta(description="Which version of the reader extracted it; an analyst who corrected it.")]
    read_at: Annotated[datetime, Meta(description="When it was read.")]
    words: Annotated[
        str, Meta(description="What is claimed, in words: `capture of Soledar (UA) by Wagner, 2023-01-10`.")
    ]
    stance: Annotated[str, Meta(description="Who vouches for it, in words: `DENIED by Kyiv, via Meridian`.")]
    voice: Annotated[
        str, Meta(description="The innermost source as it is known; the outlet where the article itself says it.")
    ]
    voice_key: Annotated[
        str | None, Meta(description="Key of that voice under /sources; null: a private person has none.")
    ]
    outlet: Annotated[str, Meta(description="Who printed it.")]
    place_page: Annotated[str | None, Meta(description="Key of its place under /places; null: it names none.")]


def said(service: Service, one: Extraction) -> Said:
    """The Struct of one claim, as the profile lets it be shown."""
    shown = service.masks.extraction(one)
    private = voice(shown) != voice(one)
    return Said(
        article=wire.head(shown.article),
        claim=wire.claim(shown.claim),
        reader=one.reader,
        read_at=one.read_at,
        words=words.proposition(shown.claim),
        stance=words.stance(shown),
        voice=voice(shown),
        voice_key=None if private else voice_key(one),
        outlet=words.outlet(shown.article),
        place_page=place_key(one.claim.place),
    )


def all_said(service: Service, some: Iterable[Extraction]) -> list[Said]:
    """The same of several."""
    return [said(service, one) for one in some]


def by_id(some: Iterable[Extraction]) -> dict[str, Extraction]:
    """Claims by id."""
    return {one.claim.id: one for one in some}
