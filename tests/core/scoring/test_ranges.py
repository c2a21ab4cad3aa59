"""From where to where scores may go: every way of ruling is tried, and none goes beyond."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from qcity_xl.core.master.formula_values import SCORES, roll_up
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import INDICATORS, RULINGS
from qcity_xl.core.scoring.evaluate import evaluate
from qcity_xl.core.scoring.ranges import Range, Ranges
from qcity_xl.core.values import Value, parse_number
from tests.core.builders import (
    KINDS,
    YEARS,
    Entry,
    build,
    criterion,
    evidence,
    indicator,
    ruling,
    section,
    set_cell,
)

_POLICIES = "满分 / 剔除 / 折算"
_PARTS = "不扣 / 扣一步 / 按比例"
_POINTS = ("0", "4", "7", "10")
_PLACES = ("1", "2", "4", "5", "8", "9", "12")
# Kind: params, answers, and by item: default, 可选, what an office may rule.
_RULES: dict[
    str, tuple[str | None, tuple[Value, ...], dict[str, tuple[str, str | None, tuple[str, ...]]]]
] = {
    "达成": (None, ("达成", "未达成", None), {}),
    "分档": (
        "10：已投运；4：试运行；0：未开工",
        ("已投运", "其他情形", "4分", None),
        {"未尽": ("4", None, _POINTS)},
    ),
    "数值分段": (
        "≥60%：10；≥30%：6",
        ("75%", "12%", "0%", None),
        {"其余": ("0", None, _POINTS)},
    ),
    "扣减": (
        "≥98%；每降0.5：扣2",
        ("98%", "97.3%", "95.8%", None),
        {
            "不足一步": ("不扣", _PARTS, ("不扣", "扣一步", "按比例")),
            "口径": ("百分点", "百分点 / 百分比", ("百分点", "百分比")),
        },
    ),
    "名次": (
        "前列：10；中游：6；其余：1",
        ("第2名", "第5名", "第9名", "中游", None),
        {"前列": ("4", None, _PLACES), "中游": ("8", None, _PLACES)},
    ),
    "部分达成": (
        "4项",
        ("3/4", "4/4", None),
        {"部分": ("按比例", "按比例 / 全部达到才得分", ("按比例", "全部达到才得分"))},
    ),
}
_CHOICES = {item: may for _, _, items in _RULES.values() for item, (_, _, may) in items.items()}
_CHOICES |= {"缺项": ("满分", "剔除", "折算"), "组合": ("取高", "累加封顶")}


@st.composite
def masters(draw: st.DrawFn) -> Master:
    """One or two indicators, three criteria at most, all that is asked of them open or not."""
    entries: list[Entry] = [section(1, 30), *KINDS, *YEARS]
    for no in range(1, draw(st.integers(1, 2)) + 1):
        combine = draw(st.sampled_from(("累加", "取高", "累加封顶")))
        labels = [f"{no}({n})" for n in range(1, draw(st.integers(1, 2)) + 1)]
        entries.append(indicator(no, 10 * len(labels) if combine == "累加" else 12, combine))
        if combine != "累加" and draw(st.booleans()):
            entries.append(ruling(f"{no}", "组合", combine, options="取高 / 累加封顶"))
        if draw(st.booleans()):
            entries.append(ruling(f"{no}", "缺项", "折算", options=_POLICIES))
        for label in labels:
            kind = draw(st.sampled_from(list(_RULES)))
            params, answers, items = _RULES[kind]
            absent = draw(st.sampled_from(("是", "否")))
            may = (*answers, "不适用") if absent == "是" else answers
            given_: dict[str, Value] = {"may_be_absent": absent}
            given_["answer"] = draw(st.sampled_from(may))
            given_["ruling"] = draw(st.sampled_from((None, None, *may)))
            entries.append(criterion(label, 10, kind, params, **given_))
            entries += _asked(draw, label, items)
            if absent == "是" and draw(st.booleans()):
                entries.append(ruling(label, "缺项", "折算", options=_POLICIES))
            if draw(st.booleans()):
                entries.append(evidence(f"材料{label}", label))
    return build(*entries)


def _asked(
    draw: st.DrawFn, label: str, items: dict[str, tuple[str, str | None, tuple[str, ...]]]
) -> Iterator[Entry]:
    for item, (default, listed, may) in items.items():
        ruled = draw(st.sampled_from((None, None, None, *may)))
        yield ruling(label, item, default, ruled, listed)


@dataclass(frozen=True)
class Scored:
    """Scores after 重算得分, by indicator and of the whole, 0 where there is none."""

    indicators: dict[tuple[str, str], float]
    total: dict[str, float]


def scored(master: Master) -> Scored:
    after = master.with_changes(evaluate(master, {}).changes)
    rollup = roll_up(after)
    single = {
        (key, name): parse_number(rollup.cells[INDICATORS.name, key, name]) or 0.0
        for key in after.rows(INDICATORS)
        for name in SCORES
    }
    return Scored(single, {n: parse_number(rollup.cards[f"qc_{n}"]) or 0.0 for n in SCORES})


def every_ruling(master: Master) -> Iterator[Master]:
    """The master under each combination of what the office may rule on what is open."""
    evaluated = master.with_changes(evaluate(master, {}).changes)  # 缺项 may have got a row
    open_ = {k: row for k, row in evaluated.rows(RULINGS).items() if row.get("choice") is None}
    for chosen in product(*(_CHOICES[str(row["item"])] for row in open_.values())):
        made = evaluated
        for key, choice in zip(open_, chosen, strict=True):
            made = set_cell(made, RULINGS, key, "choice", choice)
        yield made


def _few(master: Master) -> bool:
    count = 1
    for row in master.rows(RULINGS).values():
        count *= 1 if row.get("choice") else len(_CHOICES[str(row["item"])])
    return count <= 60


@settings(max_examples=40)
@given(masters().filter(_few))
def test_every_way_of_ruling_stays_within_and_both_ends_are_reached(master: Master) -> None:
    ranges = evaluate(master, {}).ranges
    found = [scored(made) for made in every_ruling(master)]
    for key in master.rows(INDICATORS):
        for name in SCORES:
            range_ = ranges.get(key, {}).get(name, Range(0, 0))
            values = [one.indicators[key, name] for one in found]
            assert (min(values), max(values)) == (range_.low, range_.high), (key, name)
    for name in SCORES:
        totals = [one.total[name] for one in found]
        assert min(totals) == round(sum(_ends(ranges, name, "low")), 2)
        assert max(totals) == round(sum(_ends(ranges, name, "high")), 2)


def _ends(ranges: Ranges, name: str, end: str) -> Iterator[float]:
    return (getattr(mine[name], end) for mine in ranges.values() if name in mine)


def test_rulings_on_one_criterion_are_tried_together() -> None:
    master = build(
        section(1, 10),
        indicator(1, 10),
        criterion("1(1)", 10, "扣减", "≥80%；每降4：扣3", answer="77%"),
        ruling("1(1)", "不足一步", "不扣", options=_PARTS),
        ruling("1(1)", "口径", "百分点", options="百分点 / 百分比"),
    )
    # 3.75% of the base is less than a step, as 3 points are: only 扣一步 and 按比例 take something.
    assert evaluate(master, {}).ranges["I1"]["claimed"] == Range(7.0, 10.0)


def test_what_was_ruled_is_open_no_more() -> None:
    entries = (
        section(1, 8),
        indicator(1, 8),
        criterion("1(1)", 8, "部分达成", "4项", answer="2/4"),
    )
    options = "按比例 / 全部达到才得分"
    waiting = build(*entries, ruling("1(1)", "部分", "按比例", options=options))
    assert evaluate(waiting, {}).ranges["I1"]["claimed"] == Range(0.0, 4.0)
    for choice, points in (("同意", 4.0), ("全部达到才得分", 0.0)):
        ruled = set_cell(waiting, RULINGS, "Q1(1)/部分", "choice", choice)
        assert evaluate(ruled, {}).ranges["I1"]["claimed"] == Range(points, points)


def test_a_veto_whose_effect_is_open_may_take_everything() -> None:
    effects = "取消评选资格 / 全部得分清零 / 本项不得分 / 只作提示"
    master = build(
        section(1, 15),
        indicator(1, 10),
        criterion("1(1)", 10, answer="达成"),
        criterion("1(2)", 0, "一票否决", "全部", answer="发生"),
        ruling("1(2)", "一票否决", "只作提示", options=effects),
        indicator(2, 5),
        criterion("2(1)", 5, answer="达成"),
    )
    ranges = evaluate(master, {}).ranges
    assert ranges["I1"]["claimed"] == Range(0.0, 10.0)
    assert ranges["I2"]["claimed"] == Range(0.0, 5.0)
    for made in every_ruling_of_a_veto(master):
        total = scored(made).total["claimed"]
        assert total in (0.0, 5.0, 15.0)


def every_ruling_of_a_veto(master: Master) -> Iterator[Master]:
    for choice in ("取消评选资格", "全部得分清零", "本项不得分", "只作提示"):
        yield set_cell(master, RULINGS, "Q1(2)/一票否决", "choice", choice)


def test_the_cells_say_by_how_much_and_the_sums_from_where_to_where() -> None:
    master = build(
        section(1, 20),
        indicator(1, 20),
        criterion("1(1)", 12, "部分达成", "3项", answer="2项"),
        criterion("1(2)", 8, answer="达成"),
        ruling("1(1)", "部分", "按比例", options="按比例 / 全部达到才得分"),
    )
    after = master.with_changes(evaluate(master, {}).changes)
    row = after.rows(INDICATORS)["I1"]
    assert (row["claimed_down"], row["claimed_up"], row["evidenced_down"]) == (8, None, None)
    rollup = roll_up(after)
    assert rollup.cells[INDICATORS.name, "I1", "range"] == "自评8至16"
    assert rollup.cards["qc_claimed_range"] == "口径未定时8至16"
    assert rollup.cards["qc_ceiling_range"] == ""
    assert not evaluate(after, {}).changes
