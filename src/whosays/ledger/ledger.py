"""The verbs of a ledger: add, refuse, put_… and judge write, the others read. How it is written: `rows.py`; how asked: `views.py`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import TracebackType

from sqlalchemy import Connection, insert
from sqlalchemy.exc import DataError

from whosays.errors import LedgerError, Misuse
from whosays.ledger import captured, history, judgements, merges, pairs, rows, sql, views, writing
from whosays.ledger.connected import Store
from whosays.ledger.corrections import Known
from whosays.ledger.derived import Derived
from whosays.ledger.fetched import Row, read
from whosays.ledger.tables import (
    articles,
    claims,
    compared,
    copied,
    refusals,
)
from whosays.ledger.tables import bands as band_rows
from whosays.ledger.weighings import Weighings
from whosays.ledger.writing import Outcome
from whosays.nouns import (
    Article,
    ArticleHead,
    Capture,
    Claim,
    Copied,
    Counts,
    Extraction,
    Judgement,
    Place,
    Refusal,
    Stage,
    Subject,
)

NEAR = 64
"""Articles at most with which a new one is compared: so its cost does not grow with the ledger."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What a ledger holds. `reprints`: articles beyond the first of each body."""

    articles: int
    captures: int
    claims: int
    reprints: int
    refusals: Counts
    """By reason."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An article found by its words, and a few words around the find."""

    article: ArticleHead
    excerpt: str


class Ledger:
    """Who says what, kept. Made by `ledger.open`; a context manager. Append-only: what was written stays as it is."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.where, self.url = store.where, store.url
        """Which ledger it is: for people, and, with its password if it has one, for programs that open it too."""

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._store.close()

    @property
    def weighings(self) -> Weighings:
        """What weighing came to, to be read."""
        return Weighings(self._store.reading)

    @property
    def derived(self) -> Derived:
        """The same, to be written."""
        return Derived(self._store.reading, self._store.writing)

    # ------------------------------------------------------------------------------------------------------- writing

    def add(
        self,
        capture: Capture,
        found: tuple[Claim, ...],
        *,
        name: str,
        reader: str,
        body: str,
        given: date | None = None,
    ) -> Outcome | Refusal:
        """Write a page and what a reader found in it: all of it, or nothing.

        `name`: file or address, for people. `reader`: the program that read, with its version. `body`: `copies.body`.
        `given`: day of publication in the user's word; such a reading speaks for its article before any without.
        What cannot be stored as it is, such as a claim whose evidence is not in the text, is a Refusal."""
        wrong = writing.mismatch(capture.article, found)
        if wrong is not None:
            return wrong
        first: list[Outcome | Refusal] = []

        def work(connection: Connection) -> Outcome | Refusal:
            outcome = writing.write(connection, capture, found, name=name, reader=reader, body=body, given=given)
            first.append(outcome)
            return (
                first[0] if outcome is Outcome.KNOWN else outcome
            )  # a try whose answer was lost may have been written

        try:
            return self._store.written(work, apart=True)
        except (UnicodeEncodeError, OverflowError) as error:  # lone surrogates; numbers beyond 64 bits
            return _unstorable(error)
        except LedgerError as error:
            if isinstance(error.__cause__, DataError):  # PostgreSQL: NUL in a text
                return _unstorable(error.__cause__.orig)
            raise

    def refuse(self, refusal: Refusal, *, raw: str | None, name: str, reader: str, read_at: datetime) -> None:
        """Write down that a page was refused. `raw`: SHA-256 of its bytes; None where they could not be had."""
        row = rows.refusal(refusal, raw=raw, name=name, reader=reader, read_at=read_at)

        def work(connection: Connection) -> None:
            if not writing.there(connection, refusals, row["id"]):
                connection.execute(insert(refusals), row)

        self._store.written(work)

    def put_bands(self, article: str, bands: Sequence[int]) -> None:
        """Let an article be found by its bands (`copies.bands`)."""
        values = [{"band": band, "article": article} for band in bands]
        self._store.written(lambda connection: sql.insert_all(connection, band_rows, values, known=True))

    def put_copied(self, article: str, found: Sequence[Copied], *, method: str) -> None:
        """Write down what an article has in common with those that were `near`, and that it has been held against them.
        `method`: how the bands were made. Put its bands first, then look what is near, then put what was found: so of two
        programs that do this at once for two articles, one at least finds the other's."""

        def work(connection: Connection) -> None:
            sql.insert_all(connection, copied, [pairs.row(one) for one in found], known=True)
            sql.insert_all(connection, compared, [{"article": article, "method": method}], known=True)

        self._store.written(work)

    def together(self) -> AbstractContextManager[None]:
        """Within it all is written in one transaction: all of it or nothing, and much quicker for many pages. Nobody else can write
        meanwhile."""
        return self._store.together()

    def judge(self, judgement: Judgement, *, known: Known | None = None) -> str:
        """Write down what a person says of a claim, a dispute, a place or an actor, or that a judgement is undone; returns its id. The
        same one again changes nothing. `known`: places, actors and types that may be named beside those of the ledger
        (`engines.judging.known`). Raises Misuse, which names the field, where it cannot be; then nothing is written."""
        return self._store.written(lambda connection: judgements.write(connection, judgement, known), apart=True)

    # ------------------------------------------------------------------------------------------------------- reading

    def judgements(
        self, subject: str | None = None, *, by: str | None = None, after: str | None = None, limit: int | None = None
    ) -> tuple[Judgement, ...]:
        """Judgements, newest first: of a claim (its disputes too), place or actor; of one judge; those that follow on `after` (an id)."""
        with self._store.reading() as connection:
            return tuple(history.told(connection, subject, by=by, after=after, limit=limit))

    def judgement(self, id_: str) -> Judgement | None:
        """A judgement by its id; None: there is none."""
        with self._store.reading() as connection:
            return history.one(connection, id_)

    def told_as(self, about: Subject, key: str) -> str:
        """The key as which a place or an actor is told: its own, unless it was merged into another."""
        with self._store.reading() as connection:
            return merges.told_as(connection, about, key)

    def in_force(
        self, subjects: Iterable[str] | None = None, *, about: Subject = Subject.CLAIM
    ) -> Mapping[str, Judgement]:
        """Subject → the judgement in force, of these or of all. Of disputes a subject is named by `nouns.pair`, of merges by the key
        that was merged."""
        with self._store.reading() as connection:
            return history.in_force(connection, about, subjects)

    def near(self, bands: Sequence[int], *, but: str) -> tuple[str, ...]:
        """Ids of at most `NEAR` articles that share bands with an article (and are not it), those with most first, ties
        by id. Of a band that very many articles have, a stock phrase, so many are looked at."""
        shared = self._store.asked(lambda of: Counter(sql.of(of).with_bands(of, bands, NEAR + 1)))
        del shared[but]
        return tuple(sorted(shared, key=lambda id_: (-shared[id_], id_))[:NEAR])

    def not_compared(self, method: str) -> tuple[str, ...]:
        """Ids of articles that have not been held against the others by this method: an older program read them, or
        this one was stopped."""
        return self._store.asked(lambda of: tuple(of.execute(views.not_compared(method)).scalars()))

    def copied(self, articles: Sequence[str] | None = None) -> Iterator[Copied]:
        """Pairs of articles with passages in common: all, or those of the stories to which the given articles (ids)
        belong, whole, with what was lifted from them or into them. Spans point into the captures that were compared."""
        return map(pairs.pair, self._stream(views.copied_with(articles)))

    def has(self, raw: str, reader: str, *, given: date | None = None) -> bool:
        """Has this reader read or refused these bytes (SHA-256)? With `given`, a day of publication in the user's word:
        is that the last that he gave for them? A refusal by a bug of ours does not count."""
        return self._store.asked(lambda of: bool(of.execute(views.done(raw, reader, given)).scalar_one()))

    def read_as(self, raw: str, reader: str) -> str | None:
        """Id of the article that this reader made of these bytes; None: it has not read them, or refused them."""
        return self._store.asked(lambda of: of.execute(views.read_as(raw, reader)).scalar_one_or_none())

    def given(self, raw: str) -> date | None:
        """The day of publication that the user gave last for these bytes: it holds for later readers too."""
        return self._store.asked(lambda of: of.execute(views.given(raw)).scalar_one_or_none())

    def claims(
        self,
        *,
        place: str | None = None,
        actor: str | None = None,
        source: str | None = None,
        type: str | None = None,  # noqa: A002  (the word of the schema)
        since: date | None = None,
        until: date | None = None,
        article: str | None = None,
        text: str | None = None,
        around: Place | None = None,
        division: views.Division | None = None,
        features: tuple[str, ...] | None = None,
        unlisted: tuple[str, ...] | None = None,
        rejected: bool = False,
    ) -> Iterator[Extraction]:
        """Claims as the latest reader has them, or an analyst who judged them; by day of publication, article and place in its text.

        `place`, `actor`, `source`: key of gazetteer or roster, resolved name, or the words of the text (case and
        accents do not count). `since`, `until`: days, both included; the claim's time meets them or, where it has none,
        its article appeared then. `article`: id or its beginning. `text`: words or "phrases" of the evidence. `around`: of the
        place, of the division of a country around it or, of a division, of places within; `division`: one of `divisions`.
        `features`: of places of these kinds; `unlisted`: of places that no gazetteer has, by one of these folded names.
        `rejected`: also those that an analyst rejected."""
        wanted = views.Filter(
            place=place,
            actor=actor,
            source=source,
            type=type,
            since=since,
            until=until,
            article=None if article is None else self._id(article),
            around=around,
            division=division,
            features=features,
            unlisted=unlisted,
            rejected=rejected,
        )
        return self._claims(wanted, text)

    def claim(self, id_or_prefix: str) -> Extraction:
        """A claim by its id or the beginning of it, as the latest reader has it or an analyst judged it, rejected or not. Raises
        Misuse where none or several begin so."""
        key = self._id(id_or_prefix, "claim")
        found = next(self._claims(views.Filter(claim=key, rejected=True)), None)
        if found is None:
            raise Misuse(f"{self.where}: the latest reading of its page no longer finds claim {key}.")
        return found

    def divisions(self) -> tuple[views.Division, ...]:
        """First-level divisions of countries that claims are about, those with most claims first; (None, None), last, stands for all
        places that are in none: countries, seas, places that are not resolved."""
        with self._store.reading() as connection:
            found = [(row[0], row[1]) for row in connection.execute(views.divisions()) if row[0] and row[1]]
            into = merges.merges(connection).places.values()
        told = [(place.country, place.admin1) for place in into if place.country and place.admin1]
        return (*dict.fromkeys((*found, *told)), (None, None))

    def article(self, id_or_prefix: str) -> Article:
        """An article by its id or the beginning of it: the capture that its claims were read from."""
        key = self._id(id_or_prefix)
        return self._store.asked(lambda of: next(captured.articles(of, [of.execute(views.capture_of(key)).one()])))

    def articles(self, ids: Sequence[str]) -> Iterator[Article]:
        """Articles by their ids, ordered by id, as `article` gives them; without those that a later reader reads
        as other articles. In a few queries, however many they are."""
        return iter(self._store.asked(lambda of: list(captured.articles(of, of.execute(views.captures_of(ids)).all()))))

    def heads(self, articles: Sequence[str] | None = None) -> Iterator[ArticleHead]:
        """Particulars of all articles or of those with these ids, by day of publication (undated last) and id."""
        return map(rows.head, self._stream(views.heads(articles)))

    def search(self, query: str, *, limit: int = 50) -> tuple[Hit, ...]:
        """Articles whose text has all these words and "phrases", best first; where very many have them, those read last.
        Readers' comments are not searched."""
        with self._store.reading() as connection:
            words = sql.of(connection)
            seqs = connection.execute(words.newest_matches(query, sql.RANKED + 1)).scalars().all()
            among = seqs[: 2 * limit] if len(seqs) > sql.RANKED else None
            found = connection.execute(views.search(words.text_ranked(query), limit, among)).all()
            excerpts = words.excerpts(connection, query, [row.seq for row in found])
        return tuple(Hit(rows.head(row), excerpts[row.seq]) for row in found)

    def counts(self) -> Tally:
        """What the ledger holds."""
        with self._store.reading() as connection:
            n_articles, n_captures, n_claims, bodies = connection.execute(views.totals()).one()
        return Tally(n_articles, n_captures, n_claims, n_articles - bodies, self.refused())

    def refused(self) -> Counts:
        """Refusals by reason."""
        with self._store.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(views.refused())}

    # ------------------------------------------------------------------------------------------------------- helpers

    def _id(self, prefix: str, what: str = "article") -> str:
        with self._store.reading() as connection:
            table = {"article": articles, "claim": claims}[what]
            ids = connection.execute(views.ids_like(table, prefix)).scalars().all() if prefix else []
        if not ids:
            where = {"article": "claims", "claim": "questions"}[what]
            raise Misuse(f"{self.where}: no {what} {prefix!r}. `whosays {where}` prints the ids of {what}s.")
        if len(ids) > 1:
            raise Misuse(f"{self.where}: several {what}s begin with {prefix!r}: {', '.join(ids)}. Give more of the id.")
        return ids[0]

    def _claims(self, wanted: views.Filter, words: str | None = None) -> Iterator[Extraction]:
        with self._store.reading() as connection:
            told = merges.merges(connection)
            matches = None if words is None else sql.of(connection).evidence_matches(words)
            found = read(connection, views.claims_where(replace(wanted, merges=told, text=matches)), stream=True)
            yield from map(told.told, map(rows.extracted, found)) if told else map(rows.extracted, found)

    def _stream(self, query: views.Query) -> Iterator[Row]:
        with self._store.reading() as connection:
            yield from read(connection, query, stream=True)


def _unstorable(error: object) -> Refusal:
    return Refusal(Stage.LEDGER, "unstorable", f"The database cannot hold a value of this page: {error}.")
