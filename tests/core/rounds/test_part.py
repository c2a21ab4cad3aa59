"""A part of what is asked: by section, role, task; together the parts are the whole."""

import pytest

from qcity_xl.core.errors import Unknown
from qcity_xl.core.master.model import Master
from qcity_xl.core.rounds.asked import Occasion, packs_for
from qcity_xl.core.rounds.assignments import assignment_changes
from qcity_xl.core.rounds.pack import PackContent
from qcity_xl.core.rounds.part import EVERYTHING, PlanPart, base_round, by_section, part_of
from qcity_xl.core.schema.pack import PACK
from qcity_xl.core.scoring.evidence import assess
from tests.core.builders import DUE, ROUND, embedded

ASKED, ANSWERS, EVIDENCE = (table.table.name for table in PACK)
HOST = "市质监局"


def handed_out() -> Master:
    master = embedded()
    return master.with_changes(assignment_changes(master)[0])


def packs(master: Master, part: PlanPart, *units: str) -> list[PackContent]:
    return packs_for(master, assess(master, {}), Occasion(ROUND, DUE, (), part), units)


def rows(found: list[PackContent], table: str, field: str) -> list[str]:
    return sorted(str(row[field]) for pack in found for row in pack.rows[table] if row[field])


def test_the_sections_together_are_the_whole_and_each_can_be_filled() -> None:
    master = handed_out()
    (whole,) = packs(master, EVERYTHING, HOST)
    apart = [p for part in by_section(master, EVERYTHING) for p in packs(master, part, HOST)]
    assert len(apart) > 5
    for table in (ASKED, ANSWERS):
        assert rows(apart, table, "key") == rows([whole], table, "key")
    assert rows(apart, EVIDENCE, "criteria") == rows([whole], EVIDENCE, "criteria")
    assert max(pack.tasks for pack in apart) * 3 < whole.tasks


def test_of_a_role_alone() -> None:
    master = handed_out()
    (whole,) = packs(master, EVERYTHING, HOST)
    (led,), (helped,) = (packs(master, part_of(master, role=r), HOST) for r in ("牵头", "配合"))
    assert {row["role"] for row in led.rows[ASKED]} == {"牵头"}
    assert led.tasks + helped.tasks == whole.tasks
    assert led.rows[ANSWERS] == whole.rows[ANSWERS]
    assert helped.rows[ANSWERS] == []
    assert rows([helped], EVIDENCE, "criteria") == []


def test_of_one_task_with_the_criteria_that_it_serves() -> None:
    master = handed_out()
    part = part_of(master, tasks="13.3")
    found = packs(master, part)
    assert set(rows(found, ASKED, "task")) == {"13.3"}
    assert set(rows(found, ANSWERS, "key")) <= part.criteria
    assert part.criteria


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({}, ""),
        ({"sections": "9、3"}, "第3、9部分"),
        ({"sections": "3", "role": "牵头"}, "第3部分牵头"),
        ({"tasks": "13.10；13.2"}, "任务13.2、13.10"),
    ],
)
def test_how_the_round_of_a_part_is_called(given: dict[str, str], name: str) -> None:
    part = part_of(handed_out(), **given)
    assert part.name == name
    called = part.of_round("第2轮")
    assert called == (f"第2轮·{name}" if name else "第2轮")
    assert base_round(called) == "第2轮"


@pytest.mark.parametrize("given", [{"sections": "77"}, {"role": "协办"}, {"tasks": "13.99"}])
def test_what_is_not_there_is_told(given: dict[str, str]) -> None:
    with pytest.raises(Unknown):
        part_of(handed_out(), **given)


def test_apart_of_some_sections_alone() -> None:
    master = handed_out()
    parts = by_section(master, part_of(master, sections="3、9", role="牵头"))
    assert [part.name for part in parts] == ["第3部分牵头", "第9部分牵头"]
