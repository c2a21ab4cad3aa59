"""Wordings of how points are earned: understood whole, or told."""

from qcity_xl.core.reading.wording.plain import unreadable
from qcity_xl.core.reading.wording.reader import Understood, read_wording

__all__ = ["Understood", "read_wording", "unreadable"]
