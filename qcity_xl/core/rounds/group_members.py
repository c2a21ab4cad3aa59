"""Who belongs to a group in one task: its list on 单位, or what stands beside the task.

Beside a task, or an indicator for all its tasks, a cell names other members: 甲局、乙局 for the one
group that the task names, 某组：甲局、乙局 where it names several, 不含甲局 for all but these.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qcity_xl.core.master.initial_rows import LIST_MARK, UNIT_MARK
from qcity_xl.core.master.units import Registry
from qcity_xl.core.text import entries, fold

ON_DEMAND = "按需"  # as 成员单位 of a group: each task says who
_BLOCK = re.compile(r"[；;\n]")
_LABEL = re.compile(r"\s*([^:：]+)[:：](.*)", re.DOTALL)
_BUT = re.compile(r"\s*(?:不含|不包括|除)[:：]?(.+?)(?:以外|之外|外)?\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What one cell says of one group: these members, or all but these. `group` "" for the only one
    that the task names.
    """

    group: str
    names: tuple[str, ...]
    without: bool = False

    def members(self, default: Sequence[str]) -> tuple[str, ...]:
        """The members, by names as they are written; `default` are those on 单位."""
        if not self.without:
            return self.names
        out = set(map(fold, self.names))
        return tuple(name for name in default if fold(name) not in out)

    @property
    def text(self) -> str:
        """As it is written."""
        names = LIST_MARK.join(self.names)
        said = f"不含{names}" if self.without else names
        return f"{self.group}：{said}" if self.group else said


def parse_chosen(cell: str, registry: Registry) -> list[Chosen]:
    """What a cell says, group by group; units by their registered names where they have one."""
    found: list[Chosen] = []
    for block in filter(str.strip, _BLOCK.split(cell)):
        match = _LABEL.fullmatch(block)
        names_group = match is not None and not _BUT.fullmatch(block)
        group, said = (match[1].strip(), match[2]) if match and names_group else ("", block)
        but = _BUT.fullmatch(said)
        names = tuple(
            registry.find(n) or n for n in entries(but[1] if but else said, registry.find)
        )
        if found and not group and bool(but) == found[-1].without:  # 甲局；乙局 go on
            last = found.pop()
            found.append(Chosen(last.group, (*last.names, *names), last.without))
        else:
            group = registry.find(group) or group
            found.append(Chosen(group, names, bool(but)))
    return found


def chosen_text(chosen: Sequence[Chosen]) -> str:
    """The cell that says this."""
    return UNIT_MARK.join(one.text for one in chosen)


def members_in(
    cells: Sequence[str], groups: Sequence[str], registry: Registry
) -> dict[str, tuple[str, ...]]:
    """The members of each of these groups where a task names them.

    The first of the cells that says something of a group counts; else it has those on 单位.
    """
    members: dict[str, tuple[str, ...]] = {
        name: () if registry.groups[name] == (ON_DEMAND,) else registry.groups[name]
        for name in groups
    }
    given: set[str] = set()
    for cell in cells:
        said = dict(_of_groups(parse_chosen(cell, registry), groups))
        for group, one in said.items():
            if group not in given:
                given.add(group)
                members[group] = one.members(members[group])
    return members


def _of_groups(chosen: Sequence[Chosen], groups: Sequence[str]) -> Iterator[tuple[str, Chosen]]:
    for one in chosen:
        if one.group in groups:
            yield one.group, one
        elif not one.group and len(groups) == 1:
            yield groups[0], one


def idle(cell: str, groups: Sequence[str], registry: Registry) -> list[str]:
    """What a cell beside a task says of no group that the task names."""
    chosen = parse_chosen(cell, registry)
    used = {id(one) for _, one in _of_groups(chosen, groups)}
    return [one.text for one in chosen if id(one) not in used]


def replaced(chosen: Sequence[Chosen], successors: Mapping[str, Sequence[str]]) -> list[Chosen]:
    """The same with other units in place of some, by their names."""
    return [
        Chosen(
            one.group if one.group not in successors else successors[one.group][0],
            tuple(dict.fromkeys(n for name in one.names for n in successors.get(name, (name,)))),
            one.without,
        )
        for one in chosen
    ]
