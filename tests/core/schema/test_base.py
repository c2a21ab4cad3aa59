"""Every sheet is declared alike: what the program relies on when it reads and writes one."""

from dataclasses import replace

import pytest

from qcity_xl.core.changes import KEY
from qcity_xl.core.schema import EVIDENCE, LOG, MASTER, UNITS, Table
from qcity_xl.core.schema.pack import PACK, REPLY

TABLES = [*MASTER, *(pack_table.table for pack_table in PACK), REPLY]
IDS = [table.sheet + table.name for table in TABLES]


def test_a_column_by_its_field() -> None:
    assert UNITS.column("aliases").header == UNITS.headers["aliases"] == "别名"
    with pytest.raises(KeyError):
        UNITS.column("别名")


@pytest.mark.parametrize("table", TABLES, ids=IDS)
def test_the_row_id_comes_first_and_no_name_twice(table: Table) -> None:
    assert table.fields[0] == KEY
    assert len(set(table.fields)) == len(table.fields)
    assert len(set(table.headers.values())) == len(table.headers)


@pytest.mark.parametrize("table", TABLES, ids=IDS)
def test_columns_say_what_may_stand_there(table: Table) -> None:
    for column in table.columns:
        assert bool(column.choices) == (column.type == "choice"), column.header
        assert bool(column.formula) == (column.type == "formula"), column.header
        assert (column.editor == "formula") == (column.type == "formula"), column.header


@pytest.mark.parametrize("table", TABLES, ids=IDS)
def test_what_is_private_stands_last(table: Table) -> None:
    private = [column.private for column in table.columns]
    assert private == sorted(private)


@pytest.mark.parametrize("table", MASTER, ids=lambda table: table.name)
def test_each_sheet_says_what_it_is_for(table: Table) -> None:
    assert table.purpose
    assert table.about == f"{table.purpose}　填写：{table.writers}"
    assert table.in_view in ("", *table.fields)


def test_who_fills_a_table_follows_from_its_columns_unless_it_is_declared() -> None:
    assert UNITS.writers == "办公室。"
    assert replace(LOG, filled_by="").writers == "自动生成。"
    assert replace(EVIDENCE, filled_by="", purpose="").about == "填写：办公室、单位经填报表。"
