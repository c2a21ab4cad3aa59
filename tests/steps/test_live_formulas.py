"""The master adds up without the program: LibreOffice is the referee."""

from pathlib import Path

import pytest

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.changes import Change
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.rules import NOT_APPLICABLE, parse_rule
from qcity_xl.core.schema import CRITERIA, INDICATORS, SECTIONS
from qcity_xl.core.values import Value, parse_number
from qcity_xl.steps.score import score
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.outcome import Context
from tests.libreoffice import LibreOffice


def answered(master: Master) -> list[Change]:
    """An answer of every kind of rule, two rulings, one criterion that is not applicable."""
    changes: list[Change] = []
    numbers = {"数值分段": "1.5", "扣减": "98.2", "名次": "12"}
    for index, (key, row) in enumerate(master.rows(CRITERIA).items()):
        kind, unit = text(row, "kind"), "‰" if "‰" in text(row, "params") else ""
        points = parse_number(row.get("points")) or 0
        choices = parse_rule(kind, text(row, "params"), points).choices({})
        answer: Value = choices[index % len(choices)] if choices else numbers[kind] + unit
        if index % 7 == 3:
            answer = None
        if text(row, "may_be_absent") == "是":
            answer = NOT_APPLICABLE
        field = "ruling" if kind == "专家评分" else "answer"
        if answer is not None:
            changes.append(Change(CRITERIA.name, key, field, None, answer))
        if index % 5 == 0 and kind == "达成":
            changes.append(Change(CRITERIA.name, key, "ruling", None, "未达成"))
    return changes


def kept(master: Master) -> list[Change]:
    """Points of an old book: for some indicators, above their points too, and some criteria."""
    indicators = list(master.rows(INDICATORS))[:12]
    changes = [
        Change(INDICATORS.name, key, "kept", None, n * 2.5) for n, key in enumerate(indicators)
    ]
    criteria = list(master.rows(CRITERIA))[::4]
    return [*changes, *(Change(CRITERIA.name, key, "kept", None, 1.5) for key in criteria)]


@pytest.mark.parametrize("stage", ["blank", "answered", "changed since", "kept"])
def test_libreoffice_calculates_the_cached_values(
    libreoffice: LibreOffice, master: Path, context: Context, stage: str
) -> None:
    if stage != "blank":
        file = WorkbookFile.open(master)
        commit(
            file,
            as_lines((kept if stage == "kept" else answered)(file.master)),
            context,
            "手工填写",
        )
        report = score(master, context)
        assert report.data["claimed"] != {"points": None, "bonus": None}
    if stage == "changed since":
        file = WorkbookFile.open(master)
        rows = list(file.master.rows(CRITERIA).items())[:40]
        new: list[Value] = ["达成", 0.95, 3, None]
        changes = [
            Change(CRITERIA.name, key, "answer", row.get("answer"), new[number % 4])
            for number, (key, row) in enumerate(rows)
            if row.get("answer") != new[number % 4]
        ]
        commit(file, as_lines(changes), context, "手工填写")
        stale = [row["stale"] for row in WorkbookFile.open(master).master.rows(SECTIONS).values()]
        assert sum(map(int, map(str, stale))) == len(changes) > 30
    cached = libreoffice.values(master)
    calculated = libreoffice.recalculate(master)
    assert sum(len(cells) for cells in calculated.values()) > 300
    for sheet, cells in calculated.items():
        for cell, value in cells.items():
            assert cached[sheet].get(cell, "") == value, f"{sheet}!{cell}"
