"""Which columns formulas name: tblUnits[单位名称] and tblUnits[[#This Row],[单位名称]]."""

import re
from collections.abc import Iterator

from qcity_xl.core.schema import MASTER

_NAMED = re.compile(r"(tbl\w+)\[(?:\[#This Row\],\[)?([^\[\]#]+)\]")
HEADERS = {table.name: set(table.headers.values()) for table in MASTER}


def unknown(formula: str) -> Iterator[str]:
    """The columns in a formula that no table of the master has."""
    for table, header in _NAMED.findall(formula):
        if header not in HEADERS.get(table, ()):
            yield f"{table}[{header}]"


def named(formula: str) -> set[tuple[str, str]]:
    """Table and header of each column that a formula names."""
    return set(_NAMED.findall(formula))
