"""The one way a step writes the master: snapshot, changes and log together, all or nothing."""

from collections.abc import Sequence

from qcity_xl.adapters.ooxml.files import sweep
from qcity_xl.adapters.side_folder import SideFolder
from qcity_xl.core.errors import BreaksSignature
from qcity_xl.core.history.log import Line, log_rows
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.shared.target import Workbook


def check_writable(file: Workbook, context: Context) -> None:
    """Raises FileInUse, BreaksSignature: for a step that writes other files before the master."""
    if context.dry_run:
        return
    file.check_free()
    if file.signed and not context.force:
        raise BreaksSignature(file.path.name)


def commit(
    file: Workbook, lines: Sequence[Line], context: Context, command: str, source: str = ""
) -> None:
    """Carry out and log these lines; with no lines, or on a dry run, nothing is written."""
    if not lines or context.dry_run:
        return
    check_writable(file, context)
    changes = [line.change for line in lines]
    side = SideFolder(file.path)
    with side.locked():
        sweep(file.path)
        before = file.current()
        rows = log_rows(file.master, context.stamp(command, source), lines)
        file.apply([*(c for c in changes if c is not None), *rows])
        label = f"{context.now:%Y%m%d-%H%M}-{command}前"
        side.keep_snapshot(before, label, file.master.settings.snapshots)
        file.save()
