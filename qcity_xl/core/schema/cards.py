"""The figures at the top of 看板: live formulas over the tables, each in a cell with a name."""

from collections.abc import Mapping
from dataclasses import dataclass

from qcity_xl.core.schema.board import BLOCKS, FACTS, Block
from qcity_xl.core.schema.formulas import UNSETTLED, card_range, total
from qcity_xl.core.schema.words import CONFLICT, ERROR, FINISHED, LACKING, NO, RED, VALID, YES

_SCORES = (
    ("claimed", "自评"),
    ("evidenced", "佐证"),
    ("reviewed", "核定"),
    ("ceiling", "最高可得"),
)


@dataclass(frozen=True, slots=True)
class Card:
    """One figure: `name` is a defined name of the workbook, `label` what people read.

    A figure of `trouble` stands out unless it is 0.
    """

    name: str
    label: str
    formula: str
    trouble: bool = False


def _total(column: str, bonus: str) -> str:
    return total(f"tblSections[{column}]", f'(tblSections[加分项]="{bonus}")')


# What an inspection would not find: claimed in all, bonus too, and not evidenced.
_RISK = "ROUND(SUM(qc_claimed)+SUM(qc_claimed_bonus)-SUM(qc_evidenced)-SUM(qc_evidenced_bonus),2)"
SCORE_CARDS = (
    Card("qc_points", "基本分", f'SUMIFS(tblSections[分值],tblSections[加分项],"{NO}")'),
    *(Card(f"qc_{field}", label, _total(label, NO)) for field, label in _SCORES),
)
BONUS_CARDS = (
    Card("qc_points_bonus", "加分项", f'SUMIFS(tblSections[分值],tblSections[加分项],"{YES}")'),
    *(Card(f"qc_{field}_bonus", label, _total(label, YES)) for field, label in _SCORES),
)
WORK_CARDS = (
    Card("qc_criteria", "得分点", "COUNTA(tblCriteria[编号])"),
    Card("qc_answered", "已自评", "COUNTA(tblCriteria[自评答案])"),
    Card("qc_tasks", "任务", "COUNTA(tblTasks[编号])"),
    Card("qc_tasks_done", "已完成任务", f'COUNTIFS(tblTasks[完成情况],"{FINISHED}")'),
    Card("qc_evidence", "佐证材料", "COUNTA(tblEvidence[材料名称])"),
    Card(
        "qc_evidence_faults",
        "有问题佐证",
        f'COUNTIFS(tblEvidence[检查结果],"?*")-COUNTIFS(tblEvidence[检查结果],"{VALID}")',
        trouble=True,
    ),
    Card(
        "qc_gaps",
        "缺佐证得分点",
        f'COUNTIFS(tblCriteria[佐证状态],"{LACKING}*")',
        trouble=True,
    ),
    Card(
        "qc_conflicts",
        "未处理冲突",
        f'SUMPRODUCT((tblConflicts[类型]="{CONFLICT}")*(tblConflicts[结果]=""))',
        trouble=True,
    ),
    Card("qc_errors", "检查错误", f'COUNTIFS(tblProblems[级别],"{ERROR}")', trouble=True),
    Card(
        "qc_rulings_to_settle",
        "影响得分的待定事项",
        'SUMPRODUCT((tblRulings[对象]<>"")*(tblRulings[裁定]="")*ISNUMBER(tblRulings[影响分值])'
        "*(tblRulings[影响分值]>0))",
        trouble=True,
    ),
    Card("qc_risk", "自评无佐证的分", _RISK, trouble=True),
    Card("qc_red", "红灯任务", f'COUNTIFS(tblTasks[灯],"{RED}*")', trouble=True),
)
# Below each score: from where to where it may go while rulings are open.
RANGE_CARDS = {
    f"qc_{field}{suffix}": Card(
        f"qc_{field}{suffix}_range", label, card_range(f"qc_{field}{suffix}", field, bonus)
    )
    for suffix, bonus in (("", NO), ("_bonus", YES))
    for field, label in _SCORES
}
CARDS = (*SCORE_CARDS, *BONUS_CARDS, *WORK_CARDS, *RANGE_CARDS.values())


def _cells(block: Block) -> Mapping[str, str]:
    lines = enumerate(block.rows)
    return {block.cell(r, c): formula for r, line in lines for c, formula in enumerate(line)}


# The formula of each figure on 看板, those of the lists cell by cell.
ON_BOARD: Mapping[str, str] = {
    **{card.name: card.formula for card in CARDS},
    **FACTS,
    **{name: formula for block in BLOCKS for name, formula in _cells(block).items()},
}


_FACT_LABELS = {"qc_heading": "轮次与截止日期", "qc_returns": "报送情况"}


def card_label(name: str) -> str:
    """What people read over the figure of this name; the name itself of one that is not known."""
    for card in CARDS:
        if name == f"{card.name}_change":
            return "较上轮"
        if card in RANGE_CARDS.values() and card.name == name:
            return UNSETTLED
        if card.name == name:
            return f"加分项 · {card.label}" if card in BONUS_CARDS[1:] else card.label
    column = name.partition(".")[0].rpartition("_")[0]
    labels = {block.name: block.label for block in BLOCKS}
    return labels.get(column) or _FACT_LABELS.get(name) or ("看板取数" if name in FACTS else name)
