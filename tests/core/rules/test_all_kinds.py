"""Each rule kind on one table of answers, most of them on criteria of the embedded table."""

import functools
from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.plan import Criterion
from qcity_xl.core.rules import KINDS, AnswerError, ParamsError, Rule, parse_rule
from qcity_xl.core.rules.comparisons import find_conditions
from qcity_xl.core.rules.conditions import parse_condition
from qcity_xl.core.values import Value
from tests.core.builders import embedded_plan

NO = None  # an answer that can't be scored


@functools.cache
def criteria() -> Mapping[str, Criterion]:
    return {criterion.label: criterion for criterion in embedded_plan().criteria}


def rule_of(label: str) -> Rule:
    criterion = criteria()[label]
    return parse_rule(criterion.kind, criterion.params, criterion.points)


def rulings_of(label: str, **choices: str) -> dict[str, str]:
    """What holds for a criterion: the defaults, but for these choices."""
    defaults = {r.item: r.default for r in embedded_plan().rulings if r.subject == label}
    return {**defaults, **choices}


VECTORS: list[tuple[str, str | int | float | bool, dict[str, str], float | None]] = [
    # 达成: 机构建没建
    ("2(1)", "达成", {}, 10),
    ("2(1)", " 达 成 ", {}, 10),
    ("2(1)", "√", {}, 10),
    ("2(1)", "有", {}, 10),
    ("2(1)", True, {}, 10),
    ("2(1)", "未达成", {}, 0),
    ("2(1)", "×", {}, 0),
    ("2(1)", False, {}, 0),
    ("2(1)", "基本达成", {}, NO),
    ("2(1)", "10", {}, NO),
    ("7(3)", "达成", {}, 3),
    ("7(3)", "85%", {}, NO),
    # 分档: 规划出台没有
    ("1(1)", "20分 已出台", {}, 20),
    ("1(1)", "２０分　已出台", {}, 20),
    ("1(1)", "已出台", {}, 20),
    ("1(1)", "制定中\n", {}, 10),
    ("1(1)", 10, {}, 10),
    ("1(1)", "10分", {}, 10),
    ("1(1)", "0", {}, 0),
    ("1(1)", "15", {}, NO),
    ("1(1)", "出台", {}, NO),
    ("1(1)", "其他情形", {}, NO),
    ("15(1)", "市长负责且定期召集、出席会议", {}, 20),
    ("15(1)", "市长负责且定期召集，出席会议", {}, NO),
    ("15(1)", "20分 市长负责且定期召集、出席会议", {}, 20),
    ("15(1)", "其他情形", {}, 16),
    ("15(1)", "其他情形", {"未尽": "12分"}, 12),
    ("15(1)", "其他情形", {"未尽": "再议"}, NO),
    ("15(1)", "其他情形", {"未尽": "200"}, NO),
    ("16(1)", "仅发文动员部署", {}, 10),
    # 数值分段: 经费占比，‰ 和 % 混着填
    ("3(1)", "1‰", {}, 30),
    ("3(1)", "0.1%", {}, 30),
    ("3(1)", "０．８‰", {}, 20),
    ("3(1)", "0.08%", {}, 20),
    ("3(1)", "0.6 ‰", {}, 20),
    ("3(1)", "0.06%", {}, 20),
    ("3(1)", "0.599‰", {}, 10),
    ("3(1)", "0.3‰", {}, 10),
    ("3(1)", "0.29‰", {}, 0),
    ("3(1)", "0.29‰", {"其余": "5"}, 5),
    ("3(1)", "0.29‰", {"其余": "从严"}, NO),
    ("3(1)", "0‰", {}, 0),
    ("3(1)", "0‰", {"其余": "5"}, 0),  # 裁定只管“有但不足”，没有的仍不得分
    ("3(1)", 1.2, {}, 30),
    ("3(1)", 0.8, {}, NO),
    ("3(1)", "0.8", {}, NO),
    ("3(1)", "万分之八", {}, NO),
    ("13(2)", "95%", {}, 5),
    ("13(2)", "95", {}, 5),
    ("13(2)", "94.99%", {}, 0),
    ("13(2)", 0.95, {}, NO),
    ("13(2)", 1, {}, NO),
    ("42(1)", "３个", {}, 5),
    ("42(1)", "3家", {}, 5),
    ("42(1)", "2个", {}, 0),
    ("42(1)", "-1", {}, NO),
    ("42(1)", "2.5个", {}, NO),
    ("42(1)", 3.0, {}, 5),
    ("42(1)", "1,200个", {}, 5),
    ("42(1)", "3,4", {}, NO),
    ("42(1)", "3%", {}, NO),
    ("42(1)", "三个", {}, NO),
    ("29(2)", "4批次", {}, 5),
    ("29(2)", "3.9批次", {}, 0),
    # 26(3): 证书张数，两档 5 分累进还是互斥
    ("26(3)", "2张", {}, 10),
    ("26(3)", "1.5张", {}, 5),
    ("26(3)", "1", {}, 5),
    ("26(3)", "0.5张", {}, 0),
    ("26(3)", "2张", {"累进": "互斥"}, 5),
    ("26(3)", "1张", {"累进": "互斥"}, 5),
    # 扣减: 合格率每低 0.5 扣 1 分
    ("32(1)", "100%", {}, 20),
    ("32(1)", "99.8%", {}, 20),
    ("32(1)", "99.8%", {"不足一步": "扣一步"}, 19),
    ("32(1)", "99.8%", {"不足一步": "按比例"}, 19.6),
    ("32(1)", "99.5%", {}, 19),
    ("32(1)", "99.5%", {"不足一步": "扣一步"}, 19),
    ("32(1)", "99.5%", {"不足一步": "按比例"}, 19),
    ("32(1)", "９９．５", {}, 19),
    ("32(1)", "90%", {}, 0),
    ("32(1)", "89%", {}, 0),
    ("32(1)", "0%", {}, 0),
    ("32(1)", "-5%", {}, NO),
    ("32(1)", "101%", {}, NO),
    ("32(1)", 101, {}, NO),
    ("3(1)", "10.1%", {}, 30),
    ("3(1)", "120%", {}, NO),
    ("32(1)", "全部合格", {}, NO),
    ("32(1)", 1, {}, NO),
    ("32(1)", 0.995, {}, NO),
    ("33(1)", "98%", {}, 20),
    ("33(1)", "97.5%", {}, 19),
    ("33(1)", "97.02%", {"口径": "百分点"}, 19),
    ("33(1)", "97.02%", {"口径": "百分比"}, 18),
    ("33(1)", "97.5%", {"口径": "百分比", "不足一步": "扣一步"}, 18),
    ("33(1)", "88%", {}, 0),
    # 名次: 第 10 名同在两档
    ("40(1)", 1, {}, 20),
    ("40(1)", "第10名", {}, 20),
    ("40(1)", 11, {}, 19),
    ("40(1)", 20, {}, 10),
    ("40(1)", 21, {}, 0),
    ("40(1)", 9, {"边界": "下档"}, 20),
    ("40(1)", 10, {"边界": "下档"}, 19),
    ("40(1)", 11, {"边界": "下档"}, 18),
    ("40(1)", "２０", {"边界": "下档"}, 9),
    ("40(1)", 21, {"边界": "下档"}, 0),
    ("40(1)", 0, {}, NO),
    ("40(1)", -3, {}, NO),
    ("40(1)", 10.5, {}, NO),
    ("40(1)", "前十", {}, NO),
    ("40(1)", "10%", {}, NO),
    # 名次: 前列、中游、其余，按字也按名次
    ("24(1)", "前列", {}, 30),
    ("24(1)", "中 游", {}, 15),
    ("24(1)", "其余", {}, 5),
    ("24(1)", "10", {}, 30),
    ("24(1)", "11名", {}, 15),
    ("24(1)", "20", {}, 15),
    ("24(1)", "21", {}, 5),
    ("24(1)", "5", {"前列": "前3名"}, 15),
    ("24(1)", "5", {"前列": "由专家定"}, NO),
    ("24(1)", "前列", {"前列": "由专家定"}, 30),
    ("24(1)", "领先", {}, NO),
    ("47(2)", "其余", {}, 0),
    # 部分达成: 6 个领域做到 4 个
    ("13(3)", "4/6", {}, 2.67),
    ("13(3)", "４／６", {}, 2.67),
    ("13(3)", 4, {}, 2.67),
    ("13(3)", "4项", {}, 2.67),
    ("13(3)", "质量、环境、医疗卫生", {}, 2),
    ("13(3)", "质量，环境，", {}, 1.33),
    ("13(3)", "4/6", {"部分": "全部达到才得分"}, 0),
    ("13(3)", "6/6", {"部分": "全部达到才得分"}, 4),
    ("13(3)", "6/6", {}, 4),
    ("13(3)", "0/6", {}, 0),
    ("13(3)", "7/6", {}, NO),
    ("13(3)", "4/5", {}, NO),
    ("13(3)", "质量、农业", {}, NO),
    ("13(3)", "、", {}, NO),
    ("13(3)", "大部分", {}, NO),
    ("13(6)", "旅游业、体育产业", {}, 1.6),
    # 专家评分: 只有三档
    ("27(1)", "20分", {}, 20),
    ("27(1)", 10, {}, 10),
    ("27(1)", "５", {}, 5),
    ("27(1)", 15, {}, NO),
    ("27(1)", 0, {}, NO),
    ("27(1)", "优秀", {}, NO),
]


@pytest.mark.parametrize(("label", "answer", "choices", "points"), VECTORS)
def test_an_answer_earns(
    label: str, answer: str | float | bool, choices: dict[str, str], points: float | None
) -> None:
    rule, rulings = rule_of(label), rulings_of(label, **choices)
    if points is NO:
        with pytest.raises(AnswerError) as caught:
            rule.score(answer, rulings)
        assert caught.value.found
        assert caught.value.allowed
        return
    outcome = rule.score(answer, rulings)
    assert outcome.points == points
    assert outcome.reason.endswith("不得分" if points == 0 else f"得{points:g}分")


WORTHLESS = ("一票否决", "扣分项")  # kinds of criteria without points of their own
COUNTED = [
    ("扣分", "每次：2", 10, "3次", 4),
    ("扣分", "每次：2", 10, "无", 10),
    ("扣分", "每次：2", 10, "6", 0),
    ("扣分", "每次：2", 10, "1.5次", NO),
    ("扣分", "每次：2；最多：4", 10, "6", 6),
    ("扣分", "漏报：1；瞒报：全部", 8, "漏报3", 5),
    ("扣分", "漏报：1；瞒报：全部", 8, "漏报1件、瞒报1件", 0),
    ("扣分", "漏报：1；瞒报：全部", 8, "3", NO),
    ("扣分", "漏报：1；瞒报：全部", 8, "报1", NO),
    ("扣分", "未备案：2（只计一次）；未公示：1", 8, "未备案3、未公示2", 4),
    ("计件", "每篇：0.5", 3, "4", 2),
    ("计件", "每篇：0.5", 3, "9篇", 3),
    ("计件", "每篇：0.5", 3, "-1", NO),
    ("计件", "每10家：1", 5, "29", 2),
    ("计件", "国家级：2；省级：1", 6, "国家级2项，省级1项", 5),
    ("计件", "国家级：2；省级：1", 6, "国家级2、国家级1", NO),
    ("计件", "国家级：2；省级：1", 6, "市级1", NO),
    ("计件", "基础：6；每家：1", 10, "0", 6),
    ("计件", "基础：6；每家：1", 10, "3家", 9),
    ("计件", "基础：6；每家：1", 10, "9", 10),
    ("计件", "基础：6；国家级：2；省级：1", 10, "省级1", 7),
    ("按比例", "目标100%；<60%：0", 8, "60%", 4.8),
    ("按比例", "目标100%；<60%：0", 8, "59.9%", 0),
    ("按比例", "目标60家", 12, "45家", 9),
    ("按比例", "目标60家", 12, "45/60", 9),
    ("按比例", "目标60家", 12, "45/50", NO),
    ("按比例", "目标60家", 12, "90", 12),
    ("按比例", "目标2亿元", 10, "5000万元", 2.5),
    ("按比例", "目标2亿元", 10, "1", NO),
    ("一票否决", "本项", 0, "发生", 0),
    ("一票否决", "全部", 0, "未发生", 0),
    ("一票否决", "全部", 0, "也许", NO),
    ("扣分项", "每次：2；最多：5", 0, "2", -4),
    ("扣分项", "每次：2；最多：5", 0, "9", -5),
    ("扣分项", "每次：2；最多：5", 0, "0", 0),
]


@pytest.mark.parametrize(("kind", "params", "worth", "answer", "points"), COUNTED)
def test_what_is_counted_earns_or_costs(
    kind: str, params: str, worth: float, answer: str, points: float | None
) -> None:
    rule = parse_rule(kind, params, worth)
    if points is NO:
        with pytest.raises(AnswerError):
            rule.score(answer, {})
        return
    outcome = rule.score(answer, {})
    assert outcome.points == points
    assert outcome.reason


def test_every_kind_has_vectors() -> None:
    own = {criteria()[label].kind for label, *_ in VECTORS} | {kind for kind, *_ in COUNTED}
    assert own == set(KINDS)


PARAMS = [
    ("达成", "≥10个；＞80%", True),
    ("达成", "越多越好", False),
    ("分档", "20:已出台;10:制定中", True),
    ("分档", "31：高于满分", False),
    ("分档", "-5：倒扣", False),
    ("分档", "", False),
    ("数值分段", "≥１‰：30；≥0.6‰：20", True),
    ("数值分段", "≥1‰：30；≥0.06%：20", False),  # 同一规则里单位要一致
    ("数值分段", "≥1‰：31", False),
    ("数值分段", "≥2张：20；≥1张：20；累进", False),
    ("数值分段", "≥1‰：-5", False),
    ("数值分段", "累进", False),
    ("数值分段", "≥150%：30", True),
    ("数值分段", "≥10%：30；范围：不限", True),
    ("数值分段", "≥10%：30；范围：随意", False),
    ("扣减", "≥98%；每降0.5：扣1；范围：0-120", True),
    ("扣减", ">=98%；每降0.5：扣1", True),
    ("扣减", "≤98%；每降0.5：扣1", False),
    ("扣减", "=100%；每降0.5：扣1", False),
    ("扣减", "≥98%；每降0：扣1", False),
    ("扣减", "≥98%；每降0.5：扣-1", False),
    ("扣减", "≥0%；每降0.5：扣1", False),
    ("扣减", "≥98%", False),
    ("名次", "<=10：20；前20名：每名-1；其余：0", True),
    ("名次", "前列：30；其余：-5", False),
    ("名次", "≤10：31", False),
    ("名次", "每名-1", False),
    ("部分达成", "３项：甲、乙、丙", True),
    ("部分达成", "3项：甲、乙", False),
    ("部分达成", "0项", False),
    ("专家评分", "", True),
    ("专家评分", "20；10；5", True),
    ("专家评分", "20；-5", False),
    ("扣减", "≤5天；每超2天：扣1；>20天：0；不足一步：扣一步", True),
    ("扣减", "≥98%；每降1：扣1；<90次：0", False),
    ("扣分", "每次：2；最多：40", False),
    ("扣分", "漏报：1；漏报：2", False),
    ("计件", "国家级：全部", False),
    ("计件", "基础：6", False),
    ("计件", "基础：九；每家：1", False),
    ("按比例", "目标100%；<60家：0", False),
    ("按比例", "目标100%；≥60%：0", False),
    ("按比例", "目标60%；<80%：0", False),
    ("按比例", "目标0家", False),
    ("按比例", "尽力而为", False),
    ("一票否决", "本项", False),  # 不占分值
    ("扣分项", "每次：2", False),  # 不占分值
    ("看着办", "20", False),
]


@pytest.mark.parametrize(("kind", "params", "reads"), PARAMS)
def test_params_are_read_or_refused_by_name(kind: str, params: str, reads: bool) -> None:
    if reads:
        parse_rule(kind, params, 30)
        return
    with pytest.raises(ParamsError) as caught:
        parse_rule(kind, params, 30)
    assert kind in str(caught.value)
    assert caught.value.found == params


POSSIBLE = [
    ("≥94%：30", ("0%", "100%", 94), ("100.1%", "-0.1%", 120)),
    ("≥150%：30", ("180%", "0%"), ("-1%",)),  # 门槛超过100%的不是占比
    ("≥1‰：30", ("3‰", "100%"), ("1001‰", "-1‰")),
    ("≥3个：30", ("3个", "0"), ("3.5个", -1)),
    ("≥2张：30", ("1.5张",), ("-0.5张",)),  # 每万人几张，可以有小数
    ("≥2个百分点：30", ("-1.5个百分点",), ()),
    ("≥10%：30；范围：不限", ("-3%", "240%"), ()),
    ("≥90%：30；范围：0-120", ("120%",), ("121%", "-1%")),
    ("≥90%：30；范围：≥50", ("50%", "500%"), ("49%",)),
]


@pytest.mark.parametrize(("params", "possible", "impossible"), POSSIBLE)
def test_impossible_numbers_are_refused_with_what_is_possible(
    params: str, possible: tuple[Value, ...], impossible: tuple[Value, ...]
) -> None:
    rule = parse_rule("数值分段", params, 30)
    for answer in possible:
        assert rule.score(answer, {}).reason
    for answer in impossible:
        with pytest.raises(AnswerError) as caught:
            rule.score(answer, {})
        assert caught.value.found == str(answer)
        assert "到" in caught.value.allowed or "不小于" in caught.value.allowed


def test_places_may_be_written_in_words() -> None:
    written = parse_rule("名次", "前10名：20；≤２０：每名-1；其余：0", 20)
    assert written.signature() == rule_of("40(1)").signature()


def test_a_falling_last_band_has_no_worth_of_its_own() -> None:
    rule = parse_rule("名次", "≤10：20；其余：每名-1", 20)
    assert rule.score(14, {}).points == 16
    assert rule.score(99, {}).points == 0
    with pytest.raises(AnswerError):
        rule.score("其余", {})


@pytest.mark.parametrize("kind", KINDS)
def test_examples_show_what_can_be_read(kind: str) -> None:
    example = KINDS[kind].example.replace("（可加：累进）", "").removeprefix("留空，或写出门槛：")
    for part in example.replace("，或留空（0 到满分之间）", "").split("，或 "):
        parse_rule(kind, part, 0 if kind in WORTHLESS else 30)


@pytest.mark.parametrize("label", criteria())
def test_what_a_dropdown_offers_can_be_scored(label: str) -> None:
    rule, rulings = rule_of(label), rulings_of(label)
    offered = rule.choices(rulings)
    worths = [rule.score(choice, rulings).points for choice in offered]
    assert all("," not in choice and "，" not in choice for choice in offered)
    if offered:
        assert max(worths) == criteria()[label].points
    assert rule.allowed(rulings)


ANSWERS = st.one_of(
    st.text(),
    st.text("0123456789.-%‰/第名个分项其余前列中游达成其他情形 ，、１９", max_size=8),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.just("9" * 5000),
)
RULINGS = st.dictionaries(
    st.sampled_from(["累进", "其余", "未尽", "不足一步", "口径", "边界", "前列", "中游", "部分"]),
    st.sampled_from(
        ["互斥", "扣一步", "按比例", "百分比", "下档", "全部达到才得分", "10", "-3", "999", "x"]
    ),
)


@given(st.sampled_from(sorted(criteria())), ANSWERS, RULINGS)
def test_no_answer_earns_less_than_nothing_or_more_than_all(
    label: str, answer: str | float | bool, rulings: dict[str, str]
) -> None:
    try:
        outcome = rule_of(label).score(answer, rulings)
    except AnswerError:
        return
    assert 0 <= outcome.points <= criteria()[label].points
    assert outcome.reason


PIECES = st.text("0123456789≥≤<>=：；%‰每降扣名项其余前列累进-. ，、甲乙", max_size=24)


@given(st.sampled_from(sorted(KINDS)), PIECES | st.text(), ANSWERS)
def test_any_params_make_a_rule_that_keeps_its_bounds_or_are_refused(
    kind: str, params: str, answer: str | float | bool
) -> None:
    worth = 0 if kind in WORTHLESS else 30
    try:
        rule = parse_rule(kind, params, worth)
        outcome = rule.score(answer, {})
    except (ParamsError, AnswerError):
        return
    assert outcome.points <= worth
    assert outcome.points >= 0 or kind == "扣分项"


PERCENT = st.decimals(0, 100, places=3)
PLACES = st.integers(1, 60)


@given(PERCENT, PERCENT, RULINGS.filter(lambda held: held.get("其余") is None))
def test_a_higher_rate_never_earns_less(a: Decimal, b: Decimal, rulings: dict[str, str]) -> None:
    for label in ("32(1)", "33(1)", "3(1)", "13(2)", "28(1)"):
        rule = rule_of(label)
        worse, better = (rule.score(f"{value}%", rulings).points for value in sorted((a, b)))
        assert worse <= better, label


@given(PLACES, PLACES, st.sampled_from(["上档", "下档"]))
def test_a_better_place_never_earns_less(a: int, b: int, border: str) -> None:
    better, worse = min(a, b), max(a, b)
    for label in ("40(1)", "24(1)", "23(3)", "47(2)"):
        rule, rulings = rule_of(label), rulings_of(label, 边界=border)
        assert rule.score(better, rulings).points >= rule.score(worse, rulings).points, label


@given(st.integers(0, 6), st.integers(0, 6), st.sampled_from(["按比例", "全部达到才得分"]))
def test_more_parts_never_earn_less(a: int, b: int, policy: str) -> None:
    rule = rule_of("13(3)")
    few, many = (rule.score(f"{n}/6", {"部分": policy}).points for n in sorted((a, b)))
    assert few <= many


WORDINGS = [
    ("达到30%以上", [(">=", 30, "%")]),
    ("大于８０％", [(">", 80, "%")]),
    ("每年开放不低于36天", [(">=", 36, "天")]),
    ("超过一年以上", [(">", 1, "年")]),
    ("居全国城市前10名", [("<=", 10, "名")]),
    ("2项以上", [(">=", 2, "项")]),
    ("至少 1 个", [(">=", 1, "个")]),
    ("低于0.3‰", [("<", 0.3, "‰")]),
    ("新建不少于八个检测站", [(">=", 8, "个")]),
    ("培训企业一百二十家以上", [(">=", 120, "家")]),
    ("水平达到一流", []),
    ("覆盖率达到八成以上", [(">=", 80, "%")]),
    ("没有门槛", []),
]


@pytest.mark.parametrize(("wording", "found"), WORDINGS)
def test_thresholds_are_found_in_wording(wording: str, found: list[tuple[str, float, str]]) -> None:
    assert [(c.op, c.number, c.unit) for c in find_conditions(wording)] == found


@given(st.sampled_from(["≥", "≤", ">", "<", "="]), st.integers(0, 999), st.sampled_from("%‰个天"))
def test_a_condition_reads_what_it_wrote(sign: str, number: int, unit: str) -> None:
    condition = parse_condition(f"{sign}{number}{unit}")
    assert condition is not None
    assert parse_condition(condition.text()) == condition
