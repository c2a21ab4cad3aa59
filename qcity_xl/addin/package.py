"""qcity.xlam: the package around the ribbon, the VBA project and the sheet of settings."""

import io
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from qcity_xl.adapters.resources import macros_folder

CellTexts = tuple[str, ...]

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RIBBON_RELATION = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
_VBA_RELATION = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_TYPES = {
    "/xl/workbook.xml": "application/vnd.ms-excel.addin.macroEnabled.main+xml",
    "/xl/worksheets/sheet1.xml": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    ),
    "/xl/styles.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml",
    "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
}
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/>'
    '<name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/>'
    '</fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border>'
    '<left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="1">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def addin_bytes(sheet: str, rows: Sequence[CellTexts], modules: Mapping[str, str]) -> bytes:
    """The file: the same bytes for the same input, on any system and at any time.

    `modules` maps names to VBA with line feeds; ThisWorkbook is the workbook's own module.
    """
    ribbon = (macros_folder() / "customUI14.xml").read_text(encoding="utf-8")
    parts: dict[str, bytes] = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            (f"{_RELATIONS}/officeDocument", "xl/workbook.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            (_RIBBON_RELATION, "customUI/customUI14.xml"),
        ),
        "docProps/core.xml": _properties("质量强市", "总表的功能区按钮与工作表函数"),
        "xl/workbook.xml": _workbook(sheet),
        "xl/_rels/workbook.xml.rels": _relations(
            (f"{_RELATIONS}/worksheet", "worksheets/sheet1.xml"),
            (f"{_RELATIONS}/styles", "styles.xml"),
            (_VBA_RELATION, "vbaProject.bin"),
        ),
        "xl/worksheets/sheet1.xml": _worksheet(rows),
        "xl/styles.xml": _STYLES.encode(),
        "xl/vbaProject.bin": _vba_project(modules),
        "customUI/customUI14.xml": ribbon.encode(),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as package:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name)  # dated 1980
            info.create_system = 0  # the same on every system
            package.writestr(info, data)
    return made.getvalue()


def _vba_project(modules: Mapping[str, str]) -> bytes:
    from pyopenvba import ExcelFile

    with tempfile.TemporaryDirectory(prefix="qcity-") as folder:
        path = Path(folder, "blank.xlam")
        with ExcelFile.create_new(path) as book:
            project = book.vba_project()
            project.delete_module("Module1")
            for name, text in modules.items():
                source = text.replace("\n", "\r\n")
                if name == "ThisWorkbook":
                    book.set_module(name, book.get_module(name) + source)
                else:
                    project.add_module(name, source)
            book.save()
        with ExcelFile(path) as book:
            return bytes(book.vba_project_bytes())


def _content_types() -> bytes:
    defaults = {
        "bin": "application/vnd.ms-office.vbaProject",
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
    }
    lines = [f'<Default Extension="{end}" ContentType="{t}"/>' for end, t in defaults.items()]
    lines += [f'<Override PartName="{part}" ContentType="{t}"/>' for part, t in _TYPES.items()]
    return f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{"".join(lines)}</Types>'.encode()


def _relations(*pairs: tuple[str, str]) -> bytes:
    lines = [
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(pairs, start=1)
    ]
    space = f"{_PACKAGE}/relationships"
    return f'{_HEAD}<Relationships xmlns="{space}">{"".join(lines)}</Relationships>'.encode()


def _properties(title: str, description: str) -> bytes:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>'
        f"<dc:description>{description}</dc:description></cp:coreProperties>"
    ).encode()


def _workbook(sheet: str) -> bytes:
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
        '<workbookPr codeName="ThisWorkbook"/><bookViews><workbookView/></bookViews><sheets>'
        f'<sheet name="{sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ).encode()


def _worksheet(rows: Sequence[CellTexts]) -> bytes:
    lines = [
        f'<row r="{number}">{"".join(_cell(number, i, text) for i, text in enumerate(row))}</row>'
        for number, row in enumerate(rows, start=1)
    ]
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetPr codeName="Sheet1"/>'
        f"<sheetData>{''.join(lines)}</sheetData></worksheet>"
    ).encode()


def _cell(row: int, column: int, text: str) -> str:
    name = f"{'ABC'[column]}{row}"
    return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
