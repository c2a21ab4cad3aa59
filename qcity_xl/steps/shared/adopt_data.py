"""The keys of 接收台账's `--json`, typed as those in data.py."""

from typing import Annotated, TypedDict

from qcity_xl.steps.shared.data import Changes


class LeftCellData(TypedDict):
    """台账里没有归处的一格."""

    sheet: Annotated[str, "工作表或表"]
    cell: Annotated[str, "单元格"]
    text: Annotated[str, "原文"]
    reason: Annotated[str, "为什么"]


class AdoptData(Changes):
    """接收台账."""

    kind: Annotated[str, "book 台账，table 新版任务分解表"]
    taken: Annotated[int, "采用了多少格"]
    there: Annotated[int, "总表本来就有的多少格"]
    conflicts: Annotated[int, "与总表不同、列入「冲突」的多少格"]
    left: Annotated[list[LeftCellData], "没有归处的各格"]
    told: Annotated[list[str], "按什么对上、记在谁名下，请核对"]
