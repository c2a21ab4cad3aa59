"""What is printed is said once, and what somebody chose stays."""

import re

from qcity_xl.adapters.ooxml import Package
from qcity_xl.adapters.ooxml.print_area import print_columns

from .build import handmade_parts, parts, zipped


def names(package: Package) -> list[str]:
    workbook = parts(package.to_bytes())["xl/workbook.xml"].decode()
    return re.findall(r"<definedName [^>]*>[^<]*", workbook)


def test_whole_columns_up_to_the_last_one() -> None:
    package = Package.read(zipped(handmade_parts()))
    before = names(package)
    print_columns(package, "表一", 28)
    (added,) = set(names(package)) - set(before)
    assert added.endswith("localSheetId=\"0\">'表一'!$A:$AB")


def test_an_area_that_is_there_stays() -> None:
    package = Package.read(zipped(handmade_parts()))
    print_columns(package, "表一", 5)
    once = names(package)
    print_columns(package, "表一", 9)
    assert names(package) == once
