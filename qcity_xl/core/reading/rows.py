"""The rows of a table with headers: which begins a section, an indicator, a task."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import reduce

from qcity_xl.core.reading.columns import Meaning
from qcity_xl.core.reading.findings import Findings
from qcity_xl.core.reading.grids import Grid, Line, Square
from qcity_xl.core.reading.headers import Head, HeadedColumn, name_before
from qcity_xl.core.reading.headings import (
    is_bonus,
    is_minus,
    is_note,
    is_total,
    label_heading,
    same_title,
    section_heading,
    stated_total,
)
from qcity_xl.core.reading.labels import Label, labelled_lines, parse_label, whole_label
from qcity_xl.core.reading.minus import takes_points, tell_left, tell_taken
from qcity_xl.core.reading.model import (
    Cell,
    Outline,
    RawContact,
    RawIndicator,
    RawSection,
    RawTask,
    RawTotal,
)
from qcity_xl.core.reading.numbers import Heading
from qcity_xl.core.reading.parts import is_scoring
from qcity_xl.core.reading.scores import ScoreRows, parse_points
from qcity_xl.core.text import clean, fold, one_line, shorten

_OUTER: tuple[Meaning, ...] = ("section", "level1")
_FILLED: tuple[Meaning, ...] = ("rule", "task", "leads", "partners", "units", "methods")
_UNITS: tuple[Meaning, ...] = ("deadline", "leads", "partners", "units")
_CONTACTS: tuple[Meaning, ...] = ("contact", "phone", "mail")
_PLAN: tuple[Meaning, ...] = (
    *("serial", "section", "level1", "title", "content", "points", "methods", "rule", "task"),
    *(*_UNITS, "left"),  # of what the office leaves out there is nothing to tell
)
_DITTO = re.compile("同上.{0,2}|同前|〃|″|′′|\"|''|々")
_NUMBERED = re.compile(r"\s*(?:第?[一二三四五六七八九十]+|[Ⅰ-ⅫIVX]+[.、]|附加|加分|奖励)")
_NOTHING = ("", "-", "--", "/", "无", "否决", "×")
_SHOWN = 60  # characters of a column that is told


class RowReader:
    """Where the reading of one table stands: the indicator and the task in hand."""

    def __init__(self, outline: Outline, findings: Findings, grid: Grid, head: Head) -> None:
        """Sections, indicators and tasks go into the outline."""
        self.outline, self.findings, self.grid, self.head = outline, findings, grid, head
        self.title, self.tasks = head.place("title"), head.place("task")
        self.indicator: RawIndicator | None = None
        self.scores = ScoreRows()
        self.task: RawTask | None = None
        self.minus: RawSection | None = None  # one that only takes points away
        self.above: dict[int, Cell] = {}  # by column
        self.notes: dict[int, list[str]] = {}
        self.opened: list[RawIndicator] = []
        self.serials: list[tuple[RawIndicator | None, Label]] = []

    def read(self, lines: Iterable[Line]) -> None:
        """Take in the rows in order."""
        for line in lines:
            if any(line.own()):
                self._line(line)
        self._close()
        self._use_serials()
        self._tell_notes()

    def _where(self, line: Line, place: int | None = None) -> str:
        return self.grid.where(line.row, place or min(line.at, default=1))

    def _leave(self, line: Line, squares: Iterable[Square]) -> None:
        self.outline.unplaced += [
            Cell(square.text, self.grid.where(line.row, square.column)) for square in squares
        ]

    def _line(self, line: Line) -> None:
        own = list(line.own())
        if any(is_total(square.text) for square in own[:3]):
            self._total(line, own)
        elif heading := self._heading(line, own):
            self._start(heading, self._where(line))
        elif len(own) == 1 and (is_note(own[0].text) or self._is_aside(line, own[0])):
            self._leave(line, own)
        else:
            self._data(line, own)

    def _is_aside(self, line: Line, square: Square) -> bool:
        """Whether a row is one text over the whole table, or a text where a number should be."""
        misplaced = square.column in self.head.places("serial") and len(square.flat) > 8
        return misplaced or (square.width > 1 and 2 * square.width > len(line.at))

    # --- sections ----------------------------------------------------------------------

    def _following(self) -> int:
        return self.outline.sections[-1].no + 1 if self.outline.sections else 1

    def _heading(self, line: Line, own: list[Square]) -> Heading | None:
        """The section that a row begins: one wide text, or a number, a title and points."""
        wide = len(own) == 1 and self._is_aside(line, own[0])
        filled = (place for place in self.head.places(*_FILLED) if place != self.title)
        if any(map(line.text, filled)) and not wide:
            return None
        points = next((p for p in map(line.text, self.head.places("points")) if p), "")
        texts = [s.flat for s in own if s.column not in self.head.places("points", "remarks")]
        if not texts:
            return None
        lone = len(own) == 1
        if lone and any(s.row < line.row and s.text.strip() for s in line.at.values()):
            return None
        heading = section_heading("".join(texts[:2]), self._following())
        if heading is None:
            heading = label_heading(texts[0], self._following())
            if not (wide and heading.points is not None):
                return None
        if points and (worth := parse_points(points)) is not None:
            heading = heading._replace(points=worth)
        plain = wide or (lone and own[0].column != self.title)
        numbered = _NUMBERED.match(texts[0])
        return heading if heading.points is not None or (plain and numbered) else None

    def _label(self, line: Line, place: int | None) -> None:
        """A cell with a section's label: of the section in hand, or of a new one."""
        text = line.text(place) if place else ""
        if not text:
            return
        heading = label_heading(text, self._following())
        current = self.minus or (self.outline.sections[-1] if self.outline.sections else None)
        if current and same_title(current.title, heading.title):
            current.points = heading.points if current.points is None else current.points
            return
        points = self.head.places("points")
        if heading.points is None and len(points) > 1 and points[0] < (self.title or 0):
            heading = heading._replace(points=parse_points(line.text(points[0])))
        self._start(heading, self._where(line, place))

    def _start(self, heading: Heading, where: str) -> None:
        self._close()
        no = max(heading.no, self._following()) if self.outline.sections else heading.no
        section = RawSection(no, heading.title, where, heading.points, heading.bonus)
        self.minus = replace(section, points=0, bonus=False) if is_minus(heading.title) else None
        if self.minus is None:
            self.outline.sections.append(section)

    def _total(self, line: Line, own: list[Square]) -> None:
        label = next(square.flat for square in own if is_total(square.text))
        points = [stated_total(label), *(parse_points(s.text) for s in own)]
        worth = next((p for p in points if p is not None), None)
        self._close()
        if worth is None:
            self._leave(line, own)
            return
        part = "小计" in label or "本" in label
        section = self.outline.sections[-1].no if part and self.outline.sections else None
        self.outline.totals.append(RawTotal(label, worth, self._where(line), section))

    def _takes(self, line: Line, section: RawSection) -> bool:
        """Whether a row of a section that takes points is understood whole; else it is told."""
        if not takes_points(self._rule(line)):
            tell_left(section, self._where(line), self.findings)
            return False
        if section not in self.outline.sections:
            self.outline.sections.append(section)
            tell_taken(section, self._where(line), self.findings)
        return True

    def _rule(self, line: Line) -> str:
        return one_line(clean("\n".join(map(line.text, self.head.places("rule")))))

    # --- indicators --------------------------------------------------------------------

    def _data(self, line: Line, own: list[Square]) -> None:
        self._label(line, next(iter(self.head.places(*_OUTER)), None))
        if (name := name_before(self.head, line)) and (is_bonus(name.text) or is_minus(name.text)):
            self._label(line, name.column)
        if self.minus and not self._takes(line, self.minus):
            self._leave(line, own)
            return
        if not self.outline.sections:
            self.outline.sections.append(RawSection(1, "", self._where(line)))
        opened = self._begins(line)
        if opened:
            self._open(line)
        assert self.indicator is not None  # noqa: S101  # the first row opens one
        self._grade(line, self.indicator)
        self._serial(line, opened)
        self._start_tasks(line)
        self._fill(line)
        self._note(line)

    def _begins(self, line: Line) -> bool:
        """Whether a row begins an indicator, whose own cells may be lost."""
        if self.indicator is None:
            return True
        if self.title is None:
            return False
        if name_before(self.head, line):
            return True
        if text := line.text(self.title):
            label, rest = parse_label(text) or (None, text)
            same = fold(one_line(rest)) == fold(self.indicator.title)
            return not (same and label in (None, self.indicator.label))
        square = line.at.get(self.title)
        if square is None or not line.begins(self.title):
            return False
        label = self._task_label(line)
        if label and len(label) > 1 and self.indicator.tasks:
            mine = self.indicator.tasks[-1].label
            return mine is not None and mine[:-1] != label[:-1]
        return self.grid.merges and square.height > 1

    def _task_label(self, line: Line) -> Label | None:
        found = parse_label(line.text(self.tasks)) if self.tasks else None
        return found[0] if found else None

    def _open(self, line: Line) -> None:
        self._close()
        text = line.text(self.title) if self.title else ""
        if not text and (name := name_before(self.head, line)):
            text = name.text
        label, rest = parse_label(clean(text)) or (None, clean(text))
        if not text and (task := self._task_label(line)) and len(task) > 1:
            label = task[:-1]
        section = self.outline.sections[-1]
        whole = self.minus or not self.title or is_bonus(section.title)  # no name but 加分项
        title = (one_line(rest) if self.title else "") or (section.title if whole else "")
        self.indicator = RawIndicator(0, self._where(line, self.title), title, label=label)
        section.indicators.append(self.indicator)
        self.opened.append(self.indicator)

    def _close(self) -> None:
        if self.indicator:
            self.scores.settle(self.indicator)
            own = self.indicator.tasks
            if self.tasks is None and len(own) == 1:  # its rule is no better name than its title
                own[0].text = self.indicator.title or own[0].text
        self.indicator, self.task, self.scores = None, None, ScoreRows()

    def _grade(self, line: Line, indicator: RawIndicator) -> None:
        points = None
        for place in self.head.places("points"):
            if place < (self.title or 0) and len(self.head.places("points")) > 1:
                continue
            text = line.text(place)
            points = parse_points(text) if text and not self.minus else None
            if points is None and fold(text) not in _NOTHING:
                self.outline.unplaced.append(Cell(text, self._where(line, place)))
        self.scores.add(self._rule(line), 0.0 if self.minus else points)
        for place in self.head.places("methods"):
            text = clean(line.text(place))
            if text and fold(text) not in fold(indicator.methods):
                indicator.methods = f"{indicator.methods}\n{text}".strip()
        for column in self.head.columns:
            text = one_line(line.text(column.place)) if column.meaning == "content" else ""
            if text and text not in indicator.content:
                sentence = f"{column.header}：{text}"
                indicator.content = f"{indicator.content}\n{sentence}".strip()

    def _serial(self, line: Line, opened: bool) -> None:
        place = self.head.place("serial")
        label = whole_label(line.text(place)) if place and line.text(place) else None
        if label:
            self.serials.append((self.indicator if opened else None, label))

    def _use_serials(self) -> None:
        """A number for each indicator is its own, where the titles bear none."""
        owners = [owner for owner, _ in self.serials]
        if len(owners) == len(self.opened) and all(owners):
            for owner, label in self.serials:
                if owner and owner.label is None:
                    owner.label = label

    # --- tasks -------------------------------------------------------------------------

    def _start_tasks(self, line: Line) -> None:
        assert self.indicator is not None  # noqa: S101
        texts = list(self._task_texts(line))
        self.fresh = [
            RawTask("", one_line(text), self._where(line, self.tasks), label=label)
            for label, text in texts
        ]
        self.indicator.tasks += self.fresh
        if self.fresh:
            self.task = self.fresh[-1]

    def _task_texts(self, line: Line) -> Iterator[tuple[Label | None, str]]:
        """The tasks that begin in a row: a cell may list several, each with its number."""
        assert self.indicator is not None  # noqa: S101
        if self.tasks is None:
            if any(line.text(place) for place in self.head.places("leads", "units")):
                self.outline.taskless = True
                rule = "；".join(filter(None, map(line.text, self.head.places("rule"))))
                yield None, rule or self.indicator.title or self.outline.sections[-1].title
            return
        text = clean(line.text(self.tasks)).strip()
        yield from labelled_lines(text) if text else ()

    def _fill(self, line: Line) -> None:
        """Give the units and the deadline of a row to its tasks."""
        if self.task is None:
            return
        cells = {meaning: self._cell(line, meaning) for meaning in _UNITS}
        units = [cells[m] for m in ("leads", "partners", "units")]
        if self.fresh and not self.grid.merges and not any(units):
            self._carry(line, cells)
        for task in self.fresh or [self.task]:
            for meaning, cell in cells.items():
                role = "leads" if meaning == "units" else meaning
                earlier: Cell | None = getattr(task, role)
                setattr(task, role, earlier.joined(cell) if earlier else cell)

    def _cell(self, line: Line, meaning: Meaning) -> Cell | None:
        """What the columns of a meaning say in a row: those of units together, else the first."""
        places = self.head.places(meaning)[: 1 if meaning == "deadline" else None]
        cells = [cell for place in places if (cell := self._placed(line, place))]
        return reduce(Cell.joined, cells) if cells else None

    def _placed(self, line: Line, place: int) -> Cell | None:
        """A unit's or deadline's cell: one merged downwards holds for each of its rows."""
        square = line.at.get(place)
        if square is None or not square.text.strip():
            return None
        if not line.begins(place):
            return self.above.get(place) if self.fresh else None
        if _DITTO.fullmatch(fold(square.text)) and place in self.above:
            return self.above[place]
        self.above[place] = Cell(square.text, self._where(line, place), self._column(place).header)
        return self.above[place]

    def _carry(self, line: Line, cells: dict[Meaning, Cell | None]) -> None:
        """Without a trace of merged cells, a task without any unit has those of the one above."""
        for meaning in _UNITS:
            cells[meaning] = cells[meaning] or self.above.get(self.head.place(meaning) or 0)
        if taken := cells["leads"] or cells["units"]:
            reason = "这一行没有写单位，可能与上一行是同一个合并格，取上一行的"
            where, subject = self._where(line), shorten(self.fresh[0].text, 20)
            self.findings.guess(where, subject, "责任单位", one_line(taken.text), reason)

    # --- what the plan has no place for ------------------------------------------------

    def _note(self, line: Line) -> None:
        texts = {}
        for column in self.head.columns:
            text = line.text(column.place)
            if text and column.meaning not in _PLAN and fold(text) not in _NOTHING:
                texts[column.place] = text
        self._contact(texts)
        for place, text in texts.items():
            column = self._column(place)
            self.notes.setdefault(place, []).append(one_line(text))
            for task in self.fresh[:1]:
                plain = column.meaning == "remarks" and not column.why
                sentence = one_line(text) if plain else f"{column.header}：{one_line(text)}"
                task.remark = f"{task.remark}；{sentence}" if task.remark else sentence

    def _contact(self, texts: dict[int, str]) -> None:
        """Names and numbers beside a single lead are that unit's."""
        found = {}
        for meaning in _CONTACTS:
            for place in self.head.places(meaning):
                if place in texts:
                    found[meaning] = one_line(texts[place])
        leads = self.head.places("leads", "units")
        cell = next((self.above[place] for place in leads if place in self.above), None)
        if found and cell and not re.search("[、，,；;\n]", cell.text.strip()):
            person, phone, mail = (found.get(meaning, "") for meaning in _CONTACTS)
            self.outline.contacts.append(RawContact(cell.text, person, phone, mail))
            for place in self.head.places(*_CONTACTS):
                texts.pop(place, None)

    def _column(self, place: int) -> HeadedColumn:
        return next(column for column in self.head.columns if column.place == place)

    def _tell_notes(self) -> None:
        """What stands in the other columns: each with its texts, told once."""
        for place, texts in sorted(self.notes.items()):
            column = self._column(place)
            kept = bool(self.tasks)
            if column.meaning == "remarks" and not column.why and kept:
                texts = list(filter(is_scoring, texts))  # a rule among the remarks is told
                if not texts:
                    continue
            shown = shorten("、".join(dict.fromkeys(texts)), _SHOWN)
            head = column.header or "没有表头的一列"
            more = "，已记在任务备注" if kept else ""
            where = self.grid.where(self.head.last or 1, place)
            self.outline.unplaced.append(Cell(f"{head}：{shown}（共{len(texts)}格{more}）", where))
            if column.meaning is None and column.header:
                found = f"不认识表头“{column.header}”，这一列没有读成任务分解的内容"
                allowed = "常用的表头，如分值、评分标准、工作任务、牵头单位"
                fix = f"如果有用，新建时说明它的意思，写成 {column.header}=分值"
                self.findings.problem("header-unknown", where, found, allowed, fix)
