"""What evidence each criterion needs: which kinds, of which years."""

import re
from dataclasses import dataclass

from qcity_xl.core.master.criteria import points_of
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.master.settings import Settings, years_in
from qcity_xl.core.numerals import NUMERALS, whole_number
from qcity_xl.core.plan import COMBINE_NAMES
from qcity_xl.core.rules import AnswerError, ParamsError, Question, Rulings, parse_rule
from qcity_xl.core.rules.question import says_absent
from qcity_xl.core.rules.spans import RATIOS
from qcity_xl.core.schema import CRITERIA, INDICATORS
from qcity_xl.core.schema.words import NOT_NEEDED
from qcity_xl.core.text import entries, fold

Window = tuple[int, int] | None  # first and last year of the plan
_FILE, _PHOTO, _MINUTES = "文件", "现场照片", "会议纪要"
_SPAN = re.compile(rf"(?:连续)?(\d{{1,2}}|[{NUMERALS}]{{1,3}})年内?")
_EACH = re.compile(rf"每年(?:(\d{{1,2}}|[{NUMERALS}]{{1,3}})月份?)?|定期")
_RATE = re.compile("率|比重")
_BUILT = re.compile("建有|建成|建立|设立|平台|系统|基地")
_MEETING = re.compile("会议|联席会|例会|大会|开会|召开")


@dataclass(frozen=True, slots=True)
class Need:
    """One piece of evidence that a criterion needs: a kind and, where it recurs, a year.

    `month` is the one month that 每年9月 takes, 0 for any.
    """

    criterion: str
    label: str
    unit: str
    kind: str
    period: str = ""
    month: int = 0

    @property
    def when(self) -> str:
        """（2016年）, （2016年9月）, or "" where any time of the plan will do."""
        month = f"{self.month}月" if self.month else ""
        return f"（{self.period}年{month}）" if self.period else ""


def needs_of(master: Master, settings: Settings) -> list[Need]:
    """One need per criterion, kind and year, from acceptance methods and periods.

    A criterion that is not applicable needs nothing: by its answer, or by the review alone where
    there is none. A review does not free a claim of its evidence.
    """
    indicators = {text(row, "no"): row for row in master.rows(INDICATORS).values()}
    rulings = master.rulings()
    needs = []
    for key, row in master.rows(CRITERIA).items():
        if says_absent(row.get("answer") if row.get("answer") is not None else row.get("ruling")):
            continue
        no = text(row, "indicator")
        methods = text(indicators.get(no, {}), "methods")
        # Methods that a document lost go by what 待定事项 says for it, confirmed or not.
        asked = rulings.get(no, {}).get("验收方式", "")
        if set(entries(methods)) <= set(entries(asked)):
            methods = asked
        needs += [
            Need(key, text(row, "label"), text(row, "owner"), kind, year, month)
            for kind in _kinds(row, methods, settings)
            for year, month in _times(text(row, "period"), settings) or (("", 0),)
        ]
    return needs


def _kinds(row: Row, methods: str, settings: Settings) -> list[str]:
    """What 材料类型 of the criterion says; without it, by 验收方式 what fits such a criterion."""
    own = entries(text(row, "kinds"))
    if own:
        return [kind for kind in dict.fromkeys(own) if kind != NOT_NEEDED]
    listed = entries(methods) or [settings.default_method.strip()]
    named = (settings.kinds_of_method.get(method, _FILE) for method in listed)
    kinds = list(dict.fromkeys(kind for kind in named if kind))
    fitting = [kind for kind in kinds if _fits(kind, row)]
    return fitting or ([_FILE] if kinds else [])


def _fits(kind: str, row: Row) -> bool:
    """Whether such a criterion can show it: a rate has no photo, no meeting has no minutes."""
    words = text(row, "text")
    if kind == _MINUTES:
        return bool(_MEETING.search(words))
    if kind != _PHOTO:
        return True
    try:
        wanted = parse_rule(text(row, "kind"), text(row, "params"), points_of(row)).measure
    except ParamsError:
        return True
    number = wanted is not None and (wanted.unit in RATIOS or wanted.unit == "名")
    return not number and (not _RATE.search(words) or bool(_BUILT.search(words)))


def spared_criteria(master: Master) -> set[str]:
    """Criteria under 取高 that can't count any more: another one was claimed with as many points.

    A tie goes to the first one.
    """
    best = COMBINE_NAMES["best"]
    held = master.rulings()
    spared: set[str] = set()
    for indicator in master.rows(INDICATORS).values():
        if text(indicator, "combine") != best:
            continue
        own = {
            key: row
            for key, row in master.rows(CRITERIA).items()
            if text(row, "indicator") == text(indicator, "no")
        }
        claims = {key: _claim(row, held.get(text(row, "label"), {})) for key, row in own.items()}
        top = max((claim or 0.0 for claim in claims.values()), default=0.0)
        if not top:
            continue
        counting = next(key for key, claim in claims.items() if claim == top)
        for key, claim in claims.items():
            possible = points_of(own[key]) if claim is None else claim
            if key != counting and possible <= top:
                spared.add(key)
    return spared


def _claim(row: Row, rulings: Rulings) -> float | None:
    """The points that an answer claims, None for 未评."""
    answer = row.get("answer")
    if answer is None:
        return None
    try:
        return Question.of(row, rulings).score(answer).points
    except (AnswerError, ParamsError):
        return None


def plan_window(settings: Settings) -> Window:
    """The years that evidence without a period may be of: 任务年份 and 考核年份; None unknown."""
    years = {*settings.years, *((settings.review_year,) if settings.review_year else ())}
    return (min(years), max(years)) if years else None


def is_period(period: str) -> bool:
    """Whether each entry of 佐证周期 is one that `_times` reads."""
    return all(
        word == "当年" or recurs(word) or _span(word) or years_in(word) for word in entries(period)
    )


def recurs(word: str) -> bool:
    """Whether it means each year of the plan: 每年, 每年9月, 定期."""
    match = _EACH.fullmatch(fold(word))
    return match is not None and (not match[1] or 1 <= (whole_number(match[1]) or 0) <= 12)


def _span(word: str) -> int | None:
    """How many years 连续3年 or 五年内 is, the last one the review's; None for other words."""
    match = _SPAN.fullmatch(fold(word))
    return whole_number(match[1]) if match else None


def each_year(period: str, settings: Settings) -> tuple[int, ...]:
    """The years of which one by one is told whether a criterion is met: of 每年 and 连续3年.

    None for 定期, 3年内 and 当年, nor where 设置 does not say which years, or only one, are meant.
    """
    asked = [word for word in entries(period) if fold(word).startswith(("每年", "连续"))]
    years = tuple(int(year) for year, _ in _times("、".join(asked), settings))
    return years if len(years) > 1 else ()


def _times(period: str, settings: Settings) -> tuple[tuple[str, int], ...]:
    """Years that evidence must cover, as text, with the month of 每年9月 or 0.

    Empty where any time will do. A year that is asked for as a whole has no month.
    """
    last = settings.review_year
    months: dict[int, int] = {}
    for word in entries(period):
        span = _span(word)
        month = 0
        if recurs(word):
            years = set(settings.years)
            named = _EACH.fullmatch(fold(word))
            month = (named and named[1] and whole_number(named[1])) or 0
        elif word == "当年" and last:
            years = {last}
        elif span and last:
            years = set(range(last - span + 1, last + 1))
        else:
            years = set(years_in(word))
        for year in years:
            months[year] = month if months.get(year, month) == month else 0
    return tuple((str(year), months[year]) for year in sorted(months))
