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


def _stand_ins(application: Callable[[], Any]) -> dict[str, ModuleType | None]:
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
        DispatchEx=lambda _: application(),
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
        "win32gui": module("win32gui", FindWindowEx=lambda *_: 1),
        "win32process": module("win32process", GetWindowThreadProcessId=lambda hwnd: (1, hwnd)),
        "win32timezone": module("win32timezone", TimeZoneInfo=utc),
        "win32com": module("win32com", client=client),
        "win32com.client": client,
        **dict.fromkeys(_HIDDEN),
    }


def _first_window(application: Callable[[], Any]) -> Callable[[object], int]:
    return lambda _: application().Hwnd if application() else 0


def windows_engine(application: Callable[[], Any]) -> ModuleType:
    """The module xlwings._xlwindows for the Excel that `application` gives."""

    library = SimpleNamespace(PyCom_PyObjectFromIUnknown=_FromWindow(application))
    oledll = SimpleNamespace(
        ole32=SimpleNamespace(CLSIDFromString=lambda *_: 0),
        oleacc=SimpleNamespace(AccessibleObjectFromWindow=lambda *_: 0),
    )
    user32 = SimpleNamespace(GetTopWindow=_first_window(application), GetWindow=lambda *_: 0)
    patches: dict[str, Any] = {
        "oledll": oledll,
        "windll": SimpleNamespace(user32=user32),
        "PyDLL": lambda _: library,
    }
    sys.modules.pop("xlwings._xlwindows", None)
    hidden = patch.dict(sys.modules, _stand_ins(application))
    with hidden, patch.multiple(ctypes, create=True, **patches):
        module = importlib.import_module("xlwings._xlwindows")
    atexit.unregister(module.cleanup)
    made: Any = module
    made.WindowsError = OSError
    made.N_COM_ATTEMPTS = Patience(_MOST_TRIES)
    return module


class _FromWindow:
    """The library's function from a window to the Excel behind it."""

    restype: object = None

    def __init__(self, application: Callable[[], Any]) -> None:
        self._application = application

    def __call__(self, *_: object) -> Any:
        return self._application()


def activate(module: ModuleType) -> None:
    """Make it the engine that xlwings uses."""
    made: Any = module
    engine = xw.Engine(impl=made.engine)
    xw.engines.add(engine)
    engine.activate()
