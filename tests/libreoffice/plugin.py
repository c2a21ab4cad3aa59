"""The fixtures `libreoffice`, `soffice` and `writer`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.libreoffice.client import LibreOffice, find_programs, require_soffice
from tests.tools import unavailable


@pytest.fixture(scope="session")
def libreoffice() -> Iterator[LibreOffice]:
    """One LibreOffice for the session, started by its first call.

    Where it can't run, the test fails in CI and is skipped, with what to install, elsewhere.
    """
    with LibreOffice(find_programs()) as office:
        yield office


@pytest.fixture(scope="session")
def soffice() -> Path:
    """The program of LibreOffice, for what starts it itself; missing: as `libreoffice`."""
    return require_soffice()


@pytest.fixture(scope="session")
def writer(soffice: Path) -> Path:
    """LibreOffice with the part that opens texts, which its spreadsheets do without."""
    if not any(soffice.resolve().parent.glob("*swlo*")):
        unavailable("LibreOffice Writer", "install the package libreoffice-writer")
    return soffice
