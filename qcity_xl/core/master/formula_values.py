"""The numbers that the live formulas of the master show, computed from its rows.

Stored as cached values, so that a reader that can't calculate sees them; LibreOffice's own
calculation is compared with them in the tests.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.schema import (
    ASSIGNMENTS,
    CONFLICTS,
    CRITERIA,
    EVIDENCE,
    INDICATORS,
    PROBLEMS,
    RULINGS,
    SECTIONS,
    TASKS,
    UNITS,
)
from qcity_xl.core.schema.formulas import FACTORS, KEPT
from qcity_xl.core.schema.plan import SCORED
from qcity_xl.core.schema.words import (
    CONFLICT,
    ERROR,
    FINISHED,
    LEAD,
    PARTNER,
    VALID,
    YES,
    lacks_evidence,
)
from qcity_xl.core.values import Value, parse_number

SCORES = tuple(FACTORS)


@dataclass(frozen=True, slots=True)
class Rollup:
    """Values of formula cells: by (table, row id, field), and of the cards by defined name."""

    cells: Mapping[tuple[str, str, str], Value] = field(default_factory=dict)
    cards: Mapping[str, Value] = field(default_factory=dict)


def roll_up(master: Master) -> Rollup:
    """All formula cells of the master; "" where a formula shows nothing."""
    cells: dict[tuple[str, str, str], Value] = {}
    indicators = _indicators(master, cells)
    sections = _sections(master, indicators, cells)
    parts = Counter((r.get("unit"), r.get("role")) for r in master.rows(ASSIGNMENTS).values())
    for key, row in master.rows(UNITS).items():
        for name, role in (("leading", LEAD), ("partnering", PARTNER)):
            cells[UNITS.name, key, name] = parts[row.get("name"), role]
    for key, row in master.rows(PROBLEMS).items():
        cells[PROBLEMS.name, key, "link"] = "转到" if text(row, "cell") else ""
    return Rollup(cells, {**_score_cards(sections), **_work_cards(master)})


def _indicators(
    master: Master, cells: dict[tuple[str, str, str], Value]
) -> list[tuple[str, dict[str, float | None]]]:
    """Section number and scores of each indicator."""
    by_indicator = _grouped(master.rows(CRITERIA).values(), "indicator")
    found = []
    for key, row in master.rows(INDICATORS).items():
        scores = {}
        for name in SCORES:
            own = _numbers(by_indicator.get(text(row, "no"), ()), name)
            factor = parse_number(row.get(factor_field(name))) or 0.0
            scores[name] = _combined(row, own, factor)
            if name == "claimed" and not own and (kept := kept_points(row)) is not None:
                scores[name] = kept if factor else 0.0
            cells[INDICATORS.name, key, name] = _shown(scores[name])
        found.append((text(row, "section"), scores))
    return found


def factor_field(score: str) -> str:
    """The column of 指标 that holds the factor of one of the scores."""
    return FACTORS[score][1]


def kept_points(row: Row) -> float | None:
    """台账得分 of an indicator or a criterion, never above 分值; None where no number stands."""
    held, most = row.get(KEPT), parse_number(row.get("points"))
    if not isinstance(held, int | float) or isinstance(held, bool):
        return None
    return _rounded(max(0.0, float(held) if most is None else min(most, held)))


def combined(indicator: Row, scores: list[float]) -> float:
    """Scores of the criteria of an indicator under 组合方式."""
    combine = text(indicator, "combine")
    if combine == "取高":
        return max(0.0, *scores)  # as the formula does, to which other indicators are zeros
    most = parse_number(indicator.get("points"))
    capped = combine == "累加封顶" and most is not None
    return min(most or 0.0, sum(scores)) if capped else sum(scores)


def _combined(indicator: Row, scores: list[float], factor: float) -> float | None:
    if not scores:
        return None
    total, most = factor * combined(indicator, scores), parse_number(indicator.get("points"))
    return _rounded(total if most is None else min(most, total))


def _sections(
    master: Master,
    indicators: list[tuple[str, dict[str, float | None]]],
    cells: dict[tuple[str, str, str], Value],
) -> list[tuple[bool, dict[str, float | None]]]:
    """Whether it is bonus, and the scores, of each section."""
    by_section = _grouped(master.rows(CRITERIA).values(), "section")
    found = []
    for key, row in master.rows(SECTIONS).items():
        scores: dict[str, float | None] = {"points": parse_number(row.get("points"))}
        for name in SCORES:
            own = [s[name] for section, s in indicators if section == text(row, "no")]
            scores[name] = _sum(own)
            cells[SECTIONS.name, key, name] = _shown(scores[name])
        criteria = by_section.get(text(row, "no"), ())
        cells[SECTIONS.name, key, "answered"] = sum(1 for c in criteria if text(c, "answer"))
        cells[SECTIONS.name, key, "criteria"] = len(criteria)
        cells[SECTIONS.name, key, "gaps"] = _lacking(criteria)
        cells[SECTIONS.name, key, "stale"] = sum(map(_outdated, criteria))
        found.append((text(row, "bonus") == YES, scores))
    return found


def _score_cards(sections: list[tuple[bool, dict[str, float | None]]]) -> dict[str, Value]:
    cards: dict[str, Value] = {}
    for bonus, suffix in ((False, ""), (True, "_bonus")):
        for name in ("points", *SCORES):
            total = _sum(s[name] for is_bonus, s in sections if is_bonus is bonus)
            cards[f"qc_{name}{suffix}"] = _shown(total)
    return cards


def _work_cards(master: Master) -> dict[str, Value]:
    criteria = list(master.rows(CRITERIA).values())
    tasks = list(master.rows(TASKS).values())
    evidence = list(master.rows(EVIDENCE).values())
    findings = [text(row, "finding") for row in evidence if text(row, "finding")]
    conflicts = master.rows(CONFLICTS).values()
    return {
        "qc_criteria": _filled(criteria, "label"),
        "qc_answered": _filled(criteria, "answer"),
        "qc_tasks": _filled(tasks, "no"),
        "qc_tasks_done": sum(1 for row in tasks if text(row, "progress") == FINISHED),
        "qc_evidence": _filled(evidence, "title"),
        "qc_evidence_faults": sum(1 for finding in findings if finding != VALID),
        "qc_gaps": _lacking(criteria),
        "qc_conflicts": sum(
            1 for r in conflicts if text(r, "kind") == CONFLICT and not text(r, "outcome")
        ),
        "qc_errors": sum(1 for r in master.rows(PROBLEMS).values() if text(r, "severity") == ERROR),
        "qc_open_rulings": sum(
            1 for r in master.rows(RULINGS).values() if text(r, "subject") and not text(r, "choice")
        ),
    }


def _grouped(rows: Iterable[Row], name: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(text(row, name), []).append(row)
    return groups


def _numbers(rows: Iterable[Row], name: str) -> list[float]:
    # SUMIFS sees numbers alone: text that looks like one does not count.
    values = (row.get(name) for row in rows)
    return [float(v) for v in values if isinstance(v, int | float) and not isinstance(v, bool)]


def _sum(scores: Iterable[float | None]) -> float | None:
    known = [score for score in scores if score is not None]
    return _rounded(sum(known)) if known else None


def _rounded(value: float) -> float:
    """Half away from zero at two decimals, as Excel's ROUND; float noise below 1e-9 ignored."""
    return math.copysign(int(abs(value) * 100 + 0.5 + 1e-9) / 100, value)


def _shown(value: float | None) -> Value:
    return "" if value is None else int(value) if float(value).is_integer() else value


def _filled(rows: Iterable[Row], name: str) -> int:
    return sum(1 for row in rows if row.get(name) is not None)


def _outdated(criterion: Row) -> bool:
    """Whether an answer is another one than that which was scored; as text, as the formula does."""
    return any(text(criterion, name) != text(criterion, kept) for name, kept in SCORED.items())


def _lacking(criteria: Iterable[Row]) -> int:
    return sum(1 for row in criteria if lacks_evidence(row.get("evidence")))
