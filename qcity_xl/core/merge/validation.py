"""What a unit wrote, as the master stores it, or why it can't be taken."""

from dataclasses import dataclass

from qcity_xl.core.master.model import Master, text
from qcity_xl.core.rules import NOT_APPLICABLE, AnswerError, ParamsError, Question
from qcity_xl.core.schema import ASSIGNMENTS, CRITERIA, FieldColumn, Table
from qcity_xl.core.schema.words import progress_word, rate_in
from qcity_xl.core.text import fold, visible
from qcity_xl.core.values import Value, parse_date

LONGEST = 32_767  # characters in a cell, Excel's bound


@dataclass(frozen=True, slots=True)
class Accepted:
    """The value to store; with a `fault`, why it is refused and what is allowed."""

    value: Value
    fault: str = ""


def accept(master: Master, table: Table, row: str, column: FieldColumn, value: Value) -> Accepted:
    """Check one cell that a unit filled against the column's type, choices and rule."""
    if value is None:
        return Accepted(None)
    if isinstance(value, str) and len(value) > LONGEST:
        return Accepted(value, f"超过 {LONGEST} 个字，请精简")
    if isinstance(value, str) and value.startswith("#") and fold(value) in _ERRORS:
        return Accepted(value, f"是公式错误值 {value}，请直接填内容")
    answer = table is CRITERIA and column.field == "answer"
    if isinstance(value, str) and (column.choices or column.type == "date" or answer):
        value = visible(value)
    if column.choices:
        return _choice(table, column, value)
    if column.type == "date":
        date = parse_date(value)
        return Accepted(date) if date else Accepted(value, "不是日期，应写如 2016-05-01")
    if answer:
        return _answer(master, row, value)
    return Accepted(value)


_ERRORS = {"#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#null!", "#num!", "#spill!", "#calc!"}


def _choice(table: Table, column: FieldColumn, value: Value) -> Accepted:
    by_meaning = {fold(choice): choice for choice in column.choices}
    found = by_meaning.get(fold(str(value)))
    said = str(value)
    is_progress = (table.name, column.field) == (ASSIGNMENTS.name, "progress")
    if found is None and is_progress and rate_in(said) in (None, 0, 100):  # else a number is lost
        found = progress_word(said)
    allowed = "、".join(column.choices)
    return Accepted(found) if found else Accepted(value, f"“{column.header}”只能填：{allowed}")


def _answer(master: Master, row: str, value: Value) -> Accepted:
    criterion = master.rows(CRITERIA).get(row)
    if criterion is None:
        return Accepted(value)
    try:
        question = Question.of(criterion, master.rulings().get(text(criterion, "label"), {}))
        question.score(value)
    except ParamsError:
        return Accepted(value)  # the office's own mistake: the answer waits for it to be mended
    except AnswerError as error:
        return Accepted(value, f"无法计分，应填：{error.allowed}")
    return Accepted(NOT_APPLICABLE if question.is_absent(value) else value)
