"""Each cell of a returned workbook that is no row of ours is listed with its words."""

import pytest
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

from qcity_xl.adapters.packs.beside import template_texts
from qcity_xl.adapters.packs.reading import read_pack
from qcity_xl.adapters.resources import pack_template
from qcity_xl.core.master.settings import Limits
from qcity_xl.core.schema.pack import IDENTITY_SHEET
from tests.returns.conftest import Round
from tests.returns.hand import by_openpyxl, in_sheet


def _own_sheet(book: Workbook) -> None:
    book.create_sheet("附表")["C9"] = "桥梁检测三座"


def _own_column(book: Workbook) -> None:
    book["本轮任务"]["O7"], book["本轮任务"]["O8"] = "科室", "桥隧科"


def _far(book: Workbook) -> None:
    book["佐证"]["XFD1048576"] = "藏在角落"


def _comment(book: Workbook) -> None:
    book["佐证"]["D5"].comment = Comment("原件在档案室", "科员")


def _copy(book: Workbook) -> None:
    book.copy_worksheet(book["自评"])["F5"] = "写在副本上"


def _identity(book: Workbook) -> None:
    book[IDENTITY_SHEET]["G3"] = "写在隐藏表里"


def _id(book: Workbook) -> None:
    book["佐证"]["A40"] = "自编号7"


def _header(book: Workbook) -> None:
    book["自评"]["H4"] = "说明（科长填）"


def _total(book: Workbook) -> None:
    book["佐证"]["B40"], book["佐证"]["D40"] = "合计", "共12份"


def _error(book: Workbook) -> None:
    book.create_sheet("附表")["B2"] = "#REF!"


@pytest.mark.parametrize(
    ("edit", "found"),
    [
        (_own_sheet, {("附表", "C9", "桥梁检测三座")}),
        (_own_column, {("本轮任务", "O7", "科室"), ("本轮任务", "O8", "桥隧科")}),
        (_far, {("佐证", "XFD1048576", "藏在角落")}),
        (_comment, {("佐证", "D5", "原件在档案室")}),
        (_copy, {("自评 Copy", "F5", "写在副本上")}),
        (_identity, {("_qcity", "G3", "写在隐藏表里")}),
        (_id, {("佐证", "A40", "自编号7")}),
        (_header, {("自评", "H4", "说明（科长填）")}),
        (_total, {("佐证", "B40", "合计"), ("佐证", "D40", "共12份")}),
        (_error, {("附表", "B2", "#REF!")}),
    ],
)
def test_what_is_beside(sent: Round, edit: object, found: set[tuple[str, str, str]]) -> None:
    assert callable(edit)
    pack = read_pack(by_openpyxl(sent.honest, edit), Limits())
    assert {(item.sheet, item.cell, item.words) for item in pack.beside} == found


def test_a_pack_as_it_was_sent_has_nothing_beside(sent: Round) -> None:
    assert read_pack(sent.pack(), Limits()).beside == ()


def test_a_shared_text_beyond_the_bounds_is_read(sent: Round) -> None:
    data = in_sheet(
        sent.honest,
        "佐证",
        "</sheetData>",
        '<row r="1048570"><c r="BZ1048570" t="inlineStr"><is><t>远处</t></is></c></row>'
        "</sheetData>",
    )
    (item,) = read_pack(data, Limits()).beside
    assert (item.cell, item.words) == ("BZ1048570", "远处")


def test_the_template_knows_what_a_pack_says_around_its_tables(sent: Round) -> None:
    texts = set(template_texts(pack_template().read_bytes()))
    assert texts < set(read_pack(sent.pack(), Limits()).around)
