"""The plan's tables: their dropdowns are the words that the program knows."""

from dataclasses import fields

import pytest

from qcity_xl.core import plan
from qcity_xl.core.rules import KINDS
from qcity_xl.core.schema import CRITERIA, INDICATORS, SECTIONS, TASKS, UNITS, Table


def test_a_rule_kind_is_in_the_dropdown() -> None:
    assert CRITERIA.column("kind").choices == tuple(KINDS)
    assert INDICATORS.column("combine").choices == tuple(plan.COMBINE_NAMES.values())


@pytest.mark.parametrize(
    ("table", "value"),
    [
        (SECTIONS, plan.PlanSection),
        (INDICATORS, plan.Indicator),
        (CRITERIA, plan.Criterion),
        (TASKS, plan.Task),
        (UNITS, plan.Unit),
    ],
)
def test_each_part_of_a_value_has_its_column(table: Table, value: type) -> None:
    """An ordinal is part of a label such as 13(3)."""
    assert {field.name for field in fields(value)} - {"ordinal"} <= set(table.fields)


def test_scores_of_criteria_are_written_and_sums_are_live() -> None:
    for name in ("claimed", "evidenced", "reviewed", "ceiling"):
        assert CRITERIA.column(name).type == "number"
        assert INDICATORS.column(name).type == SECTIONS.column(name).type == "formula"


def test_headers_that_offices_own_formulas_and_scripts_name_are_kept() -> None:
    """A structured reference such as tblCriteria[核定] breaks with a new name for the column."""
    kept = {
        CRITERIA: "编号 指标 得分点 分值 计分方式 参数 可缺项 自评单位 自评答案 核定 佐证状态",
        TASKS: "编号 指标 工作任务 牵头单位 配合单位 完成时限",
        INDICATORS: "编号 部分 验收方式",
        UNITS: "单位名称 类型",
    }
    for table, headers in kept.items():
        assert set(headers.split()) <= set(table.by_header)


def test_passwords_are_not_printed() -> None:
    assert [column.header for column in UNITS.columns if column.private] == ["打开口令"]
