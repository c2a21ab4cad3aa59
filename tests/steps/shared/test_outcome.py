"""An outcome as data: counts, changes by rows, values that JSON takes."""

import datetime as dt

from qcity_xl.core.changes import Change
from qcity_xl.core.problems import Problem
from qcity_xl.core.schema import CRITERIA, UNITS
from qcity_xl.steps.shared.outcome import (
    Context,
    Count,
    Outcome,
    change_data,
    change_section,
    plain,
    problem_data,
)

CHANGES = [
    Change(CRITERIA.name, "C21.1", "answer", None, "达成"),
    Change(CRITERIA.name, "C21.1", "claimed", 4.0, 8.0),
    Change(UNITS.name, "U07", "contact", "王芳", "刘\n洋"),
]


def test_a_summary_is_one_sentence() -> None:
    counted: Outcome[dict[str, str]] = Outcome(
        "检查完成", {}, counts=(Count("错误", 3, "项"), Count("提示", 1, "项"))
    )
    assert counted.summary == "检查完成：错误3项、提示1项。"
    nothing: Outcome[dict[str, str]] = Outcome("没有改动", {})
    assert nothing.summary == "没有改动。"


def test_changes_are_told_row_by_row() -> None:
    section = change_section(CHANGES)
    assert section.rows == (
        ("「得分点」21(1)", "自评答案 （空）→达成，自评得分 4.0→8.0"),
        ("「单位」U07", "联系人 王芳→刘 洋"),
    )


def test_programs_get_each_cell() -> None:
    first, *_ = change_data(CHANGES)
    assert first == {
        "sheet": "得分点",
        "row": "C21.1",
        "column": "自评答案",
        "old": None,
        "new": "达成",
    }


def test_a_problem_is_its_parts() -> None:
    problem = Problem("dates", "warning", "佐证", "G9", "日期在将来", "今天以前的日期", "改正日期")
    (data,) = problem_data([problem])
    assert (data["cell"], data["severity"], data["fix"]) == ("G9", "warning", "改正日期")


def test_values_for_json() -> None:
    assert plain(dt.date(2017, 3, 1)) == "2017-03-01"
    assert plain(dt.datetime(2017, 3, 1, 8, 30)) == "2017-03-01T08:30:00"
    assert (plain(2.5), plain("甲"), plain(None)) == (2.5, "甲", None)


def test_a_log_line_says_who_and_when() -> None:
    stamp = Context(dt.datetime(2017, 3, 1, 8, 5), "赵敏").stamp("合并回收", "回.xlsx")
    assert (stamp.time, stamp.user, stamp.source) == ("2017-03-01 08:05", "赵敏", "回.xlsx")
