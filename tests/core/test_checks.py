"""Each check has mistakes that it alone finds; a sound master has none."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from qcity_xl.core.changes import Change
from qcity_xl.core.checks import (
    CHECKS,
    check_aliases,
    check_answers,
    check_choices,
    check_contacts,
    check_coverage,
    check_dates,
    check_duplicates,
    check_file_names,
    check_links,
    check_master,
    check_moved_rows,
    check_name,
    check_numbers_as_text,
    check_points,
    check_row_ids,
    check_rulings,
    check_settings,
    check_titles,
    check_units,
)
from qcity_xl.core.master.model import Master, Stray
from qcity_xl.core.problems import SEVERITY_NAMES
from qcity_xl.core.rounds.passwords import check_passwords
from qcity_xl.core.rounds.progress_checks import check_papers, check_progress
from qcity_xl.core.schema import CRITERIA, SETTINGS, UNITS
from qcity_xl.core.scoring.absence import check_policies
from qcity_xl.core.scoring.kept import check_kept
from qcity_xl.core.scoring.needs_checks import (
    check_expiry,
    check_kinds,
    check_needs,
    check_periods,
    check_years,
)
from qcity_xl.core.scoring.stale import check_stale
from qcity_xl.core.values import Value
from tests.core.builders import (
    Entry,
    assignment,
    embedded,
    evidence,
    group,
    ruling,
    section,
    set_cell,
    setting,
    sound,
    unit,
)

Mistake = Callable[[], Master]


def cell(table: str, row: str, field: str, value: Value) -> Mistake:
    """The sound master with one cell filled wrongly."""
    return lambda: sound().with_changes([Change(table, row, field, None, value)])


def one_year(answer: str) -> Mistake:
    """The sound master where a criterion of each year was answered for one."""
    asked = cell("tblCriteria", "C1.1", "period", "每年")
    return lambda: set_cell(asked(), CRITERIA, "C1.1", "answer", answer)


def password(value: Value) -> Mistake:
    return cell("tblUnits", "U-市农委", "password", value)


def row(entry: Entry) -> Mistake:
    """The sound master with one row too many."""
    return lambda: sound(entry)


def stray(line: int, key: str, table: str = "tblTasks") -> Mistake:
    return lambda: replace(sound(), strays=(Stray(table, line, key),))


MISTAKES: list[tuple[object, Mistake, str, str, str]] = [
    # check, mistake, code, where, what the sentence names
    (check_row_ids, stray(9, "T1.1"), "row-id", "A9", "T1.1"),
    (check_row_ids, stray(9, ""), "row-id", "A9", "隔着空行"),
    (check_row_ids, stray(9, "", "tblRounds"), "row-id", "A9", "手工加的"),
    (check_titles, cell("tblTasks", "T1.2", "indicator", None), "blank", "C5", "指标是空的"),
    (check_titles, row(Entry(UNITS, "U9", {"contact": "孙宁"})), "blank", "B7", "单位名称是空的"),
    (
        check_moved_rows,
        lambda: sound(
            assignment("1.1", "市农委", task="1.2", unit="市教育局"), assignment("1.2", "市教育局")
        ),
        "moved-row",
        "B4",
        "1.2 市教育局",
    ),
    (check_numbers_as_text, cell("tblTasks", "T1.1", "no", 1.1), "number-as-text", "B4", "1.1"),
    (check_numbers_as_text, cell("tblTasks", "T1.2", "no", "1.20"), "number-as-text", "B5", "1.20"),
    (check_duplicates, row(unit(" 市农委")), "duplicate", "B4", "市农委"),
    (check_aliases, row(unit("市农林局", "农林局、 农委")), "alias", "D7", "农委"),
    (check_aliases, row(unit("市国检局", "常州国检局")), "alias", "D7", "常州国检局"),
    (
        check_file_names,
        lambda: sound(unit("市水利局/河道处"), unit("市水利局_河道处")),
        "file-name",
        "B8",
        "市水利局/河道处",
    ),
    (check_titles, cell("tblIndicators", "I1", "title", None), "blank", "D4", "指标"),
    (check_titles, cell("tblTasks", "T1.2", "text", None), "blank", "D5", "工作任务"),
    (check_points, cell("tblSections", "S1", "points", 31), "sum", "E4", "31分"),
    (check_points, cell("tblIndicators", "I1", "points", None), "points", "E4", "“”"),
    (check_points, row(section(2, "二十")), "points", "E5", "二十"),
    (check_points, row(section(2, -5)), "points", "E5", "-5"),
    (check_needs, cell("tblIndicators", "I1", "methods", "实地暗访"), "method", "G4", "实地暗访"),
    (check_choices, cell("tblCriteria", "C1.1", "may_be_absent", "也许"), "choice", "V4", "也许"),
    (check_choices, row(assignment("1.1", "市农委", progress="快了")), "choice", "H4", "快了"),
    (
        check_rulings,
        row(ruling("1", "组合", "累加", "平均", "累加 / 取高")),
        "choice",
        "G4",
        "平均",
    ),
    (check_rulings, row(ruling("1.1", "责任", "市农委", "畜牧局")), "ruling", "G4", "畜牧局"),
    (check_dates, row(evidence("通知", "1(1)", dated="去年")), "date", "G4", "去年"),
    (check_dates, row(evidence("通知", "1(1)", dated="2016-02-30")), "date", "G4", "2016-02-30"),
    (check_dates, cell("tblTasks", "T1.1", "deadline", "年底"), "deadline", "F4", "年底"),
    (check_periods, cell("tblCriteria", "C1.1", "period", "每两年"), "period", "W4", "每两年"),
    (check_periods, cell("tblCriteria", "C1.2", "period", "当年、近期"), "period", "W5", "近期"),
    (check_links, cell("tblTasks", "T1.1", "criteria", "1(1)、1(9)"), "orphan", "E4", "1(9)"),
    (check_links, row(evidence("通知", "7")), "orphan", "B4", "7"),
    (check_links, row(assignment("9.9", "市农委")), "orphan", "B4", "9.9"),
    (check_coverage, cell("tblTasks", "T1.2", "criteria", "1(1)"), "no-task", "B5", "1(2)"),
    (check_units, cell("tblTasks", "T1.1", "partners", "国捡局"), "unknown-unit", "H4", "国捡局"),
    (check_units, cell("tblCriteria", "C1.1", "owner", "农林局"), "unknown-unit", "E4", "农林局"),
    (check_contacts, cell("tblUnits", "U-市农委", "email", None), "contact", "H4", "邮箱"),
    (check_contacts, cell("tblUnits", "U-市农委", "contact", None), "contact", "F4", "联系人"),
    (check_passwords, password("Abc-123"), "password", "L4", "只有 7 个字"),
    (check_passwords, password("Abc 12345"), "password", "L4", "空格"),
    (check_passwords, password("Ａbc-12345"), "password", "L4", "全角"),
    (check_passwords, password(20160501), "password", "L4", "是数字"),
    (check_answers, cell("tblCriteria", "C1.1", "answer", "差不多"), "answer", "F4", "差不多"),
    (
        check_kinds,
        cell("tblCriteria", "C1.1", "kinds", "照片、文件"),
        "evidence-kind",
        "X4",
        "照片",
    ),
    (
        check_kinds,
        cell("tblCriteria", "C1.1", "kinds", "无需、文件"),
        "evidence-kind",
        "X4",
        "无需",
    ),
    (
        check_expiry,
        row(evidence("证书", "1(1)", valid_until="2018-05-31")),
        "setting",
        "",
        "检查日期",
    ),
    (
        check_progress,
        row(assignment("1.1", "市农委", progress="推进中", done_on="2016-05-04")),
        "progress",
        "J4",
        "“推进中”，却填了完成日期2016-05-04",
    ),
    (
        check_progress,
        row(assignment("1.1", "市农委", progress="已完成")),
        "progress",
        "J4",
        "没有完成日期",
    ),
    (check_papers, row(evidence("通报", "1(1)", period="去年")), "progress", "H4", "“去年”"),
    (check_papers, row(evidence("通报", "1(1)", kind=None)), "progress", "D4", "没有材料类型"),
    (check_periods, cell("tblCriteria", "C1.1", "period", "每年13月"), "period", "W4", "每年13月"),
    (check_years, one_year("2016年：达成"), "answer", "F4", "2017年"),
    (check_policies, cell("tblCriteria", "C1.2", "may_be_absent", "是"), "absence", "V5", "折算"),
    (check_kept, cell("tblIndicators", "I1", "kept", 31), "kept-points", "AA4", "31"),
    (check_stale, cell("tblCriteria", "C1.1", "ceiling", 3), "stale", "H4", "1(1)、1(2)"),
    (check_answers, cell("tblCriteria", "C1.2", "ruling", "15分"), "answer", "G5", "15分"),
    (check_answers, cell("tblCriteria", "C1.2", "params", "看情况"), "rule", "T5", "看情况"),
    (check_settings, row(setting("轮次", "填报天数", "半个月")), "setting", "", "半个月"),
    (check_settings, row(setting("计分", "待审佐证计入", "也许")), "setting", "", "也许"),
    (check_settings, row(setting("读取限制", "文件大小", 0)), "setting", "", "0"),
]


@pytest.mark.parametrize(("check", "mistake", "code", "where", "named"), MISTAKES)
def test_a_mistake_is_found_by_one_check(
    check: object, mistake: Mistake, code: str, where: str, named: str
) -> None:
    master = mistake()
    finders = {finder.find for finder in CHECKS if list(finder.find(master))}
    assert finders == {check}
    problem = check_master(master)[0]
    assert (problem.code, problem.cell) == (code, where)
    assert named in problem.found


def test_every_check_has_a_mistake() -> None:
    assert {check for check, *_ in MISTAKES} == {check.find for check in CHECKS}


def test_a_sound_master_has_no_problems() -> None:
    assert check_master(sound()) == []


def every_problem() -> list[Master]:
    return [mistake() for _, mistake, *_ in MISTAKES] + [embedded()]


def test_problems_say_where_what_is_allowed_and_what_to_do() -> None:
    for master in every_problem():
        for problem in check_master(master):
            assert problem.severity in SEVERITY_NAMES
            assert problem.sheet
            assert problem.found
            assert problem.allowed
            assert problem.fix
            assert problem.sentence().startswith(f"「{problem.sheet}」{problem.cell}：")
            assert problem.sentence().endswith("。")


def test_each_check_names_what_it_finds() -> None:
    for master in every_problem():
        for check in CHECKS:
            assert {problem.code for problem in check.find(master)} <= set(check.names)


def test_a_problem_that_no_check_names_is_listed_all_the_same() -> None:
    assert (check_name("sum"), check_name("forgotten")) == ("分值合计", "其他")


def test_the_embedded_table_has_no_errors() -> None:
    assert [p.sentence() for p in check_master(embedded()) if p.severity == "error"] == []


def test_a_group_without_members_is_a_warning() -> None:
    entry = group("成员单位")
    master = sound(entry).with_changes([Change("tblTasks", "T1.2", "partners", None, "成员单位")])
    (problem,) = check_master(master)
    assert (problem.code, problem.severity) == ("group-without-members", "warning")


def test_problems_come_in_the_order_of_the_checks() -> None:
    master = sound(unit("市农林局", "农委"), setting("轮次", "填报天数", "半个月"))
    assert [p.code for p in check_master(master)] == ["alias", "setting"]


def test_a_broken_master_is_told_and_never_stops_the_checks() -> None:
    everything: list[Change] = [
        Change(table, key, field, old, "？？")
        for table, rows in sound().tables.items()
        for key, cells in rows.items()
        for field, old in cells.items()
        if field != "key"
    ]
    codes = {problem.code for problem in check_master(sound().with_changes(everything))}
    assert {"points", "choice", "deadline", "rule"} <= codes


@pytest.mark.parametrize(
    "period", ["每年", "连续3年", "三年内", "当年", "2016—2017", "每年；2015", "定期、当年"]
)
def test_periods_that_can_be_read(period: str) -> None:
    assert check_master(cell("tblCriteria", "C1.1", "period", period)()) == []


def test_yearly_evidence_without_years_is_told() -> None:
    master = set_cell(sound(), CRITERIA, "C1.1", "period", "每年、连续3年")
    assert list(check_needs(master)) == []
    for item in ("任务年份", "考核年份"):
        blank = set_cell(master, SETTINGS, f"总表/{item}", "value", None)
        (problem,) = check_needs(blank)
        assert item in problem.found
