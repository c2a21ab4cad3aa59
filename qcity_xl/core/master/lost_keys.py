"""Ids of rows that lost theirs: found again by what they say and what was last known."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from qcity_xl.core.changes import KEY
from qcity_xl.core.master.model import Row
from qcity_xl.core.master.row_keys import telling_key
from qcity_xl.core.schema import CONFLICTS, EVIDENCE, PROBLEMS, UNITS, Table
from qcity_xl.core.values import canonical

T = TypeVar("T")

# By these a row is known that was edited since; others by what their ids tell.
_MAIN: dict[str, tuple[str, ...]] = {
    EVIDENCE.name: ("criteria", "title"),
    UNITS.name: ("name",),
    CONFLICTS.name: ("kind", "unit", "sheet", "row", "column", "theirs"),
    PROBLEMS.name: ("sheet", "cell", "found"),
}


def found_again(
    table: Table,
    rows: Mapping[int, Row],
    taken: Collection[str],
    known: Callable[[], Mapping[str, Row]],
    *,
    all_lost: bool,
) -> dict[int, str]:
    """The ids of rows without one, by place: only where one row alone says what one alone said.

    `taken` are the ids that rows have. What was `known` is asked for if the rows don't tell
    themselves, or `all_lost` theirs: ids that were given long ago need not tell what stands there.
    """
    telling = {place: telling_key(table, row) for place, row in rows.items()}
    if not all_lost and all(key and key not in taken for key in telling.values()):
        return {}
    was = {key: row for key, row in known().items() if key not in taken}
    found: dict[int, str] = {}
    for fields in (_stored(table), _MAIN.get(table.name, ())):
        given = set(found.values())
        ids = _alone(table, fields, ((key, row) for key, row in was.items() if key not in given))
        places = _alone(table, fields, ((at, row) for at, row in rows.items() if at not in found))
        found |= {place: ids[said] for said, place in places.items() if said in ids}
    return found


def _stored(table: Table) -> tuple[str, ...]:
    return tuple(c.field for c in table.columns if c.editor != "formula" and c.field != KEY)


def _alone(
    table: Table, fields: Sequence[str], rows: Iterable[tuple[T, Row]]
) -> dict[tuple[str, ...], T]:
    """What stands in these fields of a row, where no other row says the same."""
    types = [table.column(name).type for name in fields]
    said = [
        (tuple(canonical(row.get(f), t) for f, t in zip(fields, types, strict=True)), item)
        for item, row in rows
    ]
    count = Counter(words for words, _ in said)
    return {words: item for words, item in said if any(words) and count[words] == 1}
