"""Cases that exclude each other: bands of a measure, levels by their words."""

import math
from dataclasses import replace

import pytest

from qcity_xl.core.reading.drafts import Draft
from qcity_xl.core.reading.wording.group import Group, tiers_of
from qcity_xl.core.reading.wording.tiers import measure_of, possible, read_levels, read_numbers
from qcity_xl.core.rules.comparisons import Interval
from tests.core.reading.wording.groups import read


def numbers(made: Group) -> Draft | None:
    return read_numbers(made, tiers_of(made, made.of("AZ")) or [])


def levels(made: Group) -> Draft | None:
    return read_levels(tiers_of(made, made.of("AZ")) or [])


@pytest.mark.parametrize(
    ("text", "subject", "condition"),
    [
        ("接通率达到93%", "接通率", "≥93%"),
        ("大于80%且小于90%", "", ">80%且<90%"),
        ("平均用时5天以内的", "平均用时", "≤5天"),
    ],
)
def test_a_measure(text: str, subject: str, condition: str) -> None:
    measure = measure_of(text)
    assert measure is not None
    assert (measure.subject, measure.span.condition().text()) == (subject, condition)


def test_two_measures_or_none_are_no_measure() -> None:
    assert measure_of("接通率93%、办结率95%") is None
    assert measure_of("制度健全") is None


@pytest.mark.parametrize(
    ("wording", "criterion"),
    [
        (
            "接通率达到93%得6分，85%以上得4分，低于85%不得分。",
            "6 数值分段 ≥93%：6；≥85%：4",
        ),
        (
            "接通率达到93%得6分，85%以上得4分。",
            "6 数值分段 ≥93%：6；≥85%：4 ?其余",
        ),
        (
            "接通率90%以上得6分，80%至90%以下得4分，80%以下不得分。",
            "6 数值分段 ≥90%：6；≥80%：4 ?边界",
        ),
        (
            "等候10分钟以内得6分，20分钟以内得4分，其余得1分。",
            "6 数值分段 ≤10分钟：6；≤20分钟：4 ?其余",
        ),
        ("接通率达到93%得6分，办结率85%以上得4分。", None),
        ("达到30个得6分，达到20件得4分，达到5天得1分。", None),
    ],
)
def test_bands_of_one_measure(wording: str, criterion: str | None) -> None:
    assert read(numbers, wording, 6) == criterion


def test_levels_are_their_words() -> None:
    wording = "台账完整得6分，台账缺失得1分，台账基本完整得4分。"
    assert read(levels, wording) == "6 分档 6：台账完整；4：台账基本完整；1：台账缺失 ?未尽"
    assert read(levels, "台账完整得6分，台账完整得4分。") is None


def test_growth_may_be_negative_and_an_average_broken() -> None:
    share, books = Interval(5, math.inf, True, False, "%"), Interval(2, math.inf, True, False, "册")
    assert possible("游客同比", share) == "；范围：不限"
    assert possible("人均藏书", books) == "；范围：≥0"
    assert possible("藏书", replace(books, low=0.5)) == "；范围：≥0"
    assert possible("接通率", share) == possible("藏书", books) == ""
