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

_LONG = 44
_MOST = 12  # lines of each list: a unit's paper is one page
_LIGHTS = "▲◆●★"


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
            "要办": _to_do(open_parts.get(line.name, [])),
            "要补": _to_give(master, gaps.get(line.name, {})),
        }
        for line in overview.units
    }


def _to_do(parts: list[Row]) -> list[Mapping[str, object]]:
    listed = sorted(parts, key=_urgency)
    shown: list[Mapping[str, object]] = [
        {
            "任务": text(row, "task"),
            "内容": shorten(one_line(text(row, "text")), _LONG),
            "角色": text(row, "role"),
            "完成情况": text(row, "progress") or "未报",
            "灯": text(row, "light"),
        }
        for row in listed[:_MOST]
    ]
    blank = dict.fromkeys(("任务", "角色", "完成情况", "灯"), "")
    rest = len(listed) - _MOST
    return [*shown, {**blank, "内容": f"……另有{rest}项，见填报表"}] if rest > 0 else shown


def _urgency(row: Row) -> tuple[object, ...]:
    light = text(row, "light")[:1]
    place = _LIGHTS.find(light) if light else len(_LIGHTS)
    return place, text(row, "role") != LEAD, natural_key(text(row, "task"))


def _to_give(master: Master, gaps: Mapping[str, list[str]]) -> list[Mapping[str, object]]:
    rows = master.rows(CRITERIA)
    listed = sorted(gaps, key=lambda key: -(parse_number(rows[key].get("points")) or 0.0))
    shown: list[Mapping[str, object]] = [
        {
            "得分点": text(rows[key], "label"),
            "分值": rows[key].get("points"),
            "缺什么": shorten("；".join(gaps[key]), 2 * _LONG),
        }
        for key in listed[:_MOST]
    ]
    rest = len(listed) - _MOST
    more = {"得分点": "", "分值": "", "缺什么": f"……另有{rest}个得分点，见填报表"}
    return [*shown, more] if rest > 0 else shown
