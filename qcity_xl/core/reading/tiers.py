"""A wording of which only one case holds: …得20分；…得10分；…不得分。"""

import re
from itertools import pairwise

from qcity_xl.core.reading.drafts import Draft, Open, is_place, place_words
from qcity_xl.core.reading.items import EDGES, draft_item, unreadable
from qcity_xl.core.rules.conditions import Condition, find_conditions
from qcity_xl.core.text import fold, number_text

Tier = tuple[str, float]

_N = r"(\d+(?:\.\d+)?)"
_TIER = re.compile(rf"的?(?:可以?)?(?:得|计|记|给){_N}\s*分|的?(?:不得分|不计分|不给分)")
_DEDUCTION = re.compile(
    rf"每(?:下降|降低|降|低|减少|少|下滑)\s*{_N}\s*(?:%|％|个百分点)[^，；。]{{0,3}}?(?:减|扣){_N}\s*分"
)
_PER_PLACE = re.compile(
    rf"{_N}\s*(?:名|位)?\s*(?:至|到|-|—|~)\s*第?{_N}\s*(?:名|位).*?"
    rf"每(?:下降|降低|降|低|后退|退后)[一1]?(?:个)?(?:名次|名|位)(?:减|扣){_N}\s*分"
)
_SPAN = re.compile(rf"{_N}(?:%|名|位)?(?:-|至|到)第?{_N}(%|名|位)")
_PER_UNIT = re.compile(r"每[^，；。分]{1,12}(?:得|加|计|给)\s*\d+(?:\.\d+)?\s*分")
_PLACE_WORD = re.compile("(前列|中游|其余|其他|其它|下游)(?:水平|的|城市|情况|名次)*$")
_KNOWN = ("前列", "中游")  # what stands below these is the rest
_LEVELS = re.compile(rf"{_N}\s*分")
_OTHERS = re.compile("^(?:其余|其他|其它|否则|除此之外)|以外|以后|以下|之外")
_FORM = str.maketrans({"；": "、", ";": "、", "：": "、", ":": "、", "\n": None})
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
_EDGE = Open(
    "边界",
    "同在两档的那一名归哪档",
    "上档",
    "上一档写明包括这一名",
    ("上档", "下档"),
)
_REST = Open("其余", "未达到最低一档，文件未写怎样得分", "0", "未达到最低档，从严不得分")


def split_tiers(wording: str) -> list[Tier]:
    """The cases of a wording with their points, in order."""
    tiers: list[Tier] = []
    end = 0
    for match in _TIER.finditer(wording):
        text = re.sub("[的者]$", "", wording[end : match.start()].strip(EDGES))
        tiers.append((text, float(match[1] or 0)))
        end = match.end()
    return tiers


def draft_tiers(wording: str) -> Draft | None:
    """The one criterion of a wording in tiers; None where it names no points at all."""
    tiers = split_tiers(wording)
    if not tiers and "酌情" not in wording:
        return None
    draft = (
        _judged(wording)
        or _deducted(wording, tiers)
        or _per_place(wording, tiers)
        or _per_unit(wording, tiers)
        or _single(tiers)
        or _words(wording, tiers)
        or _numbers(wording, tiers)
        or _levels(tiers)
    )
    draft.source = wording
    return draft


def _best(tiers: list[Tier]) -> float:
    return max((points for _, points in tiers), default=0)


def _judged(wording: str) -> Draft | None:
    if "酌情" not in wording:
        return None
    levels = sorted({float(n) for n in _LEVELS.findall(fold(wording))}, reverse=True)
    params = "；".join(map(number_text, levels)) if len(levels) > 1 else ""
    return Draft(wording, max(levels, default=0), "专家评分", params)


def _deducted(wording: str, tiers: list[Tier]) -> Draft | None:
    step = _DEDUCTION.search(wording)
    if step is None:
        return None
    base = find_conditions(tiers[0][0]) if tiers else ()
    if len(base) != 1 or base[0].op[0] != ">" or len(tiers) > 2:
        return unreadable(wording, _best(tiers))
    params = f"≥{base[0].number:g}{base[0].unit}；每降{step[1]}：扣{step[2]}"
    open_ = [_STEP] if "百分点" in step[0] else [_STEP, _BASE]
    return Draft(wording, _best(tiers), "扣减", params, open=open_)


def _per_place(wording: str, tiers: list[Tier]) -> Draft | None:
    span = _PER_PLACE.search(wording)
    first = [c for c in find_conditions(tiers[0][0]) if is_place(c)] if tiers else []
    if span is None or len(first) != 1:
        return None
    top, rest = tiers[0][1], tiers[-1][1] if len(tiers) > 1 else 0
    last = number_text(first[0].number)
    minus = number_text(float(span[3]))
    params = f"≤{last}：{number_text(top)}；≤{span[2]}：每名-{minus}；其余：{number_text(rest)}"
    return Draft(wording, top, "名次", params, open=[_EDGE] if span[1] == last else [])


def _per_unit(wording: str, tiers: list[Tier]) -> Draft | None:
    """So many points for each one, up to a maximum: none of the kinds counts so."""
    return unreadable(wording, _best(tiers)) if _PER_UNIT.search(wording) else None


def _single(tiers: list[Tier]) -> Draft | None:
    """One case and, perhaps, 否则不得分."""
    rest = tiers[1:]
    if len(rest) > 1 or (rest and (rest[0][1] or not _OTHERS.search(rest[0][0]))):
        return None
    return draft_item(*tiers[0])


def _words(wording: str, tiers: list[Tier]) -> Draft | None:
    words = [_PLACE_WORD.search(text) for text, _ in tiers]
    if not all(words):
        return None
    heads = [word[1] if word[1] in _KNOWN else "其余" for word in words if word]
    params = _pairs(heads, [number_text(points) for _, points in tiers])
    return Draft(wording, _best(tiers), "名次", params, open=place_words(params))


def _numbers(wording: str, tiers: list[Tier]) -> Draft | None:
    """Thresholds of one measure, or places, each with its points; the last case may be 0."""
    last = tiers[-1]
    earning = tiers[:-1] if not last[1] or _OTHERS.search(last[0]) else tiers
    bands = [band for text, _ in earning if (band := _threshold(text))]
    if len(earning) < 2 or len(bands) < len(earning):
        return None
    steps = {one.number > two.number for one, two in pairwise(bands)}
    if len({(band.op[0], band.unit) for band in bands}) > 1 or len(steps) > 1:
        return None
    worths = [number_text(points) for _, points in earning]
    rest = "0" if last in earning else number_text(last[1])
    if is_place(bands[0]):
        heads = [f"≤{number_text(band.number)}" for band in bands] + ["其余"]
        return Draft(wording, _best(tiers), "名次", _pairs(heads, [*worths, rest]))
    draft = Draft(wording, _best(tiers), "数值分段")
    draft.params = _pairs([band.text() for band in bands], worths)
    if rest != "0":
        reason = f"文件写明“{last[0]}”得{rest}分"
        draft.open = [_REST._replace(default=rest, reason=reason)]
    elif last in earning or not (_OTHERS.search(last[0]) or find_conditions(last[0])):
        draft.open = [_REST]
    return draft


def _threshold(text: str) -> Condition | None:
    """The one threshold of a case; of a span, the end that is easier to reach."""
    if span := _SPAN.search(fold(text)):
        worse = (">=", span[1]) if span[3] == "%" else ("<=", span[2])
        return Condition(worse[0], float(worse[1]), span[3])
    found = find_conditions(text)
    if len(found) == 2 and found[0].op[0] == ">" and found[1].op == "<":
        found = found[:1]
    return found[0] if len(found) == 1 else None


def _levels(tiers: list[Tier]) -> Draft:
    ranked = sorted(tiers, key=lambda tier: -tier[1])
    worths = [number_text(points) for _, points in ranked]
    params, lowest = _pairs(worths, [text.translate(_FORM) for text, _ in ranked]), worths[-1]
    other = Open(
        "未尽",
        "介于各档之间、文件未列的情形得多少分",
        lowest,
        f"文件未列，从严按最低一档{lowest}分",
    )
    return Draft(ranked[0][0], ranked[0][1], "分档", params, open=[other])


def _pairs(heads: list[str], tails: list[str]) -> str:
    return "；".join(f"{head}：{tail}" for head, tail in zip(heads, tails, strict=True))
