"""Which changes alter what a row offers for an answer or a 裁定: its dropdown follows."""

from qcity_xl.core.changes import Change
from qcity_xl.core.schema import CRITERIA, RULINGS

_FROM = {  # with the columns that what is offered is made from
    CRITERIA.name: {"kind", "params", "points", "may_be_absent"},
    RULINGS.name: {"options"},
}


def changes_offers(change: Change) -> bool:
    """Whether a row offers others after this change than the cell did before, or is new."""
    fields = _FROM.get(change.table)
    if fields is None or change.structural or change.drops_row:
        return False
    return change.adds_row or change.field in fields
