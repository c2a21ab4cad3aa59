"""What each unit is asked in a round: its rows, what is told beside them, and in what order."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from qcity_xl.core.changes import KEY, Change
from qcity_xl.core.master.model import Master, Row, differences, text
from qcity_xl.core.rounds.assignments import in_force
from qcity_xl.core.rounds.feedback import NotTaken, fault_of, not_taken_by_unit
from qcity_xl.core.rounds.pack import Identity, PackContent, PackRows, slot_key
from qcity_xl.core.rounds.part import EVERYTHING, PlanPart
from qcity_xl.core.rules import ParamsError, Question, Rulings
from qcity_xl.core.schema import ASSIGNMENTS, CRITERIA, EVIDENCE, INDICATORS, TASKS, UNITS, Table
from qcity_xl.core.schema.pack import (
    LATE,
    MOST_YEARS,
    NEW,
    NOT_GIVEN,
    PACK,
    PACK_CRITERIA,
    PACK_EVIDENCE,
    PACK_TASKS,
    TITLE,
)
from qcity_xl.core.schema.words import FINISHED, LEAD, PARTNER, lacks_evidence
from qcity_xl.core.scoring.evidence import MISSING, Assessment, criteria_in, criteria_labels
from qcity_xl.core.scoring.needs import each_year
from qcity_xl.core.text import natural_key
from qcity_xl.core.values import Value, chinese_date, weekday

_T = TypeVar("_T")
STILL_LACKING = f"{FINISHED}，佐证还不齐"
Refused = Mapping[tuple[str, str], list[NotTaken]]


@dataclass(frozen=True, slots=True)
class Occasion:
    """A round: its name, when it is due, the deadlines (as they are written) that are past, and
    which part of all is asked; what the office's own columns tell, by table and row id.
    """

    round: str
    due: dt.date
    past: Collection[str] = ()
    part: PlanPart = EVERYTHING
    told: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def packs_for(
    master: Master, assessment: Assessment, occasion: Occasion, units: Iterable[str] = ()
) -> list[PackContent]:
    """One pack for each unit that has something to report (or for `units` alone), by name."""
    wanted = set(units)
    assigned = {text(master.rows(ASSIGNMENTS)[key], "unit") for key in in_force(master)}
    registered = [text(row, "name") for row in master.rows(UNITS).values()]
    owners = _owned(master)
    names = [name for name in registered if name in assigned | set(owners)]
    asking = _Asking(master, assessment, occasion, owners)
    packs = [asking.pack(name) for name in names if not wanted or name in wanted]
    return [pack for pack in packs if pack.tasks or pack.rows[PACK_CRITERIA.table.name]]


def first_sent(master: Master, packs: Iterable[PackContent]) -> list[Change]:
    """Changes that keep on 填报 in which round each row went to its unit for the first time."""
    assigned = master.rows(ASSIGNMENTS)
    wanted: dict[str, Mapping[str, Value]] = {
        str(row[KEY]): {"first_round": pack.identity.round}
        for pack in packs
        for row in pack.rows[PACK_TASKS.table.name]
        if not text(assigned[str(row[KEY])], "first_round")
    }
    return differences(master, ASSIGNMENTS, wanted)


def _grouped(items: Iterable[_T], unit_of: Callable[[_T], str]) -> dict[str, list[_T]]:
    found: dict[str, list[_T]] = {}
    for item in items:
        found.setdefault(unit_of(item), []).append(item)
    return found


def _owned(master: Master) -> dict[str, list[str]]:
    """Unit -> criteria that it answers."""
    registry = master.registry
    owned: dict[str, list[str]] = {}
    for key, row in master.rows(CRITERIA).items():
        owner = registry.find(text(row, "owner"))
        if owner and row.get("ruling") is None:
            owned.setdefault(owner, []).append(key)
    return owned


class _Asking:
    """What the packs of one round have in common."""

    def __init__(
        self,
        master: Master,
        assessment: Assessment,
        occasion: Occasion,
        owners: Mapping[str, list[str]],
    ) -> None:
        self.master, self.assessment, self.occasion = master, assessment, occasion
        self.owners = owners
        self.tasks = {text(row, "no"): row for row in master.rows(TASKS).values()}
        self.indicators = {text(row, "no"): row for row in master.rows(INDICATORS).values()}
        self.labels = criteria_labels(master)
        self.questions = answering_of(master, master.rows(CRITERIA))
        self.years = years_of(master, self.questions)
        self.refused = not_taken_by_unit(master)
        # What is whose, sorted out once for all packs.
        assigned, evidence = master.rows(ASSIGNMENTS), master.rows(EVIDENCE)
        missing = [gap for gap in assessment.gaps if gap.state == MISSING]
        self.mine = _grouped(in_force(master), lambda key: text(assigned[key], "unit"))
        self.given = _grouped(evidence, lambda key: text(evidence[key], "unit"))
        self.gaps = _grouped(missing, lambda gap: gap.need.unit)

    def pack(self, unit: str) -> PackContent:
        """All that one unit gets."""
        identity = Identity(self.master.settings.master_id, self.occasion.round, unit)
        refused = self.refused.get(unit, {})
        part, criteria = self.occasion.part, self.master.rows(CRITERIA)
        answering = {
            k: q
            for k in self.owners.get(unit, ())
            if (q := self.questions.get(k)) and part.has_criterion(k, criteria[k])
        }
        rows = {
            PACK_TASKS.table.name: self._task_rows(unit, refused),
            PACK_CRITERIA.table.name: [
                self._criterion_row(key, question, refused) for key, question in answering.items()
            ],
            PACK_EVIDENCE.table.name: self._evidence_rows(identity),
        }
        shown = headline(self.master, identity, self.occasion.due, rows)
        years = {key: self.years[key] for key in answering if key in self.years}
        return PackContent(identity, shown, rows, answering, years)

    # -- tasks

    def _task_rows(self, unit: str, refused: Refused) -> PackRows:
        """The unit's tasks: led ones first, of these late ones, then new ones, by number."""
        assigned = self.master.rows(ASSIGNMENTS)
        keys = [
            key
            for key in self.mine.get(unit, ())
            if not self._is_done(assigned[key])
            and self.occasion.part.has_task(assigned[key], self._section(assigned[key]))
        ]
        before = any(
            text(assigned[key], "first_round") not in ("", self.occasion.round)
            for key in self.mine.get(unit, ())
        )
        found = []
        for key in keys:
            row = assigned[key]
            hints = self._hints(row, refused.get((ASSIGNMENTS.sheet, key), []), before=before)
            rank = (text(row, "role") != LEAD, LATE not in hints, NEW not in hints)
            found.append(((*rank, natural_key(text(row, "task"))), self._task_row(key, row, hints)))
        return [row for _, row in sorted(found, key=lambda pair: pair[0])]

    def _section(self, row: Row) -> str:
        task = self.tasks.get(text(row, "task"), {})
        return text(self.indicators.get(text(task, "indicator"), {}), "section")

    def _is_done(self, row: Row) -> bool:
        """Whether nothing is left to report: a cooperating unit can't bring the lead's evidence."""
        if text(row, "progress") != FINISHED:
            return False
        task = self.tasks.get(text(row, "task"), {})
        return text(row, "role") == PARTNER or not lacks_evidence(task.get("evidence"))

    def _hints(self, row: Row, refused: list[NotTaken], *, before: bool) -> list[str]:
        late = text(row, "deadline") in self.occasion.past and text(row, "progress") != FINISHED
        new = before and text(row, "first_round") in ("", self.occasion.round)
        again = text(row, "progress") == FINISHED
        marks = ((LATE, late), (NEW, new), (STILL_LACKING, again))
        return [*(word for word, holds in marks if holds), *(item.sentence() for item in refused)]

    def _task_row(self, key: str, row: Row, hints: list[str]) -> dict[str, Value]:
        task = self.tasks.get(text(row, "task"), {})
        indicator = self.indicators.get(text(task, "indicator"), {})
        leads = text(row, "role") == LEAD
        return _picked(PACK_TASKS.table.fields, key, row) | {
            "indicator": f"{text(task, 'indicator')} {text(indicator, 'title')}".strip() or None,
            "leads": text(task, "leads") or None,
            "hint": "；".join(hints) or None,
            "methods": text(indicator, "methods") or None,
            "rules": (self._rules(task) if leads else "") or None,
            "own": self._told(TASKS, str(task.get(KEY))),
        }

    def _rules(self, task: Row) -> str:
        """How the criteria that the task serves are scored, on one line."""
        keys = criteria_in(text(task, "criteria"), self.labels)
        rows = self.master.rows(CRITERIA)
        said = {text(rows[k], "label"): self.questions[k].says for k in keys if k in self.questions}
        return "　".join(f"{label}：{said[label]}" for label in sorted(said, key=natural_key))

    # -- criteria and evidence

    def _criterion_row(self, key: str, question: Question, refused: Refused) -> dict[str, Value]:
        told = [f"{item.sentence()}。" for item in refused.get((CRITERIA.sheet, key), ())]
        return _picked(PACK_CRITERIA.table.fields, key, self.master.rows(CRITERIA)[key]) | {
            "allowed": "\n".join([*told, *self._by_year(key), question.spelled_out]),
            "reading": question.reading,
            "own": self._told(CRITERIA, key),
        }

    def _by_year(self, key: str) -> Iterator[str]:
        """Which years are asked one by one, and which of them counts."""
        if years := self.years.get(key):
            listed, which = "、".join(map(str, years)), self.questions[key].which_year
            yield f"{listed}年各填一格，几年不一样的{which}。"

    def _told(self, table: Table, key: str) -> str | None:
        return self.occasion.told.get(table.name, {}).get(key)

    def _asks(self, labels: str) -> bool:
        """Whether evidence for these criteria belongs to what is asked."""
        part, rows = self.occasion.part, self.master.rows(CRITERIA)
        keys = criteria_in(labels, self.labels)
        return not part.name or any(part.has_criterion(key, rows[key]) for key in keys)

    def _evidence_rows(self, identity: Identity) -> PackRows:
        """What is wrong with what the unit gave, a prepared row for each piece that is missing,
        what is in order, blank rows.
        """
        fields, findings = PACK_EVIDENCE.table.fields, self.assessment.findings
        given = [
            _picked(fields, key, row) | {"fault": fault_of(findings.get(key, ""), row) or None}
            for key in self.given.get(identity.unit, ())
            if self._asks(text(row := self.master.rows(EVIDENCE)[key], "criteria"))
        ]
        asked: PackRows = [
            {
                "criteria": gap.need.label,
                "kind": gap.need.kind,
                "period": gap.need.period or None,
                "fault": NOT_GIVEN,
            }
            for gap in self.gaps.get(identity.unit, ())
            if self._asks(gap.need.label)
        ]
        blank: PackRows = [{} for _ in range(self.master.settings.blank_rows)]
        slots = [
            _picked(fields, slot_key(identity, index), slot)
            for index, slot in enumerate((*asked, *blank), 1)
        ]
        bad = [row for row in given if row["fault"]]
        good = [row for row in given if not row["fault"]]
        return [*bad, *slots[: len(asked)], *good, *slots[len(asked) :]]


def summary(rows: Mapping[str, Sequence[Row]]) -> str:
    """What a pack asks, in numbers: 本轮：牵头3项、配合9项 · 自评5项 · 佐证缺8份."""
    tasks, criteria, evidence = (rows.get(part.table.name, ()) for part in PACK)
    roles = [
        f"{role}{count}项" for role in (LEAD, PARTNER) if (count := _number(tasks, "role", role))
    ]
    faults = [str(row.get("fault") or "") for row in evidence]
    hints = [str(row.get("hint") or "") for row in tasks]
    said = [*hints, *(str(row.get("allowed") or "") for row in criteria)]
    counts = (
        ("其中新增", sum(NEW in hint.split("；") for hint in hints), "项"),
        ("逾期", sum(LATE in hint.split("；") for hint in hints), "项"),
        ("自评", len(criteria), "项"),
        ("佐证缺", faults.count(NOT_GIVEN), "份"),
        ("佐证有问题", sum(fault not in ("", NOT_GIVEN) for fault in faults), "份"),
        ("上次未采用", sum(text.count("没有采用：") for text in said), "处"),
    )
    parts = ["、".join(roles), *(f"{name}{n}{unit}" for name, n, unit in counts if n)]
    return "本轮：" + " · ".join(part for part in parts if part)


def _number(rows: Sequence[Row], field: str, value: str) -> int:
    return sum(row.get(field) == value for row in rows)


def headline(
    master: Master, identity: Identity, due: dt.date, rows: Mapping[str, Sequence[Row]]
) -> dict[str, str]:
    """What the named cells on a pack's first sheet show of round, unit and what is asked."""
    city = master.settings.city
    contact = master.settings.contact
    return {
        "qc_title": f"{TITLE} · {city}" if city else TITLE,
        "qc_unit": identity.unit,
        "qc_round": identity.round,
        "qc_due": f"{chinese_date(due)}（{weekday(due)}）",
        "qc_contact": f"联系：{contact}" if contact else "",
        "qc_summary": summary(rows),
    }


def answering_of(master: Master, keys: Iterable[str]) -> dict[str, Question]:
    """How these criteria are answered, those left out that only the review answers."""
    rows = master.rows(CRITERIA)
    rulings = master.rulings()
    asked = {
        key: _question(rows[key], rulings.get(text(rows[key], "label"), {}))
        for key in keys
        if key in rows
    }
    return {key: question for key, question in asked.items() if question}


def years_of(master: Master, questions: Mapping[str, Question]) -> dict[str, tuple[int, ...]]:
    """The years that these criteria ask one by one, as far as a pack has columns for them all."""
    rows, settings = master.rows(CRITERIA), master.settings
    found: dict[str, tuple[int, ...]] = {}
    columns: set[int] = set()
    for key, question in questions.items():
        years = each_year(text(rows[key], "period"), settings) if question.may_go_by_year else ()
        if years and len(columns | set(years)) <= MOST_YEARS:
            columns |= set(years)
            found[key] = years
    return found


def _question(row: Row, rulings: Rulings) -> Question | None:
    """What a unit is asked; None if only the review answers it, or nobody can read the rule."""
    try:
        question = Question.of(row, rulings)
    except ParamsError:
        return None
    return None if question.rule.reviewed_only else question


def _picked(fields: Iterable[str], key: str, row: Row) -> dict[str, Value]:
    return {name: key if name == KEY else row.get(name) for name in fields}
