"""A formula is known for one that an earlier version shipped, or it is the office's own."""

from pathlib import Path

import pytest

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.changes import CARD, FORMULA
from qcity_xl.core.schema.former import digest, was_shipped
from tests.masters.stages import VERSIONS


@pytest.mark.parametrize("version", VERSIONS, ids=lambda path: path.stem)
def test_those_of_each_version_are_known(version: Path) -> None:
    """A release adds its own: put what is lacking under its number."""
    layout = WorkbookFile.open(version).layout()
    formulas = {p: f for p, f in layout.items() if p[1] == FORMULA or p[1].startswith(CARD)}
    assert len(formulas) > 30
    assert [digest(p, f) for p, f in formulas.items() if not was_shipped(p, f)] == []


def test_another_one_is_not() -> None:
    place = ("tblSections", FORMULA, "claimed")
    assert not was_shipped(place, "SUM(tblIndicators[自评得分])")
    assert not was_shipped(place, "")
