"""An office's real document, read whole: it stands beside the checkout."""

import json
import re
from pathlib import Path
from typing import Any

import docx
import pytest

from qcity_xl.adapters.documents import read_document
from qcity_xl.adapters.templates.source import load_plan
from qcity_xl.core.reading import Reading
from qcity_xl.core.rules import parse_rule
from qcity_xl.core.text import clean, fold

EMBEDDED = load_plan(Path(__file__).parents[2] / "workbook" / "source")
HEADERS = (
    *("指标项", "考核内容", "分值", "验收方式", "考核评分办法"),
    *("工作任务", "完成时间", "牵头单位", "配合单位"),
)


@pytest.fixture(scope="module")
def reading(shared: Path) -> Reading:
    return read_document(shared / "seed" / "changzhou-task-table.txt")


def facts(shared: Path, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((shared / "seed" / name).read_text(encoding="utf-8"))
    return rows


def test_the_document_is_read_whole(reading: Reading) -> None:
    plan = reading.plan
    assert (len(plan.sections), len(plan.indicators), len(plan.tasks)) == (10, 50, 108)
    assert (plan.points(bonus=False), plan.points(bonus=True)) == (1000, 60)
    assert [unit.kind for unit in plan.units].count("unit") == 29
    assert [unit.kind for unit in plan.units].count("group") == 4
    assert (reading.unplaced, reading.problems) == ((), ())


def test_fourteen_scores_are_recovered_and_every_section_closes(
    reading: Reading, shared: Path
) -> None:
    lost = {
        r["no"]: r["points_derived"] for r in facts(shared, "indicators.json") if not r["points"]
    }
    assert {r.indicator: r.points for r in reading.recovered} == lost
    assert all("合计恰为" in r.source for r in reading.recovered)
    for section in reading.plan.sections:
        held = [i.points for i in reading.plan.indicators if i.section == section.no]
        assert sum(held) == section.points


def test_indicators_are_those_of_a_careful_reading(reading: Reading, shared: Path) -> None:
    for indicator, row in zip(
        reading.plan.indicators, facts(shared, "indicators.json"), strict=True
    ):
        assert (indicator.no, indicator.section) == (row["no"], row["section"])
        assert fold(indicator.title) == fold(row["title"] or "")
        assert fold(indicator.wording) == fold(row["rule"])
        assert list(indicator.methods) == row["methods"]
        assert indicator.points == (row["points"] or row["points_derived"])


def test_tasks_are_those_of_a_careful_reading(reading: Reading, shared: Path) -> None:
    groups = {unit.name for unit in reading.plan.units if unit.kind == "group"}
    for task, row in zip(reading.plan.tasks, facts(shared, "tasks.json"), strict=True):
        assert task.no == f"{row['ind']}.{row['sub']}"
        assert fold(task.text) == fold(row["task"])
        assert task.deadline == clean(row["deadline"]).replace("—", "-")
        assert list(task.leads) == row["leads"]
        assert [name for name in task.partners if name not in groups] == row["coops"]
        named = {name.removeprefix("（及/等）") for name in row["groups"]}
        assert {name for name in task.partners if name in groups} == named


def test_units_are_those_of_the_embedded_table_in_the_same_order(reading: Reading) -> None:
    assert [(u.key, u.name, u.kind) for u in reading.plan.units] == [
        (u.key, u.name, u.kind) for u in EMBEDDED.units
    ]


@pytest.mark.parametrize("number", range(1, 51))
def test_rules_are_those_of_the_embedded_table(reading: Reading, number: int) -> None:
    read, known = reading.plan.criteria_of(number), EMBEDDED.criteria_of(number)
    assert [(c.kind, c.points, c.period, c.may_be_absent) for c in read] == [
        (c.kind, c.points, c.period, c.may_be_absent) for c in known
    ]
    assert [parse_rule(c.kind, c.params, c.points).signature() for c in read] == [
        parse_rule(c.kind, c.params, c.points).signature() for c in known
    ]
    assert reading.plan.indicators[number - 1].combine == EMBEDDED.indicators[number - 1].combine


def test_open_choices_are_those_of_the_embedded_table(reading: Reading) -> None:
    rules = ("组合", "累进", "缺项", "部分", "不足一步", "口径", "边界", "前列", "中游", "其余")
    items = (*rules, "成员", "责任", "分值")
    read, known = (
        {(r.subject, r.item): (r.default, r.options) for r in plan.rulings if r.item in items}
        for plan in (reading.plan, EMBEDDED)
    )
    assert read == known
    lost = {(r.subject, r.item) for r in EMBEDDED.rulings if r.item in ("标题", "验收方式")}
    assert lost == {
        (r.subject, r.item) for r in reading.plan.rulings if r.item in ("标题", "验收方式")
    }


def test_nearly_all_links_are_those_of_a_careful_reading(reading: Reading) -> None:
    known = {task.no: task.criteria for task in EMBEDDED.tasks}
    others = [task.no for task in reading.plan.tasks if task.criteria != known[task.no]]
    assert others == ["21.1", "23.1", "26.1", "27.1"]


def test_every_line_is_in_the_plan_or_frames_the_table(reading: Reading, shared: Path) -> None:
    held = fold(repr(reading.plan))
    text = (shared / "seed" / "changzhou-task-table.txt").read_text(encoding="utf-8")
    for line in filter(None, (fold(line) for line in text.split("\n"))):
        line = re.sub(r"^\d+\.(\d+(?!\d))?", "", line)
        section = re.match("[一二三四五六七八九十]+、([^(]+)", line)
        joined = line in held or line in fold("".join(HEADERS)) or line in "考核评分方法"
        units = all(part in held for part in re.split("[、,及等]", line))
        dates = re.fullmatch(r"\d{4}(-\d{4})?", line)
        methods = all(part in held for part in re.findall("听取汇报|查阅文件|现场检查", line))
        assert joined or section or units or dates or (methods and len(line) < 30), line


def test_the_same_table_as_a_word_file_gives_the_same_plan(
    reading: Reading, shared: Path, tmp_path: Path
) -> None:
    document = docx.Document()
    rows = {f"{row['ind']}.{row['sub']}": row for row in facts(shared, "tasks.json")}
    document.add_paragraph(reading.plan.title)
    for section in reading.plan.sections:
        numeral = "一二三四五六七八九十"[section.no - 1]
        bonus = "此部分为加分项，" if section.bonus else ""
        document.add_paragraph(f"{numeral}、{section.title}（{bonus}{section.points:g}分）。导语。")
        table = document.add_table(rows=1, cols=len(HEADERS))
        for cell, text in zip(table.rows[0].cells, HEADERS, strict=True):
            cell.text = text
        for indicator in reading.plan.indicators:
            if indicator.section != section.no:
                continue
            lost = indicator.no in {r.indicator for r in reading.recovered}
            first = len(table.rows)
            for task in reading.plan.tasks:
                if task.indicator == indicator.no:
                    row = rows[task.no]
                    own = (f"{task.no}{task.text}", row["deadline"], row["lead"], row["coop"])
                    for cell, text in zip(table.add_row().cells[5:], own, strict=True):
                        cell.text = clean(text)
            shown = (
                section.title,
                "" if lost else f"{indicator.no}. {indicator.title}",
                "" if lost else f"{indicator.points:g}",
                "".join(indicator.methods),
                indicator.wording,
            )
            for column, text in enumerate(shown):
                table.cell(first, column).merge(table.cell(len(table.rows) - 1, column)).text = text
    document.save(str(tmp_path / "表.docx"))
    word = read_document(tmp_path / "表.docx")
    assert word.plan.indicators == reading.plan.indicators
    assert word.plan.criteria == reading.plan.criteria
    assert word.plan.tasks == reading.plan.tasks
    assert word.plan.units == reading.plan.units
    assert (word.unplaced, word.problems) == ((), ())
