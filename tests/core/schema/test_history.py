"""The tables of what was."""

from qcity_xl.core.master.formula_values import SCORES
from qcity_xl.core.schema import ASSIGNMENTS, PROGRESS_LINES, SCORE_LINES
from qcity_xl.core.schema.history import SCORE_NAMES


def test_each_score_has_its_columns_in_all_as_bonus_and_by_section() -> None:
    assert tuple(SCORE_NAMES) == SCORES
    wanted = {f"{score}{part}" for score in SCORES for part in ("", "_bonus", "_sections")}
    assert set(SCORE_LINES.fields) == {"key", "date", "round", *wanted}


def test_what_a_unit_said_is_kept_under_its_own_headers() -> None:
    for field, header in PROGRESS_LINES.headers.items():
        if field != "round":
            assert ASSIGNMENTS.headers[field] == header
