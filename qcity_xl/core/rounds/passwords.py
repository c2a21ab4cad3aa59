"""打开口令: with which password a unit's pack is opened, and what is wrong with one."""

import re
from collections.abc import Iterator

from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.problems import Problem, Severity
from qcity_xl.core.schema import UNITS

_SHORTEST = 8
_ALLOWED = f"{_SHORTEST} 个以上半角字母、数字或符号，不含空格；不加密就留空"
_ODD = re.compile(r"[^!-~]")  # all but visible ASCII


def passwords(master: Master) -> dict[str, str]:
    """The password of each unit that has one; what is no text is none (see the problems)."""
    return {
        text(row, "name"): value
        for row in master.rows(UNITS).values()
        if isinstance(value := row.get("password"), str)
    }


def passwords_for(master: Master, file: str) -> list[str]:
    """All passwords, each once; those of units that the file's name has in it come first."""
    known = passwords(master)
    return list(dict.fromkeys(known[unit] for unit in sorted(known, key=lambda u: u not in file)))


def unreadable_passwords(master: Master) -> dict[str, Problem]:
    """Units whose password is a number or a date: 007 may have been typed, and 7 is stored."""
    return {
        text(row, "name"): problem
        for key, row in master.rows(UNITS).items()
        if (problem := _problem(master, key, row)) and problem.severity == "error"
    }


def check_passwords(master: Master) -> Iterator[Problem]:
    """Passwords are long enough, and units can type them. No message shows one."""
    found = (_problem(master, key, row) for key, row in master.rows(UNITS).items())
    return (problem for problem in found if problem)


def _problem(master: Master, key: str, row: Row) -> Problem | None:
    value = row.get("password")
    severity: Severity = "warning"
    if value is None:
        return None
    if not isinstance(value, str):
        found, severity = "是数字或日期，开头的 0 等可能已经丢了，不能用", "error"
        fix = "把这一格设为文本格式，重新填写"
    elif len(value) < _SHORTEST:
        found, fix = f"只有 {len(value)} 个字，容易被猜中", "换一个长的，电话告诉单位"
    elif _ODD.search(value):
        found, fix = "里有空格、全角字符或汉字，单位不好输入", "换成半角的，电话告诉单位"
    else:
        return None
    words = (f"“{text(row, 'name')}”的打开口令{found}", _ALLOWED, fix)
    return Problem("password", severity, UNITS.sheet, master.cell(UNITS, key, "password"), *words)
