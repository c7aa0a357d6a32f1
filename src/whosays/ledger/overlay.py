"""What is shown in place of what a reader found: the rows that judgements put in, and those that they take out.

    refresh(connection, article)         make it anew for an article, after a judgement or a reading
    put(connection, stand_in)            a row of extractions that no page speaks through

The overlay is derived: a function of the judgements and the readings, so that undoing a judgement restores what was there before, and
the order in which pages and judgements came does not matter. Of each claim that was judged, its *root*:

- **Accepted or corrected**: the row that was judged is shown, whatever a newer reader makes of the claim or even if it no longer finds it.
  Where another capture speaks for the page, the words are looked for in its text (as they stand, with what stands around them) and the
  spans moved; where they are not there, the claim stays with the text it was read from. Where the bytes were later read as another
  article, the claim is one of that article's.
- **Rejected**: it is shown only where rejected claims are asked for.
- A claim of the reading in force that **is the same** is the root and not a second one: its id is the root's, or it is of the same type,
  its words overlap the root's by half of them or more, and it says the same (`_same`) of the roles that both name. It goes where the root
  goes. So a rejected claim does not come back by the shift of a word. Claims that one reading has beside the root are never the same.
- Of a claim that only disputes were judged of, the newest reading is shown, under the root's id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection, delete, insert, select

from whosays.ledger import history, rows, sql, views
from whosays.ledger.corrections import same_words
from whosays.ledger.fetched import Row
from whosays.ledger.history import Kept
from whosays.ledger.judged import judgements, overlay, subjects
from whosays.ledger.tables import captures, claims, extractions, names, readings
from whosays.nouns import Claim, Party, Span, Subject, Verdict, Where
from whosays.text import digest, snippet

HIDDEN, SHOWN, ASKED = 0, 1, 2
"""Never shown; shown; shown where rejected claims are asked for."""

HALF = 0.5
"""Of a root's words: the share that another claim must have to be the same."""


@dataclass(frozen=True, slots=True)
class StandIn:
    """A row to be shown: under a reading of its own, of that capture."""

    reading: str
    claim: Claim
    capture: str
    reader: str
    at: datetime


@dataclass(frozen=True, slots=True)
class _Read:
    """A row of extractions, with the reading that it is of."""

    reading: str
    capture: str
    claim: Claim
    """`id`: of the proposition."""
    ranked: str
    """Rank of the reading; empty for one of an analyst's."""
    current: bool
    reader: str
    at: datetime


@dataclass(frozen=True, slots=True)
class _Home:
    """The reading that speaks for an article."""

    article: str
    reading: str
    capture: str
    rank: str


@dataclass(frozen=True, slots=True)
class _Group:
    """Articles that the same bytes were read as, and all that was read in them."""

    read: Sequence[_Read]
    homes: Sequence[_Home]
    texts: Mapping[str, str]
    """By capture."""
    days: Mapping[str, date | None]
    """When each article was published."""

    def home(self, article: str) -> _Home | None:
        """What speaks for an article, or for what it was later read as."""
        own = [one for one in self.homes if one.article == article]
        return max(own or self.homes, key=lambda one: one.rank, default=None)


def put(connection: Connection, one: StandIn, published: date | None) -> None:
    """Write a row that stands in, unless it is there."""
    if connection.execute(select(readings.c.id).where(readings.c.id == one.reading)).first() is not None:
        return
    claim = one.claim
    connection.execute(
        insert(readings),
        {
            "id": one.reading,
            "article": claim.article,
            "capture": one.capture,
            "raw": f"judgement {one.reading}",  # of no bytes: so no reader is later than this one, and it than none
            "reader": one.reader,
            "version": "",
            "rank": "",
            "name": one.reader,
            "given": None,
            "read_at": one.at,
        },
    )
    sql.insert_all(connection, claims, [rows.claim(claim)], known=True)
    sql.insert_all(connection, extractions, [rows.extraction(claim, one.reading, published)])
    sql.insert_all(connection, names, list(rows.names(claim, one.reading)))


def articles_of(connection: Connection, ids: Sequence[str]) -> tuple[str, ...]:
    """The articles of some claims."""
    return tuple(connection.execute(select(claims.c.article).where(claims.c.id.in_(ids)).distinct()).scalars())


def refresh(connection: Connection, article: str) -> None:
    """Make the overlay of an article anew, and of those that the same bytes were read as."""
    if connection.execute(select(judgements.c.seq).limit(1)).first() is None:
        return
    group = _articles(connection, article)
    of = select(subjects.c.subject).distinct().join(claims, claims.c.id == subjects.c.subject)
    roots = sorted(connection.execute(of.where(claims.c.article.in_(group))).scalars())
    if not roots:
        return
    connection.execute(delete(overlay).where(overlay.c.root.in_(select(sql.each(roots)))))
    kept = history.kept(connection, Subject.CLAIM, roots)
    disputed = _disputed(connection, roots)
    found = _overlay(
        connection, _group(connection, group), [root for root in roots if root in kept or root in disputed], kept
    )
    sql.insert_all(connection, overlay, found)


def _articles(connection: Connection, article: str) -> list[str]:
    """The article, and all that its bytes were read as."""
    found, fresh = {article}, {article}
    while fresh:
        own, other = readings.alias(), readings.alias()
        query = select(other.c.article).distinct().join(own, own.c.raw == other.c.raw)
        fresh = set(connection.execute(query.where(own.c.article.in_(sorted(fresh)))).scalars()) - found
        found |= fresh
    return sorted(found)


def _disputed(connection: Connection, roots: Sequence[str]) -> set[str]:
    """Those of which a judged dispute is in force."""
    own = select(judgements.c.subject).join(subjects, subjects.c.judgement == judgements.c.id)
    own = own.where(judgements.c.about == Subject.DISPUTE, subjects.c.subject.in_(select(sql.each(roots))))
    pairs = history.in_force(connection, Subject.DISPUTE, set(connection.execute(own).scalars()))
    return {one for said in pairs.values() for one in said.subjects}


def _group(connection: Connection, articles: Sequence[str]) -> _Group:
    """All that was read in some articles."""
    homes = [_Home(*row) for row in connection.execute(views.speaking(articles))]
    own = {one.reading for one in homes}
    read = [
        _Read(row.reading, row.capture, _claim(row), row.rank, row.reading in own, row.reader, row.read_at)
        for row in connection.execute(views.all_rows(articles))
    ]
    keys = {one.capture for one in read} | {one.capture for one in homes}
    kept = connection.execute(select(captures.c.id, captures.c.text).where(captures.c.id.in_(keys)))
    days = {row.article: row.published for row in connection.execute(views.heads(articles))}
    return _Group(read, homes, {row.id: row.text for row in kept}, days)


def _claim(row: Row) -> Claim:
    return replace(rows.extracted(row).claim, id=row.words)


# ------------------------------------------------------------------------------------------------------------- showing


@dataclass(slots=True)
class _Root:
    """A claim that was judged, in a group of articles."""

    id: str
    kept: Kept | None
    forms: list[_Read]
    """The rows of it: as readers found it and as it was judged, moved to the text that speaks now."""
    judged: _Read | None
    beside: set[str]
    """Ids of claims that some reading has beside it."""


def _overlay(
    connection: Connection, group: _Group, roots: Sequence[str], kept: Mapping[str, Kept]
) -> list[dict[str, object]]:
    """The rows of the overlay of these roots."""
    shown: dict[tuple[str, str], tuple[str, int]] = {}
    made = [_root(group, root, kept.get(root)) for root in roots]
    for root in made:
        if root.kept is not None and root.judged is not None:
            judged = _moved_row(connection, group, root, root.judged)
            over = ASKED if root.kept.said.verdict is Verdict.REJECTED else SHOWN
            shown[judged.reading, judged.claim.id] = (root.id, over)
    for one, root in _same_as(group, made):
        if root.kept is not None:
            shown.setdefault((one.reading, one.claim.id), (root.id, HIDDEN))
        elif one.claim.id != root.id:
            shown.setdefault((one.reading, one.claim.id), (root.id, SHOWN))
    return [
        {"reading": reading, "claim": claim, "root": root, "shown": over}
        for (reading, claim), (root, over) in shown.items()
    ]


def _root(group: _Group, root: str, kept: Kept | None) -> _Root:
    forms = [one for one in group.read if one.claim.id == root and one.ranked]
    judged = None
    if kept is not None:
        judged = next((one for one in group.read if (one.reading, one.claim.id) == (kept.reading, kept.claim)), None)
        forms += [judged] if judged is not None and judged not in forms else []
    own = {one.reading for one in forms if one.ranked}
    beside = {one.claim.id for one in group.read if one.reading in own}
    home = group.home(forms[0].claim.article) if forms else None
    if home is not None:
        forms = [moved for one in forms if (moved := _moved(one, group.texts, home.capture)) is not None]
    return _Root(root, kept, forms, judged, beside)


def _same_as(group: _Group, roots: Sequence[_Root]) -> Iterator[tuple[_Read, _Root]]:
    """Claims of the readings that speak now which are one of the roots, each with the one it is likest to; of a root that is only
    disputed the likest claim alone, unless it is there itself."""
    current = [one for one in group.read if one.current]
    there = {one.claim.id for one in current}
    by_id = {root.id: root for root in roots}
    likest: dict[str, tuple[float, str, _Read]] = {}
    for one in current:
        if one.claim.id in by_id:
            yield one, by_id[one.claim.id]
            continue
        share, id_ = max(((_like(one.claim, root), root.id) for root in roots), default=(0.0, ""))
        if share >= HALF and by_id[id_].kept is not None:
            yield one, by_id[id_]
        elif share >= HALF and id_ not in there:
            likest[id_] = max(likest.get(id_, (0.0, "", one)), (share, one.claim.id, one), key=lambda entry: entry[:2])
    for id_, (_, _, one) in likest.items():
        yield one, by_id[id_]


def _like(claim: Claim, root: _Root) -> float:
    """The greatest share of the words of a form of the root that the claim has, if it says the same; else 0."""
    if claim.id in root.beside:
        return 0.0
    return max((_share(form.claim, claim) for form in root.forms if _same(form.claim, claim)), default=0.0)


def _share(root: Claim, claim: Claim) -> float:
    a, b = root.evidence, claim.evidence
    return max(0, min(a.end, b.end) - max(a.start, b.start)) / max(1, a.end - a.start)


def _same(one: Claim, other: Claim) -> bool:
    """Do two claims of overlapping words say the same? Of one type and polarity, one actor, target, place, count and harm, as far as
    both tell."""
    return (
        (one.type, one.polarity) == (other.type, other.polarity)
        and _one_party(one.actor, other.actor)
        and _one_party(one.target, other.target)
        and _one_place(one.place, other.place)
        and (one.count is None or other.count is None or one.count == other.count)
        and (one.harm is None or other.harm is None or one.harm == other.harm)
    )


def _one_place(one: Where | None, other: Where | None) -> bool:
    if one is None or other is None:
        return True
    if one.place is not None and other.place is not None and one.place.key == other.place.key:
        return True
    return same_words(one.words or one.name, other.words or other.name)


def _one_party(one: Party | None, other: Party | None) -> bool:
    if one is None or other is None:
        return True
    return (one.actor is not None and one.actor == other.actor) or same_words(one.words, other.words)


# -------------------------------------------------------------------------------------------------------------- moving


def _moved_row(connection: Connection, group: _Group, root: _Root, judged: _Read) -> _Read:
    """The row that was judged, in the text that speaks for its page now; itself where that has not its words."""
    article = judged.claim.article
    home = group.home(article)
    moved = None if home is None else _moved(judged, group.texts, home.capture)
    if home is None or moved is None or (home.article == article and moved.claim == judged.claim):
        return judged
    claim = replace(moved.claim, article=home.article)
    if home.article != article:
        claim = replace(claim, id=digest("moved", home.article, root.id, judged.claim.id))
    key = digest("moved", judged.reading, judged.claim.id, home.article, home.capture)
    put(connection, StandIn(key, claim, home.capture, judged.reader, judged.at), group.days.get(home.article))
    return replace(moved, reading=key, claim=claim)


def _moved(one: _Read, texts: Mapping[str, str], capture: str) -> _Read | None:
    """The row with its spans where its words stand in the text of another capture; None where they do not."""
    claim, text = one.claim, texts[capture]
    if one.capture == capture or texts[one.capture] == text:
        return one
    at = _found(texts[one.capture], claim.evidence.start, claim.evidence.exact, text)
    if at is None:
        return None
    by, before = at - claim.evidence.start, texts[one.capture]
    end = at + len(claim.evidence.exact)

    def to(span: Span | None) -> Span | None:
        if span is None:
            return None
        near = _found(before, span.start, span.of(before), text, near=span.start + by)
        return None if near is None else Span(near, near + span.end - span.start)

    prefix, suffix = snippet(text, at, end)
    evidence = replace(claim.evidence, start=at, end=end, prefix=prefix, suffix=suffix)
    source = replace(claim.source, span=to(claim.source.span))
    moved = replace(
        claim,
        evidence=evidence,
        source=source,
        actor=claim.actor and replace(claim.actor, span=to(claim.actor.span)),
        target=claim.target and replace(claim.target, span=to(claim.target.span)),
        place=claim.place and replace(claim.place, span=to(claim.place.span)),
        time_span=to(claim.time_span),
        cue_span=to(claim.cue_span),
    )
    return replace(one, claim=moved)


def _found(before: str, start: int, words: str, text: str, *, near: int | None = None) -> int | None:
    """Where words of one text stand in another: with most of what stands around them; then next to `near`, or to where they stood."""
    around, wanted = snippet(before, start, start + len(words)), start if near is None else near
    places = list(_all(text, words))
    if not places:
        return None

    def likeness(at: int) -> tuple[int, int]:
        prefix, suffix = snippet(text, at, at + len(words))
        return _common(prefix[::-1], around[0][::-1]) + _common(suffix, around[1]), -abs(at - wanted)

    return max(places, key=likeness)


def _all(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while words and at >= 0:
        yield at
        at = text.find(words, at + 1)


def _common(one: Iterable[str], other: Iterable[str]) -> int:
    """How many characters two texts begin with in common."""
    n = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        n += 1
    return n
