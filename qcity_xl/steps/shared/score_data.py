"""The keys of `--json` for scores and the rulings that move them, typed as those in data.py."""

from typing import Annotated, TypedDict

from qcity_xl.steps.shared.data import CellValue, Changes
from qcity_xl.steps.shared.history_data import SinceData


class Bounds(TypedDict):
    """待定事项没有裁定的，得分在这两个数之间；怎样裁定都一样时相等；null 为未评."""

    low: Annotated[CellValue, "最低"]
    high: Annotated[CellValue, "最高"]


class ScoreBounds(TypedDict):
    """四种得分各自的上下限."""

    claimed: Annotated[Bounds, "自评"]
    evidenced: Annotated[Bounds, "佐证"]
    reviewed: Annotated[Bounds, "核定"]
    ceiling: Annotated[Bounds, "最高可得"]


class BothBounds(TypedDict):
    """一种合计的上下限."""

    points: Annotated[Bounds, "基本分"]
    bonus: Annotated[Bounds, "加分"]


class TotalBounds(TypedDict):
    """四种合计各自的上下限."""

    claimed: Annotated[BothBounds, "自评"]
    evidenced: Annotated[BothBounds, "佐证"]
    reviewed: Annotated[BothBounds, "核定"]
    ceiling: Annotated[BothBounds, "最高可得"]


class OptionData(TypedDict):
    """一个选项换来的变化."""

    option: Annotated[str, "选项"]
    claimed: Annotated[float, "自评总分变多少"]
    evidenced: Annotated[float, "佐证总分变多少"]
    reviewed: Annotated[float, "核定总分变多少"]
    ceiling: Annotated[float, "最高可得变多少"]
    most: Annotated[float, "还没有答案的，或要与别的裁定合在一起的，最多变多少"]
    example: Annotated[str, "怎样答时变这么多"]


class RulingData(TypedDict):
    """待定事项的一行，影响得分的."""

    row: Annotated[str, "行键"]
    subject: Annotated[str, "对象"]
    item: Annotated[str, "事项"]
    value: Annotated[str | None, "现在按什么算"]
    ruled: Annotated[bool, "办公室是否裁定过"]
    weight: Annotated[float, "最多差几分"]
    options: Annotated[list[OptionData], "别的选项"]


class AgreedData(TypedDict):
    """同意默认的一行."""

    row: Annotated[str, "行键"]
    subject: Annotated[str, "对象"]
    item: Annotated[str, "事项"]
    default: Annotated[str, "同意的默认"]
    weight: Annotated[float, "怎样裁定最多差几分，不影响得分的为 0"]


class LeftOpen(TypedDict):
    """没有同意的一行."""

    row: Annotated[str, "行键"]
    subject: Annotated[str, "对象"]
    item: Annotated[str, "事项"]
    reason: Annotated[str, "为什么"]


class Total(TypedDict):
    """一种得分的合计；null 为未评."""

    points: Annotated[CellValue, "基本分"]
    bonus: Annotated[CellValue, "加分"]


class SectionScores(TypedDict):
    """一个部分的得分；null 为未评."""

    no: Annotated[CellValue, "编号"]
    title: Annotated[CellValue, "名称"]
    points: Annotated[CellValue, "分值"]
    bonus: Annotated[bool, "是否加分项"]
    claimed: Annotated[CellValue, "自评"]
    evidenced: Annotated[CellValue, "佐证"]
    reviewed: Annotated[CellValue, "核定"]
    ceiling: Annotated[CellValue, "最高可得"]
    ranges: Annotated[ScoreBounds, "四种得分的上下限"]


class IndicatorScores(TypedDict):
    """一项指标的得分；null 为未评."""

    id: Annotated[CellValue, "编号"]
    title: Annotated[CellValue, "名称"]
    points: Annotated[CellValue, "分值"]
    claimed: Annotated[CellValue, "自评"]
    evidenced: Annotated[CellValue, "佐证"]
    reviewed: Annotated[CellValue, "核定"]
    ceiling: Annotated[CellValue, "最高可得"]
    reason: Annotated[CellValue, "怎样合成"]
    ranges: Annotated[ScoreBounds, "四种得分的上下限"]


class CriterionScores(TypedDict):
    """一个得分点的得分；null 为未评."""

    id: Annotated[CellValue, "编号，如 13(3)"]
    points: Annotated[CellValue, "分值"]
    answer: Annotated[CellValue, "自评答案"]
    claimed: Annotated[CellValue, "自评"]
    evidenced: Annotated[CellValue, "佐证"]
    reviewed: Annotated[CellValue, "核定"]
    ceiling: Annotated[CellValue, "最高可得"]
    reason: Annotated[CellValue, "计分理由"]


class ScoreData(Changes):
    """重算得分."""

    claimed: Annotated[Total, "自评合计"]
    evidenced: Annotated[Total, "佐证合计"]
    reviewed: Annotated[Total, "核定合计"]
    ceiling: Annotated[Total, "最高可得合计"]
    ranges: Annotated[TotalBounds, "四种合计的上下限"]
    sections: Annotated[list[SectionScores], "各部分"]
    indicators: Annotated[list[IndicatorScores], "各指标"]
    criteria: Annotated[list[CriterionScores], "各得分点"]
    rulings: Annotated[list[RulingData], "影响得分的待定事项，影响大的在前；以前某天的为空"]
    as_of: Annotated[str, "看的是以前哪一天；重算时为空"]
    since: Annotated[SinceData | None, "与上一轮相比；没有上一轮为 null"]


class AgreeData(Changes):
    """同意默认."""

    agreed: Annotated[list[AgreedData], "同意了哪些，影响大的在前"]
    left: Annotated[list[LeftOpen], "还没有裁定的"]
