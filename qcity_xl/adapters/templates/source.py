"""The embedded table as text: one tab-separated file for each kind of row of the plan.

Headers are those of the workbook's tables; cells are never quoted; | divides a list.
"""

import csv
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from qcity_xl.core.errors import QcityError
from qcity_xl.core.plan import (
    COMBINE_NAMES,
    UNIT_KIND_NAMES,
    Criterion,
    Indicator,
    Plan,
    PlanSection,
    Ruling,
    Task,
    Unit,
)
from qcity_xl.core.schema import CRITERIA, INDICATORS, RULINGS, SECTIONS, TASKS, UNITS, Table
from qcity_xl.core.schema.words import NO, YES
from qcity_xl.core.values import parse_number

TITLE = "全国质量强市示范城市创建工作任务分解表"

Read = Callable[[str], object]
Columns = Mapping[str, tuple[str, Read]]  # field of the record and how to read it, by header
SourceRow = TypeVar("SourceRow")


class BadSource(QcityError):
    """A source file that can't be taken as it is: which file, which line, what is wrong."""

    def __init__(self, path: Path, line: int, why: str) -> None:
        """Build the sentence."""
        self.path, self.line = path, line
        super().__init__(f"{path.name} 第{line}行：{why}。")


def load_plan(folder: Path) -> Plan:
    """The plan in the files of a folder; BadSource at the first line that is wrong."""
    return Plan(
        TITLE,
        _load(folder / "sections.tsv", PlanSection, _SECTION),
        _load(folder / "indicators.tsv", Indicator, _INDICATOR),
        _load(folder / "criteria.tsv", Criterion, _CRITERION),
        _load(folder / "tasks.tsv", Task, _TASK),
        _load(folder / "units.tsv", Unit, _UNIT),
        _load(folder / "rulings.tsv", Ruling, _RULING),
    )


def _load(path: Path, build: Callable[..., SourceRow], columns: Columns) -> tuple[SourceRow, ...]:
    header, *rows = _lines(path)
    if sorted(header) != sorted(columns):
        wrong = "、".join(header)
        raise BadSource(path, 1, f"表头为“{wrong}”，应为 {'、'.join(columns)}")
    return tuple(
        build(**_record(path, line, header, cells, columns)) for line, cells in enumerate(rows, 2)
    )


def _lines(path: Path) -> list[list[str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    except (OSError, UnicodeDecodeError) as error:
        raise BadSource(path, 1, "文件不存在，或不是 UTF-8 文本") from error
    return lines or [[]]


def _record(
    path: Path, line: int, header: list[str], cells: list[str], columns: Columns
) -> dict[str, object]:
    if len(cells) != len(header):
        raise BadSource(path, line, f"有{len(cells)}格，应有{len(header)}格")
    values: dict[str, object] = {}
    for name, cell in zip(header, cells, strict=True):
        field, read = columns[name]
        try:
            values[field] = read(cell)
        except ValueError as error:
            raise BadSource(path, line, f"“{name}”填了“{cell}”，应为{error}") from error
    return values


def _text(cell: str) -> str:
    if not cell.strip():
        raise ValueError("非空文字")
    return cell


def _number(cell: str) -> float:
    number = parse_number(cell)
    if number is None or number < 0:
        raise ValueError("不小于 0 的数")
    return number


def _whole(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit() and int(cell)):
        raise ValueError("正整数")
    return int(cell)


def _list(cell: str) -> tuple[str, ...]:
    return tuple(_text(part) for part in cell.split("|")) if cell else ()


def _choice(values: Mapping[str, object]) -> Read:
    def read(cell: str) -> object:
        if cell not in values:
            raise ValueError(" 或 ".join(values))
        return values[cell]

    return read


def _columns(table: Table, **readers: Read) -> Columns:
    return {table.headers[field]: (field, read) for field, read in readers.items()}


_YES = _choice({YES: True, NO: False})
_SECTION = _columns(SECTIONS, no=_whole, points=_number, bonus=_YES, title=_text, goal=str)
_INDICATOR = _columns(
    INDICATORS,
    no=_whole,
    section=_whole,
    points=_number,
    combine=_choice({name: kind for kind, name in COMBINE_NAMES.items()}),
    methods=_list,
    title=_text,
)
_CRITERION = {
    "序号": ("ordinal", _whole),
    **_columns(
        CRITERIA,
        indicator=_whole,
        points=_number,
        kind=_text,
        params=str,
        period=str,
        may_be_absent=_YES,
        text=_text,
    ),
}
_TASK = _columns(
    TASKS, no=_text, deadline=_text, leads=_list, partners=_list, criteria=_list, text=_text
)
_UNIT = _columns(
    UNITS,
    key=_text,
    name=_text,
    kind=_choice({name: kind for kind, name in UNIT_KIND_NAMES.items()}),
    aliases=_list,
)
_RULING = _columns(
    RULINGS,
    subject=_text,
    item=_text,
    options=_list,
    default=str,
    question=_text,
    reason=_text,
)
