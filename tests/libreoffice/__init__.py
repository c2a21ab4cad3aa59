"""A resident LibreOffice: referee of our formulas, and the editor that a real user has.

A test asks for the fixture `libreoffice`; the first call starts the program (each xdist worker
its own), the end of the session closes it. `server.py` runs in a Python that can import uno,
`client.py` in the tests' Python; they speak JSON lines.
"""

from tests.libreoffice.client import Action, LibreOffice, LibreOfficeError, Value

__all__ = ["Action", "LibreOffice", "LibreOfficeError", "Value"]
