"""The office's own document: Word, Excel, WPS, PDF, a web page or text."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from qcity_xl.adapters.documents.dump import cells_of, decode
from qcity_xl.adapters.documents.errors import (
    DocumentDamaged,
    DocumentEmpty,
    DocumentEncrypted,
    DocumentError,
    DocumentMissing,
    DocumentScanned,
    DocumentTooLarge,
    UnsupportedDocument,
)
from qcity_xl.adapters.documents.source import Source
from qcity_xl.adapters.ooxml.limits import DEFAULT_LIMITS, PackageLimits
from qcity_xl.core.reading import Reading, Words, read_plan

SUFFIXES = (
    *(".docx", ".xlsx", ".doc", ".xls", ".wps", ".et", ".pdf", ".txt", ".csv", ".tsv"),
    *(".docm", ".xlsm", ".rtf", ".odt", ".ods", ".html", ".htm"),
)
_WORD = ("WordDocument", "0Table", "1Table", "Data")
_OLE = b"\xd0\xcf\x11\xe0"  # encrypted packages and old binary files begin so


def load_document(path: Path, limits: PackageLimits = DEFAULT_LIMITS) -> Source:
    """The text of a document in order, by what it is and not by its name.

    DocumentError with the true reason where it can't be read: damaged, empty, a scan, encrypted.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise UnsupportedDocument(path.name)
    data = _load(path, limits)
    if not data:
        raise DocumentEmpty(path.name, "是空文件，大小是0字节")
    source = _source(path, data, limits)
    if source.empty:
        if source.pictures or (data.startswith(b"PK") and _pictures(data)):
            raise DocumentScanned(path.name)
        raise DocumentEmpty(path.name, "里面没有文字")
    return source


def read_document(path: Path, own: Words = ()) -> Reading:
    """The plan in a document, with what was recovered, guessed, wrong or left over."""
    source = load_document(path)
    return read_plan(source.blocks, own, source.aside, source.problems)


def _source(path: Path, data: bytes, limits: PackageLimits) -> Source:
    name, head = path.name, data[:1024].lstrip().lower()
    # Each library takes a while to import: only the documents that need it pay.
    if data.startswith(b"PK"):
        return _package(name, data, limits)
    if data.startswith(_OLE):
        return _old(name, data, path.suffix.lower(), limits)
    if data.startswith(b"%PDF"):
        from qcity_xl.adapters.documents.pdf import pdf_source

        return pdf_source(name, data)
    if head.startswith(b"{\\rtf"):
        return _converted(name, data, ".rtf", limits)
    if head.startswith((b"<!doctype html", b"<html", b"<?xml")) or b"<table" in head:
        from qcity_xl.adapters.documents.markup import html_source

        return html_source(name, data)
    if path.suffix.lower() in (".txt", ".csv", ".tsv", ".htm", ".html"):
        return _text(name, data)
    raise DocumentDamaged(name, "文件损坏或不完整，内容和类型对不上")


def _text(name: str, data: bytes) -> Source:
    from qcity_xl.adapters.documents.sheets import rows_of, text_grid

    text = decode(data)
    if text is None:
        raise DocumentDamaged(name, "不是 UTF-8、GB18030 或 UTF-16 编码的文本")
    rows = rows_of(text)
    return Source([text_grid(rows)]) if rows else Source(list(cells_of(text)))


def _package(name: str, data: bytes, limits: PackageLimits) -> Source:
    members = _check_size(name, data, limits)
    if "xl/workbook.xml" in members:
        from qcity_xl.adapters.documents.sheets import xlsx_source

        return xlsx_source(name, data)
    if "content.xml" in members:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            kind = package.read("mimetype") if "mimetype" in members else b""
        if b"spreadsheet" in kind:
            from qcity_xl.adapters.documents.sheets import calamine_source

            return calamine_source(name, data)
        from qcity_xl.adapters.documents.opendocument import odt_source

        return odt_source(name, data)
    from qcity_xl.adapters.documents.word import docx_source

    return docx_source(name, data)


def _old(name: str, data: bytes, suffix: str, limits: PackageLimits) -> Source:
    """A file of the time before .docx and .xlsx, or an encrypted package."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            streams = {"/".join(parts).lower() for parts in ole.listdir()}
            word = {each: ole.openstream(each).read() for each in _WORD if ole.exists(each)}
    except Exception as error:  # olefile raises whatever a broken header leads to
        raise DocumentDamaged(name, "文件损坏或不完整") from error
    if "encryptedpackage" in streams:
        raise DocumentEncrypted(name)
    if streams & {"workbook", "book"}:
        from qcity_xl.adapters.documents.sheets import calamine_source

        return calamine_source(name, data)
    if "worddocument" in streams or suffix in (".doc", ".wps"):
        return _old_word(name, data, word, limits)
    raise DocumentDamaged(name, "文件损坏或不完整")


def _old_word(
    name: str, data: bytes, streams: Mapping[str, bytes], limits: PackageLimits
) -> Source:
    """A binary Word file: read here, or by LibreOffice where it is older or oddly built."""
    from qcity_xl.adapters.documents.doc import Locked, NotReadable, doc_source

    try:
        return doc_source(streams)
    except Locked as error:
        raise DocumentEncrypted(name) from error
    except NotReadable:
        return _converted(name, data, ".doc", limits)


def _converted(name: str, data: bytes, suffix: str, limits: PackageLimits) -> Source:
    from qcity_xl.adapters.documents.converted import converted
    from qcity_xl.adapters.documents.word import docx_source

    made = converted(name, data, suffix)
    _check_size(name, made, limits)
    return docx_source(name, made)


def _pictures(data: bytes) -> bool:
    """Whether a package holds pictures."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return any("/media/" in name or "Pictures/" in name for name in package.namelist())


def _load(path: Path, limits: PackageLimits) -> bytes:
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise DocumentTooLarge(path.name, "大小（字节）", size, limits.file_bytes)
        return path.read_bytes()
    except OSError as error:
        raise DocumentMissing(path.name) from error


def _check_size(name: str, data: bytes, limits: PackageLimits) -> set[str]:
    """The parts of a package; refused where it would unpack to more than the limits allow."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise DocumentDamaged(name, "文件损坏或不完整") from error
    if any(member.flag_bits & 1 for member in members):
        raise DocumentEncrypted(name)
    found = {
        "部件数": (len(members), limits.parts),
        "解压后大小（字节）": (sum(m.file_size for m in members), limits.unpacked_bytes),
    }
    for what, (number, allowed) in found.items():
        if number > allowed:
            raise DocumentTooLarge(name, what, number, allowed)
    return {member.filename for member in members}


__all__ = ["SUFFIXES", "DocumentError", "load_document", "read_document"]
