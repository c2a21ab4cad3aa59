"""One page a unit."""

from qcity_xl.core.reports.unit_values import unit_values
from qcity_xl.core.scoring.evaluate import evaluate
from tests.core.builders import embedded
from tests.core.reports.test_overview import answered, overview


def test_what_is_finished_is_not_asked_again() -> None:
    master = answered()
    pages = unit_values(master, evaluate(master, {}).assessment, overview(master))
    assert pages["市农委"]["要办"] == []
    assert [row["任务"] for row in pages["市教育局"]["要办"]] == ["1.1"]  # type: ignore[attr-defined]  # values


def test_a_long_list_says_how_much_is_left_out() -> None:
    from qcity_xl.core.rounds.assignments import assignment_changes

    master = embedded()
    master = master.with_changes(assignment_changes(master)[0])
    page = unit_values(master, evaluate(master, {}).assessment, overview(master))["市质监局"]
    rows = page["要办"]
    assert isinstance(rows, list)
    assert len(rows) == 13
    assert rows[-1]["内容"] == "……另有52项，见填报表"
