"""重算得分: all scores from the answers, and why."""

from qcity_xl.core.catalogue import BY_ID
from qcity_xl.core.master.formula_values import SCORES
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.schema import CRITERIA, INDICATORS, SECTIONS
from qcity_xl.core.schema.words import YES
from qcity_xl.steps.shared.data import (
    CellValue,
    CriterionScores,
    IndicatorScores,
    ScoreData,
    SectionScores,
    Total,
)
from qcity_xl.steps.shared.evaluated import changed, headline, unpublished, written
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
    evaluation, _, after = written(open_sound(target), context, BY_ID["score"].title)
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
        headline("重算得分", changes),
        data,
        LEFT if scores.problems else DONE,
        (*counts, *changed(changes)),
        (Section("", columns, rows), change_section(changes)),
        (*(problem.sentence() for problem in scores.problems), *unpublished(after)),
        changes=len(changes),
    )


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
