"""The keys of --json that compare with what was."""

from typing import Annotated, TypedDict


class GainData(TypedDict):
    """一种得分的变化；加分不计在内，null 为未评."""

    section: Annotated[str, "部分编号；合计为空"]
    score: Annotated[str, "自评、佐证、核定或最高可得"]
    before: Annotated[float | None, "上一轮最后一次重算"]
    now: Annotated[float | None, "现在"]


class MovedData(TypedDict):
    """一个单位在一项任务上的完成情况的变化."""

    task: Annotated[str, "任务"]
    unit: Annotated[str, "单位"]
    before: Annotated[str, "以前报的，没有报过为空"]
    now: Annotated[str, "这一轮报的"]


class SinceData(TypedDict):
    """与上一轮相比."""

    round: Annotated[str, "上一轮；下发第一轮之前为空"]
    date: Annotated[str, "上一轮最后一次重算的日期"]
    gains: Annotated[list[GainData], "变化了的合计和各部分得分"]
    progress: Annotated[list[MovedData], "变化了的完成情况"]
