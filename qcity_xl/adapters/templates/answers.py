"""What an answer on 得分点 may be: a dropdown or a prompt for each row, from the row's rule."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet

from qcity_xl.adapters.master_file.offered import ANSWERS, AnswerEntry, ruling_rule
from qcity_xl.adapters.templates.grid import Placed, Row
from qcity_xl.core.master.rulings import options_of
from qcity_xl.core.rules import ParamsError, Question, Rulings

_MOST = 500  # areas of one validation


def add_answers(
    sheet: Worksheet, placed: Placed, rows: Sequence[Row], rulings: Mapping[str, Rulings]
) -> None:
    """Validations for 自评答案 and 核定; rows that take the same answers share one.

    They warn and don't stop: 20 and "20分 已出台" are both understood.
    """
    shared: dict[AnswerEntry, list[int]] = {}
    for question, lines in _questions(placed, rows, rulings):
        for field in ANSWERS:
            shared.setdefault(AnswerEntry.of(question, field), []).extend(lines)
    for asked, lines in shared.items():
        for part in _areas(placed.letter(asked.field), sorted(lines)):
            rule = asked.validation(part[0].partition(":")[0])
            rule.sqref = MultiCellRange(" ".join(part))
            sheet.add_data_validation(rule)


def _questions(
    placed: Placed, rows: Sequence[Row], rulings: Mapping[str, Rulings]
) -> Iterator[tuple[Question, list[int]]]:
    """What is asked, each with the lines of the rows that ask it."""
    alike: dict[tuple[object, ...], list[int]] = {}
    for line, row in enumerate(rows, placed.first):
        held = rulings.get(str(row.get("label")), {})
        rule = (row.get(name) for name in ("kind", "params", "points", "may_be_absent"))
        alike.setdefault((*rule, *sorted(held.items())), []).append(line)
    for lines in alike.values():
        row = rows[lines[0] - placed.first]
        # The checks report what can't be read; the sheet is made all the same.
        with suppress(ParamsError):
            yield Question.of(row, rulings.get(str(row.get("label")), {})), lines


def _areas(letter: str, lines: Sequence[int]) -> Iterator[list[str]]:
    """The cells of these lines as areas, no more of them together than any program takes."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and runs[-1][1] == line - 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    areas = [f"{letter}{a}" if a == b else f"{letter}{a}:{letter}{b}" for a, b in runs]
    for start in range(0, len(areas), _MOST):
        yield areas[start : start + _MOST]


def add_ruling_choices(sheet: Worksheet, placed: Placed, rows: Sequence[Row]) -> None:
    """A dropdown for each 裁定 with 可选, 同意 first; a prompt for the others."""
    shared: dict[tuple[str, ...], list[int]] = {}
    for line, row in enumerate(rows, placed.first):
        shared.setdefault(options_of(row), []).append(line)
    for options, lines in shared.items():
        for part in _areas(placed.letter("choice"), lines):
            rule = ruling_rule(options)
            rule.sqref = MultiCellRange(" ".join(part))
            sheet.add_data_validation(rule)
