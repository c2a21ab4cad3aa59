"""Thresholds and places: what lies between them, on them and below them."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from qcity_xl.core.lint.case import Case
from qcity_xl.core.lint.findings import Finding
from qcity_xl.core.quantities import quantity_text
from qcity_xl.core.rules.bands import Bands
from qcity_xl.core.rules.comparisons import find_conditions
from qcity_xl.core.rules.conditions import Condition
from qcity_xl.core.rules.judged import Judged
from qcity_xl.core.rules.levels import Levels
from qcity_xl.core.rules.met import Met
from qcity_xl.core.rules.rank import Rank
from qcity_xl.core.rules.spoken import fine_step, in_words
from qcity_xl.core.rules.steps import Steps
from qcity_xl.core.text import number_text
from qcity_xl.core.values import parse_number

_STRICT = {">": ">=", "<": "<="}


def gaps(case: Case) -> Iterator[Finding]:
    """Values or cases that no band or level names."""
    rule = case.rule
    if isinstance(rule, Levels) and "未尽" in case.question.rulings:
        ways = (
            (f"按“{label}”这一档", case.score("其他情形", {"未尽": number_text(points)}))
            for points, label in rule.levels[1:]
        )
        about = str(case.asked["未尽"].get("question") or "") if "未尽" in case.asked else ""
        yield case.finding("gap", about or "有的情形不在各档之内", *ways)
    if isinstance(rule, Bands):
        for value in _between(rule, case.wording):
            shown = quantity_text(value, rule.bands[0][0].unit)
            lowest = min((p for _, p in rule.bands if p), default=0)
            yield case.finding(
                "gap",
                f"{shown}一类的数不在各档之内，文件未写怎样得分",
                ("得0分", case.score(shown, {"其余": "0"})),
                ("按得分的最低一档", case.score(shown, {"其余": number_text(lowest)})),
            )


def _between(rule: Bands, wording: str) -> Iterator[float]:
    """A value of each stretch that no band holds; below a single threshold nothing is due."""
    unit = rule.bands[0][0].unit
    told = [c for c in find_conditions(wording) if c.unit == unit and c.op in ("<", "<=")]
    ends = sorted({c.number for band, _ in rule.bands for c in (band, band.also) if c})
    edges = [rule.span.low if rule.span.low > 0 else 0.0, *ends]
    if rule.span.high < float("inf"):
        edges.append(rule.span.high)
    for low, high in pairwise(edges):
        value = high - fine_step(high, whole=rule.span.whole)
        first = low == edges[0]
        named = [c for c in (*(band for band, _ in rule.bands), *told) if c.holds(value)]
        below = first and (len(rule.bands) < 2 or _denied(wording, quantity_text(high, unit)))
        if low < value < high and rule.span.holds(value) and not named and not below:
            yield round(value, 9)


def _denied(wording: str, lowest: str) -> bool:
    """Whether the wording itself speaks of what is below the lowest threshold: 达不足1张."""
    return any(f"{word}{lowest}" in wording for word in ("不足", "不到", "低于", "少于", "未达到"))


def overlaps(case: Case) -> Iterator[Finding]:
    """Values that two bands name, neither of which lies within the other."""
    rule = case.rule
    if not isinstance(rule, Bands) or rule.cumulative:
        return
    tried = [*(c.number for band, _ in rule.bands for c in (band, band.also) if c)]
    tried += [n + d for n in tried for d in (-1e-3, 1e-3)]
    held = [(band, worth, {v for v in tried if band.holds(v)}) for band, worth in rule.bands]
    for at, (band, worth, mine) in enumerate(held):
        for other, less, theirs in held[at + 1 :]:
            both = [v for v in mine & theirs if rule.span.holds(v)]
            if worth != less and both and not (mine <= theirs or theirs <= mine):
                value = min(both, key=lambda v: (not float(v).is_integer(), v))
                shown = quantity_text(round(value, 9), band.unit)
                yield case.finding(
                    "overlap",
                    f"{shown}同在“{in_words(band)}”和“{in_words(other)}”两档",
                    ("归得分多的一档", max(worth, less)),
                    ("归得分少的一档", min(worth, less)),
                )


def unreachable(case: Case) -> Iterator[Finding]:
    """Levels, bands and places that nothing leads to, and full points that nothing earns."""
    rule, points = case.rule, case.question.points
    if isinstance(rule, Bands) and not rule.cumulative:
        for n, (band, worth) in enumerate(rule.bands):
            better = [c for c, p in (*rule.bands[:n], *rule.bands[n + 1 :]) if p > worth]
            if not rule.span.holds(band.number) or any(_within(band, c) for c in better):
                found = f"“{in_words(band)}”一档永远用不上"
                yield case.finding("unreachable", found, ("照写的", 0.0), ("用得上时", worth))
    if isinstance(rule, Rank):
        bounds = [(place, _bound(case, place.last)) for place in rule.places if place.last]
        for (_, before), (place, bound) in pairwise(bounds):
            if before is not None and bound is not None and bound <= before:
                found = f"“{place.last}”到第{bound:g}名为止，前一档到第{before:g}名，这一档没有名次"
                yield case.finding(
                    "unreachable", found, ("照写的", 0.0), ("用得上时", place.points)
                )
    numbers = isinstance(rule, Bands | Levels | Rank) or (isinstance(rule, Judged) and rule.levels)
    if numbers and case.best < points:
        found = f"分值{number_text(points)}分，最好的答案也只得{number_text(case.best)}分"
        yield case.finding("unreachable", found, ("最好的答案", case.best), ("分值", points))


def _within(band: Condition, other: Condition) -> bool:
    """Whether whatever meets one threshold meets another of the same direction as well."""
    if band.also or other.also or band.op[0] != other.op[0]:
        return False
    return other.holds(band.number) and band.op[0] in "<>"


def _bound(case: Case, last: str) -> float | None:
    ruled = case.question.rulings.get(last, "")
    return parse_number(last) or parse_number(ruled.lstrip("前第").rstrip("名位"))


def zero(case: Case) -> Iterator[Finding]:
    """Rules whose lowest level still earns points."""
    rule = case.rule
    levels = isinstance(rule, Levels | Rank) or (isinstance(rule, Judged) and rule.levels)
    if levels and case.answers and case.least > 0:
        found = f"最低一档也得{number_text(case.least)}分，什么都没做得多少分，文件未写"
        yield case.finding("zero", found, ("按最低一档", case.least), ("得0分", 0.0))


def strict(case: Case) -> Iterator[Finding]:
    """Thresholds that are written as 大于 or 不到: what lies on them is easily taken for met."""
    rule = case.rule
    if isinstance(rule, Met):
        found = [c for c in rule.conditions if c.op in _STRICT]
    else:
        found = [c for c, _ in rule.bands if c.op in _STRICT] if isinstance(rule, Bands) else []
    for condition in found:
        shown = quantity_text(condition.number, condition.unit)
        words = f"门槛写的是“{condition.text()}”，正好{shown}算不算"
        if isinstance(rule, Met):
            yield case.all_or_nothing("boundary", words, f"{shown}也算", f"{shown}不算")
        elif isinstance(rule, Bands):
            bands = tuple(
                (replace(c, op=_STRICT[c.op]) if c is condition else c, p) for c, p in rule.bands
            )
            yield case.finding(
                "boundary",
                words,
                (f"{shown}也算", case.score(shown, rule=replace(rule, bands=bands))),
                (f"{shown}不算", case.score(shown)),
            )


def cliffs(case: Case) -> Iterator[Finding]:
    """Points that fall by small steps and then all at once."""
    rule = case.rule
    if isinstance(rule, Rank):
        for place in rule.places:
            last = parse_number(place.last)
            if last is not None and place.per_place:
                yield from _cliff(case, f"第{last:g}名", f"第{last + 1:g}名", place.per_place)
    if isinstance(rule, Steps) and rule.floor:
        unit, step = rule.floor.unit, fine_step(rule.floor.number, whole=rule.span.whole)
        away = step if rule.floor.op[0] == "<" else -step
        inside, outside = rule.floor.number, rule.floor.number + away
        if not rule.floor.holds(inside):
            inside, outside = inside - away, inside
        above, below = (quantity_text(round(value, 9), unit) for value in (outside, inside))
        yield from _cliff(case, above, below, rule.minus)


def _cliff(case: Case, above: str, below: str, step: float) -> Iterator[Finding]:
    high, low = case.score(above), case.score(below)
    if high is not None and low is not None and high - low > step + 1e-9:
        found = f"{above}得{number_text(high)}分，{below}一下降到{number_text(low)}分，请核对原文"
        yield case.finding("boundary", found, (above, high), (below, low))


def ties(case: Case) -> Iterator[Finding]:
    """Places that cost points one by one, and nothing says how equal places count."""
    rule = case.rule
    if not isinstance(rule, Rank) or "并列" in case.wording:
        return
    for before, place in pairwise(rule.places):
        last = parse_number(before.last)
        if place.per_place and last is not None:
            first, second = f"第{last + 1:g}名", f"第{last + 2:g}名"
            yield case.finding(
                "boundary",
                "名次并列时按前一名还是后一名，文件未写",
                (f"并列{first}的都按{first}", case.score(first)),
                (f"都按{second}", case.score(second)),
            )
            return
