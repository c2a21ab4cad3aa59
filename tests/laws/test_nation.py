"""Cities that a generator made: whatever their units type is found again after the merge."""

from pathlib import Path
from typing import Any

import pytest

from benchmarks.nation import soak as nation
from benchmarks.nation.city import city_plan
from benchmarks.nation.returns import Rates
from benchmarks.nation.soak import CONFLICT, FILE, MASTER, TOLD, Soaked, soak
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.changes import Change
from qcity_xl.core.schema import ASSIGNMENTS
from qcity_xl.steps.merge import merge

SMALL = (2, 5)  # two cities of this seed, with few units
SEED = 1
RATES = Rates(damaged=30, twice=15, clashes=10)

pytestmark = pytest.mark.filterwarnings("ignore:Print area")  # openpyxl damages packs here


@pytest.fixture(scope="module")
def cities(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Soaked]:
    """What became of their rounds."""
    return {n: soak(tmp_path_factory.mktemp(f"城{n}"), SEED, n, RATES) for n in SMALL}


def test_no_edit_is_lost_and_twice_changes_nothing(cities: dict[int, Soaked]) -> None:
    for city in cities.values():
        assert city.lost == ()
        assert city.again == 0
        assert city.fates.total() > 500
        assert city.counts["files"] > 20
    whole = sum(cities.values(), Soaked())
    assert {MASTER, CONFLICT, FILE, TOLD} == whole.fates.keys()
    assert len(whole.damages) > 5


def test_cities_differ_and_are_the_same_each_time() -> None:
    plans = [city_plan(SEED, number) for number in range(12)]
    assert plans == [city_plan(SEED, number) for number in range(12)]
    assert len({(plan.units, plan.tasks, plan.indicators) for plan in plans}) == len(plans)
    headers = {plan.document.split(b"\n")[2] for plan in plans}
    assert len(headers) > 6  # as offices word them
    assert city_plan(SEED + 1, 0).document != plans[0].document


def test_a_lost_edit_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone: list[str] = []

    def forgetful(target: Path, *rest: Any) -> Any:
        outcome = merge(target, *rest)
        file = WorkbookFile.open(target)
        rows = file.master.rows(ASSIGNMENTS)
        row = next(key for key, row in rows.items() if row.get("progress"))
        file.apply([Change(ASSIGNMENTS.name, row, "progress", rows[row]["progress"], None)])
        file.save()
        gone.append(row)
        return outcome

    monkeypatch.setattr(nation, "merge", forgetful)
    lost = soak(tmp_path, SEED, SMALL[0], Rates(twice=0, cells=20)).lost
    assert len(lost) == len(set(gone)) == 2  # both merges forget one
    assert all(any(f"tblAssignments {row} progress" in words for words in lost) for row in gone)
