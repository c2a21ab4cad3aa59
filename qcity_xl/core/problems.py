"""A mistake in the user's data is a value, not an exception."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
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


_NAMED = re.compile("(“[^”]*”)(.+)", re.DOTALL)  # what it is about, and what is wrong with it
_CELL = re.compile(r"([A-Z]+)(\d+)")
_MANY, _SHOWN = 3, 3  # that many of a kind are one sentence; so many names stand in it


def told_together(problems: Iterable[Problem]) -> list[Problem]:
    """The problems for people: what a column has in many cells is one, with all these cells.

    “甲”没有邮箱 and more become “甲”“乙”“丙”等17处没有邮箱, where the first one stood.
    """
    alike: dict[tuple[str, ...], list[Problem]] = {}
    for number, problem in enumerate(problems):
        match, place = _NAMED.fullmatch(problem.found), _CELL.fullmatch(problem.cell)
        said = (place[1], match[2]) if match and place else (str(number), problem.found)
        key = (problem.code, problem.severity, problem.sheet, *said, problem.allowed, problem.fix)
        alike.setdefault(key, []).append(problem)
    found: list[Problem] = []
    for group in alike.values():
        found += [_joined(group)] if len(group) >= _MANY else group
    return found


def _joined(group: list[Problem]) -> Problem:
    said = [match for problem in group if (match := _NAMED.fullmatch(problem.found))]
    names = "".join(match[1] for match in said[:_SHOWN])
    many = f"等{len(group)}处" if len(group) > _SHOWN else ""
    return replace(group[0], cell=_cells(group), found=f"{names}{many}{said[0][2]}")


def _cells(group: list[Problem]) -> str:
    """The cells of one column: F7、F14:F19."""
    places = [match for problem in group if (match := _CELL.fullmatch(problem.cell))]
    column, runs = places[0][1], list[list[int]]()
    for row in sorted({int(match[2]) for match in places}):
        if runs and runs[-1][-1] == row - 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    ends = ((run[0], run[-1]) for run in runs)
    return "、".join(f"{column}{a}" if a == b else f"{column}{a}:{column}{b}" for a, b in ends)
