"""What the placeholders of the papers stand for: the overview under names that offices know."""

from collections.abc import Mapping, Sequence

from qcity_xl.core.mail.chasing import NOTHING, PARTLY
from qcity_xl.core.reports.overview import (
    SOON,
    DueTask,
    Figure,
    Lacking,
    Overview,
    SectionLine,
    UnitLine,
)
from qcity_xl.core.schema.history import SCORE_NAMES
from qcity_xl.core.schema.words import RETURNED
from qcity_xl.core.scoring.next_steps import NextStep
from qcity_xl.core.text import number_text, shorten
from qcity_xl.core.values import Value, parse_number

_LONG = 60  # characters of a text in a list
UNSCORED = "未评"
Values = Mapping[str, object]


def paper_values(overview: Overview, *, ranked: bool, most: int | None = None) -> Values:
    """The placeholders of 通报 and 月报; of a long list the first `most`.

    Units stand by their rank, or by name if they are not to be `ranked`.
    """
    units = overview.units
    if ranked:
        units = tuple(sorted(units, key=lambda line: (-line.share, line.days, line.name)))
    returned = [unit for unit in overview.units if unit.returned]
    return {
        "城市": overview.city,
        "日期": overview.today,
        "轮次": overview.round,
        "截止日期": overview.due,
        "联系人": overview.contact,
        "上期": overview.since,
        "得分": _figures(overview.basic),
        "加分": _figures(overview.bonus),
        "任务数": overview.tasks,
        "已完成": overview.finished,
        "各部分": [_section(line) for line in overview.sections],
        "各单位": [unit_value(line, rank) for rank, line in enumerate(units, 1)],
        "按名次": ranked,
        "应报": len(returned),
        "已报": sum(unit.returned in (RETURNED, PARTLY) for unit in returned),
        "未报送": _names(overview, NOTHING),
        "报送不全": _names(overview, PARTLY),
        "缺佐证": [_lacking(one) for one in overview.lacking[:most]],
        "缺佐证数": len(overview.lacking),
        "近期天数": SOON,
        "近期到期": [_duty(duty) for duty in overview.soon[:most]],
        "近期到期数": len(overview.soon),
        "风险": [_duty(duty) for duty in overview.risks[:most]],
        "风险数": len(overview.risks),
    }


def gain_values(steps: Sequence[NextStep], most: int | None = None) -> Values:
    """The placeholders of what gains most; of a long list the first `most`."""
    steps = sorted(steps, key=lambda step: -step.gain)
    return {"加分建议数": len(steps), "加分建议": [_gain(step) for step in steps[:most]]}


def _figures(figures: Sequence[Figure]) -> Mapping[str, object]:
    """自评, 佐证, 核定, 最高可得: 得分 (分数 with its 分), 满分 and 变化 of each."""
    return {
        SCORE_NAMES[one.score]: {
            "得分": UNSCORED if one.points is None else one.points,
            "分数": points_text(one.points),
            "满分": one.of,
            "变化": _change(one.before, one.points),
        }
        for one in figures
    }


def points_text(value: Value) -> str:
    """62分, or 未评."""
    number = parse_number(value)
    return UNSCORED if number is None else f"{number_text(number)}分"


def _change(before: float | None, now: float | None) -> str:
    """增加12.5分, 减少3分, 持平; "" where there is nothing to compare."""
    if before is None or now is None:
        return ""
    apart = round(now - before, 2)
    if not apart:
        return "持平"
    return f"{'增加' if apart > 0 else '减少'}{number_text(abs(apart))}分"


def _section(line: SectionLine) -> Values:
    scores = {
        SCORE_NAMES[name]: UNSCORED if points is None else points
        for name, points in line.scores.items()
    }
    return {
        "编号": line.no,
        "名称": line.title,
        "加分项": line.bonus,
        "分值": line.of,
        **scores,
        "变化": _change(line.before.get("claimed"), line.scores["claimed"]),
        "得分点": line.criteria,
        "已评": line.answered,
        "缺佐证": line.lacking,
    }


def unit_value(line: UnitLine, rank: int) -> Values:
    """A unit by the names of the papers."""
    return {
        "名次": rank,
        "名称": line.name,
        "牵头": line.leads,
        "配合": line.partners,
        "已完成": line.finished,
        "完成率": f"{number_text(line.share)}%",
        "红灯": line.red,
        "黄灯": line.yellow,
        "报送": line.returned or "—",
        "逾期": line.days,
        "未填": line.open,
        "缺佐证": line.gaps,
    }


def _names(overview: Overview, state: str) -> str:
    return "、".join(one.unit for one in overview.late if one.state == state)


def _lacking(one: Lacking) -> Values:
    return {
        "得分点": one.label,
        "单位": one.unit or "未定",
        "分值": one.points,
        "缺什么": "；".join(one.words),
    }


def _duty(duty: DueTask) -> Values:
    return {
        "任务": duty.task,
        "内容": shorten(duty.text, _LONG),
        "牵头": duty.leads,
        "完成情况": duty.progress or "未报",
        "灯": duty.light,
        "日期": duty.day,
    }


def _gain(step: NextStep) -> Values:
    return {
        "得分点": step.label,
        "内容": shorten(step.text, _LONG),
        "单位": step.unit or "未定",
        "做到": step.target,
        "还缺": "；".join(step.move.gaps),
        "可加": step.gain,
    }
