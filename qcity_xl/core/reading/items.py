"""A list of things that each earn points: …（10分）；…（5分）。"""

import re

from qcity_xl.core.reading.drafts import Draft, Open, is_place, place_words
from qcity_xl.core.rules.conditions import Condition, find_conditions
from qcity_xl.core.text import number_text

EDGES = "；;。，,、：: \n"
_MARK = re.compile(r"[（(]\s*(\d+(?:\.\d+)?)\s*分\s*[）)]")
_COMMAS = ("，", ",")
# Parts that one sum of points covers: 在质量、环境、教育、医疗等领域推行…
_PARTS = re.compile(
    r"在([^在，；。、（）()]{1,12}(?:、[^，；。、（）()]{1,12}?){3,})"
    r"(?:等[^，；。、]{0,6}?(?:领域|行业|产业)|推行|推广|开展|实施)"
)
_AHEAD = re.compile("居[^，；。]*前列$")
_COMPOUND = re.compile("[，,；;。]|并且|同时")
_CUMULATIVE = Open(
    "累进",
    "达到高档时，各档分值都得，还是只得最高一档",
    "累进",
    "各档写成并列的分值，累进时各得分点合计才是所列分值之和",
    ("累进", "互斥"),
)
_SHARE = Open(
    "部分",
    "所列各项只做到一部分时怎样得分，文件未写",
    "按比例",
    "各项合给一个分值，未要求全部做到，按个数折算",
    ("按比例", "全部达到才得分"),
)
_ABSENT = Open(
    "缺项",
    "合理缺项的这部分分值怎样计算，文件未写",
    "折算",
    "折算后其余得分点按比例补足，与没有缺项的可比",
    ("满分", "剔除", "折算"),
)
_UNREADABLE = Open(
    "计分方式", "这一条怎样计分，程序没有读懂", "专家评分", "先按专家评分处理，请核对原文后选定"
)

Band = tuple[str, float]


def split_items(wording: str) -> tuple[list[list[Band]], str]:
    """The items of a wording, each as texts with points, and what stands after the last mark.

    An item has more than one text where a mark is followed by a comma.
    """
    items: list[list[Band]] = []
    end = 0
    for mark in _MARK.finditer(wording):
        text = wording[end : mark.start()]
        if items and text.startswith(_COMMAS):
            items[-1].append((text.strip(EDGES), float(mark[1])))
        else:
            items.append([(text.strip(EDGES), float(mark[1]))])
        end = mark.end()
    return items, wording[end:].strip(EDGES)


def draft_items(wording: str, *, cumulative: bool = True) -> tuple[list[Draft], str]:
    """The criteria of an additive wording, and what stands after the last one.

    `cumulative` says whether the points of several thresholds for one measure add up.
    """
    items, rest = split_items(wording)
    return [
        _banded(item, cumulative) if len(item) > 1 else draft_item(*item[0]) for item in items
    ], rest


def draft_item(text: str, points: float) -> Draft:
    """The criterion of one clause that earns its points whole, by share, by number or by place."""
    draft = Draft(text, points)
    conditions = find_conditions(text)
    parts = _PARTS.search(text)
    if "合理缺项" in text:
        draft.open.append(_ABSENT)
    if parts:
        names = parts[1].split("、")
        draft.kind, draft.params = "部分达成", f"{len(names)}项：{'、'.join(names)}"
        draft.open.append(_SHARE)
    elif ranked := _place(text, conditions):
        draft.kind, draft.params = "名次", f"{ranked}：{number_text(points)}；其余：0"
        draft.open += place_words(draft.params)
    elif len(conditions) == 1 and not _COMPOUND.search(text) and not is_place(conditions[0]):
        draft.kind, draft.params = "数值分段", _band(conditions[0], points)
    else:
        draft.params = "；".join(condition.text() for condition in conditions)
    return draft


def _place(text: str, conditions: tuple[Condition, ...]) -> str:
    """What the place must be, for a text that asks for nothing but a place."""
    if _AHEAD.search(text) and not re.search("[，,]或", text):
        return "前列"
    if len(conditions) == 1 and is_place(conditions[0]) and "连续" not in text:
        return "" if _COMPOUND.search(text) else f"≤{number_text(conditions[0].number)}"
    return ""


def _banded(item: list[Band], cumulative: bool) -> Draft:
    """One criterion from texts with points for rising thresholds of one measure."""
    text = "，".join(f"{text}（{number_text(points)}分）" for text, points in item)
    earning = [(find_conditions(text), points) for text, points in item if points]
    worths = [points for _, points in earning]
    draft = Draft(text, sum(worths) if cumulative else max(worths, default=0), "数值分段")
    units = {conditions[0].unit for conditions, _ in earning if conditions}
    if len(units) != 1 or any(len(conditions) != 1 for conditions, _ in earning):
        return unreadable(text, draft.points)
    bands = [_band(conditions[0], points) for conditions, points in earning]
    cumulative = cumulative and len(bands) > 1
    draft.params = "；".join([*bands, "累进"] if cumulative else bands)
    draft.open = [_CUMULATIVE] if cumulative else []
    return draft


def _band(condition: Condition, points: float) -> str:
    return f"{condition.text()}：{number_text(points)}"


def unreadable(text: str, points: float) -> Draft:
    """A criterion whose way of scoring was not understood: only the review can score it."""
    return Draft(text, points, "专家评分", open=[_UNREADABLE])
