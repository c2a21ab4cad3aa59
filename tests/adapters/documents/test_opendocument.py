"""OpenDocument texts and workbooks: what they say, and what they hide."""

import io
import zipfile

import pytest

from qcity_xl.adapters.documents.errors import DocumentDamaged
from qcity_xl.adapters.documents.opendocument import hidden_of_ods, odt_source
from qcity_xl.core.reading import Cell, Grid, Square


def odt(body: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "style")
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        text = f"<office:document-content {spaces}>{body}</office:document-content>"
        package.writestr("content.xml", text)
    return held.getvalue()


def test_an_opendocument_text_has_its_merged_cells_and_line_breaks() -> None:
    body = (
        "<text:p>公交<text:s/>准点<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>按月算</text:p></text:note-body></text:note>"
        "<office:annotation><text:p>待核</text:p></office:annotation></text:p>"
        "<table:table><table:table-row>"
        "<table:table-cell table:number-columns-spanned='2'>"
        "<text:p>准点率<text:line-break/>95%</text:p></table:table-cell>"
        "<table:covered-table-cell/><table:table-cell><text:p>3分</text:p></table:table-cell>"
        "</table:table-row></table:table>"
    )
    source = odt_source("表.odt", odt(body))
    squares = (Square("准点率\n95%", 1, 1, 1, 2), Square("3分", 1, 3))
    assert source.blocks == [Cell("公交 准点", "第1段", free=True), Grid("表1", squares)]
    assert source.aside == [Cell("按月算", "脚注1"), Cell("待核", "批注1")]
    assert source.problems == []


def test_changes_that_nobody_accepted_are_told_and_what_they_deleted_is_not_read() -> None:
    deleted = "<text:changed-region><text:p>旧任务</text:p></text:changed-region>"
    body = f"<text:tracked-changes>{deleted}</text:tracked-changes><text:p>新任务</text:p>"
    source = odt_source("表.odt", odt(body))
    assert [block.text for block in source.blocks if isinstance(block, Cell)] == ["新任务"]
    assert [problem.code for problem in source.problems] == ["tracked-changes"]


def test_what_is_no_package_is_told() -> None:
    with pytest.raises(DocumentDamaged, match="文件损坏或不完整"):
        odt_source("表.odt", "公交准点".encode())


def test_hidden_rows_and_hidden_or_struck_words_are_left_out_and_told() -> None:
    styles = "".join(
        f"<style:style style:name='{name}'><style:text-properties {form}/></style:style>"
        for name, form in (
            ("T1", "text:display='none'"),
            ("T2", "style:text-line-through-style='solid'"),
            ("T3", "style:text-line-through-style='none'"),
        )
    )
    body = (
        f"{styles}<text:p>公交<text:span text:style-name='T1'>内部</text:span>"
        "<text:span text:style-name='T2'>旧版</text:span>"
        "<text:span text:style-name='T3'>准点</text:span></text:p>"
        "<table:table><table:table-row table:visibility='collapse'>"
        "<table:table-cell><text:p>废行</text:p></table:table-cell></table:table-row>"
        "<table:table-row><table:table-cell><text:p>3分</text:p></table:table-cell>"
        "</table:table-row></table:table>"
    )
    source = odt_source("表.odt", odt(body))
    squares = (Square("3分", 2, 1),)
    assert source.blocks == [Cell("公交准点", "第1段", free=True), Grid("表1", squares)]
    (problem,) = source.problems
    assert problem.code == "hidden-text"
    assert "内部、旧版、废行" in problem.found


def test_lines_of_a_workbook_that_are_hidden_or_filtered_out_are_counted() -> None:
    body = (
        "<table:table table:name='清单'><table:table-column table:number-columns-repeated='2'/>"
        "<table:table-column table:visibility='collapse'/><table:table-row/>"
        "<table:table-row table:number-rows-repeated='2' table:visibility='filter'/>"
        "<table:table-row/><table:table-row table:visibility='collapse'/></table:table>"
    )
    hidden = hidden_of_ods(odt(body))["清单"]
    assert (hidden.rows, hidden.columns) == ({2, 3, 5}, {3})
    assert hidden_of_ods(b"PK") == {}
