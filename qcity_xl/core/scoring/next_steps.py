"""加分建议: the moves that raise a score by so many points with the least effort."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qcity_xl.core.changes import Change, added_row, dropped_row
from qcity_xl.core.master.model import Master, differences, text
from qcity_xl.core.schema import CRITERIA, INDICATORS, SECTIONS, STEPS, TASKS
from qcity_xl.core.schema.words import YES
from qcity_xl.core.scoring.bundles import Bundle, IndicatorStanding, bundles_of, single_gains
from qcity_xl.core.scoring.evaluate import Evaluation
from qcity_xl.core.scoring.evidence import criteria_in, criteria_labels
from qcity_xl.core.scoring.moves import Move, Moves, moves_of
from qcity_xl.core.scoring.score import criteria_by_indicator
from qcity_xl.core.text import one_line
from qcity_xl.core.values import Value

# Of groups of (gain in hundredths, cost): which option of each to take for so much in all.
Solver = Callable[[Sequence[Sequence[tuple[int, float]]], int], list[int | None]]


@dataclass(frozen=True, slots=True)
class NextStep:
    """A move, and what it adds to the total after the steps before it."""

    move: Move
    label: str
    text: str
    section: Value
    indicator: Value
    bonus: bool
    unit: str
    deadline: str
    answer: Value
    gain: float

    @property
    def target(self) -> str:
        """What to reach, in words."""
        return "补齐佐证" if self.move.answer is None else str(self.move.answer)

    def row(self, order: int) -> dict[str, Value]:
        """Its row on 加分建议."""
        return {
            "order": order,
            "section": self.section,
            "indicator": self.indicator,
            "label": self.label,
            "text": self.text,
            "unit": self.unit or None,
            "deadline": self.deadline or None,
            "answer": self.answer,
            "target": self.target,
            "missing": "；".join(self.move.gaps) or None,
            "gain": _plain(self.gain),
            "effort": _plain(self.move.effort),
        }


@dataclass(frozen=True, slots=True)
class NextSteps:
    """The cheapest steps; `asked` is how many points were wanted, None for what 设置 says.

    `greatest` is what all that can be done gains. Where more was asked for, `steps` gain that.
    """

    steps: tuple[NextStep, ...]
    asked: float | None
    greatest: float
    moves: Moves

    @property
    def gain(self) -> float:
        """What the steps gain together."""
        return round(sum(step.gain for step in self.steps), 2)

    @property
    def effort(self) -> float:
        """What they cost together."""
        return round(sum(step.move.effort for step in self.steps), 2)

    @property
    def feasible(self) -> bool:
        """Whether what was asked for can be reached."""
        return self.asked is None or self.asked <= self.greatest


def next_steps(
    master: Master,
    evaluation: Evaluation,
    points: float | None,
    score: str,
    solve: Solver,
    *,
    basic: bool = False,
) -> NextSteps:
    """The steps for that many points more of a score (CLAIMED or EVIDENCED); None: as 设置 says.

    `master` is as `evaluation` leaves it. With `basic` the sections of bonus points are left out.
    """
    moves = moves_of(master, evaluation.assessment, evaluation.scores, score)
    bonus = _bonus_sections(master)
    standings: list[IndicatorStanding] = []
    bundles: list[list[Bundle]] = []
    own = criteria_by_indicator(master)
    for key, row in master.rows(INDICATORS).items():
        if basic and text(row, "section") in bonus:
            continue
        mine = own.get(text(row, "no"), [])
        scores = {k: getattr(evaluation.scores.criteria[k], score) for k in mine}
        standings.append(
            IndicatorStanding(row, score, evaluation.scores.factors[key][score], scores)
        )
        possible = [moves.by_criterion.get(k, ()) for k in mine]
        bundles.append(bundles_of(standings[-1], possible))
    hundredths = [[(round(100 * b.gain), b.effort) for b in one] for one in bundles]
    most = sum(max((gain for gain, _ in one), default=0) for one in hundredths)
    wanted = min(most, _up(master.settings.more_points if points is None else points))
    taken = solve(hundredths, wanted)
    chosen = [
        found
        for standing, one, place in zip(standings, bundles, taken, strict=True)
        if place is not None
        for found in single_gains(standing, one[place].moves)
    ]
    chosen.sort(key=lambda found: -found[1] / (found[0].effort or 1e-9))
    told = _Teller(master, bonus)
    steps = tuple(told.step(move, gain) for move, gain in chosen)
    return NextSteps(steps, points, round(most / 100, 2), moves)


def _up(points: float) -> int:
    """In hundredths; what is asked for beyond two decimals is a hundredth more."""
    return -int(-round(points * 100, 6) // 1)


def _bonus_sections(master: Master) -> set[str]:
    rows = master.rows(SECTIONS).values()
    return {text(row, "no") for row in rows if text(row, "bonus") == YES}


class _Teller:
    """Whose a criterion is, and by when."""

    def __init__(self, master: Master, bonus: set[str]) -> None:
        self._rows = master.rows(CRITERIA)
        self._bonus = bonus
        labels = criteria_labels(master)
        self._deadlines: dict[str, list[str]] = {}
        for row in master.rows(TASKS).values():
            for key in criteria_in(text(row, "criteria"), labels):
                self._deadlines.setdefault(key, []).append(text(row, "deadline"))

    def step(self, move: Move, gain: float) -> NextStep:
        row = self._rows[move.criterion]
        deadlines = dict.fromkeys(filter(None, self._deadlines.get(move.criterion, [])))
        return NextStep(
            move,
            text(row, "label"),
            one_line(text(row, "text")),
            row.get("section"),
            row.get("indicator"),
            text(row, "section") in self._bonus,
            text(row, "owner"),
            "、".join(deadlines),
            row.get("answer"),
            gain,
        )


def step_changes(master: Master, steps: Sequence[NextStep]) -> list[Change]:
    """Changes that make 加分建议 list just these steps."""
    # By place, so that they stand in their order whatever stood there before.
    wanted = {f"J{order}": step.row(order) for order, step in enumerate(steps, 1)}
    changes: list[Change] = []
    for key, row in master.rows(STEPS).items():
        if key not in wanted:
            stored = {c.field: row.get(c.field) for c in STEPS.columns if c.field != "key"}
            changes += dropped_row(STEPS.name, key, stored)
    present = {key: row for key, row in wanted.items() if key in master.rows(STEPS)}
    changes += differences(master, STEPS, present)
    for key, row in wanted.items():
        if key not in present:
            changes += added_row(STEPS.name, key, row)
    return changes


def _plain(value: float) -> Value:
    return int(value) if float(value).is_integer() else round(value, 2)
