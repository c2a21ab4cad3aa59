"""Rows of two versions of a table are paired by what they say, never by their number alone."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.adopting.pairing import NumberedRow, Pairs, pair

OLD = (
    ("1.1", "建立质量工作领导小组，每季度召开会议"),
    ("1.2", "开展质量月主题宣传活动"),
    ("1.3", "制定年度质量提升行动方案"),
    ("2.1", "推动重点企业开展卓越绩效管理"),
    ("2.2", "培育省级以上质量奖企业三家"),
)


def items(listed: Sequence[tuple[str, str]], side: str) -> list[NumberedRow]:
    return [NumberedRow(f"{side}{no}", no, words, no.partition(".")[0]) for no, words in listed]


def paired(new: Sequence[tuple[str, str]], **said: str) -> Pairs:
    names = {f"旧{k.strip('_').replace('_', '.')}": v and f"新{v}" for k, v in said.items()}
    return pair(items(OLD, "旧"), items(new, "新"), names)


def shown(found: Pairs) -> dict[str, str]:
    return {old[1:]: new[1:] for old, new in found.same.items()}


def test_rows_under_other_numbers_are_found_by_what_they_say() -> None:
    new = [(f"1.{n}", words) for n, (_, words) in enumerate(reversed(OLD), 1)]
    found = paired(new)
    assert shown(found) == {"1.1": "1.5", "1.2": "1.4", "1.3": "1.3", "2.1": "1.2", "2.2": "1.1"}
    assert not found.doubts


def test_a_row_that_was_put_in_between_moves_the_others_on() -> None:
    new = [OLD[0], ("1.2", "设立首席质量官制度试点"), ("1.3", OLD[1][1]), ("1.4", OLD[2][1])]
    assert shown(paired(new)) == {"1.1": "1.1", "1.2": "1.3", "1.3": "1.4"}


def test_a_reworded_row_is_the_same_row() -> None:
    new = [("1.1", "建立质量工作领导小组，每半年召开会议"), *OLD[1:]]
    assert shown(paired(new))["1.1"] == "1.1"


def test_the_same_number_with_other_words_is_another_row() -> None:
    new = [("1.1", "检验检测机构资质全部达标"), *OLD[1:]]
    found = paired(new)
    assert "旧1.1" not in found.same
    assert not found.doubts


def test_what_is_somewhat_the_same_is_asked() -> None:
    new = [OLD[0], ("1.4", "开展质量月及品牌日系列活动"), *OLD[2:]]
    (doubt,) = paired(new).doubts
    assert (doubt.old, doubt.new) == ("旧1.2", "新1.4")


def test_two_that_are_equally_like_are_asked() -> None:
    new = [
        *(
            ("1.1", "建立质量工作领导小组，每月召开会议"),
            ("1.9", "建立质量工作领导小组，每年召开会议"),
        ),
        *OLD[1:],
    ]
    found = paired(new)
    assert "旧1.1" not in found.same
    assert found.doubts[0].old == "旧1.1"


def test_what_the_office_says_counts() -> None:
    new = [("1.1", "检验检测机构资质全部达标"), ("1.2", "组织质量月及品牌日活动"), *OLD[2:]]
    found = paired(new, _1_1="1.1", _1_2="")
    assert shown(found) == {"1.1": "1.1", "1.3": "1.3", "2.1": "2.1", "2.2": "2.2"}
    assert not found.doubts
    assert not found.idle


def test_what_the_office_says_of_a_row_that_is_unchanged_has_no_effect() -> None:
    found = paired(OLD, _1_1="1.2")
    assert shown(found) == {no: no for no, _ in OLD}
    assert found.idle == ["旧1.1"]


def test_rows_that_say_the_same_are_paired_in_their_place_and_order() -> None:
    old = items([("1.1", "报送信息"), ("1.2", "报送信息"), ("2.1", "报送信息")], "旧")
    new = items([("1.2", "报送信息"), ("1.3", "报送信息"), ("2.2", "报送信息")], "新")
    assert pair(old, new, {}).same == {"旧1.1": "新1.3", "旧1.2": "新1.2", "旧2.1": "新2.2"}
    fewer = pair(old, items([("3.1", "报送信息")], "新"), {})
    assert not fewer.same
    assert len(fewer.doubts) == 1


TEXTS = st.sampled_from([*(words for _, words in OLD), "报送信息", "质量", "", "每季度召开会议"])
ROWS = st.lists(st.tuples(st.sampled_from(["1.1", "1.2", "2.1", "9.9"]), TEXTS), max_size=7)


@given(ROWS, ROWS)
def test_each_row_has_one_fate(olds: list[tuple[str, str]], news: list[tuple[str, str]]) -> None:
    old = [NumberedRow(f"旧{n}", no, words, no[0]) for n, (no, words) in enumerate(olds)]
    new = [NumberedRow(f"新{n}", no, words, no[0]) for n, (no, words) in enumerate(news)]
    found = pair(old, new, {})
    asked = [doubt.old for doubt in found.doubts], [doubt.new for doubt in found.doubts]
    for side, both in ((old, [*found.same, *asked[0]]), (new, [*found.same.values(), *asked[1]])):
        assert len(both) == len(set(both))
        assert set(both) <= {item.key for item in side}


@given(ROWS)
def test_a_table_is_paired_with_itself(rows: list[tuple[str, str]]) -> None:
    """Also where rows stand twice: blank ones alone are not."""
    old = [NumberedRow(f"旧{n}", no, words, no[0]) for n, (no, words) in enumerate(rows)]
    new = [NumberedRow(f"新{n}", no, words, no[0]) for n, (no, words) in enumerate(rows)]
    found = pair(old, new, {})
    assert {o[1:]: n[1:] for o, n in found.same.items()}.keys() == {
        str(n) for n, (_, words) in enumerate(rows) if words
    }
    assert not found.doubts
