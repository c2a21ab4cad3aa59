"""What a cell shows is what counts: number formats as offices use them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.shown import shown_value
from qcity_xl.core.values import Value

SHOWN: list[tuple[float, str, Value]] = [
    # 百分比和千分比
    (1.02, "0%", "102%"),
    (1, "0%", "100%"),
    (0.9449, "0.00%", "94.49%"),
    (0.9449, "0%", "94%"),
    (-0.03, "0%", "-3%"),
    (0.00035, "0.000%", "0.035%"),
    (0.7, '0.00"‰"', "0.70‰"),
    (0.7, "0.0‰", "0.7‰"),
    # 写在格式里的文字
    (17, '"苏质监〔2017〕"0"号"', "苏质监〔2017〕17号"),
    (3, '0"项"', "3项"),
    (3, "0\\项", "3项"),
    (4, '"第"0"名"', "第4名"),
    (6, 'General"家"', "6家"),
    (6, 'G/通用格式"家"', "6家"),
    # 前导零、分节的号码
    (31, "000", "031"),
    (5198, "0000 0000", "0000 5198"),
    (2, '"("0")"', "(2)"),
    # 万元
    (128000, '0!.0,"万元"', "12.8万元"),
    (128000, '0"."0,"万元"', "12.8万元"),
    (128000, '0,"千元"', "128千元"),
    # 正数;负数;零
    (-4, "0;[Red]-0", -4),
    (-4, '0;"减"0', "减4"),
    (0, '0;-0;"无"', "无"),
    (0, "0;-0", 0),
    # 仍是一个数
    (1234.5, "#,##0.00", 1234.5),
    (2.6, "0", 3),
    (1.005, "0.00", 1.01),
    (3, "0.##", 3),
    (3, "General", 3),
    (3, "General_) ", 3),
    (0, "#", 0),
    # 日期、分数、科学计数、条件格式：数就是数
    (42491, "yyyy-mm-dd", 42491),
    (42491, 'm"月"d"日"', 42491),
    (0.5, "# ?/?", 0.5),
    (1200, "0.00E+00", 1200),
    (7, '[>=5]"多";0', 7),
    (7, "@", 7),
    (7, ";;;", 7),
    (7, "", 7),
]


@pytest.mark.parametrize(("number", "code", "wanted"), SHOWN)
def test_what_a_format_shows(number: float, code: str, wanted: Value) -> None:
    assert shown_value(number, code) == wanted
    assert isinstance(shown_value(number, code), str) is isinstance(wanted, str)


@given(st.integers(-10_000, 10_000), st.integers(0, 4))
def test_a_percentage_is_a_hundred_times_the_number(hundredths: int, places: int) -> None:
    code = "0." + "0" * places + "%" if places else "0%"
    shown = shown_value(hundredths / 100, code)
    assert isinstance(shown, str)
    assert float(shown.removesuffix("%")) == hundredths


@given(
    st.floats(allow_nan=False, allow_infinity=False), st.text('0#?,.%"万;[]\\-_* G', max_size=12)
)
def test_any_format_shows_something_for_any_number(number: float, code: str) -> None:
    assert shown_value(number, code) is not None
