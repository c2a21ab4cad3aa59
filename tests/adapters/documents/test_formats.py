"""The same small plan in each format gives the same plan."""

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from qcity_xl.adapters.documents import DocumentError, load_document, read_document
from qcity_xl.core.reading import Grid

ROWS = (
    ("序号", "考核内容", "分值", "评分标准", "工作任务", "完成时限", "牵头单位", "配合单位"),
    ("一、培训（10分）", "", "", "", "", "", "", ""),
    ("1", "质量培训", "6", "培训2场以上（6分）。", "办好培训", "2027年", "市教育局", "市财政局"),
    ("", "", "", "", "办好讲座", "2027年", "市科协", ""),
    ("2", "质量宣传", "4", "宣传3次以上（4分）。", "办好宣传", "2027年", "市文旅局", ""),
)
WANTED = [("1.1", ("市教育局",)), ("1.2", ("市科协",)), ("2.1", ("市文旅局",))]


def xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in ROWS:
        sheet.append([int(text) if text.isdigit() else text or None for text in row])
    sheet.merge_cells("A2:H2")
    for letter in "ABCD":
        sheet.merge_cells(f"{letter}3:{letter}4")
    old = book.create_sheet("旧表")
    old.append(ROWS[0])
    old.sheet_state = "hidden"
    book.save(path)


def delimited(mark: str, encoding: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        text = io.StringIO()
        csv.writer(text, delimiter=mark).writerows(ROWS)
        path.write_bytes(text.getvalue().encode(encoding))

    return write


def page(path: Path) -> None:
    rows = "".join("<tr>" + "".join(f"<td>{t}</td>" for t in row) + "</tr>" for row in ROWS)
    body = f"<nav>首页</nav><p>标题</p><table>{rows}</table><footer>主办</footer>"
    path.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")


def odt(path: Path) -> None:
    spaces = " ".join(
        f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
        for n in ("office", "text", "table")
    )
    cells = [
        "".join(f"<table:table-cell><text:p>{t}</text:p></table:table-cell>" for t in row)
        for row in ROWS
    ]
    rows = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    table = f"<table:table>{rows}</table:table>"
    text = f"<office:document-content {spaces}>{table}</office:document-content>"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", text)


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("表.xlsx", xlsx),
        ("表.csv", delimited(",", "utf-8-sig")),
        ("表.csv", delimited(",", "gb18030")),
        ("表.txt", delimited("\t", "utf-16")),
        ("表.html", page),
        ("表.odt", odt),
    ],
)
def test_every_format_gives_the_same_plan(
    tmp_path: Path, name: str, write: Callable[[Path], None]
) -> None:
    write(tmp_path / name)
    plan = read_document(tmp_path / name).plan
    assert [(s.title, s.points) for s in plan.sections] == [("培训", 10)]
    assert [(i.no, i.title, i.points) for i in plan.indicators] == [
        (1, "质量培训", 6),
        (2, "质量宣传", 4),
    ]
    assert [(task.no, task.leads) for task in plan.tasks] == WANTED


def test_what_a_workbook_hides_is_told(tmp_path: Path) -> None:
    xlsx(tmp_path / "表.xlsx")
    source = load_document(tmp_path / "表.xlsx")
    assert [block.name for block in source.blocks if isinstance(block, Grid)] == ["工作表“Sheet”"]
    (told,) = source.problems
    assert "工作表“旧表”是隐藏的工作表" in told.found


def test_a_document_without_text_says_why(tmp_path: Path) -> None:
    import docx

    docx.Document().save(str(tmp_path / "空.docx"))
    with pytest.raises(DocumentError, match="里面没有文字"):
        load_document(tmp_path / "空.docx")
