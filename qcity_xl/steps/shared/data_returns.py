"""The keys of `--json` of the steps that take returns in: see `data`."""

from typing import Annotated, TypedDict

from qcity_xl.steps.shared.data import CellValue, Changes


class FileData(TypedDict):
    """一份回收件."""

    file: Annotated[str, "文件名"]
    unit: Annotated[str, "单位"]
    round: Annotated[str, "轮次"]
    state: Annotated[str, "已合并、已合并过、未采用"]
    reason: Annotated[str, "原因或说明"]


class DecisionData(TypedDict):
    """一格的处理."""

    file: Annotated[str, "文件名"]
    unit: Annotated[str, "单位"]
    action: Annotated[str, "take 采用，keep 保留，conflict 冲突，refuse 未采用"]
    sheet: Annotated[str, "工作表"]
    row: Annotated[str, "行键"]
    column: Annotated[str, "表头"]
    base: Annotated[CellValue, "下发值"]
    ours: Annotated[CellValue, "总表值"]
    theirs: Annotated[CellValue, "回收值"]
    reason: Annotated[str, "理由"]


class BesideData(TypedDict):
    """回收件里填报的各格以外的一格."""

    file: Annotated[str, "文件"]
    unit: Annotated[str, "单位"]
    sheet: Annotated[str, "工作表"]
    cell: Annotated[str, "单元格"]
    words: Annotated[str, "写的内容"]
    reason: Annotated[str, "为什么不并入"]


class UnansweredData(TypedDict):
    """填报表里市的总表没有答上的一行."""

    unit: Annotated[str, "单位"]
    sheet: Annotated[str, "填报表的工作表"]
    row: Annotated[str, "任务、得分点的编号，或材料名称"]
    reason: Annotated[str, "为什么"]


class _Merged(Changes):
    files: Annotated[list[FileData], "各份回收件"]
    taken: Annotated[int, "采用多少格"]
    kept: Annotated[int, "保留多少格"]
    conflicts: Annotated[int, "冲突多少格"]
    refused: Annotated[int, "未采用多少格"]
    decisions: Annotated[list[DecisionData], "逐格的处理"]
    beside: Annotated[list[BesideData], "填报的各格以外写的，不并入总表"]
    unanswered: Annotated[list[UnansweredData], "各市的总表没有答上的，要自己填"]


class MergeData(_Merged, total=False):
    """合并回收."""

    replies: Annotated[list[str], "退回的文件；没有要求退回时没有这个键"]


class LeftConflict(TypedDict):
    """一条没有处理的冲突."""

    row: Annotated[str, "「冲突」的行键"]
    reason: Annotated[str, "原因"]


class ResolveData(Changes):
    """处理冲突."""

    resolved: Annotated[int, "处理了多少条"]
    left: Annotated[list[LeftConflict], "没有处理的"]
