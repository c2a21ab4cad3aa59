"""What `new` puts out of a document under --json (see data.py)."""

from typing import Annotated, TypedDict

from qcity_xl.steps.shared.data import ProblemData


class RecoveredData(TypedDict):
    """文件里丢失、由评分办法推出的分值."""

    indicator: Annotated[int, "指标编号"]
    points: Annotated[float, "推出的分值"]
    source: Annotated[str, "怎样推出"]


class GuessData(TypedDict):
    """读文件时的一处推断."""

    where: Annotated[str, "在文件的什么地方"]
    subject: Annotated[str, "关于哪个指标、得分点或任务"]
    what: Annotated[str, "推断的是什么"]
    taken: Annotated[str, "取了什么，空为留空"]
    reason: Annotated[str, "为什么"]


class UnplacedData(TypedDict):
    """没有归入任何位置的原文."""

    where: Annotated[str, "在文件的什么地方"]
    text: Annotated[str, "原文"]


class ColumnData(TypedDict):
    """文件里一张表的一列怎么读."""

    table: Annotated[str, "哪张表"]
    column: Annotated[str, "哪一列，如 C列、第3列"]
    header: Annotated[str, "表头原文"]
    meaning: Annotated[str, "读作什么，空为不认识"]
    why: Annotated[str, "不是按表头定的，凭什么定"]


class RuleData(TypedDict):
    """一个得分点怎么计分."""

    criterion: Annotated[str, "得分点编号，如 13(3)"]
    text: Annotated[str, "得分点"]
    points: Annotated[float, "分值"]
    kind: Annotated[str, "计分方式"]
    params: Annotated[str, "参数"]
    reading: Annotated[str, "用一句话说"]


class NamedData(TypedDict):
    """读到的一个单位或组."""

    name: Annotated[str, "名称"]
    kind: Annotated[str, "单位 或 组"]


class ProofData(TypedDict):
    """文件读得全不全."""

    recovered: Annotated[list[RecoveredData], "推出的分值"]
    guesses: Annotated[list[GuessData], "推断，都列入「待定事项」"]
    problems: Annotated[list[ProblemData], "读文件时的问题"]
    unplaced: Annotated[list[UnplacedData], "没有归入任何位置的原文"]
    columns: Annotated[list[ColumnData], "各表的各列怎么读"]
    rules: Annotated[list[RuleData], "各得分点怎么计分；没有给文件时为空，下同"]
    named: Annotated[list[NamedData], "读到的单位和组"]


class NewData(ProofData):
    """新建总表."""

    sections: Annotated[int, "部分数"]
    indicators: Annotated[int, "指标数"]
    criteria: Annotated[int, "得分点数"]
    tasks: Annotated[int, "任务数"]
    units: Annotated[int, "单位数，不含组"]
    groups: Annotated[int, "组数"]
    points: Annotated[float, "基本分合计"]
    bonus: Annotated[float, "加分合计"]
