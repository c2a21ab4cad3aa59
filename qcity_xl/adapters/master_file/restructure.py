"""A master file with sheets, columns and looks appended, or taken away again by an undo.

What is appended looks as in the shipped template, whose formats are taken over; nothing else of
the file changes.
"""

import html
from collections.abc import Callable, Iterable
from functools import partial

from qcity_xl.adapters.master_file.boards import board_for, speak_as_there
from qcity_xl.adapters.master_file.column_formulas import cell_formulas
from qcity_xl.adapters.master_file.figures import figure_place
from qcity_xl.adapters.master_file.layout import (
    as_declared,
    as_there,
    choice_rules,
    format_rules,
    placed_test,
)
from qcity_xl.adapters.master_file.paper import put_on_paper
from qcity_xl.adapters.master_file.reading import MasterTables, TableAt
from qcity_xl.adapters.master_file.template import emptied
from qcity_xl.adapters.ooxml.adopt import Adopter, with_prefix
from qcity_xl.adapters.ooxml.book import Book
from qcity_xl.adapters.ooxml.cells import RawCell, Where, value_xml
from qcity_xl.adapters.ooxml.errors import ColumnBlocked, ColumnInside, MissingPart, OutOfGrid
from qcity_xl.adapters.ooxml.markup import Xml, attributes, escape, with_attribute
from qcity_xl.adapters.ooxml.new_sheets import add_sheet, drop_sheet
from qcity_xl.adapters.ooxml.package import Package
from qcity_xl.adapters.ooxml.print_area import print_columns
from qcity_xl.adapters.ooxml.refs import MAX_COL, Rect
from qcity_xl.adapters.ooxml.rules import FORMATS as FORMAT_RULES
from qcity_xl.adapters.ooxml.rules import (
    VALIDATIONS,
    SheetRule,
    added_format,
    added_validation,
    edited_rules,
    find_rules,
    placed,
    without_column,
)
from qcity_xl.adapters.ooxml.sheet import Sheet
from qcity_xl.adapters.ooxml.swapped_sheet import swap_sheet
from qcity_xl.adapters.ooxml.table_columns import (
    col_tag,
    folded,
    narrowed,
    recalculated,
    widened,
    with_col,
)
from qcity_xl.adapters.ooxml.workbook import drop_calc_chain
from qcity_xl.core.changes import (
    BOARD,
    CARD,
    CHOICES,
    FOLDED,
    FORMATS,
    FORMULA,
    GUIDE,
    HEADER,
    PAPER,
    SHEET,
    Change,
)
from qcity_xl.core.schema import BY_NAME, SECTIONS

_ORDER = (SHEET, BOARD, HEADER, CHOICES, FORMULA, FORMATS, FOLDED, PAPER, GUIDE)
_MOST_WORDS = 255  # in the note of a dropdown


def restructured(tables: MasterTables, changes: Iterable[Change], model: MasterTables) -> bytes:
    """The file after these changes of its layout; `model` is the shipped template.

    Raises an OoxmlError where the file has no room for them.
    """
    listed = list(changes)
    draft = _Draft(tables, model)
    for change in sorted((c for c in listed if c.new is None), key=_latest_first):
        draft.remove(change)
    for change in sorted((c for c in listed if c.new is not None), key=_place):
        draft.make(change)
    draft.finish(c for c in listed if (c.row, c.old) == (HEADER, None))
    return draft.to_bytes()


def _place(change: Change) -> int:
    return _ORDER.index(change.row) if change.row in _ORDER else len(_ORDER)


def _latest_first(change: Change) -> tuple[int, int]:
    table = BY_NAME[change.table]
    return -_place(change), -table.fields.index(change.field)


class _Draft:
    """The package as it becomes; each change reads the parts anew."""

    def __init__(self, tables: MasterTables, model: MasterTables) -> None:
        self._model, self._before = model, tables
        self._package: Package = tables.package.copy()
        self._tables = tables.over(self._package)
        self._adopter = _adopter(self._package, tables, model)

    def to_bytes(self) -> bytes:
        self._adopter.save()
        drop_calc_chain(self._package, self._tables.workbook)
        return self._package.to_bytes()

    def make(self, change: Change) -> None:
        if change.row == SHEET:
            add_sheet(self._package, emptied(self._model, change.table), self._adopter)
            self._tables = self._tables.over(self._package)
        elif change.row == BOARD:
            self._swap_board(str(change.new))
        elif change.row == HEADER:
            self._add_column(change.table, change.field)
        elif change.row == CHOICES:
            self._choose(change)
        elif change.row == FORMULA:
            self._calculate(change)
        elif change.row == FOLDED:
            self._fold(change.table, str(change.new), fold=True)
        elif change.row in (PAPER, GUIDE):
            put_on_paper(self._tables, self._adopter, change)
        elif change.row.startswith(CARD):
            self._reckon(change)
        else:
            self._format(change)

    def remove(self, change: Change) -> None:
        if change.row == SHEET:
            drop_sheet(self._package, self._tables.tables[change.table].sheet)
        elif change.row == HEADER:
            self._drop_column(change.table, change.field)
        elif change.row == FOLDED:
            self._fold(change.table, str(change.old), fold=False)
        elif change.row == CHOICES:
            table = self._tables.tables[change.table]
            self._edit(
                table,
                lambda xml: without_column(xml, VALIDATIONS, table.column_block(change.field)),
            )
        else:
            self._format(change)

    def finish(self, added: Iterable[Change]) -> None:
        """Give new columns their dropdowns and formats, once all that these name are there."""
        for change in added:
            self._take_rules(change.table, change.field)

    def _swap_board(self, version: str) -> None:
        self._adopter.save()
        model = self._model.over(board_for(self._before, version))
        adopter = _adopter(self._package, self._tables, model)
        swap_sheet(self._package, SECTIONS.sheet, model.package, adopter)
        adopter.save()
        self._adopter = _adopter(self._package, self._tables, self._model)
        self._tables = self._tables.over(self._package)
        speak_as_there(self._tables)

    # -- columns

    def _add_column(self, name: str, field: str) -> None:
        table, model = self._tables.tables[name], self._model.tables[name]
        info, col = table.info, table.info.last_col + 1
        column = table.schema.column(field)
        bottom = info.last_row + info.totals_row
        sheet = Sheet(info.sheet, self._package.xml(self._tables.sheet_part(name)))
        block = Rect(max(info.first_row, 1), col, bottom, col)
        self._check_free(sheet, block, column.header)
        formula = escape(as_there(self._tables.tables.values(), column.formula))
        there = model.columns[field]
        look = Sheet(model.sheet, self._model.package.xml(self._model.sheet_part(name)))

        def style(row: int) -> int:
            return self._adopter.format(look.style_at(row, there))

        self._voice(sheet, look, (info.first_row - 1, col), (model.info.first_row - 1, there))
        head = sheet.touch(info.first_row, col)
        head.style = style(model.info.first_row)
        _write(sheet, head, column.header, Where(info.sheet, info.first_row, col))
        body = style(model.info.first_row + 1)
        for row in range(info.first_row + 1, info.last_row + 1):
            sheet.touch(row, col).style = body
            if formula:
                _reckoned(sheet, row, col, formula)
        part = sheet.xml.part
        self._package.replace(part, sheet.rewritten())
        wide = col_tag(look.xml, there)
        self._package.replace(part, with_col(self._package.xml(part), col, wide))
        xml = self._package.xml(info.part)
        self._package.replace(info.part, widened(xml, column.header, formula))
        if column.private:
            print_columns(self._package, info.sheet, col - 1)
        self._tables = self._tables.over(self._package)

    def _check_free(self, sheet: Sheet, block: Rect, header: str) -> None:
        if block.right > MAX_COL:
            raise OutOfGrid(sheet.name, block.top, block.left)
        others = (other for other in self._tables.found if other.sheet == sheet.name)
        taken = next((r for r in (*sheet.merged, *sheet.arrays) if r.meets(block)), None)
        taken = taken or next(
            (b for o in others if (b := o.block(o.first_row, o.last_row)).meets(block)), None
        )
        if what := sheet.first_filled(block) or taken:
            raise ColumnBlocked(sheet.name, what, header)

    def _voice(
        self, sheet: Sheet, look: Sheet, at: tuple[int, int], there: tuple[int, int]
    ) -> None:
        """The words above the header say who fills a run of columns; only a new run needs them."""
        (row, col), (model_row, model_col) = at, there
        if row < 1 or model_row < 1 or sheet.cell(row, col) or not look.cell(model_row, model_col):
            return
        cell = sheet.touch(row, col)
        cell.style = self._adopter.format(look.style_at(model_row, model_col))
        word = _word(self._model, look, model_row, model_col)
        if word and word != _word(self._tables, sheet, row, col - 1):
            _write(sheet, cell, word, Where(sheet.name, row, col))

    def _drop_column(self, name: str, field: str) -> None:
        table = self._tables.tables[name]
        info, col = table.info, table.columns[field]
        if col != info.last_col:
            raise ColumnInside(info.sheet, table.texts[col])
        sheet = Sheet(info.sheet, self._package.xml(self._tables.sheet_part(name)))
        for row in range(max(info.first_row - 1, 1), info.last_row + info.totals_row + 1):
            if sheet.cell(row, col):
                sheet.remove(row, col)
        part, block = sheet.xml.part, Rect(info.first_row + 1, col, info.last_row, col)
        self._package.replace(part, sheet.rewritten())
        for kind in (VALIDATIONS, FORMAT_RULES):
            self._package.replace(part, without_column(self._package.xml(part), kind, block))
        self._package.replace(info.part, narrowed(self._package.xml(info.part)))
        self._tables = self._tables.over(self._package)

    def _fold(self, name: str, headers: str, *, fold: bool) -> None:
        """Fold the columns with these headers away, or unfold them."""
        table = self._tables.tables[name]
        places = [table.columns.get(table.schema.by_header[h]) for h in headers.split("、")]
        part = self._tables.sheet_part(name)
        for col in filter(None, places):
            self._package.replace(part, folded(self._package.xml(part), col, fold=fold))

    # -- dropdowns, formats, formulas

    def _take_rules(self, name: str, field: str) -> None:
        """Dropdown and conditional formats of a new column."""
        table, model = self._tables.tables[name], self._model.tables[name]
        block, whole = table.column_block(field), model.column_block(field)
        look = self._model.package.xml(self._model.sheet_part(name))
        for rule in find_rules(look, VALIDATIONS):
            if whole in rule.rects:
                raw = look.body[rule.element.start : rule.element.end]
                self._edit(table, partial(_with, added_validation, raw, block))
        tests = [test for f, test, _ in format_rules(model, look) if f == field]
        self._add_formats(table, field, tests)

    def _choose(self, change: Change) -> None:
        table = self._tables.tables[change.table]
        xml = self._package.xml(self._tables.sheet_part(change.table))
        rule = dict(choice_rules(table, xml)).get(change.field)
        if rule is None:
            if change.old is None:
                self._take_rules(change.table, change.field)
            return
        old, new = (_words(value) for value in (change.old, change.new))

        def edit(other: SheetRule) -> bytes | None:
            if other.element != rule.element:
                return None
            raw = xml.body[rule.element.start : rule.element.end]
            found = xml.child(rule.element, b"formula1")
            start, end = (found.inner, xml.close(found)) if found else (0, 0)
            literal = '"' + str(change.new).replace('"', '""') + '"'
            head = xml.body[rule.element.start : start]
            for mark in (b"error", b"prompt"):
                words = attributes(xml.tag(rule.element)).get(mark, b"")
                said = words.replace(old, new)
                if words != said and len(html.unescape(said.decode())) <= _MOST_WORDS:
                    tag = raw[: raw.index(b">") + 1]
                    now = head[: len(tag)] if head.startswith(tag) else head[: head.index(b">") + 1]
                    head = with_attribute(now, mark, said) + head[len(now) :]
            return head + escape(literal) + xml.body[end : rule.element.end]

        self._package.replace(xml.part, edited_rules(xml, VALIDATIONS, edit))

    def _format(self, change: Change) -> None:
        """Bring the conditional formats of a column to those of the change."""
        table = self._tables.tables[change.table]
        old, new = (str(v).split("\n") if v else [] for v in (change.old, change.new))
        gone = set(old) - set(new)
        for test in gone:
            self._drop_format(table, change.field, test)
        self._add_formats(table, change.field, [test for test in new if test not in old])

    def _add_formats(self, table: TableAt, field: str, tests: list[str]) -> None:
        name = table.schema.name
        model = self._model.tables[name]
        look = self._model.package.xml(self._model.sheet_part(name))
        block = table.column_block(field)
        for other, test, (_, element) in format_rules(model, look):
            if other != field or test not in tests:
                continue
            number = look.integer(attributes(look.tag(element)), b"dxfId")
            tag = with_attribute(
                look.tag(element), b"dxfId", b"%d" % self._adopter.differential(number)
            )
            formula = escape(placed_test(table, test))
            rule = b"%s<formula>%s</formula></cfRule>" % (tag, formula)
            raw = b'<conditionalFormatting sqref="">%s</conditionalFormatting>' % rule
            self._edit(table, partial(_with, added_format, raw, block))

    def _drop_format(self, table: TableAt, field: str, test: str) -> None:
        def edit(xml: Xml) -> bytes:
            found = [e for f, t, e in format_rules(table, xml) if (f, t) == (field, test)]
            rules = {rule.element: element for rule, element in found}

            def without(rule: SheetRule) -> bytes | None:
                if rule.element not in rules:
                    return None
                gone = rules[rule.element]
                left = sum(1 for _ in xml.children(rule.element.inner, rule.element.end)) - 1
                before = xml.body[rule.element.start : gone.start]
                return before + xml.body[gone.end : rule.element.end] if left else b""

            return edited_rules(xml, FORMAT_RULES, without)

        self._edit(table, edit)

    def _calculate(self, change: Change) -> None:
        table = self._tables.tables[change.table]
        info, col, every = table.info, table.columns[change.field], self._tables.tables.values()
        formula = escape(as_there(every, str(change.new)))
        xml = self._package.xml(info.part)
        self._package.replace(info.part, recalculated(xml, col - info.first_col, formula))
        sheet = Sheet(info.sheet, self._package.xml(self._tables.sheet_part(change.table)))
        for row, text in cell_formulas(sheet, table.column_block(change.field)).items():
            if as_declared(every, text) == change.old:
                _reckoned(sheet, row, col, formula)
        self._package.replace(sheet.xml.part, sheet.rewritten())

    def _reckon(self, change: Change) -> None:
        """Give a figure of 看板 its formula."""
        workbook = self._tables.workbook
        figure = change.row.removeprefix(CARD)
        name, row, col = figure_place(workbook.area_of, figure) or ("", 0, 0)
        sheet = Sheet(name, self._package.xml(workbook.sheet_part(name) or ""))
        formula = escape(as_there(self._tables.tables.values(), str(change.new)))
        _reckoned(sheet, row, col, formula)
        self._package.replace(sheet.xml.part, sheet.rewritten())

    def _edit(self, table: TableAt, edit: Callable[[Xml], bytes]) -> None:
        part = self._tables.sheet_part(table.schema.name)
        self._package.replace(part, edit(self._package.xml(part)))


def _with(add: Callable[[Xml, bytes], bytes], raw: bytes, block: Rect, xml: Xml) -> bytes:
    """The sheet with an element of the template on a block of its own."""
    return add(xml, placed(with_prefix(raw, xml.prefix), [block]))


def _words(value: object) -> bytes:
    """Choices as the notes of a dropdown list them."""
    return escape("、".join(str(value or "").split(",")))


def _reckoned(sheet: Sheet, row: int, col: int, formula: bytes) -> None:
    prefix = sheet.xml.prefix
    sheet.touch(row, col).formula = b"<%sf>%s</%sf>" % (prefix, formula, prefix)


def _write(sheet: Sheet, cell: RawCell, text: str, where: Where) -> None:
    cell.put(*value_xml(sheet.xml.prefix, text, False, where))


def _adopter(package: Package, tables: MasterTables, model: MasterTables) -> Adopter:
    return Adopter(package, _styles(tables), model.package.xml(_styles(model)))


def _styles(tables: MasterTables) -> str:
    part = tables.workbook.part_of("styles")
    if part is None:
        raise MissingPart("xl/styles.xml")
    return part


def _word(tables: MasterTables, sheet: Sheet, row: int, col: int) -> str:
    """The text of the cell, or of the next one to its left that has one."""
    book = Book(tables.package)
    for left in range(col, 0, -1):
        if value := book.cell_value(sheet.name, row, left):
            return str(value)
    return ""
