"""Old numbers and new ones of sections, indicators, criteria and tasks, wherever they are named."""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass

from qcity_xl.core.adopting.revision import LEVELS, MatchedTables
from qcity_xl.core.master.model import Row, text
from qcity_xl.core.schema import CRITERIA, INDICATORS, SECTIONS, TASKS
from qcity_xl.core.text import fold, labels_in

_ORDINAL = re.compile(r"\d+[.(](\d+)\)?")
_LABEL = re.compile(r"\d+\(\d+\)")
_SECTION = re.compile(r"(?:(?<=^)|(?<=；))\d+(?=：)")


@dataclass(frozen=True, slots=True)
class Numbers:
    """New numbers by old ones, by the names of the tables; "" for what is gone.

    `rows` are the new numbers by row ids.
    """

    of: Mapping[str, Mapping[str, str]]
    rows: Mapping[str, Mapping[str, str]]

    def new(self, table: str, number: str) -> str:
        """The new number of what is named by an old one; what names nothing stays."""
        return self.of[table].get(fold(number), number)

    def subject(self, said: str) -> str | None:
        """What a matter of 待定事项 is about now; None if it is gone."""
        for table in (TASKS, CRITERIA, INDICATORS):
            if fold(said) in self.of[table.name]:
                return self.of[table.name][fold(said)] or None
        return None if _LABEL.fullmatch(fold(said)) else said  # of a criterion that was deleted

    def labels(self, cell: str) -> tuple[list[str], list[str]]:
        """The criteria and indicators that a cell names now, and those that are gone."""
        known = {**self.of[CRITERIA.name], **self.of[INDICATORS.name]}
        listed = labels_in(cell, known)
        found = [known.get(label, label) for label in listed]
        return [f for f in found if f], [label for label in listed if known.get(label) == ""]

    def within(self, words: str, subject: str, now: str) -> str:
        """Words in which the old number of their subject stands, with the new one."""
        plain = rf"(?<=指标){subject}(?!\d)" if subject.isdigit() else ""
        pattern = plain or rf"(?<![\d.(]){re.escape(subject)}(?![\d(.])"
        return re.sub(pattern, now, words)

    def sections(self, said: str) -> str:
        """1：20；2：15.5 with the new numbers of the sections."""
        of = self.of[SECTIONS.name]
        return _SECTION.sub(lambda m: of.get(m[0], m[0]) or f"{m[0]}（取消）", said)


def new_numbers(matched: MatchedTables) -> Numbers:
    """The new numbers of all rows; one of the office's own gives way where its number is taken."""
    rows: dict[str, dict[str, str]] = {}
    for name, (column, _) in LEVELS.items():
        level, held, fresh = matched.levels[name], matched.master.tables[name], matched.rows[name]
        found = {old: text(fresh[new], column) for old, new in level.same.items()}
        taken = {text(row, column) for key, row in fresh.items() if key not in level.aside}
        for key in level.kept:
            found[key] = _free(_kept(name, held[key], rows, matched), taken)
            taken.add(found[key])
        rows[name] = found
    of = {
        name: {
            fold(text(row, LEVELS[name][0])): rows[name].get(key, "")
            for key, row in matched.master.tables[name].items()
        }
        for name in LEVELS
    }
    return Numbers(of, rows)


def _kept(
    name: str, row: Row, rows: Mapping[str, Mapping[str, str]], matched: MatchedTables
) -> str:
    """The number of a row that stays: its own, under the new one of its indicator."""
    number = text(row, LEVELS[name][0])
    match = _ORDINAL.fullmatch(fold(number))
    if name not in (CRITERIA.name, TASKS.name) or match is None:
        return number
    of = {text(r, "no"): key for key, r in matched.master.rows(INDICATORS).items()}
    above = rows[INDICATORS.name].get(of.get(text(row, "indicator"), ""), text(row, "indicator"))
    return _numbered(name, above, int(match[1]))


def _numbered(name: str, above: str, ordinal: int) -> str:
    return f"{above}({ordinal})" if name == CRITERIA.name else f"{above}.{ordinal}"


def _free(number: str, taken: Container[str]) -> str:
    """The number, or the next one like it that no other row has."""
    while number in taken:
        last = re.search(r"\d+(?=\)?$)", number)
        number = (
            f"{number[: last.start()]}{int(last[0]) + 1}{number[last.end() :]}"
            if last
            else f"{number}2"
        )
    return number
