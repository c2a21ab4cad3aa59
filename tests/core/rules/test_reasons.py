"""The reason says which step was missed, by how much, under which policy."""

import pytest

from qcity_xl.core.rules import parse_rule

WORST = "≥5%：30；≥3%：20；≥1%：10"


@pytest.mark.parametrize(
    ("kind", "params", "answer", "rulings", "says"),
    [
        ("数值分段", WORST, "0.9%", {}, "未达到 ≥1%"),
        ("数值分段", WORST, "3.2%", {}, "符合 ≥3% 20分"),
        ("扣减", "≥96%；每降0.5：扣1", "95.2%", {}, "低0.8个百分点，不足一步的不扣，扣1分"),
        ("扣减", "≥96%；每降0.5：扣1", "95%", {}, "低1个百分点，扣2分"),
        ("扣减", "≥96%；每降1：扣1", "94.08%", {"口径": "百分比"}, "低2%，扣2分"),
        (
            "扣减",
            "≥30天；每降5：扣1",
            "23天",
            {"不足一步": "扣一步"},
            "低7，不足一步的扣一步",
        ),
    ],
)
def test_the_reason(
    kind: str, params: str, answer: str, rulings: dict[str, str], says: str
) -> None:
    assert says in parse_rule(kind, params, 30).score(answer, rulings).reason
