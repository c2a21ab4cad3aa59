"""The worksheet functions, and that the add-in, their help and Python name the same ones."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from qcity_xl import functions
from qcity_xl.addin.commands import FUNCTIONS
from qcity_xl.core.scoring.cell_functions import light_of, refusal, score_of, why_of
from qcity_xl.core.values import Value

TODAY = dt.date(2016, 6, 1)


@pytest.mark.parametrize(
    ("kind", "params", "points", "answer", "score", "why"),
    [
        ("达成", None, 10.0, "达成", 10, "达成"),
        ("达成", "", "10", "未达成", 0, "不得分"),
        ("数值分段", "≥1‰：30；≥0.6‰：20", 30, "0.7‰", 20, "0.6"),
        ("部分达成", "6项", 30, "3/6", 15, "6项中达到3项"),
        ("达成", "", 10, None, "", "未评"),
        ("达成", "", 10, "  ", "", "未评"),
    ],
)
def test_score_and_reason(
    kind: Value, params: Value, points: Value, answer: Value, score: object, why: str
) -> None:
    assert score_of(kind, params, points, answer) == score
    assert why in why_of(kind, params, points, answer)


@pytest.mark.parametrize(
    ("kind", "params", "points", "answer", "said"),
    [
        ("达成", "", 10, "也许", "无法计分"),
        ("看心情", "", 10, "达成", "计分方式只能是"),
        ("数值分段", "随便", 10, "5", "不合“数值分段”的写法"),
        ("达成", "", "很多", "达成", "不是数"),
        (None, None, None, "达成", "不是数"),
    ],
)
def test_what_cannot_be_scored_is_said(
    kind: Value, params: Value, points: Value, answer: Value, said: str
) -> None:
    assert said in str(score_of(kind, params, points, answer))
    assert said in why_of(kind, params, points, answer)


@pytest.mark.parametrize(
    ("deadline", "progress", "light"),
    [
        (dt.date(2016, 5, 31), "推进中", "红"),
        ("2016年5月31日", "有困难", "红"),
        (dt.date(2016, 5, 31), "已完成", "绿"),
        (dt.date(2016, 6, 1), "推进中", "黄"),
        (dt.datetime(2016, 6, 8), None, "黄"),
        (dt.date(2016, 6, 9), "未开始", "绿"),
        (dt.date(2016, 12, 31), "有困难", "黄"),
        (None, "有困难", "黄"),
        (None, "推进中", ""),
        ("长期", "推进中", ""),
    ],
)
def test_traffic_light(deadline: Value, progress: Value, light: str) -> None:
    assert light_of(deadline, progress, TODAY) == light
    assert functions.QC_LIGHT(deadline, progress, dt.datetime(2016, 6, 1)) == light


def test_days_come_as_excel_hands_them() -> None:
    """A cell as a date, the result of TODAY()-1 as a number, typed text as text."""
    for today in (dt.datetime(2016, 6, 1), 42522.0, 42522.75, "2016-06-01", "2016年6月1日"):
        assert functions.QC_LIGHT(42521.0, "推进中", today) == "红"
        assert functions.QC_LIGHT(42531.0, "推进中", today) == "绿"
    for today in ("明天", True, 3.0):
        assert (
            functions.QC_LIGHT(42521.0, "推进中", today) == f"“{today}”不是日期，不知道按哪一天算"
        )


# What a cell or a range may hold, as xlwings hands it over
ODD = (
    *(None, "", True, False, 0.0, -1.0, 1e300, float("nan"), "=1+1", "#N/A", "#DIV/0!"),
    *(dt.datetime(2016, 5, 1), "长" * 32_767, [1.0, 2.0], [["达成"], [None]], [None]),
)
GOOD: dict[str, tuple[object, ...]] = {
    "QC_SCORE": ("达成", "", 10, "达成"),
    "QC_WHY": ("数值分段", "≥1‰：30；≥0.6‰：20", 30, "0.7‰"),
    "QC_LIGHT": ("2016-05-01", "推进中", "2016-06-01"),
}


@pytest.mark.parametrize(("name", "place"), [(n, p) for n in GOOD for p in range(len(GOOD[n]))])
@pytest.mark.parametrize("odd", ODD, ids=lambda value: str(value)[:20])
def test_whatever_stands_in_the_cells_the_answer_is_a_number_or_words(
    name: str, place: int, odd: object
) -> None:
    given = getattr(functions, name)(*(odd if n == place else v for n, v in enumerate(GOOD[name])))
    assert isinstance(given, int | float | str)
    assert not isinstance(given, bool)
    if isinstance(given, str):
        assert len(given) <= 32_767  # what a cell takes
        assert not given.startswith(("#", "=", "没有算出来"))


def test_several_cells_and_cells_in_error_are_told() -> None:
    assert refusal(["达成", "", 10, "达成"]) == ""
    assert refusal([[1.0, 2.0], ""]) == "第1个参数是一片单元格，请只选一格"
    assert functions.QC_SCORE("达成", "", 10, [["达成"], ["未达成"]]).startswith("第4个参数")
    assert functions.QC_WHY("达成", "", "#REF!", "达成").startswith("第3个参数是错误值“#REF!”")
    assert functions.QC_LIGHT("#N/A", "推进中").startswith("第1个参数是错误值")


def test_a_fault_of_the_program_is_words_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    said = functions.QC_SCORE("达成", "", object(), "达成")
    assert said.startswith("没有算出来。详情记在")


def test_without_a_day_the_light_is_that_of_today() -> None:
    today = dt.date.today()
    assert functions.QC_LIGHT(today, "推进中") == "黄"
    assert functions.QC_LIGHT(today - dt.timedelta(days=1), "推进中") == "红"


# What xlwings makes of a function, where the modules of Windows are stood in for
AS_ON_WINDOWS = """
import sys, types
for name in ("pythoncom", "pywintypes", "win32com", "win32com.client"):
    sys.modules[name] = types.ModuleType(name)
sys.modules["pythoncom"].CoInitialize = sys.modules["win32com.client"].Dispatch = None
import xlwings
from xlwings import conversion, udfs
xlwings.func = udfs.xlfunc
from qcity_xl import functions
for name in sys.argv[1:]:
    info = getattr(functions, name).__xlfunc__
    for part in (*info["args"], info["ret"]):
        assert part["options"]["convert"] in conversion.accessors, (name, part)
    assert all(part["options"]["err_to_str"] for part in info["args"]), name
"""


def test_xlwings_can_convert_each_argument_and_result() -> None:
    names = [function.name for function in FUNCTIONS]
    subprocess.run([sys.executable, "-c", AS_ON_WINDOWS, *names], check=True)
