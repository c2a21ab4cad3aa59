"""Answers to the embedded table with the points that its wording gives, where they are at hand."""

import json
from pathlib import Path

import pytest

from qcity_xl.core.rules import AnswerError, Question
from qcity_xl.core.schema import CRITERIA
from qcity_xl.core.shown import shown_value
from tests.core.builders import embedded

_VECTORS = Path(__file__).resolve().parents[4] / "shared/cases/scores/vectors.json"


@pytest.mark.skipif(not _VECTORS.exists(), reason="no ../shared/cases/scores/vectors.json")
def test_shared_answers_score_as_the_wording_says() -> None:
    rulings = embedded().rulings()
    rows = {row["label"]: row for row in embedded().rows(CRITERIA).values()}
    wrong = []
    for vector in json.loads(_VECTORS.read_text(encoding="utf-8")):
        label, answer = vector["criterion"], vector["answer"]
        question = Question.of(rows[label], rulings.get(label, {}))
        if answer is None or question.rule.reviewed_only:
            continue
        if isinstance(answer, int | float):
            answer = shown_value(answer, vector.get("number_format", "General"))
        try:
            points = question.score(answer).points
        except AnswerError:
            points = None
        if points not in [
            None if e is None else pytest.approx(e, abs=0.006) for e in vector["expected"]
        ]:
            wrong.append((label, answer, points, vector["expected"]))
    assert wrong == []
