"""处理冲突: carry out what the office chose on 冲突."""

from qcity_xl.core.conflicts import resolve_conflicts
from qcity_xl.core.journal import as_lines
from qcity_xl.steps.commit import commit
from qcity_xl.steps.report import DONE, LEFT, Context, Report, change_data, change_lines
from qcity_xl.steps.target import Target, open_master


def resolve(target: Target, context: Context) -> Report:
    """Apply the chosen sides; conflicts without a choice stay open."""
    file = open_master(target)
    resolution = resolve_conflicts(file.master)
    commit(file, as_lines(resolution.changes), context, "处理冲突")
    lines = [f"处理了{resolution.resolved}条冲突，还剩{len(resolution.left)}条。"]
    lines += [f"  {row}：{why}" for row, why in resolution.left]
    lines += change_lines(resolution.changes)
    data = {
        "resolved": resolution.resolved,
        "left": [{"row": row, "reason": why} for row, why in resolution.left],
        "changes": len(resolution.changes),
        "changed": change_data(resolution.changes),
    }
    return Report(tuple(lines), data, LEFT if resolution.left else DONE)
