"""A mistake in the user's data is a value, not an exception."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]
SEVERITY_NAMES: dict[Severity, str] = {"error": "错误", "warning": "提醒", "info": "提示"}


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
