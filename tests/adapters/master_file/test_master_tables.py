"""Tables of a workbook as those of the schema; changes held against what is there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest

from qcity_xl.adapters.master_file.master_tables import (
    TableCells,
    check_header,
    check_plan,
    expect,
    find_tables,
    preview,
    read_table,
    typed_columns,
)
from qcity_xl.core.changes import Change
from qcity_xl.core.errors import APack, HeaderLost, NotAMaster, StaleCell
from qcity_xl.core.schema import CRITERIA, MASTER, PLAN, ROUNDS, SECTIONS, UNITS, Table
from qcity_xl.core.schema.headers import match_headers
from qcity_xl.core.schema.pack import PACK_TASKS
from qcity_xl.core.values import Value
from tests.core.builders import sound


@dataclass(frozen=True)
class Incoming:
    """A table as a workbook has it."""

    name: str
    sheet: str
    texts: Mapping[int, str]
    columns: Mapping[str, int] = field(default_factory=dict)


def found(table: Table, name: str = "", sheet: str = "", **headers: str) -> Incoming:
    texts = {n: headers.get(c.field, c.header) for n, c in enumerate(table.columns, 1)}
    places = match_headers(table, texts)
    return Incoming(name or table.name, sheet or table.sheet, texts, places)


def test_a_table_is_known_by_its_name_or_by_its_header() -> None:
    there = [found(UNITS, "表3", "名单"), found(CRITERIA, "TBLCRITERIA"), found(SECTIONS, "表1")]
    known = find_tables(there)
    assert {name: table.sheet for name, table in known.items()} == {
        UNITS.name: "名单",
        CRITERIA.name: CRITERIA.sheet,
        SECTIONS.name: SECTIONS.sheet,
    }


def test_of_two_that_look_alike_the_one_on_its_sheet_is_meant() -> None:
    copy, real = found(UNITS, "表9", "单位（备份）"), found(UNITS, "表2")
    assert find_tables([copy, real])[UNITS.name] is real


def test_without_the_plan_it_is_no_master() -> None:
    names = [table.name for table in MASTER]
    check_plan("总表.xlsx", names, names)
    with pytest.raises(NotAMaster, match=UNITS.sheet):
        check_plan("总表.xlsx", [t.name for t in PLAN if t is not UNITS], names)
    with pytest.raises(APack):
        check_plan("回.xlsx", [], [PACK_TASKS.table.name])


def test_a_header_that_says_something_else_is_named_with_its_column() -> None:
    check_header("总表.xlsx", UNITS, found(UNITS), had_all=True)
    with pytest.raises(HeaderLost, match="电子信箱地址") as told:
        check_header("总表.xlsx", UNITS, found(UNITS, email="电子信箱地址"), had_all=True)
    assert f"“{UNITS.column('email').header}”" in str(told.value)


def lines(*rows: dict[str, Value]) -> Iterator[tuple[int, dict[str, Value]]]:
    return ((n, {**dict.fromkeys(UNITS.fields), **row}) for n, row in enumerate(rows, 5))


COLUMNS = {name: n for n, name in enumerate(UNITS.fields, 1)}


def test_rows_without_a_key_of_their_own_are_rows_all_the_same() -> None:
    rows: list[dict[str, Value]] = [
        {"key": "U1", "name": "市科技局"},
        {"key": "U1", "name": "抄来的"},
        {"name": "新写的"},
        {},
        {"key": "U1"},
    ]
    read = read_table(UNITS, TableCells(COLUMNS, lines(*rows)))
    assert read.lines == {"U1": 5, "U手工/1": 6, "U手工/2": 7}
    assert [(t.change.old, t.change.new, t.line) for t in read.typed] == [
        ("U1", "U手工/1", 6),
        ("", "U手工/2", 7),
    ]
    assert [(stray.line, stray.key) for stray in read.strays] == [(9, "U1")]
    assert read.letters["name"] == "B"


def test_lines_of_a_table_of_the_program_s_have_the_id_that_they_tell_or_are_strays() -> None:
    columns = {name: n for n, name in enumerate(ROUNDS.fields, 1)}
    blank = dict.fromkeys(ROUNDS.fields)
    lines = [(5, {**blank, "round": "第1轮", "unit": "市体育局"}), (6, {**blank, "unit": "市农委"})]
    read = read_table(ROUNDS, TableCells(columns, lines))
    assert (list(read.rows), read.lines) == (["R第1轮/市体育局"], {"R第1轮/市体育局": 5})
    assert [(typed.change.old, typed.back) for typed in read.typed] == [("", True)]
    assert [stray.line for stray in read.strays] == [6]


def test_lines_right_below_a_table_are_its_rows_as_far_as_they_go_on() -> None:
    below = list(lines({"name": "天宁区政府"}, {"name": "钟楼区政府"}, {}, {"name": "新北区政府"}))
    read = read_table(UNITS, TableCells(COLUMNS, (), below))
    assert [row["name"] for row in read.rows.values()] == ["天宁区政府", "钟楼区政府"]
    assert [stray.line for stray in read.strays] == [8]


def test_a_remark_below_a_table_is_none_of_its_rows() -> None:
    below = list(lines({"name": "注：以编办文件为准"}, {"remark": "到此为止"}))
    read = read_table(UNITS, TableCells(COLUMNS, (), below))
    assert (read.rows, read.strays) == ({}, ())


def test_columns_that_are_not_there_are_blank() -> None:
    read = read_table(UNITS, TableCells({"key": 1, "name": 2}, [(5, {"key": "U1", "name": "甲"})]))
    assert set(read.rows["U1"]) == set(UNITS.fields)
    assert read.rows["U1"]["email"] is None


def test_formulas_are_not_typed_over() -> None:
    columns = {name: n for n, name in enumerate(CRITERIA.fields, 1)}
    typed = typed_columns(CRITERIA, columns)
    formulas = [columns[c.field] for c in CRITERIA.columns if c.formula]
    assert not set(typed) & set(formulas)
    assert sorted([*typed, *formulas]) == list(columns.values())


def test_a_cell_that_holds_something_else_stops_the_change() -> None:
    master = sound()
    change = Change(CRITERIA.name, "C1.1", "answer", None, "达成")
    again = Change(CRITERIA.name, "C1.1", "answer", "达成", "未达成")
    expect(master, [change, again])
    with pytest.raises(StaleCell, match="达成"):
        expect(master, [again])


def test_a_preview_adds_up() -> None:
    master = sound()
    after = preview(master, [Change(CRITERIA.name, "C1.1", "claimed", None, 10.0)])
    assert after.rows(SECTIONS)["S1"]["claimed"] == 10
    assert master.rows(SECTIONS)["S1"].get("claimed") is None
