"""What an answer on 得分点 may be: a dropdown or a prompt for each row, from the row's rule."""

from collections.abc import Mapping, Sequence

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from qcity_xl.adapters.templates.grid import Placed, Row
from qcity_xl.adapters.templates.validation import choice_list, prompt
from qcity_xl.core.rules import NOT_APPLICABLE, ParamsError, Rule, Rulings, parse_rule

_REVIEW_ONLY = "由评审给分，自评不用填"


def add_answers(
    sheet: Worksheet, placed: Placed, rows: Sequence[Row], rulings: Mapping[str, Rulings]
) -> None:
    """Validations for 自评答案 and 核定; rows that take the same answers share one.

    They warn and don't stop: 20 and "20分 已出台" are both understood.
    """
    shared: dict[tuple[str | None, str], DataValidation] = {}
    for line, row in enumerate(rows, placed.first):
        rule = _rule(row)
        if rule is None:
            continue
        settled = rulings.get(str(row.get("label")), {})
        for field in ("answer", "ruling"):
            made = _validation(rule, field, row, settled)
            kept = shared.setdefault((made.formula1, f"{made.promptTitle}{made.prompt}"), made)
            kept.add(f"{placed.letter(field)}{line}")
    for made in shared.values():
        sheet.add_data_validation(made)


def _rule(row: Row) -> Rule | None:
    points = row.get("points")
    try:
        return parse_rule(
            str(row.get("kind") or ""),
            str(row.get("params") or ""),
            float(points) if isinstance(points, int | float) else 0.0,
        )
    except ParamsError:
        return None  # the checks tell it; the sheet is made all the same


def _validation(rule: Rule, field: str, row: Row, settled: Rulings) -> DataValidation:
    header = "核定" if field == "ruling" else "自评答案"
    if rule.reviewed_only and field == "answer":
        return prompt(header, _REVIEW_ONLY)
    absent = (NOT_APPLICABLE,) if row.get("may_be_absent") == "是" else ()
    allowed = rule.allowed(settled) + (f"；合理缺项填“{NOT_APPLICABLE}”" if absent else "")
    choices = rule.choices(settled)
    if not choices:
        return prompt(header, allowed)
    return choice_list(header, (*choices, *absent), allowed, strict=False)
