"""What each choice of 待定事项 is worth, where the choices are furthest apart."""

import pytest

from qcity_xl.core.lint.choices import choices

from .examples import Rulings, case, told

PART = "按比例 / 全部达到才得分"
STEP = "不扣 / 扣一步 / 按比例"


@pytest.mark.parametrize(
    ("kind", "params", "rulings", "found"),
    [
        ("部分达成", "5项", {"部分": ("按比例", PART)}, [("partial", 8)]),
        ("扣减", "≥98%；每降2：扣3", {"不足一步": ("不扣", STEP)}, [("policy", 3)]),
        ("数值分段", "≥6家：6；≥2家：4；累进", {"累进": ("累进", "累进 / 互斥")}, [("policy", 4)]),
        (
            "名次",
            "≤3：10；≤9：每名-1；其余：0",
            {"边界": ("上档", "上档 / 下档")},
            [("boundary", 1)],
        ),
        ("部分达成", "5项", {"部分": ("按比例", "")}, []),
    ],
)
def test_the_choices_of_a_row(
    kind: str, params: str, rulings: Rulings, found: list[tuple[str, float]]
) -> None:
    assert told(choices, case(kind, params, 10, rulings=rulings)) == found


def test_what_may_be_absent() -> None:
    asked: Rulings = {"缺项": ("折算", "满分 / 剔除 / 折算")}
    assert told(choices, case("达成", "", 6, rulings=asked, may_be_absent="是")) == [("policy", 6)]
