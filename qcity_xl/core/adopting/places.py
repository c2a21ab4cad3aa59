"""Which indicator, criterion, task or unit of the master a text of the book means."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qcity_xl.core.adopting.likeness import Texts, bare, likeness
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.reading.labels import parse_label, whole_label
from qcity_xl.core.reading.names import Names
from qcity_xl.core.reading.unit_cells import read_unit_cell
from qcity_xl.core.rounds.responsibility import Duty, resolve_duties
from qcity_xl.core.schema import CRITERIA, INDICATORS, TASKS
from qcity_xl.core.text import fold, shorten

_ALIKE = 0.5  # a text under the right number may differ so far, and is told
_NEAR = 0.85  # a text under no number must be so like the one that is meant
_AHEAD = 0.1  # and so much more like it than like the next one
_SHOWN = 30
_CRITERION = re.compile(r"c?(\d+)[.(](\d+)\)?")


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row of the master, "" for none; `why` says what is uncertain, or why there is none."""

    key: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class NamedUnits:
    """The registered names that a cell gives, and what of it is no unit of the registry."""

    names: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


class RowFinder:
    """The rows of a master, to be found by number or wording."""

    def __init__(self, master: Master) -> None:
        """Take in the master as it stands."""
        self.master = master
        self.registry = master.registry
        self._names = Names()
        self._names.full = set(self.registry.names.values())
        self._tasks = _Rows(master.rows(TASKS), "no", "text", "任务")
        self._indicators = _Rows(master.rows(INDICATORS), "no", "title", "指标")
        self._criteria = _Rows(master.rows(CRITERIA), "label", "text", "得分点")
        self.duties: dict[tuple[str, str], Duty] = {}
        self._of_task: dict[str, list[Duty]] = {}
        for duty in resolve_duties(master)[0]:
            self.duties[duty.task, duty.unit] = duty
            self._of_task.setdefault(duty.task, []).append(duty)
        self._inside: dict[str, list[str]] = {}
        for key, row in master.rows(TASKS).items():
            self._inside.setdefault(text(row, "indicator"), []).append(key)

    def duties_of(self, task: str) -> list[Duty]:
        """Who must report on a task, leads first."""
        return self._of_task.get(task, [])

    def tasks_of(self, indicator: str) -> list[str]:
        """The tasks of an indicator, both by their row ids."""
        return self._inside.get(text(self.master.rows(INDICATORS)[indicator], "no"), [])

    def criteria_of(self, indicator: str) -> list[str]:
        """The criteria of an indicator, both by their row ids."""
        no = text(self.master.rows(INDICATORS)[indicator], "no")
        rows = self.master.rows(CRITERIA).items()
        return [key for key, row in rows if text(row, "indicator") == no]

    def task(self, said: str, indicator: str = "", unit: str = "", numbered: str = "") -> FoundRow:
        """The task of a cell: 1.2 每年召开会议, its text alone, or its number alone.

        `numbered` is what stands in a column of numbers; of tasks with one text that of the
        `indicator` or of the `unit` counts.
        """
        inside = set(self.tasks_of(indicator)) if indicator else set[str]()
        led = {key for (key, name) in self.duties if name == unit} if unit else set[str]()
        return self._tasks.find(said, numbered, (inside, led))

    def indicator(self, said: str, numbered: str = "") -> FoundRow:
        """The indicator of a cell: 3.质量经费, its title alone, or its number alone."""
        return self._indicators.find(said, numbered, ())

    def criterion(self, said: str, indicator: str = "") -> FoundRow:
        """The criterion of a cell: 13(3), or its text."""
        match = _CRITERION.fullmatch(fold(said))
        if match and (key := self._criteria.numbered(f"{match[1]}({match[2]})")):
            return FoundRow(key)
        inside = set(self.criteria_of(indicator)) if indicator else set[str]()
        return self._criteria.find(said, "", (inside,))

    def units(self, cell: str) -> NamedUnits:
        """The units and groups of a cell; 无 and — are nobody."""
        listed = self.registry.split(cell)
        if listed and all(self.registry.find(name) for name in listed):
            return NamedUnits(tuple(dict.fromkeys(listed)))
        read = read_unit_cell(cell)
        names: list[str] = []
        unknown = [read.undecided] if read.undecided else []
        for clause in read.clauses:
            for entry in self._names.split(clause.text):
                found = next(filter(None, map(self.registry.find, _writings(entry.name))), None)
                (names if found else unknown).append(found or entry.name)
        return NamedUnits(tuple(dict.fromkeys(names)), tuple(dict.fromkeys(unknown)))

    def stranger(self, name: str) -> str:
        """Why a name leads to no unit: the reason for the office."""
        near = self.registry.nearest(name)
        like = f"，最接近的是“{near}”" if near else ""
        return f"“{name}”不在单位名录{like}"


def _writings(name: str) -> tuple[str, ...]:
    """A name, and as it is with the 市 that offices leave out."""
    return (name, *(f"{prefix}{name}" for prefix in "市县区"))


class _Rows:
    """The rows of one table by number and by wording."""

    def __init__(self, rows: Mapping[str, Row], number: str, wording: str, what: str) -> None:
        self._rows, self._number, self._wording, self._what = rows, number, wording, what
        self._by_number = {fold(text(row, number)): key for key, row in rows.items()}
        self._texts = Texts({key: text(row, wording) for key, row in rows.items()})

    def find(self, said: str, numbered: str, hints: Sequence[set[str]]) -> FoundRow:
        label, words = parse_label(said) or (None, said)
        number = ".".join(map(str, label)) if label else ""
        if only := whole_label(said) or (whole_label(numbered) if not said else None):
            return self._only_number(".".join(map(str, only)))
        if not bare(words):
            return FoundRow("", f"没有写是哪项{self._what}")
        claimed = self._by_number.get(number) or self._by_number.get(fold(numbered), "")
        same = self._texts.same(words) or self._texts.same(said)
        if same:
            return self._of_same(same, claimed, hints)
        return self._like(words, claimed)

    def numbered(self, number: str) -> str:
        """The row with this number, "" for none."""
        return self._by_number.get(number, "")

    def _only_number(self, number: str) -> FoundRow:
        key = self._by_number.get(number, "")
        return FoundRow(key, "" if key else f"总表没有编号为{number}的{self._what}")

    def _of_same(self, same: list[str], claimed: str, hints: Sequence[set[str]]) -> FoundRow:
        left = same
        for hint in ({claimed}, *hints):
            left = [key for key in left if key in hint] or left
        if len(left) == 1:
            return FoundRow(left[0])
        numbers = "、".join(text(self._rows[key], self._number) for key in left)
        return FoundRow("", f"总表{self._what}{numbers}都是这样写的，分不清是哪一项")

    def _like(self, words: str, claimed: str) -> FoundRow:
        nearest = self._texts.nearest(words)
        if not nearest:
            return FoundRow("", f"总表没有这项{self._what}")
        (best, key), *others = nearest
        mine = likeness(words, text(self._rows[claimed], self._wording)) if claimed else 0.0
        if mine >= _ALIKE and mine > best - _AHEAD:
            return FoundRow(claimed, f"按编号对上{self._named(claimed)}，文字略有不同")
        second = max((score for score, _ in others), default=0.0)
        if not claimed and best >= _NEAR and best - second >= _AHEAD:
            return FoundRow(key, f"按文字对上{self._named(key)}，文字略有不同")
        like = f"，最接近的是{self._named(key)}" if best >= _ALIKE else ""
        number = f"编号相同的是{self._named(claimed)}" if claimed and claimed != key else ""
        return FoundRow("", "，".join(filter(None, (f"总表没有这项{self._what}{like}", number))))

    def _named(self, key: str) -> str:
        row = self._rows[key]
        return f"{text(row, self._number)}“{shorten(text(row, self._wording), _SHOWN)}”"
