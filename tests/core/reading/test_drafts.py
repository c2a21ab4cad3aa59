from qcity_xl.core.reading.drafts import Draft, is_place, place_words
from qcity_xl.core.rules.conditions import Condition


def test_words_for_a_place_are_asked_and_numbers_are_not() -> None:
    asked = [(word.item, word.default) for word in place_words("前列：5；中游：2；其他：0")]
    assert asked == [("前列", "10"), ("中游", "20")]
    assert place_words("前3名：5；第4至8名：2") == []


def test_a_place_is_an_upper_bound_in_a_unit_of_rank() -> None:
    assert is_place(Condition("<=", 3, "名"))
    assert is_place(Condition("<=", 8, "位"))
    assert not is_place(Condition(">=", 3, "名"))  # 质量工程师3名以上
    assert not is_place(Condition("<=", 3, "起"))


def test_drafts_do_not_share_what_they_leave_open() -> None:
    one, two = Draft("建成质量展馆", 3), Draft("办好质量论坛", 2)
    one.open += place_words("前列：3")
    assert (len(one.open), two.open, two.kind) == (1, [], "达成")
