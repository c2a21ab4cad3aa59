"""合理缺项: a criterion that may be absent has a row of 待定事项 that says how it then counts."""

from collections.abc import Iterator

from qcity_xl.core.changes import Change, added_row
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.master.numbers import free_id
from qcity_xl.core.master.rulings import ABSENT
from qcity_xl.core.problems import Problem
from qcity_xl.core.rules.question import EXCLUDED, FULL, RESCALED
from qcity_xl.core.schema import CRITERIA, RULINGS
from qcity_xl.core.schema.words import YES

_OPTIONS = " / ".join((FULL, EXCLUDED, RESCALED))


def policy_rows(master: Master) -> list[Change]:
    """Changes that put what nobody was asked yet on 待定事项, with its default."""
    changes: list[Change] = []
    for key in _unasked(master):
        label = text(master.rows(CRITERIA)[key], "label")
        row = {
            "subject": label,
            "item": ABSENT,
            "question": f"得分点{label}不适用时，它的分值怎样计算，文件未写",
            "options": _OPTIONS,
            "default": RESCALED,
            "reason": "“可缺项”填了“是”；折算后其余得分点按比例补足",
        }
        changes += added_row(
            RULINGS.name, free_id(f"Q{label}/{ABSENT}", master.rows(RULINGS)), {**row}
        )
    return changes


def check_policies(master: Master) -> Iterator[Problem]:
    """How a criterion counts that may be absent was put to the office."""
    for key in _unasked(master):
        row = master.rows(CRITERIA)[key]
        yield Problem(
            "absence",
            "warning",
            CRITERIA.sheet,
            master.cell(CRITERIA, key, "may_be_absent"),
            f"得分点{text(row, 'label')}可以缺项，缺项时怎样计分还没有问过，暂按“{RESCALED}”",
            f"「{RULINGS.sheet}」里有它或它的指标的“{ABSENT}”一行",
            f"重算得分会添上这一行，请在「{RULINGS.sheet}」裁定；不该缺项的，把“可缺项”改成“否”",
        )


def _unasked(master: Master) -> list[str]:
    held = master.rulings()
    return [
        key
        for key, row in master.rows(CRITERIA).items()
        if row.get("may_be_absent") == YES and ABSENT not in held.get(text(row, "label"), {})
    ]
