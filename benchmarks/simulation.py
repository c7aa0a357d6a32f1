"""A war with known truth, and the news of it. Knows no rule of weighing: it imports nouns and text alone.

    war(Setting(bias=.5, copying=.4, delay=3, wrong=.2), seed=1) -> War: towns, voices, `holder(place key, day)`, `extractions`
    stream(200_000, seed=1) -> pages in the order of their dates, five claims each; nothing of them is kept

The world. Three sides fight over towns. Offensives begin on a town at random; half of them succeed within ten days, by capture or,
one in four, because the holder leaves. Voices belong to a side, to none (monitors, an agency, the UN), or are locals of a side
that nobody has on a list. What they do, each knob with its reason:

  bias     An offensive has a *line* on each of its two sides: with this probability the attacker's voices announce success before
           there is any (half of these towns then never fall), and the loser's voices hide the loss, half by denial or by saying
           that they hold it still, half by silence. Lies are coordinated, as war news is: one draw for all voices of a side, which
           each voice follows by its own loyalty (0.4 to 1). Without a line they may concede. A lie is told again for a month.
  accuracy Every voice, also an honest one, now and then names a wrong side (0 to 10 % of its reports, drawn once for each voice).
  delay    Days, on average, until a voice hears of what happened; half of that for the sides concerned.
  copying  A story is reprinted with this probability, then again with it, and so on: at 0.8 four times on average, with a long
           tail. A copy has its story's body and source, another outlet, and a date up to two days later. Outlets that lean
           to a side print and reprint its voices four times as often as neutral outlets do, the others' a quarter as often.
  wrong    Of the voices whose side is on the list, the share that it has under another one. The truth keeps the real side.

The sides are not equal: five, four and three voices, six, four and two outlets, as in wars where one side has the larger press. Of
stories 15 % tell a voice's word as their own. Of reports 70 % name the day; the rest leave it to the date of the page.
All these numbers were written down before any weigher was run on them, none was changed since; the grid varies the five above.
Places have coordinates of nowhere; names are made up. All is drawn from `random.Random(seed)`: the same bytes everywhere.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import accumulate
from random import Random

from benchmarks.simulated_press import SIDES, START, Page, Statement, Voice, reprinted, written
from whosays.nouns import NOT_ALIGNED, Count, Extraction, Place, SourceKind
from whosays.text import digest

_MONTH = 30


@dataclass(frozen=True, slots=True)
class Setting:
    """A cell of the grid."""

    bias: float = 0.5
    copying: float = 0.4
    delay: int = 3
    wrong: float = 0.0
    towns: int = 40
    days: int = 180


@dataclass(frozen=True, slots=True)
class Outlet:
    name: str
    leaning: str


@dataclass(frozen=True, slots=True)
class Offensive:
    """Of `taker` on a town that `loser` holds; days since START. `outcome`: `taken`, `left` or `failed`."""

    first: int
    last: int
    taker: str
    loser: str
    outcome: str
    claimed: bool
    """The attacker's line: announce it as done on `first`."""
    hidden: bool
    """The loser's line: hide the loss."""


@dataclass(frozen=True, slots=True)
class Town:
    """The offensives on it, none before the last has ended, and who has held it from which days on, in truth."""

    place: Place
    offensives: tuple[Offensive, ...]
    since: tuple[int, ...]
    holders: tuple[str, ...]

    def holder(self, day: int) -> str:
        """On the day on which it changes hands: the new one."""
        return self.holders[max(0, bisect(self.since, day) - 1)]


@dataclass(frozen=True, slots=True)
class War:
    """What happened, and what was printed of it."""

    setting: Setting
    towns: tuple[Town, ...]
    voices: tuple[Voice, ...]
    outlets: tuple[Outlet, ...]
    statements: tuple[tuple[Town, Statement], ...]
    """What voices said, each once, in the order in which they said it."""
    extractions: tuple[Extraction, ...]

    def holder(self, place: str, day: date) -> str:
        """The side that held a place, by its key, in truth."""
        return self.towns[int(place.rpartition(":")[2])].holder((day - START).days)

    def true(self, town: Town, one: Statement) -> bool:
        """Is what a voice said so? A capture or withdrawal is, if it happened on the day named or a week around it."""
        if one.type == "control":
            return (town.holder(one.day) == one.side) is one.affirmed
        happened = any(
            abs(past.last - one.day) <= 7
            and past.outcome != "failed"
            and one.side == (past.taker if one.type == "capture" else past.loser)
            for past in town.offensives
        )
        return happened is one.affirmed


def war(setting: Setting, seed: int) -> War:
    """A whole war in memory: for grids. Wars of one seed have the same truth and voices, whatever is said and printed of them."""
    draw = Random(f"war {seed}")
    towns = tuple(_town(number, setting, draw) for number in range(setting.towns))
    voices, outlets = _voices(setting, draw), _outlets()
    statements = sorted(
        (
            (town, one)
            for town in towns
            for one in _said(town, voices, setting, draw)
            if 0 <= one.said < setting.days + _MONTH
        ),
        key=lambda pair: (pair[1].said, pair[0].place.key, pair[1].voice.name),
    )
    pages = [page for town, one in statements for page in _printed(town, one, outlets, setting, draw)]
    pages.sort(key=lambda page: (page.article.published or START, page.article.id))
    extractions = tuple(one for page in pages for one in page.extractions)
    return War(setting, towns, voices, outlets, tuple(statements), extractions)


# ------------------------------------------------------------------------------------------------------- what happens


def _town(number: int, setting: Setting, draw: Random) -> Town:
    """Offensives begin on it every 45 days on average."""
    place = _place(number)
    since, holders = [0], [draw.choice(SIDES)]
    offensives: list[Offensive] = []
    day = int(draw.expovariate(1 / 45))
    while day < setting.days:
        taker = draw.choice([side for side in SIDES if side != holders[-1]])
        last = day + draw.randint(1, 10)
        outcome = draw.choices(("failed", "taken", "left"), (4, 3, 1))[0]
        lines = draw.random() < setting.bias, draw.random() < setting.bias
        offensives.append(Offensive(day, last, taker, holders[-1], outcome, *lines))
        if outcome != "failed":
            since.append(last)
            holders.append(taker)
        day = last + 5 + int(draw.expovariate(1 / 40))
    return Town(place, tuple(offensives), tuple(since), tuple(holders))


@cache
def _place(number: int) -> Place:
    lat, lon = 10 + number % 50 / 10, 20 + number // 50 / 10
    return Place(f"sim:{number}", f"Town {number}", lat, lon, "XX", "town", 1_000, None, f"Province {number % 12}")


def _voices(setting: Setting, draw: Random) -> tuple[Voice, ...]:
    """Twelve of the three sides, five of none, three locals whose side is on no list."""
    found = []
    for side, names in zip(SIDES, _PARTISANS, strict=True):
        found += [(f"{side.capitalize()} {name}", SourceKind.PARTY, side, True) for name in names]
    found += [(name, SourceKind.MONITOR, NOT_ALIGNED, True) for name in _NEUTRALS]
    found += [(f"Activists of {side.capitalize()}", SourceKind.ORGANISATION, side, False) for side in SIDES]
    return tuple(_voice(*one, setting, draw) for one in found)


_PARTISANS = (
    ("army spokesman", "ministry", "state television", "militia", "governor"),
    ("command", "ministry", "news agency", "council"),
    ("command", "media office", "council"),
)
_NEUTRALS = ("Observatory", "Conflict Monitor", "UN mission", "Red Cross", "Wire correspondent")


def _voice(name: str, kind: SourceKind, side: str, on_list: bool, setting: Setting, draw: Random) -> Voice:
    """A local follows the line of his side half as often as its own people do."""
    loyalty = draw.uniform(0.4, 1) * (1 if on_list else 0.5)
    listed = side if on_list else None
    noise, error = draw.uniform(0, 0.1), draw.random()
    wrong = draw.choice([other for other in (*SIDES, NOT_ALIGNED) if other != side])
    return Voice(name, kind, side, wrong if on_list and error < setting.wrong else listed, loyalty, noise)


def _outlets() -> tuple[Outlet, ...]:
    leanings = [side for side, many in zip(SIDES, (6, 4, 2), strict=True) for _ in range(many)] + [NOT_ALIGNED] * 6
    return tuple(Outlet(f"Outlet {number}", leaning) for number, leaning in enumerate(leanings))


# ------------------------------------------------------------------------------------------------------- what is said


def _said(town: Town, voices: tuple[Voice, ...], setting: Setting, draw: Random) -> Iterator[Statement]:
    """All that is said of a town: of its offensives, and now and then of who holds it."""
    for voice in voices:
        own = [one for event in town.offensives for one in _of_event(event, voice, setting, draw)]
        own += _of_holder(town, voice, setting, draw)
        yield from (_mistaken(one, draw) for one in own)


def _of_event(event: Offensive, voice: Voice, setting: Setting, draw: Random) -> Iterator[Statement]:
    """What one voice has to say of an offensive."""
    loyal, dated = draw.random() < voice.loyalty, draw.random() < 0.7
    concerned = voice.side in (event.taker, event.loser)
    lag = _lag(setting.delay / 2 if concerned else setting.delay, draw)
    told = _gain if voice.side == event.taker else _loss if voice.side == event.loser else _news
    for day, type_, side, affirmed in told(event, voice, loyal, draw.random(), draw.random()):
        target = event.loser if type_ == "capture" and affirmed else None
        yield Statement(voice, day + lag, day, type_, side, affirmed, target, dated)


Told = Iterator[tuple[int, str, str, bool]]
"""Day, type, side, affirmed."""


def _gain(event: Offensive, voice: Voice, loyal: bool, roll: float, way: float) -> Told:
    """The attacker's own: announced before it is so, where that is the line; told when it is so."""
    early = event.claimed and loyal
    if early:
        yield event.first, "capture", event.taker, True
    if event.outcome != "failed" and roll < (0.3 if early else 0.7):
        yield event.last, *_happened(event, way)


def _loss(event: Offensive, voice: Voice, loyal: bool, roll: float, way: float) -> Told:
    """The holder's own: false announcements are denied by every other voice; a loss is hidden, where that is the line, or conceded."""
    if event.outcome == "failed":
        if event.claimed and roll < 0.5:
            yield event.first, *_denied(event, way)
    elif event.hidden and loyal:
        if roll < 0.5:
            yield event.last, *_denied(event, way)
    elif roll < 0.4:
        conceded = ("withdraw", event.loser, True) if way < 0.5 else ("capture", event.taker, True)
        yield event.last, *conceded


def _news(event: Offensive, voice: Voice, loyal: bool, roll: float, way: float) -> Told:
    """Those not concerned; of a failure half as often, and mostly when success had been announced."""
    likely = 0.6 if voice.side == NOT_ALIGNED else 0.15
    if event.outcome != "failed":
        if roll < likely:
            yield event.last, *_happened(event, way)
    elif roll < likely / 2:
        yield event.last, *(_denied(event, way) if event.claimed else ("control", event.loser, True))


def _happened(event: Offensive, way: float) -> tuple[str, str, bool]:
    if event.outcome == "left" and way < 0.5:
        return "withdraw", event.loser, True
    return "capture", event.taker, True


def _denied(event: Offensive, way: float) -> tuple[str, str, bool]:
    """That it was taken, denied; or that its holder holds it."""
    return ("capture", event.taker, False) if way < 0.5 else ("control", event.loser, True)


def _of_holder(town: Town, voice: Voice, setting: Setting, draw: Random) -> Iterator[Statement]:
    """Every voice says twice a year of a town who holds it, as far as it knows, or as its side has it."""
    day = draw.expovariate(2 / 365)
    while day < setting.days:
        said = int(day)
        known = max(0, said - _lag(setting.delay, draw))
        holder = town.holder(known)
        lies = [one for one in town.offensives if _lies(one, voice, said)]
        if lies and draw.random() < voice.loyalty:
            holder = voice.side
        yield Statement(voice, said, said, "control", holder, dated=draw.random() < 0.7)
        day += draw.expovariate(2 / 365)


def _lies(one: Offensive, voice: Voice, day: int) -> bool:
    """Does its side tell another story of that offensive these days?"""
    if one.taker == voice.side:
        return one.claimed and one.first <= day < one.first + _MONTH
    return one.hidden and one.outcome != "failed" and one.loser == voice.side and one.last <= day < one.last + _MONTH


def _lag(mean: float, draw: Random) -> int:
    return min(_MONTH, round(draw.expovariate(1 / mean))) if mean else 0


def _mistaken(one: Statement, draw: Random) -> Statement:
    """The same, or with another side in it by mistake."""
    if draw.random() >= one.voice.noise:
        return one
    return replace(one, side=draw.choice([side for side in SIDES if side != one.side]), target=None)


# ---------------------------------------------------------------------------------------------------- what is printed


def _printed(town: Town, one: Statement, outlets: tuple[Outlet, ...], setting: Setting, draw: Random) -> Iterator[Page]:
    """The stories that tell it, one or two, each with its copies."""
    weights = [_weight(outlet, one.voice) for outlet in outlets]
    for _ in range(1 + (draw.random() < 0.3)):
        outlet = draw.choices(outlets, weights)[0]
        own = draw.random() < 0.15
        root = written([(town.place, one)], outlet.name, one.said, digest(str(draw.random())), own=own)
        yield root
        while draw.random() < setting.copying:
            other = draw.choices(outlets, weights)[0]
            yield reprinted(root, other.name, draw.randint(0, 2), digest(str(draw.random())))


def _weight(outlet: Outlet, voice: Voice) -> float:
    if outlet.leaning == NOT_ALIGNED or voice.side == NOT_ALIGNED:
        return 1
    return 4 if outlet.leaning == voice.side else 0.25


# -------------------------------------------------------------------------------------------------------- for the scale

TOWNS, PAGES_A_DAY, CLAIMS_A_PAGE = 4_000, 100, 5
_TYPES = ("capture", "control", "withdraw", "clash", "attack", "casualties", "besiege", "advance", "enter")
_SHARES = tuple(accumulate((15, 20, 5, 15, 20, 15, 3, 4, 3)))
_NEAR = 500
"""Pages back to which a copy may reach."""


class Stream:
    """Pages without end, in the order of their dates, a hundred a day, five claims each; page n is always the same.

    Some towns are named much more often than others (Zipf–Mandelbrot: the first has 1.7 % of the claims, the last a hundredth of
    that); a fifth of the pages reprints one of the 500 before. A voice says what is true of its town on the day, or, one time in ten,
    another thing; a casualty figure is near one drawn for town and day."""

    def __init__(self, seed: int, *, towns: int = TOWNS) -> None:
        draw = Random(f"stream {seed}")
        self._seed = seed
        self._setting = Setting(days=4_000)
        self._voices, self._outlets = _voices(self._setting, draw), _outlets()
        self._shares = list(accumulate(1 / (10 + rank) for rank in range(towns)))
        self._town = cache(self._made)

    def holder(self, place: str, day: date) -> str:
        """The side that holds a place, by its key, in truth."""
        return self._town(int(place.rpartition(":")[2])).holder((day - START).days)

    def page(self, n: int) -> Page:
        draw = Random(f"page {self._seed} {n}")
        if not self._copy(n):
            return self._story(n)
        of = n - draw.randint(1, min(n, _NEAR))
        while self._copy(of):
            of -= 1
        late = n // PAGES_A_DAY - of // PAGES_A_DAY
        return reprinted(self._story(of), draw.choice(self._outlets).name, late, digest(f"page {self._seed} {n}"))

    def _copy(self, n: int) -> bool:
        return n > 0 and Random(f"copy {self._seed} {n}").random() < 0.2

    def _story(self, n: int) -> Page:
        """A page of its own."""
        draw = Random(f"story {self._seed} {n}")
        day = n // PAGES_A_DAY
        town = self._town(bisect(self._shares, draw.random() * self._shares[-1]))
        told = [(town.place, self._statement(town, day, draw)) for _ in range(CLAIMS_A_PAGE)]
        outlet = draw.choice(self._outlets).name
        return written(
            told, outlet, day, digest(f"story {self._seed} {n}"), headline=f"News {n} from {town.place.name}"
        )

    def _statement(self, town: Town, day: int, draw: Random) -> Statement:
        type_ = _TYPES[bisect(_SHARES, draw.random() * _SHARES[-1])]
        holder = town.holder(day)
        other = SIDES[(SIDES.index(holder) + 1) % len(SIDES)]
        side = holder if type_ in ("capture", "control") else other
        if draw.random() < 0.1:
            side = draw.choice(SIDES)
        count = None
        if type_ == "casualties":
            dead = Random(f"dead {town.place.key} {day}").randint(1, 60)
            count = Count(low := max(1, dead + draw.randint(-3, 3)), low)
        affirmed = draw.random() > 0.08
        return Statement(draw.choice(self._voices), day, day, type_, side, affirmed, None, draw.random() < 0.7, count)

    def _made(self, number: int) -> Town:
        return _town(number, self._setting, Random(f"town {self._seed} {number}"))


def stream(pages: int, seed: int, *, first: int = 0) -> Iterator[Page]:
    """So many pages, from page `first` on."""
    source = Stream(seed)
    return map(source.page, range(first, first + pages))
