"""A workbook that is edited in place: saving changes the edited cells and nothing else."""

import copy
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Self

from qcity_xl.adapters.ooxml.cells import Scalar, Where, cached_xml, read_value, value_xml
from qcity_xl.adapters.ooxml.choices import Prompts, formula_xml, list_xml, rule_xml
from qcity_xl.adapters.ooxml.errors import (
    DamagedPart,
    HasTotalsRow,
    NoFormula,
    OutOfGrid,
    UnknownSheet,
    UnknownTable,
)
from qcity_xl.adapters.ooxml.files import replace_file
from qcity_xl.adapters.ooxml.growth import empty_rows, fill_rows
from qcity_xl.adapters.ooxml.guards import check_cell, check_free, check_headers
from qcity_xl.adapters.ooxml.limits import DEFAULT_LIMITS, PackageLimits
from qcity_xl.adapters.ooxml.line_moves import move_cells
from qcity_xl.adapters.ooxml.lines import LineForm, filled_cells, text_rows
from qcity_xl.adapters.ooxml.markup import Xml
from qcity_xl.adapters.ooxml.moved_rules import Lines
from qcity_xl.adapters.ooxml.package import Package
from qcity_xl.adapters.ooxml.references import follow
from qcity_xl.adapters.ooxml.refs import MAX_COL, MAX_ROW
from qcity_xl.adapters.ooxml.sheet import Sheet
from qcity_xl.adapters.ooxml.styles import Styles
from qcity_xl.adapters.ooxml.tables import TableInfo, TablePart, moves_of
from qcity_xl.adapters.ooxml.workbook import (
    SheetState,
    WorkbookPart,
    add_styles,
    drop_calc_chain,
    relationships,
    replace_words,
    shared_strings,
)

_LIST = Prompts("输入有误", "请从下拉列表中选择。")
_FORMULA = Prompts("输入有误", "请输入允许范围内的内容。")


class Book:
    """The workbook as it will be saved. Edits are gathered and written by `to_bytes`.

    Rows and columns count from 1. Every method that names a cell raises UnknownSheet,
    NotAWorksheet, OutOfGrid; DamagedPart where the file can't be trusted.
    """

    def __init__(self, package: Package) -> None:
        """Use `Book.read` or `Book.open`."""
        self._model: Book | None = None  # what this is a fresh one of
        self._package = package
        self._workbook = WorkbookPart(package)
        self._sheets: dict[str, Sheet] = {}
        self._filled: dict[str, bytes] = {}  # parts of sheets that were blank, not read yet
        self._styles: Styles | None = None
        self._strings: list[str] | None = None
        self._values_changed = self._formulas_changed = False
        self.recalculate_on_load = True  # off for a caller who writes every cached result
        self._tables = {t.info.name: t for t in self._workbook.tables(package)}
        self._forms: dict[str, LineForm] = {}  # for fresh ones

    def fresh(self) -> Self:
        """The workbook as read, to be edited apart: to make many files of one, it is read once."""
        other = copy.copy(self)
        other._model = self
        other._package, other._workbook = self._package.copy(), self._workbook.fresh()
        other._sheets, other._filled, other._styles = {}, {}, None
        other._tables = {name: table.fresh() for name, table in self._tables.items()}
        other._values_changed = other._formulas_changed = False
        return other

    @classmethod
    def read(cls, data: bytes, limits: PackageLimits = DEFAULT_LIMITS) -> Self:
        """The workbook in these bytes. Raises an OoxmlError that says what is wrong."""
        return cls(Package.read(data, limits))

    @classmethod
    def open(cls, path: Path, limits: PackageLimits = DEFAULT_LIMITS) -> Self:
        """The workbook in a file. Raises OSError and what `read` raises."""
        with path.open("rb") as file:
            return cls.read(file.read(limits.file_bytes + 1), limits)

    # --- what there is ---------------------------------------------------------------------

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of all sheets, in the order of the tabs."""
        return tuple(entry.name for entry in self._workbook.sheets)

    @property
    def tables(self) -> Mapping[str, TableInfo]:
        """The tables by name, with the rows appended so far."""
        return MappingProxyType({name: table.info for name, table in self._tables.items()})

    @property
    def signed(self) -> bool:
        """Whether the file is digitally signed; any change makes the signature void."""
        kinds = (rel.kind for rel in relationships(self._package, "").values())
        return "origin" in kinds

    def name_ref(self, defined_name: str) -> tuple[str, int, int] | None:
        """Sheet, row and column of a name that stands for one cell, else None."""
        return self._workbook.cell_of(defined_name)

    def cell_value(self, sheet: str, row: int, col: int) -> str | int | float | bool | None:
        """What the cell holds now, edits included; dates are day numbers, errors are text."""
        cell = (found := self._sheet(sheet, row, col)).cell(row, col)
        return read_value(found.xml, cell, self._shared_string) if cell else None

    def cell_formula(self, sheet: str, row: int, col: int) -> str | None:
        """The formula of the cell as the file has it, "" if it shares another's; None if none."""
        found = self._sheet(sheet, row, col)
        cell = found.cell(row, col)
        if cell is None or not cell.formula:
            return None
        return found.xml.tree(cell.formula)[0].text or ""

    # --- cells -----------------------------------------------------------------------------

    def set(
        self, sheet: str, row: int, col: int, value: Scalar, *, over_formula: bool = False
    ) -> None:
        """Give the cell a value; it keeps its style. None empties it.

        A date gets a date format if the cell has none. Raises HoldsFormula unless `over_formula`;
        SharedFormula, ArrayFormula, InMergedCell, InTableHeader; what no cell holds (`value_xml`).
        """
        found = self._sheet(sheet, row, col)
        where = Where(sheet, row, col)
        old = found.cell(row, col)
        check_cell(found, where, old, over_formula)
        check_headers(self._tables.values(), where, value)
        kind, content = value_xml(found.xml.prefix, value, self._workbook.date1904, where)
        if old is None and value is None:
            return
        style = self._style_for(value, old.style if old else found.style_at(row, col))
        cell = found.touch(row, col)
        self._formulas_changed |= bool(cell.formula)
        cell.drop_formula()
        cell.put(kind, content)
        cell.style = style
        self._values_changed = True

    def fill_blank(self, sheet: str, lines: Sequence[Sequence[str]]) -> None:
        """Write texts from A1 on, blank ones left out: thousands at once where nothing stands."""
        found = self._sheet(sheet)
        if found.changed or found.rows.numbers:
            for row, col, text in filled_cells(lines):
                self.set(sheet, row, col, text)
        elif made := text_rows(found.xml.prefix, sheet, lines):
            self._filled[sheet] = found.filled(*made)
            self._values_changed = True

    def set_cached(self, sheet: str, row: int, col: int, value: Scalar) -> None:
        """Give a formula its result, as Excel would store it. Raises NoFormula."""
        found = self._sheet(sheet, row, col)
        cell = found.cell(row, col)
        where = Where(sheet, row, col)
        if cell is None or not cell.formula:
            raise NoFormula(*where)
        new = cached_xml(found.xml.prefix, value, self._workbook.date1904, where)
        found.touch(row, col).put(*new)

    def flag(self, sheet: str, row: int, col: int, rgb: str) -> None:
        """Fill the cell's background; `rgb` is "RRGGBB" or "AARRGGBB"."""
        found = self._sheet(sheet, row, col)
        style = self._style_sheet.flagged(found.style_at(row, col), rgb)
        found.touch(row, col).style = style

    def look_like(self, sheet: str, row: int, col: int, other: int) -> None:
        """Give the cell the look of another one of its row, which may be locked."""
        found = self._sheet(sheet, row, col)
        found.touch(row, col).style = found.style_at(row, other)

    # --- validations -----------------------------------------------------------------------

    def add_list_validation(
        self, sheet: str, row: int, col: int, choices: Sequence[str], prompts: Prompts = _LIST
    ) -> None:
        """Give the cell a dropdown in place of any validation it has.

        Raises BadChoices, PromptTooLong, ValidationsOverlap.
        """
        found = self._sheet(sheet, row, col)
        new = list_xml(found.xml.prefix, choices, prompts, Where(sheet, row, col))
        found.validations.add(row, col, new)

    def add_formula_validation(
        self, sheet: str, row: int, col: int, formula: str, prompts: Prompts = _FORMULA
    ) -> None:
        """Let the cell take only what makes this formula (without the =) true.

        Raises PromptTooLong, ValidationsOverlap.
        """
        found = self._sheet(sheet, row, col)
        new = formula_xml(found.xml.prefix, formula, prompts, Where(sheet, row, col))
        found.validations.add(row, col, new)

    def put_validation(
        self, sheet: str, row: int, col: int, attributes: Mapping[str, str], formula: str | None
    ) -> None:
        """Give the cell a validation with attributes and first formula as a file has them.

        Raises ValidationsOverlap.
        """
        found = self._sheet(sheet, row, col)
        found.validations.add(row, col, rule_xml(found.xml.prefix, attributes, formula))

    # --- sheets and tables -----------------------------------------------------------------

    def set_sheet_state(self, sheet: str, state: SheetState) -> None:
        """Show or hide a sheet. Raises LastVisibleSheet."""
        if sheet not in self.sheets:
            raise UnknownSheet(sheet, "、".join(self.sheets))
        self._workbook.set_state(self.sheets.index(sheet), state)

    def fit_row(self, sheet: str, row: int, points: float) -> None:
        """Set the height of a row that was edited; one that a person has set stays."""
        self._sheet(sheet).fit_height(row, points)

    def fold(self, sheet: str, rows: range) -> None:
        """Fold rows away under the first of them, in a sheet that gets others too."""
        self._sheet(sheet).folds.append(rows)

    def append_rows(self, table: str, count: int, *, filled: bool = False) -> int:
        """Let the table grow downwards, if `filled` over cells that hold something; the first row.

        New cells have the style of the last row and the formulas of calculated columns; what
        ended with the table (validations, conditional formats, print area, ranges in formulas,
        names and charts) ends with it again.
        Raises UnknownTable, HasTotalsRow, TableBlocked.
        """
        info = self._table(table).info
        last = info.last_row + count
        if last > MAX_ROW:
            raise OutOfGrid(info.sheet, last, info.first_col)
        if count > 0:
            found, sheet = self._table(table), self._sheet(info.sheet)
            check_free(sheet, info, last, self.tables.values(), filled=filled)
            self._formulas_changed |= fill_rows(found, sheet, last)
            self._resize(found, sheet, last)
        return info.last_row + 1

    def append_filled(self, table: str, rows: Sequence[Mapping[int, Scalar]]) -> int:
        """`append_rows` and `set` in one, for many rows of values by column; the first new row."""
        return self._append(self._form(table), self._table(table), rows)

    def fill_table(self, table: str, rows: Sequence[Mapping[int, Scalar]]) -> int:
        """Values by column into a table of one row, more rows below it; the first row."""
        info, form = self._table(table).info, self._form(table)
        if rows and rows[0] and form.first_is_blank:
            form.fill(rows[0])
            self._values_changed = True
        elif rows:
            for col, value in rows[0].items():
                self.set(info.sheet, info.last_row, col, value)
            form = self._form(table)
        self._append(form, self._table(table), rows[1:])
        return info.last_row

    def drop_last_rows(self, table: str, count: int) -> None:
        """Let the table lose its last rows, cells and all; one data row always stays, emptied.

        Raises UnknownTable, HasTotalsRow, SharedFormula, ArrayFormula.
        """
        found = self._table(table)
        info, sheet = found.info, self._sheet(found.info.sheet)
        if count > 0:
            keep = max(info.last_row - count, info.first_row)
            self._formulas_changed |= empty_rows(found, sheet, keep)
            self._resize(found, sheet, max(keep, info.first_row + 1))

    def move_lines(self, table: str, lines: Lines) -> None:
        """Let lines change places, one to one, where nothing keeps them (see `why_fixed`)."""
        found, self._formulas_changed = self._table(table), True
        move_cells(self._sheet(found.info.sheet), table, found.line_move(lines))

    # --- saving ----------------------------------------------------------------------------

    def to_bytes(self, level: int = 6, words: tuple[str, str] = ("", "")) -> bytes:
        """The file: the very bytes that were read if nothing was changed.

        `level` is that of zlib for changed parts, 1 (fast) to 9 (small). Of `words` the second
        comes in place of the first in all sheets, their headers and footers too.
        """
        package = self._package.copy()
        for name, part in self._filled.items():
            package.replace(self._workbook.worksheet_part(name), part)
        for name, sheet in self._sheets.items():
            if sheet.changed and name not in self._filled:
                package.replace(sheet.xml.part, sheet.rewritten())
        replace_words(package, self._workbook, *words)
        moves = moves_of(self._tables.values())
        for table in self._tables.values():
            if table.changed:
                package.replace(table.info.part, table.rewritten())
        if self._styles and self._styles.changed:
            package.replace(self._styles_part, self._styles.rewritten())
        recalculate = self._values_changed and self.recalculate_on_load
        if splices := self._workbook.splices(moves, recalculate):
            package.replace(self._workbook.part, self._workbook.xml.rewritten(splices))
        follow(package, self._workbook, moves, self._tables.values())
        if self._formulas_changed:
            drop_calc_chain(package, self._workbook)
        return package.to_bytes(level)

    def save(self, path: Path) -> None:
        """Write the file, whole or not at all (see `replace_file`)."""
        replace_file(path, self.to_bytes())

    # --- inside ----------------------------------------------------------------------------

    def _sheet(self, name: str, row: int = 1, col: int = 1) -> Sheet:
        if not (1 <= row <= MAX_ROW and 1 <= col <= MAX_COL):
            raise OutOfGrid(name, row, col)
        if name in self._filled:
            xml = self._package.xml(self._workbook.worksheet_part(name))
            self._sheets[name] = Sheet(name, Xml(xml.part, self._filled.pop(name)), made=True)
        if name not in self._sheets:
            model = self._model
            part = self._package.xml(self._workbook.worksheet_part(name))
            self._sheets[name] = model._sheet(name).fresh() if model else Sheet(name, part)
        return self._sheets[name]

    def _table(self, name: str) -> TablePart:
        """The table, if it can be resized."""
        if name not in self._tables:
            raise UnknownTable(name)
        table = self._tables[name]
        if table.info.totals_row:
            raise HasTotalsRow(name, table.info.sheet)
        return table

    @property
    def _styles_part(self) -> str:
        part = self._workbook.part_of("styles")
        if part is None or part not in self._package:
            part = add_styles(self._package, self._workbook)
        return part

    @property
    def _style_sheet(self) -> Styles:
        if self._styles is None and (model := self._model):
            self._styles = model._style_sheet.fresh()
        elif self._styles is None:
            self._styles = Styles(self._package.xml(self._styles_part))
        return self._styles

    def _style_for(self, value: Scalar, style: int) -> int:
        """That style, or one that shows a date as such, and a number not as a date."""
        if isinstance(value, str | bool | None):
            return style
        return self._style_sheet.showing(value, style)

    def _shared_string(self, index: int) -> str:
        if self._strings is None:
            self._strings = shared_strings(self._package, self._workbook)
        if not 0 <= index < len(self._strings):
            raise DamagedPart("xl/sharedStrings.xml", f"没有第 {index} 条文本")
        return self._strings[index]

    def _form(self, name: str) -> LineForm:
        """How new rows of a table look: for what is as read it is found once for all fresh ones."""
        table, model = self._table(name), self._model
        sheet = self._sheet(table.info.sheet)
        if model is None or table.move or sheet.is_edited(table.info.last_row):
            return LineForm(table, sheet, self._style_for, self._workbook.date1904)
        if name not in model._forms:
            model._forms[name] = model._form(name)
            model._forms[name].first_is_blank  # noqa: B018 - as above
        return model._forms[name].fresh(table, sheet, self._style_for)

    def _append(
        self, form: LineForm, table: TablePart, rows: Sequence[Mapping[int, Scalar]]
    ) -> int:
        info, sheet = table.info, self._sheet(table.info.sheet)
        first, last = info.last_row + 1, info.last_row + len(rows)
        if last > MAX_ROW or not form.fits(rows):
            self.append_rows(info.name, len(rows))
            for row, values in enumerate(rows, first):
                for col, value in values.items():
                    self.set(info.sheet, row, col, value)
        elif rows:
            check_free(sheet, info, last, self.tables.values())
            self._formulas_changed |= form.add(rows)
            self._resize(table, sheet, last)
        return first

    def _resize(self, table: TablePart, sheet: Sheet, last_row: int) -> None:
        table.resize(last_row)
        sheet.validations.moves.pop(table.info.name, None)
        if move := table.move:
            sheet.validations.moves[table.info.name] = move
        self._values_changed = True
