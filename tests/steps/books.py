"""A working book of an office as a file."""

from pathlib import Path

import openpyxl

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.schema import TASKS


def book_for(master: Path, folder: Path) -> Path:
    """A working book with three tasks of the embedded table on one sheet, contacts on another."""
    tasks = list(WorkbookFile.open(master).master.rows(TASKS).values())[:3]
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "台账"
    sheet.append(["质量工作台账", None, None, None, None])
    sheet.merge_cells("A1:E1")
    sheet.append(["工作任务", "进展情况", "完成率", "存在问题", "佐证材料"])
    for number, task in enumerate(tasks):
        name = f"《第{number}号通知》（质办〔2016〕{number + 1}号）"
        sheet.append([f"{task['no']} {task['text']}", f"办到第{number}步", number / 4, "无", name])
        sheet.cell(sheet.max_row, 3).number_format = "0%"
    contacts = workbook.create_sheet("通讯录")
    contacts.append(["单位", "分管领导", "联系人"])
    contacts.append(["市教育局", "李局", "周宁"])
    path = folder / "办公室 台账（8月）.xlsx"
    workbook.save(path)
    return path
