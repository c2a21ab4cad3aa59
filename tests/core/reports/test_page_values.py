"""What the page tells beside the overview."""

from qcity_xl.core.reports.page_values import page_values
from qcity_xl.core.scoring.evaluate import evaluate
from tests.core.reports.test_overview import answered, overview


def values() -> dict[str, object]:
    master = answered()
    evaluation = evaluate(master, {})
    after = master.with_changes(evaluation.changes)
    return page_values(after, evaluation.assessment, overview(master))


def test_a_cell_of_the_heat_map_counts_parts() -> None:
    heat = values()["热图"]
    assert isinstance(heat, list)
    cells = {unit["名称"]: [cell["字"] for cell in unit["格"]] for unit in heat}
    assert cells["市农委"] == ["1/1"]
    assert cells["市教育局"] == ["0/1"]


def test_a_criterion_is_told_with_its_tasks_and_files() -> None:
    criteria = values()["得分点"]
    assert isinstance(criteria, list)
    first = criteria[0]
    assert first["材料"] == ["关于E1的通知"]
    assert first["任务"] == ["1.1　任务1.1（市农委）"]
    assert (first["自评"], first["缺"]) == (10, [])
