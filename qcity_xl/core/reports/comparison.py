"""One master among many: its figures as they were last written, for 汇总 of cities."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from qcity_xl.core.history.score_lines import Points, ScoreLine, current_round, lines_of
from qcity_xl.core.master.formula_values import SCORES, Rollup, roll_up
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.rounds.assignments import in_force
from qcity_xl.core.schema import ASSIGNMENTS, CRITERIA, INDICATORS, SECTIONS, TASKS, UNITS
from qcity_xl.core.schema.words import FINISHED, GROUP, RED, YELLOW, YES, lacks_evidence
from qcity_xl.core.values import Value, parse_number

Scores = Mapping[str, Points]  # score -> points


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A section or an indicator: its number, title and points, its scores by name."""

    no: str
    title: str
    of: float
    bonus: bool
    scores: Scores


@dataclass(frozen=True, slots=True)
class UnitPart:
    """A unit: how many parts in tasks it has, has finished, and has late."""

    name: str
    parts: int
    finished: int
    red: int


@dataclass(frozen=True, slots=True)
class City:
    """What one master says; `name` is its city's, or its file's where none was entered.

    `lacking` are criteria without all their evidence, `red` and `yellow` tasks by their light.
    """

    file: str
    name: str
    round: str
    basic: Scores
    bonus: Scores
    of: float
    of_bonus: float
    sections: tuple[ComparedRow, ...]
    indicators: tuple[ComparedRow, ...]
    units: tuple[UnitPart, ...]
    criteria: int
    answered: int
    lacking: int
    tasks: int
    finished: int
    red: int
    yellow: int
    course: tuple[ScoreLine, ...]


def city_of(master: Master, file: str, otherwise: str) -> City:
    """The city of a master, by what stands in it: nothing is evaluated again.

    `otherwise` is its name where 设置 has none.
    """
    rollup = roll_up(master)
    criteria, tasks = master.rows(CRITERIA).values(), master.rows(TASKS).values()
    lights = Counter(text(row, "light")[:2] for row in tasks)
    return City(
        file,
        master.settings.city or otherwise,
        current_round(master),
        {name: parse_number(rollup.cards.get(f"qc_{name}")) for name in SCORES},
        {name: parse_number(rollup.cards.get(f"qc_{name}_bonus")) for name in SCORES},
        parse_number(rollup.cards.get("qc_points")) or 0.0,
        parse_number(rollup.cards.get("qc_points_bonus")) or 0.0,
        _parts(master, rollup, SECTIONS.name),
        _parts(master, rollup, INDICATORS.name),
        _units(master),
        len(criteria),
        sum(1 for row in criteria if row.get("answer") is not None),
        sum(1 for row in criteria if lacks_evidence(row.get("evidence"))),
        len(tasks),
        sum(1 for row in tasks if text(row, "progress") == FINISHED),
        lights[RED],
        lights[YELLOW],
        tuple(lines_of(master)),
    )


def _parts(master: Master, rollup: Rollup, table: str) -> tuple[ComparedRow, ...]:
    bonus = {text(r, "no") for r in master.rows(SECTIONS).values() if text(r, "bonus") == YES}

    def number(key: str, name: str) -> Points:
        value: Value = rollup.cells.get((table, key, name))
        return parse_number(value)

    return tuple(
        ComparedRow(
            text(row, "no"),
            text(row, "title"),
            parse_number(row.get("points")) or 0.0,
            (text(row, "section") or text(row, "no")) in bonus,
            {name: number(key, name) for name in SCORES},
        )
        for key, row in master.tables.get(table, {}).items()
    )


def _units(master: Master) -> tuple[UnitPart, ...]:
    assigned = master.rows(ASSIGNMENTS)
    rows = [assigned[key] for key in in_force(master)]
    parts = Counter(text(row, "unit") for row in rows)
    finished = Counter(text(row, "unit") for row in rows if text(row, "progress") == FINISHED)
    red = Counter(text(row, "unit") for row in rows if text(row, "light").startswith(RED))
    names = [text(r, "name") for r in master.rows(UNITS).values() if text(r, "kind") != GROUP]
    return tuple(UnitPart(n, parts[n], finished[n], red[n]) for n in names if parts[n])
