"""Columns that an office adds to a table and marks, so that units see them beside their rows.

The mark stands in the header: 经办科室（发单位）.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping

from qcity_xl.core.schema.words import NO, YES
from qcity_xl.core.text import number_text
from qcity_xl.core.values import Value

SENT_ALONG = "（发单位）"
_MARKED = re.compile(r"(.*[^\s])\s*[（(]\s*发单位\s*[）)]\s*", re.DOTALL)


def sent_along(
    texts: Mapping[int, str],
    known: Iterable[int],
    lines: Mapping[str, int],
    at: Callable[[int, int], Value],
) -> dict[str, str]:
    """What units are told beside each row, by row id: 经办科室：法规处；来源：市政府令.

    `texts` are the headers by column, `known` the columns of the schema, `lines` where each row
    stands, `at` the value of a line and column. Rows without any are left out.
    """
    schema = set(known)
    marked = {
        col: match[1].replace("\n", "")
        for col, header in texts.items()
        if col not in schema and (match := _MARKED.fullmatch(header))
    }
    told: dict[str, str] = {}
    for row, line in lines.items() if marked else ():
        parts = [
            f"{label}：{said}" for col, label in marked.items() if (said := _said(at(line, col)))
        ]
        if parts:
            told[row] = "；".join(parts)
    return told


def _said(value: Value) -> str:
    if value is None or isinstance(value, bool):
        return "" if value is None else YES if value else NO
    if isinstance(value, int | float):
        return number_text(value)
    return value.isoformat() if isinstance(value, dt.date) else str(value).strip()
