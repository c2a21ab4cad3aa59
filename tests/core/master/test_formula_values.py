"""The figures that the live formulas show, against sums done by hand."""

import pytest

from qcity_xl.core.master.formula_values import roll_up
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import CRITERIA, INDICATORS, PROBLEMS, SECTIONS, TASKS
from qcity_xl.core.values import Value
from tests.core.builders import (
    Entry,
    assignment,
    build,
    conflict,
    criterion,
    evidence,
    indicator,
    ruling,
    section,
    task,
    unit,
)


def shown(master: Master, key: str, field: str = "claimed") -> Value:
    table = INDICATORS if key.startswith("I") else SECTIONS
    return roll_up(master).cells[table.name, key, field]


@pytest.mark.parametrize(
    ("combine", "points", "scores", "factor", "total"),
    [
        ("累加", 15, (10, 5), 1, 15),
        ("累加", 15, (10, None), 1, 10),
        ("累加", 15, (0, None), 1, 0),
        ("累加", 15, (None, None), 1, ""),
        ("累加", 15, ("10", None), 1, ""),  # 文本型数字，SUMIFS 不算
        ("累加", 25, (5, 5, 5, 5, 0), 1.25, 25),
        ("累加", 25, (4, 4, 4, 4, 5), 1.190476, 25),
        ("累加", 10, (2.67, 1.33), 1, 4),
        ("累加", 15, (10, 10), 1, 15),  # 得分点合计多于指标分值，也不超过分值
        ("累加", None, (10, 10), 1, 20),  # 没有分值，封顶无从谈起
        ("取高", 10, (10, 5), 1.5, 10),
        ("累加封顶", 10, (6, 5), 1.2, 10),
        ("累加封顶", None, (6, 5), 1, 11),
        ("累加", 10, (1.005,), 1, 1.01),  # 四舍五入，不是银行家舍入
        ("取高", 10, (10, 5), 1, 10),
        ("取高", 10, (None, 5), 1, 5),
        ("取高", 10, (None, None), 1, ""),
        ("累加封顶", 10, (10, 5), 1, 10),
        ("累加封顶", 10, (None, 5), 1, 5),
        ("累加封顶", 10, (3, 5), 1, 8),
    ],
)
def test_criteria_combine(
    combine: str, points: Value, scores: tuple[Value, ...], factor: float, total: Value
) -> None:
    master = build(
        indicator(1, points, combine, claimed_factor=factor),
        *(criterion(f"1({n})", 5, claimed=score) for n, score in enumerate(scores, 1)),
    )
    assert shown(master, "I1") == total


TWO_SECTIONS: tuple[Entry, ...] = (
    section(1, 40),
    section(2, 30),
    section(10, 20, bonus="是"),
    indicator(1, 30),
    indicator(2, 10),
    indicator(3, 30, section=2),
    indicator(48, 20, section=10),
    criterion("1(1)", 10, claimed=10, evidenced=0, ceiling=10, answer="达成", evidence="缺1/1"),
    criterion("1(2)", 20, claimed=7.5, evidenced=7.5, reviewed=5, ceiling=5, answer="10"),
    criterion("2(1)", 10, claimed=2.5, evidenced=2.5, ceiling=10, answer="3", evidence="齐全"),
    criterion("3(1)", 30, section=2, ceiling=30, evidence="缺1/2"),
    criterion("48(1)", 20, section=10, claimed=20, ceiling=20, answer="达成"),
)


def test_sections_add_up_and_bonus_stays_apart() -> None:
    master = build(*TWO_SECTIONS)
    cards = roll_up(master).cards
    assert [shown(master, "S1", name) for name in ("claimed", "evidenced", "reviewed")] == [
        20,
        10,
        5,
    ]
    assert shown(master, "S2") == ""
    assert (cards["qc_points"], cards["qc_points_bonus"]) == (70, 20)
    assert (cards["qc_claimed"], cards["qc_claimed_bonus"]) == (20, 20)
    assert (cards["qc_reviewed"], cards["qc_reviewed_bonus"]) == (5, "")
    assert (cards["qc_ceiling"], cards["qc_ceiling_bonus"]) == (55, 20)


def test_sections_count_answers_and_gaps() -> None:
    master = build(*TWO_SECTIONS)
    counts = [shown(master, "S1", name) for name in ("criteria", "answered", "gaps")]
    assert counts == [3, 3, 1]
    assert shown(master, "S2", "gaps") == 1
    cards = roll_up(master).cards
    assert [cards[f"qc_{n}"] for n in ("criteria", "answered", "gaps")] == [5, 4, 2]


def test_an_empty_master_shows_blanks_and_noughts() -> None:
    cards = roll_up(build()).cards
    assert cards["qc_claimed"] == cards["qc_ceiling_bonus"] == ""
    assert cards["qc_tasks"] == cards["qc_conflicts"] == cards["qc_errors"] == 0


def test_the_work_is_counted() -> None:
    problem = Entry(PROBLEMS, "P1", {"severity": "错误", "sheet": "任务", "cell": "C4"})
    vague = Entry(PROBLEMS, "P2", {"severity": "提醒", "sheet": "任务"})
    master = build(
        task("1.1", progress="已完成"),
        task("1.2", progress="推进中"),
        unit("市农委"),
        unit("市公安局"),
        assignment("1.1", "市农委"),
        assignment("1.2", "市农委"),
        assignment("1.1", "市公安局", "配合"),
        assignment("1.2", "市公安局", None),
        evidence("通知", "1(1)", finding="有效"),
        evidence("照片", "1(1)", finding="未注日期"),
        conflict("X1", "T1.1/市农委", "进展说明"),
        conflict("X2", "T1.1/市农委", "完成情况", outcome="已处理"),
        conflict("X3", "T1.2/市农委", "完成情况", kind="未采用"),
        ruling("14(2)", "缺项", "折算"),
        ruling("40(1)", "边界", "上档", "下档"),
        problem,
        vague,
    )
    rollup = roll_up(master)
    wanted = {
        "qc_tasks": 2,
        "qc_tasks_done": 1,
        "qc_evidence": 2,
        "qc_evidence_faults": 1,
        "qc_conflicts": 1,
        "qc_errors": 1,
        "qc_open_rulings": 1,
    }
    assert {name: rollup.cards[name] for name in wanted} == wanted
    assert rollup.cells["tblUnits", "U-市农委", "leading"] == 2
    assert rollup.cells["tblUnits", "U-市公安局", "leading"] == 0
    assert rollup.cells["tblUnits", "U-市公安局", "partnering"] == 1
    assert rollup.cells["tblProblems", "P1", "link"] == "转到"
    assert rollup.cells["tblProblems", "P2", "link"] == ""


def test_every_formula_cell_has_its_figure() -> None:
    master = build(*TWO_SECTIONS, unit("市农委"))
    cells = roll_up(master).cells
    for table in (SECTIONS, INDICATORS, CRITERIA, TASKS):
        for column in (c for c in table.columns if c.editor == "formula"):
            for key in master.rows(table):
                assert (table.name, key, column.field) in cells
