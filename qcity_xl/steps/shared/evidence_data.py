"""The keys of `qcity evidence --json`."""

from typing import Annotated, TypedDict

from qcity_xl.steps.shared.data import Changes


class GapData(TypedDict):
    """缺的一项佐证."""

    criterion: Annotated[str, "得分点编号"]
    unit: Annotated[str, "单位，未定为空"]
    kind: Annotated[str, "材料类型"]
    period: Annotated[str, "所属期"]
    state: Annotated[str, "缺失、未注日期、超出所属期等"]


class FaultData(TypedDict):
    """一行有毛病的佐证."""

    row: Annotated[str, "行键"]
    criteria: Annotated[str, "得分点"]
    unit: Annotated[str, "单位"]
    title: Annotated[str, "材料名称"]
    location: Annotated[str, "存放位置"]
    finding: Annotated[str, "检查结果，如 打不开：文件损坏、检查前过期、文件不存在"]


class ReuseData(TypedDict):
    """一份材料还可以用于的一个得分点."""

    row: Annotated[str, "行键"]
    title: Annotated[str, "材料名称"]
    criterion: Annotated[str, "缺这样材料的得分点"]
    kind: Annotated[str, "材料类型"]
    period: Annotated[str, "年份，不限时为空"]
    reason: Annotated[str, "为什么想到它"]


class ProposalData(TypedDict):
    """文件夹里的一份文件可以登记成的佐证."""

    file: Annotated[str, "文件，相对总表所在文件夹"]
    certain: Annotated[bool, "是否有把握"]
    row: Annotated[str, "「佐证」里缺文件的那一行；新登记的为空"]
    criterion: Annotated[str, "得分点"]
    unit: Annotated[str, "单位"]
    kind: Annotated[str, "材料类型"]
    title: Annotated[str, "材料名称"]
    dated: Annotated[str, "文件日期"]
    period: Annotated[str, "所属期"]
    reason: Annotated[str, "怎么认出来的"]
    doubt: Annotated[str, "哪里拿不准"]


class LeftFileData(TypedDict):
    """文件夹里没有对上的一份文件."""

    file: Annotated[str, "文件"]
    reason: Annotated[str, "原因"]


class EvidenceData(Changes):
    """标记缺失佐证."""

    needs: Annotated[int, "需要多少项"]
    missing: Annotated[list[GapData], "缺的各项"]
    findings: Annotated[dict[str, str], "「佐证」各行的检查结果，按行键"]
    faults: Annotated[list[FaultData], "有毛病的佐证"]
    reuse: Annotated[list[ReuseData], "还可用于别的得分点的佐证；只是建议"]
    proposals: Annotated[list[ProposalData], "从文件夹里找材料时认出的文件"]
    left: Annotated[list[LeftFileData], "从文件夹里找材料时没有对上的文件"]
