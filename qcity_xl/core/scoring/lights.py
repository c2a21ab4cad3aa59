"""红黄绿蓝: how each task and each unit's part in it stands on a day, by word, sign and colour."""

import datetime as dt
from collections.abc import Mapping, Sequence

from qcity_xl.core.changes import Change
from qcity_xl.core.master.model import Master, differences, text
from qcity_xl.core.master.settings import Lights
from qcity_xl.core.schema import ASSIGNMENTS, TASKS
from qcity_xl.core.schema.words import (
    BLUE,
    FINISHED,
    GREEN,
    IN_TROUBLE,
    NOT_BEGUN,
    RED,
    UNDER_WAY,
    YELLOW,
    lacks_evidence,
)
from qcity_xl.core.scoring.deadlines import DueState, IsHoliday, is_past, targets_of
from qcity_xl.core.text import fold
from qcity_xl.core.values import Value

_REACHED = {NOT_BEGUN: 0, IN_TROUBLE: 1, UNDER_WAY: 1, FINISHED: 2}


def light_changes(master: Master, today: dt.date, is_holiday: IsHoliday) -> list[Change]:
    """Changes that set 灯 on 任务 and 填报, 时间节点 and 到期日 on 任务, as on this day."""
    settings = master.settings.lights
    made: dict[str, tuple[DueState, ...]] = {}
    for table in (TASKS, ASSIGNMENTS):
        for row in master.rows(table).values():
            words = text(row, "deadline")
            if words not in made:
                made[words] = targets_of(words, settings.milestones, is_holiday)
    tasks: dict[str, dict[str, Value]] = {}
    evidence: dict[str, Value] = {}
    for key, row in master.rows(TASKS).items():
        targets = made[text(row, "deadline")]
        evidence[fold(text(row, "no"))] = row.get("evidence")
        light = light_on(today, targets, text(row, "progress"), row.get("evidence"), settings)
        tasks[key] = {
            "milestones": _shown(targets),
            "light": light or None,
            "due_on": _due(targets, today),
        }
    parts: dict[str, Mapping[str, Value]] = {
        key: {
            "light": light_on(
                *(today, made[text(row, "deadline")], text(row, "progress")),
                *(evidence.get(fold(text(row, "task"))), settings),
            )
            or None
        }
        for key, row in master.rows(ASSIGNMENTS).items()
    }
    return [*differences(master, TASKS, tasks), *differences(master, ASSIGNMENTS, parts)]


def light_on(
    today: dt.date,
    targets: Sequence[DueState],
    progress: str,
    evidence: Value,
    settings: Lights,
) -> str:
    """The light with its word, such as ▲红 逾期; "" where there is nothing to go by.

    Blue is done with its evidence. Red is a deadline or milestone missed by more days than 设置
    allows. Yellow is missed by fewer, near, in difficulty, or done without all its evidence.
    """
    if progress == FINISHED:
        lacking = settings.needs_evidence and lacks_evidence(evidence)
        return f"{YELLOW} 佐证不齐" if lacking else f"{BLUE} {FINISHED}"
    reached = _REACHED.get(progress, 0)
    due = [target for target in targets if _REACHED[target.state] > reached]
    late = [target for target in due if target.day < today]
    if late:
        days = (today - late[0].day).days
        word = "逾期" if any(t.state == FINISHED for t in late) else "节点滞后"
        return f"{RED if days > settings.red_days else YELLOW} {word}"
    if progress == IN_TROUBLE:
        return f"{YELLOW} {IN_TROUBLE}"
    if due and (due[0].day - today).days <= settings.yellow_days:
        return f"{YELLOW} {'临近时限' if due[0].state == FINISHED else '临近节点'}"
    return f"{GREEN} 正常" if targets else ""


def _shown(targets: Sequence[DueState]) -> str | None:
    """A line for each: 2017-03-31 推进中."""
    return "\n".join(f"{t.day:%Y-%m-%d} {t.state}" for t in targets) or None


def _due(targets: Sequence[DueState], today: dt.date) -> dt.date | None:
    """By which day a task has to be done next; the last one where all are over."""
    days = [target.day for target in targets if target.state == FINISHED]
    return next((day for day in days if day >= today), days[-1] if days else None)


def past_deadlines(master: Master, day: dt.date, is_holiday: IsHoliday) -> set[str]:
    """The deadlines of 任务, as they are written there, that were over before this day."""
    policy = master.settings.lights.milestones
    words = {text(row, "deadline") for row in master.rows(TASKS).values()}
    return {said for said in words if is_past(said, day, policy, is_holiday)}


def deadline_years(master: Master) -> set[int]:
    """The years in which deadlines and milestones fall."""
    settings = master.settings.lights
    return {
        target.day.year
        for row in master.rows(TASKS).values()
        for target in targets_of(text(row, "deadline"), settings.milestones, lambda _: False)
    }
