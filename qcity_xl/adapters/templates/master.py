"""The master workbook: one sheet per concept, one table per sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from qcity_xl.adapters.templates import style, words
from qcity_xl.adapters.templates.answers import add_answers, add_ruling_choices
from qcity_xl.adapters.templates.conditions import add_conditions
from qcity_xl.adapters.templates.dashboard import add_course, build_dashboard, sparklines
from qcity_xl.adapters.templates.grid import (
    HEADER_ROW,
    Placed,
    Row,
    leave_out_private,
    place_table,
    set_print,
    write_band,
    write_title,
)
from qcity_xl.adapters.templates.guide import build_guide
from qcity_xl.adapters.templates.package import Finish, packed
from qcity_xl.adapters.templates.validation import add_validations
from qcity_xl.core.master.rulings import held_rulings
from qcity_xl.core.rules import Rulings
from qcity_xl.core.schema import (
    CONFLICTS,
    CRITERIA,
    GUIDE_SHEET,
    MASTER,
    PROBLEMS,
    RULINGS,
    SCORE_LINES,
    SECTIONS,
    Table,
)
from qcity_xl.core.values import Value

Tables = Mapping[str, Sequence[Row]]
_BY_ROW = {"tblCriteria": ("answer", "ruling"), "tblRulings": ("choice",)}


def build_master(rows: Tables, figures: Mapping[str, Value] | None = None) -> bytes:
    """The master with these rows, by table name; a table without rows gets a blank one.

    A field of formulas may have its results in the rows, and `figures` holds those of the cards.
    """
    book = Workbook()
    book._named_styles["Normal"].font = style.font()  # type: ignore[attr-defined]  # openpyxl's only way to the default font
    guide = book.worksheets[0]
    guide.title = GUIDE_SHEET
    build_guide(guide)
    _dress(guide, style.ACCENT)
    finishes = {GUIDE_SHEET: Finish(1)}
    places: dict[str, Placed] = {}
    for table in MASTER:
        sheet = book.create_sheet(table.sheet)
        placed = places[table.sheet] = _build_sheet(book, sheet, table, rows)
        finish = placed.finish()
        if table is SECTIONS:
            # The dashboard's rows keep their height: the chart beside them is as tall.
            small = sparklines(sheet, placed)
            finish = replace(finish, first_row=placed.last + 1, sparklines=small)
        finishes[table.sheet] = finish
        _dress(sheet, style.VOICES[table.tab].dark)
    lines = SCORE_LINES.sheet
    add_course(book[SECTIONS.sheet], book[lines], places[lines])
    for sheet_name, results in _on_cards(book, figures or {}).items():
        finishes[sheet_name] = replace(finishes[sheet_name], results=results)
    return packed(book, words.GUIDE_TITLE, finishes)


def _build_sheet(book: Workbook, sheet: Worksheet, table: Table, rows: Tables) -> Placed:
    mine = rows.get(table.name, ())
    if table is SECTIONS:
        placed = build_dashboard(book, sheet, mine)
    else:
        write_title(sheet, table.title, table.about)
        write_band(sheet, table)
        placed = place_table(sheet, table, mine)
        placed.freeze(sheet)
        set_print(sheet, "A3", f"{HEADER_ROW}:{HEADER_ROW}")
        leave_out_private(sheet, table)
    if table is CRITERIA:
        add_answers(sheet, placed, mine, _settled(rows.get(RULINGS.name, ())))
    if table is RULINGS:
        add_ruling_choices(sheet, placed, mine)
    if table in (PROBLEMS, CONFLICTS):
        _show_links(sheet, placed)
    add_validations(sheet, placed, skip=_BY_ROW.get(table.name, ()))
    add_conditions(sheet, placed)
    return placed


def _on_cards(book: Workbook, figures: Mapping[str, Value]) -> dict[str, dict[str, Value]]:
    """The figures by the sheets and cells that bear their names."""
    found: dict[str, dict[str, Value]] = {}
    for figure, value in figures.items():
        name, _, row = figure.partition(".")
        sheet, area = str(book.defined_names[name].attr_text).split("!")
        _, column, line = area.partition(":")[0].split("$")
        cells = found.setdefault(sheet.strip("'"), {})
        cells[f"{column}{int(line) + int(row or 0)}"] = value
    return found


def _settled(rulings: Sequence[Row]) -> dict[str, Rulings]:
    return dict(held_rulings(rulings))


def _show_links(sheet: Worksheet, placed: Placed) -> None:
    cell = sheet[f"{placed.letter('link')}{placed.first}"]
    cell.font = style.font(color=style.ACCENT, link=True)
    cell.alignment = style.aligned("left", "top")


def _dress(sheet: Worksheet, tab: str) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = tab
    sheet.sheet_format.defaultRowHeight = 18
