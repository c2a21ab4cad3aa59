"""The last touch of a master just built: duties, scores and the results of its live formulas."""

from pathlib import Path

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.templates.master import Tables
from qcity_xl.core.changes import KEY
from qcity_xl.core.master.model import Master, Row
from qcity_xl.core.rounds.assignments import assignment_changes
from qcity_xl.core.scoring.evaluate import evaluate
from qcity_xl.core.values import tidy


def worked_out(rows: Tables) -> dict[str, list[Row]]:
    """The rows of a new master with the duties and scores that follow from them.

    The sheets are then built once, not built and written over.
    """
    tables = {name: {str(row[KEY]): row for row in listed} for name, listed in rows.items()}
    master = Master(tables)
    duties, _ = assignment_changes(master)
    master = master.with_changes(duties)
    master = master.with_changes(evaluate(master, {}).changes)
    return {
        name: [{**{f: tidy(v) for f, v in row.items()}, KEY: key} for key, row in found.items()]
        for name, found in master.tables.items()
    }


def finish_master(data: bytes) -> bytes:
    """The master with 填报 filled, scores written, and cached values that readers can show.

    openpyxl writes formulas without results; a preview or a phone would show blanks.
    """
    file = WorkbookFile(Path("master.xlsx"), data)
    duties, _ = assignment_changes(file.master)
    file.apply([*duties, *evaluate(file.master.with_changes(duties), {}).changes])
    return file.to_bytes()
