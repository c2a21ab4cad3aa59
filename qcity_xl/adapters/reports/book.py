"""Lists as a workbook: a sheet for each, ready to filter and to print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from qcity_xl.adapters.templates.package import packed
from qcity_xl.adapters.templates.style import ACCENT, DATE_FORMAT, FAMILY, INK, LINE, SIZE, WHITE
from qcity_xl.core.master.row_heights import row_height
from qcity_xl.core.values import Value

_LONGEST = 32_000  # characters; a cell takes 32,767
# Of all columns together, in Excel's characters: more stands on a page on its side, which takes
# 125 of them at 8 points.
_WIDE = 84


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: columns with their widths in characters, and its lines.

    Cells of the column `link` are places of files, seen from where the workbook lies; "" for none.
    """

    columns: Sequence[tuple[str, float]]
    lines: Sequence[Sequence[Value]]
    link: str = ""


def listing_workbook(sheets: Mapping[str, Listing]) -> Workbook:
    """A workbook with these sheets, to go on with."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, listing in sheets.items():
        _fill(book.create_sheet(name), listing)
    return book


def listing_book(sheets: Mapping[str, Listing]) -> bytes:
    """A workbook with these sheets."""
    return packed(listing_workbook(sheets), "")


def _fill(sheet: Worksheet, listing: Listing) -> None:
    line = Side("thin", color=LINE)
    border = Border(left=line, right=line, top=line, bottom=line)
    body, head = Font(FAMILY, SIZE, color=INK), Font(FAMILY, SIZE, bold=True, color=WHITE)
    top = Alignment(vertical="top", wrap_text=True)
    for place, (name, width) in enumerate(listing.columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
        title = sheet.cell(1, place, name)
        title.font, title.border = head, border
        title.fill = PatternFill("solid", fgColor=ACCENT)
        title.alignment = Alignment(horizontal="center", vertical="center")
    names = [name for name, _ in listing.columns]
    for row, values in enumerate(listing.lines, 2):
        for place, value in enumerate(values, 1):
            cell = sheet.cell(row, place)
            _put(cell, value, linked=bool(value) and names[place - 1] == listing.link)
            cell.border, cell.alignment = border, top
            if not cell.hyperlink:
                cell.font = body
        texts = [
            (value, width)
            for value, (name, width) in zip(values, listing.columns, strict=True)
            if isinstance(value, str) and name != listing.link
        ]
        sheet.row_dimensions[row].height = row_height(texts)
    last = get_column_letter(len(names))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{last}{max(len(listing.lines) + 1, 2)}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    wide = sum(width for _, width in listing.columns) > _WIDE
    sheet.page_setup.orientation = "landscape" if wide else "portrait"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("第 &P 页，共 &N 页"))


def _put(cell: Cell | MergedCell, value: Value, *, linked: bool) -> None:
    if not isinstance(value, str):
        cell.value = value
        if hasattr(value, "isoformat"):
            cell.number_format = DATE_FORMAT
        return
    words = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST]
    if linked:
        cell.value, cell.style = "打开", "Hyperlink"
        cell.hyperlink = words.replace("#", "%23")
        return
    cell.value = words
    cell.data_type = "s"  # a text that begins with = is no formula
