"""The numbers of the plan: the document's own where they tell everything apart."""

from collections.abc import Sequence

from qcity_xl.core.reading.findings import Findings
from qcity_xl.core.reading.labels import Label
from qcity_xl.core.reading.model import Outline, RawIndicator, RawTask
from qcity_xl.core.reading.numbers import glued
from qcity_xl.core.text import shorten

_SHOWN = 40


def number_outline(outline: Outline, findings: Findings) -> None:
    """Give each indicator and task its number; what had to be numbered anew is told once."""
    raws = list(outline.indicators())
    if all(raw.no for raw in raws):
        return
    for raw in raws:
        if raw.no and raw.label is None:
            raw.label = (raw.no,)
    own = _own_numbers([raw.label for raw in raws])
    for raw, no in zip(raws, own or range(1, len(raws) + 1), strict=True):
        raw.no = no
        _number_tasks(raw)
    labels = [".".join(map(str, raw.label)) for raw in raws if raw.label]
    if own is None and raws:
        taken = f"1—{len(raws)}"
        if labels:
            shown = shorten("、".join(labels), _SHOWN)
            reason = f"原文件的编号是{shown}，有重复、不连续或分了几级，总表里重新编号"
        else:
            reason = "原文件的指标没有编号，总表里按顺序编号"
        question = f"{reason}，{taken}是否可行"
        findings.guess("全文", "全文", "编号", taken, reason, question)


def _own_numbers(labels: Sequence[Label | None]) -> list[int] | None:
    """The document's numbers, a lost one filled in; None if they don't tell all apart."""
    found: list[int] = []
    for label in labels:
        if label is not None and len(label) > 1:
            return None
        found.append(label[0] if label else (found[-1] + 1 if found else 1))
    known = any(labels)
    return found if known and len(set(found)) == len(found) and min(found) > 0 else None


def _number_tasks(raw: RawIndicator) -> None:
    ordinals = _own_ordinals(raw)
    for place, task in enumerate(raw.tasks, 1):
        task.no = f"{raw.no}.{ordinals[place - 1] if ordinals else place}"


def _own_ordinals(raw: RawIndicator) -> list[int] | None:
    found: list[int] = []
    for task in raw.tasks:
        label = task.label or _label_of(task)
        if not label or (len(label) > 1 and raw.label and label[:-1] != raw.label):
            return None
        ordinal, expected = label[-1], (found[-1] if found else 0) + 1
        if digits := glued(ordinal, task.text, expected):
            task.text = str(ordinal)[-digits:] + task.text
            ordinal = expected
        found.append(ordinal)
    dotted = all((task.label or (0,))[:-1] == (raw.label or ()) for task in raw.tasks)
    if len(set(found)) < len(found) or (found and found[0] != 1 and not dotted):
        return None
    return found


def _label_of(task: RawTask) -> Label | None:
    return tuple(map(int, task.no.split("."))) if task.no else None
