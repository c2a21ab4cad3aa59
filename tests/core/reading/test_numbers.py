import pytest

from qcity_xl.core.reading.numbers import (
    glued,
    halved,
    parse_heading,
    parse_task,
    parse_title,
    parse_worth,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("三、基础（120分）。导语。", (3, "基础", 120, False)),
        ("十二、创新（此部分为加分项，60分）。", (12, "创新", 60, True)),
        ("二十、基础(１２０分)", (20, "基础", 120, False)),
        ("第二部分 基础（共12.5分）", (2, "基础", 12.5, False)),
        ("二、基础（试行）（30分）", (2, "基础（试行）", 30, False)),
        ("二、基础。导语（30分）", (2, "基础", None, False)),
        ("基础（30分）", None),
    ],
)
def test_section_headings(text: str, found: tuple[object, ...] | None) -> None:
    heading = parse_heading(text)
    assert (heading and heading[:4]) == found


@pytest.mark.parametrize(
    "text",
    [
        "六、工程（80分）。体系完善，\n合格率达95%。",
        "六、工程（共80分）体系完善，合格率达95%。",
        "六、工程。体系完善，合格率达95%。",
    ],
)
def test_what_a_section_is_to_come_to_stands_behind_its_heading(text: str) -> None:
    heading = parse_heading(text)
    assert heading is not None
    assert (heading.title, heading.goal) == ("工程", "体系完善，合格率达95%。")


def test_numbers_of_indicators_tasks_and_points() -> None:
    assert parse_title("4. 3C认证。") == (4, "3C认证。")
    assert parse_title("４．认证。") == (4, "认证。")
    assert parse_title("4.1认证") is None
    assert parse_task("13.10 认证") == (13, 10, "认证")
    assert parse_task("14.2 1个以上") == (14, 2, "1个以上")
    assert parse_task("4. 认证") is None
    assert [parse_worth(text) for text in ("20", "7.5分", "2016", "20元")] == [20, 7.5, None, None]


def test_half_width_keeps_each_character_in_its_place() -> None:
    text = "（５）．，％"
    assert halved(text) == "(5).，%"
    assert len(halved(text)) == len(text)


def test_a_digit_of_the_wording_that_clings_to_the_number_is_told_by_the_order() -> None:
    assert glued(26, "家企业贯标", 2) == 1  # task 3.2: 6家企业贯标
    assert glued(26, "家企业贯标", 26) is None  # the 26th indeed
    assert glued(26, "建成实验室", 2) is None  # 6建成 counts nothing
