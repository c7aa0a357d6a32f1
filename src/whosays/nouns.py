"""The nouns that pass between the stages. Frozen values, no behaviour beyond looking at themselves.

    bytes ─pages→ Article ─language→ Reading ─places·actors·times→ Candidates ─claims→ Claims ─ledger→ rows ─weigh→ Grades, Questions …

Spans are Unicode code points into `Article.text`, end exclusive. That text never changes, so no span is ever repaired.
Names follow the field: FactBank (modality), PLOVER and ACLED (types, precision), W3C Web Annotation (Evidence),
schema.org (Article, Comment), GeoNames (Place), Universal Dependencies (Token). What they mean to an analyst: docs/claims.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

# ------------------------------------------------------------------------------------------------------------- words


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span {self.start}..{self.end} is not a range")

    def of(self, text: str) -> str:
        """The words."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Does `other` lie within this span?"""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Do the two share at least one code point?"""
        return self.start < other.end and other.start < self.end


# ------------------------------------------------------------------------------------------------------------- pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """What the caller knows about some bytes before they are read. All of it may be unknown."""

    url: str | None = None
    content_type: str | None = None
    """As a server declared it, e.g. `text/html; charset=windows-1251`; a declaration, not a fact."""
    name: str | None = None
    """File name, as a hint to the format."""
    published: date | None = None
    """Overrides the date that the page gives; the page's own date is kept beside it."""
    fetched_at: datetime | None = None
    """When the bytes were fetched or are being read. A page dated later is noted as dated in the future."""
    publisher: str | None = None
    """Where the page does not say."""


class PartKind(StrEnum):
    """CLAIMS.md section 1, and two of our own: `correction` notes, and `entry`, the head of one live-blog post."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    SUBHEADING = "subheading"
    BYLINE = "byline"
    DATE = "date"
    DATELINE = "dateline"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    CREDIT = "credit"
    CORRECTION = "correction"
    ENTRY = "entry"
    COMMENT = "comment"
    OTHER = "other"


CLAIM_PARTS = frozenset({PartKind.HEADLINE, PartKind.PARAGRAPH, PartKind.CAPTION})
"""The only kinds of part from which claims are taken."""


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a page. Parts are sorted by start and do not overlap, except that a `dateline` lies inside the
    paragraph that it opens, and that the parts of a comment tree lie beside each other (a reply is not inside its parent)."""

    kind: PartKind
    span: Span
    at: datetime | None = None
    """For `entry` parts: when the live-blog post was written."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A reader's comment: kept as a tree, never evidence. `id` is stable within its page (`k1`, `k2` … in page order)."""

    id: str
    author: str | None
    text: str
    span: Span
    parent: str | None
    depth: int
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Dateline:
    """`BEIRUT (Reuters) –`: where the report was written and by which agency, names as the agency list has them."""

    place: str | None
    agency: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Credit:
    """One person in a credit line: `(Reporting by Laila Bassam in Beirut; Editing by Robin Pomeroy)`."""

    role: str
    """`reporting`, `writing`, `editing`, `additional reporting`, `photography` …: lower case, as printed."""
    person: str
    place: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A page that could be read. `text` is the decoded file itself for plain text; for HTML the parts, joined by blank
    lines in page order, comments last."""

    id: str
    """digest(canonical URL or publisher, headline, standfirst, paragraphs, captions): an edited story is a new Article."""
    text: str
    parts: tuple[Part, ...]
    comments: tuple[Comment, ...] = ()
    headline: str | None = None
    byline: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()
    dateline: Dateline | None = None
    published: date | None = None
    """The day in force: the caller's if he gave one, else the page's, as the page's own clock counts days."""
    published_on_page: date | None = None
    published_at: datetime | None = None
    """With hour and zone, where the page gives them."""
    modified_at: datetime | None = None
    agency: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str = "en"
    notes: tuple[str, ...] = ()
    """Why this reading is partial or doubtful, in words: `date in the future`, `cut at 8,000,000 bytes` …"""

    def spans(self, *kinds: PartKind) -> tuple[Span, ...]:
        """Spans of the parts of some kinds, in page order."""
        return tuple(part.span for part in self.parts if part.kind in kinds)


@dataclass(frozen=True, slots=True)
class Capture:
    """One fetch of an article: new comments or links make a new Capture, an edited story a new Article."""

    article: Article
    raw: str
    """SHA-256 of the bytes, in hex."""
    read_at: datetime


class Stage(StrEnum):
    """Where on the way of the data something was refused."""

    INPUTS = "inputs"
    FETCH = "fetch"
    RELEVANCE = "relevance"
    PAGES = "pages"
    LEDGER = "ledger"
    PIPELINE = "pipeline"


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a stage returns instead of nothing. Counted, stored, shown; one bad page costs one Refusal."""

    stage: Stage
    reason: str
    """A short constant such as `empty`, `binary`, `language`: refusals are counted by it."""
    detail: str
    """The rest of the sentence, for people."""


BUG = "bug"
"""Reason of a refusal that is our fault and not the page's: it says nothing of the bytes, which are read again."""


# ---------------------------------------------------------------------------------------------------------- language


@dataclass(frozen=True, slots=True)
class Token:
    """A word. Syntax follows Universal Dependencies; None where the reader has no parser."""

    span: Span
    lemma: str
    upos: str | None = None
    tag: str | None = None
    """Penn Treebank tag: tense and number."""
    head: int | None = None
    """Index of the governing token in `Reading.tokens`; itself for the root of a sentence."""
    relation: str | None = None
    factuality: float | None = None
    """Of a verb: did it happen, as the text has it? -3 (no) … 0 (open) … 3 (yes); FactBank's CT, PR, PS and U as numbers."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a part from which claims may be taken. `tokens` is the half-open range in `Reading.tokens`."""

    span: Span
    part: PartKind
    tokens: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name, describe or stand for someone or something, as in re3d: Person, Organisation, Location, Nationality,
    Temporal, Quantity, Weapon, MilitaryPlatform, Vehicle, Money."""

    span: Span
    kind: str
    chain: int | None = None
    """Mentions of one chain refer to the same thing (coreference); None where that is not known."""
    name: bool = False
    """A proper name, not a description."""


@dataclass(frozen=True, slots=True)
class Happening:
    """A verb and the words that say where it happened."""

    verb: int
    """Number in `Reading.tokens`."""
    place: Span


class Stance(StrEnum):
    """What a source does to the content it speaks of."""

    ASSERTS = "asserts"
    DENIES = "denies"
    DOUBTS = "doubts"
    DEMANDS = "demands"
    PLANS = "plans"


class QuoteKind(StrEnum):
    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what: source, cue and content spans (PolNeAR). Content may be discontinuous or run over paragraphs."""

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    stance: Stance = Stance.ASSERTS
    quote: QuoteKind = QuoteKind.INDIRECT
    outer: int | None = None
    """Index in `Reading.attributions` of the one that passes this one on: state TV quoted the army as saying …"""
    about: Span | None = None
    """What a pronoun source (`he said`) refers to, where that is known."""
    to: Span | None = None
    """To whom it was said, when that is an outlet or the like: `told al-Manar`."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the language stage makes of an Article."""

    article: Article
    sentences: tuple[Sentence, ...]
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    attributions: tuple[Attribution, ...]
    pack: str
    """Which pack read it, with its version: `en/2`."""
    happenings: tuple[Happening, ...] = ()


# ------------------------------------------------------------------------------------------ places, actors and times


REGIONS = frozenset({"country", "admin1", "region", "river", "sea", "desert", "border"})
PARTS_OF_REGIONS = frozenset({"admin2", "island", "lake", "mountain", "valley"})
"""Values of `Place.feature` that are no towns, nor spots in or beside one."""


UNLISTED, LOCAL = "unlisted:", "local:"
"""How keys start of places that no gazetteer, and of actors that no roster has."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer, or one told by its relation to such a place: `30 km north of Mosul`. `geonameid` is None for
    the hand-written ones; `key` always names it."""

    key: str
    name: str
    lat: float
    lon: float
    country: str | None
    """ISO 3166-1 alpha-2."""
    feature: str
    """`town`, `admin1`, `country`, `region`, `river` …"""
    population: int = 0
    geonameid: int | None = None
    admin1: str | None = None
    """Name of the first-level division."""
    admin2: str | None = None
    """Name of the second-level division, where the gazetteer knows it."""
    radius: float | None = None
    """Kilometres around the point within which it lies; None: the point is the place's own."""
    relation: str | None = None
    """How it lies to the place of the gazetteer: `near`, `30 km north of`, `countryside of`; None: it is that place."""

    @property
    def listed(self) -> bool:
        """Does a gazetteer have it? Else only its name is known, and that it lies around another place."""
        return not self.key.startswith(UNLISTED)

    def told(self, words: str) -> str:
        """Words for it, with how it lies to the named place where they do not say so: `near Azaz`."""
        if self.relation is None or self.relation in words:
            return words
        return self.name if self.relation in self.name else f"{self.relation} {words}"

    @property
    def precision(self) -> int:
        """`geo_precision` of ACLED's codebook: 1 a town or a spot in one, 2 near a town or part of a region, 3 a region."""
        if self.feature in REGIONS:
            return 3
        return 2 if self.relation or self.feature in PARTS_OF_REGIONS else 1

    def within(self, outer: Place) -> bool:
        """Is it `outer`, or in it, as far as country and divisions tell? False may mean: not known."""
        if self.key == outer.key:
            return True
        if self.country is None or self.country != outer.country or self.feature == "country":
            return False
        if outer.feature == "country":
            return True
        if outer.feature == "admin1":
            return self.admin1 is not None and self.admin1 == outer.admin1
        divisions = (self.admin1, self.admin2)
        return outer.feature == "admin2" and self.admin2 is not None and divisions == (outer.admin1, outer.admin2)


NOT_ALIGNED = "none"
"""`Actor.side` of those known to take no side: UN bodies, the Red Cross, independent agencies."""


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor of the roster, or one that only a text names (`local:` and its folded name)."""

    key: str
    name: str
    kind: str
    """`state`, `military`, `government`, `armed-group`, `monitor`, `media`, `agency`, `organisation` …"""
    country: str | None = None
    side: str | None = None
    """Key of the belligerent or bloc whose cause it shares on the day of the article; `NOT_ALIGNED` where it is known to
    share none; None: unknown, which is never `not aligned`."""
    parent: str | None = None
    """Key of the actor that it is part of or answers to."""
    wikidata: str | None = None
    """`Q` and digits, where that is sure."""

    @property
    def listed(self) -> bool:
        """Is it in a roster? Else only its name is known."""
        return not self.key.startswith(LOCAL)


@dataclass(frozen=True, slots=True)
class When:
    """An interval of days; None = open at that end. `precision` as in ACLED: 1 day, 2 week, 3 month or worse."""

    first: date | None
    last: date | None
    precision: int
    value: str = field(default="", compare=False)
    """What the words say, as TIMEX3 writes it: `2017-11-08TNI`, `2016-Q3`, `P3D`, `PAST_REF`; coarser or finer than the interval,
    and not kept in the ledger."""

    @property
    def dated(self) -> bool:
        """Does it mean days of the calendar? Not so a length, a repetition or a `current`: they have a value alone."""
        return self.first is not None or self.last is not None


V = TypeVar("V", Place, Actor, When)


@dataclass(frozen=True, slots=True)
class Candidate(Generic[V]):
    """Words of the text and what they may refer to, best first. Empty options: seen, but not known."""

    span: Span
    options: tuple[V, ...]
    settled: bool
    """Is the first option so much better than the rest that it stands for the mention?"""
    reasons: tuple[str, ...] = ()

    @property
    def value(self) -> V | None:
        """The option that stands for the mention; None when unresolved."""
        return self.options[0] if self.settled and self.options else None


@dataclass(frozen=True, slots=True)
class Candidates:
    """What places, actors and times found in one Reading, each sorted by span."""

    places: tuple[Candidate[Place], ...] = ()
    actors: tuple[Candidate[Actor], ...] = ()
    times: tuple[Candidate[When], ...] = ()
    war: When | None = None
    """The days so far of the war that the text speaks of."""
    outlet: Actor | None = None
    """Who speaks where the article speaks in its own voice, if the roster knows it: its agency, else its publisher."""

    @property
    def dates(self) -> tuple[Candidate[When], ...]:
        """The times but for those that mean no days of the calendar."""
        return tuple(c for c in self.times if not c.options or c.options[0].dated)


# ------------------------------------------------------------------------------------------------------------ copies


@dataclass(frozen=True, slots=True)
class Copied:
    """What two articles have in common, word for word or nearly so. Says nothing of who copied from whom."""

    articles: tuple[str, str]
    """Their ids, the smaller first."""
    shares: tuple[float, float]
    """Of the words of each, the share that the other has: 0 to 1. 1 and 0.4: the first is a cut of the second, or lifted from it."""
    passages: tuple[tuple[Span, Span], ...]
    """The common passages, each with its span in the one and in the other text, in the order of the first."""
    whole: bool = False
    """Are they one story: a reprint, a cut, an extension, a rewritten lead? Else one only has passages of the other."""


# ------------------------------------------------------------------------------------------------------------ claims


class Polarity(StrEnum):
    AFFIRMED = "affirmed"
    DENIED = "denied"


class Modality(StrEnum):
    """FactBank: CT, PR, PS; and two readings of Uu."""

    ACTUAL = "actual"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    PLANNED = "planned"
    DEMANDED = "demanded"


class SourceKind(StrEnum):
    PERSON = "person"
    OFFICIAL = "official"
    ORGANISATION = "organisation"
    MEDIA = "media"
    MONITOR = "monitor"
    PARTY = "party"
    UNNAMED = "unnamed"
    NARRATION = "narration"


STATES = frozenset({"control", "besiege", "presence", "ally", "oppose", "member"})
"""Types that hold throughout an interval; all others happened at some time within it (CLAIMS.md)."""


@dataclass(frozen=True, slots=True)
class Source:
    """The innermost voice that vouches for a claim. Narration has neither mention, span nor name; `actor` and `side` are then
    the outlet's, where the roster knows it."""

    kind: SourceKind
    mention: str | None = None
    span: Span | None = None
    name: str | None = None
    """Resolved name, e.g. `Syrian Observatory for Human Rights`."""
    actor: str | None = None
    """Key in the roster."""
    side: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """W3C TextPositionSelector and TextQuoteSelector in one: `exact == text[start:end]`."""

    exact: str
    start: int
    end: int
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Party:
    """Actor or target of a claim: the words, and whom they mean if that is known."""

    words: str
    span: Span | None
    name: str | None = None
    actor: str | None = None
    """Key in the roster."""
    side: str | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """Place of a claim. `words` is None when the sentence names none; then `inherited` and `name` say what was taken from
    the text before. `precision` as in ACLED: 1 exact town, 2 part of a region or near, 3 region."""

    words: str | None
    span: Span | None
    name: str | None = None
    place: Place | None = None
    inherited: bool = False
    precision: int | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """People, of an attack strikes, counted; None = unbounded."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Somebody's proposition at its place in a text (CLAIMS.md section 2).

    `id` = digest(article, type, exact evidence and its occurrence, role words): it names the proposition, not what a
    reader made of it. The ledger keeps identity and values apart, so that a later reader corrects and never overwrites."""

    id: str
    article: str
    type: str
    """Name of a file in claims/lexicon/."""
    polarity: Polarity
    modality: Modality
    actor: Party | None
    target: Party | None
    place: Where | None
    time: When | None
    time_words: str | None
    time_span: Span | None
    count: Count | None = None
    who: str | None = None
    harm: str | None = None
    means: str | None = None
    cumulative: bool = False
    source: Source
    via: tuple[str, ...]
    cue: str | None
    cue_span: Span | None
    quote: QuoteKind
    evidence: Evidence
    confidence: float
    reasons: tuple[str, ...] = ()
    """Named parts that the confidence is made of (claims/confidence.py)."""
    denies: str | None = None
    derived_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """A claim as the ledger keeps it: with where it was read, by which reader, and the article's own particulars."""

    claim: Claim
    article: ArticleHead
    reader: str
    read_at: datetime
    story: str | None = None
    """Where its words first stood, as far as that is known: the first article of the story that they are copied from
    (`weigh.traced`); None: not traced, and the article's own body stands for it."""
    printed: date | None = None
    """When they were first printed: what leaves the day open is of the days before that, also in a later reprint."""


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """What is worth knowing of an article when its claims are weighed, without its text."""

    id: str
    headline: str | None
    published: date | None
    agency: str | None
    publisher: str | None
    url: str | None
    body: str
    """Digest of the body text (`copies.body`): articles that share it are reprints of one story."""


# -------------------------------------------------------------------------------------------------------- judgements


class Subject(StrEnum):
    """What an analyst judges. `Judgement.subjects` then are"""

    CLAIM = "claim"
    """the id of a claim;"""
    DISPUTE = "dispute"
    """the ids of two claims, the smaller first;"""
    PLACE = "place"
    """the keys of two places: what the first is told as;"""
    ACTOR = "actor"
    """the keys of two actors, likewise."""


class Verdict(StrEnum):
    """What he says of it."""

    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    """Of claims."""
    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    SCOPE_DIFFERS = "scope-differs"
    """Of disputes: do the two speak of the same thing?"""
    MERGED = "merged"
    """Of places and actors: all that is told of the first is told of the second."""
    UNDONE = "undone"
    """Of anything: the judgement that `undoes` names no longer holds, and what held before it does."""


Fix = str | int | float | bool | tuple[str | int | None, ...] | None
"""A corrected value: text, number, yes or no, several of them in their order (`time`, `count`, `via`, `evidence`), or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a person says of something in the ledger. Of two about one subject the later is in force; none is ever overwritten."""

    id: str = ""
    """Digest of all the rest; the ledger gives it."""
    about: Subject
    subjects: tuple[str, ...]
    verdict: Verdict
    fields: Mapping[str, Fix] = field(default_factory=dict)
    """Of a correction: new values by the words of the JSON contract, `source.name` for what lies inside another
    (`ledger/corrections.py` lists them); what follows from them need not be given."""
    by: str
    at: datetime
    note: str | None = None
    undoes: str | None = None
    """Id of a judgement."""

    @property
    def subject(self) -> str:
        """What it is filed under: the claim; the dispute (`pair`); the key that was merged into another."""
        return pair(*self.subjects) if self.about is Subject.DISPUTE else self.subjects[0]


def pair(one: str, other: str) -> str:
    """Name of the dispute between two claims: their ids, the smaller first."""
    return " ".join(sorted((one, other)))


# ------------------------------------------------------------------------------------------------------------- weigh


class CopyKind(StrEnum):
    """What an article of a story is to the one before it that it shares most with."""

    ROOT = "root"
    IDENTICAL = "identical"
    REPRINT = "reprint"
    """As good as all of it, on either side."""
    CUT = "cut"
    """It left words out and added next to none."""
    EXTENDED = "extended"
    """It added words and left next to none out."""
    REWRITTEN = "rewritten"
    """Words added and words left out."""
    UPDATE = "update"
    """The same outlet or agency again, later: it supersedes what it follows."""
    LIFT = "lift"
    """A passage of it only: a story of its own that quotes or uses another."""


@dataclass(frozen=True, slots=True)
class Copy:
    """An article in its place in a story."""

    article: ArticleHead
    kind: CopyKind
    parent: str | None
    """Id of the article it follows most closely among those before it; None for the root."""
    share: float
    """Of its words, those that the parent has."""
    kept: float
    """Of the parent's words, those that it has."""


@dataclass(frozen=True, slots=True)
class Story:
    """An article and all that goes back to it, first seen first. The tree hangs by `Copy.parent`; the first is the root."""

    id: str
    """The root's article id."""
    copies: tuple[Copy, ...]


class Interest(StrEnum):
    """What a voice stands to gain by a claim."""

    AGAINST = "against its interest"
    """Its own side loses by it."""
    ALIGNED = "aligned"
    """Its own side gains by it."""
    NOT_ALIGNED = "not aligned"
    """Known to be of no side, or of one that neither gains nor loses."""
    UNKNOWN = "unknown"
    """Its side, or who gains, is not known. Never to be taken for `not aligned`."""


@dataclass(frozen=True, slots=True)
class Support:
    """How many stand behind something said. Articles, outlets and origins are always shown together; the rest says how many of
    the origins are known to gain, to lose, or to be of neither side."""

    articles: int
    outlets: int
    origins: int
    aligned: int = 0
    not_aligned: int = 0
    """Those against their interest not included."""
    against: int = 0


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade, computed by a rubric."""

    rubric: str
    grade: str
    rule: str
    """The rule that fired, in words: `2 origins, one of them known not to be aligned with who gains`."""
    claims: tuple[str, ...]
    """Ids of the claims that made it fire."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the answers to a question, with those who give it."""

    says: str
    """`taken by Russian forces`, `did not happen`, `112 killed`."""
    claims: tuple[str, ...]
    support: Support
    grade: Grade


@dataclass(frozen=True, slots=True)
class Question:
    """Claims that speak of the same thing."""

    id: str
    group: str
    """`holding` for capture, control and withdrawal; else the type of its claims."""
    words: str
    """`Who held Albu Kamal on 8–9 Nov 2017?`"""
    place: str | None
    """Key of the place, or its folded name where no gazetteer has it."""
    first: date | None
    last: date | None
    """Days that its claims speak of; None: they are not dated."""
    claims: tuple[str, ...]
    """In the order in which they were said."""
    score: float
    """How sure it is that they belong together, 0 to 1: that of the weakest link."""
    reasons: tuple[str, ...]
    """What the score of that link is made of."""


class DisputeKind(StrEnum):
    POLARITY = "polarity"
    RIVAL_HOLDER = "rival holder"
    NUMBER = "number"
    DATE = "date"
    PLACE_SCOPE = "place scope"
    RESPONSIBLE_PARTY = "responsible party"
    IDENTITY = "identity"
    WALKED_BACK = "walked back"
    """One voice against its own earlier word."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two claims about the same thing that cannot both be true (CLAIMS.md section 3)."""

    claims: tuple[str, str]
    about: str
    why: str
    kind: DisputeKind = DisputeKind.POLARITY


class LaneKind(StrEnum):
    """By what the claims about a place are kept apart."""

    SOURCE = "source"
    SIDE = "side"
    WEIGHED = "weighed"


@dataclass(frozen=True, slots=True)
class Control:
    """Who holds a place over some days, according to one lane: a voice, a side, or all voices weighed."""

    place: str
    voice: str
    """The source as it is known (resolved name, else its words, else the outlet's narration); a side; or `all voices, weighed`."""
    holder: str | None
    """None: it is only said who does not hold it."""
    not_holder: str | None
    says: str
    """The answer in words: `taken by X`, `not held by Y`, `besieged by Z`, `parts taken by X`; the taker may be unnamed."""
    side: str | None
    """Side of the one named, where that is known."""
    since: date | None
    basis: tuple[str, ...]
    """Ids of the claims that say so."""
    articles: int
    outlets: int
    origins: int
    last_known: bool = False
    """Too old to be taken for the day asked about."""
    until: date | None = None
    """The day before something else was said; None: nothing was, as far as the claims go."""
    contested: tuple[str, ...] = ()
    """Ids of the claims that speak against it on the same days."""
    besieged_by: str | None = None
    grade: Grade | None = None
    parts: str | None = None
    """What is said of parts of it beside this answer: `parts taken by X`."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A place over time, according to one voice, one side, or all weighed."""

    kind: LaneKind
    who: str
    intervals: tuple[Control, ...]
    """In the order of time; between them nobody says."""
    key: str = ""
    """Of the voice or the side; '' where all are weighed."""


class Fate(StrEnum):
    """What became of something said, as far as others went on to speak of it."""

    BORNE_OUT = "borne out"
    REFUTED = "refuted"
    WITHDRAWN = "withdrawn"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Record:
    """How far a voice, an outlet or a side has been borne out. Means nothing without n."""

    who: str
    kind: str
    """`source`, `outlet` or `side`."""
    said: int
    """Propositions, reprints and repetitions not counted."""
    fates: Mapping[Fate, int]
    rate: float
    """Borne out, of those borne out or refuted: mean of the Beta posterior with a uniform prior."""
    low: float
    high: float
    """95 % interval of the same posterior."""
    first: int
    """Propositions that it told before any other origin, of those that others told too."""
    shared: int
    """Propositions that others told too."""
    lead_days: float | None
    """Median number of days from its word to the next origin's (positive: it was first); None where nothing is shared."""
    against_interest: int
    """Propositions that hurt its own side."""
    with_interest: int
    """Propositions of which it is known whether they help or hurt its side."""
    key: str = ""
    """Of the voice or the side; an outlet's is its name."""


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of what one voice, outlet or side said, as far as it is counted: those of several places add up."""

    kind: str
    key: str
    who: str
    fates: Mapping[Fate, int]
    leads: Mapping[int, int]
    """Days to the next origin's word → how many propositions."""
    against_interest: int
    with_interest: int


# ---------------------------------------------------------------------------------------------------------- weighings


@dataclass(frozen=True, slots=True)
class Standing:
    """An interval of a lane as it was known on some days: what was valid when is in `control.since` and `control.until`, who could
    have known so is in `known_since` and `known_until`. Known is what had been published by a day."""

    place: str
    """Key of the place, or its folded name where no gazetteer has it."""
    kind: LaneKind
    who: str
    """Key of the voice, or of the side (or `side not known`, `not aligned`); '' where all are weighed."""
    control: Control
    known_since: date
    """The last day of all (`date.max`): known only from pages without a date."""
    known_until: date | None
    """The day before more was published that changed it; None: it is still known so."""


@dataclass(frozen=True, slots=True)
class PlaceHead:
    """A place of the ledger, with how much is said of it."""

    place: Place | None
    """None: no gazetteer has it."""
    key: str
    """As in the gazetteer, else the folded name."""
    name: str
    claims: int
    first: date | None
    """First and last day that its claims speak of; None: none is dated."""
    last: date | None


@dataclass(frozen=True, slots=True)
class VoiceHead:
    """A source, or an actor, with how much is said by or of it."""

    key: str
    name: str
    kind: str | None
    """Of a source its kind (`nouns.SourceKind`), as most of its claims have it; None for actors."""
    side: str | None
    claims: int
    articles: int


@dataclass(frozen=True, slots=True)
class Disputed:
    """A dispute in the queue of those to be looked at, with what it is about and how much hangs on it."""

    id: str
    """Digest of the ids of the two claims: the same in every ledger."""
    dispute: Dispute
    place: str | None
    first: date | None
    """First and last day that the two speak of."""
    last: date | None
    weight: float
    """How much hangs on it (`weigh/weight.py`): the queue has the heaviest first."""


class ChangeKind(StrEnum):
    CHANGED_HANDS = "changed hands"
    BECAME_DISPUTED = "became disputed"


@dataclass(frozen=True, slots=True)
class Change:
    """News of a place, all voices weighed: another side holds it, or what is said of it came to be disputed."""

    number: int
    """Grows for ever: what has a greater one was told later."""
    place: str
    name: str
    day: date
    """From which it is so."""
    kind: ChangeKind
    before: str | None
    """Who held it, or what was said of who does; None: nothing was."""
    after: str | None
    known: date
    """The first day on which what had been published came to that."""
    claims: tuple[str, ...]
    """Ids of the claims behind it; where it became disputed, of those that speak against."""


Counts = Mapping[str, int]
