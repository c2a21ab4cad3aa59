"""Who is late with a round, with what, by how many days, and which letter is due."""

import datetime as dt
from dataclasses import dataclass

from qcity_xl.core.mail.delivery import CHASING
from qcity_xl.core.mail.letters import COURSE, Item
from qcity_xl.core.mail.settings import MailSettings
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.rounds.assignments import in_force
from qcity_xl.core.rounds.feedback import answers_not_taken, fault_of
from qcity_xl.core.rules import KINDS
from qcity_xl.core.schema import ASSIGNMENTS, BY_SHEET, CRITERIA, EVIDENCE
from qcity_xl.core.schema.words import CHASE_LEVELS, DRAFT, LEAD, RETURNED, SENT, UNSURE
from qcity_xl.core.text import natural_key, shorten
from qcity_xl.core.values import parse_date

NOTHING, PARTLY = "未报送", "报送不全"
_LONG = 60  # characters of a task in a list


@dataclass(frozen=True, slots=True)
class Late:
    """One unit that owes something: `days` after the due date (below 0: before it).

    `level` is "" while no threshold is reached; `sent` is the state of a letter of that level,
    "" if none went.
    """

    row: str
    unit: str
    state: str
    due: dt.date | None
    days: int
    level: str
    items: tuple[Item, ...]
    sent: str = ""


def late_units(
    master: Master, rows: dict[str, Row], today: dt.date, settings: MailSettings
) -> list[Late]:
    """The units of a round that have not returned, or not all; the latest first."""
    owed, registry = open_items(master), master.registry
    found = []
    for key, row in rows.items():
        unit = text(row, "unit")
        returned = text(row, "state") == RETURNED
        owner = registry.find(unit) or unit  # its successor, where it has one
        faults = faulty_items(master, owner)
        items = (*faults, *owed.get(owner, ()))
        if returned and not _said_something(master, owner, text(row, "round")):
            items = faults  # nothing new is an answer, too: what was asked is as it was
        if returned and not items:
            continue
        items = items or (Item("填报表", "本轮填报表", "未收到"),)
        due = parse_date(row.get("due"))
        days = (today - due).days if due else 0
        level = _level(days, settings) if due else ""
        state = PARTLY if returned else NOTHING
        found.append(Late(key, unit, state, due, days, level, items, _sent(row, level)))
    return sorted(found, key=lambda late: -late.days)


def _level(days: int, settings: MailSettings) -> str:
    return next((name for least, name in reversed(settings.levels) if days >= least), "")


def _sent(row: Row, level: str) -> str:
    """The state of a letter of this level or a sterner one, "" if none went."""
    if not level or CHASING.of(row, "state") not in (SENT, DRAFT, UNSURE):
        return ""
    before = CHASING.of(row, "level")
    rank = CHASE_LEVELS.index(before) if before in CHASE_LEVELS else -1
    return CHASING.of(row, "state") if rank >= CHASE_LEVELS.index(level) else ""


def _said_something(master: Master, unit: str, name: str) -> bool:
    """Whether a unit reported anything new in a round."""
    return any(
        text(row, "unit") == unit and text(row, "round") == name
        for table in (ASSIGNMENTS, EVIDENCE)
        for row in master.rows(table).values()
    )


def faulty_items(master: Master, unit: str) -> tuple[Item, ...]:
    """What a unit gave and the office could not take: refused answers, faulty evidence."""
    found = []
    for (sheet, key), told in answers_not_taken(master, unit).items():
        row = master.row(BY_SHEET[sheet].name, key) if sheet in BY_SHEET else {}
        no = f"任务{text(row, 'task')}" if sheet == ASSIGNMENTS.sheet else text(row, "label")
        said = "；".join(item.sentence() for item in told)
        found.append(Item(no if text(row, "text") else "填报表", said, "没有采用"))
    for row in master.rows(EVIDENCE).values():
        fault = fault_of(text(row, "finding"), row) if text(row, "unit") == unit else ""
        if fault:
            title = shorten(text(row, "title") or text(row, "number"), _LONG)
            found.append(Item(f"佐证{text(row, 'criteria')}", f"{title}：{fault}", "佐证有问题"))
    return tuple(found)


def open_items(master: Master) -> dict[str, tuple[Item, ...]]:
    """Unit -> tasks without 完成情况, led ones first, then criteria without 自评答案, by number."""
    found: dict[str, list[Item]] = {}
    assigned = master.rows(ASSIGNMENTS)

    def rank(key: str) -> tuple[object, ...]:
        return text(assigned[key], "role") != LEAD, natural_key(text(assigned[key], "task"))

    for key in sorted(in_force(master), key=rank):
        row = assigned[key]
        if not text(row, "progress"):
            item = Item(
                f"任务{text(row, 'task')}", shorten(text(row, "text"), _LONG), "未填完成情况"
            )
            found.setdefault(text(row, "unit"), []).append(item)
    registry = master.registry
    for row in master.rows(CRITERIA).values():
        owner = registry.find(text(row, "owner"))
        rule = KINDS.get(text(row, "kind"))
        asked = rule is not None and not rule.reviewed_only
        if owner and asked and row.get("answer") is None and row.get("ruling") is None:
            label = f"得分点{text(row, 'label')}"
            item = Item(label, shorten(text(row, "text"), _LONG), "未自评")
            found.setdefault(owner, []).append(item)
    return {unit: tuple(items) for unit, items in found.items()}


def course_of(row: Row) -> str:
    """What went to a unit before, as a letter says it: 经提醒，; "" where nothing did."""
    level = CHASING.of(row, "level")
    went = CHASING.of(row, "state") in (SENT, UNSURE) and level in CHASE_LEVELS
    return f"经{level}，" if went else ""


def placeholders_of(row: Row, one: Late) -> dict[str, str]:
    """What the placeholders of a letter to a late unit stand for, beside the common ones.

    A letter that went already and is made once more is no course of its own.
    """
    course = "" if one.sent else course_of(row)
    return {"逾期天数": str(max(one.days, 0)), COURSE: course}
