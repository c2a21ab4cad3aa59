"""Rows that people typed, inserted or pasted: which of them has which id.

A row without an id gets one that says what stands in it, or one that says nothing. Where an id was
pasted along, the row that says what was known of it keeps it, and the others get new ones.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from qcity_xl.core.changes import KEY, Change
from qcity_xl.core.master.lost_keys import found_again
from qcity_xl.core.master.row_keys import LETTERS, telling_key, typed_key
from qcity_xl.core.schema import (
    ASSIGNMENTS,
    BY_NAME,
    CRITERIA,
    EVIDENCE,
    INDICATORS,
    RULINGS,
    SETTINGS,
    TASKS,
    UNITS,
    Table,
)
from qcity_xl.core.values import Value, same_meaning

Cells = dict[str, Value]
LastKnown = Callable[
    [str], "dict[str, Cells] | None"
]  # the rows of a table as they were last known

# What a line below a table must have to be one of its rows.
_NEEDED: dict[str, tuple[str, ...]] = {
    INDICATORS.name: ("no", "title"),
    CRITERIA.name: ("label", "text"),
    TASKS.name: ("no", "text"),
    ASSIGNMENTS.name: ("task", "unit"),
    EVIDENCE.name: ("criteria", "title"),
    UNITS.name: ("name",),
    RULINGS.name: ("subject", "item"),
    SETTINGS.name: ("group", "item"),
}
_REMARK = re.compile(r"\s*(?:注|备注|说明|合计|小计|总计|填表|制表|审核人)")
KEYED = "编行键"  # its name in 日志
GROWS = frozenset(_NEEDED)  # the tables below which people type rows


@dataclass(frozen=True, slots=True)
class Typed:
    """One row that gets an id: `change` is of its cell for ids, `line` where it stands.

    `first` is the line of the row that keeps the id that both had, 0 where there was none; `sure`
    says whether it is known which of them had it. `back`: it is the one that the row had before.
    """

    change: Change
    line: int
    first: int = 0
    sure: bool = True
    back: bool = False


@dataclass(slots=True)
class TypedRows:
    """The rows of a table by id, in the order of the sheet, each with its line.

    `left` are lines that are no rows of it: the line and the id there.
    """

    rows: dict[str, Cells] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    typed: list[Typed] = field(default_factory=list)
    left: list[tuple[int, str]] = field(default_factory=list)


def takes_rows(table: Table) -> bool:
    """Whether people type rows into this table; the others are the program's alone."""
    return table.name in LETTERS


def begins_row(table: Table, cells: Cells) -> bool:
    """Whether a line right below a table is one of its rows, and no remark or sum."""
    needed = _NEEDED.get(table.name, ())
    first = next((str(v) for f, v in cells.items() if f != KEY and v is not None), "")
    filled = bool(needed) and all(cells.get(name) is not None for name in needed)
    return filled and not _REMARK.match(first)


def settle(table: Table, found: Iterable[tuple[int, str, Cells]], known: LastKnown) -> TypedRows:
    """Give each row an id of its own; `found` has line, id ("" for none) and cells of each.

    `known` is asked only where an id stands twice or is lacking, and the rows do not tell whose it
    is. A row of a table that people type nothing into is left where no id is its own for sure.
    """
    listed = list(found)
    claims: dict[str, list[int]] = defaultdict(list)  # id -> places in `listed`
    for place, (_, key, _) in enumerate(listed):
        if key:
            claims[key].append(place)
    keeping: dict[str, tuple[int, bool]] = {}
    for key, places in claims.items():
        keeping[key] = (
            (places[0], True) if len(places) == 1 else _keeper(table, key, places, listed, known)
        )
    settled, taken = TypedRows(), set(claims)
    back = _found_again(table, listed, keeping, known)
    for place, (line, key, cells) in enumerate(listed):
        keeper, sure = keeping.get(key, (place, True))
        mine = key
        if not key or keeper != place:
            if not _says_anything(table, cells):
                settled.left.append((line, key))
                continue
            mine = back.get(place) or _new_key(table, cells, taken)
            if not mine:
                settled.left.append((line, key))
                continue
            change = Change(table.name, mine, KEY, key, mine)
            known_before = place in back or not takes_rows(table)
            first = listed[keeper][0] if key else 0
            settled.typed.append(Typed(change, line, first, sure, known_before))
        taken.add(mine)
        settled.rows[mine], settled.lines[mine] = cells, line
    return settled


def _says_anything(table: Table, cells: Cells) -> bool:
    formulas = {c.field for c in table.columns if c.editor == "formula"}
    return any(v is not None for f, v in cells.items() if f != KEY and f not in formulas)


def _new_key(table: Table, cells: Cells, taken: set[str]) -> str:
    key = telling_key(table, cells)
    if key and key not in taken:
        return key
    return typed_key(table, taken) if takes_rows(table) else ""


def _found_again(
    table: Table,
    listed: Sequence[tuple[int, str, Cells]],
    keeping: Mapping[str, tuple[int, bool]],
    known: LastKnown,
) -> dict[int, str]:
    """Ids that were lost, by place in `listed`."""
    keepers = {place for place, _ in keeping.values()}
    rows = {
        place: cells
        for place, (_, _, cells) in enumerate(listed)
        if place not in keepers and _says_anything(table, cells)
    }
    if not rows:
        return {}
    return found_again(table, rows, keeping, lambda: known(table.name) or {}, all_lost=not keepers)


def _keeper(
    table: Table,
    key: str,
    places: Sequence[int],
    listed: Sequence[tuple[int, str, Cells]],
    known: LastKnown,
) -> tuple[int, bool]:
    """Which of the rows with this id had it, and whether that is sure."""
    telling = [place for place in places if telling_key(table, listed[place][2]) == key]
    pool = telling or list(places)
    alike = all(_same(table, listed[pool[0]][2], listed[place][2]) for place in pool)
    if len(pool) == 1 or alike:
        return pool[0], True
    was = (known(table.name) or {}).get(key, {})
    agreed = {place: _agreeing(table, listed[place][2], was) for place in pool}
    most = max(agreed.values())
    best = [place for place in pool if agreed[place] == most]
    return best[0], len(best) == 1 and most > 0


def _same(table: Table, one: Cells, other: Cells) -> bool:
    stored = (c for c in table.columns if c.editor != "formula")
    return all(same_meaning(one.get(c.field), other.get(c.field), c.type) for c in stored)


def _agreeing(table: Table, cells: Cells, was: Cells) -> int:
    """How many cells say what was known."""
    stored = (c for c in table.columns if c.editor != "formula" and c.field != KEY)
    return sum(
        was.get(c.field) is not None and same_meaning(cells.get(c.field), was[c.field], c.type)
        for c in stored
    )


_SHOWN = 5  # lines that are named


def describe_typed(typed: Sequence[Typed]) -> list[str]:
    """What a step does to rows that people typed, for people."""
    if not typed:
        return []
    said = ["新填的行，先编上行键（隐藏列，程序用来认行）："]
    for name in dict.fromkeys(t.change.table for t in typed):
        sheet = BY_NAME[name].sheet
        mine = [t for t in typed if t.change.table == name]
        back = [str(t.line) for t in mine if t.back]
        if back:
            said.append(f"  「{sheet}」第{_listed(back)}行的行键丢了，按内容找回原来的")
        new = [str(t.line) for t in mine if not t.first and not t.back]
        if new:
            said.append(f"  「{sheet}」第{_listed(new)}行")
        for t in mine[:_SHOWN]:
            if t.first and not t.back:
                said.append(f"  「{sheet}」第{t.line}行是第{t.first}行复制来的，当作新的一行")
            if not t.sure:
                said.append(
                    f"    看不出哪一行是原来的，按第{t.first}行是原来的办；不对的请把两行内容对调"
                )
    return said


def _listed(lines: Sequence[str]) -> str:
    more = f"等{len(lines)}" if len(lines) > _SHOWN else ""
    return "、".join(lines[:_SHOWN]) + more
