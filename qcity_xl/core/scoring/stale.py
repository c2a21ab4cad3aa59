"""Whether the scores on the sheets are those of what the sheets say now."""

from collections.abc import Iterator

from qcity_xl.core.master.formula_values import SCORES, factor_field
from qcity_xl.core.master.model import Master, differences, text
from qcity_xl.core.problems import Problem
from qcity_xl.core.schema import CRITERIA, EVIDENCE, INDICATORS
from qcity_xl.core.scoring.evidence import Assessment, is_filled
from qcity_xl.core.scoring.rulings import ruling_changes
from qcity_xl.core.scoring.score import score_master

_SHOWN = 5


def check_stale(master: Master) -> Iterator[Problem]:
    """Answers, reviews, rulings or evidence that came after the last 重算得分: one problem.

    Evidence is looked at as far as its rows tell: files aren't opened. A master that was never
    scored has nothing that is old.
    """
    rows = master.rows(CRITERIA)
    if all(row.get("ceiling") is None for row in rows.values()):
        return
    labels = [text(rows[key], "label") for key in _old_criteria(master)]
    fresh = sum(
        1 for row in master.rows(EVIDENCE).values() if is_filled(row) and row.get("finding") is None
    )
    parts = []
    if labels:
        more = "等" if len(labels) > _SHOWN else ""
        parts.append(f"{'、'.join(labels[:_SHOWN])}{more}{len(labels)}个得分点还是改动前的得分")
    if fresh:
        parts.append(f"「{EVIDENCE.sheet}」有{fresh}行新材料没有计入")
    if parts:
        first = next((key for key in rows if text(rows[key], "label") in labels), "")
        yield Problem(
            "stale",
            "warning",
            CRITERIA.sheet,
            master.cell(CRITERIA, first, "claimed"),
            "，".join(parts),
            "重算之后的得分",
            "请重算得分，「看板」和各表的得分才是现在的",
        )


def _old_criteria(master: Master) -> list[str]:
    """Criteria whose scores, or the factors of whose indicator, would change."""
    master = master.with_changes(ruling_changes(master))
    sheet = score_master(master, Assessment((), (), {}))
    scores = {
        key: {"claimed": s.claimed, "reviewed": s.reviewed, "ceiling": s.ceiling}
        for key, s in sheet.criteria.items()
    }
    factors = {
        key: {factor_field(name): factor[name] for name in SCORES}
        for key, factor in sheet.factors.items()
    }
    changed = {change.row for change in differences(master, CRITERIA, scores)}
    moved = {
        text(master.rows(INDICATORS)[change.row], "no")
        for change in differences(master, INDICATORS, factors)
    }
    return [
        key
        for key, row in master.rows(CRITERIA).items()
        if key in changed or text(row, "indicator") in moved
    ]
