"""xlwings' own Windows engine, imported unchanged on any system over stand-ins for pywin32."""

import atexit
import ctypes
import datetime as dt
import importlib
import sys
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import patch

import xlwings as xw

from qcity_xl.adapters.excel.session import _MOST_TRIES, Patience
from tests.excel.wire import ComError


class Dispatch:
    """What pywin32 makes of an object of Excel: xlwings wraps these, and only these."""


_HIDDEN = ("pandas", "numpy", "PIL")  # the product hides them from its clicks, too


Running = Callable[[], list[Any]]  # each Excel that runs, the one in front last


def _stand_ins(running: Running) -> dict[str, ModuleType | None]:
    """The modules of pywin32 with as much in them as xlwings asks for."""

    def module(name: str, **names: object) -> ModuleType:
        made = ModuleType(name)
        made.__dict__.update(names)
        return made

    utc = SimpleNamespace(utc=lambda: dt.UTC)
    client = module(
        "win32com.client",
        CDispatch=Dispatch,
        DispatchBaseClass=Dispatch,
        CoClassBaseClass=Dispatch,
        Dispatch=lambda found: found,
        DispatchEx=lambda _: running()[-1],
    )
    return {
        "pywintypes": module(
            "pywintypes", com_error=ComError, error=OSError, TimeType=dt.datetime, IID=str
        ),
        "pythoncom": module(
            "pythoncom",
            CoInitialize=lambda: None,
            com_error=ComError,
            ole_error=ComError,
            __file__="pythoncom",
        ),
        "win32api": module("win32api"),
        "win32con": module("win32con"),
        "win32gui": module("win32gui", FindWindowEx=lambda hwnd, *_: hwnd),
        "win32process": module("win32process", GetWindowThreadProcessId=lambda hwnd: (1, hwnd)),
        "win32timezone": module("win32timezone", TimeZoneInfo=utc),
        "win32com": module("win32com", client=client),
        "win32com.client": client,
        **dict.fromkeys(_HIDDEN),
    }


class _Windows:
    """The windows of each Excel that runs, from the front one to the last behind it."""

    restype: object = None  # of the library's function from a window to the Excel behind it

    def __init__(self, running: Running) -> None:
        self._running, self._asked = running, 0

    def top(self, _: object) -> int:
        return self._handles()[0]

    def below(self, handle: int, _: int) -> int:
        handles = self._handles()
        return handles[handles.index(handle) + 1]

    def _handles(self) -> list[int]:
        return [*(app.hwnd for app in reversed(self._running())), 0]

    def point_to(self, handle: int, *_: object) -> int:
        self._asked = handle
        return 0

    def __call__(self, *_: object) -> Any:
        return next(app for app in self._running() if app.hwnd == self._asked)


def windows_engine(running: Running) -> ModuleType:
    """The module xlwings._xlwindows for the Excels that are `running`."""

    windows = _Windows(running)
    library = SimpleNamespace(PyCom_PyObjectFromIUnknown=windows)
    oledll = SimpleNamespace(
        ole32=SimpleNamespace(CLSIDFromString=lambda *_: 0),
        oleacc=SimpleNamespace(AccessibleObjectFromWindow=windows.point_to),
    )
    user32 = SimpleNamespace(GetTopWindow=windows.top, GetWindow=windows.below)
    patches: dict[str, Any] = {
        "oledll": oledll,
        "windll": SimpleNamespace(user32=user32),
        "PyDLL": lambda _: library,
    }
    sys.modules.pop("xlwings._xlwindows", None)
    hidden = patch.dict(sys.modules, _stand_ins(running))
    with hidden, patch.multiple(ctypes, create=True, **patches):
        module = importlib.import_module("xlwings._xlwindows")
    atexit.unregister(module.cleanup)
    made: Any = module
    made.WindowsError = OSError
    made.N_COM_ATTEMPTS = Patience(_MOST_TRIES)
    return module


def activate(module: ModuleType) -> None:
    """Make it the engine that xlwings uses."""
    made: Any = module
    engine = xw.Engine(impl=made.engine)
    xw.engines.add(engine)
    engine.activate()
