"""Places in a ranking and what they are worth."""

import pytest

from qcity_xl.core.reading.drafts import Draft
from qcity_xl.core.reading.wording.group import Group, tiers_of
from qcity_xl.core.reading.wording.places import read_falling, read_places, speaks_of_places
from tests.core.reading.wording.groups import read


def places(made: Group) -> Draft | None:
    return read_places(made, tiers_of(made, made.of("AZ")) or [])


@pytest.mark.parametrize(
    ("wording", "criterion"),
    [
        ("排名前3名得6分，第4至8名得4分，其余不得分。", "6 名次 ≤3：6；≤8：4；其余：0"),
        ("排名前3名得6分，前8名得4分。", "6 名次 ≤3：6；≤8：4；其余：0"),
        (
            "居前列得6分，居中游得4分，其他不得分。",
            "6 名次 前列：6；中游：4；其余：0 ?前列 ?中游",
        ),
        ("排名前3名得6分，第5至8名得4分，其余不得分。", None),
        ("排名前3名得4分，第4至8名得6分，其余不得分。", None),
        ("末3名得6分，第4至8名得4分。", None),
    ],
)
def test_places_without_a_gap_from_the_best_down(wording: str, criterion: str | None) -> None:
    assert read(places, wording, 6) == criterion


@pytest.mark.parametrize(
    ("wording", "criterion"),
    [
        ("第1名得9分，每下降一名扣1分。", "9 名次 ≤1：9；其余：每名-1"),
        (
            "前2名得9分，第3至6名每下降一名扣1分，其余得2分。",
            "9 名次 ≤2：9；≤6：每名-1；其余：2",
        ),
        (
            "前3名得9分，第3至6名每下降一名扣1分。",
            "9 名次 ≤3：9；≤6：每名-1；其余：0 ?边界",
        ),
        ("第2名得9分，每下降一名扣1分。", None),
    ],
)
def test_so_much_less_for_each_place(wording: str, criterion: str | None) -> None:
    assert read(read_falling, wording, 9) == criterion


def test_points_in_turn_are_as_many_as_the_places() -> None:
    wording = "前3名依次计9分、7分、5分，其余不得分。"
    assert read(read_falling, wording, 9) == "9 名次 ≤1：9；≤2：7；≤3：5；其余：0"
    assert read(read_falling, wording.replace("3名", "4名"), 9) is None
    assert read(read_falling, wording.replace("5分", "8分"), 9) is None


def test_places_are_told_from_numbers() -> None:
    assert speaks_of_places("全省第3名")
    assert speaks_of_places("每后退一位")
    assert not speaks_of_places("缺三份材料")
