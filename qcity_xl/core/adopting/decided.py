"""What a newer table decides of a row that the master has too, cell by cell.

| cell                       | the newer table says           | the master then says          |
|----------------------------|--------------------------------|-------------------------------|
| number, what it is part of | anything                       | that                          |
| text, title, wording       | other words                    | that                          |
| points                     | another number, not 0          | that                          |
| rule                       | another rule                   | that                          |
| leads, deadline, methods   | something else                 | that                          |
| the same                   | nothing                        | what it said, told            |
| partners                   | something else or nothing      | that, if others have some     |
| what was ruled, as 分值    | something else, for certain    | that; the ruling is retired   |
| the same                   | the same, or asks again        | what was ruled                |
| links of a task            | anything                       | the office's, and what is new |
"""

from collections.abc import Iterable, Mapping

from qcity_xl.core.adopting.likeness import bare
from qcity_xl.core.adopting.renumbered import Numbers
from qcity_xl.core.adopting.revision import LEVELS, MatchedTables
from qcity_xl.core.changes import KEY
from qcity_xl.core.master.initial_rows import LIST_MARK, UNIT_MARK
from qcity_xl.core.master.model import Row, text
from qcity_xl.core.master.rulings import settle
from qcity_xl.core.master.units import Registry, load_registry
from qcity_xl.core.schema import CRITERIA, INDICATORS, RULINGS, SECTIONS, TASKS, UNITS, Table
from qcity_xl.core.schema.words import YES
from qcity_xl.core.text import entries, fold, labels_in
from qcity_xl.core.values import Value, parse_number, same_meaning, tidy

_WORDS: Mapping[str, tuple[str, ...]] = {
    SECTIONS.name: ("title", "goal"),
    INDICATORS.name: ("title", "wording"),
    CRITERIA.name: ("text",),
    TASKS.name: ("text",),
}
_SETTLES = {"标题": "title", "分值": "points", "验收方式": "methods", "组合": "combine"}
_UNITS = ("leads", "partners")
_RULE = ("kind", "params")


class Decided:
    """The cells of the rows that both have; `voided` rulings that the newer table overrules."""

    def __init__(self, matched: MatchedTables, numbers: Numbers, told: list[str]) -> None:
        """Take in both; what somebody should look at goes to `told`."""
        self._matched, self._numbers, self._told = matched, numbers, told
        self._master = matched.master
        self.voided: set[str] = set()
        rows = matched.rows
        mine = list(self._master.rows(UNITS).values())
        self._known = load_registry(mine)
        units = rows[UNITS.name].values()
        self.new_units = {
            text(row, "name") for row in units if self._known.find(text(row, "name")) is None
        }
        self.registry = load_registry(
            [*mine, *(r for r in units if text(r, "name") in self.new_units)]
        )
        self._asked = {
            (fold(text(row, "subject")), text(row, "item")) for row in rows[RULINGS.name].values()
        }
        self._filled = {
            (name, column)
            for name in LEVELS
            for row in rows[name].values()
            for column, value in row.items()
            if value not in (None, "")
        }
        used = {*matched.levels[CRITERIA.name].same.values(), *matched.levels[CRITERIA.name].aside}
        added = {text(r, "label") for key, r in rows[CRITERIA.name].items() if key not in used}
        self._added = {fold(label) for label in added}
        self._labels = self._added | {
            fold(label) for label in numbers.rows[CRITERIA.name].values() if label
        }
        self._owners = {text(r, "label"): text(r, "owner") for r in rows[CRITERIA.name].values()}
        self._led = _leads(self._master.rows(TASKS).values(), self._known)
        self._leading = _leads(rows[TASKS.name].values(), self.registry)
        self._sections = {
            text(row, "no"): text(row, "section") for row in rows[INDICATORS.name].values()
        }

    def near(self, name: str) -> str:
        """The registered unit most like a new one, "" for none."""
        return self._known.nearest(name)

    def cells(self, table: Table, key: str, new: Row) -> dict[str, Value]:
        """The cells of a row as the newer table has them, as far as it decides them."""
        row, number = self._master.rows(table)[key], LEVELS[table.name][0]
        cells: dict[str, Value] = {number: new.get(number)}
        for link in ("section", "indicator"):
            if (
                link in new
                and table is not SECTIONS
                and not (link == "section" and self._matched.flat)
            ):
                cells[link] = new[link]
        cells |= {
            name: new.get(name)
            for name in _WORDS[table.name]
            if text(new, name) and bare(text(new, name)) != bare(text(row, name))
        }
        cells |= self._points(table, row, new)
        if table is SECTIONS:
            cells["bonus"] = new.get("bonus")
        elif table is INDICATORS:
            cells |= self._indicator(row, new, cells)
        elif table is CRITERIA:
            cells |= self._criterion(row, new, cells)
        else:
            cells |= self._task(row, new)
        return cells

    def fresh(self, table: Table, new: Row) -> dict[str, Value]:
        """The cells of a row that the master gets."""
        cells = {name: tidy(value) for name, value in new.items() if name != KEY}
        for name in _UNITS if table is TASKS else ():
            cells[name] = UNIT_MARK.join(self.registry.split(text(new, name))) or None
        if table is CRITERIA and (owner := text(new, "owner")):
            cells["owner"] = self.registry.find(owner) or owner
        if table is TASKS:
            found = [
                label for label in entries(text(new, "criteria")) if fold(label) in self._labels
            ]
            cells["criteria"] = LIST_MARK.join(found) or None
        if self._matched.flat and "section" in cells:
            cells["section"] = self._section_before(text(new, "indicator") or text(new, "no"))
        return cells

    def _section_before(self, number: str) -> Value:
        """The section of the indicators before a new one, in a table without sections."""
        fresh, held = self._matched.rows[INDICATORS.name], self._master.rows(INDICATORS)
        old = {new: key for key, new in self._matched.levels[INDICATORS.name].same.items()}
        found: Value = next((row.get("section") for row in held.values()), None)
        for key, row in fresh.items():
            if key in old:
                found = held[old[key]].get("section")
            if text(row, "no") == number:
                return found
        return found

    def section_of(self, row: Row, cells: Mapping[str, Value]) -> dict[str, Value]:
        """The section of a criterion that stays: that of its indicator."""
        now = str(cells.get("indicator") or text(row, "indicator"))
        section = "" if self._matched.flat else self._sections.get(now, "")
        return {"section": int(section)} if section.isdigit() else {}

    # -- cells that any row has

    def _points(self, table: Table, row: Row, new: Row) -> dict[str, Value]:
        if table is TASKS:
            return {}
        points, held = parse_number(new.get("points")), parse_number(row.get("points"))
        if points or not held:
            return {"points": new.get("points")} if points is not None else {}
        no = text(new, LEVELS[table.name][0])
        self._told.append(f"{table.sheet}{no}：新表没有读到分值，仍按{text(row, 'points')}分")
        return {}

    def _listed(self, table: Table, row: Row, new: Row, name: str) -> dict[str, Value]:
        """A list of names or methods; what the newer table leaves blank stays, partners apart."""
        if name in _UNITS:
            said = self.registry.split(text(new, name))
            held = self._known.split(text(row, name))
        else:
            said, held = entries(text(new, name)), entries(text(row, name))
        if said:
            mark = UNIT_MARK if name in _UNITS else LIST_MARK
            same = said == held or (name != "leads" and set(said) == set(held))
            return {} if same else {name: mark.join(said)}
        if held and name == "partners" and (table.name, name) in self._filled:
            return {name: None}
        if held and (table.name, name) in self._filled:
            number, header = text(new, LEVELS[table.name][0]), table.column(name).header
            self._told.append(f"{table.sheet}{number}：新表没有写{header}，仍是{text(row, name)}")
        return {}

    # -- cells of one table

    def _indicator(self, row: Row, new: Row, cells: Mapping[str, Value]) -> dict[str, Value]:
        found = self._listed(INDICATORS, row, new, "methods")
        if "wording" in cells and new.get("combine"):
            found["combine"] = new.get("combine")
        return {**found, **self._ruled(row, new, {**cells, **found})}

    def _ruled(self, row: Row, new: Row, cells: Mapping[str, Value]) -> dict[str, Value]:
        """Of the cells that the office has ruled: what was ruled, or what overrules it."""
        found: dict[str, Value] = {}
        for key, ruling in self._master.rows(RULINGS).items():
            item = text(ruling, "item")
            name = _SETTLES.get(item, "")
            settled = settle(ruling)
            held = settled.ruled or item == "组合"
            if text(ruling, "subject") != text(row, "no") or not held or name not in cells:
                continue
            kind = INDICATORS.column(name).type
            if same_meaning(row.get(name), cells[name], kind):
                continue
            if (fold(text(new, "no")), item) in self._asked:
                found[name] = row.get(name)
            else:
                self.voided.add(key)
                self._told.append(
                    f"指标{text(new, 'no')}：新表写明了{item}“{cells[name]}”，"
                    f"原来的裁定“{settled.value}”不再用，留在「新旧对照」"
                )
        return found

    def _criterion(self, row: Row, new: Row, cells: Mapping[str, Value]) -> dict[str, Value]:
        found: dict[str, Value] = {}
        if any(bare(text(row, name)) != bare(text(new, name)) for name in _RULE):
            found |= {name: new.get(name) for name in _RULE}
        if "text" in cells and text(new, "period"):
            found["period"] = new.get("period")
        if "text" in cells and new.get("may_be_absent") == YES:
            found["may_be_absent"] = YES
        return found | self.owner(row, text(new, "label"))

    def owner(self, row: Row, label: str) -> dict[str, Value]:
        """Who answers a criterion under its new label: another unit where the one that answered
        leads no task of its indicator any more.
        """
        owner = self._known.find(text(row, "owner"))
        then = self._led.get(text(row, "indicator"), set())
        now = self._leading.get(label.partition("(")[0], set())
        wanted = self.registry.find(self._owners.get(label, ""))
        if owner is None:
            return {"owner": wanted} if not text(row, "owner") and wanted else {}
        return {"owner": wanted} if owner in then and now and owner not in now and wanted else {}

    def _task(self, row: Row, new: Row) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for name in _UNITS:
            found |= self._listed(TASKS, row, new, name)
        if bare(text(new, "deadline")) != bare(text(row, "deadline")):
            found |= self._listed(TASKS, row, new, "deadline")
        remark, held = text(new, "remark"), text(row, "remark")
        if remark and bare(remark) not in bare(held):
            found["remark"] = f"{held}\n{remark}".strip()
        return found | self.links(TASKS, row, new)

    def links(self, table: Table, row: Row, new: Row | None = None) -> dict[str, Value]:
        """The criteria of a task: those that the office linked, and what is new among its own."""
        if table is not TASKS:
            return {}
        cell = text(row, "criteria")
        mapped, gone = self._numbers.labels(cell)
        theirs = entries(text(new, "criteria")) if new else []
        newly = [label for label in theirs if fold(label) in self._added - set(mapped)]
        found = [*mapped, *newly] or [label for label in theirs if fold(label) in self._labels]
        if not gone and found == labels_in(cell, set(self._numbers.of[CRITERIA.name])):
            return {}
        return {"criteria": LIST_MARK.join(dict.fromkeys(found)) or None}


def _leads(tasks: Iterable[Row], registry: Registry) -> dict[str, set[str]]:
    """Who leads tasks of an indicator, by its number."""
    found: dict[str, set[str]] = {}
    for task in tasks:
        found.setdefault(text(task, "indicator"), set()).update(registry.split(text(task, "leads")))
    return found
