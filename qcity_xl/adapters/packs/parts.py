"""Parts of a hostile package: checked and bounded."""

import re
from functools import lru_cache
from xml.parsers import expat

from qcity_xl.adapters.ooxml import OoxmlError, Package, PackageLimits
from qcity_xl.adapters.ooxml.errors import OverLimit
from qcity_xl.adapters.ooxml.markup import Xml
from qcity_xl.adapters.packs.kinds import NotAPack

LARGEST = 32 << 20  # bytes of one part that is read; those of a pack have some thousand
_DEEPEST = 64  # a worksheet needs eight
_COMMON = 16 << 10  # bytes of a part that may come again
_SHALLOW = 1 << 20  # a part up to here can't nest deep enough to matter
_BAD_NAME = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|\\|:|[\x00-\x1f]")
_RESAVE = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再寄"
_SMALLER = "请删去多余的图片和工作表后再寄，电子件另附"


def open_package(data: bytes, limits: PackageLimits) -> Package:
    """The package, its names and structure parts checked. Raises NotAPack."""
    try:
        package = Package.read(data, limits)
    except OoxmlError as error:
        raise refused(error) from error
    for name in package.names:
        if _BAD_NAME.search(name):
            raise NotAPack(f"文件内部有可疑的部件名“{name[:60]}”，没有读；{_RESAVE}")
    for name in package.names:
        if name.endswith(".rels") or name.lower() == "[content_types].xml":
            checked(package, name)
    return package


def refused(error: OoxmlError) -> NotAPack:
    """The refusal with what to do, where the error does not say it itself."""
    said = str(error).rstrip("。")
    fix = _SMALLER if isinstance(error, OverLimit) else _RESAVE
    return NotAPack(f"工作簿读不了：{said if '请' in said else f'{said}；{fix}'}")


def checked(package: Package, name: str) -> Xml:
    """A part that is small enough, well-formed, not deeply nested, without DTD.

    Raises NotAPack.
    """
    xml = sized(package, name)
    if len(xml.body) <= _COMMON:
        _known_to_be_well_formed(name, xml.body)
    else:
        well_formed(xml)
    return xml


@lru_cache(maxsize=1 << 6)  # but for the cells, packs have the same parts
def _known_to_be_well_formed(name: str, body: bytes) -> None:
    well_formed(Xml(name, body))


def sized(package: Package, name: str) -> Xml:
    """A part that is small enough, without DTD; its form is yet to be checked. Raises NotAPack."""
    if package.size(name) > LARGEST:
        size = package.size(name) >> 20
        raise NotAPack(
            f"工作簿读不了：内部部件“{name}”有 {size} MB，上限 {LARGEST >> 20} MB；"
            "请删去多余的空白行列和工作表后再寄"
        )
    try:
        return package.xml(name)
    except OoxmlError as error:
        raise refused(error) from error


def well_formed(xml: Xml, known: tuple[int, int] = (0, 0)) -> None:
    """Raises NotAPack where a part is damaged or deeply nested; a stretch that is `known` to be
    well-formed is passed over.
    """
    parser = expat.ParserCreate()
    if len(xml.body) > _SHALLOW or xml.part.endswith(".rels"):
        _limit_depth(parser, xml.part)
    first, last = max(known[0], _start(xml)), max(known[1], _start(xml))
    try:
        parser.Parse(xml.body[_start(xml) : first], False)
        parser.Parse(xml.body[last:], True)
    except expat.ExpatError as error:
        raise NotAPack(f"工作簿读不了：部件“{xml.part}”已损坏；{_RESAVE}") from error


def _limit_depth(parser: expat.XMLParserType, part: str) -> None:
    depth = 0

    def opened(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise NotAPack(f"工作簿读不了：部件“{part}”嵌套超过 {_DEEPEST} 层；{_RESAVE}")

    def closed(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = opened, closed


def _start(xml: Xml) -> int:
    """Where the root begins: an XML declaration would name the encoding before ours."""
    try:
        return xml.root.start
    except OoxmlError as error:
        raise refused(error) from error
