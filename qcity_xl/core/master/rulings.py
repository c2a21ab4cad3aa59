"""What a row of 待定事项 settles: the office's 裁定 where it is one of the choices, else 默认."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qcity_xl.core.text import fold
from qcity_xl.core.values import Value, parse_number

ABSENT = "缺项"  # what becomes of the points of a criterion that does not apply
DUTY = "责任"  # names a unit, under any of its names
AGREE = "同意"  # what a dropdown offers for taking the default
_AGREEING = {fold(word) for word in (AGREE, "同意默认", "按默认", "默认", "可以", "无异议")}


@dataclass(frozen=True, slots=True)
class Settled:
    """What holds, None for nothing; whether the office said so; what its 裁定 should have been."""

    value: str | None
    ruled: bool = False
    allowed: str = ""


def options_of(row: Mapping[str, Value]) -> tuple[str, ...]:
    """The entries of 可选; none where any words will do."""
    parts = str(row.get("options") or "").split("/")
    return tuple(part.strip() for part in parts if part.strip())


def settle(row: Mapping[str, Value]) -> Settled:
    """What a row settles. A 裁定 that is none of the choices leaves the default."""
    default = None if row.get("default") is None else str(row.get("default"))
    choice = str(row.get("choice") if row.get("choice") is not None else "").strip()
    if not choice:
        return Settled(default)
    if fold(choice) in _AGREEING:
        return Settled(default, ruled=default is not None)
    if row.get("item") == DUTY:
        return Settled(choice, ruled=True)
    options = options_of(row)
    if options:
        found = next((option for option in options if fold(option) == fold(choice)), None)
        if found is None:
            return Settled(default, allowed="、".join((*options, AGREE)))
        return Settled(found, ruled=True)
    if default is not None and parse_number(default) is not None and _number(choice) is None:
        return Settled(default, allowed=f"一个数，如 {default}，或 {AGREE}")
    return Settled(choice, ruled=True)


def held_rulings(rows: Iterable[Mapping[str, Value]]) -> dict[str, dict[str, str]]:
    """What holds for each subject: item -> choice, or the default without one."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        value = settle(row).value
        if value is not None:
            found.setdefault(str(row.get("subject")), {})[str(row.get("item"))] = value
    return found


def _number(choice: str) -> float | None:
    """The number in 前10名, 10分, 10."""
    return parse_number(fold(choice).lstrip("前第").rstrip("分名位"))
