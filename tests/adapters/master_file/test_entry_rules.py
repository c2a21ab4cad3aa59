"""Dropdowns, formulas and prompts as a file has them."""

import pytest

from qcity_xl.adapters.master_file.entry_rules import choice_list, guarded


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
