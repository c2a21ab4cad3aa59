"""Which packs a city's master answers, and which masters answer none."""

import datetime as dt

import pytest

from qcity_xl.core.master.model import Master
from qcity_xl.core.merge.cities import NotAReturn, asked_of
from qcity_xl.core.schema import LOG, ROUNDS
from qcity_xl.core.values import Value
from tests.core.builders import Entry, build, setting, sound, unit


def sent(round_name: str, day: str, to: str = "甲市") -> Entry:
    values: dict[str, Value] = {
        "round": round_name,
        "unit": to,
        "made_on": dt.date.fromisoformat(day),
    }
    return Entry(ROUNDS, f"R{round_name}/{to}", values)


def province(*more: Entry) -> Master:
    return build(
        unit("甲市", "甲"),
        unit("乙市"),
        setting("总表", "总表编号", "sheng"),
        setting("总表", "考核年份", 2017),
        *more,
    )


def city(name: str | None = "甲市", day: str = "2016-12-01", year: int = 2017) -> Master:
    return build(
        setting("总表", "总表编号", "jia"),
        setting("总表", "城市", name),
        setting("总表", "考核年份", year),
        *([Entry(LOG, "L1", {"time": f"{day} 09:00"})] if day else []),
    )


FIRST, SECOND = sent("第1轮", "2016-11-01"), sent("第2轮", "2016-12-01")


def rounds(master: Master, of: Master) -> list[str]:
    return [who.round for who in asked_of(master, of)]


def test_the_last_round_that_went_to_it() -> None:
    later = sent("第3轮", "2017-01-01", "乙市")
    assert rounds(province(FIRST, SECOND, later), city()) == ["第2轮"]
    assert rounds(province(FIRST, SECOND), city("甲")) == ["第2轮"]  # by another name


def test_a_city_that_was_renamed_answers_what_went_out_under_its_name_of_then() -> None:
    renamed = [unit("新甲市", "甲市"), unit("乙市"), setting("总表", "总表编号", "sheng")]
    first, second = sent("第1轮", "2016-11-01"), sent("第2轮", "2016-12-01", "新甲市")
    for called in ("甲市", "新甲市"):
        asked = asked_of(build(*renamed, first), city(called))
        assert [(who.round, who.unit) for who in asked] == [("第1轮", "甲市")]
        asked = asked_of(build(*renamed, first, second), city(called))
        assert [(who.round, who.unit) for who in asked] == [("第2轮", "新甲市")]


def test_all_parts_of_a_round() -> None:
    parts = [sent(f"第2轮·第{part}部分", "2016-12-01") for part in (1, 2)]
    assert rounds(province(FIRST, *parts), city()) == ["第2轮·第1部分", "第2轮·第2部分"]


@pytest.mark.parametrize(
    ("of", "why"),
    [
        (city(None), "它的「设置」里“城市”是空白的"),
        (city("丙市"), "“丙市”，不在「单位」里"),
        (city("乙市"), "还没有给乙市下发过填报表"),
        (city(year=2019), "是甲市2019年考核的总表，本总表考核2017年"),
        (city(day="2016-11-30"), "最后一次是2016年11月30日，早于第2轮下发（2016年12月1日）"),
        (city(day=""), "「日志」是空的，早于第2轮下发"),
        (sound(setting("总表", "城市", "甲市")), "还没有"),
        (province(), "^是总表，不是单位报送的填报表；请只选填报表$"),
    ],
)
def test_a_master_that_answers_nothing(of: Master, why: str) -> None:
    master = province(FIRST, SECOND) if why != "还没有" else province()
    with pytest.raises(NotAReturn, match=why):
        asked_of(master, of)
