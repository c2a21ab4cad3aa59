"""新建总表: from the embedded table, or from the office's own document."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from qcity_xl.adapters.disk import make_file
from qcity_xl.adapters.lean import hidden
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.resources import master_template
from qcity_xl.core.advice import Advice
from qcity_xl.core.errors import AlreadyThere, NothingToDo, NotXlsx
from qcity_xl.core.master.criteria import points_of
from qcity_xl.core.master.initial_rows import master_rows
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
from qcity_xl.core.text import number_text, shorten
from qcity_xl.core.values import Value
from qcity_xl.steps.shared.data import NewData, ProofData
from qcity_xl.steps.shared.outcome import (
    DONE,
    LEFT,
    Column,
    Context,
    Count,
    Outcome,
    Section,
    problem_data,
)

if TYPE_CHECKING:
    from qcity_xl.core.reading import Meaning, Reading

_LISTED, _EACH, _LONG = 30, 5, 100  # rows of a list, guesses of a kind, characters of a cell


def new(
    path: Path,
    context: Context,
    *,
    master_id: str = "",
    document: Path | None = None,
    headers: Sequence[str] = (),
) -> Outcome[NewData]:
    """Write a new master at `path`; `master_id`, else one drawn, is how packs know it.

    Without a document it holds the embedded table; with one, nothing but what the document says.
    `headers` explain words that stand above its columns, each as 采集分=分值.
    """
    if path.suffix.lower() != ".xlsx":
        raise NotXlsx(path.name)
    if os.path.lexists(path):
        raise AlreadyThere(path.name)
    reading = _read(document, headers) if document else None
    if document and reading:
        _refuse(document, reading)
    file = WorkbookFile.open(master_template())
    named: dict[str, Mapping[str, Value]] = {
        "总表/总表编号": {"value": master_id or uuid4().hex[:12]}
    }
    changes = differences(file.master, SETTINGS, named)
    if reading:
        master = _master(reading.plan, file.master.with_changes(changes))
    else:
        file.apply(changes)
        master = file.master
    if not context.dry_run:
        make_file(path, _built(master) if reading else file.to_bytes())
    return _report(path, master, reading)


def _refuse(document: Path, reading: "Reading") -> None:
    from qcity_xl.core.reading import refusal

    if why := refusal(reading):
        raise NothingToDo(
            f"“{document.name}”{why}。没有新建总表。"
            "请确认选对了文件；确是任务分解表的，把表头改成常用的写法（指标、分值、评分标准、"
            "工作任务、完成时限、牵头单位、配合单位）后再试。"
        )


def _read(document: Path, headers: Sequence[str]) -> "Reading":
    # Only this way of starting pays for the reader and its Word library.
    from qcity_xl.adapters.documents import read_document

    return read_document(document, [_explained(word) for word in headers])


def _explained(option: str) -> "tuple[str, Meaning]":
    """A header word and its meaning out of 采集分=分值."""
    from qcity_xl.core.reading import MEANING_NAMES

    word, _, name = option.replace("＝", "=").partition("=")
    meaning = next((m for m, known in MEANING_NAMES.items() if known == name.strip()), None)
    if meaning is None or not word.strip():
        raise NothingToDo(
            f"看不懂“{option}”。请写成 表头=意思，如 采集分=分值；"
            f"意思可以是：{'、'.join(MEANING_NAMES.values())}。"
        )
    return word.strip(), meaning


def _master(plan: Plan, template: Master) -> Master:
    """The master of a plan, with the settings and letters of the shipped one."""
    from qcity_xl.core.rounds.first_state import worked_out

    settings = _texts(template, SETTINGS, ("group", "item", "value", "help"))
    letters = _texts(template, MAIL, ("use", "subject", "text", "signature"))
    return worked_out(master_rows(plan, settings, letters))


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


def _report(path: Path, master: Master, reading: "Reading | None") -> Outcome[NewData]:
    data = _counts(master)
    sections: tuple[Section, ...] = ()
    if reading:
        data = {**data, **_proof_data(reading)}
        sections = tuple(_proof(master, reading))
        from qcity_xl.core.reading import doubts

        doubtful = [f"请先核对：{doubt}。" for doubt in doubts(reading)]
    else:
        doubtful = []
    odd = bool(doubtful) or any(not adds_up for *_, adds_up in _sums(master))
    return Outcome(
        f"已新建总表 {path.name}",
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
        (Advice("check", "接下来在「单位」填联系人和组成员，在「待定事项」逐条确认，再运行"),),
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
    }


def _proof(master: Master, reading: "Reading") -> Iterator[Section]:
    """The proof that the document was read whole: sums, recovered scores, guesses, leftovers."""
    yield Section(
        "各部分分值",
        (Column("部分", "label"), Column("标明"), Column("合计"), Column("是否相符")),
        tuple(
            (
                name,
                f"标明{number_text(stated)}",
                f"指标合计{number_text(total)}",
                "相符" if adds_up else "不符，请与文件核对",
            )
            for name, stated, total, adds_up in _sums(master)
        ),
    )
    yield Section(
        f"文件里丢失、由评分办法推出的分值{len(reading.recovered)}处",
        (Column("指标", "label"), Column("", "points"), Column("出处")),
        tuple((f"指标{r.indicator}", r.points, r.source) for r in reading.recovered),
    )
    yield Section(
        f"推断{len(reading.guesses)}处，已列入「待定事项」待确认",
        (Column("关于", "label"), Column("推断"), Column("理由")),
        tuple(_grouped(reading)),
    )
    yield Section(
        f"没有归入任何位置的原文{len(reading.unplaced)}处",
        (Column("哪里", "label"), Column("原文")),
        (
            *((cell.where, shorten(cell.text, _LONG)) for cell in reading.unplaced[:_LISTED]),
            *_more(len(reading.unplaced) - _LISTED),
        ),
    )
    yield Section(
        "各列的理解",
        (Column("表", "label"),),
        tuple((columns,) for columns in reading.columns[:_LISTED]),
    )


def _grouped(reading: "Reading") -> Iterator[tuple[str, str, str]]:
    """The guesses, those of one kind together and no more than a few of each."""
    kinds: dict[str, list[tuple[str, str, str]]] = {}
    for g in reading.guesses:
        row = (f"{g.subject} {g.what}", f"取“{g.taken}”" if g.taken else "留空", g.reason)
        kinds.setdefault(g.what[:8], []).append(row)
    for what, rows in kinds.items():
        yield from rows[:_EACH]
        if len(rows) > _EACH:
            yield what, f"同类另有{len(rows) - _EACH}处", "都在「待定事项」里"


def _more(count: int) -> Iterator[tuple[str, str]]:
    if count > 0:
        yield "…", f"另有{count}处，这里没有列出"


def _sums(master: Master) -> Iterator[tuple[str, float, float, bool]]:
    """Each section: its name, its points as stated and as its indicators add up, and whether so."""
    for section in master.rows(SECTIONS).values():
        own = [
            points_of(row)
            for row in master.rows(INDICATORS).values()
            if text(row, "section") == text(section, "no")
        ]
        stated, total = points_of(section), sum(own)
        name = f"{text(section, 'no')} {text(section, 'title')}"
        yield name, stated, total, abs(total - stated) < 1e-6


def _proof_data(reading: "Reading") -> ProofData:
    return {
        "recovered": [
            {"indicator": r.indicator, "points": r.points, "source": r.source}
            for r in reading.recovered
        ],
        "guesses": [
            {
                "where": g.where,
                "subject": g.subject,
                "what": g.what,
                "taken": g.taken,
                "reason": g.reason,
            }
            for g in reading.guesses
        ],
        "problems": problem_data(reading.problems),
        "unplaced": [{"where": c.where, "text": c.text} for c in reading.unplaced],
    }
