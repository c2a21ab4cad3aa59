"""Merges done by doltlite, in a process of its own: it puts itself in the place of sqlite3.

Read from standard input, as JSON: a list of cases. A case has `base` and `ours`, each
{table: {key: [values]}}, and `branches`, {name: the same}, merged into ours in this order;
`widths` says how many values a row of each table has. On conflict ours stays. Written: for each
case the rows at the end and the conflicts as [table, key, theirs or null]. With `then` and `newer`
in it, the case goes on: rows written over in ours, and a branch built on the first, merged too.
"""

import json
import sys
from typing import Any

import doltlite  # type: ignore[import-untyped]  # noqa: F401 - must come before sqlite3

import sqlite3  # isort: skip

Tables = dict[str, dict[str, list[str]]]


class Repository:
    """One case: a database with a branch for each side."""

    def __init__(self, base: Tables, widths: dict[str, int]) -> None:
        self.db = sqlite3.connect(":memory:", isolation_level=None)
        self.widths = widths
        self.base = base
        for table, width in widths.items():
            columns = ", ".join(f"c{n} text" for n in range(width))
            self.db.execute(f"create table {table}(key text primary key, {columns})")
        self._change({table: {} for table in widths}, base)
        self.db.execute("select dolt_branch('base')")

    def ours(self, tables: Tables) -> None:
        self._change(self.base, tables)

    def branch(self, name: str, tables: Tables, parent: str = "base") -> None:
        self.db.execute("select dolt_checkout(?)", (parent,))
        self.db.execute("select dolt_checkout('-b', ?)", (name,))
        self._change(self.rows(), tables)
        self.db.execute("select dolt_checkout('main')")

    def edit(self, tables: Tables) -> None:
        """Write these rows over those of the same key."""
        now = self.rows()
        self._change(now, {table: {**now[table], **tables.get(table, {})} for table in now})

    def _change(self, before: Tables, after: Tables) -> None:
        """Commit what differs."""
        self.db.execute("begin")
        for table, width in self.widths.items():
            old, new = before[table], after[table]
            gone = [(key,) for key in old if key not in new]
            rows = [[key, *values] for key, values in new.items() if old.get(key) != values]
            marks = ", ".join("?" * (width + 1))
            self.db.executemany(f"delete from {table} where key = ?", gone)  # noqa: S608
            self.db.executemany(f"replace into {table} values ({marks})", rows)  # noqa: S608
        self.db.execute("select dolt_commit('-A', '-m', 'x', '--allow-empty')")
        if self.db.in_transaction:
            self.db.execute("commit")

    def merge(self, name: str) -> list[tuple[str, str, list[str] | None]]:
        """The conflicts; ours stays in them."""
        self.db.execute("begin")
        try:
            self.db.execute("select dolt_merge(?)", (name,))
        except sqlite3.OperationalError as error:
            if "conflict" not in str(error):
                raise
        found: list[tuple[str, str, list[str] | None]] = []
        tables = [name for (name,) in self.db.execute('select "table" from dolt_conflicts')]
        for table in tables:
            width = self.widths[table]
            theirs = ", ".join(f"their_c{n}" for n in range(width))
            query = f"select coalesce(base_key, our_key), their_key, {theirs} from dolt_conflicts_{table}"  # noqa: E501, S608 - names are our own
            found += [
                (table, key, None if their_key is None else values)
                for key, their_key, *values in self.db.execute(query)
            ]
        for table in tables:
            self.db.execute("select dolt_conflicts_resolve('--ours', ?)", (table,))
        if found:
            self.db.execute("select dolt_commit('-A', '-m', 'merged', '--allow-empty')")
        if self.db.in_transaction:
            self.db.execute("commit")
        return found

    def rows(self) -> Tables:
        return {
            table: {key: values for key, *values in self.db.execute(f"select * from {table}")}  # noqa: S608
            for table in self.widths
        }


def run(case: dict[str, Any]) -> dict[str, Any]:
    repository = Repository(case["base"], case["widths"])
    repository.ours(case["ours"])
    for name, tables in case["branches"].items():
        repository.branch(name, tables)
    conflicts = [found for name in case["branches"] for found in repository.merge(name)]
    if "then" in case:  # the office writes more, and a version built on the first branch comes
        repository.edit(case["then"])
        repository.branch("newer", case["newer"], next(iter(case["branches"])))
        conflicts += repository.merge("newer")
    rows = repository.rows()
    repository.db.close()
    return {"rows": rows, "conflicts": conflicts}


if __name__ == "__main__":
    json.dump([run(case) for case in json.load(sys.stdin)], sys.stdout)
