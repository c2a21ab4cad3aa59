"""The keys of 接收台账's `--json`, typed as those in data.py."""

from typing import Annotated, TypedDict

from qcity_xl.steps.shared.data import Changes


class LeftCellData(TypedDict):
    """台账里没有归处的一格."""

    sheet: Annotated[str, "工作表或表"]
    cell: Annotated[str, "单元格"]
    text: Annotated[str, "原文"]
    reason: Annotated[str, "为什么"]


class QuestionData(TypedDict):
    """新表和总表里拿不准是不是同一项的."""

    kind: Annotated[str, "指标、得分点或任务"]
    old_no: Annotated[str, "总表里的编号"]
    old: Annotated[str, "总表里的文字"]
    new_no: Annotated[str, "新表里的编号"]
    new: Annotated[str, "新表里的文字"]


class RevisedData(QuestionData):
    """新旧对照的一行."""

    change: Annotated[str, "新增、取消、改号、改文字、改分值等"]
    held: Annotated[str, "取消时各栏的内容"]


class AdoptData(Changes):
    """接收台账、换用新表."""

    kind: Annotated[str, "book 台账，table 新版任务分解表"]
    taken: Annotated[int, "采用了多少格"]
    there: Annotated[int, "总表本来就有的多少格"]
    conflicts: Annotated[int, "与总表不同、列入「冲突」的多少格"]
    left: Annotated[list[LeftCellData], "没有归处的各格"]
    told: Annotated[list[str], "按什么对上、记在谁名下、哪些变了，请核对"]
    revised: Annotated[list[RevisedData], "换用新表时的新旧对照"]
    questions: Annotated[list[QuestionData], "拿不准的，说明之前什么都不写"]
    blocked: Annotated[list[str], "为什么不能换用新表"]
