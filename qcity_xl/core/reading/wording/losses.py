"""What is taken away: steps from a base, faults that are counted."""

import math
import re

from qcity_xl.core.numerals import NUMERALS
from qcity_xl.core.quantities import (
    COUNTERS,
    PERCENT,
    POINT,
    UNITS,
    Quantity,
    parse_quantity,
    quantity_text,
)
from qcity_xl.core.reading.drafts import Draft, Open
from qcity_xl.core.reading.wording import grammar as g
from qcity_xl.core.reading.wording.clauses import Clause
from qcity_xl.core.reading.wording.counted import (
    classes_of,
    fault_classes,
    same_things,
    step_of,
    step_text,
)
from qcity_xl.core.reading.wording.group import Group, Tier, base_of, bounds_loss, is_rest, worth_of
from qcity_xl.core.reading.wording.places import speaks_of_places
from qcity_xl.core.reading.wording.tiers import measure_of, possible
from qcity_xl.core.rules.comparisons import Interval, find_spans, masked
from qcity_xl.core.rules.tally import Class, Tally
from qcity_xl.core.text import number_text

_ODD = Open(
    "不足一步",
    "不满所写数量的部分怎样扣，文件未写",
    "不扣",
    "按满一份才扣理解",
    ("不扣", "按比例"),
)
_STEP = Open(
    "不足一步",
    "不足一步的部分怎样扣，文件未写",
    "不扣",
    "按降满一步才扣理解",
    ("不扣", "扣一步", "按比例"),
)


_BASE = Open(
    "口径",
    "下降的百分数指百分点，还是相对比例",
    "百分点",
    "比率本身以百分数计，按百分点之差理解",
    ("百分点", "百分比"),
)


# 三份预案均已报备: what is lacking is counted, not what is there.
_WHOLE = re.compile("(?<![平人年月日户亩])均|全部|全有|都|齐全|各类|各项|逐一")


# 每季度1次, 每个街道1处: a base for each, while the lacks of all are counted together.
_OFTEN = re.compile("每(?![百千万亿十年])|平均每")
_NUMERAL = re.compile(rf"[{NUMERALS}](?:{'|'.join(map(re.escape, UNITS))})")
_NONE = re.compile("(?:未|没有?|无)(?:开展|完成|举办|召开|组织|建成|建立|实施|获得|获评)?的?")


def read_steps(group: Group) -> Draft | None:
    """Full points at a base, less so much for each step away from it."""
    deductions = group.of(g.DEDUCT)
    base, known = base_of(group)
    if len(deductions) != 1 or not group.only("tAFBMCDXZ") or not known:
        return None
    step = step_of(deductions[0])
    whole = worth_of(group, base)
    if base is None and step and whole:  # 批次不少于100批次，每少10批次扣1分，满分6分
        base = Tier("", whole, "", Clause(g.CAP, "", 0, 0, 0))
    if base is None or any(c.points != whole for c in group.of(g.CAP)):
        return None
    stated = base.text if base.clause.kind != g.CAP else step.who if step else ""
    spans = list(find_spans(stated))
    span = spans[0] if len(spans) == 1 else None
    if step is None or span is None or span.place or _WHOLE.search(base.text):
        return None
    if _OFTEN.search(stated):
        return None  # 每季度1次，每少1次: one base for each period, the lacks of all
    start = span.low if step.down else span.high
    op = ("≥" if span.low_in else "") if step.down else ("≤" if span.high_in else "")
    twice = [s for s in find_spans(step.who) if start not in (s.low, s.high)]
    if math.isinf(start) or not op or twice or not same_things(step.size.unit, span.unit):
        return None
    whole_range = step.down and (span.high, span.unit) == (100, PERCENT)  # 95%—100%
    if not span.bare and not whole_range and not any(map(math.isinf, (span.low, span.high))):
        return None
    floor = floor_of(group, span, start, down=step.down)
    if floor is None or (group.part and group.step and not _same_size(group.step, step.size)):
        return None
    way = "每降" if step.down else "每超"
    head = f"{op}{quantity_text(start, span.unit)}；{way}{step_text(step.size)}"
    tail = f"；不足一步：{group.part}" if group.part else ""
    params = f"{head}：扣{number_text(deductions[0].points)}{floor}{tail}"
    params += possible(group.text.split("每")[0], span)
    single = step.size.number == 1 and (span.unit in COUNTERS or span.unit == "工作日")
    open_ = [] if group.part or single else [_STEP]
    if "%" in group.flat[deductions[0].start : deductions[0].middle].split("每")[-1]:
        open_.append(_BASE)
    return Draft(group.text, whole or 0, "扣减", params, open=open_)


def _same_size(written: str, size: Quantity) -> bool:
    """Whether 不足… speaks of the step itself."""
    other = parse_quantity(written)
    same = other is not None and same_things(other.unit, size.unit)
    return bool(same and other and other.number == size.number)


def floor_of(group: Group, base: Interval, start: float, *, down: bool) -> str | None:
    """；<90%：0 for what earns nothing, "" without one, None for what is no floor."""
    zeros = group.of(g.ZERO)
    if not zeros:
        return ""
    if len(zeros) == 1 and down and base.unit in COUNTERS and _NONE.fullmatch(zeros[0].text):
        return f"；≤0{base.unit}：0"
    measure = measure_of(zeros[0].text)
    if len(zeros) > 1 or measure is None:
        return None
    span = measure.span
    beyond = (
        math.isinf(span.low) and span.high < start
        if down
        else math.isinf(span.high) and span.low > start
    )
    if not beyond or not same_things(span.unit, base.unit) or span.bare:
        return None
    edge = span.high if down else span.low
    sign = span.condition().text()[0]
    return f"；{sign}{quantity_text(edge, base.unit)}：0"


def _states_number(base: str) -> bool:
    """Whether full points ask for a number, so that what is lacking is no mere fault.

    100%, and all of what there is (五份均已报备), are no such number; a lone numeral is (建成三所).
    """
    numbers = find_spans(base)
    if any(span.unit == PERCENT and span.low != 100 for span in numbers):
        return True
    if _WHOLE.search(base) or any(span.unit == PERCENT for span in numbers):
        return False
    return bool(numbers) or _NUMERAL.search(masked(base)) is not None


def _bounded(group: Group, found: list[Class | None], worth: float | None) -> Draft | None:
    """每迟报1天扣1分，迟报5天以上不得分: steps from nothing, with a floor."""
    each, zeros = found[0], group.of(g.ZERO)
    measure = measure_of(zeros[0].text) if len(zeros) == 1 else None
    if len(found) > 1 or each is None or each.once or measure is None or not worth:
        return None
    span = measure.span
    if span.bare or not math.isinf(span.high) or not same_things(span.unit, each.unit):
        return None
    if group.of(g.CAP) or not _kin(measure.subject, group.of(g.DEDUCT)[0].text):
        return None
    size = step_text(Quantity(each.size, each.unit))
    floor = f"{span.condition().text()[0]}{quantity_text(span.low, each.unit)}"
    params = f"≤0{each.unit}；每超{size}：扣{number_text(each.points)}；{floor}：0"
    return Draft(group.text, worth, "扣减", params, open=[] if each.size == 1 else [_STEP])


def _kin(one: str, other: str) -> bool:
    """Whether two texts name the same thing by its first or last two letters: 推迟, 每推迟一天."""
    word = re.sub("[达到满]$", "", one.strip(",、"))
    return not word or word[:2] in other or word[-2:] in other


def read_faults(group: Group) -> Draft | None:
    """Full points less so much for each fault; with 0 points, a minus on the total."""
    faults = group.of(g.DEDUCT)
    base, known = base_of(group)
    if not faults or not group.only("tAFBMCDXZ") or not known:
        return None
    if any(speaks_of_places(clause.text) for clause in group.clauses):
        return None
    if base and _states_number(base.text):
        return None
    found = fault_classes(faults)
    if bounded := _bounded(group, found, worth_of(group, base)):
        return bounded
    zeros = [
        Class(zero.text.removesuffix("的"), math.inf)
        for zero in group.of(g.ZERO)
        if zero.text and not is_rest(zero.text) and not find_spans(zero.text)
    ]
    classes = [each for each in found if each is not None]
    if len(classes) < len(faults) or len(zeros) < len(group.of(g.ZERO)):
        return None
    if any(each.unit in (PERCENT, "‰", POINT, "倍", "分") for each in classes):
        return None
    ready = classes_of([*classes, *zeros])
    if ready is None:
        return None
    params = Tally(tuple(ready)).text()
    odd = [_ODD] if ready[0].size != 1 else []
    if group.worth == 0 and base is None and not group.of(g.MARK):
        if zeros:
            return None
        caps = group.of(g.CAP)
        if len(caps) > 1:
            return None
        bound = f"；最多：{number_text(caps[0].points)}" if caps else ""
        return Draft(group.text, 0, "扣分项", params + bound, open=odd)
    worth = worth_of(group, base)
    others = [c.points for c in group.of(g.CAP) if not bounds_loss(group, c)]
    if not worth or any(points != worth for points in others):
        return None
    stated = [c.points for c in group.of(g.CAP) if bounds_loss(group, c) and c.points < worth]
    most = f"；最多：{number_text(stated[0])}" if stated else ""
    return Draft(group.text, worth, "扣分", params + most, open=odd)
