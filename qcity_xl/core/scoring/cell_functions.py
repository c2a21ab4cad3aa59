"""What the worksheet functions give: score, reason and traffic light of single values."""

import datetime as dt
from collections.abc import Sequence

from qcity_xl.core.rules import AnswerError, Earned, ParamsError, parse_rule
from qcity_xl.core.schema.words import FINISHED, IN_TROUBLE
from qcity_xl.core.text import fold
from qcity_xl.core.values import Value, parse_date, parse_number, tidy

RED, YELLOW, GREEN = "红", "黄", "绿"
SOON = dt.timedelta(days=7)  # this near to the deadline, unfinished work is yellow
_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")


def refusal(arguments: Sequence[object]) -> str:
    """The sentence for what no function takes: several cells, a cell in error; "" for the rest."""
    for number, value in enumerate(arguments, start=1):
        if isinstance(value, list | tuple):
            return f"第{number}个参数是一片单元格，请只选一格"
        if value in _ERRORS:
            return f"第{number}个参数是错误值“{value}”，请先改正那一格"
    return ""


def score_of(kind: Value, params: Value, points: Value, answer: Value) -> float | str:
    """Points for an answer under a rule as 「得分点」 writes it.

    "" for 未评, a sentence for what can't be scored.
    """
    outcome = _outcome(kind, params, points, answer)
    return outcome if isinstance(outcome, str) else outcome.points


def why_of(kind: Value, params: Value, points: Value, answer: Value) -> str:
    """The sentence that says why; for 未评 and for a fault too."""
    outcome = _outcome(kind, params, points, answer)
    return outcome.reason if isinstance(outcome, Earned) else outcome or "未评，尚未填答案"


def light_of(deadline: Value, progress: Value, today: Value) -> str:
    """红 once overdue, 黄 when near the deadline or in difficulty, else 绿.

    "" where there is neither a deadline nor difficulty; a sentence where today is no date.
    """
    now = parse_date(today)
    if now is None:
        return f"“{today}”不是日期，不知道按哪一天算"
    state = fold(str(progress or ""))
    if state == fold(FINISHED):
        return GREEN
    day = parse_date(deadline)
    if day is not None and now > day:
        return RED
    if state == fold(IN_TROUBLE) or (day is not None and day - now <= SOON):
        return YELLOW
    return GREEN if day is not None else ""


def _outcome(kind: Value, params: Value, points: Value, answer: Value) -> Earned | str:
    worth, given = parse_number(points), tidy(answer)
    if given is None:
        return ""
    if worth is None or worth < 0:
        return f"分值“{points}”不是数"
    try:
        rule = parse_rule(str(kind or "").strip(), str(params or ""), worth)
        return rule.score(given, {})
    except (ParamsError, AnswerError) as error:
        return str(error)
