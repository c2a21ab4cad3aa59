"""Old Word documents, written by LibreOffice and read here."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import olefile
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from qcity_xl.adapters.documents import load_document
from qcity_xl.adapters.documents.doc import NotReadable, doc_source
from qcity_xl.adapters.documents.errors import DocumentScanned
from qcity_xl.adapters.documents.source import Source
from qcity_xl.adapters.documents.word import docx_source
from qcity_xl.adapters.office import convert
from qcity_xl.core.reading import Cell, Grid

Make = Callable[[Document], Path]


@pytest.fixture
def old(writer: Path, tmp_path: Path) -> Make:
    """Saves a document as .doc, by LibreOffice."""
    assert writer

    def save(document: Document) -> Path:
        source = tmp_path / "表.docx"
        document.save(str(source))
        return convert(source, "doc", tmp_path / "out", timeout=120)

    return save


def streams(path: Path) -> dict[str, bytes]:
    names = ("WordDocument", "0Table", "1Table", "Data")
    with olefile.OleFileIO(str(path)) as ole:
        return {name: ole.openstream(name).read() for name in names if ole.exists(name)}


def shown(source: Source) -> list[object]:
    """Texts, and tables as squares with text: what counts of both formats."""
    return [
        b.text
        if isinstance(b, Cell)
        else sorted((s.row, s.column, s.height, s.width, s.text) for s in b.squares if s.text)
        for b in source.blocks
    ]


def plan() -> Document:
    """Two tables: one with a row for a section and merged cells, one without."""
    document = docx.Document()
    document.add_paragraph("公园城市建设任务分解表")
    table = document.add_table(rows=5, cols=4)
    words = ["指标", "分值", "工作任务", "牵头单位"]
    for cell, text in zip(table.rows[0].cells, words, strict=True):
        cell.text = text
    table.cell(1, 0).merge(table.cell(1, 3)).text = "一、绿地（10分）"
    table.cell(2, 0).merge(table.cell(3, 0)).text = "1. 新建绿地"
    table.cell(2, 1).merge(table.cell(3, 1)).text = "10"
    table.cell(2, 2).text = "1.1 新建口袋公园\n1.2 补栽行道树"
    table.cell(3, 2).text = ""
    table.cell(3, 3).text = "市园林局"
    document.add_paragraph("注：树种从本地选。")
    second = document.add_table(rows=1, cols=2)
    second.cell(0, 0).text = "联系人"
    return document


def test_an_old_document_gives_what_the_new_one_gives(old: Make) -> None:
    document = plan()
    new = io.BytesIO()
    document.save(new)
    path = old(document)
    assert shown(doc_source(streams(path))) == shown(docx_source("表.docx", new.getvalue()))
    assert shown(load_document(path)) == shown(doc_source(streams(path)))


def test_what_does_not_count_is_left_out_and_told(old: Make) -> None:
    document = docx.Document()
    line = document.add_paragraph("完成绿道")
    line.add_run("（作废）").font.strike = True
    line.add_run("（内部）").font.hidden = True
    for tag, word in (("del", "delText"), ("ins", "t")):
        text = f"<w:r><w:{word}>{'八' if tag == 'del' else '九'}</w:{word}></w:r>"
        head = f'<w:{tag} {nsdecls("w")} w:id="1" w:author="甲" w:date="2026-01-01T00:00:00Z">'
        line._p.append(parse_xml(f"{head}{text}</w:{tag}>"))
    line.add_run("公里")
    source = doc_source(streams(old(document)))
    assert shown(source) == ["完成绿道九公里"]
    told = " ".join(problem.found for problem in source.problems)
    assert all(word in told for word in ("修订", "删除线文字：（作废）", "隐藏文字：（内部）"))


def test_a_picture_alone_is_a_scan(old: Make, tmp_path: Path) -> None:
    picture = tmp_path / "扫描.png"
    Image.new("L", (40, 40)).save(picture)
    document = docx.Document()
    document.add_picture(str(picture))
    with pytest.raises(DocumentScanned):
        load_document(old(document))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, writer: Path) -> Mapping[str, bytes]:
    assert writer
    folder = tmp_path_factory.mktemp("doc")
    plan().save(str(folder / "表.docx"))
    return streams(convert(folder / "表.docx", "doc", folder / "out", timeout=120))


@given(data=st.data())
def test_broken_bytes_are_never_read_as_something_else(
    written: Mapping[str, bytes], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(written)))
    cut = data.draw(st.integers(0, len(written[name])))
    try:
        source = doc_source({**written, name: written[name][:cut]})
    except NotReadable:
        return
    assert all(isinstance(block, Cell | Grid) for block in source.blocks)
    assert shown(source) == shown(doc_source(written))
