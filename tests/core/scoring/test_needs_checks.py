import pytest

from qcity_xl.core.master.model import Master
from qcity_xl.core.scoring.needs_checks import (
    check_expiry,
    check_kinds,
    check_needs,
    check_periods,
    check_years,
)
from tests.core.builders import KINDS, YEARS, build, criterion, evidence, indicator, setting


@pytest.mark.parametrize(
    ("period", "found"),
    [
        ("每年、连续3年", []),
        ("每年9月", []),
        (None, []),
        ("隔一年", ["佐证周期“隔一年”看不懂"]),
    ],
)
def test_a_period_says_when(period: str | None, found: list[str]) -> None:
    master = build(*YEARS, criterion("4(1)", 5, period=period))
    assert [problem.found for problem in check_periods(master)] == found


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("2016年：1.2‰；2017年：0.9‰", []),
        ("2016年：1.2‰", ["没有填2017年，只按填了的年份计分"]),
        ("0.9‰", []),  # one answer for all years
        (None, []),
    ],
)
def test_a_year_without_an_answer_is_told(answer: str | None, found: list[str]) -> None:
    master = build(*YEARS, criterion("4(1)", 5, period="每年", answer=answer))
    assert [problem.found for problem in check_years(master)] == found


def test_periods_that_no_setting_gives_a_year_are_told_once_for_each_setting() -> None:
    blank = (setting("总表", "任务年份", None), setting("总表", "考核年份", None))
    asked = (criterion("4(1)", 5, period="每年"), criterion("4(2)", 5, period="当年"))
    problems = list(check_needs(build(*blank, *asked)))
    assert [problem.found for problem in problems] == [
        "“任务年份”是空的，佐证周期“每年”不知道是哪几年",
        "“考核年份”是空的，佐证周期“当年”不知道是哪几年",
    ]
    assert {problem.severity for problem in problems} == {"error"}
    assert list(check_needs(build(*YEARS, *asked))) == []


def test_a_method_without_a_kind_is_told_where_it_stands() -> None:
    master = build(*YEARS, *KINDS, indicator(4, 10, methods="查阅文件、座谈"))
    assert ["验收方式“座谈”" in problem.found for problem in check_needs(master)] == [True]


def _of_kinds(kinds: str) -> Master:
    return build(*YEARS, *KINDS, criterion("4(1)", 5, kinds=kinds))


@pytest.mark.parametrize("kinds", ["文件", "文件、现场照片", "无需"])
def test_kinds_that_evidence_can_have(kinds: str) -> None:
    assert list(check_kinds(_of_kinds(kinds))) == []


@pytest.mark.parametrize(("kinds", "unknown"), [("文件、锦旗", "锦旗"), ("无需、文件", "无需")])
def test_kinds_that_nobody_could_bring(kinds: str, unknown: str) -> None:
    (problem,) = check_kinds(_of_kinds(kinds))
    assert problem.found.startswith(f"材料类型“{unknown}”")


def test_a_term_of_validity_needs_the_day_of_the_inspection() -> None:
    paper = evidence("认证证书", "8(1)", valid_until="2018-05-31")
    assert [problem.severity for problem in check_expiry(build(paper))] == ["warning"]
    assert list(check_expiry(build(paper, setting("佐证", "检查日期", "2017-11-20")))) == []
    assert list(check_expiry(build(evidence("通知", "8(1)")))) == []
