"""Workbooks for the tests: made by openpyxl, or by hand for forms that no library writes."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableFormula
from python_calamine import CalamineWorkbook

from qcity_xl.adapters.ooxml import Book

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SHEET_PART = "xl/worksheets/sheet1.xml"
TABLE_PART = "xl/tables/table1.xml"

STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164"'
    ' formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>'
    '<fonts count="1"><font/></fonts><fills count="2">'
    '<fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0"/>'
    '<xf numFmtId="2" fontId="0" fillId="1" borderId="0"><alignment wrapText="1"/></xf>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0"/></cellXfs>'
    '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
STRINGS = (
    f'<sst xmlns="{MAIN}"><si><t>甲</t></si><si><r><t>富</t></r><r><rPr><b/></rPr><t>文本</t></r>'
    '<rPh sb="0" eb="1"><t>fu</t></rPh></si></sst>'
)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A package of these parts, dated 1980: made twice it is the same, whatever the clock says."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def handmade_parts(
    data: str = "<sheetData/>",
    *,
    tail: str = "",
    sheet: str | bytes | None = None,
    workbook: str = "",
    properties: str = "",
) -> dict[str, str | bytes]:
    """The parts of a workbook with one sheet 表一; `sheet` is its whole part."""
    kinds = {"worksheet": SHEET_PART, "styles": "xl/styles.xml", "calcChain": "xl/calcChain.xml"}
    kinds["sharedStrings"] = "xl/sharedStrings.xml"
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{REL}/{kind}" Target="/{part}"/>'
        for n, (kind, part) in enumerate(kinds.items(), 1)
    )
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="a/b"/>' for part in kinds.values()
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}">{overrides}<Override'
        f' PartName="/xl/workbook.xml" ContentType="{WORKBOOK_TYPE}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE_REL}"><Relationship Id="a"'
        f' Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}">{properties}<sheets>'
        f'<sheet name="表一" sheetId="1" r:id="rId1"/></sheets>{workbook}</workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE_REL}">{links}'
        "</Relationships>",
        SHEET_PART: sheet or f'<worksheet xmlns="{MAIN}">{data}{tail}</worksheet>',
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": STRINGS,
        "xl/calcChain.xml": f'<calcChain xmlns="{MAIN}"><c r="A1" i="1"/></calcChain>',
    }


def handmade(
    data: str = "<sheetData/>",
    *,
    tail: str = "",
    sheet: str | bytes | None = None,
    workbook: str = "",
    properties: str = "",
) -> Book:
    """A book of `handmade_parts`."""
    made = handmade_parts(data, tail=tail, sheet=sheet, workbook=workbook, properties=properties)
    return Book.read(zipped(made))


def parts(data: bytes) -> dict[str, bytes]:
    """The content of every part, in file order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def tree(data: bytes) -> ET.Element:
    """A part as a tree: proof that it is well-formed."""
    return ET.fromstring(data)  # noqa: S314 - written by these tests or the checked corpus


def sheet_xml(book: Book) -> str:
    """The first sheet's part as it would be saved: well-formed."""
    data = parts(book.to_bytes())[SHEET_PART]
    tree(data)
    return data.decode()


def with_table(rows: int = 3) -> bytes:
    """A sheet 任务 with a table 任务表 of four columns, the last one calculated, and its rules."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "任务"
    sheet.append(["编号", "名称", "分值", "两倍"])
    for row in range(rows):
        sheet.append([f"13.{row}", f"任务{row}", row, f"=C{row + 2}*2"])
        sheet.cell(row + 2, 3).number_format = "0.00"
        sheet.row_dimensions[row + 2].height = 30
    last = rows + 1
    table = Table(displayName="任务表", ref=f"A1:D{last}")
    table._initialise_columns()  # type: ignore[attr-defined]  # not in the stubs
    for column, name in zip(table.tableColumns, ("编号", "名称", "分值", "两倍"), strict=True):
        column.name = name
    table.tableColumns[3].calculatedColumnFormula = TableFormula(
        attr_text="任务表[[#This Row],[分值]]*2"
    )
    sheet.add_table(table)
    rule = DataValidation(type="whole", formula1="0", formula2="9", sqref=f"C2:C{last} H9")
    sheet.add_data_validation(rule)
    red = DifferentialStyle()
    sheet.conditional_formatting.add(
        f"A2:D{last}", Rule(type="expression", dxf=red, formula=["$C2>1"])
    )
    sheet.print_area = f"A1:D{last}"
    workbook.create_sheet("说明")["A1"] = "说明"
    return saved(workbook)


def changed_part(name: str, old: str, new: str) -> Book:
    """The book of `with_table` with a piece of one part replaced."""
    made = parts(with_table())
    text = made[name].decode()
    assert old in text
    return Book.read(zipped({**made, name: text.replace(old, new, 1)}))


def saved(workbook: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def calamine(data: bytes, sheet: str | int = 0) -> list[list[object]]:
    """The values that python-calamine reads, from A1 on."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    name = workbook.sheet_names[sheet] if isinstance(sheet, int) else sheet
    return [list(row) for row in workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)]


def by_openpyxl(data: bytes | Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data) if isinstance(data, bytes) else data)
