import pytest

from qcity_xl.core.reading.labels import Label, labelled_lines, parse_label, whole_label


@pytest.mark.parametrize(
    ("text", "label", "rest"),
    [
        ("3. 开展质量月活动", (3,), "开展质量月活动"),
        ("５．２．１培育首席质量官", (5, 2, 1), "培育首席质量官"),
        ("（十二）培育老字号", (12,), "培育老字号"),
        ("（4）抽检茶叶", (4,), "抽检茶叶"),
        ("⑳ 修订目录", (20,), "修订目录"),
        ("B2-3 校准实验室", (2, 3), "校准实验室"),
        ("指标7:缺陷召回", (7,), "缺陷召回"),
        ("指标7：缺陷召回", (7,), "缺陷召回"),
        ("2.4 亿元产值", (2, 4), "亿元产值"),
    ],
)
def test_a_number_of_any_style_stands_apart_from_its_text(
    text: str, label: Label, rest: str
) -> None:
    assert parse_label(text) == (label, rest)


@pytest.mark.parametrize("text", ["2.4亿元产值", "3C认证", "B2B平台", "2025年", "质量月", "6.", ""])
def test_a_measure_a_name_or_a_lone_number_is_no_label(text: str) -> None:
    assert parse_label(text) is None


def test_a_cell_of_nothing_but_a_number() -> None:
    assert [whole_label(text) for text in ("8", " 8. ", "3.2", "(6)", "A4", "（五）", "⑨")] == [
        *((8,), (8,), (3, 2), (6,), (4,), (5,), (9,))
    ]
    assert [whole_label(text) for text in ("8家", "", "第三季度")] == [None, None, None]


def test_the_lines_of_a_cell_stand_apart_where_all_are_numbered() -> None:
    assert labelled_lines("1.1申报\n1.2宣传") == [((1, 1), "申报"), ((1, 2), "宣传")]
    assert labelled_lines("1.1申报\n并宣传") == [((1, 1), "申报\n并宣传")]
    assert labelled_lines("申报") == [(None, "申报")]
