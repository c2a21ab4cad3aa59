"""The one way a step writes the master: snapshot, changes and log together, all or nothing."""

from collections.abc import Sequence
from contextlib import nullcontext

from qcity_xl.adapters.ooxml.files import sweep
from qcity_xl.adapters.side_folder import SideFolder
from qcity_xl.core.changes import Change
from qcity_xl.core.errors import BreaksSignature, SheetsLost
from qcity_xl.core.history.log import UNDO, LogLine, as_lines, log_rows
from qcity_xl.core.history.restore import deleted_columns, deleted_sheets
from qcity_xl.core.master.offers import changes_offers
from qcity_xl.core.master.typed_rows import KEYED, describe_typed
from qcity_xl.core.master.upgrade import UPGRADE, describe
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.shared.target import FileOnDisk, Workbook
from qcity_xl.steps.shared.upgrade import kept_as_is, plan_upgrade

_REOPENED = (
    "执行时总表会自动保存（连同还没保存的修改）、关闭，再打开：增减列、工作表和下拉，把行插在中间，都要这样做。"
    "这一步写的也存进文件，可以撤销。"
)

_BLANK = "删掉的列补回来是空白的；原来的内容用“自检”按备份和日志找回。"


def check_writable(file: Workbook, context: Context) -> None:
    """Raises FileInUse, BreaksSignature: for a step that writes other files before the master."""
    if context.dry_run:
        return
    file.check_free()
    _check_signature(file, context)


def _check_signature(file: Workbook, context: Context) -> None:
    if file.signed and not context.force:
        raise BreaksSignature(file.path.name)


def commit(
    file: Workbook,
    lines: Sequence[LogLine],
    context: Context,
    command: str,
    source: str = "",
    *,
    upgrades: bool = False,
    restores: bool = False,
) -> None:
    """Carry out and log these lines; with no lines, or on a dry run, nothing is written.

    What an older master lacks is appended first, as an operation of its own; `context.notes` tells.
    A step that `upgrades` does so with no lines, too. So do rows that people typed get their ids.
    Raises SheetsLost where blank sheets would take the place of deleted ones, but for a step that
    `restores` what stood there.
    """
    typed = [] if command == UNDO else list(file.typed)
    if not lines and not upgrades and not typed:
        return
    upgrade = plan_upgrade(file, undo=command == UNDO)
    if not restores and command != UNDO and (gone := deleted_sheets(file.master, upgrade)):
        raise SheetsLost(file.path.name, "、".join(f"「{sheet}」" for sheet in gone))
    reshapes = any(c.structural or changes_offers(c) for c in (*upgrade, *_changes(lines)))
    if upgrade or reshapes or typed:
        kept = kept_as_is(file) if command != UNDO else []
        reopened = [_REOPENED] if reshapes and file.reopens else []
        blank = [_BLANK] if not restores and deleted_columns(file.master, upgrade) else []
        told = (*describe(upgrade), *blank, *kept, *reopened, *describe_typed(typed))
        context.notes[:] = told
    if not lines and not upgrade and not typed:
        return
    if context.dry_run:
        if reshapes:  # in memory: what can't be done must show now
            rehearsed = file.saved(first=False)
            _restructure(rehearsed, upgrade)
            _restructure(rehearsed, _changes(lines))
        return
    _check_signature(file, context)
    side = SideFolder(file.path)
    with side.locked():
        sweep(file.path)
        disk = file.saved(first=True) if reshapes else None
        before = file.current()
        if disk and file.reopens:  # what was on screen may differ from what the plan was made for
            upgrade = plan_upgrade(disk, undo=command == UNDO)
        if disk and typed:
            typed = list(disk.typed)
        keyed = as_lines(row.change for row in typed)
        groups = (UPGRADE, "", as_lines(upgrade)), (KEYED, "", keyed), (command, source, lines)
        for name, cause, group in groups:
            if disk:
                _restructure(disk, _changes(group))
            if group:
                _apply(disk or file, group, context, name, cause)
        label = f"{context.now:%Y%m%d-%H%M}-{command}前"
        side.keep_snapshot(before, label, file.master.settings.snapshots)
        with file.set_aside() if disk else nullcontext():
            (disk or file).save()


def _changes(lines: Sequence[LogLine]) -> list[Change]:
    return [change for line in lines if (change := line.change)]


def _restructure(file: FileOnDisk, changes: Sequence[Change]) -> None:
    structural = [c for c in changes if c.structural and not c.places_row]
    if structural:
        file.restructure(structural)


def _apply(
    file: Workbook, lines: Sequence[LogLine], context: Context, command: str, source: str = ""
) -> None:
    rows = log_rows(file.master, context.stamp(command, source), lines)
    cells = (c for c in _changes(lines) if c.places_row or not c.structural)
    file.apply([*cells, *rows])
