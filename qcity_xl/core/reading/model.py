"""What goes into the reader, what comes out, and what lies between."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from qcity_xl.core.plan import Plan
from qcity_xl.core.problems import Problem
from qcity_xl.core.text import fold


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a document. `where` is 第35行 or 表2第5行第3列; `column` the header above it.

    Line breaks inside the cell stay in `text`; an empty cell keeps the place of a lost one.
    """

    text: str
    where: str
    column: str | None = None
    free: bool = False  # a paragraph of its own, in no table

    def joined(self, other: "Cell | None") -> "Cell":
        """One cell with the texts of both, where this one stands; each text once."""
        if other is None or fold(other.text) in fold(self.text):
            return self
        return replace(self, text=f"{self.text}、\n{other.text}")


@dataclass(frozen=True, slots=True)
class Guess:
    """Something the document does not say for certain: what was taken, and why.

    Each is a row of 待定事项 too, for the office to confirm.
    """

    where: str
    subject: str
    what: str
    taken: str
    reason: str


@dataclass(frozen=True, slots=True)
class Recovered:
    """A score that the document lost, and what it was derived from."""

    indicator: int
    points: float
    source: str


@dataclass(frozen=True, slots=True)
class ColumnRead:
    """One column of a table as it was understood; `meaning` "" for a header that is not known.

    `column` is 第3列, or C列 in a workbook; `why` what settled an ambiguous header, "" if its word.
    """

    table: str
    column: str
    header: str
    meaning: str
    why: str = ""

    @property
    def text(self) -> str:
        """“权重”→分值."""
        note = f"（{self.why}）" if self.why else ""
        return f"“{self.header}”→{self.meaning or '不认识'}{note}"


@dataclass(frozen=True, slots=True)
class Reading:
    """The plan of a document, with everything that was derived, guessed, wrong or left over.

    `unplaced` holds, verbatim, every line that is not in the plan.
    """

    plan: Plan
    recovered: tuple[Recovered, ...] = ()
    guesses: tuple[Guess, ...] = ()
    problems: tuple[Problem, ...] = ()
    unplaced: tuple[Cell, ...] = ()
    columns: tuple[ColumnRead, ...] = ()


@dataclass(slots=True)
class RawTask:
    """A task as it stands in the document; None for a cell that is not there."""

    no: str
    text: str
    where: str
    deadline: Cell | None = None
    leads: Cell | None = None
    partners: Cell | None = None
    label: tuple[int, ...] | None = None  # its number in the document
    remark: str = ""


@dataclass(frozen=True, slots=True)
class RawPart:
    """One row of an indicator that has a rule and points of its own."""

    wording: str
    points: float | None


@dataclass(slots=True)
class RawIndicator:
    """An indicator as it stands in the document; "" or None for a cell that was lost.

    `parts` are the rows that it is graded by where each has its own points.
    """

    no: int
    where: str
    title: str = ""
    points: float | None = None
    methods: str = ""
    wording: str = ""
    tasks: list[RawTask] = field(default_factory=list)
    label: tuple[int, ...] | None = None  # its number in the document
    parts: list[RawPart] = field(default_factory=list)
    content: str = ""


@dataclass(frozen=True, slots=True)
class RawContact:
    """Whom to call in a unit, as some cell says."""

    unit: str
    contact: str = ""
    phone: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class RawTotal:
    """A sum that the document states: `section` None for one of the whole table."""

    label: str
    points: float
    where: str
    section: int | None = None


@dataclass(slots=True)
class RawSection:
    """A section as it stands in the document; `points` None where the heading states none."""

    no: int
    title: str
    where: str
    points: float | None = None
    bonus: bool = False
    goal: str = ""
    indicators: list[RawIndicator] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """The document in order: heading lines, sections, and what found no place."""

    heading: list[str] = field(default_factory=list)
    sections: list[RawSection] = field(default_factory=list)
    unplaced: list[Cell] = field(default_factory=list)
    totals: list[RawTotal] = field(default_factory=list)
    contacts: list[RawContact] = field(default_factory=list)
    columns: list[ColumnRead] = field(default_factory=list)
    taskless: bool = False  # a table names units but no tasks

    def indicators(self) -> Iterator[RawIndicator]:
        """All indicators, in order."""
        return (indicator for section in self.sections for indicator in section.indicators)
