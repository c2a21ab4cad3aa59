"""看板 as each version shipped it: whether one that is there was changed, and one for another.

What people see of two sheets is compared by openpyxl, which reads what any program saved: texts and
formulas, how cells look, what is joined, hidden and how wide, rules, charts with their ranges.
What stands in the rows of the table is not part of it: that goes over into the other board.
"""

import io
import re
from collections.abc import Iterator, Mapping
from functools import cache
from html import unescape
from typing import Any  # what openpyxl leaves untyped
from warnings import catch_warnings, simplefilter

from qcity_xl import __version__
from qcity_xl.adapters.disk import load_bytes
from qcity_xl.adapters.master_file.layout import as_declared, as_there
from qcity_xl.adapters.master_file.reading import MasterTables
from qcity_xl.adapters.master_file.template import template
from qcity_xl.adapters.ooxml import Book
from qcity_xl.adapters.ooxml.markup import escape
from qcity_xl.adapters.ooxml.package import Package
from qcity_xl.adapters.ooxml.refs import Rect, column_letters
from qcity_xl.adapters.ooxml.swapped_sheet import names_on, only_sheet, own_parts
from qcity_xl.adapters.ooxml.workbook import WorkbookPart
from qcity_xl.adapters.resources import former_boards
from qcity_xl.core.changes import BOARD, KEY
from qcity_xl.core.master.model import Layout, Row
from qcity_xl.core.schema import SECTIONS

TODAY = __version__.partition(".dev")[0]
_OF_TODAY = "qc_heading"  # a name of a cell that no former board has
_APART = 1.0  # characters of a width, cells of a chart's size: programs round
_RECKONED = re.compile(rb"(<(?:f|calculatedColumnFormula)>)([^<]*)(</)")
_ENDS = re.compile(rb"(<to>(?:(?!</to>).)*?<row>)(\d+)", re.DOTALL)
# What openpyxl raises at what it does not know.
_NOT_READ = (ValueError, KeyError, TypeError, AttributeError, IndexError)
_NAMED = 6  # differences that are told
_FORMULA = re.compile(
    rb"<(?:[\w.-]+:)?(?:f|formula[12]?|calculatedColumnFormula)(?:\s[^<>]*)?>([^<]*![^<]*)</"
)


def is_of_today(package: Package) -> bool:
    """Whether 看板 has the lists of today's, changed or not."""
    return WorkbookPart(package).area_of(_OF_TODAY) is not None


def read_board(tables: MasterTables, *, today: bool = False) -> Layout:
    """Which version's 看板 this is, if nobody changed it; else what was changed, for people.

    One that has today's lists is looked at only if asked for `today`.
    """
    place = SECTIONS.name, BOARD, KEY
    if SECTIONS.name not in tables.tables:
        return {}
    if is_of_today(tables.package):
        return {place: TODAY} if today and not _changed(tables, TODAY) else {}
    found = {version: _changed(tables, version) for version in former_boards()}
    for version, changed in found.items():
        if not changed:
            return {place: version}
    nearest = min(found.values(), key=len, default=[])
    return {(SECTIONS.name, BOARD, "changed"): "、".join(nearest[:_NAMED])}


def board_for(tables: MasterTables, version: str) -> Package:
    """A workbook with the 看板 of a version and the rows of this one's."""
    model = _board(version)
    info, columns = model.tables[SECTIONS.name].info, model.tables[SECTIONS.name].columns
    rows = _rows(tables)
    book = Book(model.package.copy())
    more = max(len(rows), 1) - (info.last_row - info.first_row)
    book.append_rows(info.name, more)
    book.drop_last_rows(info.name, -more)
    typed = [c.field for c in SECTIONS.columns if not c.formula and c.field in columns]
    for line, row in enumerate(rows or [{}], info.first_row + 1):
        for field in typed:
            book.set(info.sheet, line, columns[field], row.get(field))
    package = Package.read(book.to_bytes())
    _end_with_table(package, info.last_row, info.last_row + more)
    return package


def _end_with_table(package: Package, old: int, new: int) -> None:
    """A chart beside the table that ends with it was made as high as the table is."""
    for name in package.names:
        if name.startswith("xl/drawings/") and name.endswith(".xml"):
            ends = _ENDS.sub(
                lambda m: m[1] + b"%d" % (new if int(m[2]) == old else int(m[2])),
                package.part(name),
            )
            package.replace(name, ends)


def speak_as_there(tables: MasterTables) -> None:
    """Let the formulas of a 看板 that was put in name columns as this workbook calls them."""
    every = tables.tables.values()
    table = tables.tables[SECTIONS.name]
    for part in (tables.sheet_part(SECTIONS.name), table.info.part):
        said = _RECKONED.sub(
            lambda m: m[1] + escape(as_there(every, unescape(m[2].decode()))) + m[3],
            tables.package.part(part),
        )
        tables.package.replace(part, said)


def _rows(tables: MasterTables) -> list[Row]:
    return [{**row, KEY: key} for key, row in tables.master.rows(SECTIONS).items()]


@cache
def _board(version: str) -> MasterTables:
    if version == TODAY:
        return template()
    path = former_boards()[version]
    return MasterTables(path.name, Package.read(load_bytes(path)))


def _changed(tables: MasterTables, version: str) -> list[str]:
    """Where this 看板 differs from that version's."""
    at, model = tables.tables[SECTIONS.name], _board(version).tables[SECTIONS.name]
    if (at.sheet, at.name) != (model.sheet, model.name):
        return ["工作表或表格的名称"]
    if at.texts != model.texts or at.info.first_row != model.info.first_row:
        return ["表头"]
    if len(_rows(tables)) != at.info.last_row - at.info.first_row or at.info.totals_row:
        return ["各部分的行"]
    wanted = board_for(tables, version)
    body = Rect(at.info.first_row + 1, at.info.first_col, at.info.last_row, at.info.last_col)
    typed = {col for field, col in at.columns.items() if not SECTIONS.column(field).formula}
    ours = _picture(tables.package, at.sheet, body, typed)
    theirs = _picture(wanted, at.sheet, body, typed)
    if ours is None or theirs is None:
        return ["整张工作表"]
    ours = {place: _declared(tables, seen) for place, seen in ours.items()}
    theirs = {place: _declared(tables, seen) for place, seen in theirs.items()}
    apart = [k for k in {**theirs, **ours} if not _alike(ours.get(k), theirs.get(k))]
    return [*apart, *_pointing(tables, at.sheet)]


def _declared(tables: MasterTables, seen: object) -> object:
    """What is seen of a cell, with the names of columns that the schema has in its formula."""
    match seen:
        case (str() as formula, *look) if formula.startswith("="):
            return (as_declared(tables.tables.values(), formula), *look)
    return seen


def _alike(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= _APART
    return one == other


def _pointing(tables: MasterTables, sheet: str) -> Iterator[str]:
    """What beside the sheet names cells of it by address: it would point at others."""
    own = set(own_parts(tables.package, tables.sheet_part(SECTIONS.name)))
    for name in tables.package.names:
        if name in own or not name.startswith(("xl/worksheets/", "xl/charts/", "xl/pivotCache/")):
            continue
        for match in _FORMULA.finditer(tables.package.part(name)):
            text = unescape(match[1].decode())
            if f"{sheet}!" in text or f"{sheet}'!" in text:
                yield "其他工作表上引用它的公式或图表"
                return


def _picture(
    package: Package, sheet: str, body: Rect, typed: set[int]
) -> Mapping[str, object] | None:
    """All that people see of a sheet by where it is; None of one that can't be read.

    In `body`, the rows of the table, what stands in the columns `typed` is left out.
    """
    import openpyxl  # few masters are of a former version

    try:
        with io.BytesIO(only_sheet(package, sheet).to_bytes()) as file, catch_warnings():
            simplefilter("ignore")  # of what it does not know
            found = openpyxl.load_workbook(file, keep_links=False)[sheet]
            cells = dict(_cells(found, body, typed))
            return {**cells, **dict(_around(found, body.right)), **_names(package, sheet)}
    except _NOT_READ:
        return None


def _cells(sheet: Any, body: Rect, typed: set[int]) -> Iterator[tuple[str, object]]:
    for row in sheet.iter_rows():
        for cell in row:
            value: object = cell.value
            if body.holds(cell.row, cell.column) and cell.column in typed:
                value = ""
            value = getattr(value, "text", value)
            paper = _colour(cell.fill.fgColor) if cell.fill.fill_type else None
            ink = (bool(cell.font.b), _colour(cell.font.color)) if value is not None else None
            if value is not None or paper or cell.comment:
                note = cell.comment.text if cell.comment else None
                yield cell.coordinate, (value, paper, ink, note)


def _colour(colour: Any) -> str | None:
    if colour is None:
        return None
    value = colour.value
    return value[-6:] if colour.type == "rgb" and value else f"{colour.type} {value}"


def _around(sheet: Any, last: int) -> Iterator[tuple[str, object]]:
    yield "合并单元格", {str(area) for area in sheet.merged_cells.ranges}
    yield (
        "条件格式",
        {
            (str(area.sqref), *(rule.formula or ()))
            for area in sheet.conditional_formatting
            for rule in area.rules
        },
    )
    listed = sheet.data_validations.dataValidation
    yield "下拉", {(str(v.sqref), v.type, v.formula1) for v in listed if v.type}
    charts = sorted(sheet._charts, key=_drawn)
    yield "图表", [_drawn(chart) for chart in charts]
    for number, chart in enumerate(charts, 1):
        if end := getattr(chart.anchor, "to", None):
            yield f"第{number}个图表的高", float(end.row)
            yield f"第{number}个图表的宽", float(end.col)
    yield "图片", len(sheet._images)
    yield "隐藏的行", {n for n, row in sheet.row_dimensions.items() if row.hidden}
    for column in sheet.column_dimensions.values():
        if column.customWidth or column.hidden:
            for col in range(column.min, min(column.max, last) + 1):
                width = 0.0 if column.hidden else float(column.width)
                yield f"{column_letters(col)}列的宽度", width


def _drawn(chart: Any) -> tuple[object, ...]:
    """A chart's kind, the cell that it begins in, and what it draws."""
    begin = getattr(chart.anchor, "_from", None)
    drawn = [getattr(series, "val", None) or getattr(series, "yVal", None) for series in chart.ser]
    ranges = sorted(str(d.numRef.f).replace("'", "") for d in drawn if d and d.numRef)
    return chart.tagname, (begin.row, begin.col) if begin else (), tuple(ranges)


def _names(package: Package, sheet: str) -> dict[str, object]:
    names = {name for name, _, _ in names_on(WorkbookPart(package), sheet)}
    return {f"名称{name}": True for name in sorted(names)}
