"""How answers and parameters are read, the same for every kind."""

import pytest

from qcity_xl.core.rules.base import AnswerError, measure, points_text, ruled_number, segments


def test_parameters_are_pairs_however_they_are_typed() -> None:
    wanted = [("8", "已建成"), ("4", "在建")]
    assert segments("8：已建成；4：在建") == wanted
    assert segments(" 8:已建成 ;\n4 : 在建；") == wanted
    assert segments("累进") == [("累进", "")]


@pytest.mark.parametrize(
    ("answer", "unit", "number"),
    [
        ("88.5%", "%", 88.5),
        ("6‰", "%", 0.6),
        ("0.6%", "‰", 6),
        ("１，２００个", "个", 1200),
        ("第7名", "名", 7),
        ("5家", "个", 5),
        (88, "%", 88),
    ],
)
def test_a_number_in_the_unit_that_is_wanted(answer: str | int, unit: str, number: float) -> None:
    assert measure(answer, unit, "数值") == pytest.approx(number)


@pytest.mark.parametrize(
    ("answer", "unit"), [(0.95, "%"), (1, "%"), ("88.5%", "个"), ("八成", "%"), (True, "个")]
)
def test_what_may_mean_two_things_is_refused(answer: float | str | bool, unit: str) -> None:
    with pytest.raises(AnswerError) as caught:
        measure(answer, unit, "数值")
    assert caught.value.found == str(answer)


def test_a_ruling_in_numbers() -> None:
    assert ruled_number({"前列": "前8名"}, "前列", 3) == 8
    assert ruled_number({}, "前列", 3) is None
    with pytest.raises(AnswerError, match="不超过10"):
        ruled_number({"未尽": "12分"}, "未尽", "其他情形", 10)


def test_no_points_have_a_word_of_their_own() -> None:
    assert (points_text(2.50), points_text(0)) == ("得2.5分", "不得分")


@pytest.mark.parametrize("answer", ["95%左右", "约95%", "95％以上", "近95%"])
def test_a_number_that_is_not_exact_is_asked_for(answer: str) -> None:
    with pytest.raises(AnswerError, match="要准确的数"):
        measure(answer, "%", "数值")
