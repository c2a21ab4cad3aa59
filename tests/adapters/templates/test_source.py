"""The embedded table: complete, consistent, and true to the facts it was made from."""

import json
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from qcity_xl.adapters.templates.source import BadSource, load_plan
from qcity_xl.core.plan import Criterion, Plan
from qcity_xl.core.rules import parse_rule
from qcity_xl.core.rules.bands import Bands
from qcity_xl.core.rules.comparisons import find_conditions
from qcity_xl.core.rules.levels import Levels
from qcity_xl.core.rules.met import Met
from qcity_xl.core.text import clean, fold, one_line

SOURCE = Path(__file__).parents[3] / "workbook" / "source"
PLAN = load_plan(SOURCE)
FILES = ("sections", "indicators", "criteria", "tasks", "units", "rulings")
# Tasks of each indicator, 1 to 50.
TASKS = (
    *(1, 3, 1, 3, 1, 2, 3, 3, 3, 2, 4, 3, 15, 5, 1, 1, 1, 1, 4, 4, 1, 1, 2, 1, 1),
    *(1, 1, 2, 5, 3, 3, 1, 1, 2, 2, 1, 1, 1, 1, 1, 1, 2, 1, 2, 1, 1, 1, 2, 2, 2),
)
UNTITLED = {1, 18, 24, 27, 34, 35, 37, 39, 41, 43, 44, 45, 48, 50}
GROUPS = {"领导小组相关成员单位", "领导小组成员单位", "相关成员单位", "各辖市、区政府"}


def rulings(item: str, plan: Plan = PLAN) -> dict[str, str]:
    """Default by subject."""
    return {ruling.subject: ruling.default for ruling in plan.rulings if ruling.item == item}


def test_ten_sections_hold_fifty_indicators() -> None:
    assert [section.no for section in PLAN.sections] == list(range(1, 11))
    assert [section.no for section in PLAN.sections if section.bonus] == [10]
    assert [indicator.no for indicator in PLAN.indicators] == list(range(1, 51))
    held = Counter(indicator.section for indicator in PLAN.indicators)
    assert [held[no] for no in range(1, 11)] == [3, 6, 5, 8, 5, 4, 6, 6, 4, 3]


def test_points_close_in_every_section_and_in_total() -> None:
    assert [section.points for section in PLAN.sections] == [
        *(80, 110, 120, 150, 140),
        *(100, 100, 100, 100, 60),
    ]
    for section in PLAN.sections:
        assert section.points == sum(i.points for i in PLAN.indicators if i.section == section.no)
    assert PLAN.points(bonus=False) == 1000
    assert PLAN.points(bonus=True) == 60


def test_criteria_of_a_sum_add_up_and_the_others_take_the_best() -> None:
    best = {indicator.no for indicator in PLAN.indicators if indicator.combine == "best"}
    assert best == {21, 36, 46}
    for indicator in PLAN.indicators:
        points = [criterion.points for criterion in PLAN.criteria_of(indicator.no)]
        assert (max if indicator.no in best else sum)(points) == indicator.points, indicator.no


def test_criteria_are_numbered_in_order() -> None:
    labels = [criterion.label for criterion in PLAN.criteria]
    assert labels == [
        f"{indicator.no}({ordinal})"
        for indicator in PLAN.indicators
        for ordinal, _ in enumerate(PLAN.criteria_of(indicator.no), 1)
    ]
    assert len(labels) == 112
    assert [c.label for c in PLAN.criteria if c.may_be_absent] == ["14(2)"]


@pytest.mark.parametrize("criterion", PLAN.criteria, ids=lambda criterion: criterion.label)
def test_a_rule_parses_and_the_wording_says_the_same(criterion: Criterion) -> None:
    rule = parse_rule(criterion.kind, criterion.params, criterion.points)
    if isinstance(rule, Met):
        assert find_conditions(criterion.text) == rule.conditions
    elif isinstance(rule, Bands) and len(rule.bands) == 1:
        assert find_conditions(criterion.text) == (rule.bands[0][0],)
        assert rule.bands[0][1] == criterion.points
    elif isinstance(rule, Levels):
        assert rule.levels[0][0] == criterion.points
        assert rule.levels[-1][0] == 0
        assert not any(re.search("[,；：]", name) for _, name in rule.levels)
        assert len(set(rule.choices({}))) == len(rule.levels)


def test_periods_are_those_of_the_wording() -> None:
    for criterion in PLAN.criteria:
        title = PLAN.indicators[criterion.indicator - 1].title
        words = re.findall("每年(?:9月)?|年度|定期|当年|连续3年|3年内", criterion.text + title)
        found = dict.fromkeys(word.replace("年度", "每年") for word in words)
        assert criterion.period == "、".join(found), criterion.label


def test_tasks_are_complete_and_known_by_text() -> None:
    counted = Counter(task.indicator for task in PLAN.tasks)
    assert tuple(counted[no] for no in range(1, 51)) == TASKS
    assert [task.no for task in PLAN.tasks] == [
        f"{indicator}.{n}" for indicator, count in enumerate(TASKS, 1) for n in range(1, count + 1)
    ]


def test_tasks_serve_criteria_of_their_indicator() -> None:
    labels = {criterion.label for criterion in PLAN.criteria}
    for task in PLAN.tasks:
        assert set(task.criteria) <= labels
        assert all(label.startswith(f"{task.indicator}(") for label in task.criteria)
    assert [task.no for task in PLAN.tasks if not task.criteria] == ["10.2", "27.1"]
    served = {label for task in PLAN.tasks for label in task.criteria}
    assert labels - served == {"26(1)", "26(2)", "27(1)", "46(2)"}


def test_crossed_links_are_kept() -> None:
    links = {task.no: task.criteria for task in PLAN.tasks}
    assert links["7.2"] == ("7(2)", "7(5)")
    assert (links["11.3"], links["11.4"]) == (("11(4)",), ("11(3)",))
    assert links["13.10"] == ("13(5)",)
    assert links["23.1"] == ("23(1)", "23(2)", "23(4)")
    assert links["36.1"] == ("36(1)", "36(2)")


def test_units_and_groups_are_all_used() -> None:
    units = [unit.name for unit in PLAN.units if unit.kind == "unit"]
    groups = [unit.name for unit in PLAN.units if unit.kind == "group"]
    named = list(dict.fromkeys(name for task in PLAN.tasks for name in task.leads + task.partners))
    assert [name for name in named if name not in GROUPS] == units
    assert [name for name in named if name in GROUPS] == groups
    assert (len(units), set(groups)) == (29, GROUPS)
    assert len({name for task in PLAN.tasks for name in task.leads}) == 23
    assert [unit.key for unit in PLAN.units] == [
        *(f"U{n:02}" for n in range(1, 30)),
        *(f"G{n}" for n in range(1, 5)),
    ]


def test_no_name_or_alias_means_two_units() -> None:
    names = [fold(name) for unit in PLAN.units for name in (unit.name, *unit.aliases)]
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert not any(re.search("[、，,；;]", alias) for unit in PLAN.units for alias in unit.aliases)


def test_every_ruling_has_a_subject_and_stands_once() -> None:
    subjects = {
        *(str(indicator.no) for indicator in PLAN.indicators),
        *(criterion.label for criterion in PLAN.criteria),
        *(task.no for task in PLAN.tasks),
        *(unit.name for unit in PLAN.units),
    }
    assert [ruling.key for ruling in PLAN.rulings if ruling.subject not in subjects] == []
    assert len({ruling.key for ruling in PLAN.rulings}) == len(PLAN.rulings)
    for ruling in PLAN.rulings:
        assert not ruling.options or ruling.default in ruling.options


def test_lost_cells_are_to_be_confirmed() -> None:
    lost = {str(no): PLAN.indicators[no - 1] for no in UNTITLED}
    assert rulings("标题") == {no: indicator.title for no, indicator in lost.items()}
    assert rulings("分值") == {no: f"{indicator.points:g}" for no, indicator in lost.items()}
    assert set(rulings("验收方式")) == {str(no) for no in UNTITLED - {37, 45}}
    without = {indicator.no for indicator in PLAN.indicators if not indicator.methods}
    assert without == {1, 18, 24, 27, 43}


def test_every_open_choice_of_a_rule_has_a_default() -> None:
    assert set(rulings("组合")) == {"21", "36", "46"}
    assert rulings("累进") == {"26(3)": "累进"}
    assert rulings("缺项") == {"14(2)": "折算"}
    assert rulings("边界") == {"40(1)": "上档"}
    assert rulings("其余") == {"3(1)": "0"}
    for kind, items in {"部分达成": ["部分"], "扣减": ["不足一步", "口径"]}.items():
        for item in items:
            assert set(rulings(item)) == {c.label for c in PLAN.criteria if c.kind == kind}
    for word, last in {"前列": "10", "中游": "20"}.items():
        ranked = {c.label for c in PLAN.criteria if c.kind == "名次" and word in c.params}
        assert rulings(word) == dict.fromkeys(ranked, last)


def test_gaps_between_levels_get_the_points_of_a_level() -> None:
    gaps = rulings("未尽")
    assert set(gaps) == {f"{no}(1)" for no in (5, 15, 17, 18, 37, 38, 41, 45)}
    for criterion in PLAN.criteria:
        if criterion.label in gaps:
            rule = parse_rule(criterion.kind, criterion.params, criterion.points)
            assert isinstance(rule, Levels)
            assert float(gaps[criterion.label]) in [points for points, _ in rule.levels]


def test_what_the_office_must_name_or_decide() -> None:
    assert rulings("成员") == dict.fromkeys(GROUPS, "")
    shared_lead = {task.no: task.leads[0] for task in PLAN.tasks if len(task.leads) > 1}
    assert rulings("责任") == shared_lead
    assert len(shared_lead) == 3


def test_files_are_plain() -> None:
    for name in FILES:
        text = (SOURCE / f"{name}.tsv").read_bytes().decode("utf-8")
        assert text.endswith("\n")
        assert "\r" not in text
        assert '"' not in text
        assert clean(text) == text
        assert [line for line in text.split("\n") if line != line.strip()] == []


# --- true to the facts -----------------------------------------------------------------------


def facts(shared: Path, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((shared / "seed" / name).read_text(encoding="utf-8"))
    return rows


def test_deadlines_and_units_are_those_of_the_document(shared: Path) -> None:
    rows = {f"{row['ind']}.{row['sub']}": row for row in facts(shared, "tasks.json")}
    assert set(rows) == {task.no for task in PLAN.tasks}
    for task in PLAN.tasks:
        row = rows[task.no]
        assert task.deadline == clean(row["deadline"]).replace("—", "-"), task.no
        assert list(task.leads) == row["leads"], task.no
        units = [name for name in task.partners if name not in GROUPS]
        groups = {name for name in task.partners if name in GROUPS}
        assert units == row["coops"], task.no
        assert groups == {name.removeprefix("（及/等）") for name in row["groups"]}, task.no
        cell = fold(row["coop"])
        places = [cell.index(fold(name).removeprefix("市")) for name in task.partners]
        assert places == sorted(places), task.no


def test_points_methods_and_sections_are_those_of_the_document(shared: Path) -> None:
    rows = {row["no"]: row for row in facts(shared, "indicators.json")}
    for indicator in PLAN.indicators:
        row = rows[indicator.no]
        assert list(indicator.methods) == row["methods"], indicator.no
        assert indicator.points == (row["points"] or row["points_derived"]), indicator.no
        assert indicator.section == row["section"], indicator.no
        assert (row["title"] is None) == (indicator.no in UNTITLED), indicator.no


def test_no_sentence_is_copied(shared: Path) -> None:
    text = (shared / "seed" / "changzhou-task-table.txt").read_text(encoding="utf-8")
    theirs = {fold(part) for part in re.split("[。；（]", one_line(text))}
    theirs |= {part.split(".", 1)[-1].lstrip("0123456789") for part in theirs}
    ours = {
        *(section.title for section in PLAN.sections),
        *(indicator.title for indicator in PLAN.indicators),
        *(criterion.text for criterion in PLAN.criteria),
        *(task.text for task in PLAN.tasks),
    }
    assert [sentence for sentence in ours if fold(sentence) in theirs] == []


# --- what is refused -------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SOURCE, tmp_path / "source"))


def edit(path: Path, line: int, old: str, new: str) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    assert old in lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(old, new, 1)
    path.write_text("\n".join(lines), encoding="utf-8", newline="\n")


@pytest.mark.parametrize(
    ("name", "line", "old", "new", "said"),
    [
        (
            "sections",
            1,
            "加分项",
            "附加",
            "sections.tsv 第1行：表头为“编号、分值、附加、部分目标、",
        ),
        ("tasks", 1, "\t工作任务", "", "tasks.tsv 第1行：表头"),
        ("tasks", 1, "得分点", "编号", "tasks.tsv 第1行：表头"),
        ("sections", 3, "\t否", "", "sections.tsv 第3行：有4格，应有5格"),
        ("units", 4, "\t单位", "\t单位\t", "units.tsv 第4行：有5格，应有4格"),
        ("sections", 2, "80", "八十", "第2行：“分值”填了“八十”，应为不小于 0 的数"),
        ("criteria", 5, "\t10\t", "\t-10\t", "第5行：“分值”填了“-10”，应为不小于 0 的数"),
        ("indicators", 9, "8\t", "8.0\t", "第9行：“编号”填了“8.0”，应为正整数"),
        ("indicators", 9, "累加", "相加", "第9行：“组合方式”填了“相加”，应为累加 或 取高"),
        ("criteria", 3, "\t否\t", "\t\t", "第3行：“可缺项”填了“”，应为是 或 否"),
        ("units", 31, "\t组\t", "\t群\t", "第31行：“类型”填了“群”，应为单位 或 组"),
        ("tasks", 7, "市质监局", "市质监局|", "第7行：“牵头单位”填了“市质监局|”，应为非空文字"),
        ("rulings", 2, "标题", " ", "第2行：“事项”填了“ ”，应为非空文字"),
    ],
)
def test_a_wrong_line_is_told_by_file_and_line(
    folder: Path, name: str, line: int, old: str, new: str, said: str
) -> None:
    edit(folder / f"{name}.tsv", line, old, new)
    with pytest.raises(BadSource) as caught:
        load_plan(folder)
    assert said in str(caught.value)
    assert (caught.value.path.name, caught.value.line) == (f"{name}.tsv", line)


def test_a_blank_line_is_refused(folder: Path) -> None:
    with (folder / "tasks.tsv").open("a", encoding="utf-8") as file:
        file.write("\n")
    with pytest.raises(BadSource, match=r"tasks.tsv 第110行：有0格"):
        load_plan(folder)


@pytest.mark.parametrize("content", [None, b"", "编号".encode("gb18030")])
def test_a_file_that_is_not_there_or_not_text_is_refused(
    folder: Path, content: bytes | None
) -> None:
    path = folder / "units.tsv"
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    with pytest.raises(BadSource, match=r"units.tsv 第1行"):
        load_plan(folder)


def test_quotes_windows_line_ends_and_column_order_do_not_matter(folder: Path) -> None:
    path = folder / "sections.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    rows[1][-1] = '"规划"'
    text = "\r\n".join("\t".join(reversed(row)) for row in rows)
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    plan = load_plan(folder)
    assert plan.sections[0].title == '"规划"'
    assert plan.sections[1:] == PLAN.sections[1:]
