"""Why a criterion scores what it scores: all that decides it, in one place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qcity_xl.core.master.criteria import points_of
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.master.rulings import settle
from qcity_xl.core.rules import ParamsError, Question, Rulings
from qcity_xl.core.schema import CRITERIA, INDICATORS, RULINGS, TASKS
from qcity_xl.core.scoring.evaluate import Evaluation
from qcity_xl.core.scoring.evidence import criteria_in, criteria_labels
from qcity_xl.core.scoring.score import CriterionScore, criteria_by_indicator, indicator_reason
from qcity_xl.core.text import fold, number_text, one_line


@dataclass(frozen=True, slots=True)
class Explanation:
    """One criterion: its scores, `allowed` answers, lacking evidence, and what holds for it.

    Of the items of `rulings` the office said those that are `ruled`; the others hold by default.
    """

    label: str
    text: str
    owner: str
    points: float
    answer: str
    allowed: str
    score: CriterionScore
    gaps: tuple[str, ...]
    rulings: Mapping[str, str]
    ruled: frozenset[str]
    tasks: tuple[str, ...]

    @property
    def title(self) -> str:
        """13(3) and its text."""
        return f"{self.label} {one_line(self.text)}"

    def lines(self) -> Iterator[tuple[str, str]]:
        """For people, label and words: the scores first, then what they rest on."""
        score = self.score
        yield "满分", f"{number_text(self.points)}分"
        yield (
            "得分",
            f"自评{_points(score.claimed)}，佐证{_points(score.evidenced)}，"
            f"核定{_points(score.reviewed)}，最高可得{_points(score.ceiling)}",
        )
        yield "答案", f"{self.answer or '（空）'}，由{self.owner or '（未定单位）'}填"
        yield "可填", self.allowed
        if self.score.reading:
            yield "规则释义", self.score.reading
        yield "理由", score.reason
        yield from (("缺佐证", gap) for gap in self.gaps)
        for item, choice in self.rulings.items():
            ruled = item in self.ruled
            yield (
                ("裁定", f"{item}，{choice}") if ruled else ("默认", f"{item}，{choice}（未裁定）")
            )
        if self.tasks:
            yield "相关任务", "、".join(self.tasks)


def explain(master: Master, evaluation: Evaluation, subject: str) -> tuple[Explanation, ...]:
    """The criteria that a subject names: 13(3), or 13(3)、7(2), or 13 for all of it.

    None for a subject that names nothing.
    """
    labels = criteria_labels(master)
    asked, rulings = criteria_in(subject, labels), master.rulings()
    ruled = {
        (text(row, "subject"), text(row, "item"))
        for row in master.rows(RULINGS).values()
        if settle(row).ruled
    }
    tasks = {
        f"{text(row, 'no')}（{one_line(text(row, 'leads'))}）": criteria_in(
            text(row, "criteria"), labels
        )
        for row in master.rows(TASKS).values()
    }
    return tuple(
        _explained(
            key,
            row,
            evaluation,
            rulings.get(text(row, "label"), {}),
            ruled,
            tuple(task for task, linked in tasks.items() if key in linked),
        )
        for key, row in master.rows(CRITERIA).items()
        if key in asked
    )


def explain_indicators(
    master: Master, evaluation: Evaluation, subject: str
) -> Iterator[tuple[str, str]]:
    """An indicator and how its criteria combine, if the subject names one as a whole."""
    own = criteria_by_indicator(master)
    for key, row in master.rows(INDICATORS).items():
        if fold(text(row, "no")) == fold(subject):
            reason = indicator_reason(row, evaluation.scores, key, own.get(text(row, "no"), ()))
            yield f"指标{text(row, 'no')} {one_line(text(row, 'title'))}", reason


def _explained(
    key: str,
    row: Row,
    evaluation: Evaluation,
    rulings: Rulings,
    ruled: set[tuple[str, str]],
    tasks: tuple[str, ...],
) -> Explanation:
    points = points_of(row)
    subjects = (text(row, "label"), text(row, "indicator"))  # 缺项 may be ruled for the whole
    items = frozenset(i for i in rulings if any((subject, i) in ruled for subject in subjects))
    return Explanation(
        text(row, "label"),
        text(row, "text"),
        text(row, "owner"),
        points,
        text(row, "answer"),
        _allowed(row, rulings),
        evaluation.scores.criteria[key],
        tuple(gap.sentence() for gap in evaluation.assessment.gaps_of(key)),
        rulings,
        items,
        tasks,
    )


def _allowed(row: Row, rulings: Rulings) -> str:
    try:
        question = Question.of(row, rulings)
    except ParamsError as error:
        return str(error)
    return ("只由评审核定，" if question.rule.reviewed_only else "") + question.allowed


def _points(points: float | None) -> str:
    return "未评" if points is None else f"{number_text(points)}分"
