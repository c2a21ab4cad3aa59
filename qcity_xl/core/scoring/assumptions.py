"""What if: answers that are tried on a master that stays as it is."""

from collections.abc import Iterable
from dataclasses import dataclass

from qcity_xl.core.changes import Change
from qcity_xl.core.errors import QcityError
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.rules import AnswerError, ParamsError, Question
from qcity_xl.core.schema import CRITERIA
from qcity_xl.core.text import fold


class WrongAssumption(QcityError):
    """An assumption that names no criterion, or an answer that can't be scored."""

    def __init__(self, found: str, why: str) -> None:
        """Say why, and how it is written."""
        super().__init__(f"假设“{found}”用不上：{why}。写成 得分点编号=答案，如 28(1)=95%。")


@dataclass(frozen=True, slots=True)
class Assumption:
    """The answer that is assumed for a criterion (by row id), and its label."""

    criterion: str
    label: str
    answer: str


def parse_assumptions(master: Master, written: Iterable[str]) -> tuple[Assumption, ...]:
    """Each 28(1)=95%; the last one on a criterion counts. Raises WrongAssumption."""
    labels = {fold(text(row, "label")): key for key, row in master.rows(CRITERIA).items()}
    rulings = master.rulings()
    found: dict[str, Assumption] = {}
    for one in written:
        label, sign, answer = one.replace("＝", "=").partition("=")
        key = labels.get(fold(label))
        if not sign or not answer.strip():
            raise WrongAssumption(one, "没有写明答案")
        if key is None:
            raise WrongAssumption(one, f"没有编号为“{label.strip()}”的得分点")
        row = master.rows(CRITERIA)[key]
        try:
            question = Question.of(row, rulings.get(text(row, "label"), {}))
            question.score(answer.strip())
        except (AnswerError, ParamsError) as error:
            raise WrongAssumption(one, str(error)) from error
        if question.rule.reviewed_only:
            raise WrongAssumption(one, "这个得分点只由评审给分")
        found[key] = Assumption(key, text(row, "label"), answer.strip())
    return tuple(found.values())


def assumed(master: Master, assumptions: Iterable[Assumption]) -> Master:
    """The master as it would be."""
    rows = master.rows(CRITERIA)
    return master.with_changes(
        Change(
            CRITERIA.name, one.criterion, "answer", rows[one.criterion].get("answer"), one.answer
        )
        for one in assumptions
    )
