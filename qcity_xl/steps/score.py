"""重算得分: all scores from the answers, and why."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from qcity_xl.core.catalogue import BY_ID
from qcity_xl.core.changes import Change
from qcity_xl.core.errors import QcityError
from qcity_xl.core.history.as_of import back_to, first_day
from qcity_xl.core.history.score_lines import ScoreLine, line_on, lines_of
from qcity_xl.core.master.formula_values import SCORES
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.schema import CRITERIA, INDICATORS, SCORE_LINES, SECTIONS
from qcity_xl.core.schema.formulas import SPREAD, TO, UNSETTLED
from qcity_xl.core.schema.history import SCORE_NAMES
from qcity_xl.core.schema.words import YES
from qcity_xl.core.text import number_text, one_line
from qcity_xl.core.values import parse_number
from qcity_xl.steps.shared.data import CellValue
from qcity_xl.steps.shared.evaluated import BESIDE, changed, headline, unpublished, written
from qcity_xl.steps.shared.history_data import SinceData
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
from qcity_xl.steps.shared.rulings import open_notice, ruling_data
from qcity_xl.steps.shared.score_data import (
    BothBounds,
    Bounds,
    CriterionScores,
    IndicatorScores,
    RulingData,
    ScoreBounds,
    ScoreData,
    SectionScores,
    Total,
)
from qcity_xl.steps.shared.since import compared, since_sections
from qcity_xl.steps.shared.target import Target, Workbook, open_sound


def score(target: Target, context: Context, as_of: dt.date | None = None) -> Outcome[ScoreData]:
    """Recount all scores; a second run changes nothing. With `as_of` tell those of that day."""
    file = open_sound(target, unasked=BESIDE)
    if as_of is not None:
        return _told_of(file, as_of)
    evaluation, _, after = written(file, context, BY_ID["score"].title)
    scores, changes = evaluation.scores, evaluation.changes
    since = compared(after)
    data = _data(after, changes, since=since, rulings=ruling_data(evaluation.effects))
    unanswered = sum(1 for s in scores.criteria.values() if s.claimed is None)
    counts = (Count("得分点", len(scores.criteria), "个"), Count("未评", unanswered, "个"))
    return Outcome(
        headline("重算得分", changes),
        data,
        LEFT if scores.problems else DONE,
        (*counts, *changed(changes)),
        (_totals(data), _by_section(data), *since_sections(since), change_section(changes)),
        (
            *(problem.sentence() for problem in scores.problems),
            *open_notice(evaluation.effects),
            *unpublished(after),
        ),
        changes=len(changes),
    )


class NothingThen(QcityError):
    """No score is known of that day."""

    def __init__(self, day: dt.date) -> None:
        """Say since when there is one."""
        super().__init__(
            f"到 {day} 为止还没有重算过得分，没有可看的。各次重算的日期见「{SCORE_LINES.sheet}」。"
        )


def _told_of(file: Workbook, day: dt.date) -> Outcome[ScoreData]:
    """The scores of a day: totals and sections by 得分记录, the rest by 日志."""
    first, line = first_day(file.master), line_on(lines_of(file.master), day)
    if line is None and (first is None or first > day):
        raise NothingThen(day)
    then = file.preview(back_to(file.master, day))
    data = _data(_by_line(then, line) if line else then, (), as_of=day.isoformat())
    by = f"「{SCORE_LINES.sheet}」{line.day}的一行" if line else "日志"
    words = (
        f"合计和各部分据{by}，各指标、各得分点据日志推回；"
        "其间手工改的格子日志里没有，按现在的内容。"
    )
    return Outcome(
        f"{day}的得分", data, sections=(_totals(data), _by_section(data)), notices=(words,)
    )


def _by_line(master: Master, line: ScoreLine) -> Master:
    """The master with totals and sections as the line has them."""
    figures = {f"qc_{name}": line.points[name] for name in SCORES}
    figures |= {f"qc_{name}_bonus": line.bonus[name] for name in SCORES}
    sections = [
        Change(SECTIONS.name, key, name, row.get(name), line.sections.get(no, {}).get(name))
        for key, row in master.rows(SECTIONS).items()
        for no in (text(row, "no"),)
        for name in SCORES
    ]
    after = master.with_changes(sections)
    return replace(after, figures={**master.figures, **figures})


def _data(
    master: Master,
    changes: Sequence[Change],
    *,
    as_of: str = "",
    since: SinceData | None = None,
    rulings: Sequence[RulingData] = (),
) -> ScoreData:
    totals = {name: _total(master, name) for name in SCORES}
    bounds = {name: _total_bounds(master, name, total) for name, total in totals.items()}
    return {
        "claimed": totals["claimed"],
        "evidenced": totals["evidenced"],
        "reviewed": totals["reviewed"],
        "ceiling": totals["ceiling"],
        "ranges": {
            "claimed": bounds["claimed"],
            "evidenced": bounds["evidenced"],
            "reviewed": bounds["reviewed"],
            "ceiling": bounds["ceiling"],
        },
        "sections": _sections(master),
        "indicators": _indicators(master),
        "criteria": _criteria(master),
        "rulings": list(rulings),
        "as_of": as_of,
        "since": since,
        "changes": len(changes),
        "changed": change_data(changes),
    }


def _totals(data: ScoreData) -> Section:
    totals = (data["claimed"], data["evidenced"], data["reviewed"], data["ceiling"])
    bounds = data["ranges"]
    spreads = (bounds["claimed"], bounds["evidenced"], bounds["reviewed"], bounds["ceiling"])
    rows = tuple(
        (name, total["points"], total["bonus"], _spread(spread))
        for name, total, spread in zip(SCORE_NAMES.values(), totals, spreads, strict=True)
    )
    columns = (
        Column("得分", "label"),
        Column("基本", "points"),
        Column("加分", "points"),
        Column(UNSETTLED),
    )
    return Section("", columns, rows)


def _by_section(data: ScoreData) -> Section:
    """Each section, and what of it is proved and claimed."""
    columns = (
        Column("部分", "label"),
        *(Column(name, "share") for name in ("佐证", "自评")),
        *(Column(name, "points") for name in ("自评", "佐证", "核定", "满分")),
    )
    rows = tuple(
        (
            f"{one['no']} {one_line(str(one['title'] or ''))}",
            *(_share(one[name], one["points"]) for name in ("evidenced", "claimed")),
            *(one["claimed"], one["evidenced"], one["reviewed"], one["points"]),
        )
        for one in data["sections"]
    )
    return Section("各部分", columns, rows, typed=True)


def _share(points: CellValue, of: CellValue) -> float | None:
    both = parse_number(points), parse_number(of)
    return both[0] / both[1] if both[0] is not None and both[1] else None


def _total(master: Master, name: str) -> Total:
    figures = master.figures
    return {
        "points": _number(figures.get(f"qc_{name}")),
        "bonus": _number(figures.get(f"qc_{name}_bonus")),
    }


def _total_bounds(master: Master, name: str, total: Total) -> BothBounds:
    basic, bonus = (_indicators_with(master, bonus=bonus) for bonus in (False, True))
    return {
        "points": _bounds(name, total["points"], basic),
        "bonus": _bounds(name, total["bonus"], bonus),
    }


def _indicators_with(master: Master, *, bonus: bool) -> list[Row]:
    sections = master.rows(SECTIONS).values()
    wanted = {text(row, "no") for row in sections if (text(row, "bonus") == YES) is bonus}
    return [row for row in master.rows(INDICATORS).values() if text(row, "section") in wanted]


def _bounds(name: str, points: CellValue, indicators: Iterable[Row]) -> Bounds:
    """The bounds of a sum over these indicators."""
    if not isinstance(points, int | float):
        return {"low": None, "high": None}
    mine = list(indicators)
    down, up = (sum(parse_number(row.get(SPREAD[name][i])) or 0.0 for row in mine) for i in (0, 2))
    return {"low": plain(round(points - down, 2)), "high": plain(round(points + up, 2))}


def _all_bounds(row: Row, indicators: Sequence[Row]) -> ScoreBounds:
    claimed, evidenced, reviewed, ceiling = (
        _bounds(name, _number(row.get(name)), indicators) for name in SCORES
    )
    return {"claimed": claimed, "evidenced": evidenced, "reviewed": reviewed, "ceiling": ceiling}


def _spread(bounds: BothBounds) -> str:
    """（口径未定时：基本96至120）, of the bounds that are apart."""
    words = "，".join(
        f"{name}{number_text(low)}{TO}{number_text(high)}"
        for name, one in (("基本", bounds["points"]), ("加分", bounds["bonus"]))
        if isinstance(low := one["low"], int | float)
        and isinstance(high := one["high"], int | float)
        and low != high
    )
    return f"（{UNSETTLED}：{words}）" if words else ""


def _number(value: object) -> CellValue:
    return None if value == "" else plain(value)


def _sections(master: Master) -> list[SectionScores]:
    by_section: dict[str, list[Row]] = {}
    for indicator in master.rows(INDICATORS).values():
        by_section.setdefault(text(indicator, "section"), []).append(indicator)
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
            "ranges": _all_bounds(row, by_section.get(text(row, "no"), ())),
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
            "ranges": _all_bounds(row, [row]),
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
