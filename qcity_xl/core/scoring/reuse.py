"""Material that would also do for another criterion: proposed, never counted by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.schema import CRITERIA, EVIDENCE, TASKS
from qcity_xl.core.schema.words import VALID
from qcity_xl.core.scoring.evidence import (
    UNUSED,
    Assessment,
    Gap,
    criteria_in,
    criteria_labels,
    timing,
)
from qcity_xl.core.scoring.kinship import Kinship
from qcity_xl.core.scoring.needs import plan_window
from qcity_xl.core.text import natural_key

_MOST = 5  # proposals for one row of 佐证: the nearest, in the order of the table
SAME_TASK, SAME_INDICATOR = "同一项任务", "同一个指标"


@dataclass(frozen=True, slots=True)
class Reuse:
    """A row of 佐证 that would fill this gap too, and why it is thought of."""

    row: str
    gap: Gap
    why: str


def reuses(master: Master, assessment: Assessment) -> tuple[Reuse, ...]:
    """What valid material of the right kind and time could also serve, by rows of 佐证.

    It is thought of where both criteria serve one task or belong to one indicator, or where its
    title has words of the other criterion that few criteria have.
    """
    evidence = master.rows(EVIDENCE)
    valid = [key for key, finding in assessment.findings.items() if finding in (VALID, UNUSED)]
    if not valid or not assessment.gaps:
        return ()
    gaps: dict[str, list[Gap]] = {}
    for gap in assessment.gaps:
        gaps.setdefault(gap.need.kind, []).append(gap)
    labels, kinship = criteria_labels(master), Kinship(master)
    window = plan_window(master.settings)
    tasks = _tasks(master, labels)
    found: list[Reuse] = []
    for key in valid:
        row = evidence[key]
        serves = criteria_in(text(row, "criteria"), labels)
        shared = kinship.shared(text(row, "title"))
        own: dict[str, Reuse] = {}
        for gap in gaps.get(text(row, "kind"), ()):
            need = gap.need
            if need.criterion in serves or timing(need, row, window):
                continue
            if why := _why(master, need.criterion, serves, tasks, shared):
                own.setdefault(need.label, Reuse(key, gap, why))
        found += sorted(own.values(), key=_place)[:_MOST]
    return tuple(found)


def _place(reuse: Reuse) -> tuple[bool, tuple[tuple[int, int | str], ...]]:
    """Words say more than neighbourhood."""
    return reuse.why in (SAME_TASK, SAME_INDICATOR), natural_key(reuse.gap.need.label)


def _tasks(master: Master, labels: Mapping[str, tuple[str, ...]]) -> Sequence[set[str]]:
    """The criteria of each task."""
    cells = (text(row, "criteria") for row in master.rows(TASKS).values())
    return [criteria_in(cell, labels) for cell in cells]


def _why(
    master: Master,
    criterion: str,
    serves: set[str],
    tasks: Sequence[set[str]],
    shared: Mapping[str, str],
) -> str:
    if criterion in shared:
        return f"都说到“{shared[criterion]}”"
    if any(criterion in task and task & serves for task in tasks):
        return SAME_TASK
    rows: Mapping[str, Row] = master.rows(CRITERIA)
    mine = {text(rows[key], "indicator") for key in serves}
    return SAME_INDICATOR if text(rows[criterion], "indicator") in mine else ""


def reuse_cells(master: Master, found: Sequence[Reuse]) -> dict[str, dict[str, str | None]]:
    """还可用于 of each row of 佐证: labels as one would type them."""
    labels: dict[str, list[str]] = {}
    for reuse in found:
        labels.setdefault(reuse.row, []).append(reuse.gap.need.label)
    return {key: {"reuse": "、".join(labels.get(key, ())) or None} for key in master.rows(EVIDENCE)}
