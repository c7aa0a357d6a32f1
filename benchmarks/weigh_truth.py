"""weigh_truth: who holds a town, weighed, beside the ways to count heads, in a made-up war whose truth is known (simulation.py).

The grid: bias of the sides × chance that a story is copied × days until a voice hears of it × share of voices whose side the
roster has wrong. In every cell towns are asked about every 15 days, once as known on the day itself and once as known a month
later; the share of answers that name the true holder is its accuracy. No answer is a wrong one, for all alike. The rivals:

  articles    the holder that most articles name, among those of the last 90 days: our own horizon. `majority`
  recent      the same among those of the last 30 days, else as above: the best for it of 7, 10, 15, 20, 30 and 45 days (seeds 90 to 92)
  voices      the holder that most voices name by their last word in 90 days; one that says who does not hold it has no vote
  last        the last report
  d-s         Dawid–Skene (crowd-kit): town and day a task, a voice a worker, its last word in 90 days its label

`weighed`, `majority`, `dawid_skene`: mean accuracy over the grid, in per cent. `gain_mean`, `gain_min`: points above `majority`, mean
and worst cell; `gain_best_mean`, `gain_best_min`: above whichever rival is the best in its cell, an opponent that nobody could choose.
`rank_ours`, `rank_dawid_skene`: Spearman's correlation between how often a voice was truly right and what its record, and the
library's confusion matrix, make of it: mean over the cells. `borne_out_true`, `refuted_false`: of the words that our records call
so, the share that was. Dawid–Skene needs `make truth`; without it its figures are left out.
The short form takes eleven cells of 72 and twelve towns of one war; the long one, about ten minutes of one core, all cells and forty
towns of another war.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from statistics import mean

import numpy

from benchmarks import dawid_skene
from benchmarks.figures import Figure
from benchmarks.simulated_press import START, Statement
from benchmarks.simulation import Setting, Town, War, war
from whosays import weigh
from whosays.nouns import Extraction, Fate, LaneKind, Place, Polarity
from whosays.settings import HORIZON_DAYS
from whosays.weigh.sameness import voice, voice_key

BIASES, COPYINGS, DELAYS, WRONGS = (0.0, 0.25, 0.5, 0.75), (0.0, 0.4, 0.8), (0, 3, 10), (0.0, 0.2)
GRID = tuple(Setting(*cell) for cell in product(BIASES, COPYINGS, DELAYS, WRONGS))
SHORT = tuple(replace(setting, towns=12) for setting in GRID[1::7])
SHORT_SEED, LONG_SEED = 1, 11
"""The long form's war is one that nothing was tuned on."""
RECENT = 30
"""Days."""
LATER = 30
"""Days after the day asked about, in the second of its two askings."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who holds a town on a day, as known on another; `told`: the claims about it printed till then, and of which day each speaks."""

    place: Place
    on: date
    known: date
    told: tuple[tuple[date, Extraction], ...]
    truth: str


@dataclass(frozen=True, slots=True)
class Cell:
    setting: Setting
    asked: int
    claims: int
    right: dict[str, float]
    """Way → accuracy in per cent."""
    ranks: dict[str, float]
    fates: Counter[tuple[Fate, bool]]
    """What became of a voice's word, and whether it was true → how often."""

    @property
    def gain(self) -> float:
        return self.right["weighed"] - self.right["articles"]


def run(data: Path | None, split: str) -> dict[str, Figure]:
    return figures([cell(setting, SHORT_SEED) for setting in SHORT])


def run_long(data: Path | None, split: str) -> dict[str, Figure]:
    return figures([cell(setting, LONG_SEED) for setting in GRID])


# ------------------------------------------------------------------------------------------------------------- a cell


def cell(setting: Setting, seed: int) -> Cell:
    """One war, asked about and answered in every way."""
    made = war(setting, seed)
    questions = asked(made)
    answers = {
        "weighed": [weighed(one) for one in questions],
        "articles": [by_articles(one, HORIZON_DAYS) for one in questions],
        "recent": [by_articles(one, RECENT) or by_articles(one, HORIZON_DAYS) for one in questions],
        "voices": [by_voices(one) for one in questions],
        "last": [last_word([pair for pair in one.told if names(pair[1])]) for one in questions],
    }
    words = weigh.words(made.extractions)
    ranks = {"ours": correlation(made, recorded(words))}
    if dawid_skene.installed():
        found, skills = dawid_skene.fit([labels(one) for one in questions])
        answers["d-s"] = [found.get(n) for n in range(len(questions))]
        ranks["d-s"] = correlation(made, by_name(made, skills))
    right = {
        way: 100 * mean(answer == one.truth for answer, one in zip(told, questions, strict=True))
        for way, told in answers.items()
    }
    return Cell(setting, len(questions), len(made.extractions), right, ranks, fates(made, words))


def asked(made: War) -> list[Asked]:
    """Every town every 15 days from the second month on, twice."""
    of: dict[str, list[tuple[date, Extraction]]] = defaultdict(list)
    for one in made.extractions:
        of[_key(one)].append((_speaks(one), one))
    found = []
    for town, day, later in product(made.towns, range(30, made.setting.days, 15), (0, LATER)):
        on = START + timedelta(days=day)
        known = on + timedelta(days=later)
        told = tuple(pair for pair in of[town.place.key] if pair[0] <= on and _said(pair[1]) <= known)
        found.append(Asked(town.place, on, known, told, town.holder(day)))
    return found


def _speaks(one: Extraction) -> date:
    time = one.claim.time
    return time.last if time is not None and time.last is not None else _said(one)


def _said(one: Extraction) -> date:
    return one.article.published or date.max


def _key(one: Extraction) -> str:
    where = one.claim.place
    return where.place.key if where is not None and where.place is not None else ""


# ------------------------------------------------------------------------------------------------------------- answers


def weighed(one: Asked) -> str | None:
    """Ours."""
    claims = [claim for _, claim in one.told]
    found = weigh.holds(one.place, one.place.name, one.on, claims, by=LaneKind.WEIGHED)
    return found[0].side if found and found[0].holder else None


def names(one: Extraction) -> str | None:
    """The side that a claim says holds the place; None where it says only who does not."""
    claim = one.claim
    affirmed = claim.polarity is Polarity.AFFIRMED
    holds = affirmed if claim.type in ("capture", "control") else not affirmed and claim.type == "withdraw"
    return claim.actor.side if holds and claim.actor is not None else None


def _order(pair: tuple[date, Extraction]) -> tuple[date, date, str]:
    return pair[0], _said(pair[1]), pair[1].claim.id


def last_word(told: Sequence[tuple[date, Extraction]]) -> str | None:
    """What the claim about the latest day names, of those the one printed last."""
    return names(max(told, key=_order)[1]) if told else None


def by_articles(one: Asked, days: int) -> str | None:
    """A page is one article; what two name equally often, the later report decides."""
    told = [pair for pair in one.told if pair[0] > one.on - timedelta(days=days) and names(pair[1])]
    return _most(told)


def by_voices(one: Asked) -> str | None:
    return _most([pair for pair in _last_words(one).values() if names(pair[1])])


def _last_words(one: Asked) -> dict[str, tuple[date, Extraction]]:
    """Voice → the last it said within the horizon."""
    told = (pair for pair in one.told if pair[0] > one.on - timedelta(days=HORIZON_DAYS))
    return {voice_key(pair[1]): pair for pair in sorted(told, key=_order)}


def _most(told: Sequence[tuple[date, Extraction]]) -> str | None:
    votes = Counter(names(one) for _, one in told)
    latest = {names(pair[1]): _order(pair) for pair in sorted(told, key=_order)}
    return max(votes, key=lambda side: (votes[side], latest[side]), default=None)


def labels(one: Asked) -> dict[str, str]:
    """Voice → the side that it names."""
    named = {voice: names(pair[1]) for voice, pair in _last_words(one).items()}
    return {voice: side for voice, side in named.items() if side is not None}


# -------------------------------------------------------------------------------------------------------------- voices


def recorded(words: Sequence[weigh.Word]) -> dict[str, float]:
    """Voice → the share of its word that was borne out, as its record has it; those of which nothing is resolved are left out."""
    records = weigh.counted(words)
    return {one.who: one.rate for one in records if one.fates[Fate.BORNE_OUT] + one.fates[Fate.REFUTED]}


def fates(made: War, words: Sequence[weigh.Word]) -> Counter[tuple[Fate, bool]]:
    """Of words that are a voice's and not an outlet's own."""
    truth = {claimed(town, one): made.true(town, one) for town, one in made.statements}
    keyed = ((word.fate, printed(word.said)) for word in words)
    return Counter((fate, truth[key]) for fate, key in keyed if key in truth)


def claimed(town: Town, one: Statement) -> tuple[object, ...]:
    said = START + timedelta(days=one.said)
    return town.place.key, one.voice.name, said, one.type, one.side, one.affirmed


def printed(one: Extraction) -> tuple[object, ...]:
    """The same of a page's claim."""
    claim = one.claim
    side = claim.actor.side if claim.actor is not None else None
    return _key(one), claim.source.name, _said(one), claim.type, side, claim.polarity is Polarity.AFFIRMED


def by_name(made: War, skills: Mapping[str, float]) -> dict[str, float]:
    """From keys of voices to their names."""
    names_of = {voice_key(one): voice(one) for one in made.extractions}
    return {names_of[key]: skill for key, skill in skills.items()}


def correlation(made: War, judged: Mapping[str, float]) -> float:
    """Spearman's, between how often voices were truly right and how right they are judged."""
    said: dict[str, list[bool]] = defaultdict(list)
    for town, one in made.statements:
        said[one.voice.name].append(made.true(town, one))
    voices = sorted(set(said) & set(judged))
    truth, found = ranks([mean(said[name]) for name in voices]), ranks([judged[name] for name in voices])
    return float(numpy.corrcoef(truth, found)[0, 1]) if len(voices) > 2 else 0.0


def ranks(values: Sequence[float]) -> list[float]:
    """Each value's place in their order; equal ones share the mean of theirs."""
    ordered = sorted(values)
    return [(bisect_left(ordered, value) + bisect_right(ordered, value) - 1) / 2 for value in values]


# ------------------------------------------------------------------------------------------------------------- figures


def figures(cells: Sequence[Cell]) -> dict[str, Figure]:
    """Prints the grid, losses included."""
    ways = list(cells[0].right)
    columns = "".join(f"{way:>10}" for way in ways)
    print(f"bias  copied  delay  wrong   claims  {columns}    gain   ranks: {' '.join(cells[0].ranks)}")
    for one in cells:
        print(_row(one, ways))
    means = {way: mean(one.right[way] for one in cells) for way in ways}
    gains = [one.gain for one in cells]
    best = [one.right["weighed"] - max(one.right[way] for way in ways if way != "weighed") for one in cells]
    over = {way: [one.right["weighed"] - one.right[way] for one in cells] for way in ways}
    for told, row in (("mean", means), ("gain, mean", _each(mean, over)), ("gain, worst cell", _each(min, over))):
        print(f"{told:36s}" + "".join(f"{row[way]:10.1f}" for way in ways))
    answers = sum(one.asked for one in cells)
    found = {FIGURES[way]: Figure(means[way], answers, of="answers") for way in ways}
    gained = {
        "gain_mean": mean(gains),
        "gain_min": min(gains),
        "gain_best_mean": mean(best),
        "gain_best_min": min(best),
    }
    gained |= {FIGURES[f"rank {way}"]: mean(one.ranks[way] for one in cells) for way in cells[0].ranks}
    words = sum((one.fates for one in cells), Counter())
    found |= {"borne_out_true": share(words, Fate.BORNE_OUT, True), "refuted_false": share(words, Fate.REFUTED, False)}
    return found | {name: Figure(value, len(cells), of="cells") for name, value in gained.items()}


def _each(of: Callable[[list[float]], float], rows: Mapping[str, list[float]]) -> dict[str, float]:
    return {way: of(values) for way, values in rows.items()}


def share(words: Counter[tuple[Fate, bool]], fate: Fate, truth: bool) -> Figure:
    """Of the words of one fate, those of which this is the truth."""
    n = words[fate, True] + words[fate, False]
    return Figure(100 * words[fate, truth] / n if n else 0.0, n, of="words")


FIGURES = {
    "weighed": "weighed",
    "articles": "majority",
    "recent": "majority_recent",
    "voices": "majority_voices",
    "last": "last_report",
    "d-s": "dawid_skene",
    "rank ours": "rank_ours",
    "rank d-s": "rank_dawid_skene",
}
"""Way → the figure of its mean."""


def _row(one: Cell, ways: Sequence[str]) -> str:
    cell = one.setting
    told = f"{cell.bias:4.2f}  {cell.copying:6.1f}  {cell.delay:5d}  {cell.wrong:5.1f}  {one.claims:7d}  "
    ranked = " ".join(f"{rank:5.2f}" for rank in one.ranks.values())
    return told + "".join(f"{one.right[way]:10.1f}" for way in ways) + f"{one.gain:+8.1f}          {ranked}"
