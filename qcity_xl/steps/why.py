"""得分理由: everything that decides the score of a criterion, told without writing."""

from dataclasses import asdict

from qcity_xl.adapters.evidence_files import file_facts
from qcity_xl.core.errors import QcityError
from qcity_xl.core.scoring.evaluate import evaluate
from qcity_xl.core.scoring.explanation import Explanation, explain, explain_indicators
from qcity_xl.steps.shared.outcome import Report
from qcity_xl.steps.shared.target import Target, open_master


class NoSuchCriterion(QcityError):
    """A subject that names no criterion."""

    def __init__(self, subject: str) -> None:
        """Say how subjects are written."""
        super().__init__(
            f"没有编号为“{subject}”的得分点。编号照「得分点」表的“编号”列写，如 13(3)；"
            "写 13 则列出指标13的全部得分点。"
        )


class NothingChosen(QcityError):
    """The cell that was chosen belongs to no row that can be asked about."""

    def __init__(self, sheets: str) -> None:
        """Say where to click."""
        super().__init__(f"请先在{sheets}表里点一下要问的那一行，再点“得分理由”。")


def why(target: Target, subject: str) -> Report:
    """The scores of what the subject names, as what the master holds now gives them."""
    file = open_master(target)
    evaluation = evaluate(file.master, file_facts(file.master, file.path.parent, read=False))
    found = explain(file.master, evaluation, subject)
    if not found:
        raise NoSuchCriterion(subject)
    lines = [
        *explain_indicators(file.master, evaluation, subject),
        *(line for criterion in found for line in criterion.lines()),
    ]
    return Report(tuple(lines), {"criteria": [_data(criterion) for criterion in found]})


def _data(criterion: Explanation) -> dict[str, object]:
    """Flat, with the scores beside the rest."""
    data = asdict(criterion)
    return {**data, **data.pop("score")}
