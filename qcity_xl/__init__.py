"""Rounds of a Quality-Strong City on one Excel workbook: split, merge, score, evidence."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from qcity_xl.frames import Frames

__version__ = "0.2.0.dev0"


def open(path: "str | PathLike[str]") -> "Frames":  # noqa: A001 - qcity_xl.open, as users call it
    """A master as frames, for notebooks: `qcity_xl.open("总表.xlsx").criteria`.

    Raises FileUnreadable and what `read_master` raises.
    """
    from pathlib import Path

    from qcity_xl.frames import read_frames  # pandas is paid for here alone

    return read_frames(Path(path))
