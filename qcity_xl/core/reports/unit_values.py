"""What 单位情况 tells of each unit: what is to be done, and the evidence to be given."""

from collections.abc import Mapping

from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.reports.overview import Overview
from qcity_xl.core.reports.paper_values import unit_value
from qcity_xl.core.rounds.assignments import in_force
from qcity_xl.core.schema import ASSIGNMENTS, CRITERIA
from qcity_xl.core.schema.words import FINISHED, LEAD
from qcity_xl.core.scoring.evidence import Assessment
from qcity_xl.core.text import natural_key, one_line, shorten
from qcity_xl.core.values import parse_number

# A unit's paper is one page: so many lines of both lists, of which the first has at least its own.
_LINES, _FIRST = 18, 10
_ACROSS = {"内容": 20, "缺什么": 30}  # characters on a line of the columns that wrap
_LIGHTS = "▲◆●★"
Listed = list[Mapping[str, object]]


def unit_values(
    master: Master, assessment: Assessment, overview: Overview
) -> dict[str, Mapping[str, object]]:
    """Unit -> the placeholders of its page; the rest of a long list is counted in its last line."""
    open_parts: dict[str, list[Row]] = {}
    assigned = master.rows(ASSIGNMENTS)
    for key in in_force(master):
        row = assigned[key]
        if text(row, "progress") != FINISHED:
            open_parts.setdefault(text(row, "unit"), []).append(row)
    gaps: dict[str, dict[str, list[str]]] = {}
    for gap in assessment.gaps:
        gaps.setdefault(gap.need.unit, {}).setdefault(gap.need.criterion, []).append(gap.sentence())
    return {
        line.name: {
            **unit_value(line, 0),
            **_fitted(
                _to_do(open_parts.get(line.name, [])), _to_give(master, gaps.get(line.name, {}))
            ),
        }
        for line in overview.units
    }


def _fitted(tasks: Listed, gaps: Listed) -> dict[str, Listed]:
    """Both lists, as much of them as stands on a page."""
    needed = {"要办": _lines(tasks), "要补": _lines(gaps)}
    room = max(_LINES - needed["要补"], _FIRST)
    return {
        "要办": _cut(tasks, room, "……另有{}项，见填报表"),
        "要补": _cut(gaps, _LINES - min(needed["要办"], room), "……另有{}个得分点，见填报表"),
    }


def _lines(rows: Listed) -> int:
    return sum(
        -(-len(str(row[name])) // most)
        for row in rows
        for name, most in _ACROSS.items()
        if name in row
    )


def _cut(rows: Listed, room: int, rest: str) -> Listed:
    if _lines(rows) <= room:
        return rows
    shown = list(rows)
    while _lines(shown) >= room:  # the last line counts the rest
        shown.pop()
    words = {name: rest.format(len(rows) - len(shown)) for name in _ACROSS}
    return [*shown, {name: words.get(name, "") for name in rows[0]}]


def _to_do(parts: list[Row]) -> Listed:
    return [
        {
            "任务": text(row, "task"),
            "内容": shorten(one_line(text(row, "text")), 2 * _ACROSS["内容"]),
            "角色": text(row, "role"),
            "完成情况": text(row, "progress") or "未报",
            "灯": text(row, "light"),
        }
        for row in sorted(parts, key=_urgency)
    ]


def _urgency(row: Row) -> tuple[object, ...]:
    light = text(row, "light")[:1]
    place = _LIGHTS.find(light) if light else len(_LIGHTS)
    return place, text(row, "role") != LEAD, natural_key(text(row, "task"))


def _to_give(master: Master, gaps: Mapping[str, list[str]]) -> Listed:
    rows = master.rows(CRITERIA)
    return [
        {
            "得分点": text(rows[key], "label"),
            "分值": rows[key].get("points"),
            "缺什么": shorten("；".join(gaps[key]), 2 * _ACROSS["缺什么"]),
        }
        for key in sorted(gaps, key=lambda key: -(parse_number(rows[key].get("points")) or 0.0))
    ]
