"""A mistake in the user's data is a value, not an exception."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]
SEVERITY_NAMES: dict[Severity, str] = {"error": "错误", "warning": "提醒", "info": "提示"}
# What 问题 calls each check; its code is for programs.
CHECK_NAMES = {
    "row-id": "行键",
    "number-as-text": "编号格式",
    "duplicate": "重复",
    "alias": "别名",
    "blank": "缺内容",
    "points": "分值",
    "sum": "分值合计",
    "choice": "选项",
    "date": "日期",
    "deadline": "完成时限",
    "period": "佐证周期",
    "orphan": "编号引用",
    "no-task": "缺任务",
    "no-criterion": "缺得分点",
    "unknown-unit": "单位名称",
    "group-without-members": "组成员",
    "contact": "联系方式",
    "password": "打开口令",
    "rule": "计分方式",
    "answer": "答案",
    "setting": "设置",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where it is, what was found, what is allowed, what to do."""

    code: str
    severity: Severity
    sheet: str
    cell: str
    found: str
    allowed: str
    fix: str

    def sentence(self) -> str:
        """The problem as one Chinese sentence."""
        where = f"「{self.sheet}」{self.cell}".rstrip()
        allowed = f"应为：{self.allowed}。" if self.allowed else ""
        return f"{where}：{self.found}。{allowed}{self.fix}。"
