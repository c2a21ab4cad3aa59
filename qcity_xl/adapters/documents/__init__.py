"""The office's own document, as text dump or Word file."""

import io
import zipfile
from pathlib import Path

from qcity_xl.adapters.documents.dump import cells_of, decode
from qcity_xl.adapters.documents.errors import (
    DocumentDamaged,
    DocumentEncrypted,
    DocumentError,
    DocumentMissing,
    DocumentTooLarge,
    UnsupportedDocument,
)
from qcity_xl.adapters.ooxml.limits import DEFAULT_LIMITS, Limits
from qcity_xl.core.reading import Cell, Reading, read_plan

_OLE = b"\xd0\xcf\x11\xe0"  # encrypted packages and old binary files begin so


def load_cells(path: Path, limits: Limits = DEFAULT_LIMITS) -> list[Cell]:
    """The cells of a .docx or .txt file in document order; DocumentError if it can't be read."""
    if path.suffix.lower() not in (".docx", ".txt"):
        raise UnsupportedDocument(path.name)
    data = _load(path, limits)
    if path.suffix.lower() == ".docx":
        return _docx_cells(path.name, data, limits)
    text = decode(data)
    if text is None:
        raise DocumentDamaged(path.name, "不是 UTF-8、GB18030 或 UTF-16 编码的文本")
    return cells_of(text)


def read_document(path: Path) -> Reading:
    """The plan in a document, with what was recovered, guessed, wrong or left over."""
    return read_plan(load_cells(path))


def _load(path: Path, limits: Limits) -> bytes:
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise DocumentTooLarge(path.name, "大小（字节）", size, limits.file_bytes)
        return path.read_bytes()
    except OSError as error:
        raise DocumentMissing(path.name) from error


def _docx_cells(name: str, data: bytes, limits: Limits) -> list[Cell]:
    if data.startswith(_OLE):
        raise DocumentEncrypted(name)
    _check_size(name, data, limits)
    # The Word library takes a while to import: only Word files pay for it.
    from qcity_xl.adapters.documents.word import docx_cells

    return docx_cells(name, data)


def _check_size(name: str, data: bytes, limits: Limits) -> None:
    """Refuse a package that would unpack to more than the limits allow."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise DocumentDamaged(name, "不是完好的 Word 文件") from error
    if any(member.flag_bits & 1 for member in members):
        raise DocumentEncrypted(name)
    found = {
        "部件数": (len(members), limits.parts),
        "解压后大小（字节）": (sum(m.file_size for m in members), limits.unpacked_bytes),
    }
    for what, (number, allowed) in found.items():
        if number > allowed:
            raise DocumentTooLarge(name, what, number, allowed)


__all__ = ["DocumentError", "load_cells", "read_document"]
