"""The office's document as a plan: cells in, plan out, with everything that was guessed."""

from qcity_xl.core.reading.columns import TASK_COLUMNS, role_of
from qcity_xl.core.reading.model import Cell, Guess, Reading, Recovered
from qcity_xl.core.reading.reader import read_plan

__all__ = ["TASK_COLUMNS", "Cell", "Guess", "Reading", "Recovered", "read_plan", "role_of"]
