"""A new master worked out before it is built: duties, scores, and what its live formulas show."""

from collections.abc import Mapping, Sequence

from qcity_xl.core.changes import KEY
from qcity_xl.core.master.board_values import board_values
from qcity_xl.core.master.formula_values import roll_up
from qcity_xl.core.master.model import Master, Row
from qcity_xl.core.rounds.assignments import assignment_changes
from qcity_xl.core.schema import RULINGS
from qcity_xl.core.schema.first_day import FIGURES
from qcity_xl.core.scoring.evaluate import evaluate
from qcity_xl.core.values import Value, parse_number, tidy


def worked_out(rows: Mapping[str, Sequence[Row]]) -> Master:
    """The new master with these rows, and the duties, scores and sums that follow from them.

    A preview or a phone calculates nothing: a formula without its result would show a blank.
    """
    master = Master({name: {str(row[KEY]): row for row in listed} for name, listed in rows.items()})
    duties, _ = assignment_changes(master)
    master = master.with_changes(duties)
    master = master.with_changes(evaluate(master, {}).changes)
    shown = roll_up(master)
    results: dict[tuple[str, str], dict[str, Value]] = {}
    for (table, key, field), value in shown.cells.items():
        results.setdefault((table, key), {})[field] = tidy(value)
    tables = {
        name: {key: {**row, **results.get((name, key), {})} for key, row in found.items()}
        for name, found in master.tables.items()
    }
    # What moves points is to be settled first.
    rulings = tables.get(RULINGS.name, {})
    tables[RULINGS.name] = dict(sorted(rulings.items(), key=_weight, reverse=True))
    figures = {**shown.cards, **board_values(master, shown)}
    return Master(tables, figures={name: tidy(figures[name]) for name in FIGURES})


def _weight(ruling: tuple[str, Row]) -> float:
    return parse_number(ruling[1].get("weight")) or 0.0


def rows_of(master: Master) -> dict[str, list[Row]]:
    """The rows by table, each with its id, as they are built."""
    return {
        name: [{**row, KEY: key} for key, row in found.items()]
        for name, found in master.tables.items()
    }
