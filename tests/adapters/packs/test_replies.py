"""Replies as files: findings on the first sheet, marked cells, or a text for Notepad."""

import io

import openpyxl

from qcity_xl.adapters.disk import load_bytes
from qcity_xl.adapters.packs.replies import MARK, refusal_text, reply_bytes
from qcity_xl.adapters.resources import pack_template
from qcity_xl.core.merge.decide import decide_pack
from qcity_xl.core.merge.replies import reply_to
from qcity_xl.core.schema.pack import PACK_TASKS, REPLY
from tests.core.builders import issued, pack_of, returned


def test_the_refused_cell_is_marked_and_explained_in_front() -> None:
    master = issued()
    pack = returned(pack_of(master, "市农委"), (PACK_TASKS, "T1.1/市农委", "progress", "差不多"))
    reply = reply_to(pack, decide_pack(pack, master), master)
    assert reply is not None
    book = openpyxl.load_workbook(io.BytesIO(reply_bytes(load_bytes(pack_template()), reply)))
    assert book.active is not None
    assert book.active.title == REPLY.sheet
    told = [[cell.value for cell in line] for line in book[REPLY.sheet].iter_rows()]
    (line,) = (line for line in told if any("差不多" in str(value) for value in line))
    (address,) = (value for value in line if value in {"I7", "I8", "I9"})
    cell = book[PACK_TASKS.table.sheet][str(address)]
    assert cell.value == "差不多"
    assert str(cell.fill.fgColor.rgb).endswith(MARK)


def test_a_text_that_notepad_shows_in_lines() -> None:
    data = refusal_text("填报\n表.xlsx", "是图片，请寄原件。")
    assert data.startswith(b"\xef\xbb\xbf")
    lines = data.decode("utf-8-sig").split("\r\n")
    assert lines[0] == "您报送的文件：填报 表.xlsx"
    assert lines[2] == "原因和办法：是图片，请寄原件。"
