import re

import pytest
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from qcity_xl.adapters.templates import build_master
from qcity_xl.core.schema import CONFLICTS, CRITERIA, GUIDE_SHEET, MASTER, SECTIONS, TASKS, Table
from qcity_xl.core.schema.cards import CARDS

from .build import ROWS, master_bytes, opened, part, table_of, validation_at

BOOK = opened(master_bytes())


def sheet_of(table: Table) -> Worksheet:
    return BOOK[table.sheet]


def cell_of(table: Table, field: str, index: int = 0) -> str:
    first = range_boundaries(table_of(sheet_of(table)).ref)[1] or 0
    return f"{get_column_letter(table.fields.index(field) + 1)}{first + 1 + index}"


def test_sheets_stand_in_the_order_of_the_schema() -> None:
    assert BOOK.sheetnames == [GUIDE_SHEET, *(table.sheet for table in MASTER)]
    assert BOOK.active is not None
    assert BOOK.active.title == GUIDE_SHEET


@pytest.mark.parametrize("table", MASTER, ids=lambda table: table.name)
def test_one_table_with_the_columns_of_the_schema(table: Table) -> None:
    sheet = sheet_of(table)
    made = table_of(sheet)
    left, top, right, bottom = range_boundaries(made.ref)
    assert (made.displayName, left, right) == (table.name, 1, len(table.columns))
    assert made.column_names == [column.header for column in table.columns]
    assert [sheet.cell(top or 0, n).value for n in range(1, (right or 0) + 1)] == made.column_names
    assert (bottom or 0) - (top or 0) == max(1, len(ROWS[table.name]))
    assert made.autoFilter is not None
    assert sheet.column_dimensions["A"].hidden


@pytest.mark.parametrize("table", MASTER, ids=lambda table: table.name)
def test_values_and_formulas_stand_where_the_schema_says(table: Table) -> None:
    sheet, made = sheet_of(table), table_of(sheet_of(table))
    for column, written in zip(table.columns, made.tableColumns, strict=True):
        for index, row in enumerate(ROWS[table.name] or [{}]):
            value = sheet[cell_of(table, column.field, index)].value
            assert value == (f"={column.formula}" if column.formula else row.get(column.field))
        formula = written.calculatedColumnFormula
        assert (formula.attr_text if formula else "") == column.formula


@pytest.mark.parametrize("table", MASTER, ids=lambda table: table.name)
def test_dropdowns_come_from_choices_and_prompts_from_help(table: Table) -> None:
    for column in table.columns[1:]:
        if column.choices:
            rule = validation_at(sheet_of(table), cell_of(table, column.field))
            assert rule.formula1 == f'"{",".join(column.choices)}"'
            assert (rule.type, rule.errorStyle or "stop") == ("list", "stop")
        if column.help and column.field not in ("answer", "ruling"):
            rule = validation_at(sheet_of(table), cell_of(table, column.field))
            assert rule.prompt == column.help


@pytest.mark.parametrize("table", MASTER, ids=lambda table: table.name)
def test_sheets_print_on_a3_landscape_one_page_wide(table: Table) -> None:
    sheet = sheet_of(table)
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.HeaderFooter.oddFooter is not None
    assert "&P" in str(sheet.HeaderFooter.oddFooter.right.text)
    if table is not SECTIONS:
        assert sheet.print_title_rows == "$4:$4"
        assert sheet.freeze_panes is not None
        assert sheet.freeze_panes.endswith("5")


def test_text_stays_text() -> None:
    sheet = sheet_of(TASKS)
    cell = sheet[cell_of(TASKS, "text")]
    assert (cell.value, cell.data_type, cell.number_format) == ("=出台规划", "s", "@")
    assert [sheet[cell_of(TASKS, "no", n)].value for n in range(3)] == ["1.1", "2.1", "2.10"]
    assert 'numberStoredAsText="1"' in part(master_bytes(), "xl/worksheets/sheet5.xml")


def test_each_card_is_a_named_formula_above_the_table() -> None:
    top = range_boundaries(table_of(sheet_of(SECTIONS)).ref)[1] or 0
    for card in CARDS:
        sheet, cells = next(BOOK.defined_names[card.name].destinations)
        address = cells.replace("$", "")
        assert sheet == SECTIONS.sheet
        assert BOOK[sheet][address].value == f"={card.formula}"
        assert int(re.sub(r"\D", "", address)) < top


def test_nothing_stands_below_the_sections() -> None:
    sheet = sheet_of(SECTIONS)
    bottom = range_boundaries(table_of(sheet).ref)[3] or 0
    assert sheet.max_row == bottom
    drawing = part(master_bytes(), "xl/drawings/drawing1.xml")
    columns = [int(n) for n in re.findall(r"<(?:\w+:)?col>(\d+)<", drawing)]
    assert min(columns) > len(SECTIONS.columns)


def test_each_answer_offers_what_its_rule_takes() -> None:
    sheet = sheet_of(CRITERIA)
    levels = validation_at(sheet, cell_of(CRITERIA, "answer", 0))
    assert levels.formula1 == '"20分 已出台、并公布,10分 制定中,0分 未着手,其他情形"'
    assert levels.errorStyle == "warning"  # "20" is understood as well
    number = validation_at(sheet, cell_of(CRITERIA, "answer", 1))
    assert (number.type, number.prompt) == ("custom", "数值，如 1‰（0‰到1000‰）")
    absent = validation_at(sheet, cell_of(CRITERIA, "answer", 2))
    assert absent.formula1 == '"达成,未达成,不适用"'


def test_only_the_review_answers_what_experts_judge() -> None:
    sheet = sheet_of(CRITERIA)
    assert validation_at(sheet, cell_of(CRITERIA, "answer", 3)).formula1 is None
    assert validation_at(sheet, cell_of(CRITERIA, "ruling", 3)).formula1 == '"60分,30分"'


def test_an_unsettled_conflict_is_marked() -> None:
    cell = cell_of(CONFLICTS, "choice")
    rules = [
        rule.formula[0]
        for area in sheet_of(CONFLICTS).conditional_formatting
        if cell in area.cells
        for rule in area.rules
    ]
    assert rules == ['AND($B5="冲突",$K5="",$M5="")']


def test_the_same_rows_give_the_same_bytes() -> None:
    assert build_master(ROWS) == master_bytes()
    assert "2024-01-01T00:00:00Z</dcterms:modified>" in part(master_bytes(), "docProps/core.xml")
