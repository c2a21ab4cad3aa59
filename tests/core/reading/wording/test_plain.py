"""One thing that earns its points: whole, by share, by number or by place."""

import pytest

from qcity_xl.core.reading.wording.plain import read_item, unreadable
from tests.core.reading.wording.groups import shown


@pytest.mark.parametrize(
    ("text", "criterion"),
    [
        ("编制燃气应急预案", "4 达成"),
        ("热线接通率达到93%", "4 数值分段 ≥93%：4"),
        ("游客增长8%", "4 数值分段 ≥8%：4；范围：不限"),
        ("居全省前5名", "4 名次 ≤5：4；其余：0"),
        ("居全省前列", "4 名次 前列：4；其余：0 ?前列"),
        (
            "在教育、医疗、养老、家政等领域推行信用承诺",
            "4 部分达成 4项：教育、医疗、养老、家政 ?部分",
        ),
        ("建立台账、开展巡查、公布结果", "4 部分达成 3项：建立台账、开展巡查、公布结果 ?部分"),
    ],
)
def test_what_one_text_asks_for(text: str, criterion: str) -> None:
    assert shown(read_item(text, 4)) == criterion


@pytest.mark.parametrize(
    ("text", "criterion"),
    [
        ("接通率达到93%，办结率达到90%", "4 达成 ≥93%；≥90%"),
        ("网点达到30个并且运行满1年", "4 达成 ≥30个"),
        ("连续两年居全省前5名", "4 达成 ≤5名"),
    ],
)
def test_a_number_that_is_not_all_it_asks_for_does_not_score_it(text: str, criterion: str) -> None:
    assert shown(read_item(text, 4)) == criterion


def test_two_deeds_are_not_shared_out() -> None:
    assert shown(read_item("建立台账、公布结果", 4)) == "4 达成"


def test_what_is_not_understood_is_asked() -> None:
    draft = unreadable("按全市统一口径", 3)
    assert (draft.text, shown(draft)) == ("按全市统一口径", "3 专家评分 ?计分方式")
