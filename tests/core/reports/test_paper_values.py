"""What the placeholders of the papers say."""

from qcity_xl.core.reports.overview import Figure
from qcity_xl.core.reports.paper_values import paper_values, points_text
from tests.core.reports.test_overview import answered, overview


def test_the_first_of_a_long_list_and_how_many_there_are() -> None:
    values = paper_values(overview(answered()), ranked=True, most=0)
    assert values["缺佐证"] == []
    assert values["缺佐证数"] == 1


def test_units_stand_by_rank_or_as_the_latest_first() -> None:
    ranked = paper_values(overview(answered()), ranked=True)["各单位"]
    assert isinstance(ranked, list)
    assert [unit["名次"] for unit in ranked] == list(range(1, len(ranked) + 1))
    assert ranked[0]["名称"] == "市农委"


def test_a_change_is_told_in_words() -> None:
    from qcity_xl.core.reports.paper_values import _figures

    told = _figures(
        [
            Figure("claimed", 12.5, 30, 10),
            Figure("evidenced", 10, 30, 10),
            Figure("reviewed", None, 30, 3),
            Figure("ceiling", 9, 30, 10),
        ]
    )
    words = [told[name]["变化"] for name in ("自评", "佐证", "核定", "最高可得")]  # type: ignore[index]  # values
    assert words == ["增加2.5分", "持平", "", "减少1分"]
    assert told["核定"]["得分"] == "未评"  # type: ignore[index]  # values


def test_a_score_that_is_not_there_has_no_unit() -> None:
    assert [points_text(value) for value in (62.5, 0, None, "未评")] == [
        *("62.5分", "0分", "未评", "未评"),
    ]
