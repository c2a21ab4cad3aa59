"""Conditional formats that mean something: always a word, a sign or a label beside the colour."""

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from qcity_xl.adapters.templates import style
from qcity_xl.adapters.templates.grid import Placed
from qcity_xl.core.schema.marks import Mark


def add_conditions(sheet: Worksheet, placed: Placed) -> None:
    """The marks of a table's columns on its rows."""
    cells = {f: f"${placed.letter(f)}{placed.first}" for f in placed.table.fields}
    for column in placed.table.columns:
        for mark in column.marks:
            rule = Rule(
                type="expression",
                formula=[mark.test.format_map(cells)],
                dxf=look(mark, style.number_format(column)),
                stopIfTrue=True,
            )
            sheet.conditional_formatting.add(placed.cells(column.field), rule)


def look(mark: Mark, number_format: str) -> DifferentialStyle:
    """Bold ink on a background, with a sign before what the number format shows."""
    ink, background = style.TONES[mark.tone]
    made = DifferentialStyle(font=Font(name=None, sz=None, color=ink, b=True))
    if background:
        made.fill = style.fill(background)
    if mark.sign:
        made.numFmt = style.signed(mark.sign, number_format)
    return made
