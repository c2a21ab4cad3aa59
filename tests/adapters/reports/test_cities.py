"""Frames and workbook of many cities."""

import io

import openpyxl

from qcity_xl.adapters.reports.cities import cities_book, city_frames
from qcity_xl.core.reports.comparison import City, city_of
from qcity_xl.core.scoring.evaluate import evaluate
from tests.core.builders import SOUND, build
from tests.core.reports.test_overview import answered


def cities() -> list[City]:
    first, second = answered(), build(*SOUND)
    return [
        city_of(master.with_changes(evaluate(master, {}).changes), f"{name}.xlsx", name)
        for name, master in (("甲市", first), ("乙市", second))
    ]


def test_cities_are_ranked_and_what_nobody_scored_is_missing() -> None:
    totals = city_frames(cities())["城市"]
    assert totals[["名次", "城市", "自评"]].values.tolist()[0] == [1, "甲市", 10]
    assert totals[["名次", "自评"]].isna().values.tolist()[1] == [True, True]


def test_sections_stand_side_by_side() -> None:
    across = city_frames(cities())["部分对比"]
    assert across["城市"].tolist() == ["甲市", "乙市"]
    assert across.iloc[0, 1] == 33.3


def test_the_workbook_has_every_frame_its_charts_and_what_was_lost() -> None:
    book = openpyxl.load_workbook(io.BytesIO(cities_book(cities(), [("丙.xlsx", "不是总表")])))
    assert book.sheetnames == ["城市", "部分对比", "部分", "指标", "单位", "走势", "没有读成"]
    assert [[c.value for c in row] for row in book["没有读成"].rows][1] == ["丙.xlsx", "不是总表"]
    assert len(book["城市"]._charts) == 1  # type: ignore[attr-defined]  # of openpyxl, for itself
    assert book["单位"]["A2"].value == "甲市"


def test_no_city_at_all_is_no_error() -> None:
    assert openpyxl.load_workbook(io.BytesIO(cities_book([], [])))["城市"].max_row == 1
