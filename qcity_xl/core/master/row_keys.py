"""Ids of rows: those that say what stands beside them, and those given to what people typed."""

import re
from collections.abc import Callable, Collection, Mapping
from itertools import count

from qcity_xl.core.master.conflict_ids import shown_conflict
from qcity_xl.core.schema import (
    ASSIGNMENTS,
    CONFLICTS,
    CRITERIA,
    EVIDENCE,
    INDICATORS,
    MAIL,
    PROGRESS_LINES,
    ROUNDS,
    RULINGS,
    SECTIONS,
    SETTINGS,
    TASKS,
    UNITS,
    Table,
)
from qcity_xl.core.text import clean, fold
from qcity_xl.core.values import Value

_LABEL = re.compile(r"(\d+)\((\d+)\)")
_TYPED = "手工/"
_TYPED_KEY = re.compile(rf"[A-Z]{_TYPED}\d+")
# The letters that ids of a table begin with; rows that people typed are taken into these tables.
LETTERS = {
    SECTIONS.name: "S",
    INDICATORS.name: "I",
    CRITERIA.name: "C",
    TASKS.name: "T",
    ASSIGNMENTS.name: "A",
    EVIDENCE.name: "E",
    UNITS.name: "U",
    RULINGS.name: "Q",
    MAIL.name: "M",
    SETTINGS.name: "D",
}


def _criterion(label: str) -> str:
    match = _LABEL.fullmatch(label)
    return f"C{match[1]}.{match[2]}" if match else ""


# Tables whose ids say what stands in these cells, and how.
TELLING: dict[str, tuple[tuple[str, ...], Callable[..., str]]] = {
    SECTIONS.name: (("no",), "S{}".format),
    INDICATORS.name: (("no",), "I{}".format),
    CRITERIA.name: (("label",), _criterion),
    TASKS.name: (("no",), "T{}".format),
    ASSIGNMENTS.name: (("task", "unit"), "T{}/{}".format),
    RULINGS.name: (("subject", "item"), "Q{}/{}".format),
    ROUNDS.name: (("round", "unit"), "R{}/{}".format),
    PROGRESS_LINES.name: (("round", "task", "unit"), "{}/{}/{}".format),
    SETTINGS.name: (("group", "item"), "{}/{}".format),
    MAIL.name: (("use",), "{}".format),
}


def telling_key(table: Table, row: Mapping[str, Value]) -> str:
    """The id that says what stands in a row; "" where ids of the table say nothing, or too little
    is filled in.
    """
    if table is CONFLICTS:
        return shown_conflict(row)
    if table.name not in TELLING:
        return ""
    fields, id_of = TELLING[table.name]
    words = [_word(table, name, row.get(name)) for name in fields]
    return id_of(*words) if all(words) else ""


def _word(table: Table, name: str, value: Value) -> str:
    """As it stands in an id: numbers and labels in one form, names as they are written."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    written = clean(str(value)).strip()
    return fold(written) if name in ("no", "label", "task") or table is SECTIONS else written


def typed_key(table: Table, taken: Collection[str]) -> str:
    """An id that says nothing, for a row that people typed: T手工/1."""
    letter = LETTERS[table.name]
    return next(key for n in count(1) if (key := f"{letter}{_TYPED}{n}") not in taken)


def says_nothing(key: str) -> bool:
    """Whether it is such an id."""
    return _TYPED_KEY.fullmatch(key) is not None
