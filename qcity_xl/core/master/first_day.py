"""What is open of the first day, as the live formulas on 使用说明 count it."""

from collections.abc import Mapping

from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.schema import ROUNDS, RULINGS, SETTINGS, UNITS
from qcity_xl.core.schema.first_day import (
    FIRST_DAY,
    FIRST_SETTINGS,
    MASTER_TITLE,
    TITLE_NAME,
    TRIAL,
)
from qcity_xl.core.schema.words import GROUP, RETURNED


def weighs(ruling: Row) -> bool:
    """Whether a row of 待定事项 moves points."""
    weight = ruling.get("weight")
    return isinstance(weight, int | float) and weight > 0


def first_day(master: Master) -> Mapping[str, str]:
    """What each thing shows, and the title above them, by the names of their cells."""
    units = [row for row in master.rows(UNITS).values() if text(row, "name")]
    groups = [row for row in units if text(row, "kind") == GROUP]
    rounds = [row for row in master.rows(ROUNDS).values() if text(row, "round")]
    trials = [row for row in rounds if text(row, "round").startswith(TRIAL)]
    settings = master.rows(SETTINGS).values()
    counts = (
        sum(text(r, "item") in FIRST_SETTINGS and not text(r, "value") for r in settings),
        sum(not text(row, "members") for row in groups),
        sum(
            not (text(row, "contact") and text(row, "email"))
            for row in units
            if text(row, "kind") != GROUP
        ),
        sum(weighs(r) and not text(r, "choice") for r in master.rows(RULINGS).values()),
        not any(text(row, "state") == RETURNED for row in trials),
        len(trials) == len(rounds),
    )
    states = {
        thing.name: thing.state(count) for thing, count in zip(FIRST_DAY, counts, strict=True)
    }
    city = text(master.rows(SETTINGS).get("总表/城市", {}), "value")
    return states | {TITLE_NAME: city + MASTER_TITLE}
