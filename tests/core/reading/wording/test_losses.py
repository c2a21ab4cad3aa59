"""What is taken away: steps from a base, faults that are counted."""

import pytest

from qcity_xl.core.reading.wording.losses import read_faults, read_steps
from tests.core.reading.wording.groups import read


@pytest.mark.parametrize(
    ("wording", "criterion"),
    [
        (
            "供水合格率达到96%得8分，每降低1个百分点扣2分，低于90%不得分。",
            "8 扣减 ≥96%；每降1：扣2；<90%：0 ?不足一步",
        ),
        (
            "供水合格率达到96%得8分，每下降1%扣2分。",
            "8 扣减 ≥96%；每降1：扣2 ?不足一步 ?口径",
        ),
        (
            "平均等候不超过30分钟得8分，每超过5分钟扣1分。",
            "8 扣减 ≤30分钟；每超5分钟：扣1 ?不足一步",
        ),
        (
            "举办活动4场得8分，每少1场扣2分，未举办的不得分。",
            "8 扣减 ≥4场；每降1场：扣2；≤0场：0",
        ),
        (
            "抽检不少于60批次，每少10批次扣1分，满分8分",
            "8 扣减 ≥60批次；每降10批次：扣1 ?不足一步",
        ),
    ],
)
def test_steps_away_from_a_base(wording: str, criterion: str) -> None:
    assert read(read_steps, wording, 8) == criterion


@pytest.mark.parametrize(
    "wording",
    [
        "供水合格率达到96%得8分，每超过1个百分点扣2分。",
        "供水合格率达到96%得8分，每降低1天扣2分。",
        "供水合格率达到96%得8分，每降低1个百分点扣2分，低于97%不得分。",
    ],
)
def test_steps_the_wrong_way_of_another_unit_or_from_under_the_floor_are_left(
    wording: str,
) -> None:
    assert read(read_steps, wording, 8) is None


@pytest.mark.parametrize(
    ("wording", "criterion"),
    [
        ("预案齐全得4分，每缺1份扣0.5分，扣完为止。", "4 扣分 每份：0.5"),
        ("发现一处占道经营扣0.5分，最多扣3分。", "4 扣分 每处：0.5；最多：3"),
        ("每3起投诉扣1分。", "4 扣分 每3起：1 ?不足一步"),
        (
            "预案齐全得4分，每缺1份扣0.5分，未报备的不得分。",
            "4 扣分 缺：0.5；未报备：全部",
        ),
        ("每降低1个百分点扣1分。", None),
        ("第3名每下降一名扣1分。", None),
        ("预案达到3份得4分，每缺1份扣0.5分。", None),
    ],
)
def test_faults_are_counted(wording: str, criterion: str | None) -> None:
    assert read(read_faults, wording, 4) == criterion


def test_faults_of_what_is_worth_nothing_are_a_minus_on_the_total() -> None:
    wording = "发生溺水事故的每起扣2分，最多扣6分。"
    assert read(read_faults, wording, 0) == "0 扣分项 每起：2；最多：6"
    assert read(read_faults, wording) is None
