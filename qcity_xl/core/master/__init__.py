"""The master: its rows, settings, units, names, formulas and sizes."""
