"""Lossless in-place editing of .xlsx and .xlsm files.

Each name is loaded at its first use, since replacing a file does not need the editor.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qcity_xl.adapters.ooxml.book import Book
    from qcity_xl.adapters.ooxml.cells import Scalar
    from qcity_xl.adapters.ooxml.errors import OoxmlError
    from qcity_xl.adapters.ooxml.files import replace_file
    from qcity_xl.adapters.ooxml.limits import PackageLimits
    from qcity_xl.adapters.ooxml.package import Package
    from qcity_xl.adapters.ooxml.tables import TableInfo

__all__ = ["Book", "OoxmlError", "Package", "PackageLimits", "Scalar", "TableInfo", "replace_file"]

_HOMES = {
    "Book": "book",
    "OoxmlError": "errors",
    "Package": "package",
    "PackageLimits": "limits",
    "Scalar": "cells",
    "TableInfo": "tables",
    "replace_file": "files",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
