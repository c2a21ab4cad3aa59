"""The unit workbook's template: what to do this round, own cells open, all others locked."""

from typing import Literal

from openpyxl import Workbook
from openpyxl.styles import Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from qcity_xl.adapters.master_file.entry_rules import prompt
from qcity_xl.adapters.templates import style, words
from qcity_xl.adapters.templates.conditions import add_conditions
from qcity_xl.adapters.templates.grid import (
    Placed,
    leave_out_private,
    place_table,
    put,
    set_print,
    write_title,
)
from qcity_xl.adapters.templates.package import Finish, packed
from qcity_xl.adapters.templates.validation import add_validations
from qcity_xl.core.master.row_heights import row_height
from qcity_xl.core.schema import FieldColumn, Table
from qcity_xl.core.schema.pack import (
    IDENTITY_SHEET,
    PACK,
    PACK_EVIDENCE,
    PACK_TASKS,
    REPLY,
    TITLE,
    WHOSE,
    PackTable,
)

# The header block of the first sheet: name, cells, look of what stands there.
_BAND = "B{0}:L{0}"
_HEADLINE = (
    ("qc_title", "B1:I1", style.font(16, style.ACCENT, bold=True)),
    ("qc_round", "L1:L1", style.font(12, style.ACCENT, bold=True)),
    ("qc_unit", "C2:E2", style.font(12, style.INK, bold=True)),
    ("qc_due", "G2:I2", style.font(12, style.BAD, bold=True)),
    ("qc_contact", "J2:L2", style.font()),
    ("qc_summary", _BAND.format(3), style.font(style.SIZE, style.ACCENT, bold=True)),
)
_LABELS = (("K1", "轮次"), ("B2", "填报单位"), ("F2", "报送截止"))
_SIGNED = (  # who answers for the return: label, then a cell to fill
    ("B4", "填报人", "C4:C4"),
    ("D4", "电话", "E4:F4"),
    ("G4", "审核人", "H4:I4"),
    ("K4", "日期", "L4:L4"),
)
_SEAL = ("J4", "（盖章）")
_GAP = 5  # points of the line that parts block and table
_HEIGHTS = (28, 20, 19, 22, 18, _GAP)
_SHORT = ("task", "label", "deadline", "period", "page", "hint")  # their text is a few signs
_ANSWER_PROMPT = "按“怎么填”一列作答；答不了的留空，并在说明里写原因"


def build_pack() -> bytes:
    """The pack without a unit: one blank row in each table."""
    book = Workbook()
    book._named_styles["Normal"].font = style.font()  # type: ignore[attr-defined]  # openpyxl's only way to the default font
    book.remove(book.worksheets[0])
    finishes: dict[str, Finish] = {}
    reply = book.create_sheet(REPLY.sheet)
    finishes[REPLY.sheet] = _build_reply(reply).finish()
    for pack_table in PACK:
        sheet = book.create_sheet(pack_table.table.sheet)
        placed = _build_sheet(book, sheet, pack_table)
        finishes[sheet.title] = placed.finish()
    _build_guide(book.create_sheet(words.PACK_GUIDE_TITLE))
    book.create_sheet(IDENTITY_SHEET).sheet_state = "veryHidden"
    reply.sheet_state = "hidden"
    book.active = 1
    return packed(book, TITLE, finishes)


def _build_sheet(book: Workbook, sheet: Worksheet, pack_table: PackTable) -> Placed:
    table = pack_table.laid_out
    header = (
        _write_headline(book, sheet) if pack_table is PACK_TASKS else _write_about(sheet, table)
    )
    placed = place_table(sheet, table, (), header)
    _colour(sheet, placed)
    sheet.row_dimensions.pop(placed.first)  # rows grow with their text wherever it is opened
    add_validations(sheet, placed)
    if "answer" in table.fields:
        answer = prompt(table.column("answer").header, _ANSWER_PROMPT)
        answer.add(placed.cells("answer"))
        sheet.add_data_validation(answer)
    add_conditions(sheet, placed)
    placed.freeze(sheet)
    set_print(sheet, "A4", f"{header}:{header}", f"{WHOSE} · &A")
    leave_out_private(sheet, table)
    _protect(sheet, insert_rows=pack_table is PACK_EVIDENCE)
    _dress(sheet)
    return placed


def _build_reply(sheet: Worksheet) -> Placed:
    """The sheet of findings: hidden until something goes back to the unit."""
    placed = place_table(sheet, REPLY, (), _write_about(sheet, REPLY))
    sheet.row_dimensions.pop(placed.first)
    placed.freeze(sheet)
    set_print(sheet, "A4", f"{placed.header}:{placed.header}")
    _protect(sheet, insert_rows=False)
    _dress(sheet)
    return placed


def _write_headline(book: Workbook, sheet: Worksheet) -> int:
    """The header block; the row of the table's header."""
    for where, label in _LABELS:
        put(sheet, where, label, style.font(color=style.MUTED))
    for name, where, font in _HEADLINE:
        first, _, last = where.partition(":")
        cell = put(sheet, first, None, font)
        cell.number_format = style.TEXT_FORMAT
        cell.alignment = style.aligned("left", "center", shrink=True)
        place = f"'{sheet.title}'!${first[0]}${first[1:]}"
        book.defined_names[name] = DefinedName(name, attr_text=place)
        if first != last:
            sheet.merge_cells(where)
    for label_cell, label, where in _SIGNED:
        put(sheet, label_cell, label, style.font(color=style.MUTED)).alignment = style.aligned(
            "right", "center"
        )
        _open(sheet, where)
    put(sheet, _SEAL[0], _SEAL[1], style.font(color=style.MUTED)).alignment = style.aligned(
        "right", "center"
    )
    put(sheet, "B5", words.PACK_LINE)
    for number, height in enumerate(_HEIGHTS, 1):
        sheet.row_dimensions[number].height = height
    return len(_HEIGHTS) + 1


def _open(sheet: Worksheet, where: str) -> None:
    """A cell of the header block that the unit fills."""
    first, _, last = where.partition(":")
    for line in sheet[where]:
        for cell in line:
            cell.border, cell.fill = style.OWN_BOX, style.fill(style.YELLOW)
            cell.protection = Protection(locked=False)
    cell = put(sheet, first, None)
    cell.number_format, cell.alignment = style.TEXT_FORMAT, style.aligned("left", "center")
    if first != last:
        sheet.merge_cells(where)


def _write_about(sheet: Worksheet, table: Table) -> int:
    write_title(sheet, sheet.title, table.purpose)
    sheet.row_dimensions[3].height = _GAP
    return 4


def _colour(sheet: Worksheet, placed: Placed) -> None:
    """Own cells yellow in a box that a copier shows, their headers under a pen; the rest grey."""
    for number, column in enumerate(placed.table.columns, 1):
        cell = sheet.cell(placed.first, number)
        own = column.editor == "unit"
        cell.fill = style.fill(style.YELLOW if own else style.SHADE)
        cell.border = style.OWN_BOX if own else style.BOX
        cell.protection = Protection(locked=not own)
        cell.alignment = style.aligned(_side(column), "center", wrap=column.wrap)
        head = sheet.cell(placed.header, number)
        if own:
            head.number_format = style.PEN_FORMAT  # the words stay as they are for whoever reads
            head.fill = style.fill(style.VOICES["unit"].dark)
        else:
            head.font = style.font(color=style.INK, bold=True)
            head.fill = style.fill(style.LOCKED_HEAD)
        head.border = style.OWN_BOX if own else style.BOX
        head.alignment = style.aligned(_side(column), "center", wrap=True)


def _side(column: FieldColumn) -> Literal["left", "center", "right"]:
    """Short words and numbers in the middle, text on the left."""
    short = column.type in ("choice", "date", "number") or column.field in _SHORT
    return "center" if short else "left"


def _protect(sheet: Worksheet, *, insert_rows: bool) -> None:
    """Protection without a password; openpyxl's False means that users may."""
    guard = sheet.protection
    guard.sheet = True
    guard.formatColumns = guard.formatRows = guard.sort = guard.autoFilter = False
    guard.insertRows = not insert_rows


def _build_guide(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width = 2.5
    sheet.column_dimensions["B"].width, sheet.column_dimensions["C"].width = 22, 100
    put(sheet, "B1", words.PACK_GUIDE_TITLE, style.font(16, style.ACCENT, bold=True))
    sheet.row_dimensions[1].height = 32
    row = 2
    for heading, lines in words.PACK_GUIDE:
        row += 1
        put(sheet, f"B{row}", heading, style.font(12, style.ACCENT, bold=True))
        sheet.row_dimensions[row].height = 24
        for column in "BC":
            sheet[f"{column}{row}"].border = style.UNDERLINE
        for name, text in lines:
            row += 1
            put(sheet, f"B{row}", name, style.font(bold=True))
            put(sheet, f"C{row}", text).alignment = style.aligned("left", "center", wrap=True)
            sheet.row_dimensions[row].height = row_height([(text, 100.0)])
        row += 1
    set_print(sheet, "A4", None)
    sheet.page_setup.fitToHeight = 1
    _protect(sheet, insert_rows=False)
    _dress(sheet)


def _dress(sheet: Worksheet) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = style.ACCENT
    sheet.sheet_format.defaultRowHeight = 18
