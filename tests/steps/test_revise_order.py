"""换用新表: rows stand by their numbers in the sheets, with all that stands in their lines."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.formula.translate import Translator
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.changes import ORDER
from qcity_xl.core.history.log import operations
from qcity_xl.core.master.model import text
from qcity_xl.core.schema import ASSIGNMENTS, CRITERIA, INDICATORS, RULINGS, TASKS, Table
from qcity_xl.steps.history import undo
from qcity_xl.steps.new import new
from qcity_xl.steps.revise import revise
from qcity_xl.steps.shared.outcome import Context
from tests.steps.books import table_for

_FAIR = ("质量宣传", "20", "组织质量月活动的得10分；制作公益广告的得10分。")
_PRIZE = ("质量奖励", "15", "设立市长质量奖的得10分；兑现奖励资金的得5分。")
_COURSE = ("质量课程", "12", "开设质量课程的得12分。")
OLD = (
    (1, _FAIR, "1.1 组织质量月活动", "2016年", "市农委", "市教育局"),
    (1, _FAIR, "1.2 制作公益广告", "2016年", "市农委", ""),
    (2, _PRIZE, "2.1 设立市长质量奖", "2016年", "市质监局", ""),
    (2, _PRIZE, "2.2 兑现奖励资金", "2016年", "市财政局", "市质监局"),
)
NEWER = (
    (1, _FAIR, "1.1 组织质量月活动", "2016年", "市农委", "市教育局"),
    (1, _FAIR, "1.2 发布质量状况白皮书", "2016年", "市质监局", ""),
    (1, _FAIR, "1.3 制作公益广告", "2016年", "市农委", ""),
    (2, _COURSE, "2.1 检验产品合格率", "2017年", "市教育局", "市农委"),
    (3, _PRIZE, "3.1 兑现奖励资金", "2016年", "市财政局", "市质监局"),
    (3, _PRIZE, "3.2 设立市长质量奖", "2016年", "市质监局", ""),
)
PLAN = ((INDICATORS, "no"), (CRITERIA, "label"), (TASKS, "no"), (ASSIGNMENTS, "task"))
YELLOW = "FFFFFF00"


@pytest.fixture
def running(tmp_path: Path, context: Context) -> Path:
    """A master on the older table; the office painted a task and wrote beside another."""
    path = tmp_path / "总表.xlsx"
    new(path, context, master_id="test", document=table_for(tmp_path, "旧版.csv", OLD))
    return path


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    return table_for(tmp_path, "新版.csv", NEWER)


def painted(path: Path, task: str) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book[TASKS.sheet]
    line = WorkbookFile.open(path).master.lines[TASKS.name, task]
    for cell in sheet[line]:
        cell.fill = PatternFill("solid", start_color=YELLOW)
    book.save(path)


def numbers(path: Path, table: Table, field: str) -> list[str]:
    master = WorkbookFile.open(path).master
    lines = {key: master.lines[table.name, key] for key in master.rows(table)}
    first = min(lines.values())
    assert sorted(lines.values()) == list(range(first, first + len(lines)))  # no blank line
    return [text(master.rows(table)[key], field) for key in sorted(lines, key=lines.__getitem__)]


def rules(sheet: Worksheet) -> Iterator[tuple[str, str]]:
    """The dropdown or test of each cell that has one."""
    for rule in sheet.data_validations.dataValidation:
        for area in rule.sqref.ranges:
            for row in sheet[str(area)] if ":" in str(area) else ((sheet[str(area)],),):
                for cell in row:
                    yield cell.coordinate, f"{counted(rule, cell.coordinate)} {rule.prompt}"


def counted(rule: DataValidation, cell: str) -> str:
    """The formula of a rule as it counts from this cell: it is written for the first one."""
    areas = [area.bounds for area in rule.sqref.ranges]
    first = f"{get_column_letter(min(a[0] for a in areas))}{min(a[1] for a in areas)}"
    return str(Translator(f"={rule.formula1}", origin=first).translate_formula(cell))


def seen(path: Path) -> dict[str, list[object]]:
    """All that stands in the sheets of the plan, cell by cell, with looks and dropdowns."""
    book = openpyxl.load_workbook(path)
    found: dict[str, list[object]] = {}
    for table, _ in PLAN:
        sheet = book[table.sheet]
        cells = [
            (c.coordinate, c.value, c.fill.start_color.rgb, c.number_format)
            for row in sheet.iter_rows()
            for c in row
            if c.value is not None or c.has_style
        ]
        found[table.sheet] = [cells, sorted(rules(sheet)), sheet.tables[table.name].ref]
        found[table.sheet].append(sheet.print_area)
    return found


def test_rows_stand_by_their_numbers_and_an_undo_brings_all_back(
    running: Path, newer: Path, context: Context
) -> None:
    painted(running, "T1.2")
    before = seen(running)
    done = revise(running, newer, context)
    assert any(change["row"].startswith(ORDER) for change in done.data["changed"])
    assert numbers(running, TASKS, "no") == ["1.1", "1.2", "1.3", "2.1", "3.1", "3.2"]
    assert numbers(running, INDICATORS, "no") == ["1", "2", "3"]
    assert numbers(running, CRITERIA, "label") == ["1(1)", "1(2)", "2(1)", "3(1)", "3(2)"]
    reported = numbers(running, ASSIGNMENTS, "task")
    assert reported == sorted(reported) and "2.1" in reported
    sheet = openpyxl.load_workbook(running)[TASKS.sheet]
    yellow = [row[2].value for row in sheet if row[2].fill.start_color.rgb == YELLOW]
    line = WorkbookFile.open(running).master.lines[TASKS.name, "T1.2"]
    assert yellow == [sheet.cell(line, 3).value] and "公益广告" in str(
        [c.value for c in sheet[line]]
    )
    again = revise(running, newer, context)
    assert again.data["changes"] == 0

    undone = undo(running, context)
    assert undone.data["left"] == []
    after = seen(running)
    for name, was in before.items():
        assert after[name] == was, name
    undo(running, context, operations(WorkbookFile.open(running).master)[-1].no)  # done again
    assert numbers(running, TASKS, "no") == ["1.1", "1.2", "1.3", "2.1", "3.1", "3.2"]


def test_lines_that_something_is_bound_to_stay_and_this_is_told(
    running: Path, newer: Path, context: Context
) -> None:
    book = openpyxl.load_workbook(running)
    sheet = book[TASKS.sheet]
    sheet.cell(6, 3).comment = Comment("请与市农委核对", "张三")
    book.save(running)
    done = revise(running, newer, context)
    assert any(
        one.startswith("「任务」：新增的行在表的末尾，有批注（C6）") for one in done.data["told"]
    )
    assert numbers(running, INDICATORS, "no") == ["1", "2", "3"]  # the other tables in order
    assert [text(r, "no") for r in WorkbookFile.open(running).master.rows(TASKS).values()] == [
        *("1.1", "1.3", "3.2", "3.1", "1.2", "2.1")
    ]
    assert openpyxl.load_workbook(running)[TASKS.sheet].cell(6, 3).comment


_MANY = (
    ("质量基础", "10", "建成检测平台的得10分。"),
    ("质量成效", "10", "每培育1家质量标杆得2分，最高10分。"),
    ("质量荣誉", "10", "获得国家级奖项的得10分，省级的得6分，市级的得3分。"),
)


def offered(path: Path) -> dict[tuple[str, str, str], str]:
    """What each 自评答案, 核定 and 裁定 offers, by table, text of the row and field."""
    book, master = openpyxl.load_workbook(path), WorkbookFile.open(path).master
    found = {}
    for table, words, fields in (
        (CRITERIA, "text", ("answer", "ruling")),
        (RULINGS, "question", ("choice",)),
    ):
        sheet = book[table.sheet]
        said = dict(rules(sheet))
        headers = {cell.value: cell.coordinate.rstrip("4") for cell in sheet[4]}
        for key, row in master.rows(table).items():
            for field in fields:
                cell = f"{headers[table.column(field).header]}{master.lines[table.name, key]}"
                own = said[cell].replace(cell, "（本格）")
                found[table.name, text(row, words), field] = own
    return found


def test_a_row_that_is_new_offers_what_its_own_rule_takes(tmp_path: Path, context: Context) -> None:
    old, newer = (
        tuple(
            (no, part, f"{no}.1 {part[0]}工作", "2016年", "市农委", "")
            for no, part in enumerate(parts, 1)
        )
        for parts in (_MANY[1:], _MANY)
    )
    path, fresh = tmp_path / "总表.xlsx", tmp_path / "新建.xlsx"
    table = table_for(tmp_path, "新版.csv", newer)
    new(path, context, master_id="test", document=table_for(tmp_path, "旧版.csv", old))
    new(fresh, context, master_id="test", document=table)
    before = seen(path)
    assert revise(path, table, context).changes
    assert offered(path) == offered(fresh)
    mine = {said for (name, _, _), said in offered(path).items() if name == CRITERIA.name}
    assert len(mine) == len(_MANY) and any("（本格）" in said for said in mine)
    assert undo(path, context).data["left"] == []
    assert seen(path) == before
