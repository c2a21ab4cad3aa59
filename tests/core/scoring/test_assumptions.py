"""What if: an answer is tried, and said plainly where it can't be."""

import pytest

from qcity_xl.core.schema import CRITERIA
from qcity_xl.core.scoring.assumptions import WrongAssumption, assumed, parse_assumptions
from tests.core.builders import build, criterion, indicator

MASTER = build(
    indicator(28, 20),
    criterion("28(1)", 12, "数值分段", "≥92%：12；≥85%：6", answer="86%"),
    criterion("28(2)", 8, "专家评分", "8；4"),
)


@pytest.mark.parametrize("written", ["28(1)=93%", " 28（1）＝93% "])
def test_a_criterion_gets_the_answer_and_the_master_stays(written: str) -> None:
    after = assumed(MASTER, parse_assumptions(MASTER, [written]))
    assert after.rows(CRITERIA)["C28.1"]["answer"] == "93%"
    assert MASTER.rows(CRITERIA)["C28.1"]["answer"] == "86%"


def test_the_last_one_on_a_criterion_counts() -> None:
    (found,) = parse_assumptions(MASTER, ["28(1)=93%", "28(1)=87%"])
    assert (found.label, found.answer) == ("28(1)", "87%")


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("28(1)", "没有写明答案"),
        ("28(1)=", "没有写明答案"),
        ("28(9)=93%", "没有编号为“28(9)”的得分点"),
        ("28=93%", "没有编号为“28”的得分点"),
        ("28(1)=120%", "0%到100%"),
        ("28(1)=还行", "数值，写法如 12.3%"),
        ("28(2)=8分", "只由评审给分"),
    ],
)
def test_what_can_not_be_scored_is_refused(written: str, why: str) -> None:
    with pytest.raises(WrongAssumption, match="28\\(1\\)=95%") as caught:
        parse_assumptions(MASTER, [written])
    assert why in str(caught.value)
