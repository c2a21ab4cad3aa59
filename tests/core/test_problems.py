"""A problem says where, what was found, what is allowed and what to do."""

from qcity_xl.core.problems import Problem


def problem(cell: str = "F12", allowed: str = "0 到 20 的数") -> Problem:
    return Problem("points", "error", "得分点", cell, "分值是“二十五”", allowed, "改成数字")


def test_a_problem_is_one_sentence_with_all_its_parts() -> None:
    assert problem().sentence() == "「得分点」F12：分值是“二十五”。应为：0 到 20 的数。改成数字。"


def test_what_has_no_cell_or_no_bounds_leaves_no_gap() -> None:
    assert problem(cell="").sentence().startswith("「得分点」：分值")
    assert problem(allowed="").sentence() == "「得分点」F12：分值是“二十五”。改成数字。"
