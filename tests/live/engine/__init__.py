"""An xlwings engine over LibreOffice, for tests: the open workbook without Excel.

`server.py` runs in a Python that can import uno and drives LibreOffice on a screen; `calc.py` is
the engine, written from xlwings' base classes; they speak JSON lines, over the pipes of the
process that made the server (`desk.py`) and over a socket beside them, for the new interpreters
that a click starts (`attach.py`).
"""
