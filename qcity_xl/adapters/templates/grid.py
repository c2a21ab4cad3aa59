"""One Excel table on a sheet: title, who fills what, header, rows, widths, print setup."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.header_footer import _HeaderFooterPart as HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableColumn, TableFormula
from openpyxl.worksheet.worksheet import Worksheet

from qcity_xl.adapters.templates import style
from qcity_xl.adapters.templates.package import Finish
from qcity_xl.adapters.templates.rows import Body
from qcity_xl.core.master.model import Row as Row
from qcity_xl.core.master.row_heights import column_width, heights_of, points_for
from qcity_xl.core.schema import FieldColumn, Table
from qcity_xl.core.schema.base import Editor
from qcity_xl.core.values import Value

BAND_ROW, HEADER_ROW = 3, 4
_PRINT_AREA = "_xlnm.Print_Area"
_FAR = 20_000  # rows in which text that looks like a number is no error
_FOOT = 10  # points, before the page is fitted to the paper
_INDENT = 1.3  # characters, which the column is wider by, so that its text wraps as ever
_PAPER = {"A3": 8, "A4": 9}


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a table stands: its header row, and its rows, of which a blank one is the least.

    `height` of each row in points, None for as much as its text takes.
    """

    table: Table
    header: int
    rows: Sequence[Row]
    height: float | None = None

    @property
    def count(self) -> int:
        """The number of data rows."""
        return len(self.rows)

    @property
    def first(self) -> int:
        """The first data row."""
        return self.header + 1

    @property
    def last(self) -> int:
        """The last data row."""
        return self.header + self.count

    @property
    def ref(self) -> str:
        """The table's range with its header."""
        return f"A{self.header}:{get_column_letter(len(self.table.columns))}{self.last}"

    def letter(self, field: str) -> str:
        """The letter of a field's column."""
        return get_column_letter(self.table.fields.index(field) + 1)

    def cells(self, field: str) -> str:
        """The data cells of a field."""
        return f"{self.letter(field)}{self.first}:{self.letter(field)}{self.last}"

    def freeze(self, sheet: Worksheet) -> None:
        """Header and the columns that say which row it is stay in view."""
        last = self.table.fields.index(self.table.in_view) if self.table.in_view else 1
        sheet.freeze_panes = sheet.cell(self.first, last + 2).coordinate

    def finish(self) -> Finish:
        """What the finished file says of this sheet."""
        text = [c.field for c in self.table.columns if style.number_format(c) == "@"]
        far = (f"{self.letter(f)}{self.first}:{self.letter(f)}{_FAR}" for f in text)
        return Finish(self.first, " ".join(far), self._body())

    def _body(self) -> Body:
        fields = self.table.fields
        heights = [self.height] * self.count if self.height else heights_of(self.table, self.rows)
        values = [[row.get(field) for field in fields] for row in self.rows]
        return Body(self.table.sheet, self.first, values, heights)


def write_title(sheet: Worksheet, title: str, line: str) -> None:
    """Sheet title and the line of help below it."""
    put(sheet, "B1", title, style.font(16, style.ACCENT, bold=True))
    put(sheet, "B2", line, style.font(style.SIZE, style.MUTED))
    sheet.row_dimensions[1].height = 30
    sheet.row_dimensions[2].height = 20


def put(sheet: Worksheet, address: str, value: Value, font: Font | None = None) -> Cell:
    """A cell with a value in the workbook's font; text never becomes a formula."""
    cell = sheet[address]
    assert isinstance(cell, Cell)  # noqa: S101 - merged cells are written before they are merged
    set_value(cell, value)
    style.wear(cell, font=font or style.font(), alignment=style.aligned())
    return cell


def set_value(cell: Cell | MergedCell, value: Value) -> None:
    """A cell's value, text that begins with = included."""
    cell.value = value
    if isinstance(cell, Cell) and cell.data_type == "f":
        cell.data_type = "s"


def place_table(
    sheet: Worksheet,
    table: Table,
    rows: Sequence[Row],
    header: int = HEADER_ROW,
    height: float | None = None,
) -> Placed:
    """The table with its header and rows, or one blank row, in the master's look.

    On the sheet stands the first row alone, blank, in the look that all have in the finished file.
    """
    placed = Placed(table, header, rows or ({},), height)
    for number, column in enumerate(table.columns, 1):
        _head(sheet, header, number, column)
        cell = sheet.cell(placed.first, number)
        _dress(cell, column)
        if stands_off(table, column):
            aligned = style.aligned("left", "top", wrap=column.wrap, indent=1)
            style.wear(cell, alignment=aligned)
            sheet.column_dimensions[get_column_letter(number)].width += _INDENT
        if column.formula:
            cell.value = f"={column.formula}"
    sheet.row_dimensions[placed.first].height = height or points_for(table, {})
    sheet.row_dimensions[header].height = 24
    sheet.column_dimensions["A"].hidden = True
    sheet.add_table(_list_object(placed))
    return placed


def stands_off(table: Table, column: FieldColumn) -> bool:
    """Whether text stands right after numbers, which it would be read with: 20 and 1个得分点."""
    shown = [c for c in table.columns if c is column or not c.hidden]
    before = shown[: shown.index(column)][-1:]
    text = not (column.hidden or style.is_number(column))
    return text and any(map(style.is_number, before))


def _head(sheet: Worksheet, row: int, number: int, column: FieldColumn) -> None:
    cell = sheet.cell(row, number, column.header)
    style.wear(
        cell,
        font=style.font(color=style.WHITE, bold=True),
        fill=style.fill(style.VOICES[column.editor].dark),
        border=style.BOX,
        alignment=style.aligned("left", "center", wrap=True),
    )
    dimension = sheet.column_dimensions[get_column_letter(number)]
    dimension.width, dimension.hidden = column_width(column) + 0.7, column.hidden


def _dress(cell: Cell | MergedCell, column: FieldColumn) -> None:
    """Give a cell the look of its column."""
    style.wear(
        cell,
        number_format=style.number_format(column),
        font=style.font(),
        border=style.BOX,
        alignment=style.body_alignment(column),
    )
    if column.editor in ("program", "formula"):
        style.wear(cell, fill=style.fill(style.SHADE))


def _list_object(placed: Placed) -> ExcelTable:
    columns = [
        TableColumn(
            id=number,
            name=column.header,
            calculatedColumnFormula=(
                TableFormula(attr_text=column.formula) if column.formula else None
            ),
        )
        for number, column in enumerate(placed.table.columns, 1)
    ]
    return ExcelTable(
        displayName=placed.table.name,
        ref=placed.ref,
        headerRowCount=None,  # 1 where nothing is said; ONLYOFFICE takes a 1 that is said for 0
        autoFilter=AutoFilter(ref=placed.ref),
        tableColumns=columns,
    )


def write_band(
    sheet: Worksheet,
    table: Table,
    row: int = BAND_ROW,
    voices: Mapping[Editor, style.Voice] = style.VOICES,
) -> None:
    """Above the header, who fills each run of columns, in words and colour."""
    before = ""
    for number, column in enumerate(table.columns[1:], 2):
        voice = voices[column.editor]
        cell = sheet.cell(row, number, voice.name if voice.name != before else None)
        style.wear(
            cell,
            font=style.font(style.SIZE, voice.dark, bold=True),
            fill=style.fill(voice.tint),
            alignment=style.aligned("left", "center"),
        )
        before = voice.name
    sheet.row_dimensions[row].height = 17


def leave_out_private(sheet: Worksheet, table: Table) -> None:
    """Print all columns but the private ones at the end; whole columns, for rows to come.

    Of a table that is not printed its head alone.
    """
    shown = sum(not column.private for column in table.columns)
    if shown < len(table.columns) or not table.printed:
        first, last = ("", "") if table.printed else ("$1", f"${HEADER_ROW}")
        last_column = get_column_letter(shown)
        area = f"{quote_sheetname(sheet.title)}!$A{first}:${last_column}{last}"
        # Worksheet.print_area takes no whole columns.
        sheet.defined_names.add(DefinedName(_PRINT_AREA, attr_text=area))


def set_print(sheet: Worksheet, paper: str, repeat: str | None, said: str = "&A") -> None:
    """Landscape, one page wide, header repeated, what is `said` and page number in the footer."""
    setup = sheet.page_setup
    setup.paperSize, setup.orientation = _PAPER[paper], "landscape"
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.35
    margins.top, margins.bottom, margins.footer = 0.5, 0.6, 0.3
    if repeat:
        sheet.print_title_rows = repeat
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(
        left=HeaderFooterPart(said, size=_FOOT),
        right=HeaderFooterPart("第 &P 页，共 &N 页", size=_FOOT),
    )
