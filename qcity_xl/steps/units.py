"""单位变更: renamed, merged, split and abolished units, everywhere in the master."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from qcity_xl.core.catalogue import BY_ID
from qcity_xl.core.changes import Change
from qcity_xl.core.errors import NothingToDo
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.rounds.unit_changes import ChangeKind, UnitChange, change_units, parse_order
from qcity_xl.core.schema import BY_NAME
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.data import UnitOrderData, UnitsData
from qcity_xl.steps.shared.outcome import Column, Context, Outcome, Section, change_data
from qcity_xl.steps.shared.target import Target, open_sound

OrderTexts = Sequence[str] | str
_SHOWN = 30
_NOTHING = (
    "请写明单位怎样变：更名写 旧名=新名，合并写 甲、乙=新名，拆分写 旧名=甲、乙，撤销写单位名称"
    "（在 Excel 里点“更多选项”填写）。"
)


def units(
    target: Target,
    context: Context,
    *,
    rename: OrderTexts = (),
    merge: OrderTexts = (),
    split: OrderTexts = (),
    abolish: OrderTexts = (),
    date: dt.date | None = None,
) -> Outcome[UnitsData]:
    """Carry out these changes of units, in this order; those carried out before change nothing.

    Several of a kind come as a list, or as one text with ； between them.
    Raises NothingToDo where none is given or one can't be understood, Unknown for a unit that is
    not registered.
    """
    given: tuple[tuple[ChangeKind, OrderTexts], ...] = (
        *(("rename", rename), ("merge", merge), ("split", split), ("abolish", abolish)),
    )
    orders = [parse_order(kind, one) for kind, words in given for one in _each(words)]
    if not orders:
        raise NothingToDo(_NOTHING)
    file = open_sound(target)
    master, found = file.master, list[UnitChange]()
    for order in orders:
        found.append(change_units(master, order, date or context.now.date()))
        master = master.with_changes(found[-1].changes)
    changes = [change for one in found for change in one.changes]
    source = "；".join(one.order.sentence for one in found if one.changes)
    commit(file, as_lines(changes), context, BY_ID["units"].title, source)
    before = [f"{one.order.sentence}以前已经办过，没有改动。" for one in found if not one.changes]
    return Outcome(
        source or "没有改动",
        {
            "orders": [_order_data(one) for one in found],
            "changes": len(changes),
            "changed": change_data(changes),
        },
        sections=(_cells(changes),),
        notices=(*before, *(notice for one in found for notice in one.notices)),
        changes=len(changes),
    )


def _each(words: OrderTexts) -> list[str]:
    """Each order; a window gives them in one text."""
    listed = words.replace(";", "；").split("；") if isinstance(words, str) else words
    return [one for one in map(str.strip, listed) if one]


def _order_data(one: UnitChange) -> UnitOrderData:
    return {
        "kind": one.order.kind,
        "old": list(one.order.old),
        "new": list(one.order.new),
        "changes": len(one.changes),
        "notices": list(one.notices),
    }


def _cells(changes: Sequence[Change]) -> Section:
    """How many rows of which column change: cell by cell they stand in 日志."""
    counted = Counter(
        (BY_NAME[c.table].sheet, BY_NAME[c.table].column(c.field).header)
        for c in {(c.table, c.row, c.field): c for c in changes}.values()
    )
    rows = tuple((sheet, header, number) for (sheet, header), number in counted.items())
    columns = (Column("工作表"), Column("列"), Column("", "count", "格"))
    return Section("改动的各列（逐格见「日志」）", columns, rows, _SHOWN)
