"""The numbers that the live formulas of the master show, computed from its rows.

Stored as cached values, so that a reader that can't calculate sees them; LibreOffice's own
calculation is compared with them in the tests.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from qcity_xl.core.master.first_day import first_day, weighs
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
from qcity_xl.core.schema.formulas import FACTORS, GO, KEPT, SPREAD, TO, UNSETTLED
from qcity_xl.core.schema.plan import SCORED
from qcity_xl.core.schema.rounds import DISPUTED
from qcity_xl.core.schema.words import (
    CONFLICT,
    ERROR,
    FINISHED,
    LEAD,
    NO,
    PARTNER,
    RED,
    VALID,
    YES,
    lacks_evidence,
)
from qcity_xl.core.text import number_text
from qcity_xl.core.values import Value, parse_number

SCORES = tuple(FACTORS)


@dataclass(frozen=True, slots=True)
class Rollup:
    """Values of formula cells: by (table, row id, field), and of the cards by defined name."""

    cells: Mapping[tuple[str, str, str], Value] = field(default_factory=dict)
    cards: Mapping[str, Value] = field(default_factory=dict)


def roll_up(master: Master) -> Rollup:
    """All formula cells of the master; "" where a formula shows nothing."""
    scored = roll_up_scores(master)
    cells = dict(scored.cells)
    parts = Counter((r.get("unit"), r.get("role")) for r in master.rows(ASSIGNMENTS).values())
    for key, row in master.rows(UNITS).items():
        for name, role in (("leading", LEAD), ("partnering", PARTNER)):
            cells[UNITS.name, key, name] = parts[row.get("name"), role]
    for key, row in master.rows(PROBLEMS).items():
        cells[PROBLEMS.name, key, "link"] = GO if text(row, "cell") else ""
    disputed = {table.sheet: table for table in DISPUTED}
    for key, row in master.rows(CONFLICTS).items():
        table = disputed.get(text(row, "sheet"))
        there = table and text(row, "column") in table.by_header
        leads = table and there and text(row, "row") in master.rows(table)
        cells[CONFLICTS.name, key, "link"] = GO if leads else ""
    return Rollup(cells, {**scored.cards, **_work_cards(master), **first_day(master)})


def roll_up_scores(master: Master) -> Rollup:
    """Those that tell of scores, which hang on the plan alone: of 指标, of its parts, the cards."""
    cells: dict[tuple[str, str, str], Value] = {}
    indicators = _indicators(master, cells)
    return Rollup(cells, _score_cards(_sections(master, indicators, cells)))


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores of an indicator or a section, and what open rulings may take from or add to each."""

    owner: str  # the section of an indicator; whether a section is bonus
    scores: Mapping[str, float | None]
    down: Mapping[str, float]
    up: Mapping[str, float]

    def span(self, score: str) -> str:
        """15至20, "" where it stands."""
        down, up = self.down.get(score, 0.0), self.up.get(score, 0.0)
        value = self.scores.get(score) or 0.0
        low, high = (number_text(_rounded(end)) for end in (value - down, value + up))
        return f"{low}{TO}{high}" if down + up else ""

    def words(self) -> str:
        """佐证10至20；自评15至20."""
        names = {score: header.removesuffix("得分") for score, (header, *_) in FACTORS.items()}
        return "；".join(f"{names[s]}{self.span(s)}" for s in SCORES if self.span(s))


def _together(owner: str, parts: Iterable[Scored]) -> Scored:
    """The sums of all."""
    every = list(parts)
    return Scored(
        owner,
        {s: _sum(one.scores.get(s) for one in every) for s in ("points", *SCORES)},
        {s: _sum(one.down.get(s) for one in every) or 0.0 for s in SCORES},
        {s: _sum(one.up.get(s) for one in every) or 0.0 for s in SCORES},
    )


def _indicators(master: Master, cells: dict[tuple[str, str, str], Value]) -> list[Scored]:
    """The scores of each indicator, with the number of its section."""
    by_indicator = _grouped(master.rows(CRITERIA).values(), "indicator")
    found = []
    for key, row in master.rows(INDICATORS).items():
        scores: dict[str, float | None] = {}
        for name in SCORES:
            own = _numbers(by_indicator.get(text(row, "no"), ()), name)
            factor = parse_number(row.get(factor_field(name))) or 0.0
            scores[name] = indicator_total(row, name, own, factor)
            cells[INDICATORS.name, key, name] = _shown(scores[name])
        down, up = (
            {s: parse_number(row.get(fields[i])) or 0.0 for s, fields in SPREAD.items()}
            for i in (0, 2)
        )
        found.append(Scored(text(row, "section"), scores, down, up))
        cells[INDICATORS.name, key, "range"] = found[-1].words()
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


def indicator_total(indicator: Row, score: str, scores: list[float], factor: float) -> float | None:
    """The score of an indicator from those of its criteria that have one.

    Without any it is None; 自评 is then 台账得分, if there is one.
    """
    if not scores:
        kept = kept_points(indicator) if score == "claimed" else None
        return kept if factor or kept is None else 0.0
    total, most = factor * combined(indicator, scores), parse_number(indicator.get("points"))
    return _rounded(total if most is None else min(most, total))


def _sections(
    master: Master,
    indicators: list[Scored],
    cells: dict[tuple[str, str, str], Value],
) -> list[Scored]:
    """The scores of each section, and whether it is bonus."""
    by_section = _grouped(master.rows(CRITERIA).values(), "section")
    found = []
    for key, row in master.rows(SECTIONS).items():
        mine = _together(
            text(row, "bonus"), [one for one in indicators if one.owner == text(row, "no")]
        )
        scored = replace(mine, scores={**mine.scores, "points": parse_number(row.get("points"))})
        for name in SCORES:
            cells[SECTIONS.name, key, name] = _shown(scored.scores[name])
        cells[SECTIONS.name, key, "range"] = scored.words()
        criteria = by_section.get(text(row, "no"), ())
        cells[SECTIONS.name, key, "answered"] = sum(1 for c in criteria if text(c, "answer"))
        cells[SECTIONS.name, key, "criteria"] = len(criteria)
        cells[SECTIONS.name, key, "gaps"] = _lacking(criteria)
        cells[SECTIONS.name, key, "stale"] = sum(map(_outdated, criteria))
        found.append(scored)
    return found


def _score_cards(sections: list[Scored]) -> dict[str, Value]:
    cards: dict[str, Value] = {}
    for bonus, suffix in ((NO, ""), (YES, "_bonus")):
        total = _together(bonus, [one for one in sections if one.owner == bonus])
        for name in ("points", *SCORES):
            cards[f"qc_{name}{suffix}"] = _shown(total.scores[name])
        for name in SCORES:
            span = total.span(name)
            cards[f"qc_{name}{suffix}_range"] = f"{UNSETTLED}{span}" if span else ""
    known = {name: parse_number(value) or 0.0 for name, value in cards.items()}
    claimed, evidenced = (known[f"qc_{s}"] + known[f"qc_{s}_bonus"] for s in SCORES[:2])
    cards["qc_risk"] = _shown(_rounded(claimed - evidenced))
    return cards


def _work_cards(master: Master) -> dict[str, Value]:
    criteria = list(master.rows(CRITERIA).values())
    tasks = list(master.rows(TASKS).values())
    evidence = list(master.rows(EVIDENCE).values())
    findings = [text(row, "finding") for row in evidence if text(row, "finding")]
    conflicts = master.rows(CONFLICTS).values()
    rulings = master.rows(RULINGS).values()
    open_rulings = [r for r in rulings if text(r, "subject") and not text(r, "choice")]
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
        "qc_red": sum(1 for row in tasks if text(row, "light").startswith(RED)),
        # Those that move points; masters made before there was 影响分值 count all that are open.
        "qc_rulings_to_settle": sum(1 for r in open_rulings if weighs(r)),
        "qc_open_rulings": len(open_rulings),
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
