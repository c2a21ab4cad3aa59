"""汇总 of many masters: frames for analysts, and a workbook with charts."""

from collections.abc import Sequence

import pandas as pd
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.series import SeriesLabel
from openpyxl.worksheet.worksheet import Worksheet

from qcity_xl.adapters.reports.book import Listing, listing_workbook
from qcity_xl.adapters.templates.chart import set_axes
from qcity_xl.adapters.templates.package import packed
from qcity_xl.core.reports.comparison import City, ComparedRow
from qcity_xl.core.schema.history import SCORE_NAMES
from qcity_xl.core.values import Value

_COLOURS = {"自评": "A9C4E3", "佐证": "4A7FB8", "核定": "1F3A5F"}
_WIDTHS = {"城市": 18, "文件": 34, "名称": 40, "单位": 24, "原因": 60}
_MOST_BARS = 40  # cities that one chart can show


def city_frames(cities: Sequence[City]) -> dict[str, pd.DataFrame]:
    """城市, 部分, 指标, 单位, 走势: a row for each; 部分对比: cities by sections, as claimed.

    Points that nobody gave are missing values.
    """
    return {
        "城市": _totals(cities),
        "部分对比": _across(cities),
        "部分": _parts(cities, "sections"),
        "指标": _parts(cities, "indicators"),
        "单位": _units(cities),
        "走势": _course(cities),
    }


def _totals(cities: Sequence[City]) -> pd.DataFrame:
    records = [
        {
            "城市": city.name,
            **{name: city.basic[score] for score, name in SCORE_NAMES.items()},
            **{f"加分{name}": city.bonus[score] for score, name in SCORE_NAMES.items()},
            "满分": city.of,
            "加分满分": city.of_bonus,
            "轮次": city.round,
            "得分点": city.criteria,
            "已评": city.answered,
            "缺佐证": city.lacking,
            "任务": city.tasks,
            "已完成": city.finished,
            "红灯": city.red,
            "黄灯": city.yellow,
            "文件": city.file,
        }
        for city in cities
    ]
    columns = ["城市", *SCORE_NAMES.values(), *(f"加分{n}" for n in SCORE_NAMES.values())]
    columns += ["满分", "加分满分", "轮次", "得分点", "已评", "缺佐证", "任务", "已完成"]
    frame = pd.DataFrame(records, columns=[*columns, "红灯", "黄灯", "文件"])
    ranks = pd.to_numeric(frame["佐证"]).rank(method="min", ascending=False)
    frame.insert(0, "名次", ranks.astype("Int64"))
    return frame.sort_values(["名次", "城市"], na_position="last", ignore_index=True)


def _parts(cities: Sequence[City], kind: str) -> pd.DataFrame:
    records = [
        {
            "城市": city.name,
            "编号": part.no,
            "名称": part.title,
            "分值": part.of,
            **{name: part.scores[score] for score, name in SCORE_NAMES.items()},
        }
        for city in cities
        for part in _listed(city, kind)
    ]
    return pd.DataFrame(records, columns=["城市", "编号", "名称", "分值", *SCORE_NAMES.values()])


def _listed(city: City, kind: str) -> tuple[ComparedRow, ...]:
    return city.sections if kind == "sections" else city.indicators


def _across(cities: Sequence[City]) -> pd.DataFrame:
    """How many percent of each section's points a city claims."""
    frame = _parts(cities, "sections")
    claimed = pd.to_numeric(frame["自评"])
    frame["得分率"] = (100 * claimed / frame["分值"].where(frame["分值"] > 0)).round(1)
    table = frame.pivot_table("得分率", "城市", "名称", sort=False, aggfunc="first")
    return table.reindex([city.name for city in cities]).reset_index()


def _units(cities: Sequence[City]) -> pd.DataFrame:
    records = [
        {
            "城市": city.name,
            "单位": unit.name,
            "任务": unit.parts,
            "已完成": unit.finished,
            "完成率": round(100 * unit.finished / unit.parts, 1),
            "红灯": unit.red,
        }
        for city in cities
        for unit in city.units
    ]
    return pd.DataFrame(records, columns=["城市", "单位", "任务", "已完成", "完成率", "红灯"])


def _course(cities: Sequence[City]) -> pd.DataFrame:
    records = [
        {
            "城市": city.name,
            "日期": line.day,
            "轮次": line.round,
            **{name: line.points[score] for score, name in SCORE_NAMES.items()},
        }
        for city in cities
        for line in city.course
    ]
    return pd.DataFrame(records, columns=["城市", "日期", "轮次", *SCORE_NAMES.values()])


def cities_book(cities: Sequence[City], lost: Sequence[tuple[str, str]]) -> bytes:
    """The frames as sheets, with what could not be read and why, and two charts."""
    frames = city_frames(cities)
    sheets = {name: _listing(frame) for name, frame in frames.items()}
    sheets["没有读成"] = Listing((("文件", 40), ("原因", 80)), lost)
    book = listing_workbook(sheets)
    totals = book["城市"]
    names = list(frames["城市"].columns)
    _bars(totals, names, min(len(cities), _MOST_BARS))
    _lines(book["走势"], frames["走势"])
    return packed(book, "")


def _listing(frame: pd.DataFrame) -> Listing:
    columns = tuple((str(name), _WIDTHS.get(str(name), 12)) for name in frame.columns)
    plain = frame.astype(object).where(frame.notna(), None)
    lines: list[list[Value]] = plain.values.tolist()
    return Listing(columns, lines)


def _bars(sheet: Worksheet, names: list[str], count: int) -> None:
    if not count:
        return
    chart = BarChart()
    chart.type, chart.gapWidth, chart.overlap = "bar", 40, 0
    for name, colour in _COLOURS.items():
        place = names.index(name) + 1
        chart.add_data(Reference(sheet, place, 1, place, count + 1), titles_from_data=True)
        chart.series[-1].graphicalProperties.solidFill = colour
    city = names.index("城市") + 1
    chart.set_categories(Reference(sheet, city, 2, city, count + 1))
    set_axes(chart)
    chart.width, chart.height = 26, max(8, 1.1 * count + 4)
    sheet.add_chart(chart, f"B{len(list(sheet.rows)) + 3}")


def _lines(sheet: Worksheet, course: pd.DataFrame) -> None:
    """佐证 over the days, a line for each city."""
    chart, row = LineChart(), 2
    place = list(course.columns).index("佐证") + 1
    for name, own in list(course.groupby("城市", sort=False))[:_MOST_BARS]:
        values = Reference(sheet, place, row, place, row + len(own) - 1)
        chart.add_data(values, titles_from_data=False)
        series = chart.series[-1]
        series.tx = SeriesLabel(v=str(name))
        row += len(own)
    if chart.series:
        chart.x_axis.delete = chart.y_axis.delete = False
        chart.width, chart.height = 26, 12
        sheet.add_chart(chart, "I2")
