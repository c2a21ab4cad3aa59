"""How the sheets of a master print, and what becomes of those that an earlier version made.

0.1.0 had a band of 8 points above each header, a foot of 9, wider margins, wider columns on 冲突
and 待定事项, and an upright 使用说明: on paper these come to 5 to 7 points. A sheet that is as it
was shipped gets the page, the band, the foot and the widths of today. One whose page, margins or
band the office set is the office's; so is the width of each column that it drew.

What there is to say of a sheet is one text: `左边距 0.45；提示行字号 8；列宽·单位 16.7`.
"""

from collections.abc import Mapping

from qcity_xl.core.schema import CONFLICTS, RULINGS
from qcity_xl.core.values import parse_number

BAND, FOOT = "提示行字号", "页脚字号"
WIDTH = "列宽·"  # before a header; 0 is a hidden column
# Attributes of pageMargins and pageSetup (ECMA-376 part 1, 18.3.1.62 and 18.3.1.63) as told here.
MARGINS = {"左边距": "left", "右边距": "right"}
PAGE = {"方向": "orientation", "纸张": "paperSize", "页高": "fitToHeight"}
_MADE = {"左边距": "0.45", "右边距": "0.45", "方向": "landscape", "纸张": "8", "页高": "0"}
_SHEET = {**_MADE, FOOT: "9"}
_TABLE = {**_SHEET, BAND: "8"}
_GUIDE = {**_SHEET, "方向": "portrait", "纸张": "9", "页高": "1"}
_WIDTHS: Mapping[str, Mapping[str, float]] = {  # by tables and headers, as 0.1.0 had them
    CONFLICTS.name: {
        "轮次": 10.7,
        "单位": 16.7,
        "工作表": 10.7,
        "行": 18.7,
        "列": 12.7,
        "下发值": 26.7,
        "总表值": 26.7,
        "回收值": 26.7,
        "另填内容": 26.7,
        "结果": 12.7,
        "原因": 36.7,
        "来源文件": 24.7,
    },
    RULINGS.name: {"对象": 16.7, "问题": 48.7, "可选": 26.7, "默认": 22.7, "理由": 44.7},
}
# Today's sheet leaves these out of the page: they stand last there, in the middle here.
_KEPT_NARROW = {CONFLICTS.name: {"轮次": 7.7, "下发值": 12.7, "原因": 27.7}}
_APART = 0.06  # as far as other programs round a width or a margin


def paper_text(said: Mapping[str, str]) -> str:
    """The text of what is told of a sheet."""
    return "；".join(f"{name} {value}" for name, value in said.items())


def paper_of(text: str) -> dict[str, str]:
    """What a text of `paper_text` tells."""
    parts = (part.rpartition(" ") for part in text.split("；") if part)
    return {name: value for name, _, value in parts}


def told_widths(table: str) -> tuple[str, ...]:
    """The headers of a table's columns that an earlier version made otherwise than today's."""
    return tuple(_WIDTHS.get(table, ()))


def renewed_paper(table: str, present: str, wanted: str) -> str:
    """How a sheet of an older master is to print; as at `present` where it is the office's.

    `wanted` is how that of today does. `table` is "" for 使用说明.
    """
    narrow = _KEPT_NARROW.get(table, {})
    ours = paper_of(present)
    today = paper_of(wanted) | {WIDTH + header: str(width) for header, width in narrow.items()}
    former = _TABLE if table else _GUIDE
    if not all(_alike(ours.get(name), value) for name, value in former.items()):
        return present
    widths = {WIDTH + header: str(width) for header, width in _WIDTHS.get(table, {}).items()}
    stale = {n for n, v in {**former, **widths}.items() if n in today and _alike(ours.get(n), v)}
    return paper_text({n: _plain(today[n]) if n in stale else v for n, v in ours.items()})


def _plain(value: str) -> str:
    number = parse_number(value)
    return value if number is None else f"{number:g}"


def _alike(one: str | None, other: str) -> bool:
    numbers = parse_number(one), parse_number(other)
    if None in numbers:
        return one == other
    return abs((numbers[0] or 0) - (numbers[1] or 0)) <= _APART
