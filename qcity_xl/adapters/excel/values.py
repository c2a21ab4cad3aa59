"""A range's values and place, in one call each: xlwings' own ways ask Excel a dozen things more."""

import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import suppress
from decimal import Decimal
from numbers import Number
from types import NoneType
from typing import TYPE_CHECKING, Any

from qcity_xl.adapters.ooxml.refs import Rect, parse_rect
from qcity_xl.core.values import Value, tidy

if TYPE_CHECKING:
    import xlwings as xw

_USUAL = (str, float, NoneType, int, dt.date)
_NO_DAY = dt.date(1899, 12, 30)  # that of a time of day alone
_INT32 = 2**31  # Excel takes no larger integers (VT_I8), but any float
# Errors come as numbers (CVErr as VT_ERROR); xlwings knows the seven of Excel 2003 alone.
_NO_ERROR = -2146828288
_ERRORS = {
    2043: "#GETTING_DATA",
    2045: "#SPILL!",
    2046: "#CONNECT!",
    2047: "#BLOCKED!",
    2048: "#UNKNOWN!",
    2049: "#FIELD!",
    2050: "#CALC!",
}
_LAST_ERROR = 2999
_SOME_ERROR = "#ERROR!"


def read_values(area: "xw.Range") -> list[list[Value]]:
    """The rows of a range; errors as Excel shows them. Raises what the engine raises."""
    engine = _engine()
    read = _rows(area.options(err_to_str=True).raw_value)  # some engines read errors by this option
    if any(isinstance(value, Decimal) for row in read for value in row):
        read = _exact(read, _rows(area.formula))
    rows = engine.clean_value_data(read, dt.datetime, None, None, True)
    return [[_plain(value) for value in row] for row in rows]


def place_of(area: "xw.Range") -> Rect:
    """Where a range stands on its sheet."""
    found = parse_rect(str(area.address))
    if found is None:
        raise ValueError(area.address)
    return found


def has_hidden_lines(area: "xw.Range") -> bool:
    """Whether a line of the range is hidden, by a filter or by hand."""
    with suppress(Exception):  # Windows' Excel tells at once; xlwings would ask for each line
        return area.api.EntireRow.Hidden is not False
    with suppress(Exception):  # the others; one that can't tell writes there as anywhere
        return area.rows.hidden is not False
    return False


def fill_down(area: "xw.Range", first: "Callable[[], xw.Range]") -> None:
    """Give all lines of an area what its `first` one has, formats too; formulas move along."""
    filled: Any = None
    with suppress(Exception):  # Windows' Excel needs to be told of the first line no second time
        filled = area.api.FillDown
    if filled is not None:
        filled()
    else:
        first().autofill(area, "fill_copy")


def write_values(area: "xw.Range", rows: Sequence[Sequence[Any]]) -> None:
    """Give a range of the size of `rows` these values, None for empty."""
    engine = _engine()
    area.raw_value = [
        [engine.prepare_xl_data_element(_sent(value), {}) for value in row] for row in rows
    ]


def _engine() -> Any:
    import xlwings

    engine: Any = xlwings.engines.active
    return engine.impl


def _rows(read: Any) -> Sequence[Sequence[Any]]:
    """One cell comes as itself, and from some engines one row as a list."""
    if not isinstance(read, list | tuple):
        return [[read]]
    return read if isinstance(read[0], list | tuple) else [read]


def _exact(read: Sequence[Sequence[Any]], formulas: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Amounts of money as they were typed: as values they come with four digits (VT_CY)."""
    return [
        [_amount(value, formula) for value, formula in zip(*pair, strict=True)]
        for pair in zip(read, formulas, strict=True)
    ]


def _amount(value: Any, formula: Any) -> Any:
    if isinstance(value, Decimal):
        with suppress(ValueError):  # of a calculated amount there are four digits and no more
            return float(formula)
    return value


def _sent(value: Value) -> Value:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return float(value) if whole and abs(value) >= _INT32 else value  # type: ignore[arg-type]  # whole


def _plain(value: Any) -> Value:
    """Excel gives amounts of money as decimals, and times that are a hair short of a second."""
    if type(value) is int and _NO_ERROR <= value <= _NO_ERROR + _LAST_ERROR:
        return _ERRORS.get(value - _NO_ERROR, _SOME_ERROR)
    if isinstance(value, dt.datetime):
        rounded = (value + dt.timedelta(microseconds=500_000)).replace(microsecond=0)
        return tidy(rounded.time() if rounded.date() == _NO_DAY else rounded)
    known = isinstance(value, _USUAL)  # most are: asking for Number takes longer
    return tidy(float(str(value)) if not known and isinstance(value, Number) else value)


def as_lines(found: Any, width: int) -> list[list[Any]]:
    """Formulas as lists of lists: one cell and one row come as less."""
    if not isinstance(found, list | tuple):
        return [[found]]
    if not isinstance(found[0], list | tuple):
        return [list(found)] if len(found) == width else [[one] for one in found]
    return [list(row) for row in found]
