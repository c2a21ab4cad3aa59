"""Cells to sections, indicators and tasks: what belongs together, not yet what it means.

The cells of an indicator stand before its first task. They wait until a task tells the number,
which its own cell may have lost; then deadline, leading and cooperating units follow the task.
"""

import re
from collections.abc import Iterable, Iterator

from qcity_xl.core.reading.cards import without_cards
from qcity_xl.core.reading.columns import TASK_COLUMNS, Role, role_of
from qcity_xl.core.reading.deadlines import is_deadline
from qcity_xl.core.reading.findings import Findings
from qcity_xl.core.reading.grids import Grid, Line
from qcity_xl.core.reading.headers import Words, find_head
from qcity_xl.core.reading.headings import section_heading
from qcity_xl.core.reading.listing import read_listing
from qcity_xl.core.reading.model import Cell, Outline, RawIndicator, RawSection, RawTask
from qcity_xl.core.reading.names import looks_like_units
from qcity_xl.core.reading.numbers import (
    Heading,
    glued,
    halved,
    parse_heading,
    parse_task,
)
from qcity_xl.core.reading.parts import Part, content_role, is_prose, parts_of
from qcity_xl.core.reading.prose import read_prose
from qcity_xl.core.reading.tables import TableReader
from qcity_xl.core.reading.waiting import Waiting, repeated
from qcity_xl.core.text import fold, one_line

_TITLE_LENGTH = 60  # a longer line above the first section is no title
_WORDING = 40  # a text of this length that names no points is taken as wording all the same


def read_outline(blocks: Iterable[Cell | Grid], findings: Findings, own: Words = ()) -> Outline:
    """The outline of a document; each cell ends in it or in its `unplaced`.

    `own` are the header words that the office has explained.
    """
    listed = without_cards(list(blocks), findings, own)
    lines = [block.lines() if isinstance(block, Grid) else [] for block in listed]
    heads = [find_head(rows, 0, own) for rows in lines]
    if all(isinstance(block, Cell) for block in listed):
        lined = read_listing([block for block in listed if isinstance(block, Cell)])
        if lined:
            return lined
    reader = _Reader(findings)
    reader.tabled = any(head and head.plans for head in heads)
    tables = TableReader(reader.outline, findings, own)
    fed: list[Part] = []
    for block, rows in zip(listed, lines, strict=True):
        if isinstance(block, Cell):
            fed += reader.take([block])
            continue
        head = tables.head_of(rows)
        if head and head.plans:
            above = [
                Cell(square.text, block.where(square.row, square.column), free=True)
                for square in tables.above(rows, head)
            ]
            fed += reader.take([*block.caption_cells(), *above])
            reader.begin_table()
            tables.read(block, rows, head)
        elif reader.tabled and not tables.contacts(rows):
            tables.leave(block, rows)
        elif not reader.tabled:
            fed += reader.take(_cells(block, rows))
    reader.waiting.settle()
    outline = reader.outline
    outline.unplaced += [part.cell for part in fed if part.text and not part.placed]
    graded = any(
        raw.points or raw.wording or any(task.leads for task in raw.tasks)
        for raw in outline.indicators()
    )
    if not graded and not reader.tabled and (prose := read_prose([part.cell for part in fed])):
        return prose
    return outline


def _cells(grid: Grid, rows: Iterable[Line]) -> Iterator[Cell]:
    """The cells of a table whose headers are not known, one after the other."""
    for line in rows:
        for square in line.own():
            yield Cell(square.text, grid.where(square.row, square.column))


class _Reader:
    """Where the reading stands: the section, the waiting cells, the task whose cells follow."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.outline = Outline()
        self.waiting = Waiting(self.outline, findings)
        self.task: RawTask | None = None
        self.slots: list[Role] = []  # cells of the task that are still to come
        self.in_table = False
        self.tabled = False  # the plan stands in tables with headers: lines are none of its rows
        self.headings: dict[int, Part] = {}

    def take(self, cells: Iterable[Cell]) -> list[Part]:
        """Feed cells; gives back their parts, of which some may stay without a place."""
        parts = list(parts_of(cells))
        for part in parts:
            self.feed(part)
        return parts

    def begin_table(self) -> None:
        """A table with known headers follows: it is read by its columns."""
        self.waiting.settle()
        self.task, self.slots, self.in_table = None, [], True

    def feed(self, part: Part) -> None:
        heading = parse_heading(part.text) or self._free_heading(part)
        if not part.text:
            if part.cell.column is None:
                del self.slots[:1]  # an empty cell keeps the place of a lost one
        elif heading and self._is_next(heading, part):
            self._start_section(heading, part)
        elif role_of(part.text):
            part.placed = self.in_table = True
        elif self._is_heading_line(part):
            self.outline.heading.append(part.flat)
            part.placed = True
        elif not (self.tabled and part.cell.free):
            self._place(part, self._role(part))

    def _free_heading(self, part: Part) -> Heading | None:
        """A heading in another style, as a paragraph that states its points."""
        if not part.cell.free:
            return None
        sections = self.outline.sections
        heading = section_heading(part.text, sections[-1].no + 1 if sections else 1)
        return heading if heading and heading.points is not None else None

    def _is_next(self, heading: Heading, part: Part) -> bool:
        column, sections = role_of(part.cell.column), self.outline.sections
        if heading.points is None:
            last = sections[-1].no if sections else 0
            return heading.no == last + 1 and column in (None, "group", "other")
        last = max((section.no for section in sections if not _is_chapter(section)), default=0)
        return heading.no > last and column != "rule"

    def _is_heading_line(self, part: Part) -> bool:
        """Whether a line belongs to the document's own title."""
        early = not self.outline.sections and not self.in_table and part.cell.column is None
        if re.search("[：:]|^[0-9０-９〇一二三四五六七八九十]{4}年.{0,6}[月日]$", part.flat):
            return False  # to whom it goes, who filled it in, the date
        return early and content_role(part.text) is None and len(part.flat) <= _TITLE_LENGTH

    def _start_section(self, heading: Heading, part: Part) -> None:
        self.waiting.settle()
        if heading.points is not None:  # what stood before the table is no part of it
            for chapter in filter(_is_chapter, list(self.outline.sections)):
                self.outline.sections.remove(chapter)
                self.headings[chapter.no].placed = False
        self.headings[heading.no] = part
        where, (no, title, points, bonus, goal) = part.cell.where, heading
        self.outline.sections.append(RawSection(no, title, where, points, bonus, goal))
        self.task, self.slots, self.in_table = None, [], False
        part.placed = True

    # --- what a part is ----------------------------------------------------------------

    def _role(self, part: Part) -> Role | None:
        column, role = role_of(part.cell.column), content_role(part.text)
        if column == "points":
            return role
        if column is not None:
            return column
        if role in ("task", "title") or not self.slots:
            return role or self._open_role(part)
        if self.slots[0] == "deadline":
            if is_deadline(part.text) or (role != "points" and halved(part.text)[:2] == "20"):
                return "deadline"
            del self.slots[0]
        if role in (None, "deadline") and looks_like_units(part.text) and not self._is_label(part):
            return self.slots[0]
        self.slots = []
        return role or self._open_role(part)

    def _open_role(self, part: Part) -> Role | None:
        """The role of a text that only its place can tell."""
        if self._is_label(part):
            return "group"
        if is_prose(part.text) and not (self.in_table or self.waiting.find() or self.task):
            return "other" if self._in_body(part) else None  # the words that open a section
        if not self.waiting.find("rule") and len(part.flat) >= _WORDING:
            return "rule"
        return "title" if not self.waiting.find("title") and part.flat.endswith("。") else None

    def _is_label(self, part: Part) -> bool:
        """Whether a text repeats the section's title, as at each page break."""
        title = fold(self.outline.sections[-1].title) if self.outline.sections else ""
        return len(fold(part.text)) > 1 and fold(part.text) in title

    def _in_body(self, part: Part) -> bool:
        """Whether the table has begun: a notice may stand before it."""
        sections = self.outline.sections
        graded = bool(sections) and sections[-1].points is not None
        return self.in_table or graded or part.cell.column is not None

    def _place(self, part: Part, role: Role | None) -> None:
        if role == "task":
            self._start_task(part)
        elif role in TASK_COLUMNS:
            self._fill(part, role)
        elif role == "group":
            part.placed = self._is_label(part)
        elif role == "other":
            part.placed = part.cell.column is None
        elif role is not None and self._in_body(part):
            self.slots = []
            self.waiting.add(part, role)

    # --- tasks and their cells ---------------------------------------------------------

    def _start_task(self, part: Part) -> None:
        self.task, self.slots = None, []
        indicator, ordinal, text = parse_task(part.text) or self._numbered(part)
        raw = self.waiting.settle(indicator)
        if raw is None:
            repeated(self.findings, f"指标编号{indicator}", part)
            return
        ordinal, text = self._unglued(raw, ordinal, text, part)
        no = f"{indicator}.{ordinal}"
        same = next((task for task in raw.tasks if task.no == no), None)
        if same and fold(same.text) != fold(text):
            repeated(self.findings, f"任务编号{no}", part)
            return
        if same is None:
            same = RawTask(no, one_line(text), part.cell.where)
            raw.tasks.append(same)
        part.placed = True
        # Where columns are known they tell; what stands below the table belongs to no task.
        self.task, self.slots = same, [] if part.cell.column else list(TASK_COLUMNS)

    def _numbered(self, part: Part) -> tuple[int, int, str]:
        """The number that an unnumbered task gets, as a guess."""
        following = self.waiting.next_number()
        fresh = following == 1 or self.waiting.find("title", "rule")
        indicator = self.waiting.number() or (following if fresh else following - 1)
        raw = self.waiting.known.get(indicator)
        ordinal = len(raw.tasks) + 1 if raw else 1
        no = f"{indicator}.{ordinal}"
        reason = "任务没有编号，按所在行和顺序编"
        self.findings.guess(part.cell.where, no, "编号", no, reason)
        return indicator, ordinal, part.text

    def _unglued(self, raw: RawIndicator, ordinal: int, text: str, part: Part) -> tuple[int, str]:
        """The task's number without the digits that belong to its text."""
        expected = len(raw.tasks) + 1
        digits = glued(ordinal, text, expected)
        if digits is None:
            return ordinal, text
        no = f"{raw.no}.{expected}"
        reason = f"按顺序应为{no}，其后的数字看作任务内容"
        self.findings.guess(part.cell.where, no, "编号", no, reason)
        return expected, str(ordinal)[-digits:] + text

    def _fill(self, part: Part, role: Role) -> None:
        """Give a cell to the current task."""
        if role in self.slots:
            del self.slots[: self.slots.index(role) + 1]
        if self.task is None:
            return
        earlier = getattr(self.task, role)
        if earlier is None:
            setattr(self.task, role, Cell(part.text, part.cell.where, part.cell.column))
        part.placed = earlier is None or fold(earlier.text) == fold(part.text)


def _is_chapter(section: RawSection) -> bool:
    """Whether a section holds nothing that is graded: a chapter of the notice before the table."""
    return section.points is None and not section.indicators
