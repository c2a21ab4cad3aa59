"""Rounds of a Quality-Strong City on one Excel workbook: split, merge, score, evidence."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from qcity_xl.frames import Frames

__version__ = "0.2.0.dev0"


def open(path: "str | PathLike[str]") -> "Frames":  # noqa: A001 - qcity_xl.open, as users call it
    """A master as frames, for notebooks: `qcity_xl.open("总表.xlsx").criteria`.

    Raises FileUnreadable and what `read_master` raises.
    """
    # By name: nothing else in the package stands on pandas.
    frames: Frames = import_module("qcity_xl.frames").read_frames(path)
    return frames
