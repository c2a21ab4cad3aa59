"""What Excel lets in: the formula of the data validation, calculated by LibreOffice."""

from pathlib import Path

from openpyxl import Workbook

from qcity_xl.core.rules import AnswerError, parse_rule
from qcity_xl.core.values import Value
from tests.libreoffice import LibreOffice

ANSWERS: dict[str, tuple[Value, ...]] = {
    "≥94%：30": (94, "94%", "102%", 102, -1, "-3%", "100%", 0, "大约九成"),
    "≥3‰：30": ("3‰", "1200‰", 3, -2),
    "≥3个：30": (3, 2.5, -1, "3个", "2.5个", "-1", "3"),
    "≥2张：30": (1.5, "1.5张", "-1.5张"),
    "≥10%：30；范围：不限": (-3, "240%"),
}


def test_the_entry_stops_what_the_rule_finds_impossible(
    libreoffice: LibreOffice, tmp_path: Path
) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    wanted: dict[str, bool] = {}
    for params, answers in ANSWERS.items():
        rule = parse_rule("数值分段", params, 30)
        assert rule.measure is not None
        for answer in answers:
            line = len(wanted) + 1
            sheet[f"A{line}"] = answer
            sheet[f"B{line}"] = f"={rule.measure.entry(f'A{line}')}"
            wanted[f"B{line}"] = _possible(params, answer)
    path = tmp_path / "录入.xlsx"
    book.save(path)
    (calculated,) = libreoffice.recalculate(path).values()
    assert {cell: bool(value) for cell, value in calculated.items()} == wanted


def _possible(params: str, answer: Value) -> bool:
    """What is no number of the rule's passes: the rule tells it later."""
    try:
        parse_rule("数值分段", params, 30).score(answer, {})
    except AnswerError:
        return answer == "大约九成"
    return True
