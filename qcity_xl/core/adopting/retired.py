"""新旧对照: what a newer table changed, and all that stood in the rows that it has no more."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qcity_xl.core.changes import KEY, Change, added_row, dropped_row
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.schema import EVIDENCE, REVISIONS, FieldColumn, Table
from qcity_xl.core.schema.words import GONE
from qcity_xl.core.text import labels_in

_MOST = 30_000  # characters of a cell; the rest stands in a row below
_WORDS = {"title", "text", "question"}  # what a row says, in the tables that may lose rows


@dataclass(frozen=True, slots=True)
class Revised:
    """One row of 新旧对照."""

    kind: str
    change: str
    old_no: str = ""
    new_no: str = ""
    old: str = ""
    new: str = ""
    held: str = ""


def revision_rows(master: Master, listed: Iterable[Revised], version: str) -> list[Change]:
    """Changes that append these rows to 新旧对照, under the name of the newer table."""
    number = len(master.rows(REVISIONS))
    changes: list[Change] = []
    for one in listed:
        for held in _parts(one.held):
            number += 1
            while f"V{number:05d}" in master.rows(REVISIONS):
                number += 1
            row = {
                "version": version,
                "kind": one.kind,
                "change": one.change,
                "old_no": one.old_no or None,
                "new_no": one.new_no or None,
                "old": one.old[:_MOST] or None,
                "new": one.new[:_MOST] or None,
                "held": held or None,
            }
            changes += added_row(REVISIONS.name, f"V{number:05d}", {**row})
    return changes


def retired(table: Table, kind: str, number: str, row: Row, more: Sequence[str] = ()) -> Revised:
    """What is kept of a row that goes: each of its filled cells by its header, and `more`."""
    words = next((text(row, field) for field in table.fields if field in _WORDS), "")
    held = [f"{c.header}：{text(row, c.field)}" for c in stored(table) if text(row, c.field)]
    return Revised(kind, GONE, number, "", words, "", "\n".join((*held, *more)))


def drop(table: Table, key: str, row: Row) -> list[Change]:
    """Changes that take a row away, cell by cell."""
    return dropped_row(table.name, key, {c.field: row.get(c.field) for c in stored(table)})


def stored(table: Table) -> list[FieldColumn]:
    """The columns of a table that hold something of their own."""
    return [c for c in table.columns if c.editor != "formula" and c.field != KEY]


def documents_of(master: Master, number: str, known: Mapping[str, str]) -> Iterator[str]:
    """A line for each document of 佐证 that names a criterion or an indicator."""
    for row in master.rows(EVIDENCE).values():
        if number in labels_in(text(row, "criteria"), known):
            said = (text(row, field) for field in ("unit", "title", "number", "location"))
            yield f"佐证：{'，'.join(filter(None, said))}"


def _parts(held: str) -> list[str]:
    return [held[start : start + _MOST] for start in range(0, len(held), _MOST)] or [""]
