"""Three scores for each criterion, kept apart, each with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass

from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.problems import Problem
from qcity_xl.core.rules import (
    NOT_APPLICABLE,
    AnswerError,
    Outcome,
    ParamsError,
    Rule,
    Rulings,
    parse_rule,
)
from qcity_xl.core.schema import CRITERIA, INDICATORS
from qcity_xl.core.scoring.evidence import Assessment
from qcity_xl.core.text import number_text
from qcity_xl.core.values import Value, parse_number

FULL, EXCLUDED, RESCALED = "满分", "剔除", "折算"  # policies of 合理缺项


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """Scores of one criterion, None for 未评; `counted` is what it can weigh, 0 if left out."""

    claimed: float | None
    evidenced: float | None
    reviewed: float | None
    ceiling: float
    reason: str
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """Scores of all criteria, the factor of each indicator, and answers that can't be scored."""

    criteria: Mapping[str, CriterionScore]
    factors: Mapping[str, float]
    problems: tuple[Problem, ...]


def score_master(master: Master, assessment: Assessment) -> ScoreSheet:
    """All scores from answers, rulings and evidence; the same input gives the same scores."""
    rulings = master.rulings()
    scores: dict[str, CriterionScore] = {}
    problems: list[Problem] = []
    for key, row in master.rows(CRITERIA).items():
        held = rulings.get(text(row, "label"), {})
        gaps = [gap.sentence() for gap in assessment.gaps_of(key)]
        scores[key] = _scored(master, key, row, held, gaps, problems)
    return ScoreSheet(scores, _factors(master, rulings, scores), tuple(problems))


def _scored(
    master: Master,
    key: str,
    row: Row,
    rulings: Rulings,
    gaps: list[str],
    problems: list[Problem],
) -> CriterionScore:
    points = parse_number(row.get("points")) or 0.0
    try:
        rule = parse_rule(text(row, "kind"), text(row, "params"), points)
    except ParamsError as error:
        problems.append(_params_problem(master, key, error))
        return CriterionScore(None, None, None, points, f"未评：{error}")
    answers = {}
    reasons = []
    for name, word in (("answer", "自评"), ("ruling", "核定")):
        answers[name], reason = _answered(master, key, row, name, rule, rulings, problems)
        reasons += [f"{word}：{reason}"] if reason else []
    claimed, reviewed = answers["answer"], answers["ruling"]
    evidenced = claimed
    if claimed and gaps:
        evidenced = 0.0
        reasons.append(
            f"佐证：缺{len(gaps)}项（{gaps[0]}{'等' if len(gaps) > 1 else ''}），佐证不得分"
        )
    policy = rulings.get("缺项", FULL)
    held = text(row, "ruling") or text(row, "answer")
    left_out = policy != FULL and held == NOT_APPLICABLE and text(row, "may_be_absent") == "是"
    ceiling = 0.0 if left_out else points if reviewed is None else reviewed
    return CriterionScore(claimed, evidenced, reviewed, ceiling, "；".join(reasons), left_out)


def _answered(
    master: Master,
    key: str,
    row: Row,
    name: str,
    rule: Rule,
    rulings: Rulings,
    problems: list[Problem],
) -> tuple[float | None, str]:
    """Points and reason of one answer (自评答案 or 核定); None and why for 未评."""
    value = row.get(name)
    by_review = name == "ruling"
    if rule.reviewed_only and not by_review:
        return None, "由评审专家评定，不自评"
    if value is None:
        return None, "" if by_review else "未评，尚未填自评答案"
    try:
        outcome = _outcome(row, value, rule, rulings)
    except AnswerError as error:
        problems.append(_answer_problem(master, key, name, error))
        return None, f"未评，{error}"
    return outcome.points, outcome.reason


def _outcome(row: Row, value: Value, rule: Rule, rulings: Rulings) -> Outcome:
    if str(value).strip() != NOT_APPLICABLE:
        return rule.score(value, rulings)
    if text(row, "may_be_absent") != "是":
        raise AnswerError(value, f"{rule.allowed(rulings)}（本得分点不是合理缺项）")
    policy = rulings.get("缺项", FULL)
    points = (parse_number(row.get("points")) or 0.0) if policy == FULL else 0.0
    how = {EXCLUDED: "不计入", RESCALED: "其余得分点按比例折算"}.get(policy, "按满分计")
    return Outcome(points, f"合理缺项，{how}")


def _factors(
    master: Master, rulings: Mapping[str, Rulings], scores: Mapping[str, CriterionScore]
) -> dict[str, float]:
    """折算系数 of each indicator: full points over the points of what is applicable."""
    factors = {}
    for key, indicator in master.rows(INDICATORS).items():
        no = text(indicator, "no")
        own = {k: row for k, row in master.rows(CRITERIA).items() if text(row, "indicator") == no}
        gone = sum(
            parse_number(row.get("points")) or 0.0
            for k, row in own.items()
            if scores[k].left_out and rulings.get(text(row, "label"), {}).get("缺项") == RESCALED
        )
        whole = sum(parse_number(row.get("points")) or 0.0 for row in own.values())
        factors[key] = round(whole / (whole - gone), 6) if 0 < gone < whole else 1.0
    return factors


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


def indicator_reason(master: Master, indicator: Row, sheet: ScoreSheet, key: str) -> str:
    """得分说明 of an indicator: how its criteria combine and how far they are answered."""
    no = text(indicator, "no")
    own = [k for k, row in master.rows(CRITERIA).items() if text(row, "indicator") == no]
    scored = [sheet.criteria[k] for k in own]
    answered = [s for s in scored if s.claimed is not None]
    if not own:
        return "没有得分点"
    parts = [f"{len(own)}个得分点，已评{len(answered)}个"]
    if answered and len(own) > 1:
        worth = "、".join(number_text(s.claimed or 0) for s in answered)
        parts.append(f"{text(indicator, 'combine')}（{worth}）")
    if sheet.factors[key] != 1:
        parts.append(f"合理缺项，折算系数{sheet.factors[key]:g}")
    short = sum(1 for s in answered if s.claimed and not s.evidenced)
    if short:
        parts.append(f"{short}个得分点缺佐证")
    return "；".join(parts)
