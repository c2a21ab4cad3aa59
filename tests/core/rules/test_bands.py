"""数值分段: a number falls in a band; cumulative bands add up."""

import pytest

from qcity_xl.core.rules import AnswerError, ParamsError
from qcity_xl.core.rules.bands import Bands


@pytest.mark.parametrize(
    ("answer", "points"), [("60%", 9), ("40%", 5), ("39.9%", 0), ("100", 9), ("６０％", 9)]
)
def test_the_best_band_that_is_met(answer: str, points: float) -> None:
    assert Bands.parse("≥60%：9；≥40%：5", 9).score(answer, {}).points == points


def test_cumulative_bands_add_up() -> None:
    rule = Bands.parse("≥2家：4；≥1家：4；累进", 8)
    assert [rule.score(f"{n}家", {}).points for n in (0, 1, 2)] == [0, 4, 8]


def test_what_meets_no_band_earns_what_was_ruled() -> None:
    rule = Bands.parse("≥60%：9", 9)
    assert rule.score("10%", {"其余": "2"}).points == 2
    with pytest.raises(AnswerError):
        rule.score("一半以上", {})


def test_between_two_thresholds_a_part_counts_if_it_is_ruled_so() -> None:
    rule = Bands.parse("≥97%：8；≥96%：7；≥95%：6", 8)
    answers = ("94.9%", "95%", "95.5%", "96.25%", "97%", "98%")
    assert [rule.score(a, {"不足一步": "不计"}).points for a in answers] == [0, 6, 6, 7, 8, 8]
    part = {"不足一步": "按比例"}
    assert [rule.score(a, part).points for a in answers] == [0, 6, 6.5, 7.25, 8, 8]
    assert "不足一步的部分按比例" in rule.says(part)
    assert "不足一步" not in rule.says({})


@pytest.mark.parametrize(
    "params", ["≥60%：9；≥4家：5", "≥60%：10", "≥2家：5；≥1家：5；累进", "累进"]
)
def test_bands_have_one_unit_and_stay_within_the_points(params: str) -> None:
    with pytest.raises(ParamsError):
        Bands.parse(params, 9)
