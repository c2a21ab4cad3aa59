"""日志 and 撤销: what was done, whether the record is whole, and taking a step back."""

from dataclasses import replace

from qcity_xl.core.changes import BOARD
from qcity_xl.core.errors import NothingToDo, PacksOut, SheetsLost, Unknown
from qcity_xl.core.history.log import (
    OPERATION,
    UNDO,
    Operation,
    as_lines,
    operations,
    verify,
)
from qcity_xl.core.history.restore import deleted_sheets
from qcity_xl.core.history.undo import (
    BY_HAND,
    LASTING,
    OverwrittenCell,
    handed_out,
    last_operation,
    plan_undo,
)
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.master.names import place_name
from qcity_xl.core.master.numbers import standing_ids
from qcity_xl.core.master.upgrade import check_version
from qcity_xl.core.schema import LOG
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.data import HeldData, LogData, OperationData, UndoData
from qcity_xl.steps.shared.outcome import (
    DONE,
    LEFT,
    Column,
    Context,
    Outcome,
    OutcomeValue,
    Section,
    change_data,
    change_section,
    plain,
    problem_data,
)
from qcity_xl.steps.shared.target import Target, Workbook, open_master
from qcity_xl.steps.shared.upgrade import plan_upgrade

_SHOWN = 20


def log(target: Target, *, check: bool = False) -> Outcome[LogData]:
    """All operations; with `check` also whether any log line was changed, removed or moved."""
    master = _with_log(target).master
    listed = operations(master)
    problems = verify(master) if check else []
    whole = "日志被改动过：" if problems else "日志完整，没有被改动。"
    data: LogData = {
        "operations": [_operation_data(operation) for operation in listed],
        "problems": problem_data(problems),
    }
    columns = (
        *(Column("操作"), Column("时间"), Column("操作人"), Column("步骤"), Column("来源")),
        Column("", "count", "格"),
    )
    return Outcome(
        f"共{len(listed)}次操作",
        data,
        LEFT if problems else DONE,
        sections=(Section("", columns, tuple(map(_row, listed)), newest=True),),
        notices=(*([whole] if check else []), *(problem.sentence() for problem in problems)),
    )


def _operation_data(operation: Operation) -> OperationData:
    return {
        "operation": operation.no,
        "time": operation.stamp.time,
        "user": operation.stamp.user,
        "command": operation.stamp.command,
        "source": operation.stamp.source,
        "files": [{"file": name, "sha256": sha256} for name, sha256 in operation.files],
        "undoes": operation.undoes or None,
        "changes": len(operation.changes),
    }


def _row(operation: Operation) -> tuple[OutcomeValue, ...]:
    stamp, count = operation.stamp, len(operation.files)
    source = (
        f"{count}个文件" if count > 1 else stamp.source or "".join(f for f, _ in operation.files)
    )
    return operation.no, stamp.time, stamp.user, stamp.command, source, len(operation.changes)


def undo(target: Target, context: Context, number: int | None = None) -> Outcome[UndoData]:
    """Take an operation back (the last one that stands, or by number), an undo included.

    A cell that was changed later, by an operation or by hand, stays as it is and is reported.
    Raises PacksOut where packs that it made are out, unless the context says `force`.
    """
    file = _with_log(target)
    check_version(file.path.name, file.master)
    listed = operations(file.master)
    reshaped = any(c.structural for operation in listed for c in operation.changes)
    swapped = any(c.row == BOARD for operation in listed for c in operation.changes)
    board = file.board(today=True) if swapped else {}
    master = replace(file.master, layout={**file.layout(exact=reshaped), **board})
    operation = _wanted(master, listed, number)
    if operation is None:
        nothing: UndoData = {"restored": 0, "left": [], "changes": 0, "changed": []}
        return Outcome("没有可以撤销的操作", nothing)
    out = handed_out(master, operation)
    if out and not context.force:
        rounds = "、".join(dict.fromkeys(text(row, "round") for row in out))
        raise PacksOut(operation.no, operation.stamp.command, rounds, len(out))
    plan = plan_undo(master, listed, operation)
    commit(file, as_lines(plan.changes), context, UNDO, f"{OPERATION}{operation.no}")
    what = f"{OPERATION}{operation.no}（{operation.stamp.time} {operation.stamp.command}）"
    return Outcome(
        _headline(what, len(plan.changes), len(plan.held)),
        {
            "restored": len(plan.changes),
            "operation": operation.no,
            "left": [_held_data(master, held) for held in plan.held],
            "changes": len(plan.changes),
            "changed": change_data(plan.changes),
        },
        LEFT if plan.held else DONE,
        sections=(
            change_section(plan.changes, standing_ids(master)),
            Section(
                "以下各格后来又改过，没有动（新增的行有一格改过就整行保留）",
                (Column("位置", "label"), Column("现在")),
                tuple(_held_row(master, held) for held in plan.held),
                _SHOWN,
            ),
        ),
        changes=len(plan.changes),
    )


def _with_log(target: Target) -> Workbook:
    """The master, also a damaged one. Raises SheetsLost if 日志 itself was deleted: that reads as
    if nothing had ever been done.
    """
    file = open_master(target, lenient=True)
    if not file.master.rows(LOG):
        gone = deleted_sheets(file.master, plan_upgrade(file, undo=True))
        if LOG.sheet in gone:
            raise SheetsLost(file.path.name, f"「{LOG.sheet}」")
    return file


def _wanted(master: Master, listed: list[Operation], number: int | None) -> Operation | None:
    if number is None:
        return last_operation(master, listed)
    known = {operation.no: operation for operation in listed}
    if number not in known:
        there = f"1 至 {listed[-1].no}" if listed else ""
        raise Unknown("操作", str(number), there)
    if known[number].stamp.command in LASTING:
        raise NothingToDo(f"操作{number}是发送记录，邮件已经发出，不能撤销。")
    return known[number]


def _headline(what: str, restored: int, held: int) -> str:
    if restored:
        return f"已撤销{what}，恢复{restored}格"
    if held:
        return f"{what}没有撤销：它改的格子后来都改过。请先撤销下面列出的操作"
    return f"{what}没有可以恢复的格子：它没有改动总表，或已经撤销过"


def _now(master: Master, held: OverwrittenCell) -> OutcomeValue:
    return plain(master.row(held.change.table, held.change.row).get(held.change.field))


def _held_row(master: Master, held: OverwrittenCell) -> tuple[str, str]:
    who = "手工" if held.by == BY_HAND else f"{OPERATION}{held.by}"
    now = _now(master, held)
    return place_name(
        held.change, standing_ids(master)
    ), f"被{who}改为{'空' if now is None else f'“{now}”'}"


def _held_data(master: Master, held: OverwrittenCell) -> HeldData:
    (data,) = change_data([held.change])
    return {**data, "now": _now(master, held), "held_by": held.by or None}
