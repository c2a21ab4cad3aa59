"""合理缺项 on any criterion goes by a row of 待定事项 that can be seen."""

import pytest

from qcity_xl.core.master.formula_values import roll_up
from qcity_xl.core.master.model import Master
from qcity_xl.core.master.rulings import options_of
from qcity_xl.core.schema import CRITERIA, INDICATORS, RULINGS
from qcity_xl.core.scoring.absence import check_policies, policy_rows
from qcity_xl.core.scoring.evaluate import evaluate
from tests.core.builders import Entry, build, criterion, embedded, indicator, ruling, set_cell

OPTIONS = "满分 / 剔除 / 折算"


def airport(*rulings: Entry) -> Master:
    """Two criteria of four and six points, the first of which a city may lack."""
    return build(
        indicator(8, 10),
        criterion("8(1)", 4, may_be_absent="是", answer="不适用"),
        criterion("8(2)", 6, answer="达成"),
        *rulings,
    )


def scored(master: Master) -> Master:
    return master.with_changes(evaluate(master, {}).changes)


@pytest.mark.parametrize(
    ("rulings", "claimed"),
    [
        ((ruling("8(1)", "缺项", "折算", "满分", OPTIONS),), 10),
        ((ruling("8(1)", "缺项", "折算", "剔除", OPTIONS),), 6),
        ((ruling("8", "缺项", "折算", "剔除", OPTIONS),), 6),
        ((ruling("8", "缺项", "满分", None, OPTIONS),), 10),
        (
            (
                ruling("8", "缺项", "折算", "剔除", OPTIONS),
                ruling("8(1)", "缺项", "折算", "满分", OPTIONS),
            ),
            10,
        ),
        ((), 10),  # 折算，并添上一行
    ],
)
def test_the_row_of_the_criterion_or_its_indicator_holds(
    rulings: tuple[Entry, ...], claimed: int
) -> None:
    master = airport(*rulings)
    assert roll_up(scored(master)).cells[INDICATORS.name, "I8", "claimed"] == claimed
    assert bool(list(check_policies(master))) == (not rulings)


def test_a_row_that_is_lacking_is_put_there_once() -> None:
    master = scored(airport())
    row = master.rows(RULINGS)["Q8(1)/缺项"]
    assert (row["subject"], row["item"], row["default"]) == ("8(1)", "缺项", "折算")
    assert options_of(row) == ("满分", "剔除", "折算")
    assert not policy_rows(master)
    assert not list(check_policies(master))
    ruled = scored(set_cell(master, RULINGS, "Q8(1)/缺项", "choice", "满分"))
    assert ruled.rows(CRITERIA)["C8.1"]["claimed"] == 4


def test_the_embedded_table_has_its_row() -> None:
    assert not policy_rows(embedded())
    assert not list(check_policies(embedded()))
