"""Three scores for each criterion, kept apart, each with its reason."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from qcity_xl.core.master.criteria import points_of
from qcity_xl.core.master.formula_values import SCORES, combined, kept_points
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.problems import Problem
from qcity_xl.core.rules import AnswerError, ParamsError, Question, Rulings
from qcity_xl.core.rules.question import RESCALED
from qcity_xl.core.schema import CRITERIA, INDICATORS
from qcity_xl.core.schema.history import SCORE_NAMES
from qcity_xl.core.scoring.evidence import Assessment
from qcity_xl.core.scoring.kept import kept_reason
from qcity_xl.core.text import number_text
from qcity_xl.core.values import Value, parse_number


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """Scores of one criterion, None for 未评; `reading` is its rule in words, "" if unreadable.

    `left_out` names those that 合理缺项 takes it out of, `rescaled` those of them in which the
    other criteria of the indicator weigh more for it; `voids` and `voids_all` those of which a
    一票否决 takes the points of the indicator, or all points.
    """

    claimed: float | None
    evidenced: float | None
    reviewed: float | None
    ceiling: float
    reason: str
    reading: str = ""
    left_out: frozenset[str] = frozenset()
    rescaled: frozenset[str] = frozenset()
    voids: frozenset[str] = frozenset()
    voids_all: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """Scores of all criteria, the factor of each indicator for each of its scores, and answers
    that can't be scored.
    """

    criteria: Mapping[str, CriterionScore]
    factors: Mapping[str, Mapping[str, float]]
    problems: tuple[Problem, ...]


def score_master(master: Master, assessment: Assessment) -> ScoreSheet:
    """All scores from answers, rulings and evidence; the same input gives the same scores."""
    rulings = master.rulings()
    scores: dict[str, CriterionScore] = {}
    problems: list[Problem] = []
    for key, row in master.rows(CRITERIA).items():
        ruled = rulings.get(text(row, "label"), {})
        gaps = [gap.sentence() for gap in assessment.lacking(key)]
        scores[key] = score_criterion(master, key, ruled, gaps, problems)
    return ScoreSheet(scores, _factors(master, scores), tuple(problems))


def score_criterion(
    master: Master,
    key: str,
    rulings: Rulings,
    gaps: Sequence[str],
    problems: list[Problem],
    row: Row | None = None,
) -> CriterionScore:
    """The scores of one criterion under these rulings; what can't be scored is added to `problems`.

    `gaps` says what its evidence lacks. `row` holds other answers than the master's, for a trial.
    """
    row = master.rows(CRITERIA)[key] if row is None else row
    points, replaced = points_of(row), row.get("answer") is not None
    kept, kept_said = kept_points(row), kept_reason(row, replaced=replaced)
    try:
        question = Question.of(row, rulings)
    except ParamsError as error:
        problems.append(_params_problem(master, key, error))
        reason = "；".join(filter(None, (f"未评：{error}", kept_said)))
        return CriterionScore(None if replaced else kept, None, None, points, reason)
    answers = {}
    reasons = []
    for name, word in (("answer", "自评"), ("ruling", "核定")):
        answers[name], reason = _answered(master, key, row, name, question, problems)
        if name == "answer" and kept_said:
            reason = f"{reason}；{kept_said}" if replaced else kept_said
        reasons += [f"{word}：{reason}"] if reason else []
    claimed, reviewed = answers["answer"], answers["ruling"]
    evidenced = claimed
    claimed = claimed if replaced or kept is None else kept
    if evidenced and evidenced > 0 and gaps:
        evidenced = 0.0
        reasons.append(
            f"佐证：缺{len(gaps)}项（{gaps[0]}{'等' if len(gaps) > 1 else ''}），佐证不得分"
        )
    left_out = _affected(row, question, question.leaves_out)
    ceiling = 0.0 if "ceiling" in left_out else points if reviewed is None else reviewed
    rescaled = left_out if left_out and question.policy == RESCALED else frozenset[str]()
    reason = "；".join(reasons)
    return CriterionScore(
        claimed,
        evidenced,
        reviewed,
        ceiling,
        reason,
        question.reading,
        left_out,
        rescaled,
        _affected(row, question, question.voids_indicator),
        _affected(row, question, question.voids_everything),
    )


def claimed_for(question: Question, answer: Value) -> float | None:
    """自评 for an answer that is not blank, None where that can't be scored."""
    if question.rule.reviewed_only:
        return None
    try:
        return question.score(answer).points
    except AnswerError:
        return None


def _affected(row: Row, question: Question, says: Callable[[Value], bool]) -> frozenset[str]:
    """The scores whose own answer says so."""
    names = [] if question.rule.reviewed_only else ["claimed", "evidenced"]
    going_by = {"answer": names, "ruling": ["reviewed"]}
    going_by["answer" if row.get("ruling") is None else "ruling"].append("ceiling")
    return frozenset(
        score for name, scores in going_by.items() if says(row.get(name)) for score in scores
    )


def _answered(
    master: Master, key: str, row: Row, name: str, question: Question, problems: list[Problem]
) -> tuple[float | None, str]:
    """Points and reason of one answer (自评答案 or 核定); None and why for 未评."""
    value = row.get(name)
    by_review = name == "ruling"
    if question.rule.reviewed_only and not by_review:
        return None, "由评审专家评定，不自评"
    if value is None:
        return None, "" if by_review else "未评，尚未填自评答案"
    try:
        outcome = question.score(value)
    except AnswerError as error:
        problems.append(_answer_problem(master, key, name, error))
        return None, f"未评，{error}"
    return outcome.points, outcome.reason


def _factors(master: Master, scores: Mapping[str, CriterionScore]) -> dict[str, dict[str, float]]:
    """折算系数 of each indicator, one for each of its scores."""
    own: dict[str, list[tuple[str, float]]] = {}
    for key, row in master.rows(CRITERIA).items():
        points = parse_number(row.get("points")) or 0.0
        own.setdefault(text(row, "indicator"), []).append((key, points))
    void = {name for score in scores.values() for name in score.voids_all}
    return {
        key: {
            name: 0.0
            if name in void
            else factor_of(indicator, own.get(text(indicator, "no"), []), scores, name)
            for name in SCORES
        }
        for key, indicator in master.rows(INDICATORS).items()
    }


def factor_of(
    indicator: Row,
    own: Sequence[tuple[str, float]],
    scores: Mapping[str, CriterionScore],
    name: str,
) -> float:
    """折算系数 of one score: what all criteria (`own`: row ids and points) can earn together, over
    what those that apply can; 0 after a veto on the indicator.
    """
    if any(name in scores[key].voids for key, _ in own):
        return 0.0
    whole = [points for _, points in own]
    applicable = [points for key, points in own if name not in scores[key].rescaled]
    if len(applicable) == len(whole):
        return 1.0
    most = combined(indicator, applicable) if applicable else 0.0
    return round(combined(indicator, whole) / most, 6) if most else 1.0


def _params_problem(master: Master, key: str, error: ParamsError) -> Problem:
    return Problem(
        "rule",
        "error",
        CRITERIA.sheet,
        master.cell(CRITERIA, key, "params"),
        f"参数“{error.found}”读不懂",
        error.allowed,
        "改正计分方式或参数后重算",
    )


def _answer_problem(master: Master, key: str, name: str, error: AnswerError) -> Problem:
    return Problem(
        "answer",
        "error",
        CRITERIA.sheet,
        master.cell(CRITERIA, key, name),
        f"填的是“{error.found}”，无法计分",
        error.allowed,
        "改成允许的写法；改好之前按未评处理",
    )


def criteria_by_indicator(master: Master) -> dict[str, list[str]]:
    """Row ids of the criteria of each indicator, by its number."""
    own: dict[str, list[str]] = {}
    for key, row in master.rows(CRITERIA).items():
        own.setdefault(text(row, "indicator"), []).append(key)
    return own


def indicator_reason(indicator: Row, sheet: ScoreSheet, key: str, own: Sequence[str]) -> str:
    """得分说明 of an indicator: how its criteria (`own`) combine and how far they are answered."""
    scored = [sheet.criteria[k] for k in own]
    answered = [s for s in scored if s.claimed is not None]
    if not own:
        return kept_reason(indicator, replaced=False) or "没有得分点"
    parts = [f"{len(own)}个得分点，已评{len(answered)}个"]
    if answered and len(own) > 1:
        worth = "、".join(number_text(s.claimed or 0) for s in answered)
        parts.append(f"{text(indicator, 'combine')}（{worth}）")
    if said := kept_reason(indicator, replaced=bool(answered)):
        parts.append(said)
    factors = sheet.factors[key]
    voided = [SCORE_NAMES[name] for name, factor in factors.items() if not factor]
    if voided:
        parts.append(f"一票否决，{'、'.join(voided)}不得分")
    rescaled = [
        f"{SCORE_NAMES[name]}乘{factor:g}"
        for name, factor in factors.items()
        if factor not in (0, 1)
    ]
    if rescaled:
        parts.append(f"合理缺项折算：{'、'.join(rescaled)}")
    short = sum(1 for s in answered if s.claimed and s.evidenced == 0)
    if short:
        parts.append(f"{short}个得分点缺佐证")
    return "；".join(parts)
