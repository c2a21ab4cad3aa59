"""Lossless in-place editing of .xlsx and .xlsm files."""

from qcity_xl.adapters.ooxml.book import Book
from qcity_xl.adapters.ooxml.cells import Scalar
from qcity_xl.adapters.ooxml.errors import OoxmlError
from qcity_xl.adapters.ooxml.files import replace_file
from qcity_xl.adapters.ooxml.limits import Limits
from qcity_xl.adapters.ooxml.package import Package
from qcity_xl.adapters.ooxml.tables import TableInfo

__all__ = ["Book", "Limits", "OoxmlError", "Package", "Scalar", "TableInfo", "replace_file"]
