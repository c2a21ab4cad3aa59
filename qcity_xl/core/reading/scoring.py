"""Wording to criteria: how the points of an indicator are earned."""

import re
from dataclasses import dataclass
from functools import lru_cache

from qcity_xl.core.numerals import NUMERALS, whole_number
from qcity_xl.core.plan import Combine, Criterion, Ruling
from qcity_xl.core.reading.drafts import Draft
from qcity_xl.core.reading.wording import read_wording, unreadable
from qcity_xl.core.rules import ParamsError, parse_rule
from qcity_xl.core.text import number_text

_COMBINE = ("取高", "累加封顶")
_UNREAD = ("不影响得分", "影响得分，已改得分点")
_COUNT = rf"\d+|[{NUMERALS}]+"
_ONE_MONTH = re.compile(r"每年\d+月")
_PERIOD = re.compile(f"每年(?:(?:{_COUNT})月)?|年度|定期|当年|连续(?:{_COUNT})年|(?:{_COUNT})年内")


@dataclass(frozen=True, slots=True)
class Scoring:
    """The criteria of one wording; `rest` is what stands after the last mark of points."""

    drafts: tuple[Draft, ...]
    rest: str = ""

    @property
    def sum(self) -> float:
        """Points if all criteria count."""
        return sum(draft.points for draft in self.drafts)

    @property
    def best(self) -> float:
        """Points if only the best criterion counts."""
        return max((draft.points for draft in self.drafts), default=0)


@lru_cache(maxsize=4_000)  # offices write the same words for many indicators
def parse_scoring(wording: str, points: float | None = None) -> Scoring:
    """The criteria of a wording; none where it is empty.

    `points`, where the document states them, settle whether several thresholds add up.
    """
    if not wording.strip():
        return Scoring(())
    understood = read_wording(wording, points)
    return Scoring(tuple(map(_checked, understood.drafts)), understood.rest)


def _checked(draft: Draft) -> Draft:
    """The draft, or one that only the review can score where the rule kind refuses it."""
    try:
        parse_rule(draft.kind, draft.params, draft.points)
    except ParamsError:
        return unreadable(draft.source or draft.text, draft.points)
    return draft


def combination(scoring: Scoring, points: float) -> Combine:
    """Sum, or best where the parts are worth more than the whole."""
    return "best" if scoring.sum > points and len(scoring.drafts) > 1 else "sum"


def criteria_of(indicator: int, scoring: Scoring, title: str) -> list[Criterion]:
    """The criteria with their numbers, periods and 合理缺项."""
    return [
        Criterion(
            indicator,
            ordinal,
            draft.text,
            draft.points,
            draft.kind,
            draft.params,
            _period(draft.source or draft.text, title),
            any(choice.item == "缺项" for choice in draft.open),
        )
        for ordinal, draft in enumerate(scoring.drafts, 1)
    ]


def rulings_of(indicator: int, scoring: Scoring, points: float) -> list[Ruling]:
    """What the wording leaves open."""
    rulings = [
        Ruling(
            f"{indicator}({ordinal})",
            choice.item,
            choice.question,
            choice.default,
            choice.reason,
            choice.options,
        )
        for ordinal, draft in enumerate(scoring.drafts, 1)
        for choice in draft.open
    ]
    if scoring.rest:
        rulings.append(
            Ruling(
                str(indicator),
                "未读",
                f"评分办法末尾的“{scoring.rest}”没有读成规则，是否影响得分",
                _UNREAD[0],
                "没有从中读出分值，请核对原文",
                _UNREAD,
            )
        )
    if combination(scoring, points) == "best":
        each = "、".join(number_text(draft.points) for draft in scoring.drafts)
        question = f"得分点为{each}分，合计超过指标的{number_text(points)}分，取高还是累加封顶"
        reason = "最高一项恰为指标分值，看作只居其一的档次"
        if scoring.best != points:
            reason = "合计超过指标分值，暂按只居其一处理"
        rulings.append(Ruling(str(indicator), "组合", question, _COMBINE[0], reason, _COMBINE))
    return rulings


def _period(text: str, title: str) -> str:
    found = dict.fromkeys(map(_usual, _PERIOD.findall(f"{text}\n{title}")))
    always = {"每年", "定期"} & set(found)  # then no month of 每年9月 is the only one
    return "、".join(word for word in found if not (always and _ONE_MONTH.fullmatch(word)))


def _usual(word: str) -> str:
    if word == "年度":
        return "每年"
    return re.sub(_COUNT, lambda count: str(whole_number(count[0]) or count[0]), word)
