"""What is to be appended to a master before a step writes it."""

from qcity_xl.core.changes import BOARD, CHOICES, KEY, Change
from qcity_xl.core.master.upgrade import (
    left_alone,
    plan_rows,
    plan_structure,
    schema_layout,
    shipped_rows,
    version_of,
)
from qcity_xl.core.schema import LOG, MASTER, SCHEMA_VERSION, SECTIONS, SETTINGS
from qcity_xl.steps.shared.target import Workbook


def plan_upgrade(file: Workbook, *, undo: bool) -> list[Change]:
    """What the master lacks; an undo, which may take just that away, gets what 日志 needs."""
    older = version_of(file.master) < SCHEMA_VERSION and not undo
    wanted, present = schema_layout(), file.layout()
    if older:
        # Few writes pay for reading the template.
        from qcity_xl.adapters.master_file.boards import TODAY
        from qcity_xl.adapters.master_file.template import template_layout

        present = {**present, **file.board()}
        wanted = {**template_layout(), **wanted, (SECTIONS.name, BOARD, KEY): TODAY}
    tables = (LOG, SETTINGS) if undo else MASTER
    structure = plan_structure(present, wanted, older=older, tables=tables)
    if undo:  # its lines have no word that a dropdown of before lacks
        return [change for change in structure if change.row != CHOICES]
    if not (older or structure):
        return structure
    from qcity_xl.adapters.master_file.template import template

    return [*structure, *plan_rows(file.master, shipped_rows(template().master), structure)]


def kept_as_is(file: Workbook) -> list[str]:
    """What an older master does not get since people made it otherwise, for people."""
    if version_of(file.master) >= SCHEMA_VERSION:
        return []
    from qcity_xl.adapters.master_file.template import template_layout

    return left_alone({**file.layout(), **file.board()}, template_layout())
