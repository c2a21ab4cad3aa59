"""Tasks of an outline, with their units, deadlines and the criteria they serve."""

import difflib
from collections.abc import Sequence
from functools import cache

from qcity_xl.core.plan import Criterion, Ruling, Task, Unit
from qcity_xl.core.reading.deadlines import parse_deadline
from qcity_xl.core.reading.findings import Findings
from qcity_xl.core.reading.links import link
from qcity_xl.core.reading.model import Cell, Outline, RawContact, RawTask
from qcity_xl.core.reading.names import (
    Entry,
    Names,
    city_of,
    inner_room,
    is_room,
    name_fault,
    short_for,
)
from qcity_xl.core.reading.unit_cells import NameGroup, UnitRole, read_unit_cell

_ROLES: dict[UnitRole, str] = {"leads": "牵头单位", "partners": "配合单位", "": "责任单位"}


def read_tasks(
    outline: Outline, title: str, criteria: Sequence[Criterion], findings: Findings
) -> tuple[list[Task], list[Unit]]:
    """All tasks, and the units and group words they name in order of first appearance."""
    names = Names(city_of(title))
    raws = [task for indicator in outline.indicators() for task in indicator.tasks]
    cells = [cell.text for raw in raws for cell in (raw.leads, raw.partners) if cell]
    clauses = [clause for cell in dict.fromkeys(cells) for clause in read_unit_cell(cell).clauses]
    names.learn(dict.fromkeys(clause.text for clause in clauses))
    if outline.sections and (not raws or outline.taskless):
        found = (
            "没有工作任务列，以指标或评分办法作任务"
            if raws
            else "没有工作任务和牵头单位列，没有建任务"
        )
        findings.problem(
            "no-tasks",
            "全文",
            f"文件{found}",
            "每项指标有工作任务",
            "在总表「任务」核对或补上任务、牵头单位和时限",
        )
    reader = _Reader(names, findings)
    reader.contacts += outline.contacts
    tasks = []
    by_indicator: dict[int, list[Criterion]] = {}
    for criterion in criteria:
        by_indicator.setdefault(criterion.indicator, []).append(criterion)
    for indicator in outline.indicators():
        own = by_indicator.get(indicator.no, [])
        tasks += [reader.read(raw, own) for raw in indicator.tasks]
        if not indicator.tasks and raws:
            findings.problem(
                "no-task",
                indicator.where,
                f"指标{indicator.no}没有工作任务",
                "每项指标有工作任务",
                "查原件，在总表「任务」补上",
            )
    units = reader.units()
    for contact in outline.contacts:
        if not any(names.same(contact.unit, unit.name) for unit in units):
            details = " ".join(filter(None, (contact.contact, contact.phone, contact.mail)))
            found = f"“{contact.unit}”只在联系人里（{details}），任务分解表没有这个单位"
            fix = "要用的，在总表「单位」补上"
            findings.problem("contact", "全文", found, "联系人属于表里的单位", fix)
    return tasks, units


class _Reader:
    def __init__(self, names: Names, findings: Findings) -> None:
        self._names, self._findings = names, findings
        self._named: dict[str, Entry] = {}
        self.contacts: list[RawContact] = []
        self._restored: set[str] = set()  # names whose elided prefix was told
        self._split = cache(names.split)

    def read(self, raw: RawTask, criteria: Sequence[Criterion]) -> Task:
        self._mend(raw)
        leads, others = self._units(raw, "leads", raw.leads)
        mine, partners = self._units(raw, "partners", raw.partners)
        leads = tuple(dict.fromkeys((*leads, *mine)))
        partners = tuple(n for n in dict.fromkeys((*others, *partners)) if n not in leads)
        self._tell_missing(raw, leads, partners)
        served, likeness = link(raw.text, criteria)
        if len(leads) > 1:
            moved = f"得分点{'、'.join(c.label for c in served)}的" if served else ""
            question = f"{'、'.join(leads)}同为牵头单位，由谁填{moved}自评"
            reason = "文件未分主次，取列在前面的"
            self._findings.rulings.append(Ruling(raw.no, "责任", question, leads[0], reason, leads))
        if criteria and not served:
            reason = f"与各得分点的文字相同处都少，最多{likeness:.0%}"
            question = "这项任务对应哪个得分点"
            self._findings.guess(raw.where, raw.no, "得分点", "", reason, question)
        labels = tuple(criterion.label for criterion in served)
        return Task(raw.no, raw.text, self._deadline(raw), leads, partners, labels, raw.remark)

    def units(self) -> list[Unit]:
        """Units and groups; whom a group means is for the office to say."""
        self._ask_alike()
        units = [entry.name for entry in self._named.values() if not entry.group]
        groups = [entry.name for entry in self._named.values() if entry.group]
        for group in groups:
            question = f"“{group}”包括哪些单位，请在「单位」写明成员"
            reason = "文件只用统称，未列成员；写明后才能下发"
            self._findings.rulings.append(Ruling(group, "成员", question, "", reason))
        return [
            *(self._unit(f"U{n:02}", name) for n, name in enumerate(units, 1)),
            *(Unit(f"G{n}", name, "group") for n, name in enumerate(groups, 1)),
        ]

    def _unit(self, key: str, name: str) -> Unit:
        """A unit with the contacts that the document gives for it."""
        found = [c for c in self.contacts if self._names.same(c.unit, name)]
        texts = [
            next((text for text in texts if text), "")
            for texts in zip(*((c.contact, c.phone, c.mail) for c in found), strict=True)
        ]
        return Unit(key, name, "unit", (), (), *texts)

    def _mend(self, raw: RawTask) -> None:
        """A single cell of members is the partners': a group of members leads nothing."""
        if raw.leads is None or raw.leads.column or raw.partners:
            return
        entries = self._names.split(raw.leads.text)
        if entries and all(entry.name.endswith("成员单位") for entry in entries):
            taken = "、".join(entry.name for entry in entries)
            reason = "只有一格单位，且都是成员单位，看作配合单位"
            self._findings.guess(raw.leads.where, raw.no, "配合单位", taken, reason)
            raw.leads, raw.partners = None, raw.leads

    def _deadline(self, raw: RawTask) -> str:
        deadline, known = parse_deadline(raw.deadline.text if raw.deadline else "")
        if not known:
            found = f"完成时间是“{deadline}”" if deadline else "没有完成时间"
            self._findings.problem(
                "deadline",
                raw.deadline.where if raw.deadline else raw.where,
                f"任务{raw.no}{found}",
                "2016、2016-2017、2025年12月底前、长期等",
                "查原件，在总表「任务」填写完成时限",
            )
        return deadline

    def _units(
        self, raw: RawTask, column: UnitRole, cell: Cell | None
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Leads and partners of a cell: its own words tell more than its column."""
        if cell is None:
            return (), ()
        read = read_unit_cell(cell.text)
        if read.undecided:
            item = _ROLES[column]
            question = f"任务{raw.no}的{item}写的是“{read.undecided}”，是哪个单位"
            self._findings.ask(cell.where, raw.no, item, question, "文件没有定")
        if read.marks:
            what = f"{_ROLES[column]}里有的单位带“{read.marks}”"
            reason = "记号是什么意思，这一格没有写"
            self._findings.guess(cell.where, raw.no, what, "不区分", reason)
        self.contacts += read.contacts
        found: dict[str, list[str]] = {"leads": [], "partners": []}
        for clause in read.clauses:
            found[clause.part or column] += self._named_in(raw, clause, column, cell)
        return tuple(found["leads"]), tuple(found["partners"])

    def _named_in(self, raw: RawTask, clause: NameGroup, column: UnitRole, cell: Cell) -> list[str]:
        role = _ROLES[clause.part or column]
        entries = self._split(clause.text)
        listed = []
        for entry in entries:
            name = entry.name
            if not entry.group and (fault := name_fault(name)):
                self._ask_name(raw, role, name, fault, cell)
                continue
            listed.append(name)
            self._named.setdefault(name, entry)
            if entry.elided and name not in self._restored:
                self._restored.add(name)
                self._findings.guess(cell.where, name, "单位名称", name, entry.elided)
        for reason in dict.fromkeys(entry.broken for entry in entries if entry.broken):
            self._findings.guess(cell.where, raw.no, role, "、".join(listed), reason)
        return listed

    def _ask_name(self, raw: RawTask, role: str, name: str, fault: str, cell: Cell) -> None:
        """A text that is no unit's name: for the office to say whom it means."""
        near = difflib.get_close_matches(name, sorted(self._names.full - {name}), n=1, cutoff=0.4)
        like = f"，最接近的单位是“{near[0]}”" if near else ""
        question = f"任务{raw.no}的{role}写的是“{name}”，{fault}{like}，没有当作单位，是哪个单位"
        self._findings.ask(
            cell.where, raw.no, role, question, "单位名称不能确定的，不建单位、不下发"
        )

    def _tell_missing(self, raw: RawTask, leads: Sequence[str], partners: Sequence[str]) -> None:
        cells = {"牵头单位": (leads, raw.leads), "配合单位": (partners, raw.partners)}
        for role, (listed, cell) in cells.items():
            headed = raw.leads is not None and raw.leads.column is not None
            if listed or (role == "配合单位" and leads and headed):
                continue
            self._findings.problem(
                "no-unit",
                cell.where if cell else raw.where,
                f"任务{raw.no}没有{role}",
                f"每项任务有{role}",
                f"查原件，在总表「任务」填写{role}",
            )

    def _ask_alike(self) -> None:
        """Names that may be one unit's, and sections of an office: who gets the pack."""
        units = [name for name, entry in self._named.items() if not entry.group]
        for at, one in enumerate(units):
            if house := inner_room(one):
                question = f"“{one}”是内设机构，发给它还是发给“{house}”"
                self._findings.ask("全文", one, "单位", question, "内设机构通常由所在单位转办")
            elif is_room(one):
                question = f"“{one}”像是内设机构，是哪个单位的，发给它还是发给所在单位"
                self._findings.ask("全文", one, "单位", question, "文件没有写它所在的单位")
            for two in units[at + 1 :]:
                if short_for(one, two):
                    question = f"“{one}”和“{two}”是不是同一个单位"
                    reason = "一个像是另一个的简称；是的话，在「单位」留一个，另一个写进别名"
                    self._findings.ask("全文", one, "简称", question, reason)
