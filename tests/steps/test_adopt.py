"""接收台账 by command: previewed, logged, undoable, once."""

import shutil
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.history.log import operations, verify
from qcity_xl.core.master.model import text
from qcity_xl.core.schema import ASSIGNMENTS, EVIDENCE, TASKS, UNITS
from qcity_xl.steps.adopt import adopt
from qcity_xl.steps.history import undo
from qcity_xl.steps.shared.outcome import Context
from tests.libreoffice import LibreOffice
from tests.steps.books import book_for
from tests.steps.conftest import Qcity


def test_a_book_is_previewed_taken_once_and_undone(
    qcity: Qcity, master: Path, tmp_path: Path
) -> None:
    book, before = book_for(master, tmp_path), WorkbookFile.open(master).master
    data = master.read_bytes()
    status, shown = qcity("adopt", master, book, "--dry-run")
    assert (status, master.read_bytes()) == (1, data)

    status, done = qcity("adopt", master, book)
    assert status == 1  # the leader has no place
    assert done["taken"] == shown["taken"] > 0
    assert done["changes"] == shown["changes"]
    assert done["left"] == [
        {
            "sheet": "工作表“通讯录”",
            "cell": "B2",
            "text": "李局",
            "reason": "「单位」没有放“分管领导”的列",
        }
    ]
    after = WorkbookFile.open(master).master
    notes = [text(row, "note") for row in after.rows(ASSIGNMENTS).values()]
    assert [note for note in notes if note] == [
        *("办到第0步", "办到第1步\n完成率25%"),
        "办到第2步\n完成率50%",
    ]
    assert len(after.rows(EVIDENCE)) == 3
    assert "周宁" in [text(row, "contact") for row in after.rows(UNITS).values()]

    data = master.read_bytes()
    assert qcity("adopt", master, book)[1]["changes"] == 0
    assert master.read_bytes() == data

    assert qcity("undo", master)[0] == 0
    undone = WorkbookFile.open(master).master
    for table in (ASSIGNMENTS, EVIDENCE, UNITS):
        assert undone.rows(table) == before.rows(table)


def test_a_book_of_excel_97_is_taken_as_one_of_today(
    libreoffice: LibreOffice, master: Path, tmp_path: Path, context: Context
) -> None:
    book, twin = book_for(master, tmp_path), Path(shutil.copy(master, tmp_path / "副本.xlsx"))
    old = tmp_path / "台账.xls"
    opened = openpyxl.load_workbook(book)
    sheet = opened.worksheets[0]
    sheet.row_dimensions[sheet.max_row].hidden = True
    opened.save(book)
    libreoffice.edit(book, {}, old, filter="MS Excel 97")
    new, former = (adopt(m, b, context).data for m, b in ((master, book), (twin, old)))
    assert former["taken"] == new["taken"] > 0
    assert [left["text"] for left in former["left"]] == [left["text"] for left in new["left"]]
    assert adopt(twin, old, context).data["changes"] == 0


def test_the_log_says_which_book_brought_what(
    master: Path, tmp_path: Path, context: Context
) -> None:
    book = book_for(master, tmp_path)
    adopt(master, book, context)
    held = WorkbookFile.open(master).master
    (operation,) = operations(held)
    assert (operation.stamp.command, operation.stamp.source) == ("接收台账", book.name)
    assert not verify(held)
    undo(master, context)
    assert adopt(master, book, context).data["taken"] > 0


def test_a_file_that_is_no_book_is_refused(qcity: Qcity, master: Path, tmp_path: Path) -> None:
    path = tmp_path / "合同.csv"
    path.write_text("品名,单价,数量\n投影仪,4200,3\n幕布,600,3\n", "utf-8")
    data = master.read_bytes()
    status, said = qcity("adopt", master, path)
    assert status == 3
    assert "看来不是台账" in said["error"]
    assert master.read_bytes() == data


PLAN = (
    ("指标", "分值", "评分标准", "工作任务", "完成时限", "牵头单位"),
    ("1.质量例会", "10", "每季度召开一次例会的得10分。", "1.1 召开质量例会", "2016年", "市农委"),
    ("2.质量课程", "5", "开设质量课程的得5分。", "2.1 开设质量课程", "2016年", "市教育局"),
)
OWN = (
    ("进展情况", "完成率", "备注"),
    ("开了两次", "50%", ""),
    ("在编教材", "20%", "秋季开课"),
)


def test_a_master_made_from_a_working_book_has_what_it_says(qcity: Qcity, tmp_path: Path) -> None:
    lines = [(*plan, *own) for plan, own in zip(PLAN, OWN, strict=True)]
    book, path = tmp_path / "台账.csv", tmp_path / "总表.xlsx"
    book.write_text("\n".join(",".join(line) for line in lines), "utf-8")
    assert qcity("new", path, "--from", book)[0] in (0, 1)
    made = WorkbookFile.open(path).master
    shown = [(r.get("note"), r.get("progress")) for r in made.rows(ASSIGNMENTS).values()]
    assert shown == [("开了两次\n完成率50%", "推进中"), ("在编教材\n完成率20%", "推进中")]
    assert not verify(made)
    data = path.read_bytes()
    assert qcity("adopt", path, book)[1]["changes"] == 0
    assert path.read_bytes() == data


def test_the_words_that_the_master_was_taught_are_known(
    master: Path, tmp_path: Path, context: Context
) -> None:
    task = next(iter(WorkbookFile.open(master).master.rows(TASKS).values()))
    book = tmp_path / "台账.csv"
    book.write_text(
        f"工作任务,办到哪步,存在问题\n{task['no']} {task['text']},已开两次,缺人\n", "utf-8"
    )
    plain = adopt(master, book, context, headers="")
    assert [left["text"] for left in plain.data["left"]] == ["已开两次"]
    taught = adopt(master, book, context, headers="办到哪步=进展情况")
    assert not taught.data["left"]
    held = WorkbookFile.open(master).master
    assert held.settings.header_words == "办到哪步=进展情况"
    assert "已开两次" in [text(row, "note") for row in held.rows(ASSIGNMENTS).values()]
    data = master.read_bytes()
    assert not adopt(master, book, context).data["left"]  # remembered
    assert master.read_bytes() == data


def test_a_note_at_a_cell_is_listed(qcity: Qcity, tmp_path: Path, master: Path) -> None:
    path = book_for(master, tmp_path)
    book = openpyxl.load_workbook(path)
    book["台账"]["B3"].comment = Comment("领导：要加快", "李四")
    book.save(path)
    _, data = qcity("adopt", master, path, "--dry-run")
    assert [cell["text"] for cell in data["left"] if "B3的批注" in cell["cell"]] == ["领导：要加快"]
