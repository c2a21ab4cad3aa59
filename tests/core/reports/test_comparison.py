"""A city is what its master says."""

from qcity_xl.core.reports.comparison import city_of
from qcity_xl.core.scoring.evaluate import evaluate
from tests.core.builders import setting
from tests.core.reports.test_overview import answered


def test_its_figures_are_those_of_the_master() -> None:
    master = answered()
    scored = master.with_changes(evaluate(master, {}).changes)
    city = city_of(scored, "各市/甲.xlsx", "甲")
    assert (city.name, city.of, city.basic["claimed"]) == ("甲", 30, 10)
    assert (city.criteria, city.answered, city.lacking) == (2, 1, 1)
    assert [(unit.name, unit.parts, unit.finished) for unit in city.units] == [
        ("市农委", 1, 1),
        ("市教育局", 1, 0),
    ]
    assert [(part.no, part.scores["claimed"]) for part in city.sections] == [("1", 10)]


def test_its_name_is_that_of_the_settings() -> None:
    from tests.core.builders import SOUND, build

    assert city_of(build(*SOUND, setting("总表", "城市", "苏州市")), "a", "b").name == "苏州市"
