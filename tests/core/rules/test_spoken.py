"""A rule says itself: every parameter is in its sentence, and no two rules say the same."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.master.model import Row
from qcity_xl.core.plan import YES
from qcity_xl.core.quantities import quantity_text
from qcity_xl.core.rules import KINDS, ParamsError, Question, Rule, parse_rule
from qcity_xl.core.rules.conditions import Condition, parse_condition
from qcity_xl.core.rules.spans import Span
from qcity_xl.core.rules.spoken import edges, fine_step, in_words, numbers
from qcity_xl.core.text import number_text
from tests.core.builders import embedded_plan

RULINGS = {"前列": "8", "中游": "25", "其余": "2", "未尽": "3", "部分": "按比例"}
UNITS = ("%", "‰", "个", "次", "家", "天", "万元", "")
WORDS = ("设立", "在建", "筹备", "验收", "推广", "试点", "备案", "公开", "联网", "达标")

worth = st.integers(1, 40).map(lambda half: half / 2)
threshold = st.one_of(st.integers(1, 99), st.integers(1, 990).map(lambda tenth: tenth / 10))
label = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True).map("并".join)
sign = st.sampled_from(("≥", "≤", ">", "<", "="))


@st.composite
def met(draw: st.DrawFn) -> tuple[str, str, float]:
    parts = draw(st.lists(st.tuples(sign, threshold, st.sampled_from(UNITS)), max_size=2))
    return "达成", "；".join(f"{s}{n:g}{u}" for s, n, u in parts), draw(worth)


@st.composite
def levels(draw: st.DrawFn) -> tuple[str, str, float]:
    names = draw(st.lists(label, min_size=2, max_size=4, unique=True))
    each = draw(st.lists(worth, min_size=len(names), max_size=len(names), unique=True))
    pairs = zip(sorted(each, reverse=True), names, strict=True)
    return "分档", "；".join(f"{number_text(p)}：{name}" for p, name in pairs), max(each)


@st.composite
def bands(draw: st.DrawFn) -> tuple[str, str, float]:
    unit, op = draw(st.sampled_from(UNITS)), draw(sign)
    ends = draw(st.lists(threshold, min_size=1, max_size=3, unique=True))
    each = draw(st.lists(worth, min_size=len(ends), max_size=len(ends)))
    listed = [f"{op}{n:g}{unit}：{number_text(p)}" for n, p in zip(ends, each, strict=True)]
    span = draw(st.sampled_from(("", "范围：≥0", "范围：0-200", "范围：不限")))
    more = [*filter(None, (span,)), *draw(st.sampled_from(((), ("累进",))))]
    whole = sum(each) if "累进" in more else max(each)
    return "数值分段", "；".join((*listed, *more)), whole


@st.composite
def steps(draw: st.DrawFn) -> tuple[str, str, float]:
    unit, below = draw(st.sampled_from(UNITS)), draw(st.booleans())
    base, step = draw(threshold), draw(threshold)
    head = f"≥{base:g}{unit}；每降{step:g}" if below else f"≤{base:g}{unit}；每超{step:g}{unit}"
    floor = f"；<{base / 2:g}{unit}：0" if below and draw(st.booleans()) else ""
    part = draw(st.sampled_from(("", "；不足一步：扣一步", "；不足一步：按比例")))
    return "扣减", f"{head}：扣{number_text(draw(worth))}{floor}{part}", draw(worth)


@st.composite
def rank(draw: st.DrawFn) -> tuple[str, str, float]:
    full, last = draw(worth), draw(st.integers(1, 20))
    more = draw(st.integers(1, 20))
    if draw(st.booleans()):
        minus = number_text(draw(worth))
        return "名次", f"≤{last}：{number_text(full)}；≤{last + more}：每名-{minus}；其余：0", full
    second = number_text(full * draw(st.sampled_from((0.25, 0.5, 0.75))))
    return "名次", f"前列：{number_text(full)}；≤{8 + more}：{second}；其余：0", full


@st.composite
def tallies(draw: st.DrawFn) -> tuple[str, str, float]:
    kind = draw(st.sampled_from(("扣分", "计件", "扣分项")))
    once = draw(st.sampled_from(("", "（只计一次）")))
    if draw(st.booleans()):
        size = draw(st.sampled_from(("", "2", "5")))
        unit = draw(st.sampled_from(("次", "项", "家")))
        params = f"每{size}{unit}：{number_text(draw(worth))}{once}"
    else:
        names = draw(st.lists(label, min_size=2, max_size=3, unique=True))
        params = "；".join(f"{name}：{number_text(draw(worth))}" for name in names) + once
    points = 0.0 if kind == "扣分项" else draw(worth)
    return kind, params + ("；最多：3" if kind != "计件" and points >= 3 else ""), points


@st.composite
def others(draw: st.DrawFn) -> tuple[str, str, float]:
    count, points = draw(st.integers(1, 9)), draw(worth)
    parts = "、".join(draw(st.permutations(WORDS))[:count])
    share = f"{count}项" + draw(st.sampled_from(("", f"：{parts}")))
    listed = draw(st.lists(st.sampled_from((0.2, 0.5, 0.8, 1.0)), unique=True, max_size=3))
    judged = "；".join(number_text(points * part) for part in listed)
    goal = f"目标{draw(threshold):g}{draw(st.sampled_from(UNITS))}"
    return draw(
        st.sampled_from(
            (
                *(("部分达成", share, points), ("专家评分", judged, points)),
                *(("按比例", goal, points), ("一票否决", "本项", 0.0), ("一票否决", "全部", 0.0)),
            )
        )
    )


described = st.one_of(met(), levels(), bands(), steps(), rank(), tallies(), others())


def conditions_of(rule: Rule) -> list[Condition]:
    """All thresholds of a rule, wherever its class keeps them."""
    found: list[Condition] = []

    def look(value: object) -> None:
        if isinstance(value, Condition):
            found.append(value)
        elif isinstance(value, tuple):
            for part in value:
                look(part)

    for name in getattr(rule, "__slots__", ()):
        look(getattr(rule, name))
    return found


@given(described)
def test_every_threshold_point_unit_and_comparison_is_said(
    described: tuple[str, str, float],
) -> None:
    kind, params, points = described
    rule = parse_rule(kind, params, points)
    said = rule.says(RULINGS)
    for condition in conditions_of(rule):
        assert in_words(condition) in said
        assert quantity_text(condition.number, condition.unit) in said
    for pair in filter(None, params.split("；")):
        head, _, tail = pair.partition("：")
        number = tail.removesuffix("（只计一次）").lstrip("扣每名-")
        if number.replace(".", "").isdigit() and head not in ("最多", "范围"):
            assert f"{number}分" in said
    if kind not in ("数值分段", "分档", "名次", "一票否决", "扣分项"):
        assert f"{number_text(points)}分" in said


@given(described, described)
def test_two_rules_never_say_the_same(
    one: tuple[str, str, float], other: tuple[str, str, float]
) -> None:
    first, second = parse_rule(*one), parse_rule(*other)
    assert (first.says(RULINGS) == second.says(RULINGS)) == (first == second)


@given(described, st.data())
def test_one_changed_parameter_changes_the_sentence(
    described: tuple[str, str, float], data: st.DataObject
) -> None:
    kind, params, points = described
    rule = parse_rule(kind, params, points)
    digits = [n for n, letter in enumerate(params) if letter.isdigit()]
    if not digits:
        return
    at = data.draw(st.sampled_from(digits))
    digit = data.draw(st.sampled_from("123456789"))
    try:
        other = parse_rule(kind, f"{params[:at]}{digit}{params[at + 1 :]}", points)
    except ParamsError:
        return
    assert (rule.says(RULINGS) == other.says(RULINGS)) == (rule == other)


@given(described)
def test_the_trial_is_what_the_rule_scores(described: tuple[str, str, float]) -> None:
    kind, params, points = described
    row: Row = {"kind": kind, "params": params, "points": points, "may_be_absent": "否"}
    question = Question.of(row, RULINGS)
    for tried in filter(None, question.trial.split("，")):
        answer, _, earned = tried.rpartition("得")
        assert number_text(question.score(answer).points) == earned.removesuffix("分")


@pytest.mark.parametrize(
    ("kind", "params", "points", "rulings", "said", "trial"),
    [
        (
            *("数值分段", "≥90%：6", 6.0, {}),
            "按数值计分（填0%到100%）：至少90%得6分；不符合的得0分。",
            "90%得6分，89.9%得0分",
        ),
        (
            *("数值分段", "≥8‰：12；≥5‰：7", 12.0, {"其余": "2"}),
            "按数值计分（填0‰到1000‰）：至少8‰得12分；至少5‰得7分；够几档的，只得最高一档；"
            "都不够的得2分（见待定事项），为0的得0分。",
            "8‰得12分，7.9‰得7分，5‰得7分，4.9‰得2分",
        ),
        (
            *("扣减", "≤3天；每超1天：扣2；>6天：0", 8.0, {"不足一步": "扣一步"}),
            "按数值扣减（填不小于0的整数）：不超过3天得8分；每高1天扣2分，"
            "不足一步的扣一步（见待定事项），扣完为止；超过6天（不含6天）得0分。",
            "7天得0分，6天得2分，5天得4分，4天得6分，3天得8分",
        ),
        (
            *("名次", "≤5：10；≤8：每名-2；其余：0", 10.0, {}),
            "按名次计分（第1名起的整数，并列的按公布的名次）：第1至5名得10分；"
            "第6至8名从10分起每退后一名减2分；其余得0分。",
            "第5名得10分，第6名得8分，第8名得4分，第9名得0分",
        ),
        (
            *("部分达成", "4项：机场、车站、码头、口岸", 8.0, {"部分": "全部达到才得分"}),
            "共4项（机场、车站、码头、口岸）：全部做到得8分，缺一项得0分（见待定事项）。",
            "4/4得8分，3/4得0分，1/4得0分，0/4得0分",
        ),
        (
            *("计件", "基础：6；每家：1", 10.0, {}),
            "先得基础分6分，每家得1分，最多得10分。",
            "5家得10分，4家得10分，1家得7分，0家得6分",
        ),
        (
            *("按比例", "目标100%；<60%：0", 8.0, {}),
            "按完成目标的比例计分：目标100%，达到或超过得8分，做到几成得8分的几成，"
            "不到60%（不含60%）得0分。",
            "100%得8分，60%得4.8分，59.9%得0分",
        ),
        (
            *("计件", "每2次：1", 3.0, {}),
            "每2次得1分，不足2次的部分不计（见待定事项），最多得3分。",
            "8次得3分，6次得3分，2次得1分，0次得0分",
        ),
    ],
)
def test_examples(
    kind: str, params: str, points: float, rulings: dict[str, str], said: str, trial: str
) -> None:
    row: Row = {"kind": kind, "params": params, "points": points, "may_be_absent": "否"}
    question = Question.of(row, rulings)
    assert (question.says, question.trial) == (said, trial)
    assert question.reading == f"{said}\n试算：{trial}。"


def test_what_may_be_absent_is_said_with_its_policy() -> None:
    row: Row = {"kind": "达成", "params": None, "points": 5, "may_be_absent": YES}
    said = Question.of(row, {"缺项": "剔除"}).says
    assert said.endswith("；本市没有此类事项的填“不适用”，不计入（见待定事项）。")


def test_a_ruling_shows_in_the_sentence() -> None:
    rule = parse_rule("名次", "前列：9；其余：0", 9)
    assert "“前列”（到第8名为止，见待定事项）" in rule.says(RULINGS)
    assert "“前列”（到第几名未定）" in rule.says({})


def test_lists_stand_there_in_full() -> None:
    for criterion in embedded_plan().criteria:
        rule = parse_rule(criterion.kind, criterion.params, criterion.points)
        if criterion.kind == "部分达成":
            parts = criterion.params.partition("：")[2].split("、")
            assert len(parts) > 4
            assert all(part in rule.says({}) for part in parts)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("≥95%", "至少95%"),
        (">80%", "超过80%（不含80%）"),
        ("≤10万元", "不超过10万元"),
        ("<3次", "不到3次（不含3次）"),
        ("=0‰", "正好0‰"),
        ("≥60家且<80家", "至少60家且不到80家（不含80家）"),
    ],
)
def test_thresholds_in_words(condition: str, words: str) -> None:
    parsed = parse_condition(condition)
    assert parsed
    assert in_words(parsed) == words


def test_edges_are_one_digit_finer() -> None:
    rate = parse_condition(">80%")
    assert rate
    assert [round(edge, 6) for edge in edges(rate, Span(0, 100))] == [80, 80.1]
    assert list(edges(replace(rate, op=">="), Span(whole=True))) == [80, 79]
    assert (fine_step(0.6, whole=False), fine_step(95, whole=False)) == (0.01, 0.1)
    assert numbers([100, 100.1, 99.9, 100], Span(0, 100), "%") == ("100%", "99.9%")


def test_each_kind_says_something() -> None:
    said = {name: parse_rule(name, *_EXAMPLES[name]).says(RULINGS) for name in KINDS}
    assert all(said.values())
    assert len(set(said.values())) == len(said)


_EXAMPLES: dict[str, tuple[str, float]] = {
    "达成": ("", 5),
    "分档": ("5：已建；0：未建", 5),
    "数值分段": ("≥2个：5", 5),
    "扣减": ("≥98%；每降0.5：扣1", 5),
    "名次": ("≤3：5；其余：0", 5),
    "部分达成": ("3项", 5),
    "扣分": ("每次：1", 5),
    "计件": ("每项：1", 5),
    "按比例": ("目标40个", 5),
    "专家评分": ("", 5),
    "一票否决": ("本项", 0),
    "扣分项": ("每次：1", 0),
}
