"""What the office rules on 待定事项 that belongs in a cell of its own is written there."""

from collections.abc import Mapping

from qcity_xl.core.changes import Change
from qcity_xl.core.master.model import Master, differences, names_in, text
from qcity_xl.core.plan import COMBINE_NAMES
from qcity_xl.core.schema import CRITERIA, INDICATORS, RULINGS, TASKS
from qcity_xl.core.scoring.evidence import criteria_in
from qcity_xl.core.text import fold
from qcity_xl.core.values import Value, parse_number

# Items confirmed by 裁定 and the column of 指标 that they settle; 组合 holds by its default too.
_CONFIRMED = {"标题": "title", "分值": "points", "验收方式": "methods"}


def ruling_changes(master: Master) -> list[Change]:
    """Changes that write rulings into 指标 (标题, 分值, 验收方式, 组合) and 自评单位 (责任)."""
    chosen = _choices(master)
    held = master.rulings()
    indicators: dict[str, dict[str, Value]] = {}
    for key, row in master.rows(INDICATORS).items():
        no = text(row, "no")
        cells: dict[str, Value] = {
            field: _typed(field, chosen[no, item])
            for item, field in _CONFIRMED.items()
            if (no, item) in chosen
        }
        combine = held.get(no, {}).get("组合")
        if combine in COMBINE_NAMES.values():
            cells["combine"] = combine
        indicators[key] = {f: value for f, value in cells.items() if value is not None}
    return [
        *differences(master, INDICATORS, indicators),
        *differences(master, CRITERIA, _owners(master, chosen)),
    ]


def _choices(master: Master) -> dict[tuple[str, str], str]:
    return {
        (text(row, "subject"), text(row, "item")): text(row, "choice")
        for row in master.rows(RULINGS).values()
        if text(row, "choice")
    }


def _typed(field: str, choice: str) -> Value:
    """A ruling as its column stores it; None if it is no number where one is wanted."""
    return parse_number(choice) if field == "points" else choice


def _owners(master: Master, chosen: Mapping[tuple[str, str], str]) -> dict[str, dict[str, Value]]:
    """责任 of a task with several leads: who answers its criteria, while one of them does."""
    labels = {fold(text(row, "label")): (key,) for key, row in master.rows(CRITERIA).items()}
    owners: dict[str, dict[str, Value]] = {}
    for row in master.rows(TASKS).values():
        owner = chosen.get((text(row, "no"), "责任"))
        leads = names_in(text(row, "leads"))
        if owner not in leads:
            continue
        for key in criteria_in(text(row, "criteria"), labels):
            if text(master.rows(CRITERIA)[key], "owner") in leads:
                owners[key] = {"owner": owner}
    return owners
