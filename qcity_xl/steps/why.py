"""得分理由: everything that decides the score of a criterion, told without writing."""

from dataclasses import replace

from qcity_xl.adapters.evidence_files import file_facts
from qcity_xl.core.errors import QcityError
from qcity_xl.core.scoring.evaluate import evaluate
from qcity_xl.core.scoring.explanation import Explanation, explain, explain_indicators
from qcity_xl.core.text import one_line
from qcity_xl.steps.shared.data import CriterionWhy, WhyData
from qcity_xl.steps.shared.outcome import Column, Outcome, Section
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


def why(target: Target, subject: str) -> Outcome[WhyData]:
    """The scores of what the subject names, as what the master holds now gives them."""
    file = open_master(target)
    evaluation = evaluate(file.master, file_facts(file.master, file.path))
    found = explain(file.master, evaluation, subject)
    if not found:
        raise NoSuchCriterion(subject)
    whole = tuple(explain_indicators(file.master, evaluation, subject))
    columns = (Column("项", "label"), Column("内容"))
    first, *others = (Section(c.title, columns, tuple(c.lines())) for c in found)
    if whole or others:
        headline = "；".join(f"{name}：{reason.rstrip('。')}" for name, reason in whole)
        headline = headline or f"{one_line(subject)}：{len(found)}个得分点"
        sections = (first, *others)
    else:
        headline, sections = first.title, (replace(first, title=""),)
    return Outcome(
        headline, {"criteria": [_data(criterion) for criterion in found]}, sections=sections
    )


def _data(criterion: Explanation) -> CriterionWhy:
    score = criterion.score
    return {
        "label": criterion.label,
        "text": criterion.text,
        "owner": criterion.owner,
        "points": criterion.points,
        "answer": criterion.answer,
        "allowed": criterion.allowed,
        "reading": score.reading,
        "gaps": list(criterion.gaps),
        "rulings": dict(criterion.rulings),
        "ruled": sorted(criterion.ruled),
        "tasks": list(criterion.tasks),
        "claimed": score.claimed,
        "evidenced": score.evidenced,
        "reviewed": score.reviewed,
        "ceiling": score.ceiling,
        "reason": score.reason,
        "left_out": sorted(score.left_out),
        "rescaled": sorted(score.rescaled),
    }
