"""A problem says where, what was found, what is allowed and what to do."""

from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.problems import Problem, told_together


def problem(cell: str = "F12", allowed: str = "0 到 20 的数") -> Problem:
    return Problem("points", "error", "得分点", cell, "分值是“二十五”", allowed, "改成数字")


def test_a_problem_is_one_sentence_with_all_its_parts() -> None:
    assert problem().sentence() == "「得分点」F12：分值是“二十五”。应为：0 到 20 的数。改成数字。"


def test_what_has_no_cell_or_no_bounds_leaves_no_gap() -> None:
    assert problem(cell="").sentence().startswith("「得分点」：分值")
    assert problem(allowed="").sentence() == "「得分点」F12：分值是“二十五”。改成数字。"


def lacking(unit: str, cell: str, what: str = "联系人") -> Problem:
    return Problem(
        "contact", "warning", "单位", cell, f"“{unit}”没有{what}", "联系人和邮箱", "补全"
    )


def test_many_of_a_kind_are_one_sentence_with_all_cells() -> None:
    places = {"市财政局": "F5", "市农委": "F7", "市教育局": "F8", "市旅游局": "F9"}
    first, *others = [lacking(unit, cell) for unit, cell in places.items()]
    mail = lacking("市水利局", "H9", "邮箱")
    together, alone = told_together([first, mail, *others])
    assert together.sentence() == (
        "「单位」F5、F7:F9：“市财政局”“市农委”“市教育局”等4处没有联系人。应为：联系人和邮箱。补全。"
    )
    assert alone == mail


@given(st.dictionaries(st.integers(5, 40), st.sampled_from(["联系人", "邮箱"])))
def test_no_cell_is_lost_or_told_twice(lacks: dict[int, str]) -> None:
    told = told_together(lacking(f"单位{row}", f"F{row}", what) for row, what in lacks.items())
    rows: list[int] = []
    for found in told:
        for part in found.cell.replace("F", "").split("、"):
            first, _, last = part.partition(":")
            rows += range(int(first), int(last or first) + 1)
    assert sorted(rows) == sorted(lacks)
