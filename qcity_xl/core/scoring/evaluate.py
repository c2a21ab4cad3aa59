"""Scores, evidence and task progress as changes to the master."""

from collections.abc import Mapping
from dataclasses import dataclass

from qcity_xl.core.changes import Change
from qcity_xl.core.master.formula_values import factor_field
from qcity_xl.core.master.model import Master, Row, differences, text
from qcity_xl.core.schema import ASSIGNMENTS, CRITERIA, EVIDENCE, INDICATORS, RULINGS, TASKS
from qcity_xl.core.schema.plan import SCORED
from qcity_xl.core.schema.words import (
    COMPLETE,
    FINISHED,
    IN_TROUBLE,
    LACKING,
    LEAD,
    NOT_BEGUN,
    NOT_NEEDED,
    UNDER_WAY,
    lacks_evidence,
)
from qcity_xl.core.scoring.effects import Effect, ruling_effects
from qcity_xl.core.scoring.evidence import Assessment, FileFact, assess, criteria_in
from qcity_xl.core.scoring.ranges import Ranges, score_ranges, spread_cells
from qcity_xl.core.scoring.reuse import Reuse, reuse_cells, reuses
from qcity_xl.core.scoring.rulings import ruling_changes
from qcity_xl.core.scoring.score import (
    CriterionScore,
    ScoreSheet,
    criteria_by_indicator,
    indicator_reason,
    score_master,
)
from qcity_xl.core.text import fold
from qcity_xl.core.values import Value


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores, the evidence, what of it could serve twice, and the changes that write all; by
    row ids, from where to where the scores of an indicator may go and what the options of a row
    of 待定事项 do.
    """

    scores: ScoreSheet
    assessment: Assessment
    reuses: tuple[Reuse, ...]
    changes: tuple[Change, ...]
    ranges: Ranges
    effects: Mapping[str, Effect]


def evaluate(master: Master, files: Mapping[str, FileFact]) -> Evaluation:
    """Score everything; on a master that is up to date there are no changes."""
    ruled = ruling_changes(master)
    master = master.with_changes(ruled)
    assessment = assess(master, files)
    reused = reuses(master, assessment)
    scores = score_master(master, assessment)
    answers = master.rows(CRITERIA)
    criteria = {
        key: {
            **_score_cells(score),
            **_evidence_cells(assessment, key),
            **{kept: answers[key].get(name) for name, kept in SCORED.items()},
        }
        for key, score in scores.criteria.items()
    }
    own = criteria_by_indicator(master)
    indicators = {
        key: {
            **{factor_field(name): _plain(f) for name, f in scores.factors[key].items()},
            "reason": indicator_reason(row, scores, key, own.get(text(row, "no"), ())),
        }
        for key, row in master.rows(INDICATORS).items()
    }
    ranges = score_ranges(master, assessment)
    for key, row in master.rows(INDICATORS).items():
        mine = [scores.criteria[k] for k in own.get(text(row, "no"), ())]
        spread = spread_cells(row, scores.factors[key], mine, ranges.get(key, {}))
        indicators[key] |= {field: _plain(points) for field, points in spread.items()}
    effects = ruling_effects(master, assessment, scores)
    changes = [
        *ruled,
        *differences(master, CRITERIA, criteria),
        *differences(master, INDICATORS, indicators),
        *differences(master, RULINGS, {key: _effect_cells(e) for key, e in effects.items()}),
        *differences(master, TASKS, _task_cells(master, criteria)),
        *differences(master, EVIDENCE, _evidence_rows(master, assessment, files)),
        *differences(master, EVIDENCE, reuse_cells(master, reused)),
    ]
    return Evaluation(scores, assessment, reused, tuple(changes), ranges, effects)


def _effect_cells(effect: Effect) -> dict[str, Value]:
    return {"effect": effect.words(), "weight": _plain(effect.weight or None)}


def _score_cells(score: CriterionScore) -> dict[str, Value]:
    return {
        "claimed": _plain(score.claimed),
        "evidenced": _plain(score.evidenced),
        "reviewed": _plain(score.reviewed),
        "ceiling": _plain(score.ceiling),
        "reason": score.reason,
        "reading": score.reading or None,
    }


def _evidence_cells(assessment: Assessment, criterion: str) -> dict[str, Value]:
    needs = len(assessment.needs_of(criterion))
    gaps = assessment.gaps_of(criterion)
    state = f"{LACKING}{len(gaps)}/{needs}" if gaps else COMPLETE if needs else NOT_NEEDED
    return {"evidence": state, "missing": "；".join(gap.sentence() for gap in gaps) or None}


def _evidence_rows(
    master: Master, assessment: Assessment, files: Mapping[str, FileFact]
) -> dict[str, dict[str, Value]]:
    rows: dict[str, dict[str, Value]] = {}
    for key, row in master.rows(EVIDENCE).items():
        fact = files.get(text(row, "location"))
        rows[key] = {"finding": assessment.findings.get(key)}
        if fact and fact.sha256:
            rows[key]["sha256"] = fact.sha256
    return rows


def _task_cells(
    master: Master, criteria: Mapping[str, Mapping[str, Value]]
) -> dict[str, dict[str, Value]]:
    """Progress of a task is that of its leads; its evidence is that of its criteria."""
    leads: dict[str, list[str]] = {}
    for row in master.rows(ASSIGNMENTS).values():
        if text(row, "role") == LEAD:
            leads.setdefault(text(row, "task"), []).append(text(row, "progress"))
    labels = {fold(text(row, "label")): (key,) for key, row in master.rows(CRITERIA).items()}
    places = {key: place for place, key in enumerate(master.rows(CRITERIA))}
    return {
        key: {
            "progress": progress_of(leads.get(text(row, "no"), [])),
            "evidence": _task_evidence(master, row, criteria, labels, places),
        }
        for key, row in master.rows(TASKS).items()
    }


def progress_of(states: list[str]) -> Value:
    """What a task has come to by what its leads say; None where none says anything."""
    if states and all(state == FINISHED for state in states):
        return FINISHED
    known = [s for s in (IN_TROUBLE, UNDER_WAY, FINISHED, NOT_BEGUN) if s in states]
    return (UNDER_WAY if known[0] == FINISHED else known[0]) if known else None


def _task_evidence(
    master: Master,
    task: Row,
    criteria: Mapping[str, Mapping[str, Value]],
    labels: Mapping[str, tuple[str, ...]],
    places: Mapping[str, int],
) -> Value:
    linked = criteria_in(text(task, "criteria"), labels)
    if not linked:
        return None
    rows = master.rows(CRITERIA)
    lacking = [
        text(rows[key], "label")
        for key in sorted(linked, key=places.__getitem__)
        if lacks_evidence(criteria[key]["evidence"])
    ]
    return f"{LACKING}：{'、'.join(lacking)}" if lacking else COMPLETE


def _plain(value: float | None) -> Value:
    return int(value) if value is not None and float(value).is_integer() else value
