"""What a row of its own rule offers; in a file see tests/steps/test_revise_order.py."""

from qcity_xl.adapters.master_file.offered import ANSWERS, AnswerEntry, ruling_rule
from qcity_xl.core.rules import Question


def test_an_answer_offers_what_its_rule_takes() -> None:
    question = Question.of({"kind": "达成", "params": "", "points": 5}, {})
    for field, header in zip(ANSWERS, ("自评答案", "核定"), strict=True):
        rule = AnswerEntry.of(question, field).validation("H5")
        assert (rule.promptTitle, rule.errorStyle) == (header, "warning")
        assert rule.formula1 == f'"{",".join(question.choices)}"'


def test_a_ruling_offers_the_default_and_its_options() -> None:
    assert ruling_rule(("按项", "按比例")).formula1 == '"同意,按项,按比例"'
    assert ruling_rule(()).formula1 is None
