"""The master's tables as pandas frames, for notebooks and for analysis."""

from pathlib import Path

import pandas as pd

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.schema import MASTER


def load_frames(path: Path) -> dict[str, pd.DataFrame]:
    """Sheet name -> frame, with the Chinese headers as columns and the row ids as index.

    Blank cells are None, numbers and dates as they stand; raises what `WorkbookFile.open` raises.
    """
    master = WorkbookFile.open(path).master
    frames = {}
    for table in MASTER:
        rows = master.rows(table)
        headers = {c.field: c.header for c in table.columns[1:]}
        records = [[row.get(field) for field in headers] for row in rows.values()]
        frames[table.sheet] = pd.DataFrame(
            records, index=list(rows), columns=list(headers.values())
        )
    return frames
