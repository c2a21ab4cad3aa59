"""The unit workbook's template: what to do this round, own cells open, all others locked."""

from openpyxl import Workbook
from openpyxl.styles import Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from qcity_xl.adapters.templates import style, words
from qcity_xl.adapters.templates.conditions import add_conditions
from qcity_xl.adapters.templates.grid import (
    Placed,
    leave_out_private,
    place_table,
    put,
    set_print,
    write_band,
    write_title,
)
from qcity_xl.adapters.templates.package import Finish, packed
from qcity_xl.adapters.templates.validation import add_validations, prompt
from qcity_xl.core.master.row_heights import row_height
from qcity_xl.core.schema import Table
from qcity_xl.core.schema.pack import (
    IDENTITY_SHEET,
    PACK,
    PACK_EVIDENCE,
    PACK_TASKS,
    REPLY,
    PackTable,
)

_HEADLINE = (  # name, label's cell, label, value's cell
    ("qc_unit", "B2", "填报单位", "C2"),
    ("qc_round", "D2", "轮次", "E2"),
    ("qc_due", "H2", "截止日期", "I2"),
    ("qc_contact", "H1", "办公室联系人", "I1"),
)
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
    return packed(book, words.PACK_TITLE, finishes)


def _build_sheet(book: Workbook, sheet: Worksheet, pack_table: PackTable) -> Placed:
    table = pack_table.table
    header = (
        _write_headline(book, sheet) if pack_table is PACK_TASKS else _write_about(sheet, table)
    )
    placed = place_table(sheet, table, (), header)
    write_band(sheet, table, header - 1, style.PACK_VOICES)
    _colour(sheet, placed)
    sheet.row_dimensions.pop(placed.first)  # rows grow with their text wherever it is opened
    add_validations(sheet, placed)
    if "answer" in table.fields:
        answer = prompt(table.column("answer").header, _ANSWER_PROMPT)
        answer.add(placed.cells("answer"))
        sheet.add_data_validation(answer)
    add_conditions(sheet, placed)
    placed.freeze(sheet)
    set_print(sheet, "A4", f"{header}:{header}")
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
    put(sheet, "B1", words.PACK_TITLE, style.font(16, style.ACCENT, bold=True))
    sheet.row_dimensions[1].height = 32
    sheet.row_dimensions[2].height = 24
    for name, where, label, value in _HEADLINE:
        put(sheet, where, label, style.font(color=style.MUTED))
        cell = put(sheet, value, None, style.font(11, style.INK, bold=True))
        cell.number_format = style.TEXT_FORMAT
        place = f"'{sheet.title}'!${value[0]}${value[1:]}"
        book.defined_names[name] = DefinedName(name, attr_text=place)
    for column in "BCDEFGHI":
        sheet[f"{column}2"].border = style.UNDERLINE
    sheet.merge_cells("E2:F2")
    for row, line in enumerate(words.PACK_LINES, 3):
        put(sheet, f"B{row}", line)
        sheet.row_dimensions[row].height = 18
    return 3 + len(words.PACK_LINES) + 1


def _write_about(sheet: Worksheet, table: Table) -> int:
    write_title(sheet, sheet.title, table.purpose)
    return 4


def _colour(sheet: Worksheet, placed: Placed) -> None:
    for number, column in enumerate(placed.table.columns, 1):
        cell = sheet.cell(placed.first, number)
        own = column.editor == "unit"
        cell.fill = style.fill(style.YELLOW if own else style.SHADE)
        cell.protection = Protection(locked=not own)
        head = sheet.cell(placed.header, number)
        head.fill = style.fill(style.PACK_VOICES[column.editor].dark)


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
    _protect(sheet, insert_rows=False)
    _dress(sheet)


def _dress(sheet: Worksheet) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = style.ACCENT
    sheet.sheet_format.defaultRowHeight = 18
