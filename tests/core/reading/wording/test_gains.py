"""What is earned by number: so much for each, or in proportion to a target."""

import pytest

from qcity_xl.core.reading.wording.gains import read_share, read_things
from tests.core.reading.wording.groups import read


@pytest.mark.parametrize(
    ("wording", "criterion"),
    [
        ("每新建1个书屋得2分，最高8分。", "8 计件 每个：2"),
        ("每新增3家企业得2分，最高8分。", "8 计件 每3家：2 ?不足一步"),
        ("组织公益演出，2分/场，最高8分", "8 计件 每场：2"),
        (
            "国家级媒体报道每篇得2分，省级媒体报道每篇得1分，最高8分。",
            "8 计件 国家级媒体报道：2；省级媒体报道：1",
        ),
        ("每新建1个书屋得8分，最高8分。", "8 计件 每个：8"),
        ("每季度通报一次，四个季度各占2分。", "8 计件 每个：2"),
        ("上半年、下半年各占4分。", "8 计件 每个：4"),
    ],
)
def test_so_much_for_each(wording: str, criterion: str) -> None:
    assert read(read_things, wording, 8) == criterion


@pytest.mark.parametrize(
    "wording", ["每新建1个书屋得8.5分，最高8分。", "新增书屋得2分，最高8分。", "2分/次，最高8分"]
)
def test_more_than_the_whole_and_things_without_a_name_are_left(wording: str) -> None:
    assert read(read_things, wording, 8) is None


def test_things_without_a_maximum_are_left() -> None:
    assert read(read_things, "每新建1个书屋得2分。") is None


@pytest.mark.parametrize(
    ("wording", "criterion"),
    [
        ("河道整治率达到80%得6分，未达到的按实际完成比例得分。", "6 按比例 目标80%"),
        ("本项满分6分，按安装率计分。", "6 按比例 目标100%"),
        ("得分=实际完成数÷400株×6。", "6 按比例 目标400株"),
    ],
)
def test_actual_over_target(wording: str, criterion: str) -> None:
    assert read(read_share, wording, 6) == criterion


@pytest.mark.parametrize(
    "wording",
    [
        "得分=实际完成数÷400株×5。",
        "投诉率按比例得分。",
        "安装率达到80%得6分，未达到的按增幅比例计分。",
        "安装率达到100%得6分，最高5分，未达到的按比例得分。",
        "摆放花盆300盆得6分，未完成的按完成比例计分。",
        "栽种果苗五百丛得6分，未完成的按完成比例计分。",
        "更换路灯80盏、修整绿地3处得6分，未完成的按完成比例计分。",
    ],
)
def test_shares_of_what_grows_worse_or_does_not_add_up_are_left(wording: str) -> None:
    assert read(read_share, wording, 6) is None
