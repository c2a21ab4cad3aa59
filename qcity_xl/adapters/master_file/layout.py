"""What the tables of a master file consist of beside their rows (see `core.master.upgrade`)."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from qcity_xl.adapters.master_file.column_formulas import cell_formulas, formula_of
from qcity_xl.adapters.master_file.figures import figure_place
from qcity_xl.adapters.master_file.paper import read_paper
from qcity_xl.adapters.master_file.reading import MasterTables, TableAt
from qcity_xl.adapters.ooxml.markup import Element, Xml, unescaped
from qcity_xl.adapters.ooxml.refs import Rect, column_letters, column_number
from qcity_xl.adapters.ooxml.rules import FORMATS as FORMAT_RULES
from qcity_xl.adapters.ooxml.rules import VALIDATIONS, SheetRule, find_rules
from qcity_xl.adapters.ooxml.sheet import Sheet
from qcity_xl.adapters.ooxml.table_columns import is_folded
from qcity_xl.adapters.ooxml.tables import TablePart as TablePart
from qcity_xl.core.changes import (
    CARD,
    CHOICES,
    FOLDED,
    FORMATS,
    FORMULA,
    GUIDE,
    HEADER,
    KEY,
    PAPER,
    SHEET,
)
from qcity_xl.core.master.model import Layout
from qcity_xl.core.schema import GUIDE_SHEET, SECTIONS, SETTINGS
from qcity_xl.core.schema.cards import ON_BOARD

_REF = re.compile(r"\$([A-Z]{1,3})(\d+)(?![\d(])")
_TABLE_REF = re.compile(r"\b([A-Za-z_]\w*)(\[(?:[^\[\]]|\[[^\[\]]*\])*\])")
_Names = dict[str, tuple[str, dict[str, str]]]  # what each table, and each of its headers, becomes


def read_layout(tables: MasterTables) -> Layout:
    """Each part of each table that is there, by table, part and field."""
    found: dict[tuple[str, str, str], str] = {}
    names = _declared_names(tables.tables.values())
    for name, table in tables.tables.items():
        found[name, SHEET, KEY] = table.sheet
        for field in table.columns:
            found[name, HEADER, field] = table.schema.column(field).header
        xml = tables.package.xml(tables.sheet_part(name))
        for field, rule in choice_rules(table, xml):
            found[name, CHOICES, field] = choices_of(xml, rule)
        for field, test, _ in format_rules(table, xml):
            known = found.get((name, FORMATS, field))
            found[name, FORMATS, field] = f"{known}\n{test}" if known else test
        aside = [c for c in table.schema.columns if c.private and c.field in table.columns]
        if folded := [c.header for c in aside if is_folded(xml, table.columns[c.field])]:
            found[name, FOLDED, KEY] = "、".join(folded)
        if table.schema is not SECTIONS and (told := read_paper(tables, xml, table)):
            found[name, PAPER, KEY] = told
        for field, formula in _formulas(tables, table):
            found[name, FORMULA, field] = _renamed(formula, names)
    guide = tables.workbook.sheet_part(GUIDE_SHEET)
    if guide and SETTINGS.name in tables.tables:
        found[SETTINGS.name, GUIDE, KEY] = read_paper(tables, tables.package.xml(guide))
    for card, formula in _card_formulas(tables):
        found[SECTIONS.name, CARD + card, KEY] = _renamed(formula, names)
    return found


def _card_formulas(tables: MasterTables) -> Iterator[tuple[str, str]]:
    """The formula of each figure that has its cell; what was typed there instead of one."""

    @cache
    def sheet_of(name: str) -> Sheet | None:
        part = tables.workbook.sheet_part(name)
        return Sheet(name, tables.package.xml(part)) if part else None

    for figure in ON_BOARD:
        name, row, col = figure_place(tables.workbook.area_of, figure) or ("", 0, 0)
        if sheet := sheet_of(name):
            cell = sheet.cell(row, col)
            yield figure, formula_of(cell.formula) if cell and cell.formula else ""


def choice_rules(table: TableAt, xml: Xml) -> Iterator[tuple[str, SheetRule]]:
    """The dropdown of each column whose choices are declared."""
    rules = [r for r in find_rules(xml, VALIDATIONS) if b'type="list"' in xml.tag(r.element)]
    for column in table.schema.columns:
        if column.choices and column.field in table.columns:
            col, first = table.columns[column.field], table.info.first_row + 1
            rule = next((r for r in rules if any(b.holds(first, col) for b in r.rects)), None)
            if rule:
                yield column.field, rule


def choices_of(xml: Xml, rule: SheetRule) -> str:
    """The choices of a dropdown, divided by commas; a formula with its =."""
    found = xml.child(rule.element, b"formula1")
    text = formula_text(xml, found) if found else ""
    literal = len(text) > 1 and text[0] == text[-1] == '"'
    return text[1:-1].replace('""', '"') if literal else f"={text}"


def format_rules(table: TableAt, xml: Xml) -> Iterator[tuple[str, str, tuple[SheetRule, Element]]]:
    """Field, test and element of each conditional format on a column of the table.

    In a test, cells of the row stand as the headers of the schema: LEFT([佐证状态],1)="缺".
    """
    first = table.info.first_row + 1
    for rule in find_rules(xml, FORMAT_RULES):
        fields = [f for f, c in table.columns.items() if any(b.holds(first, c) for b in rule.rects)]
        for element in xml.children(rule.element.inner, rule.element.end) if fields else ():
            formula = xml.child(element, b"formula")
            if element.name == b"cfRule" and formula:
                test = _named(table, rule.rects, formula_text(xml, formula))
                yield from ((field, test, (rule, element)) for field in fields)


def formula_text(xml: Xml, element: Element) -> str:
    """The text of a formula element."""
    return unescaped(xml.body[element.inner : xml.close(element)])


def _named(table: TableAt, rects: list[Rect], formula: str) -> str:
    headers = {c: table.schema.column(f).header for f, c in table.columns.items()}
    row = str(min(rect.top for rect in rects))

    def name(match: re.Match[str]) -> str:
        header = headers.get(column_number(match[1])) if match[2] == row else None
        return f"[{header}]" if header else match[0]

    return _REF.sub(name, formula)


def placed_test(table: TableAt, test: str) -> str:
    """A test as a formula on the first row of this table."""
    for field, col in table.columns.items():
        cell = f"${column_letters(col)}{table.info.first_row + 1}"
        test = test.replace(f"[{table.schema.column(field).header}]", cell)
    return test


def _formulas(tables: MasterTables, table: TableAt) -> Iterator[tuple[str, str]]:
    found = TablePart(table.sheet, tables.package.xml(table.info.part)).formulas()
    sheet: Sheet | None = None
    for column in table.schema.columns:
        col = table.columns.get(column.field)
        if col is None or not column.formula:
            continue
        if col in found:
            yield column.field, unescaped(found[col][0])
            continue
        # LibreOffice keeps no formula for the column, and its cells all the same.
        sheet = sheet or Sheet(
            table.sheet, tables.package.xml(tables.sheet_part(table.schema.name))
        )
        if cells := cell_formulas(sheet, table.column_block(column.field)):
            yield column.field, next(iter(cells.values()))


def as_declared(tables: Iterable[TableAt], formula: str) -> str:
    """A formula with the names of tables and headers that the schema has."""
    return _renamed(formula, _declared_names(tables))


def _declared_names(tables: Iterable[TableAt]) -> _Names:
    return {t.name: (t.schema.name, {t.texts[c]: f for f, c in _headers(t)}) for t in tables}


def as_there(tables: Iterable[TableAt], formula: str) -> str:
    """A formula of the schema with the names of tables and headers that the workbook has."""
    return _renamed(
        formula,
        {t.schema.name: (t.name, {f: t.texts[c] for f, c in _headers(t)}) for t in tables},
    )


def _headers(table: TableAt) -> Iterator[tuple[str, int]]:
    return ((table.schema.column(f).header, c) for f, c in table.columns.items())


def _renamed(formula: str, names: _Names) -> str:
    def renamed(match: re.Match[str]) -> str:
        if match[1] not in names:
            return match[0]
        name, headers = names[match[1]]
        inner = re.sub(r"\[([^\[\]]+)\]", lambda m: f"[{headers.get(m[1], m[1])}]", match[2])
        return f"{name}{inner}"

    return _TABLE_REF.sub(renamed, formula)
