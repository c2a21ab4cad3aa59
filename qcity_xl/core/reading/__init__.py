"""The office's document as a plan: cells and tables in, plan out, with all that was guessed."""

from qcity_xl.core.reading.columns import MEANING_NAMES, Meaning
from qcity_xl.core.reading.floor import doubts, refusal
from qcity_xl.core.reading.grids import Grid, Square, grid_of
from qcity_xl.core.reading.headers import Words
from qcity_xl.core.reading.model import Cell, ColumnRead, Guess, Reading, Recovered
from qcity_xl.core.reading.own_words import header_words, parse_words, unused, words_text
from qcity_xl.core.reading.reader import read_plan

__all__ = [
    "MEANING_NAMES",
    "Cell",
    "ColumnRead",
    "Grid",
    "Guess",
    "Meaning",
    "Reading",
    "Recovered",
    "Square",
    "Words",
    "doubts",
    "grid_of",
    "header_words",
    "parse_words",
    "read_plan",
    "refusal",
    "unused",
    "words_text",
]
