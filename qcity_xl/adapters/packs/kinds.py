"""What a returned file is, by its bytes and never by its name: readable, or why not."""

import re
from typing import Literal

from qcity_xl.adapters.ooxml import Package
from qcity_xl.adapters.protection import protection_of
from qcity_xl.core.errors import QcityError

FileFormat = Literal[
    "ooxml", "old"
]  # "old": .xls, .et, .ods, .xlsb, read in a process of their own

_ASK = "请把下发的 .xlsx 填报表填好报送"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END_OF_ZIP = b"PK\x05\x06"
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "是 PDF，不是工作簿"),
    (b"Rar!", "是压缩包，没有解开；请解压后只寄里面的填报表"),
    (b"7z\xbc\xaf", "是压缩包，没有解开；请解压后只寄里面的填报表"),
    (b"\x1f\x8b", "是压缩包，没有解开；请解压后只寄里面的填报表"),
    (b"MSCF", "是压缩包，没有解开；请解压后只寄里面的填报表"),
    (b"\x89PNG", "是图片，不是工作簿"),
    (b"\xff\xd8\xff", "是图片，不是工作簿"),
    (b"GIF8", "是图片，不是工作簿"),
    (b"{\\rtf", "是 RTF 文档，不是工作簿"),
)
_STREAMS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "设有打开密码，读不了；请去掉密码后另存为 .xlsx 再寄"),
    ("WordDocument", f"是 Word 文档（.doc），不是工作簿；{_ASK}"),
    ("PowerPoint Document", f"是演示文稿（.ppt），不是工作簿；{_ASK}"),
)
_INSIDES: tuple[tuple[bytes, str], ...] = (
    (b"index/document.iwa", "是苹果 Numbers 等的文稿；请在 Numbers 里导出为 Excel（.xlsx）再寄"),
    (b"ofd.xml", f"是 OFD 版式文件，不是工作簿；{_ASK}"),
    (b"uof.xml", "是标文通（UOF）文档；请另存为 .xlsx 再寄"),
)
_CONTENT_TYPES = re.compile(rb"\[content_types\]\.xml", re.IGNORECASE)
_WORKBOOK = re.compile(
    rb"xl[/\\]workbook|opendocument\.spreadsheet|index/document\.iwa", re.IGNORECASE
)
_BOOK_STREAMS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book", "EncryptedPackage"))
_FOLDERS: tuple[tuple[str, str], ...] = (
    ("word/", f"是 Word 文档，不是工作簿；{_ASK}"),
    ("ppt/", f"是演示文稿，不是工作簿；{_ASK}"),
)


class NotAPack(QcityError):
    """A file that is no pack; the text says what it is instead and what to do, in Chinese."""


class AMaster(NotAPack):
    """A file that is a master: perhaps that of a city, which answers what was sent to it."""


def kind_of(data: bytes) -> FileFormat:
    """How to read these bytes. Raises NotAPack for what is no workbook."""
    if not data:
        raise NotAPack("是空文件；请重新发送")
    if data.startswith(b"PK\x03\x04"):
        return _zip(data)
    if data.startswith(OLE):
        return _compound(data)
    if program := protection_of(data):
        raise NotAPack(
            f"还在文档保护软件（{program}）的保护之下，这里打不开；"
            "请单位解密（或按本单位规定办外发）后再寄"
        )
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise NotAPack(what if "请" in what else f"{what}；{_ASK}")
    raise NotAPack(_text(data))


def is_workbook(data: bytes) -> bool:
    """Whether bytes are a workbook of any program, or something that hides one. A quick look."""
    if data.startswith(b"PK"):
        return _WORKBOOK.search(data) is not None
    if data.startswith(OLE):
        return any(name in data for name in _BOOK_STREAMS)
    return bool(protection_of(data))


def check_parts(package: Package) -> FileFormat:
    """How to read a zip by what is in it. Raises NotAPack."""
    names = [name.casefold() for name in package.names]
    if any(name.endswith("workbook.bin") for name in names):
        return "old"
    for folder, what in _FOLDERS:
        if any(name.startswith(folder) for name in names):
            raise NotAPack(what)
    return "ooxml"


def _zip(data: bytes) -> FileFormat:
    if _END_OF_ZIP not in data:
        raise NotAPack("文件不完整，后半截没有传到；请重新发送")
    if not _CONTENT_TYPES.search(data):
        if b"opendocument.spreadsheet" in data[:200]:
            return "old"
        lower = data.lower()
        for inside, what in _INSIDES:
            if inside in lower:
                raise NotAPack(what)
        raise NotAPack("是压缩包，没有解开；请解压后只寄里面的填报表")
    return "ooxml"


def _compound(data: bytes) -> FileFormat:
    for stream, what in _STREAMS:
        if stream.encode("utf-16-le") in data:
            raise NotAPack(what)
    if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        return "old"
    raise NotAPack(f"不是工作簿，或已损坏；{_ASK}")


def _text(data: bytes) -> str:
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"<?xml") and b"office:spreadsheet" in start:
        return "是“XML 表格 2003”格式；请另存为 .xlsx 再寄"
    if start.startswith((b"<!doctype html", b"<html", b"<table")):
        return f"是网页，只是改了扩展名；{_ASK}"
    if _readable(data[:4096]):
        return f"是文本文件（如 .csv），行键和下发值都丢了；{_ASK}"
    return f"不是 Excel 工作簿；{_ASK}"


def _readable(start: bytes) -> bool:
    if b"\0" in start:
        return start.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-8", "gb18030"):
        for cut in range(4):  # the last character may be cut in two
            try:
                start[: len(start) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return True
    return False
