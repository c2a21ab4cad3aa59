"""The last touch of a master just built: duties, scores and the results of its live formulas."""

from pathlib import Path

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.rounds.assignments import assignment_changes
from qcity_xl.core.scoring.evaluate import evaluate


def finish_master(data: bytes) -> bytes:
    """The master with 填报 filled, scores written, and cached values that readers can show.

    openpyxl writes formulas without results; a preview or a phone would show blanks.
    """
    file = WorkbookFile(Path("master.xlsx"), data)
    duties, _ = assignment_changes(file.master)
    file.apply([*duties, *evaluate(file.master.with_changes(duties), {}).changes])
    return file.to_bytes()
