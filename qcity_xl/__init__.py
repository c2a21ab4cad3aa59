"""Rounds of a Quality-Strong City on one Excel workbook: split, merge, score, evidence."""

__version__ = "0.2.0.dev0"
