"""A LibreOffice on a screen, with workbooks open in it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import xlwings as xw

from tests.libreoffice.client import LibreOffice, LibreOfficeError, Programs
from tests.live.engine.calc import Engine


class Desk(LibreOffice):
    """A LibreOffice of one's own that can be seen and stays open."""

    server = Path(__file__).with_name("server.py")

    def __init__(self, programs: Programs, display: str) -> None:
        """On this display; nothing is started before the first call."""
        super().__init__(programs)
        self._display = display

    def ask(self, do: str, **more: object) -> Any:
        """One request. Raises LibreOfficeError."""
        if self._child is None:
            self._start()
        answer = self._ask({"do": do, **more})
        if "error" in answer:
            raise LibreOfficeError(str(answer["error"]))
        return answer["ok"]

    @property
    def door(self) -> Path:
        """The socket where other processes ask."""
        self.ask("books")  # it is running
        assert self._folder is not None
        return Path(self._folder.name) / "door"

    def environment(self) -> Mapping[str, str]:
        return {**super().environment(), "DISPLAY": self._display}


@contextmanager
def activated(desk: Desk) -> Iterator[xw.App]:
    """The engine as xlwings' active one."""
    impl = Engine(desk)
    engine = xw.Engine(impl=impl)
    xw.engines.add(engine)
    engine.activate()
    yield xw.App(impl=impl.app)
