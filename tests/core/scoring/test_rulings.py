"""What the office rules is written where it belongs."""

from dataclasses import replace

from qcity_xl.core.changes import Change
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import RULINGS
from qcity_xl.core.scoring.evaluate import evaluate
from qcity_xl.core.scoring.rulings import ruling_changes
from tests.core.builders import embedded


def _rule(master: Master, key: str, choice: str) -> Master:
    return master.with_changes([Change(RULINGS.name, key, "choice", None, choice)])


def test_a_default_confirms_nothing() -> None:
    assert ruling_changes(embedded()) == []


def test_a_title_is_written_once_the_office_gives_it() -> None:
    master = _rule(embedded(), "Q18/标题", "设立政府质量奖")
    (change,) = ruling_changes(master)
    assert (change.row, change.field, change.new) == ("I18", "title", "设立政府质量奖")
    assert ruling_changes(master.with_changes([change])) == []


def test_points_must_be_a_number() -> None:
    assert ruling_changes(_rule(embedded(), "Q18/分值", "二十")) == []
    (change,) = ruling_changes(_rule(embedded(), "Q18/分值", "２５"))
    assert (change.row, change.field, change.new) == ("I18", "points", 25)


def test_the_second_lead_may_answer() -> None:
    changes = ruling_changes(_rule(embedded(), "Q13.9/责任", "市质监局"))
    assert [(c.row, c.field, c.new) for c in changes] == [("C13.4", "owner", "市质监局")]


def test_capping_instead_of_the_best() -> None:
    master = _rule(embedded(), "Q46/组合", "累加封顶")
    assert ("I46", "combine") in {(c.row, c.field) for c in evaluate(master, {}).changes}
    assert replace(master) == master
