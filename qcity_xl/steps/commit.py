"""The one way a step writes the master: snapshot, changes and log together, all or nothing."""

from collections.abc import Sequence

from qcity_xl.adapters.side_folder import SideFolder
from qcity_xl.adapters.workbook import WorkbookFile, check_free, load_bytes
from qcity_xl.core.journal import Line, log_rows
from qcity_xl.steps.report import Context


def commit(
    file: WorkbookFile, lines: Sequence[Line], context: Context, command: str, source: str = ""
) -> None:
    """Carry out and log these lines; with no lines, or on a dry run, nothing is written."""
    if not lines or context.dry_run:
        return
    check_free(file.path)
    rows = log_rows(file.master, context.stamp(command, source), lines)
    changes = [line.change for line in lines]
    before = load_bytes(file.path)
    file.apply([*(c for c in changes if c is not None), *rows])
    label = f"{context.now:%Y%m%d-%H%M}-{command}前"
    SideFolder(file.path).keep_snapshot(before, label, file.master.settings.snapshots)
    file.save()
