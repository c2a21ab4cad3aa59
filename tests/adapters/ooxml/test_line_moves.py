"""What keeps the lines of a table in their places."""

import io
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from qcity_xl.adapters.ooxml.line_moves import why_fixed
from qcity_xl.adapters.ooxml.package import Package
from qcity_xl.adapters.ooxml.refs import Rect
from qcity_xl.adapters.ooxml.sheet import Sheet
from qcity_xl.adapters.ooxml.workbook import WorkbookPart

Edit = Callable[[Worksheet, Worksheet], object]


def why(edit: Edit) -> str:
    book = openpyxl.Workbook()
    sheet, other = book.worksheets[0], book.create_sheet("汇总")
    sheet.title = "任务 一"
    for line in range(1, 8):
        sheet.append([f"第{line}项", line, f"=[@序号]*{line}" if line > 1 else "倍"])
    sheet.add_table(Table(displayName="tblOne", ref="A1:C7"))
    edit(sheet, other)
    out = io.BytesIO()
    book.save(out)
    package = Package.read(out.getvalue())
    workbook = WorkbookPart(package)
    part = package.xml(workbook.worksheet_part("任务 一"))
    return why_fixed(package, workbook, Sheet("任务 一", part), Rect(2, 1, 7, 3))


def chart(sheet: Worksheet, other: Worksheet) -> None:
    other.add_chart(BarChart(), "A1")
    sheet.add_chart(BarChart(), "E4")


def name(sheet: Worksheet, _: Worksheet) -> None:
    place = DefinedName("重点", attr_text="'任务 一'!$A$4")
    assert sheet.parent
    sheet.parent.defined_names["重点"] = place


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda s, _: s.cell(4, 1).__setattr__("comment", Comment("看", "张三")), "批注（A4）"),
        (lambda s, _: s.cell(5, 2).__setattr__("hyperlink", "http://a.cn/"), "超链接（B5）"),
        (lambda s, _: s.row_dimensions[3].__setattr__("hidden", True), "第3行是隐藏"),
        (lambda s, _: s.row_dimensions.group(3, 4), "第3行是隐藏"),
        (lambda s, _: s.cell(6, 5, "旁注"), "第6行表格旁边"),
        (lambda _, o: o.cell(1, 1, "='任务 一'!B4"), "公式按地址引用了其中的行（B4）"),
        (lambda _, o: o.cell(1, 1, "=SUM('任务 一'!B2:B6)"), "（B2:B6）"),
        (lambda s, _: s.cell(9, 1, "=B3"), "（B3）"),
        (chart, "图片或图形（第4行）"),
        (name, "（$A$4）"),
    ],
)
def test_what_is_bound_to_a_line_is_named(edit: Edit, said: str) -> None:
    assert said in why(edit)


@pytest.mark.parametrize(
    "edit",
    [
        lambda _, __: None,
        lambda _, o: o.cell(1, 1, "=SUM('任务 一'!B2:B7)+SUM('任务 一'!B:B)+汇总!B4"),
        lambda _, o: o.cell(1, 1, "=IF(B4=\"'任务 一'!B4\",1,0)"),
        lambda s, _: s.cell(9, 1, "=SUM(B$2:B$7)&tblOne[序号]"),
        lambda s, _: s.cell(9, 5, "表下面的话"),
        lambda s, _: s.cell(1, 1).__setattr__("comment", Comment("表头上", "张三")),
    ],
)
def test_what_speaks_of_all_lines_or_of_others_keeps_none(edit: Edit) -> None:
    assert why(edit) == ""
