"""Lines of a table that change their places, and what keeps lines where they are.

Cells go with their looks and formulas, as when a person sorts the table; dropdowns of single lines
go along (`moved_rules`). What else is bound to a line (a note, a picture, a link, a formula
elsewhere that names it by its address) would stay behind or point at another: then lines stay.
"""

import re
from collections.abc import Iterator
from html import unescape

from qcity_xl.adapters.ooxml.markup import attributes, is_true
from qcity_xl.adapters.ooxml.moved_rules import LineMove
from qcity_xl.adapters.ooxml.package import Package
from qcity_xl.adapters.ooxml.refs import Rect, parse_rect
from qcity_xl.adapters.ooxml.sheet import Sheet
from qcity_xl.adapters.ooxml.workbook import WorkbookPart, relationships

_HOLDERS = re.compile(r"/(?:worksheets|charts)/[^/]+\.xml$|/pivotCacheDefinition\d*\.xml$")
_FORMULA = re.compile(rb"<(?:[\w.-]++:)?(?:f|definedName)(?:\s[^<>]*)?>([^<]+)</")
_SOURCE = re.compile(rb"<(?:[\w.-]++:)?worksheetSource\s[^<>]*>")
# Texts, names of columns and ranges of other files; then what may be an address of ours.
_ADDRESS = re.compile(
    r"\"[^\"]*\"|\[[^\[\]]*\](?:[\w.]+!\$?\w+\$?\w*(?::\$?\w+\$?\w*)?)?"
    r"|(?P<on>(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?"
    r"(?<![\w.:$])(?P<area>\$?[A-Za-z]{1,3}\$?\d{1,7}(?::\$?[A-Za-z]{1,3}\$?\d{1,7})?)(?![\w(.!])"
)
_ANCHOR = re.compile(rb"<(?:[\w.-]++:)?from>.*?<(?:[\w.-]++:)?row>(\d+)<", re.DOTALL)
_NOTE = re.compile(rb"<(?:[\w.-]++:)?(?:comment|threadedComment)\s[^<>]*?ref=[\"']([^\"']+)")
_LINK = re.compile(rb"<(?:[\w.-]++:)?hyperlink\s[^<>]*?ref=[\"']([^\"']+)")


def move_cells(sheet: Sheet, table: str, move: LineMove) -> None:
    """Let the cells of a table change lines, one to one, and what is chosen there."""
    block, lines = move.block, move.lines
    cols = range(block.left, block.right + 1)
    found = {(old, col): sheet.cell(old, col) for old in lines for col in cols}
    held = {place: cell.copy() if cell else None for place, cell in found.items()}
    for (old, col), cell in held.items():
        new = lines[old]
        if cell is None:
            if sheet.cell(new, col):
                sheet.remove(new, col)
            continue
        there = sheet.touch(new, col)
        for piece in ("style", "kind", "formula", "content", "extra", "tail"):
            setattr(there, piece, getattr(cell, piece))
    sheet.validations.orders[table] = move


def why_fixed(package: Package, workbook: WorkbookPart, sheet: Sheet, block: Rect) -> str:
    """What keeps the lines of a table in their places, "" if nothing does; `block` is its data."""
    return next(_whys(package, workbook, sheet, block), "")


def _whys(package: Package, workbook: WorkbookPart, sheet: Sheet, block: Rect) -> Iterator[str]:
    for line in sheet.rows.between(block.top, block.bottom):
        row = sheet.rows.get(line)
        given = attributes(sheet.xml.body[row.start : row.inner]) if row else {}
        if is_true(given.get(b"hidden")) or given.get(b"outlineLevel", b"0") != b"0":
            yield f"第{line}行是隐藏、筛选掉或分级显示的"
        for col in row.places if row else ():
            cell = None if block.left <= col <= block.right else sheet.cell(line, col)
            if cell and (cell.content or cell.formula):
                yield f"第{line}行表格旁边还有内容"
    for what, blocks in (("合并单元格", sheet.merged), ("数组公式", sheet.arrays)):
        for rect in blocks:
            if rect.meets(block):
                yield f"有{what}（{rect}）"
    yield from _bound(package, sheet, block)
    yield from _named(package, workbook, sheet, block)


def _bound(package: Package, sheet: Sheet, block: Rect) -> Iterator[str]:
    """Links, notes and pictures on lines."""
    for name in _LINK.findall(sheet.xml.body):
        if _meets(name, block):
            yield f"有超链接（{name.decode()}）"
    for link in relationships(package, sheet.xml.part).values():
        if link.part not in package:
            continue
        data = package.part(link.part)
        if link.kind in ("comments", "threadedComment"):
            for name in _NOTE.findall(data):
                if _meets(name, block):
                    yield f"有批注（{name.decode()}）"
        elif link.kind == "drawing":
            for line in map(int, _ANCHOR.findall(data)):
                if block.top <= line + 1 <= block.bottom:
                    yield f"有图片或图形（第{line + 1}行）"


def _meets(name: bytes, block: Rect) -> bool:
    rect = parse_rect(name.decode(errors="replace"))
    return bool(rect and rect.meets(block))


def _named(package: Package, workbook: WorkbookPart, sheet: Sheet, block: Rect) -> Iterator[str]:
    """Formulas that name lines by their addresses, or live on the text of another cell."""
    home = workbook.sheet_part(sheet.name)
    for part in package.names:
        if part != workbook.part and not _HOLDERS.search(part):
            continue
        own, data = part == home, package.part(part)
        if own and re.search(rb"<(?:[\w.-]++:)?f\s[^<>]*t=[\"']shared", data):
            yield "有公式是相互共用的"
        found = [text.decode(errors="replace") for text in _FORMULA.findall(data)]
        for tag in _SOURCE.findall(data):
            given = attributes(tag)
            found.append(f"'{given.get(b'sheet', b'').decode()}'!{given.get(b'ref', b'').decode()}")
        for formula in map(unescape, found):
            if name := _line_of(formula, sheet.name, block, own=own):
                yield f"有公式按地址引用了其中的行（{name}）"


def _line_of(formula: str, sheet: str, block: Rect, *, own: bool) -> str:
    for match in _ADDRESS.finditer(formula):
        rect = parse_rect(match["area"]) if match["area"] else None
        on = match["on"][:-1] if rect and match["on"] else ""
        if on.startswith("'"):
            on = on[1:-1].replace("''", "'")
        if not rect or not (on.casefold() == sheet.casefold() if on else own):
            continue
        if rect.meets(block) and not (rect.top <= block.top and rect.bottom >= block.bottom):
            return match["area"]
    return ""
