"""The master as a file: changes are applied all or none, and another's writing is not lost."""

from pathlib import Path

import pytest

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.resources import master_template
from qcity_xl.core.changes import Change, added_row, dropped_row
from qcity_xl.core.errors import ChangedMeanwhile, NotAMaster, StaleCell
from qcity_xl.core.schema import CRITERIA, EVIDENCE, SECTIONS, UNITS
from tests.adapters.ooxml.build import with_table


@pytest.fixture
def file(tmp_path: Path) -> WorkbookFile:
    path = tmp_path / "总 表.xlsx"
    path.write_bytes(master_template().read_bytes())
    return WorkbookFile.open(path)


def test_what_is_applied_is_there_after_saving(file: WorkbookFile) -> None:
    key = next(iter(file.master.rows(UNITS)))
    file.apply([Change(UNITS.name, key, "contact", None, "=陈静")])
    assert WorkbookFile.open(file.path).master.rows(UNITS)[key]["contact"] is None
    file.save()
    assert WorkbookFile.open(file.path).master.rows(UNITS)[key]["contact"] == "=陈静"


def test_sums_follow_at_once_and_in_the_file(file: WorkbookFile) -> None:
    key, row = next(iter(file.master.rows(CRITERIA).items()))
    file.apply([Change(CRITERIA.name, key, "claimed", row["claimed"], row["points"])])
    section = next(iter(file.master.rows(SECTIONS)))
    assert file.master.rows(SECTIONS)[section]["claimed"] == row["points"]
    file.save()
    assert WorkbookFile.open(file.path).master.figures["qc_claimed"] == row["points"]


def test_rows_come_and_go(file: WorkbookFile) -> None:
    before = len(file.master.rows(EVIDENCE))
    values = {"criteria": "1(1)", "title": "关于印发质量发展规划的通知"}
    file.apply(added_row(EVIDENCE.name, "E900", dict(values)))
    file.save()
    again = WorkbookFile.open(file.path)
    row = dict(again.master.rows(EVIDENCE)["E900"])
    assert row["title"] == values["title"]
    again.apply(dropped_row(EVIDENCE.name, "E900", row))
    again.save()
    assert len(WorkbookFile.open(file.path).master.rows(EVIDENCE)) == before


def test_a_stale_change_takes_none_of_the_others_with_it(file: WorkbookFile) -> None:
    one, other, *_ = file.master.rows(UNITS)
    good = Change(UNITS.name, one, "contact", None, "陈静")
    with pytest.raises(StaleCell):
        file.apply([good, Change(UNITS.name, other, "contact", "早先的人", "周涛")])
    assert file.master.rows(UNITS)[one]["contact"] is None


def test_a_file_that_another_program_wrote_stays_theirs(file: WorkbookFile) -> None:
    key = next(iter(file.master.rows(UNITS)))
    file.apply([Change(UNITS.name, key, "contact", None, "陈静")])
    theirs = file.path.read_bytes() + b"\0"
    file.path.write_bytes(theirs)
    with pytest.raises(ChangedMeanwhile):
        file.save()
    assert file.path.read_bytes() == theirs


def test_another_workbook_is_no_master() -> None:
    with pytest.raises(NotAMaster):
        WorkbookFile(Path("别的.xlsx"), with_table())
