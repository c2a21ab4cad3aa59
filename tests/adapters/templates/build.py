"""A small plan and its workbooks, opened for reading."""

import io
import zipfile
from functools import cache

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.worksheet import Worksheet

from qcity_xl.adapters.templates import build_master, build_pack
from qcity_xl.core.master.initial_rows import master_rows
from qcity_xl.core.plan import Criterion, Indicator, Plan, PlanSection, Ruling, Task, Unit
from qcity_xl.core.schema import Table

PLAN = Plan(
    "任务分解表",
    (PlanSection(1, "质量发展战略", 80), PlanSection(2, "机制创新", 60, bonus=True)),
    (
        Indicator(1, 1, "出台规划", 20, methods=("听取汇报", "查阅文件")),
        Indicator(2, 1, "经费保障", 60, "best"),
        Indicator(3, 2, "推广经验", 60),
    ),
    (
        Criterion(1, 1, "出台规划", 20, "分档", "20：已出台，并公布；10：制定中；0：未着手"),
        Criterion(2, 1, "经费占比", 30, "数值分段", "≥1‰：30；=0‰：0", period="每年"),
        Criterion(2, 2, "进口食品", 30, "达成", may_be_absent=True),
        Criterion(3, 1, "推广经验", 60, "专家评分", "60；30"),
    ),
    (
        Task("1.1", "=出台规划", "2016", ("市质监局", "市发改委"), ("各辖市、区政府",), ("1(1)",)),
        Task("2.1", "安排经费", "2016-2017", ("市财政局",), (), ("2(1)",)),
        Task("2.10", "专项经费", "2016-2017", ("市质监局",), (), ()),
    ),
    (
        Unit("U01", "市质监局", aliases=("质监局", "市质量技术监督局")),
        Unit("G1", "各辖市、区政府", "group", members=("武进区政府", "新北区政府")),
    ),
    (Ruling("1(1)", "未尽", "介于两档之间怎么计？", "10", "从严", ("10", "0")),),
)
SETTINGS = [("总表", "城市", "常州市", "填报表抬头用"), ("总表", "总表编号", "", "自动生成")]
LETTERS = [("下发", "请填报", "请于截止日期前报送。", "办公室")]
ROWS = master_rows(PLAN, SETTINGS, LETTERS)


@cache
def master_bytes() -> bytes:
    """The small plan's master."""
    return build_master(ROWS)


@cache
def pack_bytes() -> bytes:
    """The pack's template."""
    return build_pack()


def opened(data: bytes) -> Workbook:
    """The workbook as openpyxl reads it."""
    return load_workbook(io.BytesIO(data))


@cache
def master_book() -> Workbook:
    """The small plan's master, to be looked at."""
    return opened(master_bytes())


def sheet_of(table: Table) -> Worksheet:
    """Where it stands in that master."""
    sheet: Worksheet = master_book()[table.sheet]
    return sheet


def cell_of(table: Table, field: str, index: int = 0) -> str:
    """The cell of a field in a row, the first being 0."""
    first = range_boundaries(table_of(sheet_of(table)).ref)[1] or 0
    return f"{get_column_letter(table.fields.index(field) + 1)}{first + 1 + index}"


def formats_at(sheet: Worksheet, cell: str) -> list[str]:
    """The tests of the conditional formats of a cell."""
    return [
        rule.formula[0]
        for area in sheet.conditional_formatting
        if cell in area.cells
        for rule in area.rules
    ]


def part(data: bytes, name: str) -> str:
    """One part of the package as text."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


def table_of(sheet: Worksheet) -> ExcelTable:
    """The only table on a sheet."""
    tables: list[ExcelTable] = list(sheet.tables.values())
    assert len(tables) == 1
    return tables[0]


def validation_at(sheet: Worksheet, cell: str) -> DataValidation:
    """The only validation of a cell."""
    rules: list[DataValidation] = sheet.data_validations.dataValidation
    found = [rule for rule in rules if cell in rule.sqref]
    assert len(found) == 1
    return found[0]
