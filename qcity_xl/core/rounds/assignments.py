"""填报 follows 任务: a row for each duty, made, brought up to date, or put out of use."""

from qcity_xl.core.changes import Change, added_row
from qcity_xl.core.master.model import Master, differences, text
from qcity_xl.core.problems import Problem
from qcity_xl.core.rounds.responsibility import resolve_duties
from qcity_xl.core.schema import ASSIGNMENTS, TASKS
from qcity_xl.core.values import Value

RELEASED = "已改派，不再填报"


def assignment_changes(master: Master) -> tuple[list[Change], list[Problem]]:
    """Changes that bring 填报 in line with 任务 and 单位, and names that lead to no unit.

    A duty that has gone keeps its row and its answers; it only loses its role.
    """
    duties, problems = resolve_duties(master)
    present = master.rows(ASSIGNMENTS)
    tasks = master.rows(TASKS)
    changes: list[Change] = []
    standing = {duty.key for duty in duties}
    wanted: dict[str, dict[str, Value]] = {
        key: {"role": None, "why": RELEASED} for key in present if key not in standing
    }
    for duty in duties:
        row: dict[str, Value] = {**duty.row(tasks[duty.task])}
        if duty.key in present:
            wanted[duty.key] = row
        else:
            changes += added_row(ASSIGNMENTS.name, duty.key, row)
    return [*changes, *differences(master, ASSIGNMENTS, wanted)], problems


def in_force(master: Master) -> list[str]:
    """Row ids of the assignments that are not put out of use."""
    return [key for key, row in master.rows(ASSIGNMENTS).items() if text(row, "role")]
