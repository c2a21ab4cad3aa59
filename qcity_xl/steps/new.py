"""新建总表: from the embedded table, or from the office's own document."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from qcity_xl.adapters.disk import make_file
from qcity_xl.adapters.lean import hidden
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.resources import master_template
from qcity_xl.core.advice import Advice
from qcity_xl.core.catalogue import BY_ID
from qcity_xl.core.errors import AlreadyThere, NothingToDo, NotXlsx
from qcity_xl.core.master.criteria import points_of
from qcity_xl.core.master.initial_rows import master_rows
from qcity_xl.core.master.known import with_known
from qcity_xl.core.master.model import Master, differences, text
from qcity_xl.core.plan import Plan
from qcity_xl.core.schema import (
    CRITERIA,
    INDICATORS,
    MAIL,
    SECTIONS,
    SETTINGS,
    TASKS,
    UNITS,
    Table,
)
from qcity_xl.core.schema.words import GROUP, NO, YES
from qcity_xl.core.values import Value
from qcity_xl.steps.shared.header_words import WORDS_ROW
from qcity_xl.steps.shared.outcome import (
    DONE,
    LEFT,
    Column,
    Context,
    Count,
    Outcome,
    Section,
)
from qcity_xl.steps.shared.reading_data import NewData

if TYPE_CHECKING:
    from qcity_xl.core.reading import Reading, Words

_PROGRESS = ("进展情况", "完成状态", "完成率")  # columns that make a plan a working book


def new(
    path: Path,
    context: Context,
    *,
    master_id: str = "",
    document: Path | None = None,
    headers: str | Sequence[str] = (),
    like: Path | None = None,
) -> Outcome[NewData]:
    """Write a new master at `path`; `master_id`, else one drawn, is how packs know it.

    Without a document it holds the embedded table; with one, nothing but what the document says.
    `headers` explain what stands above its columns, as 采集分=分值 or C列=牵头单位; what `like`,
    another master, remembers of that holds too, and the new one remembers it all.
    """
    if path.suffix.lower() != ".xlsx":
        raise NotXlsx(path.name)
    if os.path.lexists(path):
        raise AlreadyThere(path.name)
    reading: Reading | None = None
    now: Words = ()
    words: Words = ()
    if document:
        now, words = _words(headers, like)
        reading = _read(document, words)
        _refuse(document, reading)
    file = WorkbookFile.open(master_template())
    named: dict[str, Mapping[str, Value]] = {
        "总表/总表编号": {"value": master_id or uuid4().hex[:12]}
    }
    if words:
        from qcity_xl.core.reading import words_text

        named[WORDS_ROW] = {"value": words_text(words)}
    changes = differences(file.master, SETTINGS, named)
    if reading:
        master = _master(reading.plan, file.master.with_changes(changes))
        if document and _is_book(reading):
            master, reading = _with_book(master, reading, document, context, words)
    else:
        file.apply(changes)
        master = file.master
    if not context.dry_run:
        make_file(path, _built(master) if reading else file.to_bytes())
    return _report(path, master, reading, now)


def _is_book(reading: "Reading") -> bool:
    """Whether a plan is the office's own working book: it says how far the work has come."""
    return any(c.meaning in _PROGRESS for c in reading.columns)


def _with_book(
    master: Master, reading: "Reading", document: Path, context: Context, words: "Words"
) -> "tuple[Master, Reading]":
    """The master with what 接收台账 makes of the document, and what it left as unplaced."""
    from qcity_xl.adapters.documents import load_document
    from qcity_xl.core.adopting.adoption import adopt_book
    from qcity_xl.core.history.log import as_lines, log_rows
    from qcity_xl.core.reading import Cell
    from qcity_xl.core.rounds.first_state import rows_of, worked_out

    title = BY_ID["adopt"].title
    adopted = adopt_book(master, load_document(document).blocks, document.name, title, words)
    lines = log_rows(
        master, context.stamp(title, document.name), as_lines(adopted.changes, document.name)
    )
    left = [Cell(f"{c.cell.text}（{c.reason}）", str(c.cell)) for c in adopted.left]
    reading = replace(reading, unplaced=(*reading.unplaced, *left))
    return worked_out(rows_of(master.with_changes([*adopted.changes, *lines]))), reading


def _refuse(document: Path, reading: "Reading") -> None:
    from qcity_xl.core.reading import refusal

    if why := refusal(reading):
        raise NothingToDo(
            f"“{document.name}”{why}。没有新建总表。"
            "请确认选对了文件；确是任务分解表的，把表头改成常用的写法（指标、分值、评分标准、"
            "工作任务、完成时限、牵头单位、配合单位）后再试。"
        )


def _read(document: Path, words: "Words") -> "Reading":
    # Only this way of starting pays for the reader and its Word library.
    from qcity_xl.adapters.documents import read_document

    return read_document(document, words)


def _words(headers: str | Sequence[str], like: Path | None) -> "tuple[Words, Words]":
    """What is said of headers now, and with what another master remembers of them."""
    from qcity_xl.core.reading import header_words

    kept = WorkbookFile.open(like).master.settings.header_words if like else ""
    return header_words(headers, ""), header_words(headers, kept)


def _master(plan: Plan, template: Master) -> Master:
    """The master of a plan, with the settings and letters of the shipped one."""
    from qcity_xl.core.rounds.first_state import worked_out

    settings = _texts(template, SETTINGS, ("group", "item", "value", "help"))
    letters = _texts(template, MAIL, ("use", "subject", "text", "signature"))
    return worked_out(master_rows(with_known(plan, template), settings, letters))


def _built(master: Master) -> bytes:
    # openpyxl takes twice as long to import if it finds numpy.
    with hidden("numpy"):
        from qcity_xl.adapters.templates import build_master
    from qcity_xl.core.rounds.first_state import rows_of

    return build_master(rows_of(master), master.figures)


def _texts(
    master: Master, table: Table, fields: tuple[str, str, str, str]
) -> list[tuple[str, str, str, str]]:
    """Four columns of a table."""
    one, two, three, four = fields
    return [
        (text(row, one), text(row, two), text(row, three), text(row, four))
        for row in master.rows(table).values()
    ]


def _report(
    path: Path, master: Master, reading: "Reading | None", now: "Words"
) -> Outcome[NewData]:
    data = _counts(master)
    sections: tuple[Section, ...] = ()
    doubtful: list[str] = []
    odd = False
    if reading:
        from qcity_xl.core.reading import doubts, unused
        from qcity_xl.steps.shared.reading_proof import proof, proof_data, sums, understood

        data = {**data, **proof_data(master, reading)}
        sections = (*understood(master, reading), *proof(master, reading))
        lost = [f"没有一列是“{word}”，这条说明没有用上" for word in unused(now, reading.columns)]
        doubtful = [f"请先核对：{doubt}。" for doubt in (*lost, *doubts(reading))]
        odd = bool(doubtful) or any(not adds_up for *_, adds_up in sums(master))
    return Outcome(
        f"新建总表 {path.name}",
        data,
        LEFT if odd else DONE,
        (
            Count("", data["sections"], "个部分"),
            Count("", data["indicators"], "项指标"),
            Count("", data["criteria"], "个得分点"),
            Count("", data["tasks"], "项任务"),
            Count("", data["units"], "个单位"),
            Count("", data["groups"], "个组名"),
        ),
        (
            Section(
                "",
                (Column("分值", "label"), Column("", "points")),
                (("基本分", data["points"]), ("加分", data["bonus"])),
            ),
            *sections,
        ),
        (*doubtful, *(problem.sentence() for problem in reading.problems)) if reading else (),
        (Advice("check", "请在「单位」填联系人和组成员，在「待定事项」逐条确认，然后"),),
        pending=1,
    )


def _counts(master: Master) -> NewData:
    sections = master.rows(SECTIONS).values()
    totals = {
        bonus: sum(points_of(s) for s in sections if text(s, "bonus") == bonus)
        for bonus in (NO, YES)
    }
    groups = sum(1 for row in master.rows(UNITS).values() if text(row, "kind") == GROUP)
    return {
        "sections": len(sections),
        "indicators": len(master.rows(INDICATORS)),
        "criteria": len(master.rows(CRITERIA)),
        "tasks": len(master.rows(TASKS)),
        "units": len(master.rows(UNITS)) - groups,
        "groups": groups,
        "points": totals[NO],
        "bonus": totals[YES],
        "recovered": [],
        "guesses": [],
        "problems": [],
        "unplaced": [],
        "columns": [],
        "rules": [],
        "named": [],
    }
