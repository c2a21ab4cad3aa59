"""Answers to try: each is one that the rule takes, and each tier is met by one of them."""

import pytest

from qcity_xl.core.rules import KINDS, Question
from qcity_xl.core.schema import CRITERIA
from qcity_xl.core.scoring.trials import trial_answers
from qcity_xl.core.values import Value
from tests.core.builders import embedded


def asked(kind: str, params: str, points: float = 12, **rulings: str) -> Question:
    return Question.of({"kind": kind, "params": params, "points": points}, rulings)


@pytest.mark.parametrize(
    ("question", "worth"),
    [
        (asked("达成", ""), {0, 12}),
        (asked("分档", "12：已验收；5：在建；0：未立项"), {0, 5, 12}),
        (asked("数值分段", ">70%：12；≥40%：6"), {0, 6, 12}),
        (asked("数值分段", "≤3天：12；≤9天：4"), {0, 4, 12}),
        (asked("数值分段", "≥2张：6；≥1张：6；累进"), {0, 6, 12}),
        (asked("扣减", "≥96%；每降2：扣4"), {0, 4, 8, 12}),
        (asked("扣减", "≤5天；每超1天：扣5"), {0, 2, 7, 12}),
        (asked("名次", "≤2：12；≤5：每名-3；其余：0"), {0, 3, 6, 9, 12}),
        (asked("名次", "前列：12；其余：5", 前列="6"), {5, 12}),
        (asked("部分达成", "3项"), {0, 4, 8, 12}),
        (asked("按比例", "目标8个"), {0, 3, 6, 9, 12}),
        (asked("计件", "国家级：6；省级：4"), {0, 4, 6, 8, 12}),
        (asked("扣分", "每次：5；最多：10"), {2, 7, 12}),
        (asked("专家评分", "12；6"), {6, 12}),
        (asked("一票否决", "本项", 0), {0}),
    ],
    ids=lambda value: value.rule.name if isinstance(value, Question) else "",
)
def test_each_tier_is_met(question: Question, worth: set[float]) -> None:
    found = {question.score(answer).points for answer in trial_answers(question)}
    assert worth <= found


def test_a_threshold_is_met_with_nothing_to_spare() -> None:
    assert trial_answers(asked("数值分段", ">70%：12；≥40%：6"))[:2] == ("70.01%", "40%")


def test_of_things_that_are_counted_none_comes_first() -> None:
    assert trial_answers(asked("计件", "每项：4"))[:3] == ("0", "1项", "2项")


@pytest.mark.parametrize("key", embedded().rows(CRITERIA))
def test_the_embedded_table_takes_all_of_them(key: str) -> None:
    row = embedded().rows(CRITERIA)[key]
    rulings = embedded().rulings().get(str(row["label"]), {})
    question = Question.of(row, rulings)
    worth: dict[Value, float] = {a: question.score(a).points for a in trial_answers(question)}
    assert max(worth.values()) == row["points"]


def test_every_kind_has_some() -> None:
    for kind in KINDS.values():
        example = kind.example.split("，或")[0].split("（")[0]
        points = 0 if kind.name in ("一票否决", "扣分项") else 30
        params = "" if kind.name == "达成" else example
        assert trial_answers(asked(kind.name, params, points))
