"""=QC_SCORE, =QC_WHY, =QC_LIGHT for Excel on Windows, called by xlwings.

The add-in's VBA names them (see `addin.commands.FUNCTIONS`, where their help is too). A cell holds
what it likes, hence Any: xlwings takes an annotation for a converter and knows no unions.
"""

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any

import xlwings as xw

from qcity_xl.core.scoring.cell_functions import light_of, refusal, score_of, why_of

_LONGEST = 1000  # characters of an answer; past 32,767 Excel would show #VALUE!
_Cell = Annotated[Any, {"err_to_str": True}]  # "#N/A" rather than an empty cell


@xw.func
def QC_SCORE(kind: _Cell, params: _Cell, points: _Cell, answer: _Cell) -> Any:  # noqa: N802 - its name in Excel
    """Points of a criterion."""
    return _said(score_of, kind, params, points, answer)


@xw.func
def QC_WHY(kind: _Cell, params: _Cell, points: _Cell, answer: _Cell) -> Any:  # noqa: N802 - its name in Excel
    """Why it earns them."""
    return _said(why_of, kind, params, points, answer)


@xw.func
def QC_LIGHT(deadline: _Cell, progress: _Cell, today: _Cell = None) -> Any:  # noqa: N802 - its name in Excel
    """Traffic light of a task."""
    return _said(light_of, deadline, progress, dt.date.today() if today is None else today)


def _said(work: Callable[..., float | str], *arguments: object) -> float | str:
    """What it gives; whatever is wrong ends as words in the cell, never as an error of Excel."""
    try:
        given = refusal(arguments) or work(*arguments)
    except Exception:
        from qcity_xl.adapters.terminal import logged_failure

        return f"没有算出来。{logged_failure()}"
    too_long = isinstance(given, str) and len(given) > _LONGEST  # it repeats what a cell holds
    return f"{str(given)[:_LONGEST]}……" if too_long else given
