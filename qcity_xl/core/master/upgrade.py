"""What a master lacks that the schema has: appended by the next step that writes.

A master made before a column, sheet, choice or setting was declared gets it as a change like any
other, with a line in 日志. What a workbook consists of beside its rows is a layout: texts by table,
part and field. The layout of the shipped template says what there has to be, so that a declaration
in the schema is all that an upgrade needs.

| part | field | text |
|---|---|---|
| SHEET | key | the sheet of the table |
| HEADER | each | the header |
| CHOICES | with a dropdown | its choices, divided by commas; or a formula, with its = |
| FORMATS | with conditional formats | their tests, one a line |
| FORMULA | calculated | the formula |
| FOLDED | key | headers of columns that are no longer printed, divided by 、 |
| PAPER | key | how the sheet prints, see `paper` |
| GUIDE | key, of 设置 | how 使用说明 prints, which has no table |
| CARD and its name | key, of the table on 看板 | the formula of the figure |
| BOARD | key, of that table | the version that shipped this 看板, if nobody changed it |
| BOARD | changed, of that table | else what was changed on one of a former version, for people |
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from qcity_xl.core.changes import (
    BOARD,
    CARD,
    CHOICES,
    FOLDED,
    FORMATS,
    FORMULA,
    GUIDE,
    HEADER,
    KEY,
    PAPER,
    SHEET,
    Change,
    added_row,
)
from qcity_xl.core.errors import NewerMaster
from qcity_xl.core.master.model import Layout, Master, Rows
from qcity_xl.core.master.paper import renewed_paper
from qcity_xl.core.schema import (
    BY_NAME,
    CONFLICTS,
    GUIDE_SHEET,
    MASTER,
    SCHEMA_VERSION,
    SECTIONS,
    SETTINGS,
    Table,
)
from qcity_xl.core.schema.cards import card_label
from qcity_xl.core.schema.former import was_shipped
from qcity_xl.core.schema.words import REFUSED, REFUSED_BEFORE
from qcity_xl.core.values import parse_number

UPGRADE = "升级总表"  # its name in 日志
VERSION_ROW = ("总表", "结构版本", "程序用来认总表的版本，升级时自动改，请勿改动")
VERSION = "/".join(VERSION_ROW[:2])
MOST_CHOICES = 255  # characters in the list of a dropdown; Excel takes no more
LayoutKey = tuple[str, str, str]  # table, part, field
_FIRST = 1  # what a master that does not say its version has: 0.1.0


def version_of(master: Master) -> int:
    """The schema's version that the master was made or upgraded with."""
    row = master.rows(SETTINGS).get(VERSION, {})
    return int(parse_number(row.get("value")) or _FIRST)


def check_version(name: str, master: Master) -> None:
    """Raises NewerMaster if the master is of a version that came later; `name` is the file's."""
    if version_of(master) > SCHEMA_VERSION:
        raise NewerMaster(name, version_of(master), SCHEMA_VERSION)


def schema_layout(fields: Mapping[str, Collection[str]] | None = None) -> dict[LayoutKey, str]:
    """The layout that the schema declares: sheets, headers, dropdowns.

    With `fields` that of these columns alone, by tables.
    """
    found: dict[LayoutKey, str] = {}
    for table in MASTER:
        if fields is not None and table.name not in fields:
            continue
        found[table.name, SHEET, KEY] = table.sheet
        if aside := [c.header for c in table.columns if c.private and not c.hidden]:
            found[table.name, FOLDED, KEY] = "、".join(aside)
        for column in table.columns:
            if fields is None or column.field in fields[table.name]:
                found[table.name, HEADER, column.field] = column.header
                choices = ",".join(column.choices)
                if choices and len(choices) <= MOST_CHOICES:
                    found[table.name, CHOICES, column.field] = choices
    return found


def plan_structure(
    present: Layout, wanted: Layout, *, older: bool, tables: Iterable[Table] = MASTER
) -> list[Change]:
    """What of the wanted layout is to be appended.

    Sheets, columns and choices that are lacking come back whenever they are gone; formats and
    formulas only to an `older` master: what people did to them since then is theirs, as is a
    formula that no version shipped.
    """
    changes: list[Change] = []
    for table in tables:
        if (table.name, SHEET, KEY) not in present:
            changes.append(Change(table.name, SHEET, KEY, None, table.sheet))
        elif table is SECTIONS and swaps_board(present, wanted):  # it comes with all of them
            place = table.name, BOARD, KEY
            changes.append(Change(*place, present[place], wanted[place]))
            continue
        else:
            for column in table.columns:
                changes += _column(table.name, column.field, present, wanted, older=older)
        if older:
            changes += [
                Change(*place, present[place], wanted[place])
                for place in _new_formulas(table.name, present, wanted)
                if was_shipped(place, present[place])
            ]
            changes += _folds(table, present, wanted)
            changes += _papers(table, present, wanted)
    return changes


def swaps_board(present: Layout, wanted: Layout) -> bool:
    """Whether 看板 is that of another version than is wanted, and nobody changed it."""
    place = SECTIONS.name, BOARD, KEY
    return place in present and place in wanted and present[place] != wanted[place]


def _folds(table: Table, present: Layout, wanted: Layout) -> Iterator[Change]:
    """Columns of an older master that stand amid those that are printed, and are no longer."""
    place = (table.name, FOLDED, KEY)
    headers = wanted.get(place, "").split("、") if place not in present else []
    there = [h for h in headers if (table.name, HEADER, table.by_header.get(h, "")) in present]
    if there:
        yield Change(*place, None, "、".join(there))


def _papers(table: Table, present: Layout, wanted: Layout) -> Iterator[Change]:
    """How the sheet of an older master prints, and with 设置 how 使用说明 does."""
    for part in (PAPER, GUIDE) if table is SETTINGS else (PAPER,):
        place = (table.name, part, KEY)
        if place in present and place in wanted:
            name = "" if part == GUIDE else table.name
            after = renewed_paper(name, present[place], wanted[place])
            if after != present[place]:
                yield Change(*place, present[place], after)


def _new_formulas(table: str, present: Layout, wanted: Layout) -> Iterator[LayoutKey]:
    """Where another formula stands than is wanted."""
    for place, formula in wanted.items():
        reckons = place[1] == FORMULA or place[1].startswith(CARD)
        if place[0] == table and reckons and present.get(place, formula) != formula:
            yield place


def left_alone(present: Layout, wanted: Layout) -> list[str]:
    """What an older master does not get since people made it otherwise, for people."""
    swapped = (SECTIONS.name, BOARD, KEY) in present
    formulas = [
        f"{_name(place)}已被改写，没有换成新的"
        for table in MASTER
        for place in _new_formulas(table.name, present, wanted)
        if not was_shipped(place, present[place]) and not (swapped and table is SECTIONS)
    ]
    lacking = [card_label(p[1].removeprefix(CARD)) for p in wanted if _lacks(p, present)]
    if swapped or not lacking:
        return formulas
    changed = present.get((SECTIONS.name, BOARD, "changed"))
    words = "、".join(f"“{label}”" for label in dict.fromkeys(lacking))
    told = f"「{SECTIONS.sheet}」没有{words}"
    if not changed:
        return [*formulas, f"{told}（旧版没有，或者删掉了），没有补；其余各表都已补齐"]
    advice = (
        f"，没有补：它改动过（{changed}），保持原样。想换成新的，先用“移动或复制工作表”把它另存一份，"
        f"把这几处改回原样再执行（已经升级的，先撤销“{UPGRADE}”）"
    )
    return [*formulas, told + advice]


def _lacks(place: LayoutKey, present: Layout) -> bool:
    return place[1].startswith(CARD) and place not in present


def _name(place: LayoutKey) -> str:
    table, part, field = place
    if part.startswith(CARD):
        return f"「{BY_NAME[table].sheet}」的“{card_label(part.removeprefix(CARD))}”卡片"
    return f"「{BY_NAME[table].sheet}」的“{BY_NAME[table].column(field).header}”的公式"


def _column(
    table: str, field: str, present: Layout, wanted: Layout, *, older: bool
) -> Iterator[Change]:
    if (table, HEADER, field) not in present:  # it brings the rest with it
        yield Change(table, HEADER, field, None, BY_NAME[table].column(field).header)
        return
    for part, merged in _MERGED.items():
        place = (table, part, field)
        old, new = present.get(place), wanted.get(place)
        if new is None or (part != CHOICES and not older):
            continue
        after = merged(old, new) if old is not None else new if older else None
        if after not in (None, old):
            yield Change(table, part, field, old, after)


def _choices(old: str, new: str) -> str:
    """All choices; a list that people made elsewhere, or one that gets too long, stays theirs."""
    after = _joined(old, new, ",")
    return old if old.startswith("=") or len(after) > MOST_CHOICES else after


def _joined(old: str, new: str, mark: str) -> str:
    return mark.join(dict.fromkeys((*old.split(mark), *new.split(mark))))


def _formats(old: str, new: str) -> str:
    return _joined(old, new, "\n")


_MERGED: Mapping[str, Callable[[str, str], str]] = {
    CHOICES: _choices,
    FORMATS: _formats,
}


def plan_rows(
    master: Master, shipped: Mapping[str, Rows], structure: Iterable[Change]
) -> list[Change]:
    """The rows that come with the program and are new to this master, words that it says otherwise
    by now, and its new version.

    `shipped` has all rows of the tables that come with some, by the names of the tables. A row that
    the office took out of a master of this version stays out.
    """
    older = version_of(master) < SCHEMA_VERSION
    added = {change.table for change in structure if (change.row, change.field) == (SHEET, KEY)}
    changes: list[Change] = []
    for name, rows in shipped.items():
        for key, row in rows.items():
            if (older or name in added) and key not in master.tables[name]:
                values = {f: v for f, v in row.items() if f != KEY}
                changes += added_row(name, key, values)
    if older:
        changes += [
            Change(CONFLICTS.name, key, "kind", REFUSED_BEFORE, REFUSED)
            for key, row in master.rows(CONFLICTS).items()
            if row.get("kind") == REFUSED_BEFORE
        ]
    if older and VERSION in master.rows(SETTINGS):
        old = master.rows(SETTINGS)[VERSION].get("value")
        changes.append(Change(SETTINGS.name, VERSION, "value", old, SCHEMA_VERSION))
    return changes


def describe(changes: Sequence[Change]) -> list[str]:
    """What an upgrade appends, for people; nothing where it is the version alone."""
    lines = [line for change in changes if (line := _sentence(change))]
    papers = [GUIDE_SHEET] * any(c.row == GUIDE for c in changes)
    papers += [BY_NAME[c.table].sheet for c in changes if c.row == PAPER]
    if papers:
        named = "".join(f"「{sheet}」" for sheet in papers)
        lines.append(f"{named}的页边距、表头上方的小字和列宽换成新的，印出来不小于8磅；撤销就换回")
    rows = {(c.table, c.row) for c in changes if c.adds_row and c.row != VERSION}
    counted = Counter(table for table, _ in sorted(rows))
    lines += [f"「{BY_NAME[name].sheet}」加{count}行" for name, count in counted.items()]
    if any((c.table, c.field) == (CONFLICTS.name, "kind") for c in changes):
        lines.append(f"「{CONFLICTS.sheet}」的“{REFUSED_BEFORE}”改称“{REFUSED}”")
    return ["总表缺少现在要用的内容，先补上：", *(f"  {line}" for line in lines)] if lines else []


def _sentence(change: Change) -> str:
    table = BY_NAME[change.table]
    if change.row == FORMULA or change.row.startswith(CARD):
        return _name((change.table, change.row, change.field)).removesuffix("的公式") + "的公式"
    if change.row == BOARD:
        return f"「{table.sheet}」换成新的样式，图表和各份清单都在上面；撤销就换回原来的"
    if change.row == FOLDED:
        return f"「{table.sheet}」的{change.new}收进分组，打印时不印；点列号上方的＋展开"
    header = f"「{table.sheet}」的“{table.column(change.field).header}”"
    old = str(change.old or "").split(",")
    new = "、".join(choice for choice in str(change.new).split(",") if choice not in old)
    return {
        SHEET: f"工作表「{table.sheet}」",
        HEADER: f"{header}列（空白）",
        CHOICES: f"{header}下拉增加：{new}",
        FORMATS: f"{header}的条件格式",
    }.get(change.row, "")


def shipped_rows(template: Master) -> dict[str, Rows]:
    """The rows that come with the program, of a template."""
    return {table.name: template.rows(table) for table in MASTER if table.shipped}
