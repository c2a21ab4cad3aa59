"""Rows that bear another number than when they were made.

A row keeps its id for good: answers that are out, 日志 and undo go by it. A newer version of the
state's table may give it another number; 设置 then has the id that this number stands for.
"""

import json
from collections.abc import Container, Mapping

from qcity_xl.core.changes import Change, added_row, dropped_row
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.schema import SETTINGS

NumbersInUse = Mapping[str, str]  # row id -> the id that its number stands for
NO_OTHERS: NumbersInUse = {}  # every row bears the number in its id
_GROUP, _ITEM = "存档", "改过的编号"
_HELP = "新版任务分解表改过编号的行，程序凭它认行，请勿改动"
_MOST = 30_000  # characters in one row of 设置


def standing_ids(master: Master) -> NumbersInUse:
    """The rows whose number is not the one in their id; none of a text that can't be read."""
    found: dict[str, str] = {}
    for key in _rows(master):
        try:
            said = json.loads(text(master.rows(SETTINGS)[key], "value"))
        except ValueError:
            continue
        if isinstance(said, dict):
            found |= {str(row): str(stands) for row, stands in said.items()}
    return found


def standing_id(row: str, standing: NumbersInUse) -> str:
    """The id that a row's number stands for, also of a unit's part in a task."""
    task, divided, unit = row.partition("/")
    if row in standing or task not in standing:
        return standing.get(row, row)
    return f"{standing[task]}{divided}{unit}"


def number_changes(master: Master, wanted: NumbersInUse) -> list[Change]:
    """Changes that make 设置 say just this."""
    texts = _texts({row: stands for row, stands in wanted.items() if row != stands})
    present = _rows(master)
    changes: list[Change] = []
    for n, said in enumerate(texts):
        item = f"{_ITEM}{n + 1 if n else ''}"
        key = f"{_GROUP}/{item}"
        if key in present:
            held = master.rows(SETTINGS)[key].get("value")
            changes += [Change(SETTINGS.name, key, "value", held, said)] if held != said else []
        else:
            row = {"group": _GROUP, "item": item, "value": said, "help": _HELP}
            changes += added_row(SETTINGS.name, key, {**row})
    for key in present[len(texts) :]:
        changes += dropped_row(SETTINGS.name, key, dict(master.rows(SETTINGS)[key]))
    return changes


def free_id(wanted: str, taken: Container[str]) -> str:
    """The id, or one like it that no row has or ever had."""
    number, found = 2, wanted
    while found in taken:
        found, number = f"{wanted}_{number}", number + 1
    return found


def _rows(master: Master) -> list[str]:
    return [key for key in master.rows(SETTINGS) if key.startswith(f"{_GROUP}/{_ITEM}")]


def _texts(wanted: NumbersInUse) -> list[str]:
    texts: list[str] = []
    part: dict[str, str] = {}
    length = 2
    for row, stands in wanted.items():
        size = len(json.dumps({row: stands}, ensure_ascii=False))
        if part and length + size > _MOST:
            texts.append(json.dumps(part, ensure_ascii=False))
            part, length = {}, 2
        part[row] = stands
        length += size
    return [*texts, json.dumps(part, ensure_ascii=False)] if part else texts
