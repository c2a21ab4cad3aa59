"""The one way a step writes the master: snapshot, changes and log together, all or nothing."""

from collections.abc import Sequence

from qcity_xl.adapters.ooxml.files import sweep
from qcity_xl.adapters.side_folder import SideFolder
from qcity_xl.core.changes import Change
from qcity_xl.core.errors import BreaksSignature
from qcity_xl.core.history.log import UNDO, Line, as_lines, log_rows
from qcity_xl.core.master.upgrade import UPGRADE, describe
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.shared.target import Workbook
from qcity_xl.steps.shared.upgrade import plan_upgrade


def check_writable(file: Workbook, context: Context) -> None:
    """Raises FileInUse, BreaksSignature: for a step that writes other files before the master."""
    if context.dry_run:
        return
    file.check_free()
    if file.signed and not context.force:
        raise BreaksSignature(file.path.name)


def commit(
    file: Workbook,
    lines: Sequence[Line],
    context: Context,
    command: str,
    source: str = "",
    *,
    upgrades: bool = False,
) -> None:
    """Carry out and log these lines; with no lines, or on a dry run, nothing is written.

    What an older master lacks is appended first, as an operation of its own; `context.notes` tells.
    A step that `upgrades` does so with no lines, too.
    """
    if not lines and not upgrades:
        return
    upgrade = plan_upgrade(file, undo=command == UNDO)
    if upgrade:
        context.notes[:] = describe(upgrade)
    if not lines and not upgrade:
        return
    if context.dry_run:
        _restructure(file, upgrade)  # in memory: what can't be done must show now
        return
    check_writable(file, context)
    side = SideFolder(file.path)
    with side.locked():
        sweep(file.path)
        before = file.current()
        if upgrade:
            _restructure(file, upgrade)
            _apply(file, as_lines(upgrade), context, UPGRADE)
        if lines:
            _restructure(file, _changes(lines))
            _apply(file, lines, context, command, source)
        label = f"{context.now:%Y%m%d-%H%M}-{command}前"
        side.keep_snapshot(before, label, file.master.settings.snapshots)
        file.save()


def _changes(lines: Sequence[Line]) -> list[Change]:
    return [change for line in lines if (change := line.change)]


def _restructure(file: Workbook, changes: Sequence[Change]) -> None:
    structural = [change for change in changes if change.structural]
    if structural:
        file.restructure(structural)


def _apply(
    file: Workbook, lines: Sequence[Line], context: Context, command: str, source: str = ""
) -> None:
    rows = log_rows(file.master, context.stamp(command, source), lines)
    file.apply([*(c for c in _changes(lines) if not c.structural), *rows])
