"""What is open of the first day, counted as the formulas on 使用说明 count it."""

import pytest

from qcity_xl.core.master.first_day import first_day
from qcity_xl.core.schema import ROUNDS
from qcity_xl.core.schema.first_day import DONE, FIRST_DAY, OPEN, TITLE_NAME
from qcity_xl.core.values import Value
from tests.core.builders import Entry, build, group, ruling, setting, unit

TITLES = {thing.title: thing.name for thing in FIRST_DAY}


def sent(round_name: str, state: str) -> Entry:
    values: dict[str, Value] = {"round": round_name, "unit": "市农委", "state": state}
    return Entry(ROUNDS, f"{round_name}/市农委", values)


def weighed(points: Value, choice: str | None = None) -> Entry:
    table, key, values = ruling("1(1)", f"责任{points}{choice}", "默认", choice)
    return Entry(table, key, {**values, "weight": points})


@pytest.mark.parametrize(
    ("title", "rows", "shown"),
    [
        ("本市", [], DONE),
        (
            "本市",
            [setting("总表", "城市", None), setting("轮次", "考核年份", 2026)],
            "还有1项",
        ),
        ("辖市区和各组", [group("各区政府"), group("成员单位", "市农委、市教育局")], "还有1个组"),
        ("辖市区和各组", [group("各区政府", "按需")], DONE),
        ("联系人", [unit("市农委"), unit("市教育局", email=None), group("各区")], "还有1个单位"),
        ("口径", [weighed(5), weighed(0), weighed(None), weighed(3, "达成")], "还有1项"),
        ("试一轮", [sent("试发", "已下发")], "还没有试过"),
        ("试一轮", [sent("试发", "已回收")], DONE),
        ("正式下发", [sent("试发", "已回收")], "还没有下发"),
        ("正式下发", [sent("试发", "已回收"), sent("第1轮", "已下发")], DONE),
    ],
)
def test_a_thing_is_ticked_once_nothing_of_it_is_open(
    title: str, rows: list[Entry], shown: str
) -> None:
    state = first_day(build(*rows))[TITLES[title]]
    assert state == DONE if shown == DONE else state.startswith(OPEN + shown)


def test_the_city_stands_before_the_title() -> None:
    assert first_day(build())[TITLE_NAME] == "质量强市考核总表"
    assert (
        first_day(build(setting("总表", "城市", "江城市")))[TITLE_NAME] == "江城市质量强市考核总表"
    )
