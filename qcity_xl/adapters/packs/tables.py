"""The tables of a pack on whatever sheet they stand: header by its words, rows by their ids."""

import dataclasses
import datetime as dt
import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from qcity_xl.adapters.ooxml.refs import cell_name
from qcity_xl.adapters.packs.kinds import NotAPack
from qcity_xl.adapters.packs.sheets import PackSheet, Raw, RawRow, said_in
from qcity_xl.core.changes import KEY
from qcity_xl.core.rounds.beside import Beside
from qcity_xl.core.rounds.pack import PackFinding, PackRow
from qcity_xl.core.rules.yearly import join_years
from qcity_xl.core.schema.base import Table
from qcity_xl.core.schema.headers import match_headers, may_name, names_table
from qcity_xl.core.schema.pack import year_of
from qcity_xl.core.shown import DIGITS, LINKED, LOST_DIGITS, NO_DATES, linked_place, shown_value
from qcity_xl.core.text import fold, shorten
from qcity_xl.core.values import Value, canonical, tidy

SAID = "by_year"  # of a row that was read: what its cells of the years say together
_HEADER_SEARCH = 40  # a header row further down than this was not sent by us
OUTSIDE, OWN_COLUMN = "在表格外面", "单位自己加的列"
_MOST_ROWS = 20_000  # with content: a pack has some hundred
_LONGEST = 32_767  # UTF-16 units in a cell, Excel's bound
_SHORT = 16_000  # no text of so many characters is too long
_FIRST_YEAR = 1900  # Excel has no dates before
_SYMBOLS = re.compile("[\ue000-\uf8ff]")
_TOTALS = {"合计", "小计", "总计", "共计", "汇总", "总数"}
# Why a cell was not read, what may stand there, how to mend it.
_DAYS_TO_1904 = 1462
_DATE_SHOWN = "成了日期 {0}"
_UNREAD: Mapping[str, tuple[str, str, str]] = {
    "merged": ("在合并单元格 {0} 里", "每行自己的内容", "请取消合并，逐格填写"),
    "uncalculated": (
        "公式“={0}”没有算出结果",
        "文字、数字或日期",
        "请直接填内容，或用 Excel 打开保存一次再寄",
    ),
}


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header of a table stands: sheet, line, columns by field (from 0), unknown headers.

    `named` are all columns that have a header; `years` the columns of years, 0 for one without.
    """

    table: Table
    sheet: PackSheet
    line: int
    columns: Mapping[str, int]
    added: tuple[str, ...]
    named: Collection[int]
    years: Mapping[int, int] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableReading:
    """What was read of one table; `notes` are for the office, `findings` for the unit as well.

    `beside` are the cells under and in the header that are no row's.
    """

    rows: tuple[PackRow, ...]
    findings: tuple[PackFinding, ...]
    notes: tuple[str, ...]
    beside: tuple[Beside, ...] = ()


def find_header(table: Table, sheet: PackSheet) -> Header | None:
    """The table's header on a sheet, if more than half of its columns are there.

    Columns are known as in a master; one with a word added, as 请填进展说明, by what it contains.
    """
    for number, cells in sheet.rows:
        if number > _HEADER_SEARCH:
            break
        if len(cells) * 2 <= len(table.columns):
            continue
        texts = {i: str(cell) for i, cell in enumerate(cells) if cell not in (None, "")}
        if not may_name(table, texts.values()):
            continue
        columns = match_headers(table, texts)
        if names_table(table, columns):
            _find_reworded(table, columns, texts)
            years = _years(table, columns, texts)
            taken = {*columns.values(), *years}
            added = tuple(text.strip() for i, text in texts.items() if i not in taken)
            return Header(table, sheet, number, columns, added, texts, years)
    return None


def _find_reworded(table: Table, columns: dict[str, int], texts: Mapping[int, str]) -> None:
    """Add columns whose header contains the wanted words, where just one does."""
    for column in table.columns:
        if column.field not in columns:
            taken, header = set(columns.values()), fold(column.header)
            near = [i for i, text in texts.items() if i not in taken and header in fold(text)]
            if len(near) == 1:
                columns[column.field] = near[0]


def _years(table: Table, columns: Mapping[str, int], texts: Mapping[int, str]) -> dict[int, int]:
    """The columns of 自评 for years, by place; a year that has two is nobody's."""
    if "answer" not in table.fields:
        return {}
    taken = set(columns.values())
    found = {
        i: year
        for i, text in texts.items()
        if i not in taken and (year := year_of(text)) is not None
    }
    said = list(found.values())
    return {i: year for i, year in found.items() if not year or said.count(year) == 1}


def read_table(
    table: Table,
    header: Header,
    editable: Collection[str],
    blanks_count: bool = True,
    sent: Collection[str] = (),
) -> TableReading:
    """The rows under a header. `editable` are the fields that the unit may write; of `sent` ones
    something was sent: an optional column that is none of them may never have been there.
    """
    reader = _Reader(table, header, editable, blanks_count, sent)
    rows = tuple(reader.rows())
    beside = tuple(reader.beside())
    return TableReading(rows, tuple(reader.findings), tuple(reader.notes(beside)), beside)


class _Reader:
    def __init__(
        self,
        table: Table,
        header: Header,
        editable: Collection[str],
        blanks_count: bool,
        sent: Collection[str],
    ) -> None:
        self.table, self.header, self.sheet = table, header, header.sheet
        self.editable, self.blanks_count, self.sent = editable, blanks_count, sent
        self.findings: list[PackFinding] = []
        self._formulas: list[str] = []
        self._symbols: list[str] = []
        self._totals: dict[int, str] = {}
        self._locked: list[str] = []
        self._unreadable: set[str] = set()  # cells that hold something
        self._linked: list[str] = []
        self._special = {at for at, _ in chain(self.sheet.odd, self.sheet.links)}  # lines
        for column in table.columns:
            if column.field in editable and column.field not in header.columns:
                self._missing(column.header)

    def rows(self) -> Iterator[PackRow]:
        below = (item for item in self.sheet.rows if item[0] > self.header.line)
        found = (row for line, cells in below if (row := self._row(line, cells)))
        for count, row in enumerate(found):
            if count == _MOST_ROWS:
                raise NotAPack(
                    f"「{self.sheet.name}」填了内容的超过 {_MOST_ROWS:,} 行，读不了；"
                    "请删去多余的行再寄"
                )
            yield row

    def notes(self, beside: Iterable[Beside]) -> Iterator[str]:
        name = self.sheet.name
        if name != self.table.sheet:
            yield f"工作表「{self.table.sheet}」改名为「{name}」，已认出"
        if KEY not in self.header.columns:
            yield f"「{name}」的隐藏列“行键”被删，已按内容认行"
        lost = [
            column.header
            for column in self.table.columns
            if column.field not in (KEY, *self.editable, *self.header.columns)
            and (not column.optional or column.field in self.sent)
        ]
        if lost:
            yield f"「{name}」少了“{'、'.join(lost)}”，按下发的内容算"
        if self.header.added:
            added = "、".join(text[:20] for text in self.header.added[:5])
            yield f"「{name}」多出的列“{added}”不并入总表，已随原件存档"
        for places, what in (
            (self._formulas, "填的是公式，按显示的结果读取"),
            (self._symbols, "有私用区字符（别的电脑上显示为方框），已去掉"),
            (list(self._totals.values()), "是合计行，不并入总表"),
            (self._locked, "读不出（合并、公式或超长），这些格由办公室填，按下发的内容算"),
            (self._linked, "显示的文字不是存放位置，按链接指向的位置读取"),
        ):
            if places:
                yield f"「{name}」{_listed(places)}{what}"
        outside = [item.cell for item in beside if item.why == OUTSIDE]
        if outside:
            yield f"「{name}」{_listed(outside)}在表格外面，不并入总表，已随原件存档"
        if self.sheet.clipped:
            first = self.sheet.clipped[0][0]
            yield f"「{name}」{first} 等格在填报范围之外，不并入总表，已随原件存档"

    def beside(self) -> Iterator[Beside]:
        """The cells that hold something and are no row's."""
        name, ours = self.sheet.name, {index: f for f, index in self.header.columns.items()}
        ours |= {index: "answer" for index, year in self.header.years.items() if year}
        for line, cells in self.sheet.rows:
            if line < self.header.line:
                continue
            # In a row of ours only the other columns, unless some of it was not read.
            whole = self._unreadable or line in self._totals or line == self.header.line
            for index in range(len(cells)):
                if whole or index not in ours:
                    said = said_in(self.sheet, line, index + 1, cells[index])
                    why = self._why_beside(line, index, ours.get(index, ""), said) if said else ""
                    if why:
                        yield Beside(name, cell_name(line, index + 1), said, why)

    def _why_beside(self, line: int, index: int, field: str, said: str) -> str:
        """Why what a cell says is no row's, "" if it is one's."""
        if line == self.header.line and index in self.header.years:
            return ""
        if line == self.header.line:
            wanted = self.table.column(field).header if field else ""
            same = said == wanted or canonical(said) == canonical(wanted)
            return "" if same else "表头被改写" if wanted else OWN_COLUMN
        if not field:
            return OWN_COLUMN if index in self.header.named else OUTSIDE
        if line in self._totals:
            return "合计行"
        return "读不出" if cell_name(line, index + 1) in self._unreadable else ""

    def _row(self, line: int, cells: RawRow) -> PackRow | None:
        key = ""
        values: dict[str, Value] = {}
        findings: list[PackFinding] = []
        unreadable: set[str] = set()
        plain = line not in self._special
        for field, index in self.header.columns.items():
            raw = cells[index] if index < len(cells) else None
            if plain and field != KEY and (raw is None or (type(raw) is str and _is_plain(raw))):
                if raw or self.blanks_count:
                    values[field] = raw.strip() or None if raw else None
            elif field == KEY:
                key = "" if (line, index + 1) in self.sheet.odd else str(tidy(raw) or "")
            elif fault := self._fault(line, index, field, raw):
                findings += self._unread(line, index, field, fault)
                if cell := self._holding(line, index, raw):
                    unreadable.add(cell)
            elif raw not in (None, "") or self.blanks_count:
                values[field] = self._value(line, index, field, raw)
        if self.header.years:
            self._read_years(line, cells, values, findings, unreadable)
        self._unreadable |= unreadable
        if not (key or unreadable) and all(value is None for value in values.values()):
            return None
        if not key and self._is_total(values):
            self._totals[line] = f"第{line}行"
            return None
        self.findings += findings
        return PackRow(key, values, line)

    def _read_years(
        self,
        line: int,
        cells: RawRow,
        values: dict[str, Value],
        findings: list[PackFinding],
        unreadable: set[str],
    ) -> None:
        """What a row says of each year, as one answer; nothing if one of them can't be read."""
        said: dict[int, Value] = {}
        for index, year in self.header.years.items():
            raw = cells[index] if index < len(cells) else None
            if fault := self._fault(line, index, "answer", raw):
                findings += self._unread(line, index, "answer", fault)
                if cell := self._holding(line, index, raw):
                    unreadable.add(cell)
                return
            value = self._value(line, index, "answer", raw)
            if year and value is not None:
                said[year] = value
        if said or self.blanks_count:
            values[SAID] = join_years(said)

    def _holding(self, line: int, index: int, raw: Raw) -> str:
        """The address of a cell that says something, "" for one that is only merged."""
        said = said_in(self.sheet, line, index + 1, raw)
        return cell_name(line, index + 1) if said else ""

    def _is_total(self, values: Mapping[str, Value]) -> bool:
        return any(isinstance(v, str) and fold(v).rstrip(":") in _TOTALS for v in values.values())

    def _fault(self, line: int, index: int, field: str, raw: Raw) -> tuple[str, str, str] | None:
        """Why a cell can't be read: what was found, what is allowed, what to do."""
        kind, what = self.sheet.odd.get((line, index + 1), ("", ""))
        found, allowed, fix = _UNREAD.get(kind, ("", "", ""))
        if found:
            return found.format(what[:60]), allowed, fix
        if kind not in ("", "formula"):
            return None
        if field in NO_DATES and isinstance(raw, dt.date):
            shown = _DATE_SHOWN.format(tidy(raw))
            return shown, "文字，如 3-5", "请先把这一格设为文本格式，再重新填写"
        return _impossible(raw)

    def _value(self, line: int, index: int, field: str, raw: Raw) -> Value:
        kind, what = self.sheet.odd.get((line, index + 1), ("", ""))
        if kind == "error":
            return what or "#VALUE!"
        if kind == "picture":
            return f"［图片 {what}］" if what else "［图片］"
        if kind == "formula" and field in self.editable:
            self._formulas.append(cell_name(line, index + 1))
        if isinstance(raw, str) and _SYMBOLS.search(raw):
            self._symbols.append(cell_name(line, index + 1))
        if field in self.editable and isinstance(raw, int | float) and not isinstance(raw, bool):
            return self._number(line, index, field, raw)
        target = self.sheet.links.get((line, index + 1), "") if field in LINKED else ""
        if target and (place := linked_place(str(raw), target)) != raw:
            self._linked.append(f"{cell_name(line, index + 1)}（{shorten(place, 60)}）")
            return tidy(place)
        return tidy(raw)

    def _number(self, line: int, index: int, field: str, raw: float) -> Value:
        """A number as its cell shows it; in a date column a day number as such a day."""
        shown = shown_value(raw, self.sheet.formats.get((line, index + 1), ""))
        dated = self.table.column(field).type == "date" and not isinstance(shown, str)
        return tidy(raw + _DAYS_TO_1904 if dated and self.sheet.late else shown)

    def _unread(
        self, line: int, index: int, field: str, fault: tuple[str, str, str]
    ) -> Iterator[PackFinding]:
        if field in self.editable:
            cell = cell_name(line, index + 1)
            yield PackFinding(self.sheet.name, cell, *fault, self.table.name, line, field)
        else:
            self._locked.append(cell_name(line, index + 1))

    def _missing(self, header: str) -> None:
        self.findings.append(
            PackFinding(
                self.sheet.name,
                f"第{self.header.line}行表头",
                f"找不到“{header}”一列",
                f"表头“{header}”",
                "请把表头改回原样，或把内容填回下发的原件",
                self.table.name,
            )
        )


def _is_plain(text: str) -> bool:
    """Whether nothing can be wrong with a text: short, without symbols of any kind."""
    return len(text) < _SHORT and (text.isprintable() or text.replace("\n", "").isprintable())


def _impossible(value: Raw) -> tuple[str, str, str] | None:
    """What no cell of a workbook can hold, though a file can say so."""
    if isinstance(value, str) and len(value.encode("utf-16-le", "surrogatepass")) // 2 > _LONGEST:
        return f"有 {len(value):,} 个字", f"最多 {_LONGEST:,} 个字", "请精简后再寄"
    if isinstance(value, float) and not math.isfinite(value):
        return "数值超出范围", "平常的数字", "请改为文字或正确的数字"
    if isinstance(value, int | float) and abs(value) >= 10**DIGITS:
        return LOST_DIGITS
    if isinstance(value, dt.date) and value.year < _FIRST_YEAR:
        return f"日期 {value:%Y-%m-%d} 太早", f"{_FIRST_YEAR} 年以后的日期", "请核对年份"
    return None


def _listed(places: list[str], most: int = 5) -> str:
    return "、".join(places[:most]) + (f"等{len(places)}处" if len(places) > most else "")
