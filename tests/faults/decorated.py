"""A master that users have decorated with all that a workbook can hold, built part by part.

No library writes most of this, and openpyxl would lose it on the next save.
"""

import base64
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.ooxml import Book
from qcity_xl.core.schema import ASSIGNMENTS, EVIDENCE, PROBLEMS, TASKS, Table
from tests.adapters.ooxml.build import zipped

Parts = dict[str, bytes]

SHEET = "我的分析"
NOTE, LENGTH = "我的备注", "说明字数"  # columns that the user put into our tables
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PKG = "http://schemas.openxmlformats.org/package/2006"
_DRAW = "http://schemas.openxmlformats.org/drawingml/2006"
_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_XM = "http://schemas.microsoft.com/office/excel/2006/main"
_TC = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_MS = "http://schemas.microsoft.com/office"
_APP = "application/vnd.openxmlformats-officedocument."
_SS, _MSX = f"{_APP}spreadsheetml", "application/vnd.ms-excel"
_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)
_PERSON = "{A1B2C3D4-0000-4000-8000-000000000001}"
_THREAD = "{A1B2C3D4-0000-4000-8000-000000000002}"

# part -> content type ("" where the ending says it) and content
_PARTS: dict[str, tuple[str, str | bytes]] = {
    "xl/worksheets/sheet99.xml": (
        f"{_SS}.worksheet+xml",
        f'<worksheet xmlns="{_MAIN}" xmlns:r="{_REL}"><sheetPr codeName="MySheet"/>'
        '<dimension ref="A1:F12"/><sheetViews><sheetView workbookViewId="0"/></sheetViews>'
        "<sheetData>"
        '<row r="1"><c r="A1" t="inlineStr"><is><t>已完成</t></is></c><c r="B1">'
        '<f>COUNTIFS(tblAssignments[完成情况],"已完成")</f><v>0</v></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>说明总字数</t></is></c><c r="B2">'
        f"<f>SUM(tblAssignments[{LENGTH}])</f><v>0</v></c></row>"
        '<row r="3"><c r="A3" t="inlineStr"><is><t>甲</t></is></c><c r="B3"><v>1</v></c></row>'
        '<row r="4"><c r="A4" t="inlineStr"><is><t>乙</t></is></c><c r="B4"><v>2</v></c></row>'
        '</sheetData><customSheetViews><customSheetView guid="{A1B2C3D4-0000-4000-8000-00000000'
        '0003}" scale="85"><pageMargins left="1" right="1" top="1" bottom="1" header="0.3"'
        ' footer="0.3"/></customSheetView></customSheetViews>'
        '<conditionalFormatting sqref="B3:B4"><cfRule type="cellIs" priority="1" operator='
        '"greaterThan"><formula>1</formula></cfRule></conditionalFormatting>'
        '<dataValidations count="1"><dataValidation type="list" allowBlank="1" sqref="A3:A4">'
        '<formula1>"甲,乙"</formula1></dataValidation></dataValidations>'
        '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape"/>'
        '<rowBreaks count="1" manualBreakCount="1"><brk id="6" max="16383" man="1"/></rowBreaks>'
        '<drawing r:id="rId1"/><legacyDrawing r:id="rId2"/><extLst>'
        f'<ext uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}" xmlns:x14="{_X14}">'
        "<x14:conditionalFormattings>"
        f'<x14:conditionalFormatting xmlns:xm="{_XM}"><x14:cfRule type="dataBar" id="{_THREAD}">'
        '<x14:dataBar minLength="0" maxLength="100"><x14:cfvo type="autoMin"/><x14:cfvo type='
        '"autoMax"/></x14:dataBar></x14:cfRule><xm:sqref>B1:B2</xm:sqref>'
        "</x14:conditionalFormatting></x14:conditionalFormattings></ext>"
        f'<ext uri="{{05C60535-1F16-4fd2-B633-F4F36F0B64E0}}" xmlns:x14="{_X14}">'
        f'<x14:sparklineGroups xmlns:xm="{_XM}"><x14:sparklineGroup displayEmptyCellsAs="gap">'
        f"<x14:sparklines><x14:sparkline><xm:f>{SHEET}!B3:B4</xm:f><xm:sqref>C1</xm:sqref>"
        "</x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext>"
        f'<ext uri="{{A8765BA9-456A-4dab-B4F3-ACF838C121DE}}" xmlns:x14="{_X14}">'
        '<x14:slicerList><x14:slicer r:id="rId6"/></x14:slicerList></ext></extLst></worksheet>',
    ),
    "xl/worksheets/_rels/sheet99.xml.rels": (
        "",
        f'<Relationships xmlns="{_PKG}/relationships">'
        f'<Relationship Id="rId1" Type="{_REL}/drawing" Target="../drawings/drawing99.xml"/>'
        f'<Relationship Id="rId2" Type="{_REL}/vmlDrawing" Target="../drawings/vmlDrawing99.vml"/>'
        f'<Relationship Id="rId3" Type="{_REL}/comments" Target="../comments99.xml"/>'
        f'<Relationship Id="rId4" Type="{_MS}/2017/10/relationships/threadedComment"'
        ' Target="../threadedComments/threadedComment99.xml"/>'
        f'<Relationship Id="rId5" Type="{_REL}/pivotTable"'
        ' Target="../pivotTables/pivotTable99.xml"/>'
        f'<Relationship Id="rId6" Type="{_MS}/2007/relationships/slicer"'
        ' Target="../slicers/slicer99.xml"/></Relationships>',
    ),
    "xl/drawings/drawing99.xml": (
        f"{_APP}drawing+xml",
        f'<xdr:wsDr xmlns:xdr="{_DRAW}/spreadsheetDrawing" xmlns:a="{_DRAW}/main" xmlns:r="{_REL}">'
        "<xdr:absoluteAnchor><xdr:pos x='0' y='0'/><xdr:ext cx='3000000' cy='2000000'/>"
        "<xdr:graphicFrame macro=''><xdr:nvGraphicFramePr><xdr:cNvPr id='2' name='我的图'/>"
        "<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x='0' y='0'/>"
        f"<a:ext cx='0' cy='0'/></xdr:xfrm><a:graphic><a:graphicData uri='{_DRAW}/chart'>"
        f"<c:chart xmlns:c='{_DRAW}/chart' r:id='rId1'/></a:graphicData></a:graphic>"
        "</xdr:graphicFrame><xdr:clientData/></xdr:absoluteAnchor>"
        "<xdr:absoluteAnchor><xdr:pos x='3000000' y='0'/><xdr:ext cx='200000' cy='200000'/>"
        "<xdr:pic><xdr:nvPicPr><xdr:cNvPr id='3' name='照片'/><xdr:cNvPicPr/></xdr:nvPicPr>"
        "<xdr:blipFill><a:blip r:embed='rId2'/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>"
        "<xdr:spPr><a:prstGeom prst='rect'><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic>"
        "<xdr:clientData/></xdr:absoluteAnchor>"
        "<xdr:absoluteAnchor><xdr:pos x='4000000' y='0'/><xdr:ext cx='900000' cy='300000'/>"
        "<xdr:sp macro='' textlink=''><xdr:nvSpPr><xdr:cNvPr id='4' name='批示'/><xdr:cNvSpPr/>"
        "</xdr:nvSpPr><xdr:spPr><a:xfrm><a:off x='4000000' y='0'/><a:ext cx='900000' cy='300000'/>"
        "</a:xfrm><a:prstGeom prst='ellipse'><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody>"
        "<a:bodyPr/><a:p><a:r><a:t>请抓紧</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
        "<xdr:clientData/></xdr:absoluteAnchor></xdr:wsDr>",
    ),
    "xl/drawings/_rels/drawing99.xml.rels": (
        "",
        f'<Relationships xmlns="{_PKG}/relationships">'
        f'<Relationship Id="rId1" Type="{_REL}/chart" Target="../charts/chart99.xml"/>'
        f'<Relationship Id="rId2" Type="{_REL}/image" Target="../media/image99.png"/>'
        "</Relationships>",
    ),
    "xl/media/image99.png": ("", _PNG),
    "xl/charts/chart99.xml": (
        f"{_APP}drawingml.chart+xml",
        f'<c:chartSpace xmlns:c="{_DRAW}/chart"><c:chart><c:plotArea><c:barChart>'
        '<c:barDir val="col"/><c:ser><c:idx val="0"/><c:order val="0"/><c:val><c:numRef>'
        f"<c:f>{SHEET}!$B$1:$B$4</c:f></c:numRef></c:val></c:ser><c:axId val='1'/>"
        "<c:axId val='2'/></c:barChart><c:catAx><c:axId val='1'/><c:scaling/><c:axPos val='b'/>"
        "<c:crossAx val='2'/></c:catAx><c:valAx><c:axId val='2'/><c:scaling/><c:axPos val='l'/>"
        "<c:crossAx val='1'/></c:valAx></c:plotArea></c:chart></c:chartSpace>",
    ),
    "xl/drawings/vmlDrawing99.vml": (
        "",
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office'
        ':excel"><v:shape id="_x0000_s1025" style="visibility:hidden"><x:ClientData ObjectType='
        '"Note"><x:Row>2</x:Row><x:Column>0</x:Column></x:ClientData></v:shape></xml>',
    ),
    "xl/comments99.xml": (
        f"{_SS}.comments+xml",
        f'<comments xmlns="{_MAIN}"><authors><author>tc={_THREAD}</author></authors><commentList>'
        '<comment ref="A3" authorId="0"><text><t>再核对</t></text></comment></commentList>'
        "</comments>",
    ),
    "xl/threadedComments/threadedComment99.xml": (
        f"{_MSX}.threadedcomments+xml",
        f'<ThreadedComments xmlns="{_TC}"><threadedComment ref="A3" dT="2016-05-01T09:00:00.00"'
        f' personId="{_PERSON}" id="{_THREAD}"><text>再核对</text></threadedComment>'
        "</ThreadedComments>",
    ),
    "xl/persons/person.xml": (
        f"{_MSX}.person+xml",
        f'<personList xmlns="{_TC}"><person displayName="王敏" id="{_PERSON}" userId="wm"'
        ' providerId="None"/></personList>',
    ),
    "xl/pivotCache/pivotCacheDefinition99.xml": (
        f"{_SS}.pivotCacheDefinition+xml",
        f'<pivotCacheDefinition xmlns="{_MAIN}" xmlns:r="{_REL}" r:id="rId1" recordCount="2">'
        f'<cacheSource type="worksheet"><worksheetSource ref="A3:B4" sheet="{SHEET}"/>'
        '</cacheSource><cacheFields count="2"><cacheField name="甲" numFmtId="0"><sharedItems'
        ' count="1"><s v="乙"/></sharedItems></cacheField><cacheField name="1" numFmtId="0">'
        '<sharedItems containsNumber="1"/></cacheField></cacheFields></pivotCacheDefinition>',
    ),
    "xl/pivotCache/_rels/pivotCacheDefinition99.xml.rels": (
        "",
        f'<Relationships xmlns="{_PKG}/relationships"><Relationship Id="rId1"'
        f' Type="{_REL}/pivotCacheRecords" Target="pivotCacheRecords99.xml"/></Relationships>',
    ),
    "xl/pivotCache/pivotCacheRecords99.xml": (
        f"{_SS}.pivotCacheRecords+xml",
        f'<pivotCacheRecords xmlns="{_MAIN}" count="1"><r><x v="0"/><n v="2"/></r>'
        "</pivotCacheRecords>",
    ),
    "xl/pivotTables/pivotTable99.xml": (
        f"{_SS}.pivotTable+xml",
        f'<pivotTableDefinition xmlns="{_MAIN}" name="我的透视" cacheId="99" dataCaption="值">'
        '<location ref="E1:F3" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/>'
        '<pivotFields count="2"><pivotField axis="axisRow" showAll="0"><items count="2">'
        '<item x="0"/><item t="default"/></items></pivotField><pivotField dataField="1"'
        ' showAll="0"/></pivotFields><rowFields count="1"><field x="0"/></rowFields>'
        '<dataFields count="1"><dataField name="求和" fld="1"/></dataFields>'
        "</pivotTableDefinition>",
    ),
    "xl/pivotTables/_rels/pivotTable99.xml.rels": (
        "",
        f'<Relationships xmlns="{_PKG}/relationships"><Relationship Id="rId1"'
        f' Type="{_REL}/pivotCacheDefinition"'
        ' Target="../pivotCache/pivotCacheDefinition99.xml"/></Relationships>',
    ),
    "xl/slicerCaches/slicerCache99.xml": (
        f"{_MSX}.slicerCache+xml",
        f'<slicerCacheDefinition xmlns="{_X14}" name="切片器_甲" sourceName="甲"><pivotTables>'
        '<pivotTable tabId="99" name="我的透视"/></pivotTables><data><tabular pivotCacheId="99">'
        '<items count="1"><i x="0" s="1"/></items></tabular></data></slicerCacheDefinition>',
    ),
    "xl/slicers/slicer99.xml": (
        f"{_MSX}.slicer+xml",
        f'<slicers xmlns="{_X14}"><slicer name="甲" cache="切片器_甲" caption="甲"'
        ' rowHeight="241300"/></slicers>',
    ),
    "xl/vbaProject.bin": (
        "application/vnd.ms-office.vbaProject",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 8,
    ),
    "customXml/item99.xml": ("", '<office xmlns="urn:my">我的数据</office>'),
}
_WORKBOOK_RELS = (
    ("rId901", f"{_REL}/worksheet", "worksheets/sheet99.xml"),
    ("rId902", f"{_REL}/pivotCacheDefinition", "pivotCache/pivotCacheDefinition99.xml"),
    ("rId903", f"{_MS}/2007/relationships/slicerCache", "slicerCaches/slicerCache99.xml"),
    ("rId904", f"{_MS}/2017/10/relationships/person", "persons/person.xml"),
    ("rId905", f"{_MS}/2006/relationships/vbaProject", "vbaProject.bin"),
    ("rId906", f"{_REL}/customXml", "../customXml/item99.xml"),
)
# What the user put into the workbook part and into our sheet 任务; it must stay, byte by byte.
NAMES = (
    f'<definedName name="我的区域">{SHEET}!$A$1:$B$4</definedName>'
    f'<definedName name="我的完成数">COUNTIFS(tblAssignments[完成情况],"已完成")</definedName>'
).encode()
VIEWS = (
    '<customWorkbookViews><customWorkbookView name="汇报用" guid="{A1B2C3D4-0000-4000-8000-00000000'
    '0003}" windowWidth="800" windowHeight="600" activeSheetId="1"/></customWorkbookViews>'
    '<pivotCaches><pivotCache cacheId="99" r:id="rId902"/></pivotCaches>'
).encode()
SLICERS = (
    f'<extLst><ext uri="{{BBE1A952-AA13-448e-AADC-164F8A28A991}}" xmlns:x14="{_X14}">'
    '<x14:slicerCaches><x14:slicerCache r:id="rId903"/></x14:slicerCaches></ext></extLst>'
).encode()
FORMATS = (
    b'<conditionalFormatting sqref="D5:D20"><cfRule type="duplicateValues" priority="99"/>'
    b"</conditionalFormatting>"
)
SPARKLINE = (
    f'<extLst><ext uri="{{05C60535-1F16-4fd2-B633-F4F36F0B64E0}}" xmlns:x14="{_X14}">'
    f'<x14:sparklineGroups xmlns:xm="{_XM}"><x14:sparklineGroup displayEmptyCellsAs="gap">'
    f"<x14:sparklines><x14:sparkline><xm:f>{SHEET}!B3:B4</xm:f><xm:sqref>Z5</xm:sqref>"
    "</x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext></extLst>"
).encode()


def decorate(path: Path, out: Path, *, signed: bool = False) -> frozenset[str]:
    """Write the decorated form of the master at `path` to `out` (.xlsm); the names of new parts."""
    parts = read_parts(path.read_bytes())
    lines = WorkbookFile.open(path).master.lines
    for table in (TASKS, ASSIGNMENTS, EVIDENCE, PROBLEMS):
        keys = {line: key for (name, key), line in lines.items() if name == table.name}
        _add_column(parts, table, NOTE, partial(_note, keys))
    _add_column(parts, ASSIGNMENTS, LENGTH, _length_cell, f"<f>{_LENGTH}</f>")
    _decorate_tasks(parts)
    for name, (kind, content) in _PARTS.items():
        parts[name] = content.encode() if isinstance(content, str) else content
        if kind:
            _declare(parts, f'<Override PartName="/{name}" ContentType="{kind}"/>')
    _declare(parts, '<Default Extension="png" ContentType="image/png"/>')
    _declare(parts, f'<Default Extension="vml" ContentType="{_APP}vmlDrawing"/>')
    _decorate_workbook(parts)
    new = set(_PARTS)
    if signed:
        new |= _sign(parts)
    out.write_bytes(zipped(parts))
    return frozenset(new)


def read_parts(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def part_of(parts: Parts, sheet: str) -> str:
    """The part of a sheet."""
    workbook, rels = (parts[n].decode() for n in ("xl/workbook.xml", _RELS))
    tag = next(t for t in re.findall(r"<sheet [^>]*>", workbook) if f'name="{sheet}"' in t)
    ident = re.search(r'r:id="(\w+)"', tag)
    assert ident
    link = next(t for t in re.findall(r"<Relationship [^>]*>", rels) if f'Id="{ident[1]}"' in t)
    target = re.search(r'Target="/?(?:xl/)?([^"]+)"', link)
    assert target
    return f"xl/{target[1]}"


def type_by_hand(path: Path, table: Table, header: str, values: dict[str, str]) -> None:
    """Fill cells of a user's column as a person does: row id -> text."""
    file, book = WorkbookFile.open(path), Book.open(path)
    info = book.tables[table.name]
    for key, value in values.items():
        line = file.master.lines[table.name, key]
        book.set(info.sheet, line, info.first_col + info.columns.index(header), value)
    path.write_bytes(book.to_bytes())


def column_of(path: Path, table: Table, header: str) -> dict[str, object]:
    """A user's column: row id -> value."""
    file, book = WorkbookFile.open(path), Book.open(path)
    info = book.tables[table.name]
    col = info.first_col + info.columns.index(header)
    return {
        key: book.cell_value(info.sheet, line, col)
        for (name, key), line in file.master.lines.items()
        if name == table.name
    }


_RELS = "xl/_rels/workbook.xml.rels"
_LENGTH = "LEN(tblAssignments[[#This Row],[进展说明]])"


def _note(keys: Mapping[int, str], line: int) -> str:
    key = keys.get(line)
    return f' t="inlineStr"><is><t>备注 {key}</t></is>' if key else ">"


def _length_cell(_line: int) -> str:
    return f"><f>{_LENGTH}</f><v>0</v>"


def _add_column(
    parts: Parts, table: Table, header: str, cell: Callable[[int], str], formula: str = ""
) -> None:
    """A column at the right end of one of our tables; `cell` gives the inside of `<c r="…"`."""
    place = next(n for n, data in parts.items() if f' name="{table.name}"'.encode() in data)
    xml = parts[place].decode()
    ref = re.search(r'ref="A(\d+):([A-Z]+)(\d+)"', xml)
    assert ref
    top, bottom, letter = int(ref[1]), int(ref[3]), chr(ord(ref[2]) + 1)
    number = xml.count("<tableColumn ") + 1
    inner = formula.replace("f>", "calculatedColumnFormula>")
    column = f'<tableColumn id="{number}" name="{header}">{inner}</tableColumn></tableColumns>'
    xml = xml.replace(f":{ref[2]}{ref[3]}", f":{letter}{ref[3]}")
    xml = xml.replace(f'tableColumns count="{number - 1}"', f'tableColumns count="{number}"')
    parts[place] = xml.replace("</tableColumns>", column).encode()
    sheet = part_of(parts, table.sheet)
    content = parts[sheet].decode()
    for line in range(top, bottom + 1):
        inside = f' t="inlineStr"><is><t>{header}</t></is>' if line == top else cell(line)
        start = content.index(f'<row r="{line}"')
        end = content.index("</row>", start)
        content = f'{content[:end]}<c r="{letter}{line}"{inside}</c>{content[end:]}'
    parts[sheet] = content.encode()


def _decorate_tasks(parts: Parts) -> None:
    """A note, a format and a sparkline of the user's on one of our sheets."""
    name = part_of(parts, TASKS.sheet)
    content = parts[name]
    content = content.replace(b"<conditionalFormatting", FORMATS + b"<conditionalFormatting", 1)
    notes = f'<legacyDrawing xmlns:r="{_REL}" r:id="rId99"/>'.encode()
    content = content.replace(b"<tableParts", notes + b"<tableParts", 1)
    parts[name] = content.replace(b"</worksheet>", SPARKLINE + b"</worksheet>")
    rels = f"xl/worksheets/_rels/{Path(name).name}.rels"
    link = f'<Relationship Id="rId99" Type="{_REL}/vmlDrawing"'
    link += ' Target="../drawings/vmlDrawing99.vml"/></Relationships>'
    parts[rels] = parts[rels].replace(b"</Relationships>", link.encode())


def _decorate_workbook(parts: Parts) -> None:
    book = parts["xl/workbook.xml"]
    book = book.replace(b"<workbook ", f'<workbook xmlns:r="{_REL}" '.encode(), 1)
    sheet = f'<sheet name="{SHEET}" sheetId="99" r:id="rId901"/></sheets>'
    book = book.replace(b"</sheets>", sheet.encode())
    index = book[: book.index(b"</sheets>")].count(b"<sheet ") - 1
    area = f'<definedName name="_xlnm.Print_Area" localSheetId="{index}">{SHEET}!$A$1:$F$12'
    book = book.replace(
        b"</definedNames>", NAMES + area.encode() + b"</definedName></definedNames>"
    )
    parts["xl/workbook.xml"] = book.replace(b"</workbook>", VIEWS + SLICERS + b"</workbook>")
    links = "".join(
        f'<Relationship Id="{i}" Type="{t}" Target="{p}"/>' for i, t, p in _WORKBOOK_RELS
    )
    end = f"{links}</Relationships>".encode()
    parts[_RELS] = parts[_RELS].replace(b"</Relationships>", end)
    types = parts["[Content_Types].xml"]
    plain, macro = f"{_SS}.sheet.main+xml", f"{_MSX}.sheet.macroEnabled.main+xml"
    parts["[Content_Types].xml"] = types.replace(plain.encode(), macro.encode())


def _sign(parts: Parts) -> set[str]:
    """The parts of a digital signature; what they say is not looked at."""
    kind = f"{_PKG}/relationships/digital-signature"
    signature = "application/vnd.openxmlformats-package.digital-signature"
    link = f'<Relationship Id="rId99" Type="{kind}/origin" Target="_xmlsignatures/origin.sigs"/>'
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(
        b"</Relationships>", f"{link}</Relationships>".encode()
    )
    new = {
        "_xmlsignatures/origin.sigs": b"",
        "_xmlsignatures/_rels/origin.sigs.rels": (
            f'<Relationships xmlns="{_PKG}/relationships"><Relationship Id="rId1"'
            f' Type="{kind}/signature" Target="sig1.xml"/></Relationships>'
        ).encode(),
        "_xmlsignatures/sig1.xml": b'<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>',
    }
    parts.update(new)
    _declare(parts, f'<Default Extension="sigs" ContentType="{signature}-origin"/>')
    override = f'PartName="/_xmlsignatures/sig1.xml" ContentType="{signature}-xmlsignature+xml"'
    _declare(parts, f"<Override {override}/>")
    return set(new)


def _declare(parts: Parts, entry: str) -> None:
    types = parts["[Content_Types].xml"]
    place = types.index(b">", types.index(b"<Types")) + 1 if entry.startswith("<Default") else -8
    parts["[Content_Types].xml"] = types[:place] + entry.encode() + types[place:]
