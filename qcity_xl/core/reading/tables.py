"""Tables with headers: which rows are headers, what stands above them, what goes on below."""

from collections.abc import Sequence

from qcity_xl.core.reading.columns import MEANING_NAMES
from qcity_xl.core.reading.findings import Findings
from qcity_xl.core.reading.grids import Grid, Line, Square
from qcity_xl.core.reading.headers import Head, Words, find_head, settle
from qcity_xl.core.reading.model import Cell, ColumnRead, Outline, RawContact
from qcity_xl.core.reading.rows import RowReader
from qcity_xl.core.reading.scores import unlike_points
from qcity_xl.core.text import one_line, shorten

_SHOWN = 60  # characters of a table that is left out


class TableReader:
    """Reads one table after the other into the outline; sections go on from table to table."""

    def __init__(self, outline: Outline, findings: Findings, own: Words = ()) -> None:
        """`own` are the header words that the office has explained."""
        self.outline, self.findings, self.own = outline, findings, own
        self.head: Head | None = None  # of the table before: one cut by a page has none

    def head_of(self, lines: Sequence[Line]) -> Head | None:
        """The headers of a plan in these rows; those of the table before where it goes on."""
        head = find_head(lines, 0, self.own)
        if head is None and self.head and _width(lines) == _width_of(self.head):
            return Head(0, 0, self.head.columns, self.head.keys)
        return head

    def above(self, lines: Sequence[Line], head: Head) -> list[Square]:
        """What stands above the headers, in order."""
        return [square for line in lines if line.row < head.first for square in line.own()]

    def read(self, grid: Grid, lines: Sequence[Line], head: Head) -> None:
        """Take in the rows below the headers; a second header row below begins a part anew."""
        body = [line for line in lines if line.row > head.last and not head.repeats(line)]
        following = find_head(body, 0, self.own)
        if following:
            rest = [line for line in lines if line.row >= following.first]
            body = [line for line in body if line.row < following.first]
        if head.first:
            settle(head, body)
            self._ask(grid, head)
            self.outline.columns += [
                ColumnRead(
                    grid.name,
                    grid.column(column.place),
                    column.header,
                    MEANING_NAMES[column.meaning] if column.meaning else "",
                    column.why,
                )
                for column in head.columns
                if column.header or column.meaning
            ]
        self._tell_unlike(grid, body, head)
        self.head = head
        RowReader(self.outline, self.findings, grid, head).read(body)
        if following:
            self.read(grid, rest, following)

    def _tell_unlike(self, grid: Grid, body: Sequence[Line], head: Head) -> None:
        """A column of points that are not all written in one way is for the office to look at."""
        for column in head.columns:
            if column.meaning != "points":
                continue
            if odd := unlike_points(line.text(column.place) for line in body):
                where = grid.where(head.last or 1, column.place)
                found = f"“{column.header}”一列的数{odd}"
                fix = "查原件，在总表核对「指标」「得分点」的分值，或改正原文件后重新读入"
                self.findings.problem("points-unlike", where, found, "分值的写法一致，如 10", fix)

    def _ask(self, grid: Grid, head: Head) -> None:
        """A header that its neighbours or its content settled is for the office to confirm."""
        for column in head.columns:
            if column.why and column.meaning:
                where, taken = grid.where(head.last, column.place), MEANING_NAMES[column.meaning]
                question = f"“{column.header}”一列按“{taken}”读，是否正确"
                self.findings.guess(where, column.header, "表头", taken, column.why, question)

    def contacts(self, lines: Sequence[Line]) -> bool:
        """Take in a list of units with their contacts; whether it was one."""
        head = find_head(lines, 0, self.own)
        unit = next((c.place for c in head.columns if c.meaning == "units"), None) if head else None
        person, phone, mail = (
            (head.place("contact"), head.place("phone"), head.place("mail"))
            if head
            else (None, None, None)
        )
        if head is None or unit is None or phone is None or head.plans:
            return False
        for line in lines:
            if line.row > head.last and (name := one_line(line.text(unit))):
                texts = (line.text(place) if place else "" for place in (person, phone, mail))
                self.outline.contacts.append(RawContact(name, *texts))
        return True

    def leave(self, grid: Grid, lines: Sequence[Line]) -> None:
        """Tell of a table that holds no plan."""
        texts = [square.flat for line in lines for square in line.own()]
        if texts:
            shown = shorten("、".join(texts), _SHOWN)
            self.outline.unplaced.append(
                Cell(f"{shown}（共{len(lines)}行，不是任务分解的表）", grid.name)
            )


def _width(lines: Sequence[Line]) -> int:
    return max((column for line in lines for column in line.at), default=0)


def _width_of(head: Head) -> int:
    return max((column.place for column in head.columns), default=0)
