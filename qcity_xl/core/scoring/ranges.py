"""The lowest and the highest of each score while rulings are open.

Rulings on one criterion are tried together, all of them; so are those on one indicator. Between
criteria and between indicators scores only add up or are compared, so that the least of each make
the least of all: no combination is left out, and each bound is reached by one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from qcity_xl.core.master.criteria import points_of
from qcity_xl.core.master.formula_values import SCORES, indicator_total
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.plan import COMBINE_NAMES
from qcity_xl.core.schema import CRITERIA, INDICATORS
from qcity_xl.core.schema.formulas import SPREAD
from qcity_xl.core.scoring.alternatives import COMBINE, Alternative, ChosenOption, options
from qcity_xl.core.scoring.evidence import Assessment
from qcity_xl.core.scoring.score import CriterionScore, criteria_by_indicator, factor_of

Flags = frozenset[str]  # which of rescaled, voids, voids_all hold in one score


@dataclass(frozen=True, slots=True)
class Range:
    """Bounds of a score, both included; equal where nothing that is open moves it."""

    low: float
    high: float

    def __or__(self, other: "Range | None") -> "Range":
        """The range over both."""
        return (
            self if other is None else Range(min(self.low, other.low), max(self.high, other.high))
        )


Ranges = Mapping[str, Mapping[str, Range]]  # row id of an indicator -> score -> its range


def score_ranges(master: Master, assessment: Assessment) -> Ranges:
    """The range of each score of each indicator, after all rulings are written where they belong.

    A score without any answer has none. A 一票否决 on everything is open like any other: what it
    zeroes has 0 as a bound.
    """
    alternative = Alternative(master, assessment)
    own = criteria_by_indicator(master)
    found: dict[str, dict[str, Range]] = {}
    worlds: dict[str, dict[str, tuple[Range | None, bool]]] = {}
    for key, row in master.rows(INDICATORS).items():
        mine = own.get(text(row, "no"), [])
        worlds[key] = _indicator(master, alternative, row, mine)
    for name in SCORES:
        # Each is one of what may happen anywhere: nothing voids everything, or something does.
        spared = all(w[name][0] or not w[name][1] for w in worlds.values())
        voided = any(w[name][1] for w in worlds.values())
        for key, world in worlds.items():
            whole = world[name][0] if spared else None
            if voided and (world[name][0] or world[name][1]):
                whole = Range(0.0, 0.0) | whole
            if whole is not None:
                found.setdefault(key, {})[name] = whole
    return found


def _indicator(
    master: Master, alternative: Alternative, indicator: Row, own: list[str]
) -> dict[str, tuple[Range | None, bool]]:
    """Of each score: its range while nothing voids everything, and whether something here can."""
    found: dict[str, tuple[Range | None, bool]] = dict.fromkeys(SCORES, (None, False))
    for shared in _shared(alternative, indicator):
        row = {**indicator, "combine": shared[COMBINE]} if shared.get(COMBINE) else indicator
        outcomes = [alternative.scores(key, alternative.policies(key, shared)) for key in own]
        for name in SCORES:
            whole, voids = found[name]
            for range_, everything in _combinations(master, row, own, outcomes, name):
                if everything:
                    voids = True
                elif range_ is not None:
                    whole = range_ | whole
            found[name] = (whole, voids)
    return found


def _shared(alternative: Alternative, indicator: Row) -> Iterator[dict[str, ChosenOption]]:
    """Each combination of what is open for the indicator as a whole."""
    open_ = [matter for matter in alternative.shared(indicator) if not matter.ruled]
    for chosen in product(*(options(matter, {}) for matter in open_)):
        picked = {m.item: option for m, option in zip(open_, chosen, strict=True)}
        if picked.get(COMBINE) not in COMBINE_NAMES.values():
            picked.pop(COMBINE, None)
        yield picked


def _combinations(
    master: Master,
    indicator: Row,
    own: list[str],
    outcomes: list[list[CriterionScore]],
    name: str,
) -> Iterator[tuple[Range | None, bool]]:
    """The range for each combination of flags, None without any answer, and whether all is void."""
    points = [(key, points_of(master.rows(CRITERIA)[key])) for key in own]
    grouped = [_by_flags(scores, name) for scores in outcomes]
    for flags in product(*grouped):
        chosen = [group[flag] for group, flag in zip(grouped, flags, strict=True)]
        ends = [
            indicator_total(
                indicator,
                name,
                [value for value in (pick(values) for values in chosen) if value is not None],
                factor_of(indicator, points, _flagged(own, flags, name), name),
            )
            for pick in (_least, _most)
        ]
        range_ = None if None in ends else Range(*(end or 0.0 for end in ends))
        yield range_, any("voids_all" in flag for flag in flags)


def _by_flags(scores: list[CriterionScore], name: str) -> dict[Flags, list[float | None]]:
    """The points that go with each set of flags; with equal flags more points are never worse."""
    found: dict[Flags, list[float | None]] = {}
    for score in scores:
        marks = ("rescaled", "voids", "voids_all")
        flags = frozenset(mark for mark in marks if name in getattr(score, mark))
        found.setdefault(flags, []).append(getattr(score, name))
    return found


def _least(values: list[float | None]) -> float | None:
    return None if set(values) == {None} else min(value or 0.0 for value in values)


def _most(values: list[float | None]) -> float | None:
    return None if set(values) == {None} else max(value or 0.0 for value in values)


def _flagged(own: list[str], flags: tuple[Flags, ...], name: str) -> dict[str, CriterionScore]:
    """Scores that carry these flags alone."""
    mine = frozenset((name,))
    return {
        key: CriterionScore(
            *(None, None, None, 0.0, ""),
            rescaled=mine if "rescaled" in held else frozenset(),
            voids=mine if "voids" in held else frozenset(),
        )
        for key, held in zip(own, flags, strict=True)
    }


def spread_cells(
    indicator: Row,
    factors: Mapping[str, float],
    scores: list[CriterionScore],
    ranges: Mapping[str, Range],
) -> dict[str, float | None]:
    """The cells of 指标 that say what open rulings may take from each score and add to it.

    `scores` are those of its criteria; blank where a ruling changes nothing.
    """
    cells: dict[str, float | None] = {}
    for name, (down, _, up, _) in SPREAD.items():
        values = [value for score in scores if (value := getattr(score, name)) is not None]
        held = indicator_total(indicator, name, values, factors[name]) or 0.0
        range_ = ranges.get(name, Range(held, held))
        cells[down] = round(held - range_.low, 2) or None
        cells[up] = round(range_.high - held, 2) or None
    return cells
