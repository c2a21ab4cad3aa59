"""The keys of each step's `--json`, typed; docs/JSON输出.md is made from here.

What stands after a type is what the key means; a cell's value is text, a number or null, a date
text such as 2016-05-01.
"""

from typing import Annotated, Any, TypedDict

from qcity_xl.steps.shared.rules_data import FindingData

CellValue = str | float | None


class ProblemData(TypedDict):
    """一个问题."""

    code: Annotated[str, "检查项的代号"]
    severity: Annotated[str, "error 错误，warning 提醒，info 提示"]
    sheet: Annotated[str, "工作表"]
    cell: Annotated[str, "单元格，说的是整张表时为空"]
    found: Annotated[str, "查到什么"]
    allowed: Annotated[str, "应为什么"]
    fix: Annotated[str, "怎么改"]


class ChangeData(TypedDict):
    """总表的一格改动."""

    sheet: Annotated[str, "工作表"]
    row: Annotated[str, "行键"]
    column: Annotated[str, "表头"]
    old: Annotated[CellValue, "原值"]
    new: Annotated[CellValue, "新值"]


class Changes(TypedDict):
    """写总表的步骤都有."""

    changes: Annotated[int, "改动多少格；预演时是将要改动的"]
    changed: Annotated[list[ChangeData], "逐格的改动"]


class CheckData(TypedDict):
    """检查."""

    problems: Annotated[list[ProblemData], "全部问题；只检查规则时不查，为空"]
    changes: Annotated[int, "「问题」改动多少格"]
    findings: Annotated[list[FindingData], "只检查规则时：规则里没有写清的地方"]


class PackData(TypedDict):
    """一份填报表."""

    unit: Annotated[str, "单位"]
    file: Annotated[str, "文件"]
    tasks: Annotated[int, "任务数"]
    sha256: Annotated[str, "内容的 SHA-256，加口令前"]


class SplitData(TypedDict):
    """拆分下发."""

    round: Annotated[str, "轮次"]
    packs: Annotated[list[PackData], "各单位的填报表"]
    locked: Annotated[list[str], "要口令打开的单位"]
    problems: Annotated[list[ProblemData], "没有下发的，及原因"]


class UnitOrderData(TypedDict):
    """一项单位变更."""

    kind: Annotated[str, "rename 更名，merge 合并，split 拆分，abolish 撤销"]
    old: Annotated[list[str], "原来的单位"]
    new: Annotated[list[str], "接替的单位"]
    changes: Annotated[int, "改动多少格；以前办过的为 0"]
    notices: Annotated[list[str], "要人核对的"]


class UnitsData(Changes):
    """单位变更."""

    orders: Annotated[list[UnitOrderData], "逐项的变更"]


class MessageData(TypedDict):
    """一封邮件，或不发的原因."""

    unit: Annotated[str, "单位"]
    to: Annotated[list[str], "收件地址"]
    state: Annotated[str, "待发送、已发送、已存草稿、发送失败、待核实等"]
    note: Annotated[str, "说明"]
    subject: Annotated[str, "主题"]
    files: Annotated[list[str], "附件"]
    message_id: Annotated[str, "Message-ID"]


class SendData(TypedDict):
    """发送."""

    round: Annotated[str, "轮次"]
    messages: Annotated[list[MessageData], "各单位的邮件"]
    problems: Annotated[list[ProblemData], "发送前要先解决的问题"]


class OpenItem(TypedDict):
    """一件没有完成的事."""

    no: Annotated[str, "任务或得分点的编号"]
    text: Annotated[str, "内容"]
    note: Annotated[str, "缺什么"]


class LateData(TypedDict):
    """一个没报、没报全的单位."""

    unit: Annotated[str, "单位"]
    days: Annotated[int, "逾期天数，没到期为负或零"]
    level: Annotated[str, "该发的：提醒、催办、督办，空为不发"]
    state: Annotated[str, "未报送、未报全"]
    due: Annotated[str | None, "截止日期"]
    items: Annotated[list[OpenItem], "还缺的事项"]
    told: Annotated[str, "这一级发过没有"]


class ChaseData(SendData):
    """催办."""

    late: Annotated[list[LateData], "未报送名单"]
    quiet: Annotated[bool, "今天不发"]
    files: Annotated[list[str], "写成的 Word 文件"]


ReceivedData = TypedDict(  # "from" is no name of Python's
    "ReceivedData",
    {
        "file": Annotated[str, "文件名"],
        "unit": Annotated[str, "单位，不知道为空"],
        "round": Annotated[str, "轮次"],
        "state": Annotated[str, "已收、已收过、原件、附件、无附件（邮件里没有文件）、未采用"],
        "reason": Annotated[str, "原因或说明"],
        "place": Annotated[str, "附件、没有采用的放在哪里，从总表所在文件夹起；别的为空"],
        "from": Annotated[str, "寄件地址"],
        "date": Annotated[str, "邮件日期"],
        "subject": Annotated[str, "邮件主题"],
    },
)
ReceivedData.__doc__ = "收到的一个文件."


class CollectData(TypedDict):
    """收件."""

    received: Annotated[list[ReceivedData], "看到的各个文件"]
    packs: Annotated[str, "填报表存放的文件夹，接着合并它"]
    stopped: Annotated[str, "中途停下的原因"]
    problems: Annotated[list[ProblemData], "「设置」里的问题"]


class CriterionWhy(TypedDict):
    """一个得分点得分的全部依据."""

    label: Annotated[str, "编号"]
    text: Annotated[str, "内容"]
    owner: Annotated[str, "自评单位"]
    points: Annotated[float, "分值"]
    answer: Annotated[str, "自评答案"]
    allowed: Annotated[str, "可以填什么"]
    reading: Annotated[str, "规则释义：程序怎样理解这条规则，和分界处的试算"]
    gaps: Annotated[list[str], "缺的佐证"]
    rulings: Annotated[dict[str, str], "待定事项上管它的：裁定，没有裁定的是默认"]
    ruled: Annotated[list[str], "其中办公室裁定过的事项"]
    tasks: Annotated[list[str], "相关任务"]
    claimed: Annotated[float | None, "自评"]
    evidenced: Annotated[float | None, "佐证"]
    reviewed: Annotated[float | None, "核定"]
    ceiling: Annotated[float, "最高可得"]
    reason: Annotated[str, "计分理由"]
    left_out: Annotated[list[str], "按合理缺项剔除的是哪几种得分"]
    rescaled: Annotated[list[str], "其中折算的是哪几种"]


class WhyData(TypedDict):
    """得分理由."""

    criteria: Annotated[list[CriterionWhy], "各得分点"]


class SourceFile(TypedDict):
    """一次操作用到的文件."""

    file: Annotated[str, "文件名"]
    sha256: Annotated[str, "SHA-256"]


class OperationData(TypedDict):
    """一次操作."""

    operation: Annotated[int, "操作号"]
    time: Annotated[str, "时间"]
    user: Annotated[str, "操作人"]
    command: Annotated[str, "步骤"]
    source: Annotated[str, "轮次、撤销的操作等"]
    files: Annotated[list[SourceFile], "用到的文件"]
    undoes: Annotated[int | None, "撤销的是哪次操作"]
    changes: Annotated[int, "改动多少格"]


class LogData(TypedDict):
    """日志核对."""

    operations: Annotated[list[OperationData], "全部操作"]
    problems: Annotated[list[ProblemData], "日志被改动的地方，核对时才查"]


class HeldData(ChangeData):
    """撤销时没有动的一格."""

    now: Annotated[CellValue, "现值"]
    held_by: Annotated[int | None, "后来改它的操作，null 为手工"]


class _Undone(Changes):
    restored: Annotated[int, "恢复多少格"]
    left: Annotated[list[HeldData], "后来又改过、没有动的"]


class UndoData(_Undone, total=False):
    """撤销."""

    operation: Annotated[int, "撤销的操作；没有可以撤销的时没有这个键"]


class HealthData(TypedDict):
    """查的一项."""

    name: Annotated[str, "查什么"]
    ok: Annotated[bool, "是否正常"]
    found: Annotated[str, "查到什么"]
    fix: Annotated[str, "怎么修，正常的为空"]


class DoctorData(Changes):
    """自检总表."""

    checks: Annotated[list[HealthData], "逐项的结果"]
    mended: Annotated[list[str], "修好的（预演时是将要修的）"]
    aside: Annotated[str, "损坏的原件另存成的文件，没有另存的为空"]


class DemoData(TypedDict):
    """演示."""

    folder: Annotated[str, "演示放在哪里"]
    steps: Annotated[list[dict[str, Any]], "各步：title 做了什么，其余是那一步的输出"]
