"""What goes into the reader, what comes out, and what lies between."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from qcity_xl.core.plan import Plan
from qcity_xl.core.problems import Problem


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a document. `where` is 第35行 or 表2第5行第3列; `column` the header above it.

    Line breaks inside the cell stay in `text`; an empty cell keeps the place of a lost one.
    """

    text: str
    where: str
    column: str | None = None


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
class Reading:
    """The plan of a document, with everything that was derived, guessed, wrong or left over.

    `unplaced` holds, verbatim, every line that is not in the plan.
    """

    plan: Plan
    recovered: tuple[Recovered, ...] = ()
    guesses: tuple[Guess, ...] = ()
    problems: tuple[Problem, ...] = ()
    unplaced: tuple[Cell, ...] = ()


@dataclass(slots=True)
class RawTask:
    """A task as it stands in the document; None for a cell that is not there."""

    no: str
    text: str
    where: str
    deadline: Cell | None = None
    leads: Cell | None = None
    partners: Cell | None = None


@dataclass(slots=True)
class RawIndicator:
    """An indicator as it stands in the document; "" or None for a cell that was lost."""

    no: int
    where: str
    title: str = ""
    points: float | None = None
    methods: str = ""
    wording: str = ""
    tasks: list[RawTask] = field(default_factory=list)


@dataclass(slots=True)
class RawSection:
    """A section as it stands in the document; `points` None where the heading states none."""

    no: int
    title: str
    where: str
    points: float | None = None
    bonus: bool = False
    indicators: list[RawIndicator] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """The document in order: heading lines, sections, and what found no place."""

    heading: list[str] = field(default_factory=list)
    sections: list[RawSection] = field(default_factory=list)
    unplaced: list[Cell] = field(default_factory=list)

    def indicators(self) -> Iterator[RawIndicator]:
        """All indicators, in order."""
        return (indicator for section in self.sections for indicator in section.indicators)
