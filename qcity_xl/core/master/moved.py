"""Rows whose id and content do not belong together: cells sorted or moved without the hidden id.

Watched are the tables whose ids say what stands beside them. Evidence, units, conflicts and the
log go by ids that say nothing; their rows hold all that belongs to them, or are chained.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from qcity_xl.core.master.model import Master, text
from qcity_xl.core.master.numbers import standing_ids
from qcity_xl.core.schema import (
    ASSIGNMENTS,
    CRITERIA,
    INDICATORS,
    MAIL,
    ROUNDS,
    RULINGS,
    SECTIONS,
    SETTINGS,
    TASKS,
    Table,
)
from qcity_xl.core.text import fold

_LABEL = re.compile(r"(\d+)\((\d+)\)")


@dataclass(frozen=True, slots=True)
class Moved:
    """A row that shows what belongs to the row `shown`, `words` as they stand there."""

    table: Table
    row: str
    shown: str
    field: str
    words: str


def moved_rows(master: Master) -> Iterator[Moved]:
    """Each row that shows the content of another row of its table."""
    tasks = {fold(text(row, "no")): key for key, row in master.rows(TASKS).items()}
    standing = standing_ids(master)
    for table, fields, id_of in _IDS:
        rows = master.rows(table)
        known = {fold(standing.get(key, key)): key for key in rows}
        for key, row in rows.items():
            words = [fold(text(row, name)) for name in fields]
            if table is ASSIGNMENTS:
                words[0] = _task_id(words[0], key, tasks)
            shown = known.get(fold(id_of(*words)), "") if all(words) else ""
            if shown and shown != key:
                joined = " ".join(text(row, name) for name in fields)
                yield Moved(table, key, shown, fields[0], joined)


def _task_id(no: str, key: str, tasks: Mapping[str, str]) -> str:
    """The id of the task with this number: its own id, where 任务 itself was moved."""
    own = f"t{no}"
    return own if fold(key).startswith(f"{own}/") else tasks.get(no, own)


def _criterion(label: str) -> str:
    match = _LABEL.fullmatch(label)
    return f"C{match[1]}.{match[2]}" if match else ""


_IDS: tuple[tuple[Table, tuple[str, ...], Callable[..., str]], ...] = (
    (SECTIONS, ("no",), "S{}".format),
    (INDICATORS, ("no",), "I{}".format),
    (CRITERIA, ("label",), _criterion),
    (TASKS, ("no",), "T{}".format),
    (ASSIGNMENTS, ("task", "unit"), "{}/{}".format),
    (RULINGS, ("subject", "item"), "Q{}/{}".format),
    (ROUNDS, ("round", "unit"), "R{}/{}".format),
    (SETTINGS, ("group", "item"), "{}/{}".format),
    (MAIL, ("use",), "{}".format),
)
