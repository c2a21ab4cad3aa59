"""日志 and 撤销: what was done, whether the record is whole, and taking a step back."""

from qcity_xl.core.errors import NothingToDo, Unknown
from qcity_xl.core.history.log import (
    OPERATION,
    UNDO,
    Operation,
    as_lines,
    operations,
    verify,
)
from qcity_xl.core.history.undo import BY_HAND, LASTING, Held, last_operation, plan_undo
from qcity_xl.core.master.model import Master
from qcity_xl.core.master.names import place_name
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.outcome import (
    DONE,
    LEFT,
    Context,
    Report,
    change_data,
    change_lines,
    plain,
    problem_data,
)
from qcity_xl.steps.shared.target import Target, open_master

_SHOWN = 20


def log(target: Target, *, check: bool = False) -> Report:
    """All operations; with `check` also whether any log line was changed, removed or moved."""
    master = open_master(target).master
    listed = operations(master)
    problems = verify(master) if check else []
    lines = [f"共{len(listed)}次操作。", *map(_line, listed)]
    if check:
        lines.append("日志完整，没有被改动。" if not problems else "日志被改动过：")
        lines += [problem.sentence() for problem in problems]
    data = {
        "operations": [
            {
                "operation": o.no,
                "time": o.stamp.time,
                "user": o.stamp.user,
                "command": o.stamp.command,
                "source": o.stamp.source,
                "files": [{"file": name, "sha256": sha256} for name, sha256 in o.files],
                "undoes": o.undoes or None,
                "changes": len(o.changes),
            }
            for o in listed
        ],
        "problems": problem_data(problems),
    }
    return Report(tuple(lines), data, LEFT if problems else DONE)


def _line(operation: Operation) -> str:
    stamp, count = operation.stamp, len(operation.files)
    source = (
        f"{count}个文件" if count > 1 else stamp.source or "".join(f for f, _ in operation.files)
    )
    words = (stamp.time, stamp.user, stamp.command, source, f"{len(operation.changes)}格")
    return "  ".join([f"  {operation.no:>4}", *(word for word in words if word)])


def undo(target: Target, context: Context, number: int | None = None) -> Report:
    """Take an operation back (the last one that stands, or by number), an undo included.

    A cell that a later operation or a hand changed stays and is told.
    """
    file = open_master(target)
    listed = operations(file.master)
    operation = _wanted(file.master, listed, number)
    if operation is None:
        return Report(("没有可以撤销的操作。",), {"restored": 0, "left": [], "changes": 0})
    plan = plan_undo(file.master, listed, operation)
    commit(file, as_lines(plan.changes), context, UNDO, f"{OPERATION}{operation.no}")
    what = f"{OPERATION}{operation.no}（{operation.stamp.time} {operation.stamp.command}）"
    lines = [_summary(what, len(plan.changes), len(plan.held)), *change_lines(plan.changes)]
    if plan.held:
        lines.append("以下各格后来又改过，没有动（新增的行有一格改过就整行保留）：")
        lines += [_sentence(file.master, held) for held in plan.held[:_SHOWN]]
        lines += [f"  …… 另有 {len(plan.held) - _SHOWN} 格"] if len(plan.held) > _SHOWN else []
    data = {
        "restored": len(plan.changes),
        "operation": operation.no,
        "left": [_held_data(file.master, held) for held in plan.held],
        "changes": len(plan.changes),
        "changed": change_data(plan.changes),
    }
    return Report(tuple(lines), data, LEFT if plan.held else DONE)


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


def _summary(what: str, restored: int, held: int) -> str:
    if restored:
        return f"已撤销{what}，恢复{restored}格。"
    if held:
        return f"{what}没有撤销：它改的格子后来都改过。请先撤销下面列出的操作。"
    return f"{what}没有可以恢复的格子：它没有改动总表，或已经撤销过。"


def _now(master: Master, held: Held) -> object:
    return plain(master.tables[held.change.table].get(held.change.row, {}).get(held.change.field))


def _sentence(master: Master, held: Held) -> str:
    who = "手工" if held.by == BY_HAND else f"{OPERATION}{held.by}"
    now = _now(master, held)
    return f"  {place_name(held.change)}：被{who}改为{'空' if now is None else f'“{now}”'}"


def _held_data(master: Master, held: Held) -> dict[str, object]:
    (data,) = change_data([held.change])
    return {**data, "now": _now(master, held), "held_by": held.by or None}
