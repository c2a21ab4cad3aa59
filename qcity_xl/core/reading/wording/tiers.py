"""Cases that exclude each other: bands of a measure, or levels by their words."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from qcity_xl.core.quantities import COUNTERS, PERCENT, finest, in_unit
from qcity_xl.core.reading.drafts import Draft, Open
from qcity_xl.core.reading.wording.group import Group, Tier, denies, is_rest
from qcity_xl.core.rules.comparisons import Interval, find_spans
from qcity_xl.core.rules.spans import usual_span
from qcity_xl.core.text import number_text

REST = Open("其余", "未达到最低一档，文件未写怎样得分", "0", "未达到最低档，从严不得分")
_EDGE = Open(
    "边界",
    "同在两档的那个数归哪档",
    "上档",
    "“以上”“以下”都包括本数，两档都写到这个数，从宽归得分高的一档",
    ("上档", "下档"),
)
_FORM = str.maketrans({"；": "、", ";": "、", "：": "、", ":": "、", "\n": None})
_FILLER = re.compile(r"^(?:在|达到?|为|其中|比例|占比|数量|排名|[a-zA-Z]|,|的)*$")
_GRADED = re.compile(r"[^()\d]{1,8}\(([^()]*\d[^()]*(?:\([^()]*\)[^()]*)?)\)的?")  # 优秀(90分以上)
_GRADE = (
    "(?:优秀?|良好?|(?:基本|不)?(?:合格|达标)|中等?|较?[差好]|一般"
    "|[A-Ea-e][级等档]?|[一二三四五][级等档])"
)
_NAMED = re.compile(
    rf"^{_GRADE}[:、]|(?:的)?(?:评定为|评为|为|属于?|是){_GRADE}(?:的|等次|等级|级|档)*$"
)
_GRADE_NAME = re.compile(
    rf"(?P<about>.{{0,24}}?(?:获得|获评|评为|评定为|达到|为|是|获|[:,]))?[“\"(]?(?P<name>{_GRADE}(?:[级等档](?=[”\")]))?)"
    r"[”\")]?(?:等次|等级|档次|[级等档]|的)*"
)
_LARGE = 20  # percent from which a whole number stands for all up to the next
_AT_LEAST = re.compile(r"(?:至少|最少)([^\d,。;]{1,4})(?=\d)")
_ALL = re.compile(
    "(?:.{0,20}?(?:全面|全部|如期|按期|按时)?)完成(?:年度|全年|当年|[上省市县区]级?|下达|既定|规定|确定|的)*(?:目标|任务|指标|计划)+(?:数|值|要求)?的?"
)
_REACHED = re.compile(
    "(?:能|已|全部)?(?:达到|达标|达到(?:目标|标准|要求|指标|以上)|以上)(?:要求|标准)?的?"
)
_FALLS = re.compile("反|下降|减少|增加|上升|负增长|退")
_GAP = re.compile("[,;。]|并且|同时|且|但|以及")


@dataclass(frozen=True, slots=True)
class MeasuredSpan:
    """A text that is one measure with one span of values."""

    subject: str
    span: Interval
    tail: str


_WHOLE = Interval(100, math.inf, True, False, PERCENT)


@lru_cache(maxsize=1 << 10)  # each way to read a clause asks for it again
def measure_of(text: str) -> MeasuredSpan | None:
    """The measure of a text that names exactly one threshold or range, else None."""
    graded = _GRADED.fullmatch(text)
    text = _NAMED.sub("", graded[1] if graded else text)
    spans = list(find_spans(text))
    if len(spans) == 2 and re.fullmatch(
        "[,、]?(?:且|但|并|而|并且|但是|至|到|又)?(?:[^,。;]{0,8})",
        text[spans[0].end : spans[1].start],
    ):
        both = spans[0].meets(spans[1])
        ranged = both and not spans[0].bare and not spans[1].bare
        if both and ranged and not math.isinf(both.low) and not math.isinf(both.high):
            inside = text[spans[0].end : spans[1].start].strip(",、且但并而是")
            if not inside or inside in text[: spans[0].start]:
                spans = [both]
    if len(spans) != 1:
        return None
    span = spans[0]
    done = _AT_LEAST.match(text, span.start)  # 每年至少听取2次: 听取 is of the subject
    subject = text[: span.start] + (done[1] if done else "")
    return MeasuredSpan(subject, span, text[span.end :].removesuffix("的"))


def read_numbers(group: Group, tiers: Sequence[Tier]) -> Draft | None:
    """Bands of one measure, each with its points; None where the cases are of another sort."""
    rest = [tier for tier in tiers if is_rest(tier.text)]
    named = [tier for tier in tiers if tier not in rest]
    first = next((tier for tier in named if tier.points), None)
    lost = [t for t in named if not t.points and first and measure_of(t.text) is None]
    named = [tier for tier in named if tier not in lost]
    measures = _completed(named, [measure_of(tier.text) for tier in named])
    whole = any(m and m.span == _WHOLE for m in measures)
    known = [measure for measure in measures if measure is not None]
    earning = [tier for tier in named if tier.points]
    if len(tiers) == 2 and not rest and (below := _missed(tiers)):
        above = replace(
            below, low=below.high, high=math.inf, low_in=not below.high_in, high_in=False
        )
        return _banded(group, [(above, max(t.points for t in tiers))], [below], [], undone=False)
    if len(known) < len(named) or not earning or len(rest) > 1:
        return None
    if len(earning) < 2 and not (rest or lost or len(named) > 1):
        return None
    falls = any(re.search("下降|降低|减少|压减", measure.subject) for measure in known)
    if any(not _undone(tier.text, falls=falls) for tier in lost) or not alike(known):
        return None
    spans = _in_one_unit([measure.span for measure in known])
    if spans is None or any(span.place for span in spans):
        return None
    bare_alone = len(earning) == 1
    spans = [_opened(span) if span.bare and bare_alone else span for span in spans]
    bands = [(span, tier.points) for span, tier in zip(spans, named, strict=True) if tier.points]
    zeros = [span for span, tier in zip(spans, named, strict=True) if not tier.points]
    if any(_FALLS.search(tier.text) for tier in lost) and any(
        math.isinf(span.low) for span, _ in bands
    ):
        return None  # 下降不足2%得2分，不降反升不得分: one band would hold both
    draft = _banded(group, bands, zeros, rest, bool(lost))
    if draft and whole and "范围" not in draft.params:
        draft.params += "；范围：≥0"  # one can do more than the task
    return draft


def _completed(
    tiers: Sequence[Tier], measures: Sequence[MeasuredSpan | None]
) -> Sequence[MeasuredSpan | None]:
    """完成目标任务 beside 完成90%以上 as 100 % of the same."""
    shares = [m for m in measures if m and m.span.unit == PERCENT and "完成" in m.subject]
    if not shares or sum(measure is None for measure in measures) != 1:
        return measures
    at = list(measures).index(None)
    if not tiers[at].points or not _ALL.fullmatch(tiers[at].text):
        return measures
    return [*measures[:at], replace(shares[0], span=_WHOLE, tail=""), *measures[at + 1 :]]


def _missed(tiers: Sequence[Tier]) -> Interval | None:
    """What earns nothing where what earns names no number: 未达到9%的不得分，达到的得4分."""
    lost, met = sorted(tiers, key=lambda tier: tier.points)
    measure = measure_of(lost.text)
    if lost.points or measure is None or not _REACHED.fullmatch(met.text):
        return None
    span = measure.span
    if span.bare or span.place or measure.tail or not math.isinf(span.low):
        return None  # 超过3%的不得分，达标的得4分: what is reached there is another thing
    return span


def _undone(text: str, *, falls: bool = False) -> bool:
    """Whether a case without points and without a number is the lowest there is.

    `falls` where the measure is how far something falls: then 上升 is.
    """
    if falls and re.search("持平|上升|增加|增长|反弹|不降", text):
        return not re.search("[,;。]", text)
    return bool(re.match("(?:目前|尚|均|都)?(?:未|没有?|无|不|尚未)", text)) or bool(
        re.search("下降|减少|负增长|零增长", text)
    )


def alike(measures: Sequence[MeasuredSpan]) -> bool:
    """Whether all measures are of one thing: later ones may say less of it, or nothing."""
    subjects = [re.sub(r"[,:、]$", "", m.subject).strip() for m in measures]
    tails = {m.tail.strip(",、") for m in measures} - {""}
    longest = max(subjects, key=len)
    same = all(
        _FILLER.match(s) or longest.endswith(s) or longest.startswith(s) or s in longest
        for s in subjects
    )
    return same and len(tails) <= 1 and not any(_GAP.search(tail) for tail in tails)


def _in_one_unit(spans: Sequence[Interval]) -> list[Interval] | None:
    units = {span.unit for span in spans} - {""}
    unit = finest(units) if len(units) > 1 else next(iter(units), "")
    if len(units) > 1 and (not unit or any(not span.unit for span in spans)):
        return None
    return [_in(span, unit) for span in spans]


def _in(span: Interval, unit: str) -> Interval:
    """The span in another unit of its measure: 1小时 as 60分钟."""
    low, high = (in_unit(end, span.unit, unit) for end in (span.low, span.high))
    if low is None or high is None:
        return replace(span, unit=unit)
    return replace(span, unit=unit, low=low, high=high)


def _opened(span: Interval) -> Interval:
    return replace(span, high=math.inf, high_in=False, bare=False)


def _banded(
    group: Group,
    bands: list[tuple[Interval, float]],
    zeros: list[Interval],
    rest: list[Tier],
    undone: bool,
) -> Draft | None:
    best = max(points for _, points in bands)
    ranked = sorted(bands, key=lambda band: -band[1])
    rising = all(a.low > b.low for (a, _), (b, _) in pairwise(ranked))
    falling = all(a.high < b.high for (a, _), (b, _) in pairwise(ranked))
    if len({points for _, points in bands}) < len(bands) or (
        len(bands) == 1 and not (_zero_fits(bands[0][0], zeros))
    ):
        return None
    spans = [span for span, _ in ranked]
    if len(spans) == 1:
        shown, edges = spans, False
    elif rising:
        shown, edges = _chain(spans)
    elif falling:
        flipped, edges = _chain([_flip(span) for span in spans])
        shown = [_flip(span) for span in flipped]
    elif any(a.meets(b) for n, a in enumerate(spans) for b in spans[n + 1 :]):
        return None
    else:
        shown, edges = spans, False
    if any(zero.meets(span) and not _touch(zero, span) for zero in zeros for span in shown):
        return None
    heads = [span.condition().text() for span in shown]
    params = "；".join(f"{h}：{number_text(p)}" for h, (_, p) in zip(heads, ranked, strict=True))
    draft = Draft(group.text, best, "数值分段", params + possible(group.text, *shown))
    if rest and rest[0].points:
        worth = number_text(rest[0].points)
        draft.open.append(
            REST._replace(default=worth, reason=f"文件写明“{rest[0].words}”得{worth}分")
        )
    elif not rest and _uncovered([*shown, *zeros], undone):
        draft.open.append(REST)
    if edges:
        draft.open.append(_EDGE)
    return draft


def possible(text: str, *spans: Interval) -> str:
    """；范围：… where the numbers are not those of the unit: growth, so many a head."""
    unit = spans[0].unit
    if re.search("增长|增速|增幅|升幅|提高|提升|降幅|下降|上升|减少|变化|同比|较上年", text):
        return "；范围：不限" if unit in (PERCENT, "‰") else ""
    rate = re.search("每[百千万亿十]|万人|人均|户均|平均|均", text)
    ends = (end for span in spans for end in (span.low, span.high) if not math.isinf(end))
    parts = rate or any(not float(end).is_integer() for end in ends)  # 死亡人数低于0.02人
    return "；范围：≥0" if parts and usual_span(unit).whole else ""


def _zero_fits(span: Interval, zeros: list[Interval]) -> bool:
    """Whether what earns nothing lies outside what earns."""
    return all(not zero.meets(span) or _touch(zero, span) for zero in zeros)


def _touch(one: Interval, other: Interval) -> bool:
    return one.high == other.low or one.low == other.high


def _flip(span: Interval) -> Interval:
    return replace(
        span,
        low=-span.high,
        high=-span.low,
        low_in=span.high_in,
        high_in=span.low_in,
        said=(span.said[1], span.said[0]),
    )


def _chain(spans: list[Interval]) -> tuple[list[Interval], bool]:
    """Spans from the highest down, each opened upwards where the one above it goes on.

    Also whether two of them both say that they hold the value between them.
    """
    top = spans[0]
    natural = (top.unit in (PERCENT, "分") and abs(top.high) >= 100) or top.bare
    shown = [replace(top, high=math.inf, high_in=False, bare=False) if natural else top]
    edges = False
    for better, worse in pairwise(spans):
        whole = worse.unit in COUNTERS or worse.unit in ("分", "")
        whole = whole or (worse.unit == PERCENT and abs(better.low) >= _LARGE)  # 90%至99%
        gap = better.low - worse.high
        near = worse.bare or gap <= 0 or (whole and gap <= 1 and float(better.low).is_integer())
        if better.low == worse.high and better.low_in and worse.high_in:
            low, high = better.said[0], worse.said[1]
            edges = edges or low == high
            if high and not low:  # 10-20家（含）得4分，20家以上得8分
                shown[-1] = replace(shown[-1], low_in=False)
        opened = replace(worse, high=math.inf, high_in=False, bare=False)
        below = math.isinf(worse.low)
        shown.append(worse if below or not (near or math.isinf(worse.high)) else opened)
    return shown, edges


def _uncovered(spans: Sequence[Interval], undone: bool) -> bool:
    """Whether some values are named by no case; below the lowest there may be a case in words."""
    edge = -math.inf
    for span in sorted(spans, key=lambda each: each.low):
        whole = span.unit in COUNTERS or span.unit == "分"
        gap = span.low - edge
        first = edge == -math.inf
        if first and undone and span.low > 0 and not math.isinf(span.low):
            gap = span.low if not whole else span.low - 1
        if gap > (1 if whole and not first else 0) + 1e-9:
            return True
        edge = max(edge, span.high)
    return not math.isinf(edge) and edge < 100


def read_levels(tiers: Sequence[Tier]) -> Draft | None:
    """Levels by their words, best first."""
    if len({tier.points for tier in tiers}) == 1:
        return None
    words = _named(tiers) or [tier.words.translate(_FORM).strip("、") for tier in tiers]
    if any(not word for word in words) or len(set(words)) < len(words):
        return None
    ranked = sorted(zip(tiers, words, strict=True), key=lambda pair: -pair[0].points)
    params = "；".join(f"{number_text(tier.points)}：{word}" for tier, word in ranked)
    lowest = number_text(ranked[-1][0].points)
    other = Open(
        "未尽",
        "介于各档之间、文件未列的情形得多少分",
        lowest,
        f"文件未列，从严按最低一档{lowest}分",
    )
    best = ranked[0][0]
    return Draft(best.words, best.points, "分档", params, open=[other])


def _named(tiers: Sequence[Tier]) -> list[str]:
    """The names of grades alone: 优秀, 良好 of 获得“优秀”等次, “良好”等次; [] for other cases."""
    found = [_GRADE_NAME.fullmatch(tier.text) for tier in tiers]
    known = [match for match in found if match]
    if len(known) < len(tiers) or any(match["about"] for match in known[1:]):
        return []
    return [match["name"] for match in known]


__all__ = ["REST", "MeasuredSpan", "alike", "denies", "measure_of", "read_levels", "read_numbers"]
