"""What 自查报告 tells: sections, indicators, criteria, each with its points and why."""

from collections.abc import Mapping

from qcity_xl.core.master.model import Master, text
from qcity_xl.core.numerals import numeral
from qcity_xl.core.reports.inspection import IndicatorFolder, Inspection
from qcity_xl.core.reports.overview import Overview
from qcity_xl.core.reports.paper_values import UNSCORED, points_text
from qcity_xl.core.schema import CRITERIA, INDICATORS
from qcity_xl.core.text import one_line

_BEFORE = 2  # 一、总体情况 stands before the sections


def self_values(
    master: Master, overview: Overview, inspection: Inspection
) -> list[Mapping[str, object]]:
    """The sections in order; evidence stands under the numbers that it has in 迎检包."""
    claimed = {text(r, "no"): r.get("claimed") for r in master.rows(INDICATORS).values()}
    reasons = {
        text(row, "label"): one_line(text(row, "reason")) for row in master.rows(CRITERIA).values()
    }
    by_section: dict[str, list[IndicatorFolder]] = {}
    for indicator in inspection.indicators:
        by_section.setdefault(indicator.section, []).append(indicator)
    return [
        {
            "次序": numeral(place),
            "名称": line.title,
            "分值": line.of,
            "自评": points_text(line.scores["claimed"]),
            "指标": [
                {
                    "次序": numeral(count),
                    "编号": one.no,
                    "名称": one.title,
                    "分值": one.points,
                    "自评": points_text(claimed.get(one.no)),
                    "说明": one_line(one.reason),
                    "得分点": _criteria(one, reasons),
                }
                for count, one in enumerate(by_section.get(line.no, ()), 1)
            ],
        }
        for place, line in enumerate(overview.sections, _BEFORE)
    ]


def _criteria(indicator: IndicatorFolder, reasons: Mapping[str, str]) -> list[Mapping[str, object]]:
    shared = [material.number for material in indicator.shared]
    return [
        {
            "编号": one.label,
            "内容": one.text,
            "分值": one.points,
            "答案": one.answer,
            "自评": UNSCORED if one.claimed is None else one.claimed,
            "理由": "\n".join(
                filter(
                    None,
                    (
                        reasons.get(one.label, ""),
                        _numbers([*shared, *(m.number for m in one.materials)]),
                        f"还缺：{'；'.join(one.lacking)}" if one.lacking else "",
                    ),
                )
            ),
        }
        for one in indicator.criteria
    ]


def _numbers(numbers: list[str]) -> str:
    return f"佐证：{'、'.join(numbers)}" if numbers else ""
