"""The report counts what moves points, and says each way with its points."""

from qcity_xl.steps.shared.rules_report import rules_report
from tests.core.builders import build, criterion, indicator, sound


def test_each_way_with_its_points() -> None:
    master = build(indicator(6, 9), criterion("6(1)", 9, "达成", ">70%"))
    report = rules_report(master)
    assert report.summary == "规则检查完成：没有写清的1处、其中影响得分的1处。"
    (section,) = report.sections
    words = "门槛写的是“>70%”，正好70%算不算"
    assert section.rows == (("6(1)", "分界", 9.0, words, "70%也算，9分；70%不算，0分"),)


def test_nothing_to_say() -> None:
    assert rules_report(sound()).summary == "规则检查完成，没有发现没写清的地方。"
