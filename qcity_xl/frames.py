"""The master's tables as pandas frames, for notebooks and for analysis."""

from collections.abc import Iterator
from os import PathLike
from pathlib import Path

import pandas as pd

from qcity_xl.adapters.disk import load_bytes
from qcity_xl.adapters.master_file.reading import read_master
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import (
    ASSIGNMENTS,
    CRITERIA,
    EVIDENCE,
    INDICATORS,
    LOG,
    MASTER,
    ROUNDS,
    SCORE_LINES,
    SECTIONS,
    TASKS,
    UNITS,
    Table,
)


class Frames:
    """A master that was read: `master` has its rows by id, the rest are frames.

    Columns have the headers of the sheets; numbers are numbers, dates dates, blanks missing; the
    index has the row ids. `frames["任务"]` is any sheet by its name.
    """

    def __init__(self, master: Master) -> None:
        """All tables of a master."""
        self.master = master
        self._frames: dict[str, pd.DataFrame] = {}

    def __getitem__(self, sheet: str) -> pd.DataFrame:
        """The table of a sheet; raises KeyError with the names that there are."""
        for table in MASTER:
            if table.sheet == sheet:
                if sheet not in self._frames:
                    self._frames[sheet] = _frame(self.master, table)
                return self._frames[sheet]
        raise KeyError(f"没有“{sheet}”这张表，有：{'、'.join(self)}")

    def __iter__(self) -> Iterator[str]:
        """The names of the sheets."""
        return iter(table.sheet for table in MASTER)

    @property
    def sections(self) -> pd.DataFrame:
        """部分 of 看板, with their scores."""
        return self[SECTIONS.sheet]

    @property
    def indicators(self) -> pd.DataFrame:
        """指标."""
        return self[INDICATORS.sheet]

    @property
    def criteria(self) -> pd.DataFrame:
        """得分点: answers, scores and why."""
        return self[CRITERIA.sheet]

    @property
    def tasks(self) -> pd.DataFrame:
        """任务."""
        return self[TASKS.sheet]

    @property
    def units(self) -> pd.DataFrame:
        """单位."""
        return self[UNITS.sheet]

    @property
    def assignments(self) -> pd.DataFrame:
        """填报: each unit's part in each task."""
        return self[ASSIGNMENTS.sheet]

    @property
    def evidence(self) -> pd.DataFrame:
        """佐证."""
        return self[EVIDENCE.sheet]

    @property
    def rounds(self) -> pd.DataFrame:
        """轮次: what went to whom and came back."""
        return self[ROUNDS.sheet]

    @property
    def scores(self) -> pd.DataFrame:
        """得分记录: the scores run by run."""
        return self[SCORE_LINES.sheet]

    @property
    def log(self) -> pd.DataFrame:
        """日志: each cell that a step changed."""
        return self[LOG.sheet]


def read_frames(path: "str | PathLike[str]") -> Frames:
    """The frames of a master. Raises FileUnreadable and what `read_master` raises."""
    path = Path(path)
    return Frames(read_master(load_bytes(path), path.name))


def load_frames(path: Path) -> dict[str, pd.DataFrame]:
    """Sheet name -> frame, all at once; raises what `read_frames` raises."""
    frames = read_frames(path)
    return {sheet: frames[sheet] for sheet in frames}


def _frame(master: Master, table: Table) -> pd.DataFrame:
    rows, columns = master.rows(table), table.columns[1:]
    records = [[row.get(column.field) for column in columns] for row in rows.values()]
    frame = pd.DataFrame(
        records, index=list(rows), columns=[column.header for column in columns], dtype=object
    )
    for column in columns:
        values = frame[column.header]
        if column.type == "number" or (column.type == "formula" and _numeric(values)):
            frame[column.header] = pd.to_numeric(values, errors="coerce")
        elif column.type == "date":
            frame[column.header] = pd.to_datetime(values, errors="coerce")
    return frame


def _numeric(values: pd.Series) -> bool:
    """Whether a formula's results are numbers, "" and blank apart."""
    shown = [value for value in values if value not in (None, "")]
    return bool(shown) and all(isinstance(value, int | float) for value in shown)
