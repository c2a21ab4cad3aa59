"""The id of a row on 冲突: made of what the row says, so that the same is listed once."""

import hashlib

from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.schema import BY_SHEET, CONFLICTS
from qcity_xl.core.schema.words import CONFLICT, REFUSED, REFUSED_BEFORE
from qcity_xl.core.values import Value, canonical

KINDS = {"conflict": CONFLICT, "refuse": REFUSED}  # 类型 by what was decided
_ACTIONS = {REFUSED_BEFORE: "refuse", **{kind: action for action, kind in KINDS.items()}}


def conflict_id(
    action: str, whose: tuple[str, str], place: tuple[str, str, str], said: Value
) -> str:
    """The id for what was decided, the round and unit, the table, row (or line) and field, and what
    the unit said there.
    """
    parts = (action, *whose, *place, canonical(said))
    return "X" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def listed_row(master: Master, key: str) -> Row | None:
    """The row of 冲突 that lists this, as its own or as a second version."""
    rows = master.rows(CONFLICTS)
    if key in rows:
        return rows[key]
    return next((rows[first] for first in master.saying(CONFLICTS, _second, key)), None)


def _second(row: Row) -> str:
    return text(row, "second_id")


def shown_conflict(row: Row) -> str:
    """The id for what a row says; "" where its sheet or column is none of the master's."""
    table = BY_SHEET.get(text(row, "sheet"))
    field = table.by_header.get(text(row, "column")) if table else None
    action = _ACTIONS.get(text(row, "kind"))
    if table is None or action is None or field is None:
        return ""
    place = text(row, "row")
    if place.startswith("第") and place.endswith("行"):
        place = place[1:-1]
    whose = text(row, "round"), text(row, "unit")
    return conflict_id(action, whose, (table.name, place, field), row.get("theirs"))
