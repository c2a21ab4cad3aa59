"""Which defaults of 待定事项 can be agreed to in one step."""

from collections.abc import Mapping
from dataclasses import dataclass

from qcity_xl.core.master.model import Master, text
from qcity_xl.core.master.rulings import settle
from qcity_xl.core.schema import RULINGS, UNITS
from qcity_xl.core.schema.words import GROUP
from qcity_xl.core.text import fold, number_text

_MEMBERS = "成员"


@dataclass(frozen=True, slots=True)
class Agreement:
    """By row ids: the defaults to agree to, and why others stay open; what moves most is first.

    `faulty` are those of the others whose 裁定 is none of the choices.
    """

    agreed: Mapping[str, str]
    left: Mapping[str, str]
    faulty: frozenset[str]


def agree_to_defaults(
    master: Master, weights: Mapping[str, float], *, harmless: bool = False
) -> Agreement:
    """Sort out the rows that nobody ruled on; `weights` says how many points each moves at most.

    With `harmless` those that move points stay open.
    """
    agreed: dict[str, str] = {}
    left: dict[str, str] = {}
    faulty = set()
    told = _groups_with_members(master)
    rows = master.rows(RULINGS)
    for key in sorted(rows, key=lambda key: -weights.get(key, 0.0)):
        row, settled = rows[key], settle(rows[key])
        if settled.ruled or not text(row, "subject") or fold(text(row, "subject")) in told:
            continue
        if settled.allowed:
            left[key] = f"裁定填的“{text(row, 'choice')}”不是可选的，改成：{settled.allowed}"
            faulty.add(key)
        elif settled.value is None:
            left[key] = _without_default(text(row, "item"))
        elif harmless and weights.get(key):
            left[key] = f"影响得分，最多差{number_text(weights[key])}分"
        else:
            agreed[key] = settled.value
    return Agreement(agreed, left, frozenset(faulty))


def _without_default(item: str) -> str:
    if item == _MEMBERS:
        return f"没有默认：请在「{UNITS.sheet}」写明这个组的成员单位"
    return "没有默认：请在“裁定”里填"


def _groups_with_members(master: Master) -> set[str]:
    """Groups whose members were written on 单位: what was asked of them is settled there."""
    return {
        fold(text(row, "name"))
        for row in master.rows(UNITS).values()
        if text(row, "kind") == GROUP and text(row, "members")
    }
