"""Dropdowns and prompts."""

import pytest

from qcity_xl.adapters.templates.validation import choice_list, column_validation, guarded
from qcity_xl.core.schema import MASTER, FieldColumn, Table

from .build import (
    cell_of,
    sheet_of,
    validation_at,
)


@pytest.mark.parametrize("table", MASTER, ids=lambda table: table.name)
def test_dropdowns_come_from_choices_and_prompts_from_help(table: Table) -> None:
    for column in table.columns[1:]:
        if column.choices:
            rule = validation_at(sheet_of(table), cell_of(table, column.field))
            assert rule.formula1 == f'"{",".join(column.choices)}"'
            assert (rule.type, rule.errorStyle or "stop") == ("list", "stop")
        if column.help and column.field not in ("answer", "ruling"):
            rule = validation_at(sheet_of(table), cell_of(table, column.field))
            assert rule.prompt == column.help


def test_a_dropdown_says_what_is_allowed() -> None:
    rule = choice_list("完成情况", ("未开始", "推进中"))
    assert (rule.formula1, rule.errorStyle) == ('"未开始,推进中"', "stop")
    assert (rule.promptTitle, rule.prompt) == ("完成情况", "请选择：未开始、推进中")
    assert rule.error == "应为：未开始、推进中。"


def test_other_wordings_pass_after_a_question() -> None:
    assert choice_list("自评答案", ("达成", "未达成"), strict=False).errorStyle == "warning"


@pytest.mark.parametrize("choices", [["一等奖,二等奖", "无"], ["省级质量强市示范城市"] * 30])
def test_what_no_dropdown_can_offer_is_told_on_entry(choices: list[str]) -> None:
    rule = choice_list("获奖", choices)
    assert rule.formula1 is None
    assert rule.prompt is not None
    assert rule.prompt.startswith(f"请选择：{choices[0]}")
    assert len(rule.prompt) <= 255


def test_what_makes_a_formula_false_is_stopped() -> None:
    rule = guarded("自评答案", "AND(H5>=0,H5<=100)", "0 到 100 的数")
    assert (rule.type, rule.formula1, rule.errorStyle) == ("custom", "AND(H5>=0,H5<=100)", "stop")
    assert rule.error == "应填：0 到 100 的数。"


def test_a_column_without_choices_and_help_takes_anything() -> None:
    assert column_validation(FieldColumn("note", "备注")) is None
    told = column_validation(FieldColumn("note", "备注", help="一两句即可"))
    assert told is not None
    assert (told.prompt, told.formula1) == ("一两句即可", None)
