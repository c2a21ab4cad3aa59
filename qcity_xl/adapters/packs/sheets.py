"""The sheets of a returned workbook as values, whatever wrote it, within bounds."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from qcity_xl.core.values import Value

Raw = Value | dt.time | dt.timedelta  # what the reader of values gives; "" for empty
Cells = Sequence[Raw]
Grid = Sequence[Cells]
ROWS = 20_000  # lines of a sheet that are read; a pack has some hundred

# Why a cell is special: its value is not what stands in the grid, or not what was typed.
Oddity = Literal["error", "formula", "uncalculated", "merged", "picture"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: `grid` from A1 on; `odd` by line and column, both from 1."""

    name: str
    grid: Grid
    odd: Mapping[tuple[int, int], tuple[Oddity, str]] = field(default_factory=dict)
    clipped: str = ""  # what beyond the bounds was left out, e.g. XFD1048576


@dataclass(frozen=True, slots=True)
class Contents:
    """All sheets; `remarks` tell what else is in the file; `blanks_count`: whether an empty cell
    is known to be empty (old formats show errors and unread cells as empty ones).
    """

    sheets: Sequence[Sheet]
    remarks: Sequence[str] = ()
    blanks_count: bool = True

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)
