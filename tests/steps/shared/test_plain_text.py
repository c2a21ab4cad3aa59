"""An outcome as lines: totals first, long tables cut, advice in the words of the caller."""

import pytest

from qcity_xl.core.advice import Advice
from qcity_xl.steps.shared.outcome import Column, Count, Outcome, OutcomeValue, Section
from qcity_xl.steps.shared.plain_text import cell_text, section_lines, shortened, text_lines

LATE = (Column("单位"), Column("天数", "count", "天"))
UNITS = tuple((f"街道{number}",) for number in range(1, 6))


def test_summary_sections_notices_and_advice_stand_in_this_order() -> None:
    outcome: Outcome[dict[str, str]] = Outcome(
        "第2轮未报送名单",
        {},
        counts=(Count("逾期", 1, "个"),),
        sections=(
            Section("名单", (Column("单位"), Column("天数", "count", "天")), (("市粮食局", 3),)),
        ),
        notices=("今天是休息日。",),
        advice=(Advice("chase"),),
    )
    assert text_lines(outcome, lambda advice: f"接下来：{advice.step}") == [
        "第2轮未报送名单：逾期1个。",
        "名单：",
        "  市粮食局  天数3天",
        "今天是休息日。",
        "接下来：chase",
    ]
    assert text_lines(outcome)[-1] == "今天是休息日。"


def test_of_a_long_table_the_first_rows_are_enough_or_the_newest() -> None:
    section = Section("单位", (Column("单位"),), UNITS, most=2, sheet="单位")
    assert list(section_lines(section)) == [
        *("单位：", "  街道1", "  街道2"),
        "  …… 另有3行，见「单位」",
    ]
    newest = Section("", section.columns, UNITS, most=2, newest=True)
    assert shortened(newest) == (UNITS[3:], 3)


def test_an_empty_table_is_not_shown() -> None:
    assert list(section_lines(Section("名单", (Column("单位"),), ()))) == []


def test_a_long_note_has_a_line_of_its_own() -> None:
    columns = (Column("状态", "state"), Column("单位"), Column("说明", "note"))
    section = Section("", columns, (("失败", "市粮食局", "信箱已满"), ("已发送", "市科技局", "")))
    assert list(section_lines(section)) == [
        *("  [失败]  市粮食局", "      信箱已满", "  [已发送]  市科技局"),
    ]


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        (Column("自评", "points"), None, "自评未评"),
        (Column("自评", "points"), 7.50, "自评7.5分"),
        (Column("答案", "label"), "理由", "理由："),
        (Column("附件", "count", "份"), 2, "附件2份"),
        (Column("附件", "count", "份"), None, ""),
        (Column("单位"), "", ""),
        (Column("分值"), 12.0, "12"),
    ],
)
def test_a_cell_by_its_kind(column: Column, value: OutcomeValue, words: str) -> None:
    assert cell_text(column, value) == words
