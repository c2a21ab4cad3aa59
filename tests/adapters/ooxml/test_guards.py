"""What would break a formula, hide a value or cover something is refused."""

import io

import openpyxl
import pytest
from openpyxl.worksheet.table import Table

from qcity_xl.adapters.ooxml import Book, OoxmlError
from qcity_xl.adapters.ooxml.errors import (
    ArrayFormula,
    HoldsFormula,
    InMergedCell,
    OutOfGrid,
    SharedFormula,
    TableBlocked,
)

from .build import (
    by_openpyxl,
    handmade,
    saved,
    with_table,
)

FORMULAS = (
    '<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c>'
    '<c r="B1"><f t="shared" ref="B1:B2" si="0">A1</f><v>2</v></c>'
    '<c r="C1"><f t="array" ref="C1:C2">A1:A2</f><v>2</v></c>'
    '<c r="D1"><f t="shared" ref="D1" si="1">A1</f></c></row>'
    '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><f t="shared" si="0"/><v>1</v></c>'
    '<c r="C2"><v>1</v></c></row>'
    '<row r="4"><c r="A4"><f t="dataTable" ref="A4:A5" dt2D="0" dtr="0" r1="A1"/><v>1</v></c></row>'
    '<row r="5"><c r="A5"><v>1</v></c></row></sheetData>'
)


@pytest.mark.parametrize(
    ("row", "col", "over_formula", "error"),
    [
        (1, 1, False, HoldsFormula),
        (2, 2, False, HoldsFormula),
        (1, 2, True, SharedFormula),
        (1, 3, True, ArrayFormula),
        (2, 3, True, ArrayFormula),
        (4, 1, True, ArrayFormula),
        (5, 1, False, ArrayFormula),
        (7, 6, False, InMergedCell),
        (0, 1, False, OutOfGrid),
        (1_048_577, 1, False, OutOfGrid),
        (1, 16_385, False, OutOfGrid),
    ],
)
def test_cell_that_must_not_be_set(
    row: int, col: int, over_formula: bool, error: type[OoxmlError]
) -> None:
    book = handmade(FORMULAS, tail='<mergeCells count="1"><mergeCell ref="E6:F8"/></mergeCells>')
    before = book.to_bytes()
    with pytest.raises(error):
        book.set("表一", row, col, 1, over_formula=over_formula)
    assert book.to_bytes() == before


@pytest.mark.parametrize(("row", "col"), [(1, 1), (2, 2), (1, 4), (6, 5)])
def test_cell_that_may_be_set(row: int, col: int) -> None:
    book = handmade(FORMULAS, tail='<mergeCells count="1"><mergeCell ref="E6:F8"/></mergeCells>')
    book.set("表一", row, col, "新", over_formula=True)
    assert book.cell_value("表一", row, col) == "新"
    assert book.cell_formula("表一", row, col) is None


def blocked(kind: str) -> bytes:
    workbook = openpyxl.load_workbook(io.BytesIO(with_table()))
    sheet = workbook["任务"]
    if kind == "cell":
        sheet["B6"] = 1
    elif kind == "merge":
        sheet.merge_cells("D6:F6")
    elif kind == "table":
        sheet["D6"], sheet["D7"] = "头", 1
        sheet.add_table(Table(displayName="另一表", ref="D6:D7"))
    return saved(workbook)


@pytest.mark.parametrize("kind", ["cell", "merge", "table"])
def test_append_over_something_is_refused(kind: str) -> None:
    book = Book.read(blocked(kind))
    assert book.append_rows("任务表", 1) == 5
    with pytest.raises(TableBlocked, match="「任务」的表格「任务表」"):
        book.append_rows("任务表", 1)
    assert book.tables["任务表"].last_row == 5


def test_append_over_a_pending_cell_is_refused() -> None:
    book = Book.read(with_table())
    book.set("任务", 5, 1, "新")
    with pytest.raises(TableBlocked, match="A5"):
        book.append_rows("任务表", 1)
    book.set("任务", 5, 1, None)
    book.append_rows("任务表", 1)


def test_append_beside_and_over_empty_cells() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(with_table()))
    workbook["任务"]["F5"] = "旁边"
    workbook["任务"]["A5"].number_format = "0%"
    book = Book.read(saved(workbook))
    book.append_rows("任务表", 1)
    after = by_openpyxl(book.to_bytes())["任务"]
    assert (after["F5"].value, after["A5"].number_format) == ("旁边", "General")


@pytest.mark.parametrize("block", ["B:D", "$B:$D", "3:9", "B2:D9"])
def test_a_cell_under_merged_columns_or_rows_must_not_be_set(block: str) -> None:
    book = handmade(tail=f'<mergeCells count="1"><mergeCell ref="{block}"/></mergeCells>')
    with pytest.raises(InMergedCell):
        book.set("表一", 5, 3, 1)
