"""检查规则: the findings told, by either command, and nothing written."""

from pathlib import Path

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.changes import Change
from qcity_xl.core.schema import RULINGS
from tests.steps.conftest import Qcity


def test_findings_are_told_and_nothing_is_written(qcity: Qcity, master: Path) -> None:
    before = master.read_bytes()
    status, data = qcity("rules", master)
    assert status == 0
    assert {"criterion", "kind", "options", "effect"} <= set(data["findings"][0])
    top = next(f for f in data["findings"] if (f["criterion"], f["kind"]) == ("15(1)", "gap"))
    assert top["effect"] == 16
    assert [option["points"] for option in top["options"]] == [16, 12, 0]
    assert qcity("check", master, "--rules")[1]["findings"] == data["findings"]
    assert master.read_bytes() == before


def test_a_ruling_that_makes_a_place_unreachable_is_found(qcity: Qcity, master: Path) -> None:
    file = WorkbookFile.open(master)
    file.apply([Change(RULINGS.name, "Q24(1)/前列", "choice", None, "40")])
    file.save()
    found = qcity("rules", master)[1]["findings"]
    assert ("24(1)", "unreachable") in {(f["criterion"], f["kind"]) for f in found}
