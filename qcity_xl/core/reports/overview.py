"""Where the city stands: what bulletin, monthly report, page and lists for leaders tell."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from qcity_xl.core.history.score_lines import (
    Points,
    ScoreLine,
    before_this_round,
    current_round,
    lines_of,
)
from qcity_xl.core.mail.chasing import Late, late_units
from qcity_xl.core.mail.settings import MailSettings
from qcity_xl.core.master.formula_values import SCORES, Rollup, roll_up
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.rounds.assignments import in_force
from qcity_xl.core.schema import ASSIGNMENTS, CRITERIA, ROUNDS, SECTIONS, TASKS, UNITS
from qcity_xl.core.schema.words import FINISHED, GROUP, LEAD, RED, RETURNED, YELLOW, YES
from qcity_xl.core.scoring.deadlines import IsHoliday, targets_of
from qcity_xl.core.scoring.evidence import Assessment
from qcity_xl.core.text import natural_key, one_line
from qcity_xl.core.values import parse_date, parse_number

SOON = 30  # days


@dataclass(frozen=True, slots=True)
class Figure:
    """One score of all sections that are bonus or that are not, and of how many points.

    `before` is that of the last round, None where there was none.
    """

    score: str
    points: Points
    of: float
    before: Points


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A section with its scores by name, and how many of its criteria were answered, and lack."""

    no: str
    title: str
    bonus: bool
    of: float
    scores: dict[str, Points]
    before: dict[str, Points]
    criteria: int
    answered: int
    lacking: int


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit: its parts in tasks, how many are finished, late (red) and in danger (yellow).

    `returned` is what 轮次 says of this round, "" where it got no pack; `days` past the due date.
    `open` are the answers that it owes, `gaps` pieces of evidence.
    """

    name: str
    leads: int
    partners: int
    finished: int
    red: int
    yellow: int
    returned: str
    days: int
    open: int
    gaps: int

    @property
    def share(self) -> float:
        """How many percent of its parts are finished."""
        parts = self.leads + self.partners
        return round(100 * self.finished / parts, 1) if parts else 0.0


@dataclass(frozen=True, slots=True)
class Lacking:
    """A criterion without all its evidence, and its points."""

    label: str
    unit: str
    points: Points
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DueTask:
    """A task that is due on `day`, or whose light is not green."""

    task: str
    text: str
    leads: str
    progress: str
    light: str
    day: dt.date | None


@dataclass(frozen=True, slots=True)
class Overview:
    """All of it on one day. `basic` and `bonus` hold a figure for each score."""

    city: str
    contact: str
    today: dt.date
    round: str
    due: dt.date | None
    since: str
    basic: tuple[Figure, ...]
    bonus: tuple[Figure, ...]
    sections: tuple[SectionLine, ...]
    units: tuple[UnitLine, ...]
    late: tuple[Late, ...]
    lacking: tuple[Lacking, ...]
    soon: tuple[DueTask, ...]
    risks: tuple[DueTask, ...]
    tasks: int
    finished: int


def overview_of(
    master: Master,
    assessment: Assessment,
    today: dt.date,
    settings: MailSettings,
    is_holiday: IsHoliday,
) -> Overview:
    """The overview of a master that was just evaluated, with its lights as they are today."""
    rollup, name = roll_up(master), current_round(master)
    before = before_this_round(lines_of(master), name)
    rows = {k: r for k, r in master.rows(ROUNDS).items() if text(r, "round") == name and name}
    late = late_units(master, rows, today, settings)
    tasks = list(master.rows(TASKS).values())
    return Overview(
        master.settings.city,
        master.settings.contact,
        today,
        name,
        max((day for row in rows.values() if (day := parse_date(row.get("due")))), default=None),
        f"{before.round or '第一轮之前'}（{before.day}）" if before else "",
        _figures(rollup, "", before),
        _figures(rollup, "_bonus", before),
        tuple(_sections(master, rollup, before)),
        tuple(_units(master, assessment, rows, late)),
        tuple(late),
        tuple(_lacking(master, assessment)),
        tuple(_soon(master, tasks, today, is_holiday)),
        tuple(_duty(row) for row in tasks if text(row, "light").startswith((RED, YELLOW))),
        len(tasks),
        sum(1 for row in tasks if text(row, "progress") == FINISHED),
    )


def _figures(rollup: Rollup, suffix: str, before: ScoreLine | None) -> tuple[Figure, ...]:
    of = parse_number(rollup.cards.get(f"qc_points{suffix}")) or 0.0
    earlier = (before.bonus if suffix else before.points) if before else {}
    return tuple(
        Figure(name, parse_number(rollup.cards.get(f"qc_{name}{suffix}")), of, earlier.get(name))
        for name in SCORES
    )


def _sections(master: Master, rollup: Rollup, before: ScoreLine | None) -> list[SectionLine]:
    found = []
    for key, row in master.rows(SECTIONS).items():
        cells = {name: rollup.cells.get((SECTIONS.name, key, name)) for name in _COUNTED}
        no = text(row, "no")
        found.append(
            SectionLine(
                no,
                one_line(text(row, "title")),
                text(row, "bonus") == YES,
                parse_number(row.get("points")) or 0.0,
                {name: parse_number(cells[name]) for name in SCORES},
                dict(before.sections.get(no, {})) if before else {},
                *(int(parse_number(cells[name]) or 0) for name in _COUNTED[len(SCORES) :]),
            )
        )
    return sorted(found, key=lambda line: natural_key(line.no))


_COUNTED = (*SCORES, "criteria", "answered", "gaps")


def _units(
    master: Master, assessment: Assessment, rows: dict[str, Row], late: Sequence[Late]
) -> list[UnitLine]:
    """By how much is late, then by name; units that have nothing to do are left out."""
    assigned = master.rows(ASSIGNMENTS)
    parts: dict[str, list[Row]] = {}
    for key in in_force(master):
        parts.setdefault(text(assigned[key], "unit"), []).append(assigned[key])
    gaps = Counter(gap.need.unit for gap in assessment.gaps)
    owed = {one.unit: one for one in late}
    returned = {text(row, "unit"): text(row, "state") for row in rows.values()}
    found = []
    for row in master.rows(UNITS).values():
        name = text(row, "name")
        mine = parts.get(name, [])
        if text(row, "kind") == GROUP or not (mine or gaps[name] or name in returned):
            continue
        roles = Counter(text(part, "role") for part in mine)
        lights = Counter(text(part, "light")[:2] for part in mine)
        one = owed.get(name)
        found.append(
            UnitLine(
                name,
                roles[LEAD],
                len(mine) - roles[LEAD],
                sum(1 for part in mine if text(part, "progress") == FINISHED),
                lights[RED],
                lights[YELLOW],
                "" if name not in returned else one.state if one else RETURNED,
                max(one.days, 0) if one else 0,
                len(one.items) if one else 0,
                gaps[name],
            )
        )
    return sorted(found, key=lambda line: (-line.days, -line.red, line.share, line.name))


def _lacking(master: Master, assessment: Assessment) -> list[Lacking]:
    """The criteria whose evidence is not whole, the most points first."""
    found = []
    for key, row in master.rows(CRITERIA).items():
        words = tuple(gap.sentence() for gap in assessment.gaps_of(key))
        if words:
            points = parse_number(row.get("points"))
            found.append(Lacking(text(row, "label"), text(row, "owner"), points, words))
    return sorted(found, key=lambda one: (-(one.points or 0.0), natural_key(one.label)))


def _soon(
    master: Master, tasks: Sequence[Row], today: dt.date, is_holiday: IsHoliday
) -> list[DueTask]:
    """The tasks that are due in the next 30 days and not finished, the nearest first."""
    milestones = master.settings.lights.milestones
    found = []
    for row in tasks:
        targets = targets_of(text(row, "deadline"), milestones, is_holiday)
        due = [t.day for t in targets if t.state == FINISHED and 0 <= (t.day - today).days <= SOON]
        if due and text(row, "progress") != FINISHED:
            found.append(_duty(row, due[0]))
    return sorted(found, key=lambda duty: (duty.day or today, natural_key(duty.task)))


def _duty(row: Row, day: dt.date | None = None) -> DueTask:
    return DueTask(
        text(row, "no"),
        one_line(text(row, "text")),
        text(row, "leads"),
        text(row, "progress"),
        text(row, "light"),
        day,
    )
