"""Tasks of an outline, with their units, deadlines and the criteria they serve."""

from collections.abc import Sequence

from qcity_xl.core.plan import Criterion, Ruling, Task, Unit
from qcity_xl.core.reading.deadlines import parse_deadline
from qcity_xl.core.reading.findings import Findings
from qcity_xl.core.reading.links import link
from qcity_xl.core.reading.model import Cell, Outline, RawTask
from qcity_xl.core.reading.names import Entry, Names, city_of


def read_tasks(
    outline: Outline, title: str, criteria: Sequence[Criterion], findings: Findings
) -> tuple[list[Task], list[Unit]]:
    """All tasks, and the units and group words they name in order of first appearance."""
    names = Names(city_of(title))
    raws = [task for indicator in outline.indicators() for task in indicator.tasks]
    names.learn(c.text for raw in raws for c in (raw.leads, raw.partners) if c)
    reader = _Reader(names, findings)
    tasks = []
    for indicator in outline.indicators():
        own = [criterion for criterion in criteria if criterion.indicator == indicator.no]
        tasks += [reader.read(raw, own) for raw in indicator.tasks]
        if not indicator.tasks:
            findings.problem(
                "no-task",
                indicator.where,
                f"指标{indicator.no}没有工作任务",
                "每项指标有工作任务",
                "查原件，在总表「任务」补上",
            )
    return tasks, reader.units()


class _Reader:
    def __init__(self, names: Names, findings: Findings) -> None:
        self._names, self._findings = names, findings
        self._named: dict[str, Entry] = {}
        self._restored: set[str] = set()  # names whose elided prefix was told

    def read(self, raw: RawTask, criteria: Sequence[Criterion]) -> Task:
        self._mend(raw)
        leads = self._units(raw, "牵头单位", raw.leads)
        partners = self._units(raw, "配合单位", raw.partners)
        if len(leads) > 1:
            question = f"{'、'.join(leads)}同为牵头单位，由谁填自评"
            reason = "文件未分主次，取列在前面的"
            self._findings.rulings.append(Ruling(raw.no, "责任", question, leads[0], reason, leads))
        served, likeness = link(raw.text, criteria)
        if criteria and not served:
            reason = f"与各得分点的文字相同处都少，最多{likeness:.0%}"
            question = "这项任务对应哪个得分点"
            self._findings.guess(raw.where, raw.no, "得分点", "", reason, question)
        labels = tuple(criterion.label for criterion in served)
        return Task(raw.no, raw.text, self._deadline(raw), leads, partners, labels)

    def units(self) -> list[Unit]:
        """Units and groups; whom a group means is for the office to say."""
        units = [entry.name for entry in self._named.values() if not entry.group]
        groups = [entry.name for entry in self._named.values() if entry.group]
        for group in groups:
            question = f"“{group}”包括哪些单位，请在「单位」写明成员"
            reason = "文件只用统称，未列成员；写明后才能下发"
            self._findings.rulings.append(Ruling(group, "成员", question, "", reason))
        return [
            *(Unit(f"U{n:02}", name) for n, name in enumerate(units, 1)),
            *(Unit(f"G{n}", name, "group") for n, name in enumerate(groups, 1)),
        ]

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

    def _units(self, raw: RawTask, role: str, cell: Cell | None) -> tuple[str, ...]:
        where = cell.where if cell else raw.where
        entries = self._names.split(cell.text) if cell else []
        listed = tuple(entry.name for entry in entries)
        if not listed:
            self._findings.problem(
                "no-unit",
                where,
                f"任务{raw.no}没有{role}",
                f"每项任务有{role}",
                f"查原件，在总表「任务」填写{role}",
            )
        for entry in entries:
            name = entry.name
            self._named.setdefault(name, entry)
            if entry.elided and name not in self._restored:
                self._restored.add(name)
                self._findings.guess(where, name, "单位名称", name, entry.elided)
        for reason in dict.fromkeys(entry.broken for entry in entries if entry.broken):
            self._findings.guess(where, raw.no, role, "、".join(listed), reason)
        return listed
