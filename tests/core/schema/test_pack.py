"""What a unit sees of the master and what of it the unit may write."""

import pytest

from qcity_xl.core.schema import EVIDENCE, MASTER
from qcity_xl.core.schema.pack import (
    GUIDE_SHEET,
    IDENTITY_SHEET,
    PACK,
    PACK_EVIDENCE,
    REPLY,
    PackTable,
)

IDS = [pack_table.table.sheet for pack_table in PACK]


@pytest.mark.parametrize("pack_table", PACK, ids=IDS)
def test_a_unit_writes_only_what_the_master_leaves_to_units(pack_table: PackTable) -> None:
    for field in pack_table.editable:
        assert pack_table.source.column(field).editor == "unit", field
    assert pack_table.editable


@pytest.mark.parametrize("pack_table", PACK, ids=IDS)
def test_a_unit_writes_all_that_the_master_leaves_to_units(pack_table: PackTable) -> None:
    left = {column.field for column in pack_table.source.columns if column.editor == "unit"}
    assert set(pack_table.editable) == left


def test_a_unit_sees_the_review_of_its_evidence_and_cannot_set_it() -> None:
    assert {"state", "state_note"} <= set(PACK_EVIDENCE.table.fields)
    assert not {"state", "state_note"} & set(PACK_EVIDENCE.editable)
    assert EVIDENCE.column("state").editor == "office"


def test_sheets_of_a_pack_have_names_of_their_own() -> None:
    sheets = [*IDS, REPLY.sheet, GUIDE_SHEET, IDENTITY_SHEET]
    assert len(set(sheets)) == len(sheets)
    assert not {table.name for table in MASTER} & {p.table.name for p in PACK}
