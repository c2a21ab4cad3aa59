"""得分记录: a line for each run that writes, and what the lines say."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qcity_xl.core.changes import Change, added_row
from qcity_xl.core.master.formula_values import SCORES, roll_up_scores
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.schema import ROUNDS, SCORE_LINES, SECTIONS
from qcity_xl.core.values import Value, parse_date, parse_number, same_meaning

_KEY = re.compile(r"R(\d+)")
_SECTION = re.compile(r"(\d+)：(-?\d+(?:\.\d+)?)")
Points = float | None  # None: 未评
PointsByScore = Mapping[str, Points]


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """The scores of one run: in all, as bonus, and by section number."""

    day: dt.date
    round: str
    points: PointsByScore
    bonus: PointsByScore
    sections: Mapping[str, PointsByScore]


def line_changes(master: Master, today: dt.date, *, writes: bool) -> list[Change]:
    """The line of this run, for a master as it is after it.

    A run that `writes` leaves one, unless the last one is of the same day and says the same; a run
    that has nothing to write leaves none, but where the scores are others than the last line's.
    """
    now = _cells(master)
    lines = _numbered(master)
    last: Row = lines[max(lines)] if lines else {}
    same = bool(lines) and all(same_meaning(last.get(name), new) for name, new in now.items())
    if same and (not writes or parse_date(last.get("date")) == today):
        return []
    cells = {"date": today, "round": current_round(master) or None, **now}
    return added_row(SCORE_LINES.name, f"R{max(lines, default=0) + 1}", cells)


def _numbered(master: Master) -> dict[int, Row]:
    """The lines by their numbers, whatever their order on the sheet."""
    rows = master.rows(SCORE_LINES).items()
    return {int(match[1]): row for key, row in rows if (match := _KEY.fullmatch(key))}


def _cells(master: Master) -> dict[str, Value]:
    rollup = roll_up_scores(master)
    cells: dict[str, Value] = {}
    for score in SCORES:
        cells[score] = _blank(rollup.cards.get(f"qc_{score}"))
        cells[f"{score}_bonus"] = _blank(rollup.cards.get(f"qc_{score}_bonus"))
        by_section = (
            (text(row, "no"), rollup.cells[SECTIONS.name, key, score])
            for key, row in master.rows(SECTIONS).items()
        )
        words = [f"{no}：{points}" for no, points in by_section if points != ""]
        cells[f"{score}_sections"] = "；".join(words) or None
    return cells


def _blank(value: Value) -> Value:
    return None if value == "" else value


def current_round(master: Master) -> str:
    """The last round that was handed out, "" before the first."""
    return next((text(r, "round") for r in reversed(list(master.rows(ROUNDS).values()))), "")


def lines_of(master: Master) -> list[ScoreLine]:
    """All lines that have a date, in the order in which they were written."""
    rows = (row for _, row in sorted(_numbered(master).items(), key=lambda item: item[0]))
    return [_line(day, row) for row in rows if (day := parse_date(row.get("date")))]


def _line(day: dt.date, row: Row) -> ScoreLine:
    sections: dict[str, dict[str, float | None]] = {}
    for score in SCORES:
        for no, points in _SECTION.findall(text(row, f"{score}_sections")):
            sections.setdefault(no, dict.fromkeys(SCORES))[score] = float(points)
    return ScoreLine(
        day,
        text(row, "round"),
        {score: parse_number(row.get(score)) for score in SCORES},
        {score: parse_number(row.get(f"{score}_bonus")) for score in SCORES},
        sections,
    )


def line_on(lines: Sequence[ScoreLine], day: dt.date) -> ScoreLine | None:
    """The last line up to the end of this day."""
    return next((line for line in reversed(lines) if line.day <= day), None)


def before_this_round(lines: Sequence[ScoreLine], name: str) -> ScoreLine | None:
    """The last line that was not written in this round."""
    return next((line for line in reversed(lines) if line.round != name), None)
