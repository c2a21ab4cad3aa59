"""What evidence is needed, what there is, and what is wrong with it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.master.settings import Settings, years_in
from qcity_xl.core.schema import CRITERIA, EVIDENCE
from qcity_xl.core.schema.words import PASSED, SENT_BACK, VALID
from qcity_xl.core.scoring.needs import Need, Window, needs_of, plan_window, spared_criteria
from qcity_xl.core.text import fold, labels_in
from qcity_xl.core.values import parse_date

MISSING = "缺失"
UNDATED, OUT_OF_PERIOD = "未注日期", "超出所属期"
NO_PLACE, NO_FILE, EMPTY_FILE = "未填存放位置", "文件不存在", "空文件"
DUPLICATE, REJECTED, UNUSED = "重复", SENT_BACK, "未对应得分点"
PENDING = "待审未计"
ELSEWHERE, OUTSIDE, ITSELF = "在别的电脑或地址上", "不在总表的文件夹里", "是总表本身"
# What a look into the file found; UNCHECKED where there is no way to look.
UNREADABLE = ENCRYPTED, BROKEN, NO_PAGES, NO_PICTURE, HUGE, ENDLESS = (
    *("打不开：有口令或加密", "打不开：文件损坏", "打不开：PDF没有页"),
    *("打不开：图片没有内容", "打不开：大得不合情理", "打不开：读不完"),
)
UNCHECKED = "未打开检查"
EXPIRED = "检查前过期"
NO_KIND = "未填材料类型"
BORROWED = "与别的单位另一份材料是同一文件"
_MONTH = re.compile(r"(?:19|20)\d{2}[年./-]0?(\d{1,2})(?:月|(?!\d))")  # 2016年9月, 2016-09
# From the worst fault to the one mended most easily: of a near miss the last one is reported.
_FAULTS = (
    REJECTED,
    ELSEWHERE,
    OUTSIDE,
    ITSELF,
    NO_PLACE,
    NO_FILE,
    EMPTY_FILE,
    *UNREADABLE,
    DUPLICATE,
    BORROWED,
    EXPIRED,
    NO_KIND,
    UNDATED,
    OUT_OF_PERIOD,
    PENDING,
)


@dataclass(frozen=True, slots=True)
class FileFact:
    """What is known of a file: its size in bytes and, once read, its SHA-256.

    With a `fault` the place can be no evidence, whatever is there. An `unchecked` one is of a kind
    that the program does not open.
    """

    exists: bool
    size: int = 0
    sha256: str = ""
    fault: str = ""
    unchecked: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """A need that nothing meets; `state` says what is wrong with the nearest candidate."""

    need: Need
    state: str

    def sentence(self) -> str:
        """现场照片（2016年）：未注日期."""
        return f"{self.need.kind}{self.need.when}：{self.state}"


@dataclass(frozen=True, slots=True)
class Assessment:
    """Needs, gaps, and a finding for each row of 佐证.

    `spare` are gaps of criteria that do not count beside a better one of their indicator (取高):
    nobody is asked to fill them, and such a criterion has no 佐证 score all the same.
    """

    needs: tuple[Need, ...]
    gaps: tuple[Gap, ...]
    findings: Mapping[str, str]
    spare: tuple[Gap, ...] = ()
    _needs: Mapping[str, list[Need]] = field(init=False, repr=False, compare=False)
    _gaps: Mapping[str, list[Gap]] = field(init=False, repr=False, compare=False)
    _spare: Mapping[str, list[Gap]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Sort needs and gaps by criterion, once: each of thousands asks for its own."""
        needs: dict[str, list[Need]] = {}
        for need in self.needs:
            needs.setdefault(need.criterion, []).append(need)
        object.__setattr__(self, "_needs", needs)
        object.__setattr__(self, "_gaps", _by_criterion(self.gaps))
        object.__setattr__(self, "_spare", _by_criterion(self.spare))

    def needs_of(self, criterion: str) -> list[Need]:
        """The needs of one criterion (by row id)."""
        return self._needs.get(criterion, [])

    def gaps_of(self, criterion: str) -> list[Gap]:
        """The gaps of one criterion (by row id) that are to be filled."""
        return self._gaps.get(criterion, [])

    def lacking(self, criterion: str) -> list[Gap]:
        """All that its claim lacks, asked for or not."""
        return [*self._gaps.get(criterion, []), *self._spare.get(criterion, [])]


def _by_criterion(gaps: Sequence[Gap]) -> dict[str, list[Gap]]:
    found: dict[str, list[Gap]] = {}
    for gap in gaps:
        found.setdefault(gap.need.criterion, []).append(gap)
    return found


def assess(master: Master, files: Mapping[str, FileFact]) -> Assessment:
    """What is needed and what is missing. `files` maps 存放位置 to what is on disk.

    A location that `files` does not hold (a web address) is taken as there.
    """
    settings = master.settings
    window, spared = plan_window(settings), spared_criteria(master)
    needs = needs_of(master, settings)
    labels = criteria_labels(master)
    findings = {
        key: _finding(row, files, settings)
        for key, row in master.rows(EVIDENCE).items()
        if is_filled(row)
    }
    serves = {
        key: criteria_in(text(master.rows(EVIDENCE)[key], "criteria"), labels) for key in findings
    }
    _mark_strangers(master, needs, findings, serves, window)
    _mark_duplicates(master, files, findings, serves)
    _mark_borrowed(master, files, findings)
    findings |= {key: UNUSED for key, f in findings.items() if f == VALID and not serves[key]}
    gaps: list[Gap] = []
    spare: list[Gap] = []
    kinds: dict[str, set[str]] = {}
    for need in needs:
        kinds.setdefault(need.criterion, set()).add(need.kind)
    serving: dict[str, list[str]] = {}
    for key in findings:
        for criterion in serves[key]:
            serving.setdefault(criterion, []).append(key)
    evidence = master.rows(EVIDENCE)
    for need in needs:
        found = [(evidence[key], findings[key]) for key in serving.get(need.criterion, [])]
        state = _state(need, found, settings, window, sole=len(kinds[need.criterion]) == 1)
        if state != VALID:
            (spare if need.criterion in spared else gaps).append(Gap(need, state))
    asked = tuple(need for need in needs if need.criterion not in spared)
    return Assessment(asked, tuple(gaps), findings, tuple(spare))


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


def _finding(row: Row, files: Mapping[str, FileFact], settings: Settings) -> str:
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
    expires, inspected = parse_date(row.get("valid_until")), settings.inspected_on
    if expires and inspected and expires < inspected:
        return EXPIRED
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
    window: Window,
) -> None:
    """A dated row of a time that none of its criteria asks for, or that does not say its month."""
    for key, finding in findings.items():
        row = master.rows(EVIDENCE)[key]
        found = {timing(n, row, window) for n in needs if n.criterion in serves[key]}
        if finding == VALID and found and "" not in found:
            findings[key] = UNDATED if UNDATED in found else OUT_OF_PERIOD


def _covered(row: Row) -> set[int]:
    dated = parse_date(row.get("dated"))
    return set(years_in(text(row, "period"))) or ({dated.year} if dated else set())


def timing(need: Need, row: Row, window: Window) -> str:
    """What is wrong with the time of a row for a need; "" where it fits or is told otherwise."""
    covered = _covered(row)
    if not covered:
        return ""
    if not need.period:
        fits = window is None or any(window[0] <= year <= window[1] for year in covered)
        return "" if fits else OUT_OF_PERIOD
    if int(need.period) not in covered:
        return OUT_OF_PERIOD
    if not need.month:
        return ""
    dated = parse_date(row.get("dated"))
    stated = {int(month) for month in _MONTH.findall(fold(text(row, "period")))}
    months = stated or ({dated.month} if dated else set())
    return UNDATED if not months else "" if need.month in months else OUT_OF_PERIOD


def _state(
    need: Need, rows: list[tuple[Row, str]], settings: Settings, window: Window, *, sole: bool
) -> str:
    """What is wrong with the nearest candidate; one without 材料类型 is one of the `sole` kind."""
    states = set()
    for row, finding in rows:
        kind = text(row, "kind")
        if kind not in ("", need.kind):
            continue
        if not kind and not sole and finding == VALID:
            finding = NO_KIND
        when = timing(need, row, window)
        same_year = not need.period or int(need.period) in _covered(row)
        if when == OUT_OF_PERIOD and not same_year and finding != OUT_OF_PERIOD:
            continue  # it is for another year
        if finding == VALID and when:
            finding = when
        pending = not settings.count_pending and text(row, "state") != PASSED
        states.add(PENDING if finding == VALID and pending else finding)
    if VALID in states:
        return VALID
    return next((fault for fault in reversed(_FAULTS) if fault in states), MISSING)
