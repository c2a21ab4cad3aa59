"""References by address to a table that grew or shrank: they follow it, as they do in Excel.

Excel stretches a range that covers a table's rows down to the last one, wherever it stands; columns
named by the table's own names need no help.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from html import unescape

from qcity_xl.adapters.ooxml.errors import OoxmlError
from qcity_xl.adapters.ooxml.markup import Splice, Xml, attributes, escape, with_attribute
from qcity_xl.adapters.ooxml.moves import LastRowMoves
from qcity_xl.adapters.ooxml.package import Package
from qcity_xl.adapters.ooxml.refs import parse_rect
from qcity_xl.adapters.ooxml.tables import TablePart
from qcity_xl.adapters.ooxml.workbook import GROWING, WorkbookPart

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")

_HOLDERS = re.compile(r"/(?:worksheets|charts|tables)/[^/]+\.xml$|/pivotCacheDefinition\d*\.xml$")
_FORMULA = re.compile(
    rb"<((?:[\w.-]++:)?)(f|formula[12]?|calculatedColumnFormula|definedName)((?:\s[^<>]*)?)>"
    rb"([^<]+)</|<(?:[\w.-]++:)?(conditionalFormatting|dataValidation|sparklineGroup)[\s>]"
)
_SOURCE = re.compile(rb"<(?:[\w.-]++:)?worksheetSource\s[^<>]*>")
# Texts and names of columns, ranges of other files, ranges of two cells; names of other sheets.
_RANGE = re.compile(
    r"\"[^\"]*\"|\[[^\[\]]*\](?:[\w.]+!\$?\w+\$?\w*(?::\$?\w+\$?\w*)?)?"
    r"|(?<![\w.:!$])(?P<on>(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?(?P<area>\$?[A-Za-z]{1,3}"
    r"(?P<top>\$?)\d{1,7}:\$?[A-Za-z]{1,3}(?P<bottom>\$?))(?P<last>\d{1,7})(?![\w(.:!])"
    r"|'(?:[^']|'')*'"
)


def follow(
    package: Package, workbook: WorkbookPart, moves: LastRowMoves, tables: Iterable[TablePart]
) -> None:
    """Let formulas, names, rules, charts and pivot tables follow; `tables` are the workbook's.

    A relative range that means another one in each cell (of a rule, a name, a formula that cells
    share or that stands in the table itself) stays. A part that can't be read stays as it is.
    """
    if not moves:
        return
    moves = {sheet.casefold(): listed for sheet, listed in moves.items()}
    ends = {move.old for listed in moves.values() for move in listed}
    ending = re.compile(rb":\$?[A-Za-z]{1,3}\$?(?:%s)(?!\d)" % b"|".join(b"%d" % e for e in ends))
    for part, home in _holders(package, workbook, tables):
        with suppress(OoxmlError):
            data = package.part(part)
            if ending.search(data) or data[:2] in _UTF_16:
                xml = Xml(part, data)
                splices = [*_formulas(xml, home, moves, ending), *_sources(xml, moves)]
                package.replace(part, xml.rewritten(splices))


def _holders(
    package: Package, workbook: WorkbookPart, tables: Iterable[TablePart]
) -> Iterator[tuple[str, str]]:
    """The parts that hold references, each with the sheet that one without a name is of."""
    homes = {workbook.sheet_part(entry.name): entry.name for entry in workbook.sheets}
    homes |= {table.info.part: table.info.sheet for table in tables}
    for name in package.names:
        if name == workbook.part or _HOLDERS.search(name):
            yield name, homes.get(name, "")


def _formulas(
    xml: Xml, home: str, moves: LastRowMoves, ending: re.Pattern[bytes]
) -> Iterator[Splice]:
    """The formulas that change; each of those has a range with that `ending`."""
    owner = b""
    for match in _FORMULA.finditer(xml.mask):
        if match[5]:
            owner = match[5]
        elif not ending.search(xml.body, *match.span(4)):
            continue
        elif attributes(xml.mask[match.start() : match.start(4)]).get(b"name") not in GROWING:
            start, end = match.span(4)
            old = unescape(xml.body[start:end].decode())
            if (new := stretched(old, home, moves, _place(xml, match, owner))) != old:
                yield start, end, escape(new)


def _place(xml: Xml, match: re.Match[bytes], owner: bytes) -> tuple[int, int] | None:
    """Row and column of the one cell that a formula is of, zeros if of none; None: of many."""
    prefix, name, given = match[1], match[2], match[3]
    if name != b"f" or re.search(rb"t=[\"']shared", given):
        return None
    if xml.root.name != b"worksheet":
        return 0, 0
    if prefix != xml.prefix:
        return (0, 0) if owner == b"sparklineGroup" else None
    start = xml.mask.rfind(b"<%sc " % prefix, 0, match.start())
    tag = xml.mask[start : xml.mask.find(b">", start) + 1] if start >= 0 else b""
    cell = parse_rect(attributes(tag).get(b"r", b"").decode())
    return (cell.top, cell.left) if cell else None


def stretched(formula: str, home: str, moves: LastRowMoves, place: tuple[int, int] | None) -> str:
    """The formula after the moves; `home` is the sheet of what names none, `place` its cell.

    The sheets of `moves` are casefolded.
    """

    def moved(match: re.Match[str]) -> str:
        area = parse_rect(match["area"] + match["last"]) if match["area"] else None
        sheet = match["on"][:-1] if match["on"] else home
        if sheet.startswith("'"):
            sheet = sheet[1:-1].replace("''", "'")
        for move in moves.get(sheet.casefold(), ()) if area else ():
            fixed = match["top"] and match["bottom"]
            alone = place is not None and not move.block.holds(*place)
            ends = int(match["last"]) == move.old
            if area and ends and move.covered_by(area) and (fixed or alone):
                return match[0].removesuffix(match["last"]) + str(move.new)
        return match[0]

    return _RANGE.sub(moved, formula)


def _sources(xml: Xml, moves: LastRowMoves) -> Iterator[Splice]:
    """The range of cells that a pivot table adds up."""
    for match in _SOURCE.finditer(xml.mask):
        given = attributes(match[0])
        sheet = unescape(given.get(b"sheet", b"").decode())
        old = given.get(b"ref", b"").decode()
        if (new := stretched(old, sheet, moves, (0, 0))) != old:
            yield *match.span(), with_attribute(match[0], b"ref", new.encode())
