"""A sheet of another workbook takes the place of one with its name, with its charts and names."""

from typing import Any

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table

from qcity_xl.adapters.ooxml import Package
from qcity_xl.adapters.ooxml.adopt import Adopter
from qcity_xl.adapters.ooxml.swapped_sheet import names_on, only_sheet, own_parts, swap_sheet
from qcity_xl.adapters.ooxml.workbook import WorkbookPart

from .build import by_openpyxl, saved


def _book(first_row: int, charts: int, name: str) -> Package:
    book = openpyxl.Workbook()
    sheet, other = book.worksheets[0], book.create_sheet("他表")
    sheet.title = "看板"
    rows: list[tuple[str, str | int]] = [("部分", "得分"), ("环境", 8), ("产品", 9)]
    for row, (section, score) in enumerate(rows, first_row):
        sheet.cell(row, 1, section)
        sheet.cell(row, 2, score).number_format = "0.0" if charts > 1 else "0"
    sheet.add_table(Table(displayName="各部分", ref=f"A{first_row}:B{first_row + 2}"))
    for number in range(charts):
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=2, min_row=first_row + 1, max_row=first_row + 2))
        sheet.add_chart(chart, f"D{1 + 20 * number}")
    other.add_table(Table(displayName="别的", ref="A1:A2"))
    other["A1"] = "表头"
    book.defined_names[name] = DefinedName(name, attr_text=f"'看板'!$B${first_row}")
    book.defined_names["别处"] = DefinedName("别处", attr_text="'他表'!$A$1")
    sheet.print_title_rows = f"1:{first_row}"
    return Package.read(saved(book))


def _swapped(ours: Package, theirs: Package) -> Package:
    adopter = Adopter(ours, "xl/styles.xml", theirs.xml("xl/styles.xml"))
    swap_sheet(ours, "看板", theirs, adopter)
    adopter.save()
    return ours


def test_cells_charts_table_and_names_are_those_of_the_other() -> None:
    ours = _book(1, 1, "旧名")
    numbers = [table.info.part for table in WorkbookPart(ours).tables(ours)]
    book = by_openpyxl(_swapped(ours, _book(4, 2, "新名")).to_bytes())
    sheet: Any = book["看板"]
    assert book.sheetnames == ["看板", "他表"]
    assert [sheet["A4"].value, sheet["B5"].value, sheet["B5"].number_format] == ["部分", 8, "0.0"]
    assert sheet["A1"].value is None
    assert sheet.tables["各部分"].ref == "A4:B6"
    assert [chart.ser[0].val.numRef.f for chart in sheet._charts] == ["'看板'!$B$5:$B$6"] * 2
    assert set(book.defined_names) == {"新名", "别处"}
    assert sheet.print_title_rows == "$1:$4"
    assert [table.info.part for table in WorkbookPart(ours).tables(ours)] == numbers


def test_there_and_back_leaves_no_part_behind() -> None:
    ours, names = _book(1, 1, "旧名"), set(_book(1, 1, "旧名").names)
    assert set(_swapped(_swapped(ours, _book(4, 2, "新名")), _book(1, 1, "旧名")).names) == names
    assert by_openpyxl(ours.to_bytes())["看板"].tables["各部分"].ref == "A1:B3"


def test_the_parts_and_names_of_one_sheet() -> None:
    package = _book(1, 1, "旧名")
    own = set(own_parts(package, WorkbookPart(package).worksheet_part("看板")))
    assert {name.partition("/")[2].partition("/")[0] for name in own} == {
        *("worksheets", "drawings", "charts", "tables")
    }
    assert [name for name, _, _ in names_on(WorkbookPart(package), "看板")] == ["旧名"]
    assert by_openpyxl(only_sheet(package, "看板").to_bytes()).sheetnames == ["看板"]
