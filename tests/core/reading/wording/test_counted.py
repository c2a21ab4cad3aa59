"""So much for each: what a text counts, or by which steps it goes."""

import pytest

from qcity_xl.core.quantities import Quantity
from qcity_xl.core.reading.wording.counted import (
    CountedStep,
    classes_of,
    each_of,
    same_things,
    step_of,
    step_text,
)
from qcity_xl.core.rules.tally import Class
from tests.core.reading.wording.groups import first


@pytest.mark.parametrize(
    ("wording", "step"),
    [
        ("每降低0.5个百分点扣1分", CountedStep(Quantity(0.5, "个百分点"), True, "", "")),
        ("每少10人的扣1分", CountedStep(Quantity(10, "人"), True, "", "")),
        ("每超过2天扣1分", CountedStep(Quantity(2, "天"), False, "", "")),
        ("入住率每下降2%扣1分", CountedStep(Quantity(2, "%"), True, "入住率", "")),
        ("每降低0个百分点扣1分", None),
        ("每次扣1分", None),
    ],
)
def test_steps(wording: str, step: CountedStep | None) -> None:
    assert step_of(first(wording)) == step


@pytest.mark.parametrize(
    ("wording", "counted"),
    [
        ("每缺1份扣1分", Class("缺", 1, 1, "份")),
        ("未公开的每条扣2分", Class("未公开", 2, 1, "条")),
        ("缺席一次扣0.5分", Class("缺席", 0.5, 1, "次")),
        ("每查处两起得1分", Class("查处", 1, 2, "起")),
        ("存在虚报扣3分", Class("存在虚报", 3, 1, "", once=True)),
    ],
)
def test_what_is_counted(wording: str, counted: Class) -> None:
    clause = first(wording)
    assert each_of(clause, clause.points, fault="扣" in wording) == counted


@pytest.mark.parametrize(
    "wording",
    ["每百万人口500份得1分", "每3个月通报一次得1分", "接通率达到95%得1分", "举办讲座得1分"],
)
def test_rates_two_numbers_thresholds_and_single_deeds_are_not_counted(wording: str) -> None:
    assert each_of(first(wording), 1, fault=False) is None


def test_classes_are_told_apart_by_their_labels() -> None:
    absent, late = Class("缺席", 2, 1, "次"), Class("迟；到", 1, 1, "次")
    assert classes_of([absent]) == [Class("", 2, 1, "次")]
    assert classes_of([absent, late]) == [Class("缺席", 2, 1, ""), Class("迟到", 1, 1, "")]
    assert classes_of([absent, Class("缺席", 3, 1, "次")]) is None
    assert classes_of([absent, Class("迟到", 1, 2, "次")]) is None


def test_units_of_the_same_things() -> None:
    assert same_things("个", "家") and same_things("%", "个百分点") and same_things("", "天")
    assert not same_things("天", "%")
    assert step_text(Quantity(0.5, "%")) == "0.5"
    assert step_text(Quantity(10, "批次")) == "10批次"
