"""What a newer table decides of a row, and what stays as the office has it."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from qcity_xl.core.adopting.decided import Decided
from qcity_xl.core.adopting.renumbered import new_numbers
from qcity_xl.core.adopting.revision import match_table
from qcity_xl.core.changes import added_row
from qcity_xl.core.master.model import Master
from qcity_xl.core.plan import Plan
from qcity_xl.core.schema import INDICATORS, RULINGS, TASKS, Table
from qcity_xl.core.values import Value
from tests.core.adopting.tables import FILLED, OLD, plan_of
from tests.core.builders import set_cell


def decided(
    table: Table,
    key: str,
    more: Mapping[str, Value],
    master: Master = FILLED,
    plan: Plan | None = None,
) -> tuple[dict[str, Value], list[str], Decided]:
    """The cells that a newer table decides of a row, which it has with `more`."""
    matched = match_table(master, plan or plan_of(OLD))
    told: list[str] = []
    found = Decided(matched, new_numbers(matched), told)
    new = {**matched.rows[table.name][key], **more}
    row = master.rows(table)[key]
    cells = found.cells(table, key, new)
    return {name: v for name, v in cells.items() if v != row.get(name)}, told, found


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({"text": "每季度召开一次质量工作例会。"}, {}),  # the full stop alone
        ({"text": "每月召开一次质量工作例会"}, {"text": "每月召开一次质量工作例会"}),
        ({"deadline": "2018"}, {"deadline": "2018"}),
        ({"deadline": None}, {}),
        ({"leads": None}, {}),
        ({"leads": "市教育局；市农委"}, {"leads": "市教育局；市农委"}),
        ({"remark": "试点先行"}, {"remark": "试点先行"}),
        ({"no": "4.4", "indicator": 4}, {"no": "4.4", "indicator": 4}),
    ],
)
def test_a_task(more: dict[str, Value], wanted: dict[str, Value]) -> None:
    assert decided(TASKS, "T1.1", more)[0] == wanted


def test_what_is_not_written_any_more_is_told() -> None:
    assert decided(TASKS, "T1.1", {"leads": None})[1] == ["任务1.1：新表没有写牵头单位，仍是市农委"]
    assert decided(INDICATORS, "I1", {"points": 0})[1] == ["指标1：新表没有读到分值，仍按10分"]


def test_partners_may_go() -> None:
    master = set_cell(FILLED, TASKS, "T1.1", "partners", "市教育局")
    plan = plan_of(OLD)
    plain = decided(TASKS, "T1.1", {}, master, plan)[0]
    assert plain == {}  # the newer table has no partners at all
    tasks = (*plan.tasks[:-1], replace(plan.tasks[-1], partners=("市农委",)))
    assert decided(TASKS, "T1.1", {}, master, replace(plan, tasks=tasks))[0] == {"partners": None}


def test_a_remark_is_not_repeated() -> None:
    master = set_cell(FILLED, TASKS, "T1.1", "remark", "试点先行；逐步推开")
    assert decided(TASKS, "T1.1", {"remark": "试点先行"}, master)[0] == {}


def test_what_was_ruled_gives_way_to_what_is_written() -> None:
    cells = {"subject": "1", "item": "标题", "default": "质量工作机制", "choice": "工作机制"}
    ruled = FILLED.with_changes(added_row(RULINGS.name, "Q1/标题", {**cells}))
    ruled = set_cell(ruled, INDICATORS, "I1", "title", "工作机制")
    found, told, by = decided(INDICATORS, "I1", {"title": "质量工作协调机制"}, ruled)
    assert found["title"] == "质量工作协调机制"
    assert by.voided == {"Q1/标题"}
    assert "原来的裁定“工作机制”不再用" in told[0]
