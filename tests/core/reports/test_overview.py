"""Where the city stands, in numbers that the master's own formulas give."""

import datetime as dt

from qcity_xl.core.mail.settings import MailSettings
from qcity_xl.core.master.formula_values import roll_up
from qcity_xl.core.master.model import Master
from qcity_xl.core.reports.overview import Overview, overview_of
from qcity_xl.core.schema import ASSIGNMENTS, CRITERIA, TASKS
from qcity_xl.core.scoring.evaluate import evaluate
from qcity_xl.core.scoring.lights import light_changes
from tests.core.builders import (
    SOUND,
    assignment,
    build,
    embedded,
    evidence,
    set_cell,
)

DAY = dt.date(2016, 11, 20)


def overview(master: Master, day: dt.date = DAY) -> Overview:
    evaluation = evaluate(master, {})
    after = master.with_changes(evaluation.changes)
    after = after.with_changes(light_changes(after, day, lambda _: False))
    return overview_of(after, evaluation.assessment, day, MailSettings(), lambda _: False)


def answered() -> Master:
    master = build(
        *SOUND,
        assignment("1.1", "市农委", progress="已完成"),
        assignment("1.1", "市教育局", "配合"),
        evidence("E1", "1(1)"),
    )
    return set_cell(master, CRITERIA, "C1.1", "answer", "达成")


def test_figures_and_sections_are_those_of_the_formulas() -> None:
    found = overview(answered())
    assert [(f.score, f.points, f.of) for f in found.basic][:2] == [
        ("claimed", 10, 30),
        ("evidenced", 10, 30),
    ]
    (section,) = found.sections
    assert (section.criteria, section.answered, section.lacking) == (2, 1, 1)
    master = answered()
    cards = roll_up(master.with_changes(evaluate(master, {}).changes)).cards
    assert cards["qc_claimed"] == found.basic[0].points


def test_a_unit_is_told_with_its_parts() -> None:
    units = {unit.name: unit for unit in overview(answered()).units}
    first = units["市农委"]
    assert (first.leads, first.partners, first.finished, first.share) == (1, 0, 1, 100.0)
    assert (units["市教育局"].leads, units["市教育局"].partners) == (0, 1)
    assert units["市教育局"].gaps > 0


def test_every_part_in_force_is_counted_once() -> None:
    found = overview(embedded())
    rows = embedded().rows(ASSIGNMENTS).values()
    assert sum(unit.leads + unit.partners for unit in found.units) == sum(
        1 for row in rows if row.get("role")
    )


def test_what_is_due_within_30_days_is_told_the_nearest_first() -> None:
    master = set_cell(build(*SOUND), TASKS, "T1.1", "deadline", "2016-12-15")
    master = set_cell(master, TASKS, "T1.2", "deadline", "2016-11-30")
    assert [(d.task, str(d.day)) for d in overview(master).soon] == [
        ("1.2", "2016-11-30"),
        ("1.1", "2016-12-15"),
    ]
    assert [d.task for d in overview(master, dt.date(2016, 12, 16)).risks] == ["1.1", "1.2"]
