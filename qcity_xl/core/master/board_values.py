"""What the lists on 看板 show, computed from the rows as their formulas do (core/schema/board)."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from qcity_xl.core.master.formula_values import SCORES, Rollup
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.schema import (
    ASSIGNMENTS,
    CRITERIA,
    INDICATORS,
    LOG,
    ROUNDS,
    SCORE_LINES,
    SECTIONS,
    SETTINGS,
    TASKS,
)
from qcity_xl.core.schema.board import (
    CHANGES,
    GAINS_AT,
    GAINS_LIST,
    HEAT,
    IN,
    INCOMPLETE,
    MISSING,
    NOT_SENT,
    OVERDUE,
    SHARES,
    SIGNS,
    SOON_AT,
    SOON_DAYS,
    SOON_LIST,
    TREND,
    UNITS_AT,
    UNITS_LIST,
    WORDS_SHOWN,
    Block,
)
from qcity_xl.core.schema.words import (
    FINISHED,
    LEAD,
    PARTNER,
    RED,
    RETURNED,
    YELLOW,
    lacks_evidence,
)
from qcity_xl.core.text import number_text
from qcity_xl.core.values import Value, parse_date

RowList = Sequence[Row]
_NO_DAY = dt.date.min


def board_values(master: Master, rollup: Rollup) -> dict[str, Value]:
    """Each cell of the lists and each fact, by its name; `rollup` has the scores of the master.

    Today is the day of the last line of 日志: that of the step that has just written.
    """
    return _Board(master, rollup).values()


def last_day(master: Master) -> dt.date:
    """The day of the last line of 日志: that on which a step last wrote; the first day there is
    without any.
    """
    last = next(reversed(list(master.rows(LOG).values())), {})
    return parse_date(text(last, "time")[:10]) or _NO_DAY


def _day(row: Row, name: str) -> dt.date | None:
    """A date that is one; text that looks like one is none, as in the formulas."""
    value = row.get(name)
    if isinstance(value, dt.datetime):
        return value.date()
    return value if isinstance(value, dt.date) else None


def _points(value: Value) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _plain(value: float) -> Value:
    rounded = round(value, 2)
    return int(rounded) if float(rounded).is_integer() else rounded


def _said(day: dt.date) -> str:
    return f"{day.month}月{day.day}日"


class _Board:
    def __init__(self, master: Master, rollup: Rollup) -> None:
        self._master, self._rollup = master, rollup
        self._today = last_day(master)
        self._rounds = list(master.rows(ROUNDS).values())
        self._lines = list(master.rows(SCORE_LINES).values())
        self._round = text(self._rounds[-1], "round") if self._rounds else ""
        self._mine = [(n, r) for n, r in enumerate(self._rounds, 1) if self._is_mine(r)]
        assigned = master.rows(ASSIGNMENTS).values()
        self._parts = Counter((text(r, "unit"), text(r, "role")) for r in assigned)
        self._open = Counter(text(r, "unit") for r in assigned if not text(r, "progress"))
        self._finished = Counter(
            text(r, "unit") for r in assigned if text(r, "progress") == FINISHED
        )
        self._lights = Counter((text(r, "unit"), text(r, "light")[:2]) for r in assigned)
        criteria = list(master.rows(CRITERIA).values())
        lacking = [row for row in criteria if lacks_evidence(row.get("evidence"))]
        self._gaps = Counter(text(row, "owner") for row in lacking)
        self._lacking = Counter(text(row, "indicator") for row in lacking)
        self._blank = Counter(text(r, "indicator") for r in criteria if r.get("answer") is None)
        self._owners: dict[str, str] = {}
        for row in criteria:
            self._owners.setdefault(text(row, "indicator"), text(row, "owner"))

    def values(self) -> dict[str, Value]:
        shown: dict[str, Value] = dict(self._facts())
        units, gains, soon = self._units(), self._gains(), self._soon()
        shown["qc_soon_count"] = len(soon)
        count = f"{len(soon)}项" if soon else "没有"
        shown["qc_soon_title"] = f"{SOON_DAYS}天内到期、还没有完成的任务：{count}"
        heat = self._heat()
        for block, lines in (
            (TREND, self._trend()),
            (UNITS_AT, [[at] for at, _ in units]),
            (UNITS_LIST, [line for _, line in units]),
            (GAINS_AT, [[at] for at, _ in gains]),
            (GAINS_LIST, [line for _, line in gains]),
            (SOON_AT, [[at] for at, _ in soon]),
            (SOON_LIST, [line for _, line in soon]),
            (HEAT, [[no for no, _ in line] for line in heat]),
            (SHARES, [[share for _, share in line] for line in heat]),
        ):
            blank: Value = 0 if block in (UNITS_AT, GAINS_AT, SOON_AT) else ""
            shown |= _filled(block, lines, blank)
        return shown

    # -- the round

    def _is_mine(self, row: Row) -> bool:
        return text(row, "round").casefold() == self._round.casefold() != ""

    def _late(self, row: Row) -> int:
        due = _day(row, "due")
        waits = text(row, "state") != RETURNED
        return max((self._today - due).days, 0) if due and waits and self._today != _NO_DAY else 0

    def _facts(self) -> Iterable[tuple[str, Value]]:
        sent, mine = bool(self._round), [row for _, row in self._mine]
        due = max((day for row in mine if (day := _day(row, "due"))), default=None)
        dated = [n for n, row in enumerate(self._lines, 1) if _day(row, "date")]
        self._last = max(dated, default=0)
        earlier = [n for n in dated if not self._is_same(self._lines[n - 1])]
        self._before = max(earlier, default=0)
        waiting = sum(text(row, "state") != RETURNED for row in mine)
        late = sum(self._late(row) > 0 for row in mine)
        incomplete = sum(
            text(row, "state") == RETURNED and self._open[text(row, "unit")] > 0 for row in mine
        )
        yield "qc_round", self._round
        yield "qc_due", due or 0
        yield "qc_lines", self._last
        yield "qc_before", self._before
        counts = {
            "qc_sent": len(mine),
            "qc_waiting": waiting,
            "qc_late": late,
            "qc_incomplete": incomplete,
        }
        for name, count in counts.items():
            yield name, count if sent else ""
        yield "qc_heading", self._heading(due)
        returned = f"已报{len(mine) - waiting}" + (f"（不全{incomplete}）" if incomplete else "")
        missing = f"未报{waiting}" + (f"（逾期{late}）" if late else "")
        words = f"{self._round}下发{len(mine)}件：{returned}，{missing}"
        yield "qc_returns", words if sent else NOT_SENT
        for score, name in CHANGES.items():
            yield name, self._change(score)

    def _is_same(self, line: Row) -> bool:
        return text(line, "round").casefold() == self._round.casefold()

    def _heading(self, due: dt.date | None) -> str:
        words = text(self._master.rows(SETTINGS).get("总表/城市", {}), "value")
        words += f"　{self._round}" if self._round else "　尚未下发"
        if due and self._round:
            days = (due - self._today).days
            left = f"还有{days}天" if days > 0 else f"已过{-days}天" if days else "就是今天"
            words += f"　截止{_said(due)}（周{'一二三四五六日'[due.weekday()]}）{left}"
        counted = _day(self._lines[self._last - 1], "date") if self._last else None
        return words + (f"　得分算到{_said(counted)}" if counted else "　还没有计分")

    def _change(self, score: str) -> str:
        before = _points(self._lines[self._before - 1].get(score)) if self._before else None
        now = _points(self._rollup.cards.get(f"qc_{score}"))
        if before is None or now is None:
            return ""
        apart = round(now - before, 2)
        sign = "+" if apart > 0 else ""
        return f"较上轮{sign}{number_text(apart)}" if apart else "较上轮持平"

    def _trend(self) -> list[list[Value]]:
        count, _ = TREND.size
        lines = self._lines[max(self._last - count, 0) : self._last]
        none: list[list[Value]] = [[0] * len(SCORES)] * (count - len(lines))
        return none + [[_plain(_points(r.get(s)) or 0) for s in SCORES] for r in lines]

    # -- lists: each line with the row of its table that it shows

    def _units(self) -> list[tuple[int, list[Value]]]:
        waits = {n: (text(r, "state") != RETURNED) * (1 + self._late(r)) for n, r in self._mine}
        ordered = sorted(self._mine, key=lambda line: (-waits[line[0]], line[0]))
        return [(at, self._unit(row)) for at, row in ordered]

    def _unit(self, row: Row) -> list[Value]:
        name, late = text(row, "unit"), self._late(row)
        state = OVERDUE if late else MISSING
        if text(row, "state") == RETURNED:
            state = INCOMPLETE if self._open[name] else IN
        return [
            *(SIGNS[state], name, state, late or ""),
            *(self._parts[name, LEAD], self._parts[name, PARTNER]),
            *(self._finished[name], self._open[name]),
            *(self._lights[name, RED], self._lights[name, YELLOW], self._gaps[name]),
        ]

    def _gains(self) -> list[tuple[int, list[Value]]]:
        found: list[tuple[float, int, Row, str]] = []
        for at, (key, row) in enumerate(self._master.rows(INDICATORS).items(), 1):
            cells = {s: self._rollup.cells.get((INDICATORS.name, key, s)) for s in SCORES}
            room = (_points(cells["ceiling"]) or 0) - (_points(cells["evidenced"]) or 0)
            if _points(cells["reviewed"]) is None and round(room * 100) > 0:
                found.append((-round(room * 100), at, row, number_text(round(room, 2))))
        found.sort(key=lambda one: one[:2])
        return [(at, self._gain(row, -room / 100)) for room, at, row, _ in found]

    def _gain(self, row: Row, room: float) -> list[Value]:
        no = text(row, "no")
        blank, gaps = self._blank[no], self._lacking[no]
        parts = [f"{blank}项未自评"] * bool(blank) + [f"{gaps}项缺佐证"] * bool(gaps)
        return [
            *(row.get("no"), text(row, "title"), _plain(room), self._owners.get(no, "")),
            "、".join(parts) or "自评未到满分",
        ]

    def _soon(self) -> list[tuple[int, list[Value]]]:
        found: list[tuple[dt.date, int, list[Value]]] = []
        for at, row in enumerate(self._master.rows(TASKS).values(), 1):
            day = _day(row, "due_on")
            if day is None or text(row, "progress") == FINISHED or self._today == _NO_DAY:
                continue
            if 0 <= (day - self._today).days <= SOON_DAYS:
                words = text(row, "text")
                short = words if len(words) <= WORDS_SHOWN else f"{words[: WORDS_SHOWN - 1]}…"
                line: list[Value] = [
                    f"{text(row, 'no')} {short}",
                    day,
                    text(row, "leads"),
                    text(row, "light"),
                ]
                found.append((day, at, line))
        return [(at, line) for _, at, line in sorted(found, key=lambda one: one[:2])]

    def _heat(self) -> list[list[tuple[Value, Value]]]:
        grid: list[list[tuple[Value, Value]]] = []
        for section in self._master.rows(SECTIONS).values():
            mine = [
                (number, key, row)
                for key, row in self._master.rows(INDICATORS).items()
                if text(row, "section") == text(section, "no")
                and (number := _points(row.get("no"))) is not None
            ]
            ordered = sorted(mine, key=lambda one: one[0])
            grid.append([(_plain(no), self._share(key, row)) for no, key, row in ordered])
        return grid

    def _share(self, key: str, row: Row) -> Value:
        scored = _points(self._rollup.cells.get((INDICATORS.name, key, "evidenced")))
        points = _points(row.get("points"))
        return _plain(scored / points) if scored is not None and points else ""


def _filled(block: Block, lines: Sequence[Sequence[Value]], blank: Value) -> Mapping[str, Value]:
    """The cells of a block: lines from its top, blanks below and beside them."""
    rows, columns = block.size
    return {
        block.cell(r, c): lines[r][c] if r < len(lines) and c < len(lines[r]) else blank
        for r in range(rows)
        for c in range(columns)
    }
