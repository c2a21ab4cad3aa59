"""重算得分 and 标记缺失佐证: both evaluate the master and write what changed."""

from collections import Counter

from qcity_xl.adapters.evidence_files import file_facts
from qcity_xl.core.catalogue import BY_ID
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.master.formula_values import SCORES
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.schema import CRITERIA, INDICATORS, SECTIONS
from qcity_xl.core.schema.words import YES
from qcity_xl.core.scoring.evaluate import Evaluation, evaluate
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.data import (
    CellValue,
    CriterionScores,
    EvidenceData,
    IndicatorScores,
    ScoreData,
    SectionScores,
    Total,
)
from qcity_xl.steps.shared.outcome import (
    DONE,
    LEFT,
    Column,
    Context,
    Count,
    Outcome,
    Section,
    change_data,
    change_section,
    plain,
)
from qcity_xl.steps.shared.target import Target, open_sound

_NAMES = {"claimed": "自评", "evidenced": "佐证", "reviewed": "核定", "ceiling": "最高可得"}


def score(target: Target, context: Context) -> Outcome[ScoreData]:
    """Recount all scores; a second run changes nothing."""
    evaluation, after = _evaluated(target, context, BY_ID["score"].title)
    scores, changes = evaluation.scores, evaluation.changes
    totals = {name: _total(after, name) for name in SCORES}
    unanswered = sum(1 for s in scores.criteria.values() if s.claimed is None)
    data: ScoreData = {
        "claimed": totals["claimed"],
        "evidenced": totals["evidenced"],
        "reviewed": totals["reviewed"],
        "ceiling": totals["ceiling"],
        "sections": _sections(after),
        "indicators": _indicators(after),
        "criteria": _criteria(after),
        "changes": len(changes),
        "changed": change_data(changes),
    }
    counts = (Count("得分点", len(scores.criteria), "个"), Count("未评", unanswered, "个"))
    rows = tuple((_NAMES[n], totals[n]["points"], totals[n]["bonus"]) for n in SCORES)
    columns = (Column("得分", "label"), Column("基本", "points"), Column("加分", "points"))
    return Outcome(
        _headline("重算得分", evaluation),
        data,
        LEFT if scores.problems else DONE,
        (*counts, *_changed(evaluation)),
        (Section("", columns, rows), change_section(changes)),
        tuple(problem.sentence() for problem in scores.problems),
        changes=len(changes),
    )


def evidence(target: Target, context: Context) -> Outcome[EvidenceData]:
    """Mark what evidence is missing and why. It writes what `score` writes, and tells the gaps."""
    evaluation, _ = _evaluated(target, context, BY_ID["evidence"].title)
    assessment, changes = evaluation.assessment, evaluation.changes
    states = Counter(gap.state for gap in assessment.gaps)
    by_unit = Counter(gap.need.unit or "（未定单位）" for gap in assessment.gaps)
    data: EvidenceData = {
        "needs": len(assessment.needs),
        "missing": [
            {
                "criterion": gap.need.label,
                "unit": gap.need.unit,
                "kind": gap.need.kind,
                "period": gap.need.period,
                "state": gap.state,
            }
            for gap in assessment.gaps
        ],
        "findings": dict(assessment.findings),
        "changes": len(changes),
        "changed": change_data(changes),
    }
    counts = (
        Count("需要佐证", len(assessment.needs), "项"),
        Count("缺", len(assessment.gaps), "项"),
        *(Count(f"其中{state}", count, "项") for state, count in states.most_common()),
        *_changed(evaluation),
    )
    columns = (Column("单位"), Column("缺", "count", "项"))
    missing = Section("", columns, tuple(by_unit.most_common()))
    return Outcome(
        _headline("清点佐证", evaluation),
        data,
        counts=counts,
        sections=(missing, change_section(changes)),
        changes=len(changes),
    )


def _headline(what: str, evaluation: Evaluation) -> str:
    return what if evaluation.changes else f"{what}，与上次相同，没有改动"


def _changed(evaluation: Evaluation) -> tuple[Count, ...]:
    return (Count("改动", len(evaluation.changes), "格"),) if evaluation.changes else ()


def _evaluated(target: Target, context: Context, command: str) -> tuple[Evaluation, Master]:
    """Evaluate, commit, and give the master as it is after (also on a dry run).

    Both steps go by the same facts of files, so that it doesn't matter which one is run first.
    """
    file = open_sound(target)
    facts = file_facts(
        file.master, file.path, remember=not context.dry_run, progress=context.progress
    )
    evaluation = evaluate(file.master, facts)
    commit(file, as_lines(evaluation.changes), context, command)
    return evaluation, file.preview(evaluation.changes if context.dry_run else ())


def _total(master: Master, name: str) -> Total:
    figures = master.figures
    return {
        "points": _number(figures.get(f"qc_{name}")),
        "bonus": _number(figures.get(f"qc_{name}_bonus")),
    }


def _number(value: object) -> CellValue:
    return None if value == "" else plain(value)


def _sections(master: Master) -> list[SectionScores]:
    return [
        {
            "no": plain(row.get("no")),
            "title": plain(row.get("title")),
            "points": plain(row.get("points")),
            "bonus": text(row, "bonus") == YES,
            "claimed": _number(row.get("claimed")),
            "evidenced": _number(row.get("evidenced")),
            "reviewed": _number(row.get("reviewed")),
            "ceiling": _number(row.get("ceiling")),
        }
        for row in master.rows(SECTIONS).values()
    ]


def _indicators(master: Master) -> list[IndicatorScores]:
    return [
        {
            "id": plain(row.get("no")),
            "title": plain(row.get("title")),
            "points": plain(row.get("points")),
            "claimed": _number(row.get("claimed")),
            "evidenced": _number(row.get("evidenced")),
            "reviewed": _number(row.get("reviewed")),
            "ceiling": _number(row.get("ceiling")),
            "reason": plain(row.get("reason")),
        }
        for row in master.rows(INDICATORS).values()
    ]


def _criteria(master: Master) -> list[CriterionScores]:
    return [
        {
            "id": plain(row.get("label")),
            "points": plain(row.get("points")),
            "answer": plain(row.get("answer")),
            "claimed": plain(row.get("claimed")),
            "evidenced": plain(row.get("evidenced")),
            "reviewed": plain(row.get("reviewed")),
            "ceiling": plain(row.get("ceiling")),
            "reason": plain(row.get("reason")),
        }
        for row in master.rows(CRITERIA).values()
    ]
