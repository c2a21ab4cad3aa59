"""Answers to try on a criterion: they meet each tier of its rule, and what lies between.

What they are worth, the scorer says; nothing here knows points.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from qcity_xl.core.quantities import COUNTERS, quantity_text
from qcity_xl.core.rules import Question
from qcity_xl.core.rules.bands import Bands
from qcity_xl.core.rules.base import Rule, Rulings
from qcity_xl.core.rules.conditions import Condition
from qcity_xl.core.rules.count import CountRule
from qcity_xl.core.rules.deduct import Deduct
from qcity_xl.core.rules.levels import choices_in_full
from qcity_xl.core.rules.minus import Minus
from qcity_xl.core.rules.proportion import Proportion
from qcity_xl.core.rules.rank import Rank
from qcity_xl.core.rules.steps import Steps
from qcity_xl.core.rules.tally import Tally
from qcity_xl.core.values import Value, parse_number

_MOST = 60  # answers of one kind; no rule of a plan has more tiers
_PARTS = 4  # a proportion is tried by quarters


def trial_answers(question: Question) -> tuple[Value, ...]:
    """Answers that the rule takes, as people write them: what its wording names first."""
    rule = question.rule
    listed: tuple[Value, ...] = choices_in_full(rule, question.rulings)
    found = listed or tuple(_answers(rule, question.rulings))
    return tuple(dict.fromkeys(found))


def _answers(rule: Rule, rulings: Rulings) -> Iterator[Value]:
    if isinstance(rule, Bands):
        yield from _in_bands(rule)
    elif isinstance(rule, Steps):
        yield from _by_steps(rule)
    elif isinstance(rule, Rank):
        yield from _by_rank(rule, rulings)
    elif isinstance(rule, Proportion):
        yield from _by_quarters(rule)
    elif isinstance(rule, CountRule):
        yield from _counted(rule.things, rule.points)
    elif isinstance(rule, Deduct | Minus):
        yield from _counted(rule.faults, getattr(rule, "most", None) or rule.points or 1)


def _in_bands(rule: Bands) -> Iterator[Value]:
    unit, span = rule.measure.unit, rule.span
    ends = sorted({end for condition, _ in rule.bands for end in _ends(condition)})
    first = [_just_meeting(condition, whole=span.whole) for condition, _ in rule.bands]
    between = [(a + b) / 2 for a, b in pairwise(ends)]
    outside = [ends[0] / 2, ends[-1] + 1, 0.0]
    for number in (*first, *ends, *between, *outside):
        whole = round(number) if span.whole or unit in COUNTERS else round(number, 6)
        if span.holds(whole):
            yield quantity_text(whole, unit)


def _ends(condition: Condition) -> Iterator[float]:
    yield condition.number
    if condition.also:
        yield from _ends(condition.also)


def _just_meeting(condition: Condition, *, whole: bool) -> float:
    """The number that meets a threshold with nothing to spare."""
    tick = 1.0 if whole or condition.unit in COUNTERS else 0.01
    return condition.number + {">": tick, "<": -tick}.get(condition.op, 0.0)


def _by_steps(rule: Steps) -> Iterator[Value]:
    down = -1 if rule.base.op == ">=" else 1
    count = min(_MOST, int(rule.points / rule.minus) + 2)
    whole = [rule.base.number + down * rule.step * k for k in range(count)]
    ends = dict.fromkeys((*whole[:2], *whole[-2:]))  # between other steps it is the same
    parts = [number + down * rule.step * part for number in ends for part in (0.4, 0.9)]
    for number in (*whole, *parts):
        if rule.span.holds(round(number, 6)):
            yield quantity_text(round(number, 6), rule.base.unit)


def _by_rank(rule: Rank, rulings: Rulings) -> Iterator[Value]:
    words = [place.last for place in rule.places if place.last and not place.per_place]
    if words and parse_number(words[0]) is None:
        yield from (word for word in words if parse_number(word) is None)
    named = [rulings.get(place.last, place.last) for place in rule.places]
    bounds = sorted(int(bound) for name in named if (bound := parse_number(name)))
    falling = any(place.per_place for place in rule.places)
    last = min(bounds[-1] if bounds else 1, _MOST)
    yield from (f"第{rank}名" for rank in (range(1, last + 1) if falling else bounds))
    yield from (f"第{rank}名" for bound in bounds for rank in (max(1, bound // 2), bound + 1))


def _by_quarters(rule: Proportion) -> Iterator[Value]:
    for part in range(_PARTS, -1, -1):
        number = rule.target * part / _PARTS
        whole = float(int(number)) if rule.unit in COUNTERS else round(number, 6)
        yield quantity_text(whole, rule.unit)


def _counted(things: Tally, most: float) -> Iterator[Value]:
    """None, then one more of a class each time, until these alone are worth all of it."""
    yield "0" if not things.classes[0].label else "无"
    for each in things.classes:
        enough = most / each.points if each.points else 0
        times = 1 if each.once else min(_MOST, int(-(-enough // 1)) or 1)
        for count in range(1, times + 1):
            if each.label:
                yield f"{each.label}{count}"
            else:
                yield quantity_text(count * each.size, _unit_of(things))
        if not each.label and each.size != 1:
            yield quantity_text(each.size / 2, _unit_of(things))


def _unit_of(things: Tally) -> str:
    return re.sub(r"^每", "", things.classes[0].unit)
