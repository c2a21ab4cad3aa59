"""=QC_SCORE, =QC_WHY, =QC_LIGHT for Excel on Windows, called by xlwings.

The add-in's VBA names them (see `addin.commands.FUNCTIONS`, where their help is too). A cell holds
what it likes, hence Any: xlwings takes an annotation for a converter and knows no unions.
"""

import datetime as dt
from typing import Any

import xlwings as xw

from qcity_xl.core.worksheet import light_of, score_of, why_of


@xw.func
def QC_SCORE(kind: Any, params: Any, points: Any, answer: Any) -> Any:  # noqa: N802 - its name in Excel
    """Points of a criterion."""
    return score_of(kind, params, points, answer)


@xw.func
def QC_WHY(kind: Any, params: Any, points: Any, answer: Any) -> str:  # noqa: N802 - its name in Excel
    """Why it earns them."""
    return why_of(kind, params, points, answer)


@xw.func
def QC_LIGHT(deadline: Any, progress: Any, today: Any = None) -> str:  # noqa: N802 - its name in Excel
    """Traffic light of a task."""
    day = today.date() if isinstance(today, dt.datetime) else today
    return light_of(deadline, progress, day if isinstance(day, dt.date) else dt.date.today())
