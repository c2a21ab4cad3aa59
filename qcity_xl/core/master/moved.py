"""Rows whose id and content do not belong together: cells sorted or moved without the hidden id.

Watched are the tables whose ids say what stands beside them: by the cells that an id is made of,
and by those that follow from it (指标 of a task, 工作任务 on 填报, 问题 of a ruling): cells may be
moved from some column on. Ids of evidence say nothing: what steps wrote into its rows is on 日志,
and stands in another row by now. Of what else has such ids nothing is taken by them: a unit is
found by its name, a problem by its words, and a choice on 冲突 waits where its row is another one.
The log is chained.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass

from qcity_xl.core.master.conflict_ids import shown_conflict
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.master.numbers import standing_id, standing_ids
from qcity_xl.core.master.row_keys import TELLING, says_nothing, telling_key
from qcity_xl.core.schema import (
    ASSIGNMENTS,
    BY_NAME,
    CONFLICTS,
    CRITERIA,
    EVIDENCE,
    INDICATORS,
    LOG,
    PROGRESS_LINES,
    RULINGS,
    TASKS,
    Table,
)
from qcity_xl.core.schema.words import ADDED, CHANGED, DROPPED
from qcity_xl.core.text import fold, shorten
from qcity_xl.core.values import Value, same_meaning

_NUMBERED = re.compile(r"[CT](\d+)\..+")
_PARTICULAR = re.compile(r"“[^”]*”|[\d.,‰%()（）/]+|\s+")
_SEVERAL = 2
_EVIDENCE = ("criteria", "unit", "kind", "title", "number", "dated", "period", "location")
_WRITTEN = (ADDED, CHANGED, DROPPED)
_SHOWN = 40  # characters of a text that are told


@dataclass(frozen=True, slots=True)
class Moved:
    """A row that shows what belongs to another row of its table, `words` as they stand there."""

    table: Table
    row: str
    field: str
    words: str


def moved_rows(master: Master, *, unasked: Container[Table] = ()) -> Iterator[Moved]:
    """Each row that shows the content of another row of its table, once.

    Tables that are `unasked` are not looked at: of a table that nothing else needs this would be
    the one reading.
    """
    tasks, standing = _Tasks.of(master), standing_ids(master)
    for table, fields, id_of in _IDS:
        if table in unasked or (table is PROGRESS_LINES and not _in_rounds(master)):
            continue
        rows = master.rows(table)
        known = {fold(standing.get(key, key)): key for key in rows}
        for key, row in rows.items():
            if says_nothing(key):
                continue
            shown = known.get(fold(id_of(tasks, key, row)), "")
            if shown and shown != key:
                yield Moved(table, key, fields[0], " ".join(text(row, name) for name in fields))
            elif table in (CRITERIA, TASKS):
                yield from _indicator(master, table, key, standing_id(key, standing))
            elif table is ASSIGNMENTS:
                yield from _task_text(tasks, key, row)
    yield from _questions(master)
    yield from _evidence(master)


def _in_rounds(master: Master) -> bool:
    """Whether a round brought anything: before that nothing is found by its line."""
    return any(text(row, "round") for row in master.rows(ASSIGNMENTS).values())


@dataclass(frozen=True, slots=True)
class _Tasks:
    """任务, as 填报 goes by it: ids by number, a number by text, texts by id."""

    ids: Mapping[str, str]
    numbers: Mapping[str, str]
    texts: Mapping[str, str]

    @classmethod
    def of(cls, master: Master) -> "_Tasks":
        rows = master.rows(TASKS)
        texts = {key: fold(text(row, "text")) for key, row in rows.items()}
        numbers = {said: text(rows[key], "no") for key, said in texts.items() if said}
        return cls({fold(text(row, "no")): key for key, row in rows.items()}, numbers, texts)


def _indicator(master: Master, table: Table, key: str, stands: str) -> Iterator[Moved]:
    """The indicator is the first part of a number: another one's stands beside it."""
    match, shown = _NUMBERED.fullmatch(stands), text(master.rows(table)[key], "indicator")
    if match and shown and shown != match[1] and f"I{shown}" in master.rows(INDICATORS):
        yield Moved(table, key, "indicator", f"指标{shown}的内容")


def _task_text(tasks: _Tasks, key: str, row: Row) -> Iterator[Moved]:
    """The text of a task that 任务 has under another number, and no longer under this one."""
    said = fold(text(row, "text"))
    other = tasks.numbers.get(said)
    if other and said != tasks.texts.get(key.partition("/")[0], said):
        words = f"“{shorten(text(row, 'text'), _SHOWN)}”（「任务」里这是{other}）"
        yield Moved(ASSIGNMENTS, key, "text", words)


def _questions(master: Master) -> Iterator[Moved]:
    """Questions of 待定事项 that are asked under another item elsewhere, more often or as often.

    An item is always asked in the same words, but for figures and names in quotation marks. One
    question under several items may be the office's own wording; who sorts mixes several.
    """
    asked: dict[str, Counter[str]] = defaultdict(Counter)
    rows = [(key, row, _PARTICULAR.sub("", text(row, "question"))) for key, row in _asked(master)]
    for _, row, form in rows:
        asked[form][text(row, "item")] += 1
    if sum(len(items) > 1 for items in asked.values()) < _SEVERAL:
        return
    for key, row, form in rows:
        (first, most), *others = asked[form].most_common()
        tied = bool(others) and others[0][1] == most
        if others and (tied or text(row, "item") != first):
            yield Moved(RULINGS, key, "question", shorten(text(row, "question"), _SHOWN))


def _asked(master: Master) -> Iterator[tuple[str, Row]]:
    for key, row in master.rows(RULINGS).items():
        if text(row, "question") and text(row, "item"):
            yield key, row


def _evidence(master: Master) -> Iterator[Moved]:
    """Rows of evidence that hold all that was written into another one, which holds it no more."""
    rows = master.rows(EVIDENCE)
    if sum(bool(text(row, "title")) for row in rows.values()) < _SEVERAL:
        return  # nothing could change places: 日志, which is long, need not be read
    written = _written(master)
    types = {column.field: column.type for column in EVIDENCE.columns}

    def holds(key: str, said: Row) -> bool:
        row = rows.get(key, {})
        return all(same_meaning(row.get(name), value, types[name]) for name, value in said.items())

    titles: dict[str, list[str]] = defaultdict(list)
    for key, row in rows.items():
        titles[fold(text(row, "title"))].append(key)
    for key, said in written.items():
        title = fold(text(said, "title"))
        if not title or key not in rows or fold(text(rows[key], "title")) == title:
            continue
        for other in titles.get(title, ()):
            own = written.get(other)  # one that a person typed may say the same
            if own and holds(other, said) and not holds(other, own):
                words = " ".join(text(rows[other], name) for name in ("criteria", "title"))
                yield Moved(EVIDENCE, other, "title", words)


def _written(master: Master) -> dict[str, dict[str, Value]]:
    """What steps wrote last into cells of evidence that say which one it is, by row."""
    fields = {EVIDENCE.column(name).header: name for name in _EVIDENCE}
    found: dict[str, dict[str, Value]] = defaultdict(dict)
    for line in master.rows(LOG).values():
        if line.get("sheet") == EVIDENCE.sheet and line.get("action") in _WRITTEN:
            key, name = text(line, "row"), fields.get(text(line, "column"))
            if line.get("action") == DROPPED:
                found.pop(key, None)
            elif name:
                found[key][name] = line.get("new")
    return found


def _made_of(table: Table) -> "_IdOf":
    """The id that cells of a row make, "" where one is blank."""
    return lambda _, __, row: telling_key(table, row)


def _assignment(tasks: _Tasks, key: str, row: Row) -> str:
    """By the id of the task with its number: its own id, where 任务 itself was moved."""
    no, unit = fold(text(row, "task")), fold(text(row, "unit"))
    if not no or not unit:
        return ""
    own = f"t{no}"
    task = own if fold(key).startswith(f"{own}/") else tasks.ids.get(no, own)
    return f"{task}/{unit}"


def _conflict(_: _Tasks, __: str, row: Row) -> str:
    return shown_conflict(row)


_IdOf = Callable[[_Tasks, str, Row], str]
_OWN: Mapping[str, _IdOf] = {ASSIGNMENTS.name: _assignment}
_IDS: tuple[tuple[Table, tuple[str, ...], _IdOf], ...] = (
    *(
        (BY_NAME[name], fields, _OWN.get(name) or _made_of(BY_NAME[name]))
        for name, (fields, _) in TELLING.items()
    ),
    (CONFLICTS, ("unit", "sheet", "row", "column"), _conflict),
)
