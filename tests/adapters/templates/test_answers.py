"""What may be answered: each row of 得分点 offers what its own rule takes."""

from qcity_xl.core.schema import CRITERIA

from .build import cell_of, sheet_of, validation_at


def test_each_answer_offers_what_its_rule_takes() -> None:
    sheet = sheet_of(CRITERIA)
    levels = validation_at(sheet, cell_of(CRITERIA, "answer", 0))
    assert levels.formula1 == '"20分,10分,0分,其他情形"'
    assert levels.errorStyle == "warning"  # "20" is understood as well
    number = validation_at(sheet, cell_of(CRITERIA, "answer", 1))
    assert (number.type, number.prompt) == ("custom", "数值，写法如 0.12‰（0‰到1000‰）")
    absent = validation_at(sheet, cell_of(CRITERIA, "answer", 2))
    assert absent.formula1 == '"达成,未达成,不适用"'


def test_only_the_review_answers_what_experts_judge() -> None:
    sheet = sheet_of(CRITERIA)
    assert validation_at(sheet, cell_of(CRITERIA, "answer", 3)).formula1 is None
    assert validation_at(sheet, cell_of(CRITERIA, "ruling", 3)).formula1 == '"60分,30分"'


def test_answers_that_are_alike_share_one_dropdown() -> None:
    sheet = sheet_of(CRITERIA)
    again = validation_at(sheet, cell_of(CRITERIA, "ruling", 0))
    assert again is not validation_at(sheet, cell_of(CRITERIA, "answer", 0))
    assert again.formula1 == validation_at(sheet, cell_of(CRITERIA, "answer", 0)).formula1
    assert (again.promptTitle, again.errorTitle) == ("核定", "核定")
