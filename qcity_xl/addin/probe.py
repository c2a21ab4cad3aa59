"""What the spreadsheet program at hand does, beside what this product believes of Excel.

Only a workbook made for this is touched. tests/excel/RULES.md says where each belief comes from.
"""

import datetime as dt
import io
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qcity_xl.adapters.excel.places import asking_for, asking_if_shown
from qcity_xl.adapters.excel.session import load_xlwings
from qcity_xl.core.errors import QcityError

if TYPE_CHECKING:
    import xlwings as xw

REFUSED, NOT_TRIED = "拒绝", "没有试成"
_TABLE, _FILTERED, _MERGED, _LOCKED = "表格", "筛选", "合并", "保护"
_HIDDEN_ROW = 3
_DAY, _TIME = dt.datetime(2016, 3, 15), dt.datetime(2016, 3, 15, 10, 30)


class NoProgram(QcityError):
    """No Excel can be started here."""

    def __init__(self, why: object) -> None:
        """Say where to run it."""
        super().__init__(f"没有能打开的 Excel（{why}）。请在装了 Excel 的 Windows 或 Mac 上运行。")


@dataclass(frozen=True, slots=True)
class Manner:
    """One thing that a program may do in its own way."""

    name: str
    believed: str
    look: Callable[["xw.Book"], str]


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """What was believed and what was seen."""

    name: str
    believed: str
    seen: str

    @property
    def same(self) -> bool:
        """Whether the belief holds here."""
        return self.believed == self.seen

    @property
    def line(self) -> str:
        """For people."""
        if self.same:
            return f"[一样] {self.name}：{self.seen}"
        return f"[不同] {self.name}：以为{self.believed}，实际{self.seen}"


def look(book: "xw.Book") -> Iterator[ProbeResult]:
    """Try each manner on the scratch workbook, in turn; what can't be tried says so."""
    for manner in MANNERS:
        try:
            seen = manner.look(book)
        except Exception as error:  # each engine has its own
            seen = f"{NOT_TRIED}（{type(error).__name__}）"
        yield ProbeResult(manner.name, manner.believed, seen)


def program_of(app: "xw.App") -> str:
    """Name, version and place of the program, as far as it tells: WPS may answer for Excel."""
    found = []
    for name in ("Name", "Version", "Build", "OperatingSystem", "Path"):
        with suppress(Exception):
            found.append(str(getattr(app.api, name)))
    return "，".join(found) or "没有说明自己是什么"


@contextmanager
def scratch_in(app: "xw.App") -> Iterator["xw.Book"]:
    """The scratch workbook, open in this program; it goes without being saved."""
    with tempfile.TemporaryDirectory(prefix="qcity-", ignore_cleanup_errors=True) as folder:
        path = Path(folder, "qcity规则.xlsx")
        path.write_bytes(scratch())
        book = app.books.open(path)
        try:
            yield book
        finally:
            with suppress(Exception):
                book.close()


@contextmanager
def own_program() -> Iterator["xw.App"]:
    """An Excel started for this alone. Raises NoProgram."""
    load_xlwings()
    import xlwings

    try:
        app = xlwings.App(visible=True, add_book=False)
    except Exception as error:  # each engine has its own
        raise NoProgram(error) from error
    try:
        yield app
    finally:
        with suppress(Exception):
            app.quit()


def scratch() -> bytes:
    """A workbook with a table, formats, a filter, merged cells and a protected sheet."""
    from openpyxl import Workbook
    from openpyxl.worksheet.filters import FilterColumn, Filters
    from openpyxl.worksheet.table import Table

    book = Workbook()
    plain: Any = book.active
    plain.title = _TABLE
    for row in (("编号", "名称"), (1, "甲"), (2, "乙")):
        plain.append(row)
    plain.add_table(Table(displayName="T", ref="A1:B3"))
    plain["D1"].number_format = plain["D2"].number_format = plain["D3"].number_format = "@"
    plain["E1"].number_format = "¥#,##0.00"
    plain["F1"].number_format = "yyyy/m/d h:mm:ss"
    filtered = book.create_sheet(_FILTERED)
    for value in ("列", "留", "去", "留"):
        filtered.append((value,))
    filtered.auto_filter.ref = "A1:A4"
    filtered.auto_filter.filterColumn.append(FilterColumn(colId=0, filters=Filters(filter=["留"])))
    filtered.row_dimensions[_HIDDEN_ROW].hidden = True
    book.create_sheet(_MERGED).merge_cells("A1:B1")
    book.create_sheet(_LOCKED).protection.sheet = True
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


# -- looking


def _cell(book: "xw.Book", sheet: str, place: str) -> "xw.Range":
    return book.sheets[sheet].range(place)


def _put(place: str, value: object, sheet: str = _TABLE) -> Callable[["xw.Book"], str]:
    """What a cell holds after it was given a value."""

    def tried(book: "xw.Book") -> str:
        cell = _cell(book, sheet, place)
        try:
            cell.value = value
        except Exception:  # each engine has its own
            return REFUSED
        return _words(cell.value)

    return tried


def _words(value: object) -> str:
    kinds = {str: "文字", bool: "真假", int: "数", float: "数", dt.datetime: "日期"}
    if value is None:
        return "空"
    shown = f"{value:.10g}" if isinstance(value, float) else str(value)
    return f"{kinds.get(type(value), '数')} {shown}"


def _to_its_header(book: "xw.Book") -> str:
    sheet = book.sheets[_TABLE]
    table, header = sheet.tables["T"], sheet.range("A1:B1")
    try:
        table.resize(header)
    except Exception:  # each engine has its own
        return REFUSED
    return "可以"


def _range_over_a_table(book: "xw.Book") -> str:
    sheet = book.sheets[_TABLE]
    table, cell = sheet.tables["T"], sheet.range("I1")
    cell.value = "=SUM(A2:A3)"
    table.resize(sheet.range("A1:B4"))
    return str(cell.formula)


def _place_of_a_table(book: "xw.Book") -> str:
    """Asked on another sheet, as the product does; without the name of the workbook."""
    said = book.sheets[_MERGED].api.Evaluate(asking_for(["T"]))
    return str(said).rpartition("]")[2].replace("'", "")


def _shown_lines(book: "xw.Book") -> str:
    """Asked on another sheet; before and after a line of the table is hidden, which stays so."""
    evaluate, line = book.sheets[_MERGED].api.Evaluate, book.sheets[_TABLE].api.Range("3:3")
    formula = asking_if_shown(["T"])
    all_shown = evaluate(formula)
    line.Hidden = True
    try:
        return f"{all_shown}、{evaluate(formula)}"
    finally:
        line.Hidden = False


def _table_of_an_area(book: "xw.Book") -> str:
    return str(book.sheets[_TABLE].range("A1:B9").api.ListObject.Name)


def _filled_down(book: "xw.Book") -> str:
    sheet = book.sheets[_TABLE]
    sheet.range("K1").value = "一"
    sheet.range("K1:K2").api.FillDown()
    return _words(sheet.range("K2").value)


def _over_a_filter(book: "xw.Book") -> str:
    sheet = book.sheets[_FILTERED]
    sheet.range("A2:A4").value = [["一"], ["二"], ["三"]]
    return "、".join(str(sheet.range(f"A{row}").value) for row in (2, 3, 4))


def _into_merged(book: "xw.Book") -> str:
    sheet = book.sheets[_MERGED]
    sheet.range("A1:B1").value = [["一", "二"]]
    return "、".join(_words(sheet.range(place).value) for place in ("A1", "B1"))


def _money(book: "xw.Book") -> str:
    cell = _cell(book, _TABLE, "E1")
    cell.value = 1 / 3
    return _words(float(str(cell.value)))


def _code_of_an_error(formula: str) -> Callable[["xw.Book"], str]:
    def tried(book: "xw.Book") -> str:
        cell = _cell(book, _TABLE, "G1")
        cell.formula = formula
        return str(cell.raw_value)

    return tried


def _calculation(book: "xw.Book") -> str:
    app = book.app
    before = app.calculation
    app.calculation = "manual"
    manual = app.calculation
    app.calculation = before
    return f"{manual}、{'恢复' if app.calculation == before else '没有恢复'}"


def _read_only(book: "xw.Book") -> str:
    return str(book.api.ReadOnly)


MANNERS = (
    Manner("一条公式问出表格的位置", "表格!$A$2*2*2", _place_of_a_table),
    Manner("一条公式问出有没有隐藏的行", "True、False", _shown_lines),
    Manner("从区域问出它的表格", "T", _table_of_an_area),
    Manner("整块向下填充", "文字 一", _filled_down),
    Manner("表格缩到只剩表头", REFUSED, _to_its_header),
    Manner("表格加长，盖满整列的区域", "=SUM(A2:A4)", _range_over_a_table),
    Manner("写入32位以外的整数", REFUSED, _put("G2", 20160315001)),
    Manner("同一个数写成小数", "数 2.0160315e+10", _put("G3", 20160315001.0)),
    Manner("日期写进文本格", "文字 2016/3/15", _put("D1", _DAY)),
    Manner("像数的文字写进常规格", "数 13.1", _put("G4", "13.10")),
    Manner("像数的文字写进文本格", "文字 13.10", _put("D2", "13.10")),
    Manner("前面带撇号的文字", "文字 13.10", _put("G5", "'13.10")),
    Manner("像日期的文字写进常规格", "日期 2016-05-03 00:00:00", _put("G6", "2016-5-3")),
    Manner(
        "时间写进再读出", "日期 2016-03-15 10:30:00", _put("F1", dt.datetime(2016, 3, 15, 10, 30))
    ),
    Manner("货币格只留四位", "数 0.3333", _money),
    Manner("一块内容写过筛选", "一、去、一", _over_a_filter),
    Manner("写进合并格", "文字 一、空", _into_merged),
    Manner("写进受保护的表", REFUSED, _put("A1", "一", _LOCKED)),
    Manner("#N/A 的代码", "-2146826246", _code_of_an_error("=NA()")),
    Manner("#DIV/0! 的代码", "-2146826281", _code_of_an_error("=1/0")),
    Manner("改成手动重算再改回", "manual、恢复", _calculation),
    Manner("能问出是不是只读", "False", _read_only),
)
