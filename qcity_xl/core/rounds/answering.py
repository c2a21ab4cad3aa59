"""What a city's own master answers to the pack that its province sent it.

| a row of the pack                        | is answered by                             |
|------------------------------------------|--------------------------------------------|
| a task of that number and wording        | what the city's units report on it         |
| a criterion of that number, wording, points and kind of rule | 自评答案 and 自评说明  |
| evidence that was given before           | the city's of that name and number         |
| a line for evidence that is missing      | the city's of that criterion, kind, period |
| a blank line for evidence                | the city's other evidence for what is asked |

A row that agrees in number or in wording alone is answered by nothing and told, and so is one that
the city's table lacks. What the city left blank clears nothing; a cell that somebody filled in the
pack stays; both are told. Where a city keeps its files says nothing to a province, which might have
another file there: of 存放位置 only an address on the web goes along.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from qcity_xl.core.errors import QcityError
from qcity_xl.core.master.formula_values import roll_up
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.master.settings import years_in
from qcity_xl.core.rounds.assignments import in_force
from qcity_xl.core.rounds.pack import PackRow, ReturnedPack, Unanswered
from qcity_xl.core.schema import ASSIGNMENTS, CRITERIA, EVIDENCE, INDICATORS, TASKS
from qcity_xl.core.schema.pack import PACK, PACK_CRITERIA, PACK_EVIDENCE, PACK_TASKS, PackTable
from qcity_xl.core.schema.words import FINISHED, LEAD, NOT_NEEDED, SENT_BACK
from qcity_xl.core.scoring.evaluate import progress_of
from qcity_xl.core.scoring.evidence import criteria_in, criteria_labels, is_filled
from qcity_xl.core.scoring.stale import check_stale
from qcity_xl.core.text import fold, natural_key, shorten
from qcity_xl.core.values import Value, parse_date, same_meaning

_SHARE = 3  # of what is asked one in so many must be in the city's table: else it is another plan
_SHOWN = 24
_REPORTS = ("progress", "note", "difficulty")
_TOLD = (*_REPORTS, "done_on")
_WEB = ("http://", "https://")


class OtherPlan(QcityError):
    """A master on another table of tasks than the pack's."""

    def __init__(self, placed: int, asked: int) -> None:
        """Say how little of it agrees."""
        super().__init__(
            f"填报表问的{asked}项任务和得分点，市的总表里编号和文字都对上的只有{placed}项，"
            "多半不是同一份任务分解表，没有代填。请核对选的是不是这一年的总表；"
            "市的总表还是旧版文件的，先点“新版文件”换上新版。"
        )


class OtherYears(QcityError):
    """A master of other years than the pack's tasks."""

    def __init__(self, asked: Iterable[int], own: Iterable[int]) -> None:
        """Say both."""
        super().__init__(
            f"填报表的任务是{_years(asked)}的，市的总表是{_years(own)}的，没有代填。"
            "请选同一年度的总表；年份填错的，在市的总表「设置」的“任务年份”里改对。"
        )


def _years(years: Iterable[int]) -> str:
    return "、".join(f"{year}年" for year in sorted(years))


@dataclass(slots=True)
class Answers:
    """What goes into a pack: by table and row id the cells to fill, and evidence below its rows.

    `asked` and `placed` count its tasks and criteria. `unanswered` are rows, and what could not
    go with them; `notes` what the office should know of the whole.
    """

    cells: dict[tuple[str, str], dict[str, Value]] = field(default_factory=dict)
    added: list[dict[str, Value]] = field(default_factory=list)
    unanswered: list[Unanswered] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    asked: int = 0
    placed: int = 0

    @property
    def filled(self) -> int:
        """How many cells are filled."""
        return sum(map(len, self.cells.values())) + sum(map(len, self.added))


def answers_to(pack: ReturnedPack, city: Master) -> Answers:
    """What the master of a city answers to a pack as it lies there, perhaps filled in part.

    The same master answers the same pack alike, however its rows are sorted. Raises OtherPlan,
    OtherYears.
    """
    asked = {y for row in pack.base.get(_name(PACK_TASKS), {}).values() for y in _of(row)}
    own = set(city.settings.years)
    if asked and own and not asked & own:
        raise OtherYears(asked, own)
    answering = _Answering(pack, city)
    found = answering.found
    answering.tasks()
    criteria = answering.criteria()
    if found.placed * _SHARE < found.asked:
        raise OtherPlan(found.placed, found.asked)
    answering.evidence(criteria)
    found.notes += [problem.sentence() for problem in check_stale(city)]
    return found


def _of(row: Row) -> tuple[int, ...]:
    return years_in(text(row, "deadline"))


def _name(table: PackTable) -> str:
    return table.table.name


class _Answering:
    """One pack and one master."""

    def __init__(self, pack: ReturnedPack, city: Master) -> None:
        self.city, self.found = city, Answers()
        self.base = {_name(table): pack.base.get(_name(table), {}) for table in PACK}
        self.now = {_name(table): pack.rows.get(_name(table), ()) for table in PACK}
        self._there = {name: {row.key: row for row in rows} for name, rows in self.now.items()}
        cells = roll_up(city).cells
        self._indicators = {
            text(row, "no"): (row, cells.get((INDICATORS.name, key, "claimed"), ""))
            for key, row in city.rows(INDICATORS).items()
        }

    # -- tasks

    def tasks(self) -> None:
        """Progress, notes, days and difficulties."""
        rows = _Numbered(self.city.rows(TASKS), "no", "任务")
        reports = self._reports()
        for key, sent in self._rows(PACK_TASKS):
            task = self._placed(PACK_TASKS, rows, text(sent, "task"), sent)
            if task:
                values = self._progress(rows.rows[task], reports.get(text(sent, "task"), []))
                self._fill(PACK_TASKS, key, text(sent, "task"), values)

    def _reports(self) -> dict[str, list[Row]]:
        """By task what the units say of it: leads first, then by name."""
        assigned = self.city.rows(ASSIGNMENTS)
        found: dict[str, list[Row]] = {}
        for key in in_force(self.city):
            found.setdefault(text(assigned[key], "task"), []).append(assigned[key])
        for rows in found.values():
            rows.sort(key=lambda row: (text(row, "role") != LEAD, text(row, "unit")))
        return found

    def _progress(self, task: Row, reports: Sequence[Row]) -> dict[str, Value]:
        leads = [row for row in reports if text(row, "role") == LEAD]
        progress = progress_of([text(row, "progress") for row in leads])
        if not any(text(row, name) for row in reports for name in _REPORTS):
            return dict.fromkeys(_TOLD)  # no answer comes from silence
        days = [day for row in leads if (day := parse_date(row.get("done_on")))]
        said = "\n".join(filter(None, (self._standing(task), _joined(reports, "note"))))
        return {
            "progress": progress,
            "note": said or None,
            "done_on": max(days) if days and progress == FINISHED else None,
            "difficulty": _joined(reports, "difficulty") or None,
        }

    def _standing(self, task: Row) -> str:
        """What the city claims for the indicator of a task, and how its evidence stands."""
        no = text(task, "indicator")
        indicator, claimed = self._indicators.get(no, ({}, ""))
        parts = []
        if claimed != "":
            parts.append(f"指标{no}自评{claimed}分（满分{text(indicator, 'points')}分）")
        if (state := text(task, "evidence")) not in ("", NOT_NEEDED):
            parts.append(f"佐证{state}")
        return "，".join(parts) + "。" if parts else ""

    # -- criteria

    def criteria(self) -> set[str]:
        """Answers and notes; the criteria of the city that are the pack's."""
        rows = _Numbered(self.city.rows(CRITERIA), "label", "得分点")
        same: set[str] = set()
        for key, sent in self._rows(PACK_CRITERIA):
            label = text(sent, "label")
            found = self._placed(PACK_CRITERIA, rows, label, sent)
            if not found:
                continue
            own = rows.rows[found]
            same.add(found)
            self._fill(PACK_CRITERIA, key, label, {n: own.get(n) for n in ("answer", "note")})
            readings = [fold(text(row, "reading")) for row in (sent, own)]
            if all(readings) and readings[0] != readings[1]:
                why = "已按本市的答案填，但上级的规则释义与本市的不同，请核对答案是不是照上级的算"
                self._tell(PACK_CRITERIA, label, why)
        return same

    # -- evidence

    def evidence(self, criteria: set[str]) -> None:
        """The city's evidence for these of its criteria."""
        lines = dict(self._rows(PACK_EVIDENCE))
        given = {_called(row): key for key, row in lines.items() if is_filled(row)}
        now = [row for row in self.now[_name(PACK_EVIDENCE)] if is_filled(row.values)]
        by_hand = {_called(row.values) for row in now} - given.keys()
        taken = {row.key for row in now}
        free = {key: row for key, row in lines.items() if key not in taken}
        waiting: list[dict[str, Value]] = []
        for piece in self._pieces(criteria):
            if same := given.pop(_called(piece), ""):
                self._fill(PACK_EVIDENCE, same, text(piece, "title"), piece)
            elif _called(piece) not in by_hand:
                waiting.append(piece)
        for piece in waiting:  # lines that were sent first: prepared ones stand before blank ones
            line = next((key for key, asked in free.items() if _fits(asked, piece)), "")
            if line:
                del free[line]
                self._fill(PACK_EVIDENCE, line, text(piece, "title"), piece)
            else:
                self.found.added.append({n: v for n, v in piece.items() if v is not None})
        for key in given.values():
            why = "上次报的，本市的总表里没有（或改了名称、文号），没有动"
            self._tell(PACK_EVIDENCE, text(lines[key], "title"), why)

    def _pieces(self, criteria: set[str]) -> Iterator[dict[str, Value]]:
        """What goes along of the city's evidence, by row id: the cells of a pack's row."""
        labels, rows = criteria_labels(self.city), self.city.rows(CRITERIA)
        left = places = 0
        for _, row in sorted(
            self.city.rows(EVIDENCE).items(), key=lambda item: natural_key(item[0])
        ):
            if not is_filled(row) or text(row, "state") == SENT_BACK:
                continue
            serves = criteria_in(text(row, "criteria"), labels) & criteria
            if not serves:
                left += 1
                continue
            named = sorted((text(rows[key], "label") for key in serves), key=natural_key)
            piece = {n: row.get(n) for n in PACK_EVIDENCE.editable} | {"criteria": "、".join(named)}
            if not text(row, "location").lower().startswith(_WEB):
                places += bool(text(row, "location"))
                piece["location"] = None
            yield piece
        if places:
            note = f"{places}份佐证的文件在市里，存放位置没有带上，请把文件随填报表报送"
            self.found.notes.append(note)
        if left:
            self.found.notes.append(f"另有{left}份佐证不是为所问的得分点准备的，没有带上")

    # -- a row of the pack

    def _rows(self, table: PackTable) -> Iterator[tuple[str, Row]]:
        """The rows that were sent and are still there."""
        for key, sent in self.base[_name(table)].items():
            if key in self._there[_name(table)]:
                yield key, sent

    def _placed(self, table: PackTable, rows: "_Numbered", number: str, sent: Row) -> str:
        """The row of the city that a row of the pack means, "" and told where none is."""
        self.found.asked += 1
        key, why = rows.find(number, sent)
        if key:
            self.found.placed += 1
        else:
            self._tell(table, number, why)
        return key

    def _fill(self, table: PackTable, key: str, named: str, values: Mapping[str, Value]) -> None:
        """Fill the cells that hold what was sent; tell of what is kept."""
        sent, now = self.base[_name(table)][key], self._there[_name(table)][key]
        blank, own = list[str](), list[str]()
        for name, value in values.items():
            column = table.source.column(name)
            then, there = sent.get(name), _there(now, sent, name)
            if same_meaning(there, value, column.type):
                continue
            if not same_meaning(there, then, column.type):
                own.append(column.header)
            elif value is None:
                blank.append(column.header)
            else:
                self.found.cells.setdefault((_name(table), key), {})[name] = value
        if blank:
            self._tell(table, named, f"“{'、'.join(blank)}”本市没有填，上次报的没有动")
        if own:
            self._tell(table, named, f"“{'、'.join(own)}”填报表里已经另填，没有动")

    def _tell(self, table: PackTable, named: str, why: str) -> None:
        self.found.unanswered.append(Unanswered(table.table.sheet, shorten(named, _SHOWN), why))


class _Numbered:
    """The rows of a table of the city by number and by wording."""

    def __init__(self, rows: Mapping[str, Row], number: str, what: str) -> None:
        self.rows, self._number, self._what = rows, number, what
        self._by_number = {fold(text(row, number)): key for key, row in rows.items()}
        self._by_text: dict[str, list[str]] = {}
        for key, row in rows.items():
            self._by_text.setdefault(fold(text(row, "text")), []).append(key)

    def find(self, number: str, sent: Row) -> tuple[str, str]:
        """The row of this number and wording; without it why there is none."""
        key = self._by_number.get(fold(number), "")
        same = self._by_text.get(fold(text(sent, "text")), [])
        if key and key in same:
            other = [c for c in ("points", "kind") if c in sent and not self._agrees(key, sent, c)]
            if not other:
                return key, ""
            own, theirs = (self._rule(row) for row in (self.rows[key], sent))
            return "", f"编号和文字对上了，但上级是{theirs}，本市是{own}，请自己填"
        if key:
            words = shorten(text(self.rows[key], "text"), _SHOWN)
            why = f"本市编号{number}的{self._what}写的是“{words}”，与上级的文字不同"
            return "", f"{why}，请核对后自己填"
        if same:
            numbers = "、".join(text(self.rows[k], self._number) for k in same)
            return "", f"本市有同样文字的{self._what}，但编号是{numbers}，请核对后自己填"
        return "", f"本市的总表里没有这项{self._what}，请自己填"

    def _agrees(self, key: str, sent: Row, name: str) -> bool:
        kind = CRITERIA.column(name).type
        return same_meaning(self.rows[key].get(name), sent.get(name), kind)

    @staticmethod
    def _rule(row: Row) -> str:
        return f"{text(row, 'points')}分、{text(row, 'kind')}"


def _joined(reports: Sequence[Row], name: str) -> str:
    """What the units say in a cell: as it is where one says something, else each by its name."""
    said = [(text(row, "unit"), text(row, name)) for row in reports if text(row, name)]
    if len(said) == 1:
        return said[0][1]
    return "\n".join(f"{unit}：{words}" for unit, words in said)


def _called(row: Row) -> tuple[str, str]:
    """What evidence is called, by which it is known again."""
    return fold(text(row, "title")), fold(text(row, "number"))


def _fits(asked: Row, piece: Row) -> bool:
    """Whether evidence may stand in a prepared line; any may in a blank one."""
    label, kind, period = (text(asked, name) for name in ("criteria", "kind", "period"))
    return (
        (not label or fold(label) in map(fold, text(piece, "criteria").split("、")))
        and kind in ("", text(piece, "kind"))
        and (not period or same_meaning(period, piece.get("period")))
    )


def _there(now: PackRow, sent: Row, name: str) -> Value:
    """What stands in a cell; one that can't be read counts as sent."""
    return now.values.get(name, sent.get(name))
