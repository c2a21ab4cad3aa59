"""How points are earned: a closed list of rule kinds, one small class each."""

from qcity_xl.core.rules.base import AnswerError, Earned, ParamsError, Rule, Rulings
from qcity_xl.core.rules.kinds import KINDS, parse_rule
from qcity_xl.core.rules.question import NOT_APPLICABLE, Question

__all__ = [
    "KINDS",
    "NOT_APPLICABLE",
    "AnswerError",
    "Earned",
    "ParamsError",
    "Question",
    "Rule",
    "Rulings",
    "parse_rule",
]
