"""Where the links of a worksheet lead (ECMA-376 part 1, 18.3.1.47)."""

from urllib.parse import unquote

from qcity_xl.adapters.ooxml.markup import Xml
from qcity_xl.adapters.ooxml.package import Package
from qcity_xl.adapters.ooxml.refs import parse_rect
from qcity_xl.adapters.ooxml.workbook import rels_name

_MOST = 10_000  # links of a sheet


def link_targets(package: Package, xml: Xml) -> dict[tuple[int, int], str]:
    """The target of each cell with a link out of the workbook, a path in plain letters.

    Targets are text from the file: nothing says that they are there, or safe.
    """
    if b"hyperlinks" not in xml.mask:
        return {}
    found = xml.child(xml.root, b"hyperlinks")
    name = rels_name(xml.part)
    if found is None or name not in package:
        return {}
    rels = package.xml(name)
    outside = {
        given.get("Id", ""): given.get("Target", "")
        for element in rels.children(rels.root.inner, rels.root.end)
        for given in [rels.tree(rels.body[element.start : element.end])[0].attrib]
        if given.get("TargetMode") == "External"
    }
    targets: dict[tuple[int, int], str] = {}
    for element in xml.children(found.inner, found.end):
        given = xml.tree(xml.body[element.start : element.end])[0].attrib
        link = next((v for key, v in given.items() if key.rpartition("}")[2] == "id"), "")
        rect = parse_rect(given.get("ref", ""))
        if rect and outside.get(link):
            target = outside[link]
            targets[rect.top, rect.left] = target if "://" in target else unquote(target)
        if len(targets) == _MOST:
            break
    return targets
