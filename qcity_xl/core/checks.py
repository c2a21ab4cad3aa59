"""What can be wrong with a master: one function for each check, in one list."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from qcity_xl.core.file_names import alike
from qcity_xl.core.master.criteria import points_of
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.master.moved import moved_rows
from qcity_xl.core.master.names import row_name
from qcity_xl.core.master.numbers import standing_ids
from qcity_xl.core.master.row_keys import says_nothing
from qcity_xl.core.master.settings import parse_settings, years_in
from qcity_xl.core.master.typed_rows import takes_rows
from qcity_xl.core.plan import COMBINE_NAMES
from qcity_xl.core.problems import Problem, Severity
from qcity_xl.core.rounds.passwords import check_passwords
from qcity_xl.core.rounds.progress_checks import check_papers, check_progress
from qcity_xl.core.rounds.responsibility import resolve_duties
from qcity_xl.core.schema import (
    ASSIGNMENTS,
    BY_NAME,
    CRITERIA,
    EVIDENCE,
    INDICATORS,
    MASTER,
    SECTIONS,
    SETTINGS,
    TASKS,
    UNITS,
    Table,
)
from qcity_xl.core.schema.words import word_of_now
from qcity_xl.core.scoring.absence import check_policies
from qcity_xl.core.scoring.evidence import Assessment
from qcity_xl.core.scoring.kept import check_kept
from qcity_xl.core.scoring.needs_checks import (
    check_expiry,
    check_kinds,
    check_needs,
    check_periods,
    check_years,
)
from qcity_xl.core.scoring.rulings import void_rulings
from qcity_xl.core.scoring.score import score_master
from qcity_xl.core.scoring.stale import check_stale
from qcity_xl.core.text import entries, fold, labels_in, number_text
from qcity_xl.core.values import parse_date, parse_number


@dataclass(frozen=True, slots=True)
class Check:
    """One check; `names` has what 问题 calls its problems, by their codes, which are for programs.

    A check is added by its function and its line in CHECKS.
    """

    find: Callable[[Master], Iterator[Problem]]
    names: Mapping[str, str]


def check_master(master: Master) -> list[Problem]:
    """Every problem of the master, sheet by sheet in the order of the checks."""
    return [problem for check in CHECKS for problem in check.find(master)]


def _problem(
    master: Master,
    place: tuple[Table, str, str],
    code: str,
    words: tuple[str, str, str],
    severity: Severity = "error",
) -> Problem:
    table, row, name = place
    return Problem(code, severity, table.sheet, master.cell(table, row, name), *words)


def check_row_ids(master: Master) -> Iterator[Problem]:
    """Each line is a row of its table; those that people typed have their ids by now."""
    for stray in master.strays:
        table = BY_NAME[stray.table]
        words = (
            f"这一行是手工加的{f'（行键“{stray.key}”是复制来的）' if stray.key else ''}，程序不读",
            "程序写的行",
            "要留的内容移到别处，再删去这一行",
        )
        if takes_rows(table):
            words = (
                "表格下面的这一行没有算进表里：和表格之间隔着空行或别的内容",
                "新的行紧接在表格最后一行下面，或插在表格中间",
                "把这一行移到紧接表格的下一行；不是表里的行，不用管",
            )
        if takes_rows(table) and stray.key:
            words = (
                f"这一行是空的，隐藏的行键“{stray.key}”却与另一行重复",
                "每行一个不重复的行键",
                "删去这一整行",
            )
        yield Problem("row-id", "error", table.sheet, f"A{stray.line}", *words)


def check_moved_rows(master: Master) -> Iterator[Problem]:
    """No row shows what belongs to another one: somebody sorted without the hidden ids."""
    standing = standing_ids(master)
    for moved in moved_rows(master):
        words = (
            f"这一行写的是{moved.words}，隐藏的行键却是{row_name(moved.row, standing)}的",
            "内容和它的行键在同一行",
            "多半是只排序了看得见的列：请撤销这次排序；撤不了的，取消隐藏“行键”列，把内容移回去",
        )
        yield _problem(master, (moved.table, moved.row, moved.field), "moved-row", words)


def check_numbers_as_text(master: Master) -> Iterator[Problem]:
    """Task numbers and labels are text: as a number 13.10 turns into 13.1."""
    standing = standing_ids(master)
    moved: set[tuple[str, str]] | None = None  # looked for where something is wrong
    for table, name, prefix in ((TASKS, "no", "T"), (CRITERIA, "label", "")):
        for key, row in master.rows(table).items():
            if says_nothing(key):
                continue
            value = row.get(name)
            wanted = standing.get(key, key).removeprefix(prefix) if prefix else ""
            if isinstance(value, int | float) or (wanted and fold(text(row, name)) != wanted):
                if moved is None:
                    moved = {(found.table.name, found.row) for found in moved_rows(master)}
                if (table.name, key) in moved:
                    continue
                words = (
                    f"编号是“{value}”",
                    f"文本“{wanted or '13(3)'}”",
                    "单元格设为文本格式后重新填写编号",
                )
                yield _problem(master, (table, key, name), "number-as-text", words)


def check_duplicates(master: Master) -> Iterator[Problem]:
    """Numbers and unit names are not used twice."""
    for table, name in ((INDICATORS, "no"), (CRITERIA, "label"), (TASKS, "no"), (UNITS, "name")):
        counts = Counter(fold(text(row, name)) for row in master.rows(table).values())
        for key, row in master.rows(table).items():
            if text(row, name) and counts[fold(text(row, name))] > 1:
                words = (f"“{text(row, name)}”出现了不止一次", "不重复", "改正其中一个")
                yield _problem(master, (table, key, name), "duplicate", words)


def check_aliases(master: Master) -> Iterator[Problem]:
    """No alias of a unit is another unit's name or alias, which would get its tasks."""
    owners: dict[str, str] = {}
    rows = master.rows(UNITS)
    for row in rows.values():
        owners.setdefault(fold(text(row, "name")), text(row, "name"))
    for key, row in rows.items():
        for alias in entries(text(row, "aliases")):
            owner = owners.setdefault(fold(alias), text(row, "name")) if fold(alias) else ""
            if owner and owner != text(row, "name"):
                found = f"别名“{alias}”已指“{owner}”"
                words = (found, "只指一个单位", "从其中一个单位删去")
                yield _problem(master, (UNITS, key, "aliases"), "alias", words)


def check_file_names(master: Master) -> Iterator[Problem]:
    """Files of two units can be told apart by their names."""
    first: dict[str, str] = {}
    for key, row in master.rows(UNITS).items():
        name = text(row, "name")
        other = first.setdefault(alike(name), name)
        if name and fold(other) != fold(name):
            words = (
                f"“{name}”和“{other}”做成文件名分不开（斜杠等符号、过长的部分、大小写在文件名里不算）",
                "每个单位的名称做成文件名也不同",
                "改其中一个的名称；不改的话，它的文件名后面会加一串编号",
            )
            yield _problem(master, (UNITS, key, "name"), "file-name", words, "warning")


def check_units(master: Master) -> Iterator[Problem]:
    """Each name in 任务 leads to registered units; each owner of a criterion is one."""
    yield from resolve_duties(master)[1]
    registry = master.registry
    for key, row in master.rows(CRITERIA).items():
        owner = text(row, "owner")
        if owner and (registry.find(owner) is None or registry.find(owner) in registry.groups):
            near = registry.nearest(owner)
            words = (
                f"自评单位“{owner}”不在单位名录" + (f"，是不是“{near}”" if near else ""),
                "单位名录里的一个单位",
                f"改正，或在「{UNITS.sheet}」登记",
            )
            yield _problem(master, (CRITERIA, key, "owner"), "unknown-unit", words)


def check_points(master: Master) -> Iterator[Problem]:
    """Points are numbers, and parts add up to what is stated."""
    for table in (SECTIONS, INDICATORS, CRITERIA):
        for key, row in master.rows(table).items():
            points = parse_number(row.get("points"))
            if points is None or points < 0:
                words = (f"分值是“{text(row, 'points')}”", "不小于 0 的数", "填写分值")
                yield _problem(master, (table, key, "points"), "points", words)
    yield from _sums(master, SECTIONS, INDICATORS, "section", lambda _: True)
    yield from _sums(
        master,
        INDICATORS,
        CRITERIA,
        "indicator",
        lambda row: text(row, "combine") == COMBINE_NAMES["sum"],
    )


def _sums(
    master: Master, whole: Table, part: Table, link: str, adds_up: Callable[[Row], bool]
) -> Iterator[Problem]:
    totals: Counter[str] = Counter()
    for row in master.rows(part).values():
        totals[text(row, link)] += points_of(row)  # type: ignore[assignment]  # Counter adds floats as well
    for key, row in master.rows(whole).items():
        stated = points_of(row)
        total = totals[text(row, "no")]
        if adds_up(row) and abs(total - stated) > 1e-6:
            name = f"{whole.sheet.replace('看板', '部分')}{text(row, 'no')}"
            words = (
                f"{name}标明{number_text(stated)}分，下属{part.sheet}合计{number_text(total)}分",
                "两者相等",
                f"核对「{part.sheet}」的分值",
            )
            yield _problem(master, (whole, key, "points"), "sum", words)


def check_dates(master: Master) -> Iterator[Problem]:
    """Dates can be read, and deadlines name a year."""
    for table in MASTER:
        for column in (c for c in table.columns if c.type == "date"):
            for key, row in master.rows(table).items():
                if row.get(column.field) is not None and parse_date(row.get(column.field)) is None:
                    words = (f"“{text(row, column.field)}”不是日期", "如 2016-05-01", "改正日期")
                    yield _problem(master, (table, key, column.field), "date", words)
    for key, row in master.rows(TASKS).items():
        if not years_in(text(row, "deadline")):
            words = (
                f"完成时限“{text(row, 'deadline')}”看不出年份",
                "如 2016 或 2016-2017",
                "补上年份",
            )
            yield _problem(master, (TASKS, key, "deadline"), "deadline", words, "warning")


def check_choices(master: Master) -> Iterator[Problem]:
    """Cells with a dropdown hold one of its values."""
    for table in MASTER:
        for column in (c for c in table.columns if c.choices):
            for key, row in master.rows(table).items():
                value = row.get(column.field)
                if value is not None and word_of_now(str(value)) not in column.choices:
                    words = (
                        f"“{column.header}”填的是“{value}”",
                        "、".join(column.choices),
                        "从下拉列表选",
                    )
                    yield _problem(master, (table, key, column.field), "choice", words)


def check_rulings(master: Master) -> Iterator[Problem]:
    """No ruling is without effect."""
    yield from void_rulings(master)


def check_links(master: Master) -> Iterator[Problem]:
    """No cell refers to a row that does not exist."""
    sections = _known(master, SECTIONS, "no")
    indicators = _known(master, INDICATORS, "no")
    labels = _known(master, CRITERIA, "label")
    tasks = _known(master, TASKS, "no")
    for table, name, known in (
        (INDICATORS, "section", sections),
        (CRITERIA, "indicator", indicators),
        (TASKS, "indicator", indicators),
        (TASKS, "criteria", labels),
        (ASSIGNMENTS, "task", tasks),
        (EVIDENCE, "criteria", labels | indicators),
    ):
        for key, row in master.rows(table).items():
            unknown = [part for part in labels_in(text(row, name), known) if part not in known]
            if unknown:
                header = table.column(name).header
                words = (f"{header}“{'、'.join(unknown)}”不存在", f"已有的{header}编号", "改正编号")
                yield _problem(master, (table, key, name), "orphan", words)


def _known(master: Master, table: Table, name: str) -> set[str]:
    return {fold(text(row, name)) for row in master.rows(table).values()}


def check_coverage(master: Master) -> Iterator[Problem]:
    """Each criterion has a task that earns it; a task without criteria only supports."""
    labels = _known(master, CRITERIA, "label")
    linked = {
        label
        for row in master.rows(TASKS).values()
        for label in labels_in(text(row, "criteria"), labels)
    }
    for key, row in master.rows(CRITERIA).items():
        if fold(text(row, "label")) not in linked:
            words = (
                f"得分点{text(row, 'label')}没有对应任务",
                "至少一项任务",
                "在「任务」的“得分点”列补上，或确认不需要",
            )
            yield _problem(master, (CRITERIA, key, "label"), "no-task", words, "warning")
    for key, row in master.rows(TASKS).items():
        if not entries(text(row, "criteria")):
            words = (
                f"任务{text(row, 'no')}没有对应得分点",
                "至少一个得分点",
                "补上得分点；只起支撑作用的可不补",
            )
            yield _problem(master, (TASKS, key, "criteria"), "no-criterion", words, "info")


def check_contacts(master: Master) -> Iterator[Problem]:
    """Each unit that has duties can be reached."""
    busy = {duty.unit for duty in resolve_duties(master)[0]}
    for key, row in master.rows(UNITS).items():
        if text(row, "name") in busy and not (text(row, "contact") and text(row, "email")):
            missing = "联系人" if not text(row, "contact") else "邮箱"
            words = (f"“{text(row, 'name')}”没有{missing}", "联系人和邮箱", "补全后才能发送和催办")
            name = "contact" if not text(row, "contact") else "email"
            yield _problem(master, (UNITS, key, name), "contact", words, "warning")


_TELLING = (
    *((INDICATORS, "no", "编号，如 13"), (INDICATORS, "title", "一句话")),
    *((CRITERIA, "label", "编号，如 13(3)"), (CRITERIA, "text", "一句话")),
    *((CRITERIA, "indicator", "指标编号，如 13"), (CRITERIA, "section", "部分编号，如 2")),
    *((TASKS, "no", "编号，如 13.2"), (TASKS, "text", "一句话")),
    *((TASKS, "indicator", "指标编号，如 13"), (UNITS, "name", "单位全称")),
)


def check_titles(master: Master) -> Iterator[Problem]:
    """Rows of the plan say what they are, and to which indicator they belong."""
    for table, name, allowed in _TELLING:
        for key, row in master.rows(table).items():
            if not text(row, name):
                words = (f"{table.column(name).header}是空的", allowed, "按正式文件补上")
                yield _problem(master, (table, key, name), "blank", words)


def check_answers(master: Master) -> Iterator[Problem]:
    """Rules can be read and answers can be scored."""
    yield from score_master(master, Assessment((), (), {})).problems


def check_settings(master: Master) -> Iterator[Problem]:
    """Settings can be used."""
    yield from parse_settings(master.rows(SETTINGS).values())[1]


CHECKS = (
    Check(check_row_ids, {"row-id": "行键"}),
    Check(check_moved_rows, {"moved-row": "行键错位"}),
    Check(check_numbers_as_text, {"number-as-text": "编号格式"}),
    Check(check_duplicates, {"duplicate": "重复"}),
    Check(check_aliases, {"alias": "别名"}),
    Check(check_titles, {"blank": "缺内容"}),
    Check(check_points, {"points": "分值", "sum": "分值合计"}),
    Check(check_choices, {"choice": "选项"}),
    Check(check_rulings, {"choice": "选项", "ruling": "裁定"}),
    Check(check_policies, {"absence": "缺项"}),
    Check(check_dates, {"date": "日期", "deadline": "完成时限"}),
    Check(check_periods, {"period": "佐证周期"}),
    Check(check_links, {"orphan": "编号引用"}),
    Check(check_coverage, {"no-task": "缺任务", "no-criterion": "缺得分点"}),
    Check(check_file_names, {"file-name": "文件名"}),
    Check(check_units, {"unknown-unit": "单位名称", "group-without-members": "组成员"}),
    Check(check_contacts, {"contact": "联系方式"}),
    Check(check_passwords, {"password": "打开口令"}),
    Check(check_answers, {"rule": "计分方式", "answer": "答案"}),
    Check(check_years, {"answer": "答案"}),
    Check(check_kept, {"kept-points": "台账得分"}),
    Check(check_stale, {"stale": "得分未更新"}),
    Check(check_needs, {"setting": "设置", "method": "验收方式"}),
    Check(check_kinds, {"evidence-kind": "材料类型"}),
    Check(check_expiry, {"setting": "设置"}),
    Check(check_progress, {"progress": "填报内容"}),
    Check(check_papers, {"progress": "填报内容"}),
    Check(check_settings, {"setting": "设置"}),
)
_NAMES = {code: name for check in CHECKS for code, name in check.names.items()}


def check_name(code: str) -> str:
    """What 问题 calls problems with this code."""
    return _NAMES.get(code, "其他")
