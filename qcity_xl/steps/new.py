"""新建总表: from the embedded table, or from the office's own document."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from qcity_xl.adapters.disk import load_bytes, make_file
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.resources import master_template
from qcity_xl.core.changes import Change
from qcity_xl.core.errors import AlreadyThere, NothingToDo, NotXlsx
from qcity_xl.core.master.initial_rows import master_rows
from qcity_xl.core.master.model import Master, differences, text
from qcity_xl.core.master.settings import years_in
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
from qcity_xl.core.text import number_text
from qcity_xl.core.values import Value, parse_number
from qcity_xl.steps.shared.outcome import DONE, LEFT, Context, Report, problem_data

if TYPE_CHECKING:
    from qcity_xl.core.reading import Reading


def new(path: Path, context: Context, *, master_id: str, document: Path | None = None) -> Report:
    """Write a new master at `path`; `master_id` is the name by which packs know it.

    Without a document it holds the embedded table; with one, nothing but what the document says.
    """
    if path.suffix.lower() != ".xlsx":
        raise NotXlsx(path.name)
    if os.path.lexists(path):
        raise AlreadyThere(path.name)
    reading = _read(document) if document else None
    if document and reading and not reading.plan.indicators:
        raise NothingToDo(
            f"“{document.name}”里没有读到指标，没有新建总表。"
            "请确认它是任务分解表（每项指标有编号、分值和评分办法）。"
        )
    data = _built(reading.plan) if reading else load_bytes(master_template())
    file = WorkbookFile(path, data)
    settings: dict[str, Value] = {"总表/总表编号": master_id}
    if reading:
        settings |= _settings_of(reading.plan)
    file.apply(_setting_changes(file.master, settings))
    if not context.dry_run:
        make_file(path, file.to_bytes())
    return _report(path, file.master, reading)


def _read(document: Path) -> "Reading":
    # Only this way of starting pays for the reader and its Word library.
    from qcity_xl.adapters.documents import read_document

    return read_document(document)


def _built(plan: Plan) -> bytes:
    # openpyxl takes a quarter of a second to import.
    from qcity_xl.adapters.templates import build_master, finish_master

    template = WorkbookFile.open(master_template())
    settings = _texts(template.master, SETTINGS, ("group", "item", "value", "help"))
    letters = _texts(template.master, MAIL, ("use", "subject", "text", "signature"))
    return finish_master(build_master(master_rows(plan, settings, letters)))


def _texts(
    master: Master, table: Table, fields: tuple[str, str, str, str]
) -> list[tuple[str, str, str, str]]:
    """Four columns of a table."""
    one, two, three, four = fields
    return [
        (text(row, one), text(row, two), text(row, three), text(row, four))
        for row in master.rows(table).values()
    ]


def _settings_of(plan: Plan) -> dict[str, Value]:
    """What the document tells of time: the years of all deadlines, the last one for 当年."""
    years = sorted({year for task in plan.tasks for year in years_in(task.deadline)})
    if not years:
        return {"总表/考核年份": None, "总表/任务年份": None}
    span = f"{years[0]}-{years[-1]}" if len(years) > 1 else str(years[0])
    return {"总表/考核年份": years[-1], "总表/任务年份": span}


def _setting_changes(master: Master, settings: dict[str, Value]) -> list[Change]:
    return differences(master, SETTINGS, {key: {"value": value} for key, value in settings.items()})


def _report(path: Path, master: Master, reading: "Reading | None") -> Report:
    sections = master.rows(SECTIONS).values()
    totals = {
        bonus: sum(
            parse_number(s.get("points")) or 0 for s in sections if text(s, "bonus") == bonus
        )
        for bonus in ("否", "是")
    }
    groups = [row for row in master.rows(UNITS).values() if text(row, "kind") == "组"]
    data: dict[str, object] = {
        "sections": len(sections),
        "indicators": len(master.rows(INDICATORS)),
        "criteria": len(master.rows(CRITERIA)),
        "tasks": len(master.rows(TASKS)),
        "units": len(master.rows(UNITS)) - len(groups),
        "groups": len(groups),
        "points": totals["否"],
        "bonus": totals["是"],
        "recovered": [],
        "guesses": [],
        "problems": [],
    }
    lines = [
        f"已新建总表 {path.name}：{data['sections']}个部分、{data['indicators']}项指标、"
        f"{data['criteria']}个得分点、{data['tasks']}项任务、{data['units']}个单位"
        f"（另有{len(groups)}个组名）；基本分{number_text(totals['否'])}，加分{number_text(totals['是'])}。"
    ]
    if reading:
        lines += _proof(master, reading)
        data |= _proof_data(reading)
    lines.append("接下来：在「单位」填联系人和组成员，在「待定事项」逐条确认，再运行检查。")
    odd = any(not adds_up for *_, adds_up in _sums(master))
    return Report(tuple(lines), data, LEFT if odd else DONE)


def _proof(master: Master, reading: "Reading") -> list[str]:
    """The proof that the document was read whole: sums, recovered scores, guesses, leftovers."""
    lines = ["各部分分值："]
    for name, stated, total, adds_up in _sums(master):
        lines.append(
            f"  {name}：标明{number_text(stated)}，指标合计{number_text(total)}，"
            f"{'相符' if adds_up else '不符，请与文件核对'}"
        )
    if reading.recovered:
        lines.append(f"文件里丢失、由评分办法推出的分值{len(reading.recovered)}处：")
        lines += [
            f"  指标{r.indicator}：{number_text(r.points)}分（{r.source}）"
            for r in reading.recovered
        ]
    if reading.guesses:
        lines.append(f"推断{len(reading.guesses)}处，已列入「待定事项」待确认：")
        lines += [
            f"  {g.subject} {g.what}：{f'取“{g.taken}”' if g.taken else '留空'}（{g.reason}）"
            for g in reading.guesses
        ]
    lines += [problem.sentence() for problem in reading.problems]
    if reading.unplaced:
        lines.append(f"没有归入任何位置的原文{len(reading.unplaced)}处：")
        lines += [f"  {cell.where}：{cell.text}" for cell in reading.unplaced]
    return lines


def _sums(master: Master) -> Iterator[tuple[str, float, float, bool]]:
    """Each section: its name, its points as stated and as its indicators add up, and whether so."""
    for section in master.rows(SECTIONS).values():
        own = [
            parse_number(row.get("points")) or 0
            for row in master.rows(INDICATORS).values()
            if text(row, "section") == text(section, "no")
        ]
        stated, total = parse_number(section.get("points")) or 0, sum(own)
        name = f"{text(section, 'no')} {text(section, 'title')}"
        yield name, stated, total, abs(total - stated) < 1e-6


def _proof_data(reading: "Reading") -> dict[str, object]:
    return {
        "recovered": [
            {"indicator": r.indicator, "points": r.points, "source": r.source}
            for r in reading.recovered
        ],
        "guesses": [
            {"where": g.where, "subject": g.subject, "what": g.what, "taken": g.taken}
            | {"reason": g.reason}
            for g in reading.guesses
        ],
        "problems": problem_data(reading.problems),
        "unplaced": [{"where": c.where, "text": c.text} for c in reading.unplaced],
    }
