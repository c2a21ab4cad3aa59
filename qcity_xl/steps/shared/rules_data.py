"""The keys of --json of 检查规则."""

from typing import Annotated, TypedDict


class WayData(TypedDict):
    """一种理解."""

    words: Annotated[str, "怎样理解"]
    points: Annotated[float, "照这样理解得多少分"]


class FindingData(TypedDict):
    """规则里没有写清的一处."""

    criterion: Annotated[str, "得分点，如 13(3)；指标编号，如 21；或 部分6"]
    kind: Annotated[str, "类别的代号，如 gap 空档，word 词义未定，yearly 取哪一年"]
    name: Annotated[str, "类别"]
    found: Annotated[str, "哪里没有写清"]
    options: Annotated[list[WayData], "各种理解和得分，由计分程序算出"]
    effect: Annotated[float, "最多与最少相差多少分"]


class RulesData(TypedDict):
    """检查规则."""

    findings: Annotated[list[FindingData], "全部，影响得分多的在前"]
