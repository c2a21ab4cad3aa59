"""What names criteria and tasks by their numbers, after a newer table gave them others.

填报, 待定事项, 佐证 and the records of rounds keep what they say; the numbers in them follow. A
part in a task that is gone and a matter about what is gone go to 新旧对照, with all that they held.
"""

from collections.abc import Collection, Iterator

from qcity_xl.core.adopting.renumbered import Numbers
from qcity_xl.core.adopting.retired import Revised, drop, retired
from qcity_xl.core.adopting.revision import MatchedTables
from qcity_xl.core.changes import Change, added_row
from qcity_xl.core.master.initial_rows import LIST_MARK
from qcity_xl.core.master.model import Master, differences, text
from qcity_xl.core.master.numbers import free_id
from qcity_xl.core.rounds.assignments import assignment_changes
from qcity_xl.core.schema import (
    ASSIGNMENTS,
    CRITERIA,
    EVIDENCE,
    INDICATORS,
    LOG,
    PROGRESS_LINES,
    RULINGS,
    SCORE_LINES,
    TASKS,
)
from qcity_xl.core.schema.history import SCORE_NAMES
from qcity_xl.core.schema.words import PART, RULING
from qcity_xl.core.text import fold, labels_in, one_line, shorten
from qcity_xl.core.values import Value, tidy

_SAID = ("progress", "note", "done_on", "difficulty")
_SHOWN = 40
_GONE = "（取消）"


class Following:
    """Changes that follow, rows of 新旧对照, what to look at, and rows under other numbers."""

    def __init__(
        self, before: Master, after: Master, matched: MatchedTables, numbers: Numbers
    ) -> None:
        """Take in the master `before` and `after` its plan was changed."""
        self._before, self._after, self._matched, self._numbers = before, after, matched, numbers
        self.changes: list[Change] = []
        self.revised: list[Revised] = []
        self.told: list[str] = []
        self.standing: dict[str, str] = {}

    def parts(self) -> None:
        """填报: who reports on what now, and what was reported on what is gone."""
        tasks = self._after.rows(TASKS)
        wanted: dict[str, dict[str, Value]] = {}
        gone: list[Change] = []
        for key, row in self._before.rows(ASSIGNMENTS).items():
            task = key.partition("/")[0]
            if task in tasks:
                wanted[key] = {"task": text(tasks[task], "no"), "text": tasks[task].get("text")}
            elif task in self._before.rows(TASKS):
                whose = f"{text(row, 'task')} {text(row, 'unit')}"
                self.revised.append(retired(ASSIGNMENTS, PART, whose, row))
                gone += drop(ASSIGNMENTS, key, row)
                if any(row.get(name) is not None for name in _SAID):
                    self.told.append(f"任务{whose}：取消了，已填报的内容在「新旧对照」")
        self.changes += [*gone, *differences(self._before, ASSIGNMENTS, wanted)]
        now = self._after.with_changes(self.changes)
        self.changes += assignment_changes(now)[0]

    def evidence(self) -> None:
        """佐证: the same documents for the same criteria."""
        wanted: dict[str, dict[str, Value]] = {}
        known = {**self._numbers.of[CRITERIA.name], **self._numbers.of[INDICATORS.name]}
        for key, row in self._before.rows(EVIDENCE).items():
            cell = text(row, "criteria")
            now, gone = self._numbers.labels(cell)
            if now != labels_in(cell, known) or gone:
                wanted[key] = {"criteria": LIST_MARK.join(dict.fromkeys(now)) or None}
            if gone and not now:
                said = shorten(one_line(text(row, "title")), _SHOWN)
                self.told.append(
                    f"佐证“{said}”：原来对应的{'、'.join(gone)}取消了，请改填得分点，材料仍在「佐证」"
                )
        self.changes += differences(self._before, EVIDENCE, wanted)

    def records(self) -> None:
        """进展记录 and 得分记录: what was said and earned then, under the numbers of now."""
        wanted: dict[str, dict[str, Value]] = {}
        for key, row in self._before.rows(PROGRESS_LINES).items():
            number = text(row, "task")
            wanted[key] = {"task": self._numbers.new(TASKS.name, number) or f"{number}{_GONE}"}
        self.changes += differences(self._before, PROGRESS_LINES, wanted)
        lines: dict[str, dict[str, Value]] = {
            key: {
                name: self._numbers.sections(text(row, name)) or None
                for name in (f"{score}_sections" for score in SCORE_NAMES)
            }
            for key, row in self._before.rows(SCORE_LINES).items()
        }
        self.changes += differences(self._before, SCORE_LINES, lines)

    def rulings(self, voided: Collection[str], reworded: Collection[tuple[str, str]]) -> None:
        """待定事项: what was ruled stays ruled; what is new is asked."""
        there: set[tuple[str, str]] = set()
        wanted: dict[str, dict[str, Value]] = {}
        about = dict(self._reworded_numbers(reworded))
        for key, row in self._before.rows(RULINGS).items():
            subject, item = text(row, "subject"), text(row, "item")
            now = self._numbers.subject(subject)
            if now is None or key in voided:
                self.revised.append(retired(RULINGS, RULING, f"{subject} {item}", row))
                self.changes += drop(RULINGS, key, row)
                continue
            there.add((fold(now), item))
            if now != subject:
                cells: dict[str, Value] = {"subject": now}
                for name in ("question", "reason"):
                    cells[name] = self._numbers.within(text(row, name), subject, now) or None
                wanted[key] = cells
                self.standing[key] = f"Q{now}/{item}"
            if text(row, "choice") and fold(now) in about:
                said = shorten(one_line(text(row, "choice")), _SHOWN)
                self.told.append(f"{now}：{about[fold(now)]}，原来的裁定“{item}：{said}”请核对")
        self.changes += differences(self._before, RULINGS, wanted)
        self._ask(there, set(about))

    def _reworded_numbers(self, reworded: Collection[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        for table, key in reworded:
            if number := self._numbers.rows[table].get(key, ""):
                yield fold(number), "文字、分值或规则改了"

    def _ask(self, there: Collection[tuple[str, str]], reworded: Collection[str]) -> None:
        """What the newer table leaves open, of what is new in it or reworded."""
        logged = {
            text(row, "row")
            for row in self._before.rows(LOG).values()
            if text(row, "sheet") == RULINGS.sheet
        }
        taken = {*self._before.rows(RULINGS), *logged}
        old = {number for of in self._numbers.rows.values() for number in map(fold, of.values())}
        labels = {fold(text(row, "label")) for row in self._after.rows(CRITERIA).values()}
        theirs = self._matched.rows[CRITERIA.name]
        aside = {fold(text(theirs[k], "label")) for k in self._matched.levels[CRITERIA.name].aside}
        for key, row in self._matched.rows[RULINGS.name].items():
            subject = fold(text(row, "subject"))
            settled = subject in old and subject not in reworded
            settled = settled or (subject in aside and subject not in labels)
            if settled or (subject, text(row, "item")) in there:
                continue
            made = free_id(key, taken)
            taken.add(made)
            if made != key:
                self.standing[made] = key
            values = {n: tidy(value) for n, value in row.items() if n != "key"}
            self.changes += added_row(RULINGS.name, made, values)


def follow(
    before: Master,
    after: Master,
    matched: MatchedTables,
    numbers: Numbers,
    reworded: Collection[tuple[str, str]],
    voided: Collection[str],
) -> Following:
    """Let everything follow that names rows of the plan by their numbers."""
    following = Following(before, after, matched, numbers)
    following.parts()
    following.evidence()
    following.records()
    following.rulings(voided, reworded)
    return following
