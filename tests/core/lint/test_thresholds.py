"""Between, on and below thresholds and places."""

import pytest

from qcity_xl.core.lint.thresholds import cliffs, gaps, overlaps, strict, ties, unreachable, zero

from .examples import Rulings, case, told


@pytest.mark.parametrize(
    ("params", "text", "effects"),
    [
        ("≥90%：9；≥70%：4", "垃圾分类覆盖率", [4]),
        ("≥90%：9；≥70%：4", "垃圾分类覆盖率，不到70%的不得分", []),
        ("≥90%：9", "垃圾分类覆盖率", []),
        ("≥90%：9；≥70%且<80%：4；<70%：0", "垃圾分类覆盖率", [4]),
        ("≥90%：9；≥80%且<90%：4；<80%：0", "垃圾分类覆盖率", []),
        ("≥3个：6；≥1个：2；=0个：0", "养老驿站", []),
    ],
)
def test_gaps_between_bands(params: str, text: str, effects: list[float]) -> None:
    assert told(gaps, case("数值分段", params, 9, text)) == [("gap", e) for e in effects]


def test_a_case_between_levels() -> None:
    levels = "12：建成并运行；7：在建；0：未建"
    asked: Rulings = {"未尽": ("7", "")}
    assert told(gaps, case("分档", levels, 12, rulings=asked)) == [("gap", 7)]
    assert told(gaps, case("分档", levels, 12)) == []


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ("≥80%：8；≤80%：3", [("overlap", 5)]),
        ("≥20天且≤40天：8；≥40天且≤60天：3", [("overlap", 5)]),
        ("≥80%：8；≥60%：3", []),
        ("≥80%：8；<80%：3", []),
    ],
)
def test_bands_that_share_a_value(params: str, found: list[tuple[str, float]]) -> None:
    assert told(overlaps, case("数值分段", params, 8)) == found


@pytest.mark.parametrize(
    ("kind", "params", "rulings", "found"),
    [
        ("数值分段", "≥60%：8；≥80%：3", {}, [("unreachable", 3)]),
        ("数值分段", "≥80%：8；≥60%：3", {}, []),
        (
            "数值分段",
            "≥120%：8；≥60%：3；范围：0-100",
            {},
            [("unreachable", 8), ("unreachable", 5)],
        ),
        ("分档", "6：建成；0：未建", {}, [("unreachable", 2)]),
        (
            *("名次", "前列：8；中游：4；其余：0"),
            {"前列": ("30", ""), "中游": ("20", "")},
            [("unreachable", 4)],
        ),
        ("名次", "前列：8；中游：4；其余：0", {"前列": ("9", ""), "中游": ("20", "")}, []),
    ],
)
def test_what_nothing_leads_to(
    kind: str, params: str, rulings: Rulings, found: list[tuple[str, float]]
) -> None:
    assert told(unreachable, case(kind, params, 8, rulings=rulings)) == found


@pytest.mark.parametrize(
    ("kind", "params", "found"),
    [
        ("名次", "≤5：9；其余：2", [("zero", 2)]),
        ("名次", "≤5：9；其余：0", []),
        ("分档", "9：好；6：中；3：差", [("zero", 3)]),
        ("专家评分", "9；6；3", [("zero", 3)]),
        ("专家评分", "", []),
        ("达成", "", []),
    ],
)
def test_a_lowest_level_that_still_earns(
    kind: str, params: str, found: list[tuple[str, float]]
) -> None:
    assert told(zero, case(kind, params, 9)) == found


def test_on_a_strict_threshold() -> None:
    assert told(strict, case("达成", ">70%", 4)) == [("boundary", 4)]
    assert told(strict, case("达成", "≥70%", 4)) == []
    assert told(strict, case("数值分段", ">70%：4", 4)) == [("boundary", 4)]


@pytest.mark.parametrize(
    ("kind", "params", "effect"),
    [
        ("名次", "≤4：10；≤8：每名-1；其余：0", [6.0]),
        ("名次", "≤4：10；≤8：每名-2；其余：1", []),
        ("扣减", "≥98%；每降1：扣1；<95%：0", [7.0]),
        ("扣减", "≥98%；每降1：扣1", []),
    ],
)
def test_a_fall_at_once(kind: str, params: str, effect: list[float]) -> None:
    assert told(cliffs, case(kind, params, 10)) == [("boundary", e) for e in effect]


def test_equal_places() -> None:
    falling = "≤4：10；≤8：每名-1；其余：0"
    assert told(ties, case("名次", falling, 10)) == [("boundary", 1)]
    assert told(ties, case("名次", falling, 10, "并列的按高的名次")) == []
    assert told(ties, case("名次", "≤4：10；其余：0", 10)) == []
