"""What the program's own table asks of a rule holds for the same rule in the office's document.

So the same wording has the same open choices and the same defaults, whichever way the master was
made.
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace

from qcity_xl.core.master.model import Master, text
from qcity_xl.core.master.rulings import ABSENT, options_of
from qcity_xl.core.plan import Criterion, Plan, Ruling
from qcity_xl.core.rules import ParamsError, parse_rule
from qcity_xl.core.schema import CRITERIA, RULINGS
from qcity_xl.core.text import likeness
from qcity_xl.core.values import parse_number

_ALIKE = 0.45  # tried on a table of 112 criteria that both have, in other words
_REST = "未尽"  # the reader asks it of all levels; the table knows which leave nothing out
_ITEMS = (_REST, "其余", "部分", ABSENT, "累进", "不足一步", "口径", "边界", "前列", "中游", "逐年")


def with_known(plan: Plan, table: Master) -> Plan:
    """The plan, its open choices on a criterion as those of the same criterion of the table.

    The same are two criteria with the same rule and much the same words. What the table does not
    know is asked as the reader asks it.
    """
    known = _known(table)
    alike = _by_rule(table)
    same = {c.label: label for c in plan.criteria if (label := _same(c, alike))}
    asked: list[Ruling] = []
    for ruling in plan.rulings:
        there = known.get(same.get(ruling.subject, ""), {})
        if ruling.item in there:
            asked.append(replace(there[ruling.item], subject=ruling.subject))
        elif ruling.item != _REST or ruling.subject not in same:
            asked.append(ruling)
    rows = {ruling.key for ruling in asked}
    lacking = [
        replace(ruling, subject=mine)
        for mine, label in same.items()
        for ruling in known.get(label, {}).values()
        if replace(ruling, subject=mine).key not in rows
    ]
    return replace(plan, rulings=(*asked, *lacking))


def _known(table: Master) -> Mapping[str, Mapping[str, Ruling]]:
    """The table's choices that a rule goes by, by label and item."""
    found: dict[str, dict[str, Ruling]] = {}
    for ruling in _rulings(table):
        found.setdefault(ruling.subject, {})[ruling.item] = ruling
    return found


def _rulings(table: Master) -> Iterator[Ruling]:
    for row in table.rows(RULINGS).values():
        if text(row, "item") in _ITEMS:
            yield Ruling(
                text(row, "subject"),
                text(row, "item"),
                text(row, "question"),
                text(row, "default"),
                text(row, "reason"),
                options_of(row),
            )


def _by_rule(table: Master) -> Mapping[Hashable, list[tuple[str, str]]]:
    """Label and words of the table's criteria by what decides their points."""
    found: dict[Hashable, list[tuple[str, str]]] = {}
    for row in table.rows(CRITERIA).values():
        points = parse_number(row.get("points")) or 0.0
        rule = parse_rule(text(row, "kind"), text(row, "params"), points)
        words = f"{text(row, 'text')}{text(row, 'params')}"
        found.setdefault(rule.signature(), []).append((text(row, "label"), words))
    return found


def _same(criterion: Criterion, alike: Mapping[Hashable, list[tuple[str, str]]]) -> str:
    """The label of the same criterion in the table, "" if there is none."""
    try:
        rule = parse_rule(criterion.kind, criterion.params, criterion.points)
    except ParamsError:
        return ""
    best, found = _ALIKE, ""
    for label, words in alike.get(rule.signature(), ()):
        near = likeness(f"{criterion.text}{criterion.params}", words)
        if near >= best:
            best, found = near, label
    return found
