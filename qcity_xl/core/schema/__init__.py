"""The master and the pack, declared once.

Templates, packs, readers, checks and the manual all derive from these records.
"""

from qcity_xl.core.schema.base import FieldColumn, Table
from qcity_xl.core.schema.history import PROGRESS_LINES, REVISIONS, SCORE_LINES
from qcity_xl.core.schema.office import LOG, MAIL, PROBLEMS, RULINGS, SETTINGS, STEPS
from qcity_xl.core.schema.plan import CRITERIA, INDICATORS, SECTIONS, TASKS
from qcity_xl.core.schema.rounds import ASSIGNMENTS, CONFLICTS, EVIDENCE, ROUNDS
from qcity_xl.core.schema.units import UNITS

MASTER = (
    SECTIONS,
    INDICATORS,
    CRITERIA,
    TASKS,
    ASSIGNMENTS,
    EVIDENCE,
    UNITS,
    ROUNDS,
    CONFLICTS,
    PROBLEMS,
    RULINGS,
    SCORE_LINES,
    PROGRESS_LINES,
    REVISIONS,
    STEPS,
    MAIL,
    LOG,
    SETTINGS,
)
PLAN = (SECTIONS, INDICATORS, CRITERIA, TASKS, UNITS)  # a workbook without them is no master
BY_NAME = {table.name: table for table in MASTER}
BY_SHEET = {table.sheet: table for table in MASTER}
GUIDE_SHEET = "使用说明"
# Counts up when a release changes what a master holds; 0.1.0 had 1 and did not say so.
SCHEMA_VERSION = 2

__all__ = [
    "ASSIGNMENTS",
    "BY_NAME",
    "BY_SHEET",
    "CONFLICTS",
    "CRITERIA",
    "EVIDENCE",
    "GUIDE_SHEET",
    "INDICATORS",
    "LOG",
    "MAIL",
    "MASTER",
    "PLAN",
    "PROBLEMS",
    "PROGRESS_LINES",
    "REVISIONS",
    "ROUNDS",
    "RULINGS",
    "SCHEMA_VERSION",
    "SCORE_LINES",
    "SECTIONS",
    "SETTINGS",
    "STEPS",
    "TASKS",
    "UNITS",
    "FieldColumn",
    "Table",
]
