"""Files made to hurt whoever reads them, each from a real pack."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable

from msoffcrypto.method.ecma376_agile import ECMA376Agile

from tests.adapters.ooxml.build import zipped
from tests.returns.hand import cell_xml, edited, in_sheet, parts_of, sheet_part

Make = Callable[[bytes], bytes]
LAST = 1_048_576  # row of a sheet
PASSWORDS = ("Nobody-2016", "Neither-2016", "Somebody-2016")  # of the units
_DTD = (
    b'<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)


def _part(name: str, edit: Callable[[bytes], bytes]) -> Make:
    return lambda data: edited(data, name, edit)


def _with(parts: dict[str, bytes]) -> Make:
    return lambda data: zipped({**parts_of(data), **parts})


def _in_tasks(old: str, new: str) -> Make:
    return lambda data: in_sheet(data, "本轮任务", old, new)


def _cell(xml: str) -> Make:
    return lambda data: cell_xml(data, "本轮任务", "J9", xml)


def _tasks(edit: Callable[[bytes], bytes]) -> Make:
    return lambda data: edited(data, sheet_part(data, "本轮任务"), edit)


def _rows(xml: bytes | Callable[[], bytes]) -> Make:
    """These rows at the end of a sheet; large ones as a function, made when they are asked for."""

    def added(body: bytes) -> bytes:
        return body.replace(b"</sheetData>", (xml() if callable(xml) else xml) + b"</sheetData>")

    return _tasks(added)


def _stored(make: Make) -> Make:
    """The same without compression, so that it is not told by its ratio already."""

    def made(data: bytes) -> bytes:
        raw = io.BytesIO()
        with zipfile.ZipFile(raw, "w") as package:
            for name, content in parts_of(make(data)).items():
                package.writestr(name, content)
        return raw.getvalue()

    return made


def _bomb(data: bytes) -> bytes:
    """600 MB of zeros in one part."""
    raw = io.BytesIO(data)
    with (
        zipfile.ZipFile(raw, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
        package.open("xl/media/bomb.bin", "w") as part,
    ):
        for _ in range(600):
            part.write(bytes(1 << 20))
    return raw.getvalue()


def _lying_bomb(data: bytes) -> bytes:
    """A sheet that unpacks to 100 MB, though the directory says 1,000 bytes."""
    packer = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(100)) + packer.flush()
    name = sheet_part(data, "本轮任务")
    parts = parts_of(data)
    del parts[name]
    whole = zipped(parts)
    end = whole.rindex(b"PK\5\6")
    count, size, start = struct.unpack_from("<10xH2L", whole, end)[0:3]
    raw = name.encode()
    common = struct.pack("<5H3L2H", 20, 0, 8, 0, 0x21, 0, len(packed), 1000, len(raw), 0)
    local = b"PK\3\4" + common + raw + packed
    entry = b"PK\1\2\x14\0" + common + struct.pack("<3H2L", 0, 0, 0, 0, start) + raw
    directory = whole[start : start + size] + entry
    tail = struct.pack(
        "<4s4H2LH",
        *(b"PK\5\6", 0, 0, count + 1, count + 1, len(directory), start + len(local), 0),
    )
    return whole[:start] + local + directory + tail


def _overlapping(data: bytes) -> bytes:
    """One compressed megabyte that 190 directory entries share."""
    raw = io.BytesIO(data)
    with zipfile.ZipFile(raw, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/a000.bin", bytes(1 << 20))
    whole = raw.getvalue()
    end = whole.rindex(b"PK\5\6")
    count, size, start = struct.unpack_from("<10xH2L", whole, end)
    directory = whole[start : start + size]
    entry = directory[directory.rindex(b"PK\1\2") :]
    more = [entry.replace(b"a000", b"a%03d" % n) for n in range(1, 190 - count)]
    directory += b"".join(more)
    counts = (count + len(more),) * 2
    tail = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, *counts, len(directory), start, 0)
    return whole[:start] + directory + tail


def _twice(data: bytes) -> bytes:
    raw = io.BytesIO(data)
    with zipfile.ZipFile(raw, "a") as package:
        info = zipfile.ZipInfo(sheet_part(data, "本轮任务").upper())
        package.writestr(info, b"<worksheet/>")
    return raw.getvalue()


def _two_directories(data: bytes) -> bytes:
    """A second, other package in the comment of the first: who reads which?"""
    other = in_sheet(data, "本轮任务", "已落实", "别的内容")
    return other + data


def _deep(depth: int) -> bytes:
    return b"<x>" * depth + b"</x>" * depth


def _repeated(_: bytes) -> bytes:
    """An .ods of some hundred bytes whose one row has a thousand million cells."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{names}:office:1.0" '
        f'xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0">'
        '<office:body><office:spreadsheet><table:table table:name="a">'
        '<table:table-row table:number-rows-repeated="1000000000">'
        '<table:table-cell table:number-columns-repeated="1000000000" '
        'office:value-type="string"><text:p>1</text:p></table:table-cell>'
        "</table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as package:
        package.writestr("mimetype", kind)
        package.writestr("META-INF/manifest.xml", "<a/>")
        package.writestr("content.xml", content)
    return raw.getvalue()


def external(data: bytes) -> bytes:
    """A link to another workbook that is a command."""
    link = (
        b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        b' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        b'<ddeLink ddeService="cmd" ddeTopic="/C calc"/></externalLink>'
    )
    data = edited(
        data,
        "xl/_rels/workbook.xml.rels",
        lambda body: body.replace(
            b"</Relationships>",
            b'<Relationship Id="rx" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            b'relationships/externalLink" Target="file://evil/share/x.xlsx"'
            b' TargetMode="External"/></Relationships>',
        ),
    )
    return zipped({**parts_of(data), "xl/externalLinks/externalLink1.xml": link})


def macro(data: bytes) -> bytes:
    """Saved as .xlsm."""
    parts = {**parts_of(data), "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 AutoOpen Shell"}
    types = parts["[Content_Types].xml"].replace(
        b"spreadsheetml.sheet.main+xml", b"excel.sheet.macroEnabled.main+xml"
    )
    return zipped({**parts, "[Content_Types].xml": types})


def sealed(data: bytes) -> bytes:
    """Any bytes encrypted under the password that is tried last."""
    encrypted: bytes = ECMA376Agile.encrypt(PASSWORDS[-1], io.BytesIO(data))
    return encrypted


def _locked(make: Make) -> Make:
    return lambda data: sealed(make(data))


def _said(old: str, new: str) -> Make:
    """An encrypted pack that says something else of its encryption, as long as before."""

    def made(data: bytes) -> bytes:
        whole = sealed(data)
        start, end = (whole.index(mark) for mark in (b"<encryption", b"</encryption>"))
        said = re.sub(old.encode(), new.encode(), whole[start:end], count=1, flags=re.DOTALL)
        assert said != whole[start:end]
        room = end - start
        said = re.sub(rb"\s+", b" ", said) if len(said) > room else said
        assert len(said) <= room
        return whole[:start] + said.ljust(room) + whole[end:]

    return made


def _entities(data: bytes) -> bytes:
    """A bomb of entities where the encryption is described."""
    bomb = (
        '<!DOCTYPE a [<!ENTITY a "'
        + "a" * 90
        + '">'
        + "".join(
            f'<!ENTITY {one} "{f"&{before};" * 9}">'
            for before, one in zip("abcdefg", "bcdefgh", strict=True)
        )
        + "]>"
    )
    return _said(r"^.*$", bomb + "<encryption>&h;")(data)


def _stream(name: str, size: int) -> Make:
    """An encrypted pack whose directory says another size of a stream."""

    def made(data: bytes) -> bytes:
        whole = bytearray(sealed(data))
        entry = whole.index(name.encode("utf-16-le"))
        struct.pack_into("<Q", whole, entry + 120, size)
        return bytes(whole)

    return made


def _circle(data: bytes) -> bytes:
    """An encrypted pack whose table of sectors runs in a circle."""
    whole = bytearray(sealed(data))
    (table,) = struct.unpack_from("<L", whole, 76)
    start = (table + 1) * 512
    for sector in range(128):
        struct.pack_into("<L", whole, start + 4 * sector, sector)
    return bytes(whole)


def _many_tables(data: bytes) -> bytes:
    """One table of sectors that a hundred entries of the header name: a small file grows."""
    whole = bytearray(_stream("EncryptedPackage", 6_000_000)(data))
    (table,) = struct.unpack_from("<L", whole, 76)
    struct.pack_into("<L", whole, 44, 109)
    struct.pack_into("<109L", whole, 76, *[table] * 109)
    return bytes(whole)


def _parts(count: int) -> Make:
    return _with({f"xl/x{n}.xml": b"<a/>" for n in range(count)})


def _grid(rows: range, cells: bytes) -> bytes:
    """Rows with these cells, the number of the row in the place of each %d."""
    count = cells.count(b"%d")
    return b"".join(
        b'<row r="%d">%s</row>' % (row, cells % ((row,) * count) if count else cells)
        for row in rows
    )


def _shared_text(data: bytes) -> bytes:
    """32,000 letters that 384,000 cells share: 12 GB once they are values."""
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    link = b'<Relationship Id="rs" Type="%s" Target="sharedStrings.xml"/>' % kind
    data = edited(
        data,
        "xl/_rels/workbook.xml.rels",
        lambda body: body.replace(b"</Relationships>", link + b"</Relationships>"),
    )
    cells = _rows(_grid(range(1_000, 7_000), b'<c t="s"><v>0</v></c>' * 64))
    parts = parts_of(cells(data))
    parts["xl/sharedStrings.xml"] = b"<sst><si><t>%s</t></si></sst>" % (b"A" * 32_000)
    return _stored(lambda _: zipped(parts))(data)


_COLUMNS = [bytes([letter]) for letter in range(65, 91)] + [b"AA%c" % n for n in range(65, 91)]
_DDE = "<f>cmd|&apos;/C calc&apos;!A0</f><v>0</v>"
# name -> (how it is made, what the reason says; "" where the file is read all the same)
HOSTILE: dict[str, tuple[Make, str]] = {
    "zip bomb": (_bomb, "超过上限"),
    "bomb whose directory lies": (_lying_bomb, "校验不符"),
    "overlapping entries": (_overlapping, "目录与内容不符"),
    "a package in front of a package": (_two_directories, "压缩包目录"),
    "two parts of one name": (_twice, "两个同名部件"),
    "too many parts": (_parts(400), "内部部件数"),
    "part name that climbs out": (_with({"../../evil.xml": b"<a/>"}), "可疑的部件名"),
    "part name from the root": (_with({"/etc/passwd": b"<a/>"}), "可疑的部件名"),
    "part name of Windows": (_with({"C:\\evil.xml": b"<a/>"}), "可疑的部件名"),
    "truncated": (lambda data: data[:-30], "不完整"),
    "cut in the middle of a part": (lambda data: data[:2000] + data[4000:], "压缩包"),
    "entities in a sheet": (_tasks(lambda body: _DTD + body), "DTD"),
    "entities in the workbook": (_part("xl/workbook.xml", lambda body: _DTD + body), "DTD"),
    "entities in relationships": (
        _part("xl/_rels/workbook.xml.rels", lambda body: _DTD + body),
        "DTD",
    ),
    "entities in the types": (_part("[Content_Types].xml", lambda body: _DTD + body), "DTD"),
    "external entity": (
        _tasks(lambda body: b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + body),
        "DTD",
    ),
    "deep nesting in a sheet": (_stored(_rows(_deep(500_000))), "嵌套"),
    "deep nesting in relationships": (
        _part(
            "xl/_rels/workbook.xml.rels",
            lambda body: body.replace(b"</Relationships>", _deep(9_000) + b"</Relationships>"),
        ),
        "嵌套",
    ),
    "deep nesting in the workbook": (
        _part(
            "xl/workbook.xml",
            lambda body: body.replace(b"</sheets>", _deep(300_000) + b"</sheets>"),
        ),
        "嵌套",
    ),
    "two hundred thousand attributes": (
        _rows(lambda: b"<row " + b" ".join(b'a%d="1"' % n for n in range(200_000)) + b"/>"),
        "",
    ),
    "huge dimension": (_in_tasks('<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"'), ""),
    "cell in the last corner": (
        _rows(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "",
    ),
    "cell beyond the last corner": (
        _rows(b'<row r="9999999"><c r="ZZZ9999999"><v>1</v></c></row>'),
        "",
    ),
    "column of six letters": (_rows(b'<row r="99"><c r="ZZZZZZ99"><v>1</v></c></row>'), "地址不对"),
    "row of twenty digits": (_rows(b'<row r="99999999999999999999"/>'), "地址不对"),
    "address with an entity": (
        _rows(b'<row r="99"><c r="&#88;FD99"><v>1</v></c></row>'),
        "地址不对",
    ),
    "a wide row, then many": (
        _rows(
            b"<row>"
            + b"<c><v>1</v></c>" * 16_000
            + b"</row>"
            + b"<row><c><v>1</v></c></row>" * 90_000
        ),
        "超过 20,000 行",
    ),
    "a million cells": (
        _stored(_rows(lambda: _grid(range(1_000, 17_000), b"<c><v>1</v></c>" * 64))),
        "有内容的单元格",
    ),
    "not quite half a million cells": (
        _stored(_rows(lambda: _grid(range(1_000, 8_700), b"<c><v>1</v></c>" * 64))),
        "",
    ),
    "half a million formulas": (
        _stored(_rows(lambda: _grid(range(1_000, 9_000), b"<c><f>1</f></c>" * 64))),
        "公式或错误值过多",
    ),
    "half a million rows with one cell far right": (
        _stored(_rows(lambda: _grid(range(1_000, 500_000), b'<c r="BL%d"><v>1</v></c>'))),
        "工作表太大",
    ),
    "as many rows as there are": (
        _stored(_rows(lambda: _grid(range(LAST - 900_000, LAST), b"<c><v>1</v></c>"))),
        "有内容的单元格",
    ),
    "each row in another corner": (
        _rows(
            lambda: _grid(
                range(1_000, LAST, 300), b'<c r="A%d"><v>1</v></c><c r="BL%d"><v>1</v></c>'
            )
        ),
        "",
    ),
    "rows from the bottom to the top": (
        _rows(b'<row r="900"><c><v>1</v></c></row><row r="899"><c><v>1</v></c></row>'),
        "地址不对",
    ),
    "one long text in very many cells": (_shared_text, "工作表太大"),
    "merged from corner to corner": (
        _tasks(
            lambda body: body.replace(
                b"</sheetData>",
                b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
            )
        ),
        "",
    ),
    "many merged blocks": (
        _stored(
            _tasks(
                lambda body: body.replace(
                    b"</sheetData>",
                    b"</sheetData><mergeCells>"
                    + b'<mergeCell ref="A1:H14"/>' * 200_000
                    + b"</mergeCells>",
                )
            )
        ),
        "合并单元格过多",
    ),
    "a long text": (
        _stored(_cell(f'<c r="J9" t="inlineStr"><is><t>{"长" * 1_000_000}</t></is></c>')),
        "",
    ),
    "a large sheet": (_stored(_rows(lambda: b" " * (40 << 20))), "上限 32 MB"),
    "a sheet of formatted blanks": (
        _stored(
            _rows(
                lambda: b"".join(
                    b'<row r="%d">%s</row>'
                    % (row, b"".join(b'<c r="%s%d" s="3"/>' % (c, row) for c in _COLUMNS))
                    for row in range(1_000, 6_000)
                )
            )
        ),
        "",
    ),
    "sheets without number": (
        _part(
            "xl/workbook.xml",
            lambda body: body.replace(
                b"</sheets>", b'<sheet name="x" sheetId="9"/>' * 50_000 + b"</sheets>"
            ),
        ),
        "50,006 张工作表",
    ),
    "one part under many sheets": (
        _part(
            "xl/workbook.xml",
            lambda body: body.replace(
                b"</sheets>",
                b"".join(
                    b'<sheet xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
                    b'relationships" name="s%d" sheetId="%d" r:id="rId6"/>' % (n, n)
                    for n in range(50, 2_500)
                )
                + b"</sheets>",
            ),
        ),
        "2,456 张工作表",
    ),
    "sheet that is the workbook": (
        _part(
            "xl/_rels/workbook.xml.rels",
            lambda body: re.sub(rb'Target="[^"]*sheet2.xml"', b'Target="workbook.xml"', body),
        ),
        "",
    ),
    "another encoding": (
        _tasks(lambda body: b'<?xml version="1.0" encoding="gb2312"?>' + body),
        "编码",
    ),
    "external and DDE links": (external, ""),
    "DDE in a formula": (_cell(f'<c r="J9">{_DDE}</c>'), ""),
    "formula that calls out": (
        _cell('<c r="J9" t="str"><f>WEBSERVICE("http://x")</f><v>+1</v></c>'),
        "",
    ),
    "macros": (macro, ""),
    "a thousand million repeated cells": (_repeated, "旧格式"),
    "a zip bomb under a password": (_locked(_bomb), "超过上限"),
    "encrypted twice": (_locked(sealed), "加密的部分"),
    "encrypted noise": (_locked(lambda _: bytes(50_000)), "加密的部分"),
    "four thousand million rounds of hashing": (
        _said('spinCount="100000"', 'spinCount="4000000000"'),
        "加密的部分",
    ),
    "ten million rounds of hashing": (
        _said('spinCount="100000"', 'spinCount="10000000"'),
        "加密的部分",
    ),
    "as many rounds as are tried": (_said('spinCount="100000"', 'spinCount="1000000"'), "打开密码"),
    "negative rounds of hashing": (_said('spinCount="100000"', 'spinCount="-5"'), "加密的部分"),
    "entities in the encryption": (_entities, "加密的部分"),
    "encryption that is no XML": (_said("<keyData", "<<<<Data"), "加密的部分"),
    "key of another length": (
        _said('(p:encryptedKey.*?)keyBits="256"', r'\1keyBits="999"'),
        "加密的部分",
    ),
    "unknown hash": (
        _said('hashAlgorithm="SHA512"', 'hashAlgorithm="SHA999"'),
        "不是 Excel 工作簿",
    ),
    "encrypted stream that is larger than the file": (
        _stream("EncryptedPackage", 1 << 40),
        "加密的部分",
    ),
    "encryption of no bytes": (_stream("EncryptionInfo", 0), "加密的部分"),
    "sectors in a circle": (_circle, "加密的部分"),
    "sectors that repeat": (_many_tables, "打开密码"),
    "cut in the middle of the encrypted part": (
        lambda data: sealed(data)[:9_000],
        "加密的部分",
    ),
    "encrypted, larger than may be read": (
        lambda data: sealed(data) + bytes(60 << 20),
        "上限",
    ),
    "old format that says it is encrypted": (
        lambda _: (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + "Workbook".encode("utf-16-le")
            + b"\x09\x08\x10\0\0\6\5\0"
            + bytes(12)
            + b"\x2f\0"
        ),
        "加密的部分",
    ),
    "old format that is none": (
        lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") * 99,
        "旧格式",
    ),
}
