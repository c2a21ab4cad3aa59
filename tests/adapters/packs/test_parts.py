"""Parts of a hostile package: names and structure checked, and packed anew for the reader."""

import io
import random

import pytest
from python_calamine import CalamineWorkbook

from qcity_xl.adapters.ooxml.limits import DEFAULT_LIMITS, PackageLimits
from qcity_xl.adapters.ooxml.repack import repacked
from qcity_xl.adapters.packs.kinds import NotAPack
from qcity_xl.adapters.packs.parts import checked, open_package
from tests.adapters.ooxml.build import handmade_parts, zipped

NOISE = random.Random(7).randbytes(600_000).hex()  # noqa: S311 - what does not compress


@pytest.mark.parametrize("name", ["../邪.xml", "/xl/x.xml", "..\\邪.xml", "C:x.xml"])
def test_a_name_that_leads_out_is_refused(name: str) -> None:
    with pytest.raises(NotAPack, match="可疑的部件名"):
        open_package(zipped({**handmade_parts(), name: "<a/>"}), DEFAULT_LIMITS)


def test_more_than_the_limits_allow_is_told_with_what_to_do() -> None:
    with pytest.raises(NotAPack, match="请"):
        open_package(zipped(handmade_parts()), PackageLimits(parts=3))


@pytest.mark.parametrize(
    "body",
    [
        "<a>" * 80 + f"<!--{NOISE}-->" + "</a>" * 80,
        "<a><b></a>",
        '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    ],
)
def test_a_part_that_is_deep_broken_or_has_a_dtd_is_refused(body: str) -> None:
    package = open_package(zipped({**handmade_parts(), "xl/x.xml": body}), DEFAULT_LIMITS)
    with pytest.raises(NotAPack):
        checked(package, "xl/x.xml")


def test_what_is_packed_anew_has_the_cells_and_nothing_else() -> None:
    sheet = b'<worksheet><sheetData><row r="2"><c r="B2"><v>7</v></c></row></sheetData></worksheet>'
    book = CalamineWorkbook.from_filelike(io.BytesIO(repacked([sheet], None, None, False)))
    assert book.sheet_names == ["1"]
    rows = book.get_sheet_by_name("1").to_python(skip_empty_area=False)
    assert rows == [["", ""], ["", 7.0]]
