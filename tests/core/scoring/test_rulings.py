"""What the office rules is written where it belongs."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.changes import Change
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import RULINGS, TASKS
from qcity_xl.core.scoring.evaluate import evaluate
from qcity_xl.core.scoring.rulings import ruling_changes, void_rulings
from tests.core.builders import build, criterion, embedded, ruling, task, unit


def _rule(master: Master, key: str, choice: str) -> Master:
    return master.with_changes([Change(RULINGS.name, key, "choice", None, choice)])


def test_a_default_confirms_nothing() -> None:
    assert ruling_changes(embedded()) == []


def test_a_title_is_written_once_the_office_gives_it() -> None:
    master = _rule(embedded(), "Q18/标题", "设立政府质量奖")
    (change,) = ruling_changes(master)
    assert (change.row, change.field, change.new) == ("I18", "title", "设立政府质量奖")
    assert ruling_changes(master.with_changes([change])) == []


@pytest.mark.parametrize("points", ["二十", "２５"])
def test_points_are_a_number_that_the_criteria_have(points: str) -> None:
    master = _rule(embedded(), "Q18/分值", points)
    assert ruling_changes(master) == []
    (problem,) = void_rulings(master)
    assert problem.sheet == "待定事项"


def test_the_second_lead_may_answer() -> None:
    changes = ruling_changes(_rule(embedded(), "Q13.9/责任", "市质监局"))
    assert [(c.row, c.field, c.new) for c in changes] == [("C13.4", "owner", "市质监局")]


DIVIDERS = st.sampled_from(["；", "、", "，", ",", ";", "\n", " 、"])
NAMES = st.permutations(["市质监局", "人社局"])


@given(NAMES, DIVIDERS, st.sampled_from(["市质监局", "质监局", " 市质监局"]))
def test_who_answers_does_not_hang_on_the_divider(leads: list[str], mark: str, chosen: str) -> None:
    master = _rule(embedded(), "Q26.1/责任", chosen)
    written = Change(TASKS.name, "T26.1", "leads", None, mark.join(leads))
    master = master.with_changes([written])
    assert [(c.row, c.field, c.new) for c in ruling_changes(master)] == [
        ("C26.3", "owner", "市质监局")
    ]
    assert void_rulings(master) == []


def test_a_lead_whose_name_holds_a_divider_may_answer() -> None:
    master = build(
        *(criterion("3(1)", 10, owner="市水利局"), unit("市水利局"), unit("各县、区政府")),
        task("3.1", "市水利局、各县、区政府", "3(1)"),
        ruling("3.1", "责任", "市水利局", "各县、区政府"),
    )
    (change,) = ruling_changes(master)
    assert (change.row, change.new) == ("C3.1", "各县、区政府")


@pytest.mark.parametrize(
    ("subject", "choice", "why"),
    [
        ("3.1", "水里局", "“水里局”不在单位名录，是不是“市水利局”"),
        ("3.1", "市教育局", "“市教育局”不是任务3.1的牵头单位"),
        ("3.2", "市教育局", "任务3.2没有对应得分点"),
        ("3.3", "市教育局", "任务3.3的得分点由市水利局自评，不是牵头单位"),
        ("3.9", "市水利局", "没有任务3.9"),
    ],
)
def test_a_ruling_that_changes_nothing_says_why(subject: str, choice: str, why: str) -> None:
    master = build(
        *(criterion("3(1)", 10, owner="市水利局"), unit("市水利局", "水利局")),
        *(unit("市财政局"), unit("市教育局")),
        *(task("3.1", "市水利局、市财政局", "3(1)"), task("3.2", "市财政局、市教育局")),
        task("3.3", "市财政局、市教育局", "3(1)"),
        ruling(subject, "责任", "市水利局", choice),
    )
    assert ruling_changes(master) == []
    (problem,) = void_rulings(master)
    assert why in problem.found


def test_capping_instead_of_the_best() -> None:
    master = _rule(embedded(), "Q46/组合", "累加封顶")
    assert ("I46", "combine") in {(c.row, c.field) for c in evaluate(master, {}).changes}
    assert replace(master) == master
