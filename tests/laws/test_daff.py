"""Random edits merged here and by daff, where daff is safe: a second opinion.

Deliberate differences: daff writes both values into a cell in conflict, here the master's stays.
Left out, because daff loses or doubles there: ids that stand twice, rows deleted, rows that both
sides add, values that mean the same in other words.
"""

import random
from collections.abc import Callable

import daff  # type: ignore[import-untyped]

from qcity_xl.core.master.model import Master
from qcity_xl.core.merge.decide import decide_pack
from qcity_xl.core.schema import ASSIGNMENTS
from tests.core.builders import assignment, build
from tests.core.merge.rounds import base_of, filled, merge, office, sent_row
from tests.laws.scripts import seeds

CASES = 600
UNIT = "市农委"
FIELDS = ("note", "difficulty")
WORDS = ("起草中", "已印发", "待研究", "无", None)
Grid = list[list[str | None]]


def test_cells_and_conflicts_as_daff_has_them(
    record_property: Callable[[str, object], None],
) -> None:
    chosen = seeds(CASES)
    for seed in chosen:
        _compare(seed)
    record_property("tried", ("random merges against daff", len(chosen)))


def _compare(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - repeatable on purpose
    numbers = [f"{n}.{rng.randint(1, 9)}" for n in range(1, rng.randint(3, 6))]
    rows = [assignment(n, UNIT, **{f: rng.choice(WORDS) for f in FIELDS}) for n in numbers]
    sent = build(*rows, sent_row(UNIT))
    places = [(f"T{n}/{UNIT}", name) for n in numbers for name in FIELDS]
    ours = {place: rng.choice(WORDS) for place in places if rng.random() < 0.3}
    theirs = {place: rng.choice(WORDS) for place in places if rng.random() < 0.4}
    master = office(sent, *((ASSIGNMENTS.name, *place, value) for place, value in ours.items()))
    pack = filled(base_of(sent, UNIT), UNIT, theirs)
    base = _grid(sent)
    merged, conflicts = _by_daff(base, _grid(master), _changed(base, theirs))
    found = _grid(merge(master, pack, log=False).master)
    marked = {
        (str(row[0]), name)
        for row in merged[1:]
        for name, value in zip(("key", *FIELDS), row, strict=True)
        if str(value).startswith("((( ")
    }
    decided = {(d.row, d.field) for d in decide_pack(pack, master) if d.action == "conflict"}
    assert (decided, len(decided)) == (marked, conflicts), f"QCITY_SEED={seed}"
    assert _without(found, marked) == _without(merged, marked), f"QCITY_SEED={seed}"


def _grid(master: Master) -> Grid:
    rows = master.rows(ASSIGNMENTS).items()
    cells = [[key, *(_text(row.get(f)) for f in FIELDS)] for key, row in rows]
    return [["key", *FIELDS], *cells]


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _changed(base: Grid, cells: dict[tuple[str, str], str | None]) -> Grid:
    head, *rows = base
    return [head, *([row[0], *(_one(row, i, cells) for i in (1, 2))] for row in rows)]


def _one(row: list[str | None], at: int, cells: dict[tuple[str, str], str | None]) -> str | None:
    return cells.get((str(row[0]), FIELDS[at - 1]), row[at])


def _by_daff(base: Grid, ours: Grid, theirs: Grid) -> tuple[Grid, int]:
    """The merged table, and how many conflicts."""
    flags = daff.CompareFlags()
    flags.addPrimaryKey("key")
    views = [daff.PythonTableView([list(row) for row in grid]) for grid in (base, ours, theirs)]
    count = daff.Merger(*views, flags).apply()
    return views[1].getData(), count


def _without(grid: Grid, places: set[tuple[str, str]]) -> dict[tuple[str, str], str | None]:
    return {
        (str(row[0]), name): value
        for row in grid[1:]
        for name, value in zip(FIELDS, row[1:], strict=True)
        if (str(row[0]), name) not in places
    }
