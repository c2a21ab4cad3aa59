"""What a step hands back: lines for people, data for programs, an exit status."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from qcity_xl.core.changes import Change
from qcity_xl.core.history.log import Stamp
from qcity_xl.core.master.names import place_name
from qcity_xl.core.problems import Problem
from qcity_xl.core.schema import BY_NAME

DONE, LEFT = 0, 1  # exit status: all done; done, but something remains for people
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a step."""

    lines: tuple[str, ...]
    data: Mapping[str, object]
    status: int = DONE


class Progress(Protocol):
    """Shows how far long work has come while it hands out the things to do."""

    def __call__(self, items: Sequence[T], title: str) -> Iterator[T]:
        """The items, one by one."""


def silent(items: Sequence[T], title: str) -> Iterator[T]:  # noqa: ARG001 - the form of Progress
    """The items with no progress shown."""
    return iter(items)


@dataclass(frozen=True, slots=True)
class Context:
    """Who runs a step, when, and whether it may write; `force` also over a digital signature."""

    now: dt.datetime
    user: str
    dry_run: bool = False
    progress: Progress = field(default=silent)
    force: bool = False

    def stamp(self, command: str, source: str = "") -> Stamp:
        """The mark on the log lines of one operation."""
        return Stamp(self.now.strftime("%Y-%m-%d %H:%M"), self.user, command, source)


def change_lines(changes: Iterable[Change], most: int = 12) -> list[str]:
    """The first changes as sentences, and how many more there are."""
    listed = list(changes)
    lines = [f"  {place_name(c)}：{_shown(c.old)} → {_shown(c.new)}" for c in listed[:most]]
    return lines + ([f"  …… 另有 {len(listed) - most} 格"] if len(listed) > most else [])


def _shown(value: object) -> str:
    text = "（空）" if value is None else str(value).replace("\n", " ")
    return text if len(text) <= 40 else f"{text[:39]}…"


def change_data(changes: Iterable[Change]) -> list[dict[str, object]]:
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


def problem_data(problems: Iterable[Problem]) -> list[dict[str, object]]:
    """Problems for --json."""
    names = ("code", "severity", "sheet", "cell", "found", "allowed", "fix")
    return [{name: getattr(problem, name) for name in names} for problem in problems]


def plain(value: object) -> object:
    """A value as JSON has it: dates as text."""
    return value.isoformat() if isinstance(value, dt.date) else value
