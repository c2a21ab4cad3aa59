"""What is counted, by class."""

import pytest

from qcity_xl.core.rules.tally import Class, Tally, parse_tally, split_bound


def test_a_tally_reads_what_it_wrote() -> None:
    tally = Tally((Class("省级", 2, 1, ""), Class("市级", 1, 1, "", once=True)))
    pairs = [("省级", "2"), ("市级", "1（只计一次）")]
    assert tally.text() == "省级：2；市级：1（只计一次）"
    assert parse_tally(pairs, may_take_all=False) == tally


@pytest.mark.parametrize(
    ("head", "answer", "points"),
    [("每5家", "14家", 4), ("每次", "3", 6), ("每次", "3/8", 6), ("每10万元", "35万元", 6)],
)
def test_so_much_for_each(head: str, answer: str, points: float) -> None:
    tally = parse_tally([(head, "2")], may_take_all=False)
    assert tally is not None
    assert tally.sum(answer, {})[0] == points


def test_a_part_of_a_size_counts_where_it_was_ruled() -> None:
    tally = parse_tally([("每5家", "2")], may_take_all=False)
    assert tally is not None
    assert tally.sum("12", {"不足一步": "按比例"})[0] == pytest.approx(4.8)


def test_a_label_may_hold_a_number() -> None:
    tally = Tally((Class("5A级景区", 3), Class("4A级景区", 1)))
    assert tally.sum("5A级景区1个、4A级景区2个", {}) == (5, "5A级景区1、4A级景区2")


def test_a_bound_stands_last() -> None:
    assert split_bound([("每次", "2"), ("最多", "6")]) == ([("每次", "2")], 6)
    assert split_bound([("每次", "2")]) == ([("每次", "2")], None)
