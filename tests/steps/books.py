"""A working book of an office as a file."""

import csv
from pathlib import Path

import openpyxl

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.master.model import text
from qcity_xl.core.schema import INDICATORS, TASKS


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


HEADERS = ("指标", "分值", "评分标准", "工作任务", "完成时限", "牵头单位", "配合单位")
_MEETING = ("质量例会", "10", "每季度召开一次例会的得10分。")
_COURSE = ("质量课程", "5", "开设质量课程的得5分。")
_AWARD = ("质量奖励", "15", "设立市长质量奖的得10分；兑现奖励资金的得5分。")
_MORE = ("质量奖励", "20", "设立市长质量奖的得10分；及时兑现奖励资金的得10分。")
_BRAND = ("品牌建设", "20", "制定品牌培育规划的得20分。")
OLD_TABLE = (
    (1, _MEETING, "1.1 召开质量例会", "2016年", "市农委", "市教育局"),
    (1, _MEETING, "1.2 印发例会纪要", "2016年", "市农委", ""),
    (2, _COURSE, "2.1 开设质量课程", "2016年", "市教育局", "市农委"),
    (3, _AWARD, "3.1 设立市长质量奖", "2016年", "市质监局", ""),
    (3, _AWARD, "3.2 兑现奖励资金", "2016年", "市财政局", "市质监局"),
)
NEW_TABLE = (
    (1, _BRAND, "1.1 制定品牌培育规划", "2017年", "市商务局", ""),
    (2, _MORE, "2.1 兑现奖励资金", "2017年", "市财政局", "市质监局"),
    (2, _MORE, "2.2 设立市长质量奖", "2016年", "市质监局", "市商务局"),
    (3, _MEETING, "3.1 召开质量例会", "2016年", "市农委", "市教育局"),
)
TableRow = tuple[int, tuple[str, str, str], str, str, str, str]


def table_for(folder: Path, name: str, rows: tuple[TableRow, ...]) -> Path:
    """A table of tasks as text, as a program exports it."""
    lines = [HEADERS, *((f"{no}.{title}", *more, *rest) for no, (title, *more), *rest in rows)]
    path = folder / name
    path.write_text("\n".join(",".join(line) for line in lines), "utf-8")
    return path


def newer_for(master: Path, folder: Path) -> Path:
    """A newer version of a master's own table: its first two indicators have changed places, the
    first task has another deadline, the last one is gone. It says nothing of rules.
    """
    held = WorkbookFile.open(master).master
    titles = {text(row, "no"): row for row in held.rows(INDICATORS).values()}
    swapped = {"1": "2", "2": "1"}
    lines = []
    for row in list(held.rows(TASKS).values())[:-1]:
        above = titles[text(row, "indicator")]
        no = swapped.get(text(row, "indicator"), text(row, "indicator"))
        said = f"{no}.{text(row, 'no').partition('.')[2]} {text(row, 'text')}"
        units = [text(row, name).replace("；", "、") for name in ("leads", "partners")]
        line = [f"{no}.{text(above, 'title')}", text(above, "points"), said, "2016-2017", *units]
        lines.append((int(no), line))
    lines.sort(key=lambda line: line[0])
    lines[0][1][3] = "2018"
    path = folder / "新版 任务分解表.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        heads = [head for head in HEADERS if head != "评分标准"]
        csv.writer(file).writerows([heads, *(line for _, line in lines)])
    return path
