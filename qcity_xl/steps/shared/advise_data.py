"""The keys of `advise --json`, typed as those in data.py."""

from typing import Annotated, TypedDict

from qcity_xl.steps.shared.data import CellValue, Changes
from qcity_xl.steps.shared.score_data import Total


class NextStepData(TypedDict):
    """一步."""

    criterion: Annotated[str, "得分点编号"]
    unit: Annotated[str, "自评单位，未定为空"]
    gain: Annotated[float, "加几分；按次序办，合起来正好是总的加分"]
    text: Annotated[str, "得分点"]
    section: Annotated[CellValue, "部分编号"]
    indicator: Annotated[CellValue, "指标编号"]
    bonus: Annotated[bool, "是否加分项"]
    answer: Annotated[CellValue, "现在的答案"]
    target: Annotated[CellValue, "要做到什么，只缺佐证的为 null"]
    missing: Annotated[list[str], "要补的佐证"]
    deadline: Annotated[str, "相关任务的完成时限"]
    effort: Annotated[float, "难度"]


class GroupData(TypedDict):
    """一个单位或一个部分要办的."""

    name: Annotated[str, "单位，或部分的编号和名称"]
    steps: Annotated[int, "几步"]
    gain: Annotated[float, "加几分"]
    effort: Annotated[float, "难度合计"]


class AssumedData(TypedDict):
    """一条假设."""

    criterion: Annotated[str, "得分点编号"]
    answer: Annotated[str, "假设的答案"]


class AdviseData(Changes):
    """加分建议."""

    score: Annotated[str, "按哪种得分算：evidenced 佐证，claimed 自评"]
    points: Annotated[float | None, "要再得几分，没有说的为 null，按「设置」的“再得几分”"]
    feasible: Annotated[bool, "做不做得到"]
    greatest: Annotated[float, "最多还能得几分"]
    gain: Annotated[float, "这些步骤一共加几分"]
    effort: Annotated[float, "难度合计"]
    steps: Annotated[list[NextStepData], "花力气最少的一组办法，最合算的在前"]
    units: Annotated[list[GroupData], "按单位"]
    sections: Annotated[list[GroupData], "按部分"]
    assumed: Annotated[list[AssumedData], "假设的答案"]
    before: Annotated[Total, "现在的得分"]
    now: Annotated[Total, "照假设的得分，没有假设的与现在相同"]
    closed: Annotated[list[str], "没有办法可列的得分点：已核定、只由评审给分、不适用、不办"]
