"""What could be done next for each criterion: a better answer, the evidence for it, or both."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qcity_xl.core.master.criteria import points_of
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.rules import AnswerError, ParamsError, Question
from qcity_xl.core.rules.deduct import Deduct
from qcity_xl.core.rules.levels import OTHER
from qcity_xl.core.rules.minus import Minus
from qcity_xl.core.rules.veto import Veto
from qcity_xl.core.schema import CRITERIA
from qcity_xl.core.scoring.evidence import Assessment
from qcity_xl.core.scoring.score import ScoreSheet
from qcity_xl.core.scoring.trials import trial_answers
from qcity_xl.core.text import fold
from qcity_xl.core.values import Value, parse_number

CLAIMED, EVIDENCED = "claimed", "evidenced"  # the scores that moves can raise
UNDONE = "不办"  # what 办理难度 says of a criterion that nothing can be done for


@dataclass(frozen=True, slots=True)
class Move:
    """One thing to do for a criterion (by row id).

    `answer` is what to reach, None where the answer stays; `gaps` the evidence to be given;
    `points` what the criterion then has; `effort` what it costs.
    """

    criterion: str
    answer: Value
    gaps: tuple[str, ...]
    points: float
    effort: float


@dataclass(frozen=True, slots=True)
class Moves:
    """All moves by criterion, and criteria for which there are none, with why.

    `misread` are those whose 办理难度 is neither a number nor 不办: what 设置 says holds.
    """

    by_criterion: Mapping[str, tuple[Move, ...]]
    closed: Mapping[str, str]
    misread: tuple[str, ...]


def moves_of(master: Master, assessment: Assessment, sheet: ScoreSheet, score: str) -> Moves:
    """What can raise one score (CLAIMED or EVIDENCED) of each criterion, after 重算得分."""
    rulings = master.rulings()
    found: dict[str, tuple[Move, ...]] = {}
    closed: dict[str, str] = {}
    misread = []
    for key, row in master.rows(CRITERIA).items():
        try:
            question = Question.of(row, rulings.get(text(row, "label"), {}))
        except ParamsError:
            closed[key] = "参数读不懂"
            continue
        why = _closed(question, row)
        if why:
            closed[key] = why
            continue
        if text(row, "effort") and _stated_effort(row) is None:
            misread.append(text(row, "label"))
        gaps = [gap.sentence() for gap in assessment.lacking(key)] if score == EVIDENCED else []
        held = sheet.criteria[key]
        reached = tuple(_reachable(question, row, held.claimed, gaps))
        found[key] = _weighed(master, row, reached, held.claimed or 0.0, getattr(held, score))
    return Moves(found, closed, tuple(misread))


def _closed(question: Question, row: Row) -> str:
    """Why nothing can be done for a criterion, "" if something may."""
    if row.get("ruling") is not None:
        return "已核定"
    if question.rule.reviewed_only:
        return "只由评审给分"
    if isinstance(question.rule, Veto | Minus):
        return "不得分的得分点"
    if row.get("answer") is not None and question.is_absent(row.get("answer")):
        return "不适用"
    return UNDONE if fold(text(row, "effort")) == UNDONE else ""


def _stated_effort(row: Row) -> float | None:
    effort = parse_number(row.get("effort"))
    return effort if effort is not None and effort >= 0 else None


def _reachable(
    question: Question, row: Row, claimed: float | None, gaps: Sequence[str]
) -> Iterator[Move]:
    """The evidence for what is claimed, then each better answer, once for each sum of points."""
    key, needed = str(row["key"]), tuple(gaps)
    if claimed and gaps:
        yield Move(key, None, needed, claimed, 0.0)
    if claimed is not None and isinstance(question.rule, Deduct):
        return  # what has happened can't be undone
    seen = {round(claimed or 0.0, 2)}
    for answer in trial_answers(question):
        try:
            points = question.score(answer).points
        except AnswerError:
            continue
        if fold(str(answer)) != OTHER and points > (claimed or 0.0) and points not in seen:
            seen.add(points)
            yield Move(key, answer, needed, points, 0.0)


def _weighed(
    master: Master, row: Row, moves: Sequence[Move], claimed: float, now: float | None
) -> tuple[Move, ...]:
    """The moves with what they cost: 办理难度 where it is given, a part of it for a part of the
    points; else what 设置 says for reaching full points, likewise, and for each piece of evidence.
    """
    settings, stated = master.settings, _stated_effort(row)
    full, most = points_of(row), max((move.points for move in moves), default=0.0)
    weighed = []
    for move in moves:
        gained, best = move.points - (now or 0.0), most - (now or 0.0)
        if stated is not None:
            effort = stated * (gained / best if best else 0.0)
        else:
            climb = (move.points - claimed) / (full - claimed) if full > claimed else 0.0
            effort = settings.effort * climb + settings.evidence_effort * len(move.gaps)
        weighed.append(Move(move.criterion, move.answer, move.gaps, move.points, round(effort, 4)))
    return tuple(weighed)
