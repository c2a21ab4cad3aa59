"""What each option does in points, as the scorer says; the other rulings stay."""

import pytest

from qcity_xl.core.master.formula_values import SCORES, roll_up
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import CRITERIA, RULINGS
from qcity_xl.core.scoring.effects import Effect
from qcity_xl.core.scoring.evaluate import evaluate
from qcity_xl.core.values import Value, parse_number
from tests.core.builders import (
    KINDS,
    YEARS,
    build,
    criterion,
    embedded,
    evidence,
    indicator,
    ruling,
    section,
    set_cell,
)


def effects(master: Master) -> dict[str, Effect]:
    return dict(evaluate(master, {}).effects)


def total(master: Master, name: str) -> float:
    rollup = roll_up(master.with_changes(evaluate(master, {}).changes))
    cards = (rollup.cards[f"qc_{name}"], rollup.cards[f"qc_{name}_bonus"])
    return round(sum(parse_number(card) or 0.0 for card in cards), 2)


ANSWERS: dict[str, Value] = {
    "C13.3": "4/6",
    "C13.6": "5/5",
    "C14.1": "达成",
    "C14.2": "不适用",
    "C23.2": "第14名",
    "C24.1": "第18名",
    "C26.3": "2张",
    "C3.1": "0.1‰",
    "C32.1": "98.7%",
    "C40.1": "第10名",
    "C5.1": "其他情形",
}


def test_each_effect_is_what_scoring_with_that_option_gives() -> None:
    master = embedded()
    for key, answer in ANSWERS.items():
        master = set_cell(master, CRITERIA, key, "answer", answer)
    before = {name: total(master, name) for name in SCORES}
    tried = 0
    for key, effect in effects(master).items():
        for option in effect.options:
            ruled = set_cell(master, RULINGS, key, "choice", option.option)
            for name in SCORES:
                moved = round(total(ruled, name) - before[name], 2)
                assert moved == option.now.get(name, 0.0), (key, option.option, name)
            tried += 1
    assert tried > 30


def test_a_ruling_that_moves_points_says_how_many_and_by_which_answer() -> None:
    entries = (
        section(1, 12),
        indicator(1, 12),
        ruling("1(1)", "部分", "按比例", options="按比例 / 全部达到才得分"),
    )
    blank = build(*entries, criterion("1(1)", 12, "部分达成", "4项"))
    effect = effects(blank)["Q1(1)/部分"]
    assert effect.words() == "按比例（现行）；全部达到才得分：最多-9（答3/4时）"
    assert effect.weight == 9
    answered = build(
        *(*entries, *KINDS, *YEARS, evidence("E1", "1(1)")),
        criterion("1(1)", 12, "部分达成", "4项", answer="2/4"),
    )
    effect = effects(answered)["Q1(1)/部分"]
    assert effect.words() == "按比例（现行）；全部达到才得分：自评-6、佐证-6"
    assert effect.weight == 6
    full = set_cell(answered, CRITERIA, "C1.1", "answer", "4/4")
    assert effects(full)["Q1(1)/部分"].words() == "怎样裁定都不影响得分"


def test_what_only_moves_points_together_with_another_ruling_is_told() -> None:
    master = build(
        section(1, 10),
        indicator(1, 10),
        criterion("1(1)", 10, "扣减", "≥80%；每降4：扣2", answer="77%"),
        ruling("1(1)", "不足一步", "不扣", options="不扣 / 扣一步 / 按比例"),
        ruling("1(1)", "口径", "百分点", options="百分点 / 百分比"),
    )
    effect = effects(master)["Q1(1)/口径"]
    assert effect.options[0].now == {}
    assert effect.weight == 0.38  # 按比例: 3.75 and 3 of a step of 4, at 2 points each
    assert "最多-0.38（与同指标别的待定事项合在一起时）" in effect.words()


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("标题", "只定标题，不影响得分"),
        ("口径提示", "只作提示，不影响得分"),
        ("责任", "定由谁填自评，不影响得分"),
        ("别的什么", "不影响得分"),
    ],
)
def test_what_moves_no_points_says_what_it_decides(item: str, words: str) -> None:
    master = build(section(1, 10), indicator(1, 10), ruling("1", item, "甲"))
    effect = effects(master)[f"Q1/{item}"]
    assert (effect.words(), effect.weight) == (words, 0)


def test_a_policy_on_a_whole_indicator_is_weighed_by_its_criteria() -> None:
    master = build(
        section(1, 20),
        indicator(1, 20),
        criterion("1(1)", 15, answer="达成"),
        criterion("1(2)", 5, answer="不适用", may_be_absent="是"),
        ruling("1", "缺项", "折算", options="满分 / 剔除 / 折算"),
    )
    words = effects(master)["Q1/缺项"].words()
    assert words == "折算（现行）；满分：佐证+5；剔除：自评-5、最高可得-5"


def test_a_veto_on_everything_weighs_as_much_as_everything() -> None:
    master = build(
        section(1, 17),
        indicator(1, 10),
        criterion("1(1)", 10, answer="达成"),
        criterion("1(2)", 0, "一票否决", "全部", answer="发生"),
        ruling("1(2)", "一票否决", "只作提示", options="全部得分清零 / 只作提示"),
        indicator(2, 7),
        criterion("2(1)", 7, answer="达成"),
    )
    effect = effects(master)["Q1(2)/一票否决"]
    assert effect.options[0].now["claimed"] == -17


def test_a_new_master_says_first_what_can_move_points() -> None:
    found = effects(embedded())
    moving = {key for key, effect in found.items() if effect.weight}
    assert {"Q13(3)/部分", "Q14(2)/缺项", "Q40(1)/边界", "Q47(2)/前列"} <= moving
    assert not moving & {"Q1/标题", "Q2.3/口径提示", "Q13.7/责任", "Q21/组合"}
    assert max(found.values(), key=lambda effect: effect.weight).weight == 30
