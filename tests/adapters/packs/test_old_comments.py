"""Comments of .xls, .ods and .xlsb files: told with their place and words, as in .xlsx files."""

import io
import struct
import zipfile
from unittest.mock import patch

import pytest

from qcity_xl.adapters.packs.old import old_contents
from qcity_xl.adapters.packs.old_comments import old_comments
from qcity_xl.core.master.settings import Limits
from tests.adapters.packs.test_old import TABLE, ods
from tests.adapters.test_biff import record, workbook

SAID = "<office:annotation><text:p>数字待</text:p><text:p>核</text:p></office:annotation>"
BEFORE = '<table:table-cell table:number-columns-repeated="3"/>'
WITH = TABLE.replace("<text:p>古", f"{SAID}<text:p>古").replace(
    "<table:table-cell", f"{BEFORE}<table:table-cell", 1
)


def test_those_of_libreoffice_are_told_with_their_cell() -> None:
    contents = old_contents(ods(WITH), Limits())
    assert contents.comments == [("任务", "D1", "数字待\n核")]
    assert any("有1处批注（「任务」D1）" in remark for remark in contents.remarks)
    assert not old_contents(ods(), Limits()).comments


def test_rows_that_repeat_count() -> None:
    more = '<table:table-row table:number-rows-repeated="6"/><table:table-row>'
    assert old_comments(ods(WITH.replace("<table:table-row>", more, 1))) == [
        ("任务", "D7", "数字待\n核")
    ]


@pytest.mark.parametrize("wide", [True, False])
def test_those_of_an_xls_file_by_the_object_that_holds_their_words(*, wide: bool) -> None:
    words = "数字待核" if wide else "see p. 5"
    letters = words.encode("utf-16-le" if wide else "latin-1")
    half = 4
    chart = record(0x809, bytes(16)) + record(0x0A)
    sheet = (
        record(0x5D, struct.pack("<HHHH", 0x15, 0x12, 0x19, 7) + bytes(14))
        + record(0x1B6, bytes(10) + struct.pack("<H", len(words)) + bytes(6))
        + record(0x3C, bytes([wide]) + letters[:half])
        + record(0x3C, bytes([wide]) + letters[half:])
        + record(0x3C, bytes(16))  # how it looks
        + chart
        + record(0x1C, struct.pack("<HHHH", 8, 2, 0, 7) + bytes(4))
    )
    with patch(
        "qcity_xl.adapters.packs.old_comments.workbook_stream", lambda _: workbook(任务=sheet)
    ):
        assert old_comments(b"\xd0\xcf\x11\xe0") == [("任务", "C9", words)]


def test_where_they_cannot_be_read_that_is_told() -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as package:
        package.writestr("xl/comments1.bin", b"\0")
    ((_, _, why),) = old_comments(raw.getvalue())
    assert "读不出内容" in why
    assert old_comments(ods(WITH + " " * (17 << 20))) == [("批注", "", why)]
