import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from qcity_xl.adapters.documents import DocumentError, load_document, read_document
from qcity_xl.adapters.ooxml.limits import PackageLimits
from qcity_xl.core.errors import QcityError
from qcity_xl.core.reading import Cell, Grid, Square
from tests.core.reading.county import HEADERS, dump, save_docx


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_docx(tmp_path_factory.mktemp("county") / "任务分解表.docx")


def test_word_file_and_dump_give_the_same_plan(county: Path, tmp_path: Path) -> None:
    path = tmp_path / "表.txt"
    path.write_text(dump(), encoding="utf-8")
    word, text = read_document(county), read_document(path)
    assert (word.plan.title, word.plan.sections) == (text.plan.title, text.plan.sections)
    assert (word.plan.indicators, word.plan.criteria) == (text.plan.indicators, text.plan.criteria)
    assert (word.plan.tasks, word.plan.units) == (text.plan.tasks, text.plan.units)
    assert word.recovered == text.recovered
    assert word.unplaced == text.unplaced == ()
    assert [(g.subject, g.what, g.taken) for g in word.guesses] == [
        (g.subject, g.what, g.taken) for g in text.guesses
    ]


def test_a_merged_cell_is_one_square_over_all_its_rows(county: Path) -> None:
    tables = [block for block in load_document(county).blocks if isinstance(block, Grid)]
    titles = [s for t in tables for s in t.squares if s.text == "1. 健全标准工作体系。"]
    assert titles == [Square("1. 健全标准工作体系。", 2, 2, height=3)]
    assert Square("2024-2025", 3, 7, height=3) in tables[1].squares


def test_paragraphs_and_tables_know_their_place(county: Path) -> None:
    first, *others = load_document(county).blocks
    assert first == Cell("青山县创建全省质量强县", "第1段", free=True)
    (heading,) = (b for b in others if isinstance(b, Cell) and b.text.startswith("三、"))
    assert (heading.where, heading.free) == ("第4段", True)
    grid = next(block for block in others if isinstance(block, Grid))
    assert (grid.name, grid.where(2, 6)) == ("表1", "表1第2行第6列")


def test_a_table_that_goes_on_without_headers_keeps_those_before_it(tmp_path: Path) -> None:
    document = docx.Document()
    rows = (
        (
            HEADERS,
            (
                "质量",
                "1. 制度。",
                "5",
                "",
                "建立制度（5分）。",
                "1.1建立。",
                "2024",
                "县教育局",
                "",
            ),
        ),
        (("质量", "2. 检查。", "5", "", "检查（5分）。", "2.1检查。", "2024", "县水利局", ""),),
    )
    for lines in rows:
        table = document.add_table(rows=0, cols=len(HEADERS))
        for texts in lines:
            for cell, text in zip(table.add_row().cells, texts, strict=True):
                cell.text = text
        document.add_paragraph("（续表）")
    document.save(str(tmp_path / "表.docx"))
    plan = read_document(tmp_path / "表.docx").plan
    assert [(task.no, task.leads) for task in plan.tasks] == [
        ("1.1", ("县教育局",)),
        ("2.1", ("县水利局",)),
    ]


def _run(text: str, mark: str = "") -> str:
    return f"<w:r><w:rPr>{mark}</w:rPr><w:t>{text}</w:t></w:r>"


def _paragraph(document: object, inside: str) -> None:
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{inside}</w:p>"))  # type: ignore[attr-defined]  # python-docx types some of its parts only


def test_inserted_text_is_read_and_deleted_text_is_not(tmp_path: Path) -> None:
    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.paragraphs[0]._p.append(
        parse_xml(
            f"<w:ins {nsdecls('w')}><w:r><w:t>查阅</w:t></w:r>"
            "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
            "<w:sdt><w:sdtContent><w:r><w:t>文件</w:t><w:br/><w:t>座谈</w:t></w:r></w:sdtContent></w:sdt>"
            "<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom></w:ins>"
        )
    )
    cell.add_table(1, 1).cell(0, 0).text = "表中表"
    document.save(str(tmp_path / "表.docx"))
    source = load_document(tmp_path / "表.docx")
    (grid,) = source.blocks
    assert isinstance(grid, Grid)
    assert grid.squares[0].text.split("\n")[:2] == ["查阅文件", "座谈"]
    assert "表中表" in grid.squares[0].text
    assert [problem.code for problem in source.problems] == ["tracked-changes"]


@pytest.mark.parametrize(
    ("mark", "said"),
    [("<w:vanish/>", "隐藏文字"), ("<w:strike/>", "删除线"), ("<w:dstrike/>", "删除线")],
)
def test_text_that_does_not_show_is_told_and_not_read(tmp_path: Path, mark: str, said: str) -> None:
    document = docx.Document()
    _paragraph(
        document, _run("县教育局") + _run("、县审计局", mark) + _run("。", '<w:vanish w:val="0"/>')
    )
    document.save(str(tmp_path / "表.docx"))
    source = load_document(tmp_path / "表.docx")
    assert [block.text for block in source.blocks if isinstance(block, Cell)] == ["县教育局。"]
    (told,) = source.problems
    assert said in told.found and "、县审计局" in told.found


# --- what is refused -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("表.png", b"", "不是能读的类型"),
        ("表", b"", "不是能读的类型"),
        ("表.pdf", b"%PDF", "不是完好的 PDF"),
        ("表.xlsx", b"PK", "文件损坏或不完整"),
        ("表.docx", b"\xd0\xcf\x11\xe0" + bytes(600), "文件损坏或不完整"),
        ("表.docx", b"", "是空文件"),
        ("表.docx", b"PK\x03\x04" + bytes(40), "文件损坏或不完整"),
        ("表.docx", b"GIF89a", "内容和类型对不上"),
        ("表.txt", bytes(50), "不是 UTF-8、GB18030 或 UTF-16 编码的文本"),
        ("没有.txt", None, "文件不存在"),
    ],
)
def test_a_file_that_is_not_read_is_told_with_what_to_do(
    tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(DocumentError) as caught:
        load_document(tmp_path / name)
    assert isinstance(caught.value, QcityError)
    assert name in str(caught.value)
    assert said in str(caught.value)


def test_a_zip_that_is_no_word_file_is_refused(tmp_path: Path) -> None:
    for parts in ({"a.txt": "b"}, {"[Content_Types].xml": "<broken"}):
        with zipfile.ZipFile(tmp_path / "表.docx", "w") as package:
            for name, text in parts.items():
                package.writestr(name, text)
        with pytest.raises(DocumentError, match="不是完好的 Word 文件"):
            load_document(tmp_path / "表.docx")


def test_a_word_file_with_a_part_cut_off_is_refused(county: Path, tmp_path: Path) -> None:
    path = tmp_path / "表.docx"
    with zipfile.ZipFile(county) as whole, zipfile.ZipFile(path, "w") as cut:
        for name in whole.namelist():
            data = whole.read(name)
            cut.writestr(name, data[:500] if name == "word/document.xml" else data)
    with pytest.raises(DocumentError, match="不是完好的 Word 文件"):
        load_document(path)


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (PackageLimits(file_bytes=1000), "大小（字节）"),
        (PackageLimits(unpacked_bytes=1000), "解压后大小"),
        (PackageLimits(parts=3), "部件数为"),
    ],
)
def test_too_much_is_not_read(county: Path, limits: PackageLimits, said: str) -> None:
    with pytest.raises(DocumentError, match=said):
        load_document(county, limits)
