"""Where the links of a sheet lead: out of the workbook, in plain letters."""

import openpyxl
from openpyxl.worksheet.hyperlink import Hyperlink

from qcity_xl.adapters.ooxml import Package
from qcity_xl.adapters.ooxml.links import link_targets

from .build import SHEET_PART, handmade_parts, saved, zipped


def targets(data: bytes) -> dict[tuple[int, int], str]:
    package = Package.read(data)
    return link_targets(package, package.xml(SHEET_PART))


def test_links_out_of_the_workbook() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["B3"].hyperlink = "https://example.com/%E9%80%9A%E7%9F%A5"
    sheet["C4"].hyperlink = "%E4%BD%90%E8%AF%81/%E9%80%9A%E7%9F%A5.pdf"
    sheet["D5"].hyperlink = Hyperlink(ref="D5", location="'任务'!A1")
    assert targets(saved(book)) == {
        (3, 2): "https://example.com/%E9%80%9A%E7%9F%A5",
        (4, 3): "佐证/通知.pdf",
    }


def test_a_sheet_without_links() -> None:
    assert targets(zipped(handmade_parts())) == {}


def test_a_link_to_nothing_leads_nowhere() -> None:
    tail = '<hyperlinks><hyperlink ref="A1" r:id="rId9" xmlns:r="r"/></hyperlinks>'
    assert targets(zipped(handmade_parts(tail=tail))) == {}
