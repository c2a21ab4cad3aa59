"""Every call that crosses to Excel passes here: counted, and refused as a test wishes."""

from collections import Counter
from collections.abc import Callable

# The codes of refusals, as pywin32 hands them on (winerror.h and the Excel documentation).
EXCEPTION = -2147352567  # DISP_E_EXCEPTION: Excel ran the call and says no
REJECTED = -2147418111  # RPC_E_CALL_REJECTED: busy, ask again
EDITING = -2146777998  # 0x800AC472, VBA_E_IGNORE: a cell is being edited, or a dialog is open
GONE = -2147023174  # RPC_S_SERVER_UNAVAILABLE
UNKNOWN_NAME = -2147352570  # DISP_E_UNKNOWNNAME
APPLICATION_ERROR = -2146827284  # 1004, what most refusals are


class ComError(Exception):
    """`pywintypes.com_error`: hresult, words, details (with the scode last), argument."""

    def __init__(self, hresult: int, scode: int | None = None, words: str = "") -> None:
        details = (0, "Microsoft Excel", words, None, 0, scode) if scode is not None else None
        super().__init__(hresult, words, details, None)
        self.hresult, self.strerror, self.excepinfo, self.argerror = self.args


def refused(words: str) -> ComError:
    """Excel's run-time error 1004."""
    return ComError(EXCEPTION, APPLICATION_ERROR, words)


def editing(kind: str) -> ComError:
    """What a call gets while a cell is being edited: setters and the rest get other shapes."""
    return ComError(EXCEPTION, EDITING) if kind == "set" else ComError(EDITING)


Fault = Callable[[int, str, str], Exception | None]  # number, kind, name of a call


def from_call(first: int, error: Callable[[str], Exception], times: int = 10**9) -> Fault:
    """Calls from this number on are refused so many times; `error` by the kind of the call."""
    left = times

    def fault(number: int, kind: str, name: str) -> Exception | None:  # noqa: ARG001
        nonlocal left
        if number < first or left <= 0:
            return None
        left -= 1
        return error(kind)

    return fault


class Wire:
    """The line to Excel. `fault` may refuse a call by its number from 1, kind and name."""

    def __init__(self) -> None:
        self.calls = 0
        self.by_name: Counter[str] = Counter()
        self.fault: Fault | None = None

    def cross(self, kind: str, name: str) -> None:
        """One call: `kind` is get, set, call or next. Raises what `fault` gives."""
        self.calls += 1
        self.by_name[name] += 1
        if self.fault is not None:
            error = self.fault(self.calls, kind, name)
            if error is not None:
                raise error
