"""What a step hands back, as data: command line, windows and documents word it from here."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Literal, Protocol, TypeVar

from qcity_xl.core.advice import Advice
from qcity_xl.core.changes import Change
from qcity_xl.core.history.log import Stamp
from qcity_xl.core.master.names import row_name, stands_behind
from qcity_xl.core.master.numbers import NO_OTHERS, NumbersInUse
from qcity_xl.core.problems import Problem
from qcity_xl.core.schema import BY_NAME
from qcity_xl.steps.shared.data import ChangeData, ProblemData

if TYPE_CHECKING:
    from qcity_xl.adapters.mail.oauth import Code

DONE, LEFT = 0, 1  # exit status: all done; done, but something remains for people
ColumnKind = Literal["state", "label", "text", "count", "points", "note", "share"]
OutcomeValue = str | float | None
T = TypeVar("T")
D = TypeVar("D", bound=Mapping[str, Any])


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of something: 未评 110 个."""

    name: str
    number: int
    unit: str

    def __str__(self) -> str:
        """未评110个."""
        return f"{self.name}{self.number}{self.unit}"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a section; `unit` is that of a `count`, a `note` may be a long sentence.

    A `label` names what the rest of its row says. `points` may be None: 未评. A `share` (0 to 1)
    is drawn as a bar where there is a terminal, and says nothing in words.
    """

    name: str
    kind: ColumnKind = "text"
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A table; without `rows` it is not shown.

    Of a long one the first `most` are enough on a command line (the last with `newest`); the whole
    stands on `sheet`. One that is `typed` is for command lines: windows have 看板 at hand.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[OutcomeValue, ...], ...]
    most: int | None = None
    sheet: str = ""
    newest: bool = False
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Outcome(Generic[D]):
    """The outcome of a step: `data` are its keys for programs, the rest is what people are told.

    `changes` is how many cells of the master it writes, `pending` how many things it hands out or
    takes in; on a dry run, would. A notice is a sentence that is always shown. `sheet` is where to
    look, if not where the step's record says.
    """

    headline: str
    data: D
    status: int = DONE
    counts: tuple[Count, ...] = ()
    sections: tuple[Section, ...] = ()
    notices: tuple[str, ...] = ()
    advice: tuple[Advice, ...] = ()
    changes: int = 0
    pending: int = 0
    sheet: str = ""

    @property
    def summary(self) -> str:
        """The headline with its counts, as one sentence."""
        counts = "、".join(map(str, self.counts))
        return f"{self.headline}：{counts}。" if counts else f"{self.headline}。"


class Progress(Protocol):
    """Shows how far long work has come while it hands out the things to do."""

    def __call__(self, items: Sequence[T], title: str, sizes: Sequence[int] = ()) -> Iterator[T]:
        """The items, one by one; `sizes` are the bytes of each, where these are the work."""


class Errand(Protocol):
    """Carries out work for which somebody has to do something elsewhere meanwhile.

    The work tells what, and asks again and again whether it is given up.
    """

    def __call__(self, work: Callable[[Callable[["Code"], None], Callable[[], bool]], T]) -> T:
        """What the work gives."""


def unattended(work: Callable[[Callable[["Code"], None], Callable[[], bool]], T]) -> T:
    """With nobody there to be told."""
    return work(lambda _: None, lambda: False)


def silent(
    items: Sequence[T],
    title: str,  # noqa: ARG001 - the form of Progress
    sizes: Sequence[int] = (),  # noqa: ARG001 - as above
) -> Iterator[T]:
    """The items with no progress shown."""
    return iter(items)


@dataclass(frozen=True, slots=True)
class Context:
    """Who runs a step, when, and whether it may write; `force` also over a digital signature.

    `notes` is for what a step has to tell beside its report: what an older master got first.
    """

    now: dt.datetime
    user: str
    dry_run: bool = False
    progress: Progress = field(default=silent)
    force: bool = False
    notes: list[str] = field(default_factory=list, compare=False)
    errand: Errand = field(default=unattended, compare=False)

    def stamp(self, command: str, source: str = "") -> Stamp:
        """The mark on the log lines of one operation."""
        return Stamp(self.now.strftime("%Y-%m-%d %H:%M"), self.user, command, source)


def change_section(changes: Iterable[Change], standing: NumbersInUse = NO_OTHERS) -> Section:
    """The changes, one line for each row of the master, named by the number that it bears."""
    rows: dict[tuple[str, str], list[str]] = {}
    for change in changes:
        header = BY_NAME[change.table].column(change.field).header
        words = f"{header} {_shown(change.old)}→{_shown(change.new)}"
        if change.places_row:
            old, new = (stands_behind(row, standing) for row in (change.old, change.new))
            words = f"{old}→{new}"
        rows.setdefault((change.table, change.row), []).append(words)
    listed = tuple(
        (f"「{BY_NAME[table].sheet}」{row_name(row, standing)}", "，".join(words))
        for (table, row), words in rows.items()
    )
    return Section("改动", (Column("位置"), Column("改动")), listed, most=12)


def _shown(value: object) -> str:
    text = "（空）" if value is None else str(value).replace("\n", " ")
    return text if len(text) <= 40 else f"{text[:39]}…"


def change_data(changes: Iterable[Change]) -> list[ChangeData]:
    """Changes for --json."""
    return [
        {
            "sheet": BY_NAME[c.table].sheet,
            "row": c.row,
            "column": BY_NAME[c.table].column(c.field).header,
            "old": plain(c.old),
            "new": plain(c.new),
        }
        for c in changes
    ]


def problem_data(problems: Iterable[Problem]) -> list[ProblemData]:
    """Problems for --json."""
    return [
        {
            "code": problem.code,
            "severity": problem.severity,
            "sheet": problem.sheet,
            "cell": problem.cell,
            "found": problem.found,
            "allowed": problem.allowed,
            "fix": problem.fix,
        }
        for problem in problems
    ]


def plain(value: object) -> OutcomeValue:
    """A value as JSON has it: dates as text."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if isinstance(value, str | int | float) else None
