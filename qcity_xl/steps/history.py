"""日志 and 撤销: what was done, whether the record is whole, and taking the last step back."""

from pathlib import Path

from qcity_xl.adapters.workbook import WorkbookFile
from qcity_xl.core.changes import Change
from qcity_xl.core.journal import UNDO, as_lines, last_operation, operations, undo_changes, verify
from qcity_xl.core.master import Master
from qcity_xl.core.schema import BY_NAME
from qcity_xl.core.values import same_meaning
from qcity_xl.steps.commit import commit
from qcity_xl.steps.report import (
    DONE,
    LEFT,
    Context,
    Report,
    change_data,
    change_lines,
    problem_data,
)


def log(path: Path, *, check: bool = False) -> Report:
    """All operations; with `check` also whether any log line was changed, removed or moved."""
    master = WorkbookFile.open(path).master
    listed = operations(master)
    problems = verify(master) if check else []
    lines = [
        f"  {o.no:>4}  {o.stamp.time}  {o.stamp.user}  {o.stamp.command}"
        f"{' ' + o.stamp.source if o.stamp.source else ''}  {len(o.changes)}格"
        for o in listed
    ]
    lines.insert(0, f"共{len(listed)}次操作。")
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
                "changes": len(o.changes),
            }
            for o in listed
        ],
        "problems": problem_data(problems),
    }
    return Report(tuple(lines), data, LEFT if problems else DONE)


def undo(path: Path, context: Context) -> Report:
    """Take the last operation back, cell by cell; a cell changed since then is left and told."""
    file = WorkbookFile.open(path)
    operation = last_operation(file.master)
    if operation is None:
        return Report(("没有可以撤销的操作。",), {"restored": 0, "left": [], "changes": 0})
    wanted = undo_changes(operation)
    left = [change for change in wanted if not _holds(file.master, change)]
    kept_rows = {(c.table, c.row) for c in left}
    # A row stays whole if any of its cells was touched since.
    changes = [
        c for c in wanted if c not in left and not (c.drops_row and (c.table, c.row) in kept_rows)
    ]
    commit(file, as_lines(changes), context, UNDO, f"操作{operation.no}")
    what = f"操作{operation.no}（{operation.stamp.time} {operation.stamp.command}）"
    lines = [f"已撤销{what}，恢复{len(changes)}格。", *change_lines(changes)]
    if left:
        lines += ["以下各格后来又改过，没有动：", *map(_sentence, left)]
    data = {
        "restored": len(changes),
        "operation": operation.no,
        "left": change_data(left),
        "changes": len(changes),
        "changed": change_data(changes),
    }
    return Report(tuple(lines), data, LEFT if left else DONE)


def _holds(master: Master, change: Change) -> bool:
    """Whether the cell still holds what the operation wrote."""
    row = master.tables[change.table].get(change.row, {})
    column = BY_NAME[change.table].column(change.field)
    return same_meaning(row.get(change.field), change.old, column.type)


def _sentence(change: Change) -> str:
    table = BY_NAME[change.table]
    return f"  「{table.sheet}」{change.row} {table.column(change.field).header}"
