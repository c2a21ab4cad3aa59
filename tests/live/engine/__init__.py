"""An xlwings engine over LibreOffice, for tests: the open workbook without Excel.

`server.py` runs in a Python that can import uno and drives LibreOffice; `calc.py` is the engine,
written from xlwings' base classes; they speak JSON lines.
"""

from tests.live.engine.calc import Desk, activated

__all__ = ["Desk", "activated"]
