"""Gives a new interpreter the engine: the workbooks that are open in another process' LibreOffice.

`when_imported` is all that runs at its start; the rest waits for xlwings, so that a click pays here
for what it pays for with Excel.
"""

import sys
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

HWND = 4711  # of the window, as the add-in says it on the command line


class _AfterXlwings:
    """Lets the import of xlwings go its way, then adds the engine to it."""

    def __init__(self, door: str) -> None:
        self._door = door

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        if name != "xlwings":
            return None
        sys.meta_path.remove(self)
        spec = PathFinder.find_spec(name)
        if spec is not None and spec.loader is not None:
            run = spec.loader.exec_module

            def exec_module(module: ModuleType) -> None:
                run(module)
                _attach(self._door)

            spec.loader.exec_module = exec_module  # type: ignore[method-assign]  # of this one module's own loader
        return spec


def when_imported(door: str) -> None:
    """Have xlwings find the LibreOffice behind this socket as soon as it is imported."""
    sys.meta_path.insert(0, _AfterXlwings(door))


def _attach(door: str) -> None:
    import json
    import socket
    from typing import Any

    import xlwings as xw

    from tests.live.engine.calc import Engine

    line = socket.socket(socket.AF_UNIX)
    line.connect(door)
    stream = line.makefile("rw", encoding="utf-8")

    class Visitor:
        def ask(self, do: str, **more: object) -> Any:
            stream.write(json.dumps({"do": do, **more}) + "\n")
            stream.flush()
            answer = json.loads(stream.readline())
            if "error" in answer:
                raise RuntimeError(answer["error"])
            return answer["ok"]

    engine = xw.Engine(impl=Engine(Visitor()))
    xw.engines.add(engine)
    engine.activate()
