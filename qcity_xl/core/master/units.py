"""The unit registry: names, aliases, groups, and who is meant."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from qcity_xl.core.schema.words import GROUP
from qcity_xl.core.text import entries, fold
from qcity_xl.core.values import Value


@dataclass(frozen=True)
class Registry:
    """Units by folded name or alias; groups with the member names that the office gave."""

    names: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def find(self, name: str) -> str | None:
        """The registered name of a unit or group, by its name or an alias."""
        return self.names.get(fold(name))

    def named_in(self, words: str) -> list[str]:
        """The units that a text such as a file's name has in it, under any name; groups are none.

        The longest name counts: 市委宣传部 is not 市委. A name of one character is none.
        """
        left, found = fold(words), []
        for length in self._lengths:
            for start in range(len(left) - length + 1):
                name = left[start : start + length]
                if name in self.names and self.names[name] not in self.groups:
                    left = left.replace(name, "\n" * length)
                    found.append(self.names[name])
        return list(dict.fromkeys(found))

    @cached_property
    def _lengths(self) -> list[int]:
        """How long names are, the longest first: so a name is looked up and not each tried."""
        return sorted({len(name) for name in self.names if len(name) > 1}, reverse=True)

    def nearest(self, name: str, *, groups: bool = True) -> str:
        """The registered name most like an unknown one, "" where nothing is like it; of units alone
        unless `groups`.
        """
        known = [n for n, own in self.names.items() if groups or own not in self.groups]
        close = difflib.get_close_matches(fold(name), known, n=1, cutoff=0.5)
        return self.names[close[0]] if close else ""

    def split(self, cell: str) -> list[str]:
        """The entries of a cell, each by its registered name if it has one."""
        return [self.find(entry) or entry for entry in entries(cell, self.find)]


def load_registry(rows: Iterable[Mapping[str, Value]]) -> Registry:
    """The registry from the rows of 单位."""
    names: dict[str, str] = {}
    listed = list(rows)
    for row in listed:
        name = str(row.get("name") or "").strip()
        if name:
            names[fold(name)] = name
    for row in listed:
        name = str(row.get("name") or "").strip()
        for alias in entries(str(row.get("aliases") or "")) if name else ():
            names.setdefault(fold(alias), name)
    known = Registry(names)
    return Registry(
        names,
        {
            name: tuple(known.split(str(row.get("members") or "")))
            for row in listed
            if row.get("kind") == GROUP and (name := str(row.get("name") or "").strip())
        },
    )
