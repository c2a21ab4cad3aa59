"""What evidence is needed, and what is wrong with what there is."""

import pytest

from qcity_xl.core.changes import Change
from qcity_xl.core.master.model import Master
from qcity_xl.core.scoring.evidence import Assessment, FileFact, assess, criteria_in
from qcity_xl.core.scoring.needs import Need, needs_of
from qcity_xl.core.values import Value
from tests.core.builders import (
    KINDS,
    YEARS,
    Entry,
    build,
    criterion,
    embedded,
    evidence,
    indicator,
    ruling,
    setting,
)

FILE = "佐证/通知.pdf"


def of_one(*entries: Entry, period: str | None = None, methods: str = "查阅文件") -> Master:
    """Indicator 2 with criterion 2(2) and these rows of 佐证."""
    return build(
        indicator(2, 10, methods=methods),
        criterion("2(2)", 10, owner="市质监局", period=period),
        *YEARS,
        *KINDS,
        *entries,
    )


def states(assessment: Assessment) -> list[tuple[str, str, str]]:
    return [(gap.need.kind, gap.need.period, gap.state) for gap in assessment.gaps]


# -- needs


@pytest.mark.parametrize(
    ("period", "years"),
    [
        (None, [""]),
        ("每年", ["2016", "2017"]),
        ("定期", ["2016", "2017"]),
        ("每年、定期", ["2016", "2017"]),
        ("当年", ["2017"]),
        ("连续3年", ["2015", "2016", "2017"]),
        ("连续三年", ["2015", "2016", "2017"]),
        ("连续六年", ["2012", "2013", "2014", "2015", "2016", "2017"]),
        ("连续３ 年", ["2015", "2016", "2017"]),
        ("3年内", ["2015", "2016", "2017"]),
        ("当年、3年内", ["2015", "2016", "2017"]),
        ("2016—2017", ["2016", "2017"]),
        ("2014；2016", ["2014", "2016"]),
        ("２０１６", ["2016"]),
    ],
)
def test_periods_ask_for_years(period: str | None, years: list[str]) -> None:
    master = of_one(period=period)
    needs = needs_of(master, master.settings)
    assert [need.period for need in needs] == years
    assert {(n.criterion, n.label, n.unit, n.kind) for n in needs} == {
        ("C2.2", "2(2)", "市质监局", "文件")
    }


@pytest.mark.parametrize(
    ("methods", "kinds"),
    [
        ("查阅文件、现场检查", ["文件", "现场照片"]),
        ("查阅文件；现场检查\n查阅文件", ["文件", "现场照片"]),
        ("听取汇报、查阅文件", ["文件"]),  # 汇报由办公室统一准备，设置里留空
        ("", ["文件"]),  # 没有验收方式，按默认
        ("暗访", ["文件"]),  # 没登记的方式也要一份文件
    ],
)
def test_acceptance_methods_ask_for_kinds(methods: str, kinds: list[str]) -> None:
    master = of_one(setting("验收方式", "听取汇报", None), methods=methods)
    assert [need.kind for need in needs_of(master, master.settings)] == kinds


def test_what_does_not_apply_needs_nothing() -> None:
    master = build(
        indicator(14, 5), criterion("14(2)", 5, may_be_absent="是", answer="不适用"), *KINDS
    )
    assert assess(master, {}) == Assessment((), (), {})


def test_the_embedded_table_asks_for_each_year_it_names() -> None:
    needs = assess(embedded(), {}).needs
    assert Need("C2.2", "2(2)", "市质监局", "会议纪要", "2017") in needs
    assert {n.period for n in needs if n.label == "43(1)"} == {"2015", "2016", "2017"}
    assert len(set(needs)) == len(needs)


# -- each fault is told by its own name

FAULTS: list[tuple[str, dict[str, Value], FileFact | None]] = [
    ("有效", {}, FileFact(True, 10)),
    ("有效", {"location": "https://example.com/通知"}, None),
    ("有效", {"dated": None, "period": "2016-2017"}, None),
    ("有效", {"dated": "２０１６年３月１５日"}, None),
    ("未注日期", {"dated": None}, FileFact(True, 10)),
    ("未注日期", {"dated": "去年"}, FileFact(True, 10)),
    ("文件不存在", {}, FileFact(False)),
    ("未填存放位置", {"location": None}, None),
    ("空文件", {}, FileFact(True, 0)),
    ("打不开：文件损坏", {}, FileFact(True, 10, "ab", "打不开：文件损坏")),
    ("退回", {"state": "退回", "state_note": "没有盖章"}, FileFact(True, 10)),
    ("退回", {"state": "退回", "dated": None}, FileFact(False)),
]


@pytest.mark.parametrize(("state", "cells", "fact"), FAULTS)
def test_a_row_is(state: str, cells: dict[str, Value], fact: FileFact | None) -> None:
    master = of_one(evidence("通知", "2(2)", **cells))
    found = assess(master, {FILE: fact} if fact else {})
    assert found.findings == {"通知": state}
    assert states(found) == ([] if state == "有效" else [("文件", "", state)])


def test_nothing_at_all_is_missing() -> None:
    found = assess(of_one(Entry(*evidence("空行", "2(2)", title=None, location=None))), {})
    assert found.findings == {}
    assert states(found) == [("文件", "", "缺失")]
    assert found.gaps[0].sentence() == "文件：缺失"


def test_the_wrong_kind_is_no_help() -> None:
    assert states(assess(of_one(evidence("照片", "2(2)", kind="现场照片")), {})) == [
        ("文件", "", "缺失")
    ]


def test_a_row_without_a_kind_serves_any() -> None:
    assert states(assess(of_one(evidence("材料", "2(2)", kind=None)), {})) == []


# -- years


def test_each_year_needs_its_own() -> None:
    found = assess(of_one(evidence("通知", "2(2)"), period="每年"), {})
    assert states(found) == [("文件", "2017", "缺失")]
    assert found.gaps[0].sentence() == "文件（2017年）：缺失"


@pytest.mark.parametrize(
    "period", ["2016-2017", "２０１６—２０１７年", "2016、2017", "2015至2018年"]
)
def test_a_row_may_cover_several_years(period: str) -> None:
    found = assess(of_one(evidence("方案", "2(2)", period=period), period="每年"), {})
    assert states(found) == []


def test_a_list_of_years_does_not_cover_those_between() -> None:
    found = assess(of_one(evidence("方案", "2(2)", period="2015、2017"), period="每年"), {})
    assert states(found) == [("文件", "2016", "缺失")]


def test_a_year_that_nobody_asks_for_is_out_of_period() -> None:
    found = assess(of_one(evidence("旧文", "2(2)", dated="2012-01-01"), period="每年"), {})
    assert found.findings == {"旧文": "超出所属期"}
    assert states(found) == [("文件", "2016", "超出所属期"), ("文件", "2017", "超出所属期")]


@pytest.mark.parametrize(
    ("cells", "state"),
    [
        ({"dated": "2016-01-01"}, None),
        ({"dated": "2017-12-31"}, None),
        ({"dated": "1997-07-01"}, "超出所属期"),
        ({"dated": "2031-01-01"}, "超出所属期"),
        ({"dated": "2013-04-02", "period": "2013-2020"}, None),  # 早年印发、现在仍有效的文件
    ],
)
def test_without_a_period_the_years_of_the_plan_will_do(
    cells: dict[str, Value], state: str | None
) -> None:
    found = assess(of_one(evidence("规划", "2(2)", **cells)), {})
    assert found.findings == {"规划": state or "有效"}
    assert states(found) == ([("文件", "", state)] if state else [])


def test_any_year_will_do_while_the_years_of_the_plan_are_unknown() -> None:
    rows = (evidence("旧文", "2(2)", dated="1997-07-01"), *KINDS)
    assert states(assess(build(indicator(2, 10), criterion("2(2)", 10), *rows), {})) == []


def test_one_row_may_fit_one_criterion_and_be_too_early_for_another() -> None:
    master = build(
        indicator(7, 6),
        criterion("7(1)", 3, period="连续3年"),
        criterion("7(2)", 3),
        *YEARS,
        *KINDS,
        evidence("公报", "7(1)、7(2)", dated="2015-06-01"),
    )
    found = assess(master, {})
    assert found.findings == {"公报": "有效"}
    assert {(g.need.label, g.need.period, g.state) for g in found.gaps} == {
        ("7(1)", "2016", "缺失"),
        ("7(1)", "2017", "缺失"),
        ("7(2)", "", "超出所属期"),
    }


@pytest.mark.parametrize(
    ("cells", "state"),
    [
        ({"dated": "2016-09-30"}, "有效"),
        ({"dated": "2016-03-01"}, "超出所属期"),
        ({"dated": "2016-08-20", "period": "2016年9月"}, "有效"),
        ({"dated": "2016-09-20", "period": "2016-08"}, "超出所属期"),
        ({"dated": None, "period": "2016"}, "未注日期"),
        ({"dated": "2016-09-02", "period": "2016"}, "有效"),
    ],
)
@pytest.mark.parametrize("period", ["每年9月", "每年九月", "每年９月份"])
def test_a_yearly_month_takes_that_month(cells: dict[str, Value], state: str, period: str) -> None:
    found = assess(of_one(evidence("活动", "2(2)", **cells), period=period), {})
    assert found.findings == {"活动": state}
    told = {gap.need.when: gap.state for gap in found.gaps}
    assert told.get("（2016年9月）", "有效") == state
    assert "（2017年9月）" in told


def test_a_fault_of_one_year_says_nothing_of_the_other() -> None:
    found = assess(of_one(evidence("纪要", "2(2)", state="退回"), period="每年"), {})
    assert states(found) == [("文件", "2016", "退回"), ("文件", "2017", "缺失")]


# -- duplicates


@pytest.mark.parametrize(
    ("second", "facts"),
    [
        ({"location": FILE}, {}),
        ({"location": " 佐证/通知.PDF"}, {}),
        ({"location": "另存/通知.pdf"}, {"另存/通知.pdf": "aa", FILE: "aa"}),
    ],
)
def test_the_same_file_again_is_a_duplicate(
    second: dict[str, Value], facts: dict[str, str]
) -> None:
    master = of_one(evidence("通知", "2(2)"), evidence("又一份", "2(2)", **second))
    files = {place: FileFact(True, 10, sha) for place, sha in facts.items()}
    assert assess(master, files).findings == {"通知": "有效", "又一份": "重复"}


def test_one_file_can_t_prove_two_years_twice() -> None:
    master = of_one(
        evidence("上年", "2(2)", period="2016"),
        evidence("今年", "2(2)", period="2017", location="佐证/上年.pdf"),
        period="每年",
    )
    assert states(assess(master, {})) == [("文件", "2017", "重复")]


def test_a_dated_copy_goes_before_an_undated_one() -> None:
    master = of_one(evidence("通知", "2(2)", dated=None), evidence("补日期", "2(2)", location=FILE))
    found = assess(master, {})
    assert found.findings == {"通知": "重复", "补日期": "有效"}
    assert states(found) == []


def test_a_copy_out_of_period_does_not_shade_the_good_one() -> None:
    master = of_one(
        evidence("通知", "2(2)", period="2010"),
        evidence("改期", "2(2)", period="2016-2017", location=FILE),
        period="每年",
    )
    assert states(assess(master, {})) == []


@pytest.mark.parametrize(
    ("second", "finding"),
    [
        ({"unit": "市水利局", "title": "河道整治验收单"}, "与别的单位另一份材料是同一文件"),
        ({"unit": "市水利局"}, "有效"),  # 两家联合发文
        ({"title": "河道整治验收单"}, "有效"),  # 同一家的同一份文件，标题写法不同
        ({"unit": None, "title": "河道整治验收单"}, "有效"),
    ],
)
def test_one_units_file_is_no_other_document_of_another_unit(
    second: dict[str, Value], finding: str
) -> None:
    cells = {"title": "关于扫描件的通知", "location": "佐证/另存.pdf", **second}
    master = two_criteria(evidence("扫描件", "7(1)"), evidence("另存", "7(2)", **cells))
    files = {place: FileFact(True, 9, "ab") for place in ("佐证/扫描件.pdf", "佐证/另存.pdf")}
    assert assess(master, files).findings == {"扫描件": "有效", "另存": finding}


# -- several criteria


def two_criteria(*entries: Entry) -> Master:
    return build(
        indicator(7, 6), criterion("7(1)", 3), criterion("7(2)", 3), *YEARS, *KINDS, *entries
    )


@pytest.mark.parametrize("cell", ["7(1)、7(2)", "7（１）；７(2)", "7(1)\n7(2)", "7(2),7(1)", "7"])
def test_one_row_may_serve_several_criteria(cell: str) -> None:
    found = assess(two_criteria(evidence("制度", cell)), {})
    assert found.findings == {"制度": "有效"}
    assert states(found) == []


def test_a_file_that_serves_one_criterion_more_is_no_duplicate() -> None:
    master = two_criteria(
        evidence("通知", "7(1)"), evidence("再用", "7(1)、7(2)", location="佐证/通知.pdf")
    )
    found = assess(master, {})
    assert found.findings == {"通知": "有效", "再用": "有效"}
    assert states(found) == []


def test_one_file_may_serve_two_criteria_in_two_rows() -> None:
    master = two_criteria(
        evidence("通知", "7(1)"), evidence("再用", "7(2)", location="佐证/通知.pdf")
    )
    assert states(assess(master, {})) == []


def test_labels_that_nobody_knows_serve_nothing() -> None:
    labels = {"7(1)": ("C7.1",), "7": ("C7.1", "C7.2"), "70": ("C70.1",)}
    assert criteria_in("7(1)、99(9)", labels) == {"C7.1"}
    assert criteria_in("7", labels) == {"C7.1", "C7.2"}
    assert criteria_in("", labels) == criteria_in("、 ；", labels) == set()


# -- the office may count only what passed


@pytest.mark.parametrize(("state", "counted"), [("通过", True), ("待审", False), (None, False)])
def test_pending_evidence_may_not_count(state: Value, counted: bool) -> None:
    master = of_one(evidence("通知", "2(2)", state=state), setting("计分", "待审佐证计入", "否"))
    found = assess(master, {})
    assert found.findings == {"通知": "有效"}
    assert states(found) == ([] if counted else [("文件", "", "待审未计")])


def test_the_best_of_several_rows_counts() -> None:
    rows = [
        evidence("退件", "2(2)", state="退回"),
        evidence("空件", "2(2)", location=None),
        evidence("无日期", "2(2)", dated=None),
    ]
    assert states(assess(of_one(*rows), {})) == [("文件", "", "未注日期")]
    assert states(assess(of_one(*rows, evidence("好件", "2(2)")), {})) == []


def test_an_indicator_without_methods_goes_by_its_ruling() -> None:
    def kinds(*more: Entry) -> list[str]:
        master = build(indicator(1, 10, methods=None), criterion("1(1)", 10), *KINDS, *more)
        return [need.kind for need in needs_of(master, master.settings)]

    assert kinds() == ["文件"]
    assert kinds(ruling("1", "验收方式", "查阅文件、现场检查")) == ["文件", "现场照片"]
    assert kinds(ruling("1", "验收方式", "查阅文件", "现场检查")) == ["现场照片"]


@pytest.mark.parametrize("criteria", [None, "99(1)", "-3"])
def test_evidence_that_serves_nothing_is_told(criteria: str | None) -> None:
    master = build(indicator(1, 10), criterion("1(1)", 10), *KINDS, evidence("通知", "1(1)"))
    master = master.with_changes([Change("tblEvidence", "通知", "criteria", "1(1)", criteria)])
    assert assess(master, {}).findings == {"通知": "未对应得分点"}


def test_a_row_without_kind_is_of_the_only_kind_asked_and_of_no_other() -> None:
    def states(methods: str) -> list[str]:
        master = build(
            indicator(1, 10, methods=methods),
            criterion("1(1)", 10),
            evidence("简报", "1(1)", kind=None),
            *KINDS,
        )
        return [gap.state for gap in assess(master, {}).gaps]

    assert states("查阅文件") == []
    assert states("查阅文件、现场检查") == ["未填材料类型", "未填材料类型"]


def test_methods_that_a_document_lost_come_from_the_open_question() -> None:
    def kinds(methods: str) -> list[str]:
        master = build(
            indicator(1, 10, methods=methods),
            criterion("1(1)", 10),
            ruling("1", "验收方式", "查阅文件、现场检查"),
            *KINDS,
        )
        return [need.kind for need in assess(master, {}).needs]

    assert kinds("现场检查") == ["文件", "现场照片"]  # 原件只剩后一半
    assert kinds("群众走访、查阅文件") == ["文件"]  # 办公室改过的，照办公室的
