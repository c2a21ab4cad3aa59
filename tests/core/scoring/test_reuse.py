"""Material that would also do for another criterion."""

import pytest

from qcity_xl.core.master.model import Master
from qcity_xl.core.scoring.evaluate import evaluate
from qcity_xl.core.scoring.evidence import assess
from qcity_xl.core.scoring.reuse import SAME_INDICATOR, SAME_TASK, reuses
from qcity_xl.core.values import Value
from tests.core.builders import KINDS, YEARS, build, criterion, evidence, indicator, task


def office(criteria: str = "9(1)", **paper: Value) -> Master:
    """9(1) has a paper; 9(2) of its indicator and 21(1) of its task lack one, 30(1) of words."""
    cells: dict[str, Value] = {"kind": "文件", "title": "计量惠民实施办法", "dated": "2016-04-05"}
    return build(
        *(indicator(no, 10, methods="查阅文件") for no in (9, 21, 30, 40)),
        criterion("9(1)", 5),
        criterion("9(2)", 5),
        criterion("21(1)", 10, period="2016"),
        criterion("30(1)", 10, text="开展计量惠民活动"),
        criterion("40(1)", 10),
        task("9.1", criteria="9(1)、21(1)"),
        evidence("办法", criteria, **{**cells, **paper}),
        *YEARS,
        *KINDS,
    )


def proposed(master: Master) -> dict[str, str]:
    return {r.gap.need.label: r.why for r in reuses(master, assess(master, {}))}


def test_it_is_proposed_by_words_task_and_indicator() -> None:
    assert proposed(office()) == {
        "30(1)": "都说到“计量惠民”",
        "9(2)": SAME_INDICATOR,
        "21(1)": SAME_TASK,
    }


@pytest.mark.parametrize(
    ("paper", "lacking"),
    [
        ({"kind": "现场照片"}, {"9(2)", "21(1)", "30(1)"}),  # another kind
        ({"dated": "2017-04-05"}, {"21(1)"}),  # another year
        ({"state": "退回"}, {"9(2)", "21(1)", "30(1)"}),
    ],
)
def test_only_what_would_fill_the_gap(paper: dict[str, str], lacking: set[str]) -> None:
    assert not lacking & set(proposed(office(**paper)))


def test_not_where_it_serves_already() -> None:
    assert "30(1)" not in proposed(office("9(1)、30(1)"))


def test_it_is_written_beside_the_row_and_counts_for_nothing() -> None:
    before = office()
    after = before.with_changes(evaluate(before, {}).changes)
    rows = after.tables["tblEvidence"]
    assert [row["reuse"] for row in rows.values()] == ["30(1)、9(2)、21(1)"]
    assert after.tables["tblCriteria"]["C30.1"]["evidence"] == "缺1/1"
    assert evaluate(after, {}).changes == ()
