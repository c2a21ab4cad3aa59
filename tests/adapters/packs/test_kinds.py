"""What a returned file is by its bytes, whatever it is called."""

import pytest

from qcity_xl.adapters.packs.kinds import OLE, NotAPack, kind_of
from tests.adapters.ooxml.build import zipped
from tests.returns.conftest import Round


def ole(stream: str) -> bytes:
    """As much of a compound file as is looked at: its mark, and the name of a stream in it."""
    return OLE + b"\0" * 64 + stream.encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "是空文件"),
        (b"%PDF-1.7", "是 PDF"),
        (b"Rar!\x1a", "是压缩包"),
        (b"\x89PNG\r\n", "是图片"),
        (b"PK\x03\x04 cut off", "后半截没有传到"),
        (zipped({"照片.jpg": b"x"}), "是压缩包，没有解开"),
        (ole("WordDocument"), "Word 文档"),
        (ole("EncryptedPackage"), "设有打开密码"),
        (ole("Nichts"), "不是工作簿，或已损坏"),
        (b"<html><table>", "是网页"),
        ("任务,进展\n6.1,已完成".encode("gbk"), "是文本文件"),
        (b"\0\1\2\3" * 9, "不是 Excel 工作簿"),
    ],
)
def test_what_is_no_workbook_is_told_with_what_to_do(data: bytes, words: str) -> None:
    with pytest.raises(NotAPack) as caught:
        kind_of(data)
    assert words in str(caught.value)
    assert "请" in str(caught.value)


def test_workbooks_new_and_old(sent: Round) -> None:
    assert kind_of(sent.pack()) == "ooxml"
    assert kind_of(ole("Workbook")) == "old"
