"""Cases of which one holds, and marks that add up."""

import pytest

from qcity_xl.core.reading.wording.cases import read_banded, read_cases, read_marked_cases
from tests.core.reading.wording.groups import group, read


@pytest.mark.parametrize(
    ("wording", "criterion"),
    [
        (
            "抽检合格率达到92%（2分），达到97%（3分）。",
            "5 数值分段 ≥92%：2；≥97%：3；累进 ?累进",
        ),
        ("抽检合格率达到92%（2分），达到97%（5分）。", "5 数值分段 ≥92%：2；≥97%：5"),
        ("建成示范店（2分），合格率达到97%（3分）。", "5 专家评分 ?计分方式"),
        ("抽检合格率达到97%（5分）。", None),
    ],
)
def test_marks_add_up_where_the_whole_is_their_sum(wording: str, criterion: str | None) -> None:
    assert read(read_banded, wording, 5) == criterion


@pytest.mark.parametrize(
    ("wording", "criterion"),
    [
        ("公布热线的得3分，未公布的不得分。", "3 达成"),
        ("热线接通率达到93%得3分，其余不得分。", "3 数值分段 ≥93%：3"),
        ("排名第1名得3分，第2至4名得2分。", "3 名次 ≤1：3；≤4：2；其余：0"),
        ("A.3分：档案齐全；B.2分：档案基本齐全", "3 分档 3：档案齐全；2：档案基本齐全 ?未尽"),
    ],
)
def test_cases_are_one_criterion_of_their_sort(wording: str, criterion: str) -> None:
    assert read(read_cases, wording, 3) == criterion


def test_a_list_behind_the_points_says_what_they_ask_for() -> None:
    draft = read_cases(group("同时满足以下条件得6分：①有专人；②有专账。", 6))
    assert draft is not None
    assert (draft.text, draft.points, draft.kind) == (
        "同时满足以下条件得6分：①有专人；②有专账",
        6,
        "达成",
    )


@pytest.mark.parametrize(
    "wording",
    [
        "开通热线得3分，并且运行稳定再加2分。",
        "开通热线得3分，每多1条线再得1分。",
        "日常工作（3分，含台账得1分、总结得2分）",
    ],
)
def test_cases_that_go_on_from_others_are_left(wording: str) -> None:
    assert read(read_cases, wording, 5) is None


def test_only_grades_are_cases_when_they_are_marked_like_items() -> None:
    grades = "优秀（9分）、良好（6分）、一般（3分）"
    assert read(read_marked_cases, grades, 9) == "9 分档 9：优秀；6：良好；3：一般 ?未尽"
    assert read(read_marked_cases, "公园（9分）、广场（6分）", 9) is None
    assert read(read_marked_cases, "优秀（9分）", 9) is None
