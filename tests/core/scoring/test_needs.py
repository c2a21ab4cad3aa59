"""Which kinds of evidence are asked of which criterion."""

import pytest

from qcity_xl.core.master.formula_values import roll_up
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import CRITERIA, INDICATORS
from qcity_xl.core.scoring.evaluate import evaluate
from qcity_xl.core.scoring.evidence import assess
from qcity_xl.core.scoring.needs import each_year, is_period, needs_of
from qcity_xl.core.values import Value
from tests.core.builders import (
    KINDS,
    YEARS,
    build,
    criterion,
    embedded,
    evidence,
    indicator,
    set_cell,
    setting,
)

ALL = "听取汇报、查阅文件、会议纪要、现场检查"


def asked(
    words: str, kind: str = "达成", params: str | None = None, own: str = "", methods: str = ALL
) -> list[str]:
    """The kinds that a criterion with this text is asked for."""
    cells: dict[str, Value] = {"text": words, "kinds": own or None}
    master = build(
        indicator(3, 10, methods=methods),
        criterion("3(1)", 10, kind, params, **cells),
        *YEARS,
        *KINDS,
        setting("验收方式", "会议纪要", "会议纪要"),
        setting("验收方式", "听取汇报", None),
    )
    return [need.kind for need in needs_of(master, master.settings)]


@pytest.mark.parametrize(
    ("words", "kind", "params", "kinds"),
    [
        ("河长制有牵头单位", "达成", None, ["文件", "现场照片"]),
        ("每季度召开河长会议", "达成", None, ["文件", "会议纪要", "现场照片"]),
        ("水质优良比例", "数值分段", "≥80%：10；≥60%：5", ["文件"]),
        ("垃圾分类覆盖面", "扣减", "≥95%；每降1：扣1", ["文件"]),
        ("空气质量在全省的位次", "名次", "≤3：10；≤8：5；其余：0", ["文件"]),
        ("污水处理率比全省平均水平高", "达成", None, ["文件"]),
        ("建有监测平台，联网率大于90%", "达成", None, ["文件", "现场照片"]),
        ("建成社区公园", "数值分段", "≥3个：10", ["文件", "现场照片"]),  # 看得见，要拍照
    ],
)
def test_a_criterion_is_asked_for_what_it_can_show(
    words: str, kind: str, params: str | None, kinds: list[str]
) -> None:
    assert asked(words, kind, params) == kinds


def test_something_is_asked_even_where_no_kind_fits() -> None:
    assert asked("绿地率", "数值分段", "≥40%：10", methods="现场检查") == ["文件"]


@pytest.mark.parametrize(
    ("own", "kinds"),
    [
        ("会议纪要", ["会议纪要"]),
        ("现场照片、文件", ["现场照片", "文件"]),
        ("影像；影像", ["影像"]),
        ("无需", []),
    ],
)
def test_what_the_office_writes_goes_before_all_defaults(own: str, kinds: list[str]) -> None:
    assert asked("绿地率", "数值分段", "≥40%：10", own) == kinds


def test_the_embedded_table_asks_no_photo_of_a_rate_nor_minutes_of_a_person() -> None:
    needs = assess(embedded(), {}).needs
    photos = {need.label for need in needs if need.kind == "现场照片"}
    assert photos.isdisjoint({"11(2)", "13(2)", "28(1)", "28(2)", "31(2)"})
    assert {"4(1)", "7(4)", "12(1)", "44(1)"} <= photos
    assert {n.label for n in needs if n.kind == "会议纪要"} == {"2(1)", "2(2)"}
    assert {(n.label, n.month) for n in needs if n.month} == {(f"9({n})", 9) for n in (1, 2, 3)}
    assert {need.label for need in needs} == {
        str(row["label"]) for row in embedded().rows(CRITERIA).values()
    }


@pytest.mark.parametrize(
    ("period", "known"),
    [("每年9月", True), ("每年十二月份", True), ("每年0月", False), ("每年13月", False)],
)
def test_which_months_there_are(period: str, known: bool) -> None:
    assert is_period(period) == known


# -- 取高: only what counts is asked


def stages(first: str | None, second: str | None, *proved: str) -> Master:
    return build(
        indicator(21, 8, "取高"),
        criterion("21(1)", 8, answer=first),
        criterion("21(2)", 3, answer=second),
        *YEARS,
        *KINDS,
        *(evidence(f"证明{label}", label) for label in proved),
    )


@pytest.mark.parametrize(
    ("first", "second", "labels"),
    [
        (None, None, {"21(1)", "21(2)"}),
        ("达成", None, {"21(1)"}),
        ("达成", "达成", {"21(1)"}),
        (None, "达成", {"21(1)", "21(2)"}),
        ("未达成", "达成", {"21(2)"}),
        ("未达成", "未达成", {"21(1)", "21(2)"}),
    ],
)
def test_best_of_asks_for_what_counts(
    first: str | None, second: str | None, labels: set[str]
) -> None:
    found = assess(stages(first, second), {})
    assert {need.label for need in found.needs} == {gap.need.label for gap in found.gaps} == labels


@pytest.mark.parametrize(
    ("proved", "points"), [((), 0), (("21(1)",), 8), (("21(2)",), 3), (("21(1)", "21(2)"), 8)]
)
def test_what_is_not_asked_is_not_given_away(proved: tuple[str, ...], points: int) -> None:
    master = stages("达成", "达成", *proved)
    master = master.with_changes(evaluate(master, {}).changes)
    assert roll_up(master).cells[INDICATORS.name, "I21", "evidenced"] == points
    assert master.rows(CRITERIA)["C21.2"]["evidence"] == "无需"


def test_equal_claims_are_proved_once() -> None:
    master = set_cell(stages("达成", "达成"), CRITERIA, "C21.2", "points", 8)
    assert {need.label for need in assess(master, {}).needs} == {"21(1)"}


# -- which years are told one by one


@pytest.mark.parametrize(
    ("period", "years"),
    [
        ("每年", (2016, 2017)),
        ("每年9月", (2016, 2017)),
        ("每年、定期", (2016, 2017)),
        ("连续3年", (2015, 2016, 2017)),
        ("每年、连续3年", (2015, 2016, 2017)),
        ("定期", ()),
        ("3年内", ()),
        ("当年", ()),
        ("", ()),
    ],
)
def test_each_year_is_told_where_each_is_meant(period: str, years: tuple[int, ...]) -> None:
    assert each_year(period, build(*YEARS).settings) == years


def test_without_years_on_the_settings_none_is_asked_apart() -> None:
    assert each_year("每年", build().settings) == ()
    assert each_year("每年", build(setting("总表", "任务年份", "2016")).settings) == ()
