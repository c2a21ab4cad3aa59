"""What evidence is needed, what there is, and what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.master.settings import Settings, years_in
from qcity_xl.core.numerals import NUMERALS, whole_number
from qcity_xl.core.rules.question import says_absent
from qcity_xl.core.schema import CRITERIA, EVIDENCE, INDICATORS
from qcity_xl.core.schema.words import PASSED, SENT_BACK, VALID
from qcity_xl.core.text import entries, fold, labels_in
from qcity_xl.core.values import parse_date

MISSING = "缺失"
UNDATED, OUT_OF_PERIOD = "未注日期", "超出所属期"
NO_PLACE, NO_FILE, EMPTY_FILE = "未填存放位置", "文件不存在", "空文件"
DUPLICATE, REJECTED, UNUSED = "重复", SENT_BACK, "未对应得分点"
PENDING = "待审未计"
ELSEWHERE, OUTSIDE, ITSELF = "在别的电脑或地址上", "不在总表的文件夹里", "是总表本身"
NO_KIND = "未填材料类型"
BORROWED = "与别的单位另一份材料是同一文件"
_SPAN = re.compile(rf"(?:连续)?(\d{{1,2}}|[{NUMERALS}]{{1,3}})年内?")
# From the worst fault to the one mended most easily: of a near miss the last one is reported.
_FAULTS = (
    REJECTED,
    ELSEWHERE,
    OUTSIDE,
    ITSELF,
    NO_PLACE,
    NO_FILE,
    EMPTY_FILE,
    DUPLICATE,
    BORROWED,
    NO_KIND,
    UNDATED,
    OUT_OF_PERIOD,
    PENDING,
)


@dataclass(frozen=True, slots=True)
class FileFact:
    """What is known of a file: its size in bytes and, once read, its SHA-256.

    With a `fault` the place can be no evidence, whatever is there.
    """

    exists: bool
    size: int = 0
    sha256: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """One piece of evidence that a criterion needs: a kind and, where it recurs, a year."""

    criterion: str
    label: str
    unit: str
    kind: str
    period: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A need that nothing meets; `state` says what is wrong with the nearest candidate."""

    need: Need
    state: str

    def sentence(self) -> str:
        """现场照片（2016年）：未注日期."""
        period = f"（{self.need.period}年）" if self.need.period else ""
        return f"{self.need.kind}{period}：{self.state}"


@dataclass(frozen=True, slots=True)
class Assessment:
    """Needs, gaps, and a finding for each row of 佐证."""

    needs: tuple[Need, ...]
    gaps: tuple[Gap, ...]
    findings: Mapping[str, str]

    def gaps_of(self, criterion: str) -> list[Gap]:
        """The gaps of one criterion (by row id)."""
        return [gap for gap in self.gaps if gap.need.criterion == criterion]


def assess(master: Master, files: Mapping[str, FileFact]) -> Assessment:
    """What is needed and what is missing. `files` maps 存放位置 to what is on disk.

    A location that `files` does not hold (a web address) is taken as there.
    """
    settings = master.settings
    needs = needs_of(master, settings)
    labels = criteria_labels(master)
    findings = {
        key: _finding(row, files) for key, row in master.rows(EVIDENCE).items() if is_filled(row)
    }
    serves = {
        key: criteria_in(text(master.rows(EVIDENCE)[key], "criteria"), labels) for key in findings
    }
    _mark_strangers(master, needs, findings, serves)
    _mark_duplicates(master, files, findings, serves)
    _mark_borrowed(master, files, findings)
    findings |= {key: UNUSED for key, f in findings.items() if f == VALID and not serves[key]}
    gaps = []
    kinds: dict[str, set[str]] = {}
    for need in needs:
        kinds.setdefault(need.criterion, set()).add(need.kind)
    for need in needs:
        rows = [key for key in findings if need.criterion in serves[key]]
        found = [(master.rows(EVIDENCE)[key], findings[key]) for key in rows]
        state = _state(need, found, settings, sole=len(kinds[need.criterion]) == 1)
        if state != VALID:
            gaps.append(Gap(need, state))
    return Assessment(tuple(needs), tuple(gaps), findings)


def needs_of(master: Master, settings: Settings) -> list[Need]:
    """One need per criterion, kind and year, from acceptance methods and periods.

    A criterion that is not applicable needs nothing: by its answer, or by the review alone where
    there is none. A review does not free a claim of its evidence.
    """
    indicators = {text(row, "no"): row for row in master.rows(INDICATORS).values()}
    held = master.rulings()
    needs = []
    for key, row in master.rows(CRITERIA).items():
        if says_absent(row.get("answer") if row.get("answer") is not None else row.get("ruling")):
            continue
        no = text(row, "indicator")
        methods = text(indicators.get(no, {}), "methods")
        # Methods that a document lost go by what 待定事项 says for it, confirmed or not.
        asked = held.get(no, {}).get("验收方式", "")
        if set(entries(methods)) <= set(entries(asked)):
            methods = asked
        years = _years(text(row, "period"), settings) or ("",)
        needs += [
            Need(key, text(row, "label"), text(row, "owner"), kind, year)
            for kind in _kinds(methods, settings)
            for year in years
        ]
    return needs


def _kinds(methods: str, settings: Settings) -> list[str]:
    listed = entries(methods) or [settings.default_method.strip()]
    kinds = (settings.kinds_of_method.get(method, "文件") for method in listed)
    return list(dict.fromkeys(kind for kind in kinds if kind))


def is_period(period: str) -> bool:
    """Whether each entry of 佐证周期 is one that `_years` reads."""
    known = ("每年", "定期", "当年")
    return all(word in known or _span(word) or years_in(word) for word in entries(period))


def _span(word: str) -> int | None:
    """How many years 连续3年 or 五年内 is, the last one the review's; None for other words."""
    match = _SPAN.fullmatch(fold(word))
    return whole_number(match[1]) if match else None


def _years(period: str, settings: Settings) -> tuple[str, ...]:
    """Years that evidence must cover, as text; empty where any time will do."""
    last = settings.review_year
    years: set[int] = set()
    for word in entries(period):
        span = _span(word)
        if word in ("每年", "定期"):
            years |= set(settings.years)
        elif word == "当年" and last:
            years.add(last)
        elif span and last:
            years |= set(range(last - span + 1, last + 1))
        else:
            years |= set(years_in(word))
    return tuple(map(str, sorted(years)))


def criteria_labels(master: Master) -> dict[str, tuple[str, ...]]:
    """Folded label -> criteria: 13(3) means one, 13 all of the indicator."""
    labels: dict[str, tuple[str, ...]] = {}
    for key, row in master.rows(CRITERIA).items():
        labels[fold(text(row, "label"))] = (key,)
        whole = fold(text(row, "indicator"))
        labels[whole] = (*labels.get(whole, ()), key)
    return labels


def criteria_in(cell: str, labels: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Row ids of the criteria that a cell such as 13(3)、7 names; unknown ones are left out."""
    return {key for label in labels_in(cell, labels) for key in labels.get(label, ())}


def is_filled(row: Row) -> bool:
    """Whether a row of 佐证 gives anything."""
    return any(text(row, name) for name in ("title", "number", "location"))


def _finding(row: Row, files: Mapping[str, FileFact]) -> str:
    location = text(row, "location")
    fact = files.get(location)
    if text(row, "state") == REJECTED:
        return REJECTED
    if not location:
        return NO_PLACE
    if fact and fact.fault:
        return fact.fault
    if fact and not fact.exists:
        return NO_FILE
    if fact and fact.size == 0:
        return EMPTY_FILE
    if parse_date(row.get("dated")) is None and not years_in(text(row, "period")):
        return UNDATED
    return VALID


def _mark_duplicates(
    master: Master,
    files: Mapping[str, FileFact],
    findings: dict[str, str],
    serves: Mapping[str, set[str]],
) -> None:
    """A row is no further evidence if other rows give its file for all its criteria.

    The first row counts, a dated one before an undated one.
    """
    seen: set[tuple[str, str]] = set()
    for key in sorted(findings, key=lambda key: findings[key] != VALID):
        if findings[key] not in (VALID, UNDATED):
            continue
        same = _content(master.rows(EVIDENCE)[key], files)
        marks = {(criterion, same) for criterion in serves[key]}
        if marks and marks <= seen:
            findings[key] = DUPLICATE
        seen |= marks


def _mark_borrowed(master: Master, files: Mapping[str, FileFact], findings: dict[str, str]) -> None:
    """A row whose file another unit gave before under another title: it can't be both."""
    first: dict[str, tuple[str, str]] = {}
    for key, finding in findings.items():
        if finding != VALID:
            continue
        row = master.rows(EVIDENCE)[key]
        mine = (fold(text(row, "unit")), fold(text(row, "title")))
        given = first.setdefault(_content(row, files), mine)
        if all(theirs and own and theirs != own for theirs, own in zip(given, mine, strict=True)):
            findings[key] = BORROWED


def _content(row: Row, files: Mapping[str, FileFact]) -> str:
    """What is the same for two rows that give one file."""
    location = text(row, "location")
    fact = files.get(location)
    return (fact.sha256 if fact else "") or text(row, "sha256") or fold(location)


def _mark_strangers(
    master: Master,
    needs: list[Need],
    findings: dict[str, str],
    serves: Mapping[str, set[str]],
) -> None:
    """A dated row none of whose years is asked for, while years are asked for."""
    for key, finding in findings.items():
        row = master.rows(EVIDENCE)[key]
        asked = {need.period for need in needs if need.criterion in serves[key]}
        if finding == VALID and asked and "" not in asked and not asked & _covered(row):
            findings[key] = OUT_OF_PERIOD


def _covered(row: Row) -> set[str]:
    years = years_in(text(row, "period"))
    dated = parse_date(row.get("dated"))
    return {str(year) for year in years} or ({str(dated.year)} if dated else set())


def _state(need: Need, rows: list[tuple[Row, str]], settings: Settings, *, sole: bool) -> str:
    """What is wrong with the nearest candidate; one without 材料类型 is one of the `sole` kind."""
    states = set()
    for row, finding in rows:
        kind = text(row, "kind")
        if kind not in ("", need.kind):
            continue
        if not kind and not sole and finding == VALID:
            finding = NO_KIND
        covered = _covered(row)
        elsewhen = need.period and covered and need.period not in covered
        if elsewhen and finding != OUT_OF_PERIOD:
            continue
        pending = not settings.count_pending and text(row, "state") != PASSED
        states.add(PENDING if finding == VALID and pending else finding)
    if VALID in states:
        return VALID
    return next((fault for fault in reversed(_FAULTS) if fault in states), MISSING)
