"""A format of another workbook looks the same in this one, and what is there is used again."""

from qcity_xl.adapters.ooxml import Package
from qcity_xl.adapters.ooxml.adopt import Adopter, with_prefix
from qcity_xl.adapters.ooxml.markup import Xml

from .build import MAIN, handmade_parts, tree, zipped

PART = "xl/styles.xml"
THEIRS = Xml(
    "theirs",
    (
        f'<styleSheet xmlns="{MAIN}"><numFmts count="2">'
        '<numFmt numFmtId="164" formatCode="0.0&quot;分&quot;"/>'
        '<numFmt numFmtId="165" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>'
        '<fonts count="2"><font/><font><b/></font></fonts>'
        '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
        '<borders count="1"><border/></borders><cellXfs count="3">'
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        '<xf numFmtId="164" fontId="1" fillId="0" borderId="0"><alignment wrapText="1"/></xf>'
        '<xf numFmtId="165" fontId="0" fillId="0" borderId="0"/></cellXfs>'
        '<dxfs count="1"><dxf><font><b/></font></dxf></dxfs></styleSheet>'
    ).encode(),
)


def adopted(*formats: int, differential: bool = False) -> tuple[list[int], Package]:
    package = Package.read(zipped(handmade_parts()))
    adopter = Adopter(package, PART, THEIRS)
    found = [adopter.format(index) for index in formats]
    if differential:
        found.append(adopter.differential(0))
    adopter.save()
    return found, package


def test_a_format_comes_with_its_font_and_number_format() -> None:
    (index,), package = adopted(1)
    styles = tree(package.part(PART))
    xf = styles.findall("{*}cellXfs/{*}xf")[index]
    font = styles.findall("{*}fonts/{*}font")[int(xf.get("fontId", ""))]
    assert font.find("{*}b") is not None
    codes = {n.get("numFmtId"): n.get("formatCode") for n in styles.findall(".//{*}numFmt")}
    assert codes[xf.get("numFmtId")] == '0.0"分"'
    assert xf.find("{*}alignment") is not None


def test_a_number_format_that_is_there_is_used_again() -> None:
    _, package = adopted(2)
    before = handmade_parts()[PART]
    assert package.part(PART).count(b"<numFmt ") == str(before).count("<numFmt ")


def test_a_format_is_taken_over_once() -> None:
    found, package = adopted(1, 1, 2, 1)
    assert found[0] == found[1] == found[3] != found[2]
    assert len(tree(package.part(PART)).findall("{*}cellXfs/{*}xf")) == len({*range(4), *found})


def test_a_first_conditional_format_makes_the_list() -> None:
    (index,), package = adopted(differential=True)
    assert index == 0
    assert b'</cellStyles><dxfs count="1"><dxf>' in package.part(PART)


def test_nothing_taken_over_changes_nothing() -> None:
    assert adopted()[1].part(PART).decode() == handmade_parts()[PART]


def test_elements_get_the_prefix_of_the_part() -> None:
    assert with_prefix(b"<a><b/></a>", b"x:") == b"<x:a><x:b/></x:a>"
    assert with_prefix(b"<a/>", b"") == b"<a/>"
