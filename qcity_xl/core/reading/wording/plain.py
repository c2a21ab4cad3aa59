"""One thing that earns its points whole, by share, by number or by place."""

import math
import re

from qcity_xl.core.reading.drafts import Draft, Open, place_words
from qcity_xl.core.reading.wording.tiers import MeasuredSpan, measure_of, possible
from qcity_xl.core.rules.comparisons import Interval, find_spans, plain
from qcity_xl.core.text import number_text

# Parts that one sum of points covers: 在质量、环境、教育、医疗等领域推行…
_PARTS = re.compile(
    r"在([^在，；。、（）()]{1,12}(?:、[^，；。、（）()]{1,12}?){3,})"
    r"(?:等[^，；。、]{0,6}?(?:领域|行业|产业)|推行|推广|开展|实施)"
)
_VERBS = (
    "建立|制定|落实|开展|编制|出台|印发|召开|组织|设立|明确|完善|健全|配备|举办|公布|报送|形成|实施"
    "|推进|成立|签订|安排|发布|建成|组建|配齐|公开|培训|检查|签署|设置|编写|修订|培育|加强|强化|规范|优化|细化|压实|抓好|做好|保障|改造|新建|整治"
)
# 机构健全、职责明确、人员到位: three states for one sum of points.
_STATES = "健全|完善|明确|到位|齐全|规范|完整|落实|有力|清晰|合理|充足|畅通|完备|扎实"
_DONE = re.compile(
    rf"(?:{_VERBS}|有)[^，；。、（）()\d]{{1,10}}(?:、(?:{_VERBS}|有)[^，；。、（）()\d]{{1,10}}){{2,}}"
    rf"|[^，；。、（）()\d]{{2,8}}(?:{_STATES})(?:、[^，；。、（）()\d]{{2,8}}(?:{_STATES})){{2,}}"
)
_AHEAD = re.compile("居[^，；。]*前列$")
_COMPOUND = re.compile(
    "[，,；;。]|并且|同时|[、和及与][^，,]*各(?=开展|举办|召开|组织|完成|有|\\d|不)"
)
_SHARE = Open(
    "部分",
    "所列各项只做到一部分时怎样得分，文件未写",
    "按比例",
    "各项合给一个分值，未要求全部做到，按个数折算",
    ("按比例", "全部达到才得分"),
)


UNREADABLE = Open(
    "计分方式", "这一条怎样计分，程序没有读懂", "专家评分", "先按专家评分处理，请核对原文后选定"
)


def unreadable(text: str, points: float) -> Draft:
    """A criterion whose way of scoring was not understood: only the review can score it."""
    return Draft(text, points, "专家评分", open=[UNREADABLE])


def read_item(text: str, points: float) -> Draft:
    """The criterion of a text that names no points but these."""
    draft = Draft(text, points)
    spans = find_spans(text)
    measure = measure_of(plain(text))
    parts = _PARTS.search(text)
    done = _DONE.fullmatch(text)
    if parts or done:
        names = parts[1].split("、") if parts else text.split("、")
        draft.kind, draft.params = "部分达成", f"{len(names)}项：{'、'.join(names)}"
        draft.open.append(_SHARE)
    elif ranked := _place(text, spans):
        draft.kind, draft.params = "名次", f"{ranked}：{number_text(points)}；其余：0"
        draft.open += place_words(draft.params)
    elif measure and _measured(measure, text):
        span = measure.span
        if span.bare:
            span = Interval(span.low, math.inf, True, False, span.unit)
        draft.kind = "数值分段"
        worth = f"{span.condition().text()}：{number_text(points)}"
        draft.params = worth + possible(text, span)
    else:
        draft.params = "；".join(span.condition().text() for span in spans if not span.bare)
    return draft


def _measured(measure: MeasuredSpan, text: str) -> bool:
    """Whether the measure is all that the text asks for; a bare number counts at its end."""
    alone = not _COMPOUND.search(text) and "连续" not in text and not measure.span.place
    return alone and not (measure.span.bare and measure.tail)


def _place(text: str, spans: tuple[Interval, ...]) -> str:
    """What the place must be, for a text that asks for nothing but a place."""
    if _AHEAD.search(text) and not re.search("[，,]或", text):
        return "前列"
    if len(spans) == 1 and spans[0].place and "连续" not in text:
        alone = not _COMPOUND.search(text) and "或" not in text
        return f"≤{number_text(spans[0].high)}" if alone else ""
    return ""
