"""What an answer on 得分点 may be: a dropdown or a prompt for each row, from the row's rule."""

from collections.abc import Mapping, Sequence

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from qcity_xl.adapters.templates.grid import Placed, Row
from qcity_xl.adapters.templates.validation import choice_list, guarded, prompt
from qcity_xl.core.master.rulings import AGREE, options_of
from qcity_xl.core.rules import ParamsError, Question, Rulings

_REVIEW_ONLY = "由评审给分，自评不用填"


def add_answers(
    sheet: Worksheet, placed: Placed, rows: Sequence[Row], rulings: Mapping[str, Rulings]
) -> None:
    """Validations for 自评答案 and 核定; rows that take the same answers share one.

    They warn and don't stop: 20 and "20分 已出台" are both understood.
    """
    shared: dict[tuple[str | None, str], DataValidation] = {}
    for line, row in enumerate(rows, placed.first):
        try:
            question = Question.of(row, rulings.get(str(row.get("label")), {}))
        except ParamsError:
            continue  # the checks report it; the sheet is made all the same
        for field in ("answer", "ruling"):
            made = _validation(question, field, f"{placed.letter(field)}{line}")
            kept = shared.setdefault((made.formula1, f"{made.promptTitle}{made.prompt}"), made)
            kept.add(f"{placed.letter(field)}{line}")
    for made in shared.values():
        sheet.add_data_validation(made)


def _validation(question: Question, field: str, cell: str) -> DataValidation:
    header = "核定" if field == "ruling" else "自评答案"
    if question.rule.reviewed_only and field == "answer":
        return prompt(header, _REVIEW_ONLY)
    if not question.choices:
        return guarded(header, question.entry(cell), question.allowed)
    return choice_list(header, question.choices, question.allowed, strict=False)


def add_ruling_choices(sheet: Worksheet, placed: Placed, rows: Sequence[Row]) -> None:
    """A dropdown for each 裁定 with 可选, 同意 first; a prompt for the others."""
    column = placed.table.column("choice")
    shared: dict[tuple[str, ...], DataValidation] = {}
    for line, row in enumerate(rows, placed.first):
        options = options_of(row)
        if options not in shared:
            shared[options] = (
                choice_list(column.header, (AGREE, *options), column.help)
                if options
                else prompt(column.header, f"{column.help}；同意默认就填“{AGREE}”")
            )
        shared[options].add(f"{placed.letter('choice')}{line}")
    for rule in shared.values():
        sheet.add_data_validation(rule)
