"""Do no harm: what pages and exports show of people and of places where they could be hurt (DESIGN.md, docs/limits.md).

    masks(profile, salt, roster) -> Masks     made once for a server or an export; the one place where all of this happens
    Masks.extraction(one) -> Extraction       as it may be shown: names, quotes, headline and coordinates
    Masks.article(article, claims) -> Article                  authors of comments; in public the text too
    Masks.place(place, words) -> Place        Masks.pseudonym(name) -> `person 7f3a81c2`
    quote(text) -> at most 300 code points    salt(ledger, new) -> bytes, kept beside the ledger

Two profiles: `DESK`, for analysts at their own machine, and `PUBLIC`, for `serve --public` and for exports.

In the public profile a private person's name is blanked in quotes too, code point for code point, so that no offset moves. Ids and
spans stay. What stands around a quote ends with its line, and the names of those who comment are blanked beside the article in either
profile. A coarse place keeps key and name; its point is that of a grid of 0.1°, `radius` says how far off it may be, and `relation`
begins with COARSENED. What is not hidden: what an address spells, and people in a quote whom no role of its claim names.
"""

from __future__ import annotations

import hmac
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from whosays import ledger as ledgers
from whosays.actors import Roster
from whosays.faces.people import People, hidden
from whosays.ledger.sql import MEMORY
from whosays.nouns import (
    REGIONS,
    Article,
    ArticleHead,
    Claim,
    Comment,
    Evidence,
    Extraction,
    PartKind,
    Party,
    Place,
    Source,
    Where,
)
from whosays.text import fold

QUOTE = 300
"""Code points of a text that are quoted at most where the text itself is not given out."""

BLANK = "█"
"""Stands for each code point of a name that is hidden in a quote."""

COARSENED = "somewhere around"
"""How the relation of a place begins whose point is not its own."""
COARSE_KM = 8.0
"""Half the diagonal of a cell of 0.1°, at the equator, rounded up."""
SMALL = 5_000
"""Inhabitants: where fewer live, one person's place is that person's."""

_EXPOSED = re.compile(
    r"\b(camps?|hospitals?|clinics?|infirmar(y|ies)|maternity|field hospital|medical (centre|center|point)s?|shelters?|orphanages?"
    r"|homes?|houses?|flats?|apartments?|residences?|villas?)\b",
    re.IGNORECASE,
)
_MILITARY = re.compile(
    r"\b(army|military|training|air force|naval|militant|rebel)\b[\w\s-]{0,20}\bcamps?\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Profile:
    """What may be shown."""

    public: bool
    pseudonyms: bool = True
    """Authors of readers' comments and private persons under invented names."""
    texts: bool = True
    """Whole texts of articles; else quotes only."""
    coarse: bool = False
    """Coordinates of camps, hospitals and individuals as those of a grid of 0.1°."""


DESK = Profile(public=False)
PUBLIC = Profile(public=True, texts=False, coarse=True)


def quote(text: str, mark: str = "…") -> str:
    """At most QUOTE code points, with a mark where something was cut off."""
    return text if len(text) <= QUOTE else text[: QUOTE - len(mark)] + mark


def is_coarse(place: Place) -> bool:
    """Was its point coarsened?"""
    return place.relation is not None and place.relation.startswith(COARSENED)


def salt(ledger: str, new: bytes) -> bytes:
    """What makes the pseudonyms of a ledger (path or URL) its own: the bytes beside it in LEDGER.salt; `new`, put there, if there are none.

    Whoever has the salt and guesses a name can tell its pseudonym: the file is its owner's alone and never part of an export. Where
    nothing can be written (a ledger in memory, a folder that is read only), `new` holds for this run."""
    place = ledgers.beside(ledger, ".salt")
    file_ = ledgers.file_of(ledger)
    if place == MEMORY or (file_ is not None and not Path(file_).is_file()):
        return new
    beside = Path(place)
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(new)
    except FileExistsError:
        return beside.read_bytes() or new
    except OSError:
        return new
    return new


def masks(profile: Profile, salt: bytes, roster: Roster | None) -> Masks:
    """What hides what a profile does not show. The roster tells who is no private person; without one nobody is listed."""

    @lru_cache(maxsize=1 << 14)
    def listed(name: str) -> bool:
        return roster is not None and roster.by_name(name) is not None

    return Masks(profile, salt, People(listed))


@dataclass(frozen=True, slots=True)
class Masks:
    """A profile at work. With nothing to hide, what comes in goes out as it is."""

    profile: Profile
    salt: bytes
    people: People

    def pseudonym(self, name: str) -> str:
        """An invented name: always the same for a name and a salt, whatever its case and accents; tells nothing without the salt."""
        told = fold(name).encode("utf-8", "surrogatepass")
        return "person " + hmac.digest(self.salt, told, "sha256").hex()[:8]

    def extraction(self, one: Extraction) -> Extraction:
        """A claim and the head of its article, as they may be shown."""
        names = self.people.named(one.claim) if self.profile.pseudonyms or self.profile.coarse else ()
        claim, head = one.claim, one.article
        if names and self.profile.pseudonyms:
            claim, head = self._claim(claim, names), replace(head, headline=self._quoted(head.headline, names))
        if self.profile.coarse and claim.place is not None:
            claim = replace(claim, place=self._where(claim.place, individual=bool(names)))
        if self.profile.pseudonyms:
            claim = _within(claim)
        if not self.profile.texts:
            claim = replace(claim, evidence=replace(claim.evidence, exact=quote(claim.evidence.exact)))
            head = replace(head, headline=None if head.headline is None else quote(head.headline))
        return one if claim is one.claim and head is one.article else replace(one, claim=claim, article=head)

    def head(self, head: ArticleHead, claims: Iterable[Extraction] = ()) -> ArticleHead:
        """An article's particulars; `claims`: its own, which tell whom its headline may name."""
        names = self._names(claims)
        return replace(head, headline=self._quoted(head.headline, names)) if names else head

    def article(self, article: Article, claims: Iterable[Extraction] = ()) -> Article:
        """An article with its comments' authors under pseudonyms, and their names blanked in what is not the article itself; in public
        everywhere, with those of private persons whom its claims name. Nothing moves."""
        if not self.profile.pseudonyms:
            return article
        names, who = self._names(claims), authors(article)
        if self.profile.public:
            article = replace(
                article,
                headline=self._quoted(article.headline, names),
                text=hidden(article.text, (*names, *who), _blank),
            )
        else:
            article = replace(article, text=_without(article, who))
        return replace(article, comments=tuple(self.comment(one, names, who) for one in article.comments))

    def excerpt(self, text: str, article: Article | None, claims: Iterable[Extraction] = ()) -> str:
        """Some words of an article without the names of those who comment on it, in public of private persons whom its claims name."""
        if not self.profile.pseudonyms:
            return text
        names = self._names(claims) if self.profile.public else ()
        return hidden(text, (*names, *(authors(article) if article else ())), _blank)

    def comment(self, comment: Comment, names: Iterable[str] = (), authors: Iterable[str] = ()) -> Comment:
        """A reader's comment with its author under a pseudonym, and the names of `authors` blanked in its words."""
        if not self.profile.pseudonyms:
            return comment
        author = None if comment.author is None else self.pseudonym(comment.author)
        text = hidden(self._quoted(comment.text, tuple(names)) or "", authors, _blank)
        return replace(comment, author=author, text=text)

    def place(self, place: Place, words: str = "", *, individual: bool = False) -> Place:
        """A place, with a coarse point where people there could be hurt: camps, hospitals, homes, and of what an `individual` says or
        suffers any place with few inhabitants. `words`: those of the text."""
        if not self.profile.coarse or is_coarse(place) or not _exposed(place, words, individual=individual):
            return place
        relation = COARSENED if place.relation is None else f"{COARSENED} {place.relation}"
        radius = max(COARSE_KM, place.radius or 0.0)
        return replace(place, lat=round(place.lat, 1), lon=round(place.lon, 1), radius=radius, relation=relation)

    def voice(self, one: Extraction) -> tuple[str, ...]:
        """Names of the private persons that a claim names, for those who print them elsewhere."""
        return self.people.named(one.claim) if self.profile.pseudonyms else ()

    # ------------------------------------------------------------------------------------------------------- helpers

    def _names(self, claims: Iterable[Extraction]) -> tuple[str, ...]:
        if not self.profile.pseudonyms:
            return ()
        found = {name for one in claims for name in self.people.named(one.claim)}
        return tuple(sorted(found, key=lambda name: (-len(name), name)))

    def _claim(self, claim: Claim, names: tuple[str, ...]) -> Claim:
        return replace(
            claim,
            source=self._source(claim.source, names),
            actor=self._party(claim.actor, names),
            target=self._party(claim.target, names),
            via=tuple(self._renamed(one, names) or "" for one in claim.via),
            evidence=self._evidence(claim.evidence, names),
        )

    def _source(self, source: Source, names: tuple[str, ...]) -> Source:
        key = None if source.actor is None else self._renamed(source.actor, names)
        mention, name = self._renamed(source.mention, names), self._renamed(source.name, names)
        return replace(source, mention=mention, name=name, actor=key)

    def _party(self, party: Party | None, names: tuple[str, ...]) -> Party | None:
        if party is None:
            return None
        return replace(party, words=self._renamed(party.words, names) or "", name=self._renamed(party.name, names))

    def _renamed(self, text: str | None, names: tuple[str, ...]) -> str | None:
        """The text with pseudonyms for names; a part of a name stands for the whole, where it is of one name only."""

        def by(found: str) -> str:
            whole = [name for name in names if fold(found) == fold(name)] or [
                name for name in names if fold(found) in fold(name).split()
            ]
            return self.pseudonym(whole[0] if whole else found)

        return None if text is None else hidden(text, names, by)

    def _evidence(self, evidence: Evidence, names: tuple[str, ...]) -> Evidence:
        if not self.profile.public:
            return evidence
        around = (self._quoted(evidence.prefix, names) or "", self._quoted(evidence.suffix, names) or "")
        exact = self._quoted(evidence.exact, names) or ""
        return replace(evidence, exact=exact, prefix=around[0], suffix=around[1])

    def _quoted(self, text: str | None, names: tuple[str, ...]) -> str | None:
        return hidden(text, names, _blank) if text is not None and self.profile.public else text

    def _where(self, where: Where, *, individual: bool) -> Where:
        if where.place is None:
            return where
        words = " ".join(filter(None, (where.words, where.name)))
        place = self.place(where.place, words, individual=individual)
        return where if place is where.place else replace(where, place=place, precision=max(2, where.precision or 2))


def authors(article: Article) -> tuple[str, ...]:
    """Who wrote readers' comments, the longest names first."""
    found = {comment.author for comment in article.comments if comment.author}
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


def _without(article: Article, names: tuple[str, ...]) -> str:
    """The text, with names blanked in comments and in all that is no part of the article: there they stand as printed."""
    if not names:
        return article.text
    told, at = [], 0
    own = sorted(part.span for part in article.parts if part.kind not in (PartKind.COMMENT, PartKind.OTHER))
    for span in own:
        told += [hidden(article.text[at : span.start], names, _blank), article.text[max(at, span.start) : span.end]]
        at = max(at, span.end)
    return "".join((*told, hidden(article.text[at:], names, _blank)))


def _within(claim: Claim) -> Claim:
    """With no more around its words than stands in their line of the text: what follows may be a comment with its author's name."""
    evidence = claim.evidence
    prefix, suffix = evidence.prefix.rpartition("\n")[2], evidence.suffix.partition("\n")[0]
    if (prefix, suffix) == (evidence.prefix, evidence.suffix):
        return claim
    return replace(claim, evidence=replace(evidence, prefix=prefix, suffix=suffix))


def _exposed(place: Place, words: str, *, individual: bool) -> bool:
    told = f"{words} {place.name} {place.relation or ''}"
    if place.feature in REGIONS:
        return False
    if place.feature == "camp" or (_EXPOSED.search(told) and not _MILITARY.search(told)):
        return True
    return individual and place.population < SMALL


def _blank(found: str) -> str:
    return BLANK * len(found)
