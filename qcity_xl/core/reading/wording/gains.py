"""What is earned by number: so much for each, or in proportion to a target."""

import math
import re

from qcity_xl.core.numerals import NUMERALS
from qcity_xl.core.quantities import COUNTERS, PERCENT, QUANTITY, parse_quantity, quantity_text
from qcity_xl.core.reading.drafts import Draft, Open
from qcity_xl.core.reading.wording import grammar as g
from qcity_xl.core.reading.wording.clauses import Clause
from qcity_xl.core.reading.wording.counted import (
    by_grade,
    classes_of,
    each_of,
    is_headed,
    same_things,
)
from qcity_xl.core.reading.wording.group import Group, base_of, denies, tiers_of, worth_of
from qcity_xl.core.reading.wording.losses import floor_of
from qcity_xl.core.reading.wording.tiers import REST, measure_of, possible
from qcity_xl.core.rules.comparisons import Interval, find_spans, masked, plain
from qcity_xl.core.rules.tally import Class, Tally
from qcity_xl.core.text import number_text

_ODD = Open(
    "不足一步",
    "不满所写数量的部分怎样计，文件未写",
    "不计",
    "按满一份才计理解",
    ("不计", "按比例"),
)


_PART = _ODD._replace(question="不足一步的部分怎样计，文件未写", reason="按满一步才计理解")
_RISE = re.compile(
    rf"(?:在此基础上|此后|之后|其后|超过部分|超出部分|超出的|超过的)?,?每(?:再)?(?:提高|提升|增加|增长|新增|上升|升高|高出|高|多|增|超过|超出|超)(?P<q>{QUANTITY}|\d+(?:\.\d+)?)(?:的|者)?"
)
_OUT_OF = re.compile(
    rf"[^,。;\d每]*?(?P<many>{QUANTITY})[^,。;\d每]{{0,10}}[,:](?P<what>每?[^,。;\d每]{{0,6}}?(?P<each>{QUANTITY})[^,。;\d每]{{0,6}})"
)
# 每季度通报一次,四个季度各占: what one sum of points is for each of.
_APIECE = re.compile(
    rf"[^。;\d]*?(?:(?P<many>{QUANTITY})季度|(?P<halves>上半年[、和]下半年))(?:,|均|分别)*各占?"
)
_COMPOUND = re.compile("[,;。]|且|同时|或")
_MOST_STEPS = 40
START = re.compile("基础|基本|基准|起评|底")
_GIVEN = re.compile("(?:均|都|先|可|各)?(?:得|计|给)?")
_NO_THINGS = ("分", "倍", "%", "‰", "个百分点")
_BAD_SHARE = re.compile(
    "加权|权重|系数|平均|名次|排名|插值|线性|增长|增速|增幅|下降|投诉|不合格|差错|事故|死亡|故障|失信|缺陷率|退货|漏检"
    "|最[大小高低好差优]|[-+]"  # （实际值-最低值）÷（最高值-最低值）
)


def read_things(group: Group) -> Draft | None:
    """So much for each thing, up to a maximum."""
    earning = group.of("ABR")
    if not earning or not group.only("tABRMCXZ") or any(c.text for c in group.of(g.MARK)):
        return None
    if any(
        not denies(zero.text, "") and not re.search("下降|退|无|未|没有|不|上升|反弹", zero.text)
        for zero in group.of(g.ZERO)
    ):
        return None
    capped = bool(group.of("CM"))
    if len(group.of("C")) > 1 or group.part not in ("", "不扣"):
        return None  # 不足10家按10家计: 计件 knows no such part
    if graded := _by_grade(group, earning):
        return graded
    found = []
    for clause in earning:
        listed = re.sub(
            r"^(?:以下|下列|上述|所列)\d+(?:项|条|个)[^,每]{0,6},?(?=每)", "", clause.text
        )
        if len(earning) == 1 and (shared := _shared(group, clause)):
            listed = shared
        clear = Clause(
            clause.kind, listed, clause.start, clause.middle, clause.end, parts=clause.parts
        )
        if not (capped or "每" in listed or clause.kind == g.RATE):
            return None
        found.append(each_of(clear, clause.points, fault=False))
    classes = [each for each in found if each is not None]
    if len(classes) < len(earning) or any(
        each.unit in ("分", "倍") or each.once for each in classes
    ):
        return None
    ready = classes_of(classes)
    cap = worth_of(group)
    if any(clause.points != cap for clause in group.of("CM")):
        return None
    if ready is None or not cap or any(each.points > cap for each in ready):
        return None
    open_ = [_ODD] if _divides(ready[0]) and not group.part else []
    return Draft(group.text, cap, "计件", Tally(tuple(ready)).text(), open=open_)


def _shared(group: Group, clause: Clause) -> str:
    """每完成1项 of 共4项指标，每完成1项得1分, where all of them are worth just what there is."""
    if apiece := _APIECE.fullmatch(clause.text):
        many = parse_quantity(apiece["many"]) if apiece["many"] else None
        times = many.number if many else 2.0
        whole = round(times * clause.points, 6) == group.worth
        return ("每个季度" if many else "每个半年") if whole else ""
    match = _OUT_OF.fullmatch(clause.text)
    if match is None or not group.worth:
        return ""
    many, each = (parse_quantity(match[name]) for name in ("many", "each"))
    if many is None or each is None or not same_things(many.unit, each.unit):
        return ""
    if not each.number or round(many.number / each.number * clause.points, 6) != group.worth:
        return ""
    return f"每{match['what'].removeprefix('每')}"


def _divides(each: Class) -> bool:
    """Whether there can be a part of what is counted: of 5家, of 1个百分点, not of 1家."""
    return each.size != 1 or (each.unit != "" and each.unit not in COUNTERS)


def _by_grade(group: Group, earning: list[Clause]) -> Draft | None:
    """国家级加3分、省级加2分，最高10分: the maximum is out of reach unless each one counts."""
    cap = worth_of(group)
    found = None if any("unit" in clause.parts for clause in earning) else by_grade(earning)
    ready = classes_of(found) if found else None
    if ready is None or not cap or len(group.of("C")) != 1 or group.of("MZ"):
        return None
    if group.of("C")[0].points != cap or any(each.points > cap for each in ready):
        return None
    if not is_headed(earning) and sum(each.points for each in ready) >= cap:
        return None
    return Draft(group.text, cap, "计件", Tally(tuple(ready)).text())


def _unmeasured(text: str) -> bool:
    """Whether a number stands there whose unit is not known: it may be the target."""
    rest = masked(plain(text))
    for span in find_spans(text):
        rest = f"{rest[: span.start]}{'□' * (span.end - span.start)}{rest[span.end :]}"
    return bool(re.search(rf"\d|[{NUMERALS}][百千万亿]", rest))


def read_share(group: Group) -> Draft | None:
    """Actual over target."""
    shares = group.of(g.PROPORTION)
    base, known = base_of(group)
    if not 0 < len(shares) < 3 or not group.only("tAFBMCPXZ") or not known:
        return None
    by = ",".join(share.parts["by"] for share in shares)
    others = [clause.text for clause in group.clauses if clause.kind in "tPM" and clause.text]
    texts = [*others, *([base.text] if base and base.clause.kind != g.MARK else [])]
    if any(map(_unmeasured, texts)):
        return None
    goal = _goal(group, [span for text in texts for span in find_spans(text)], based=bool(base))
    worth = worth_of(group, base)
    if goal is None or any(clause.points != worth for clause in group.of(g.CAP)):
        return None
    target, edge = goal
    divided = [parse_quantity(q) for q in re.findall(rf"[÷/]({QUANTITY})", by)]
    target |= {(q.number, q.unit) for q in divided if q}
    left = re.sub(rf"[÷/]{QUANTITY}|{g.TIMES}{QUANTITY}|{QUANTITY}{g.TIMES}", "", by)
    factors = re.findall(rf"{g.TIMES}({QUANTITY})|(?<![÷/\d.])({QUANTITY}){g.TIMES}", by)
    times = [parse_quantity(one or other) for one, other in factors]
    if re.search(r"\d", masked(left)) or _BAD_SHARE.search(by) or len(target) > 1 or not worth:
        return None
    if any(q is None or q.number != worth for q in times):
        return None
    if times and not any(divided) and target - {(100.0, PERCENT)}:
        return None  # 90%得10分，低于90%按完成率×10计分: a rate is no part of 90%
    if not target and any(_BAD_SHARE.search(text) for text in texts):
        return None
    number, unit = next(iter(target), (100.0, PERCENT))
    floor = f"；<{edge}：0" if edge else None
    if floor is None:
        floor = floor_of(group, Interval(number, math.inf, True, False, unit), number, down=True)
    if floor is None:
        return None
    return Draft(group.text, worth, "按比例", f"目标{quantity_text(number, unit)}{floor}")


def _goal(
    group: Group, spans: list[Interval], *, based: bool
) -> tuple[set[tuple[float, str]], str] | None:
    """What is to be reached, and below what nothing is earned ("" if only the zeros say so)."""
    shares = group.of(g.PROPORTION)
    ranged = _ranged(shares)
    if ranged:
        spans = [span for span in spans if span != ranged]
        if ranged.high != 100 or not _from_floor(group, (ranged.low, ranged.unit)):
            return None  # of 60%—95% it is open what is the whole
    spans = [s for s in spans if not any(s.high == other.low and not s.high_in for other in spans)]
    if any(math.isinf(span.low) or (not span.bare and not math.isinf(span.high)) for span in spans):
        return None
    target = {(span.low, span.unit) for span in spans if not span.place}
    if ranged:
        target.add((ranged.high, ranged.unit))
        return target, quantity_text(ranged.low, ranged.unit)
    if based or not any(_starts(group, share) for share in shares):
        return target, ""
    if len(target) != 1 or not _from_floor(group, next(iter(target))):
        return None
    return set(), quantity_text(*target.pop())


def _ranged(shares: list[Clause]) -> Interval | None:
    """The range within which a share is counted: 60%—90%按比例得分."""
    found = [s for share in shares for s in find_spans(share.text) if not s.bare]
    whole = len(found) == 1 and not any(map(math.isinf, (found[0].low, found[0].high)))
    return found[0] if whole else None


def _starts(group: Group, share: Clause) -> bool:
    """Whether a share is counted above a number, 80%以上的按比例得分, and not below: 否则按比例."""
    other = re.search("否则|未|不足|其余|部分", group.flat[share.start : share.end])
    return other is None and any(not span.bare for span in find_spans(share.text))


def _from_floor(group: Group, edge: tuple[float, str]) -> bool:
    """Whether a share is counted from the very number below which nothing is earned."""
    zeros = [span for zero in group.of(g.ZERO) for span in find_spans(zero.text)]
    return edge[1] == PERCENT and [(s.high, s.unit, s.low) for s in zeros] == [(*edge, -math.inf)]


def read_stepped(group: Group) -> Draft | None:
    """95%得6分，每提高1个百分点加1分，最高10分: a threshold for each step, up to the maximum."""
    rises = [c for c in group.of(g.AWARD) if _RISE.fullmatch(c.text)]
    caps, zeros = group.of(g.CAP), group.of(g.ZERO)
    bases = [c for c in group.of("AFBM") if c not in rises]
    if len(rises) != 1 or len(bases) != 1 or len(caps) > 1 or not group.only("tAFBMCXZ"):
        return None
    tiers = tiers_of(group, bases)
    measure = measure_of(tiers[0].text) if tiers else None
    match = _RISE.fullmatch(rises[0].text)
    size = parse_quantity(match["q"]) if match else None
    if tiers is None or measure is None or size is None or bases[0].start > rises[0].start:
        return None
    start, span, base = measure.span.low, measure.span, tiers[0].points
    steps = _steps(group, base, rises[0].points)
    if not steps or not start >= 0 or not span.low_in or span.place or size.number <= 0:
        return None
    upwards = span.bare or math.isinf(span.high)
    if not upwards or not same_things(size.unit, span.unit) or _COMPOUND.search(bases[0].text):
        return None
    if span.unit == PERCENT and start + steps * size.number > 100:
        return None
    if any(_floor(zero) != (start, span.unit) for zero in zeros):
        return None
    bands = [
        (quantity_text(round(start + n * size.number, 6), span.unit), base + n * rises[0].points)
        for n in range(steps, -1, -1)
    ]
    params = "；".join(f"≥{edge}：{number_text(round(points, 6))}" for edge, points in bands)
    params += possible(bases[0].text, span)
    whole = span.unit in COUNTERS and size.number == 1
    open_ = [*([] if whole else [_PART]), *([] if zeros else [REST])]
    return Draft(group.text, bands[0][1], "数值分段", params, open=open_)


def _steps(group: Group, base: float, each: float) -> int:
    """How many steps there are from the base to the maximum, 0 where that is no whole number."""
    caps = group.of(g.CAP)
    said = caps[0].points if caps else group.worth or 0.0
    tops = {said, base + said} if caps else {said}
    tops &= {group.worth} if group.worth else tops
    added = bool(caps) and "加" in group.flat[caps[0].start : caps[0].end]
    top = tops.pop() if len(tops) == 1 else base + said if added else said
    steps = round((top - base) / each, 6) if top in (said, base + said) else 0.0
    return int(steps) if float(steps).is_integer() and 0 < steps <= _MOST_STEPS else 0


def _floor(zero: Clause) -> tuple[float, str] | None:
    """The number below which nothing is earned."""
    measure = measure_of(zero.text)
    below = measure is not None and math.isinf(measure.span.low) and not measure.span.bare
    return (measure.span.high, measure.span.unit) if measure and below else None


def read_rising(group: Group) -> Draft | None:
    """A base that everyone has, and so much more for each thing, up to a maximum."""
    bases = [c for c in group.of(g.CAP) if START.search(group.flat[c.middle : c.end])]
    caps = [c for c in group.of(g.CAP) if c not in bases]
    rises = group.of(g.AWARD)
    if len(bases) != 1 or len(caps) > 1 or not rises or not group.only("tACX"):
        return None
    if not _GIVEN.fullmatch(bases[0].text) or any("每" not in clause.text for clause in rises):
        return None
    found = [each_of(clause, clause.points, fault=False) for clause in rises]
    classes = [each for each in found if each is not None]
    ready = classes_of(classes) if len(classes) == len(rises) else None
    base, worth = bases[0].points, group.worth
    if ready is None or any(each.once or each.unit in _NO_THINGS for each in classes):
        return None
    most = {clause.points for clause in caps} or {worth or 0.0}
    if not most & {worth or base + max(most), (worth or base + max(most)) - base}:
        return None
    worth = worth or base + max(most)
    if worth <= base or any(each.points > worth - base for each in ready):
        return None
    params = f"基础：{number_text(base)}；{Tally(tuple(ready)).text()}"
    return Draft(group.text, worth, "计件", params, open=[_ODD] if _divides(ready[0]) else [])
