"""Keep the 看板 of a master that a release made: what the next versions know it by.

`python -m tools.keep_board tests/masters/0.1.0.xlsx` writes workbook/boards/0.1.0.xlsx.
"""

import sys
from pathlib import Path

from qcity_xl.adapters.ooxml.markup import attributes
from qcity_xl.adapters.ooxml.package import Package
from qcity_xl.adapters.ooxml.swapped_sheet import names_on, only_sheet, own_parts
from qcity_xl.adapters.ooxml.workbook import WorkbookPart, relationships, rels_name
from qcity_xl.core.schema import SECTIONS

_FOLDER = Path(__file__).parents[1] / "workbook" / "boards"


def kept_board(master: bytes) -> bytes:
    """The master without all that is not of its 看板."""
    whole = Package.read(master)
    package, source = only_sheet(whole, SECTIONS.sheet), WorkbookPart(whole)
    workbook = WorkbookPart(package)
    raw = b"".join(source.xml.body[a:b] for _, a, b in names_on(source, SECTIONS.sheet))
    end = workbook.xml.close(workbook.xml.root)
    names = b"<definedNames>%s</definedNames>" % raw
    package.replace(workbook.part, workbook.xml.rewritten([(end, end, names)]))
    kept = {*own_parts(package, workbook.worksheet_part(SECTIONS.sheet))}
    kept |= {workbook.part, workbook.part_of("styles") or ""}
    links = package.xml(rels_name(workbook.part))
    gone = [
        key for key, link in relationships(package, workbook.part).items() if link.part not in kept
    ]
    cuts = [
        (element.start, element.end, b"")
        for element in links.children(links.root.inner, links.root.end)
        if attributes(links.tag(element)).get(b"Id", b"").decode() in gone
    ]
    package.replace(links.part, links.rewritten(cuts))
    rels = {rels_name(part) for part in kept}
    for name in package.names:
        if name.startswith("xl/") and name not in kept | rels:
            package.remove(name)
    return package.to_bytes(9)


if __name__ == "__main__":
    _FOLDER.mkdir(exist_ok=True)
    for given in sys.argv[1:]:
        path = Path(given)
        (_FOLDER / path.name).write_bytes(kept_board(path.read_bytes()))
