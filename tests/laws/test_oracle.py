"""Random rounds, merged here and by doltlite: the same cells, the same conflicts.

Deliberate differences, all of them. What doltlite is given is altered accordingly:

- Equal meaning (1 and 1.0, 2016—2017 and 2016-2017, dates as text) is no difference: doltlite
  compares text, so it gets canonical text.
- A cell that the unit may not write, or filled with what is not allowed, is refused: doltlite gets
  it as it was sent.
- A row that did not come back is refused: doltlite gets it back, unless the master has new content
  in the unit's cells of it. Then both say conflict.
- A changed id is refused, as a row that did not come back and a stranger; doltlite would take it
  as delete and add. Evidence under a changed id is a row that did not come back and new evidence.
- Two rows with one id: what they agree on counts. Of evidence the second is a new row. doltlite's
  keys are unique, so it gets the row that counts.
- New evidence has its content for a key, so that doltlite too adds it once. Evidence that an
  existing row of the master says already is not added; doltlite would add it beside that row.
- Where one cell of a row is in conflict doltlite leaves the whole row as it is; here the other
  cells are merged. So doltlite merges each table twice: by rows, where only rows without conflict
  are compared, and cell by cell, where all are.
- New evidence that says what a row says in which the same merge writes is added or not, whichever
  comes first. No such case is made.
- Evidence that was sent or comes back as what another row of the master says is asked about: rows
  may have been sorted without their ids. No such case is made.
- A row that both sides deleted is a kept decision here, nothing there.
- Where a file was in conflict and the office then wrote what was sent back into the cell, a fuller
  file of the unit is taken; doltlite sees another conflict. No such case is made.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from qcity_xl.core.changes import KEY
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.schema import BY_NAME, BY_SHEET, CONFLICTS, EVIDENCE
from qcity_xl.core.schema.pack import PACK
from qcity_xl.core.values import Value, canonical
from tests.core.merge.rounds import merge, office
from tests.laws.scripts import (
    ROUNDS,
    Pack,
    Place,
    Scene,
    TwoSteps,
    cells_of,
    content,
    finds_evidence_elsewhere,
    later_rounds,
    scene,
    seeds,
    two_steps,
)

BATCH = 20  # cases in one database
CASES, CHUNKS = 500, 6  # cases in each part; parts are shared out among the test runners
ORACLE = Path(__file__).with_name("doltlite_oracle.py")
WIDTHS = {"cells": 1, **{t.source.name: len(t.editable) for t in PACK}}
Tables = dict[str, dict[str, list[str]]]


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_rows_and_conflicts_as_doltlite_has_them(
    chunk: int, record_property: Callable[[str, object], None]
) -> None:
    scenes = [scene(seed) for seed in seeds(CASES, chunk)]
    scenes = [item for item in scenes if not finds_evidence_elsewhere(item)]
    assert len(scenes) > 0.98 * CASES
    _check_all(scenes)
    record_property("tried", ("random merges against doltlite", len(scenes)))


def test_rounds_after_rounds_as_doltlite_has_them(
    record_property: Callable[[str, object], None],
) -> None:
    """In each round the unit answers what it was sent: earlier answers decide nothing."""
    scenes = [item for seed in seeds(CASES // 2) for item in later_rounds(seed)]
    scenes = [item for item in scenes if not finds_evidence_elsewhere(item)]
    assert len(scenes) > 1.8 * CASES // 2
    _check_all(scenes)
    record_property("tried", ("random merges of three rounds against doltlite", len(scenes)))


def _check_all(scenes: Sequence[Scene]) -> None:
    batches = [scenes[start : start + BATCH] for start in range(0, len(scenes), BATCH)]
    for batch, wanted in zip(batches, _by_doltlite(map(_together, batches)), strict=True):
        for number, item in enumerate(batch):
            _compare(item, _part(wanted, f"{number}|"))


def _by_doltlite(cases: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, str(ORACLE)],
        input=json.dumps(list(cases)),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_a_version_built_on_a_merged_one_as_doltlite_has_it(
    record_property: Callable[[str, object], None],
) -> None:
    """A file, the office's own edits before and after it is merged, a fuller file on top of it."""
    chosen = [two_steps(seed) for seed in seeds(CASES)]
    for item, wanted in zip(chosen, _by_doltlite(map(_steps, chosen)), strict=True):
        first = merge(item.before, ("一", item.first))
        second = merge(office(first.master, *_places(item.then)), ("二", item.second))
        said = f"QCITY_SEED={item.seed}"
        assert _tables(second.master)["cells"] == wanted["rows"]["cells"], said
        assert [sorted(_listed(second.master))] == [
            sorted({tuple(key.split("\t")) for _, key, _ in wanted["conflicts"]})
        ], said
    record_property("tried", ("random pairs of versions against doltlite", len(chosen)))


def _steps(item: TwoSteps) -> dict[str, Any]:
    """The case for doltlite; only cell by cell, since nothing but cells is edited."""
    then = _tables(item.sent, item.then)["cells"]
    written = {key: then[key] for key in ("\t".join(place) for place in item.then)}
    return {
        "widths": {"cells": 1},
        "base": _only_cells(item.sent, {}),
        "ours": _only_cells(item.before, {}),
        "branches": {"first": _only_cells(item.sent, item.meant)},
        "then": {"cells": written},
        "newer": _only_cells(item.sent, {**item.meant, **item.more}),
    }


def _only_cells(master: Master, cells: dict[Place, Value]) -> Tables:
    return {"cells": _tables(master, cells)["cells"]}


def _places(cells: dict[Place, Value]) -> list[tuple[str, str, str, Value]]:
    return [(*place, value) for place, value in cells.items()]


def _together(batch: Sequence[Scene]) -> dict[str, Any]:
    """Many cases as one for doltlite, to save commits: a key begins with its case's number."""
    most = max(len(item.packs) for item in batch)
    cases = [
        (
            _tables(item.sent),
            _tables(item.master),
            *(_theirs(item, pack) for pack in item.packs),
            *[_tables(item.sent)] * (most - len(item.packs)),
        )
        for item in batch
    ]
    base, ours, *branches = (_joined(sides) for sides in zip(*cases, strict=True))
    named = {f"b{number}": tables for number, tables in enumerate(branches)}
    return {"widths": WIDTHS, "base": base, "ours": ours, "branches": named}


def _joined(cases: Iterable[Tables]) -> Tables:
    tables: Tables = {name: {} for name in WIDTHS}
    for number, case in enumerate(cases):
        for name, rows in case.items():
            tables[name] |= {f"{number}|{key}": values for key, values in rows.items()}
    return tables


def _part(wanted: dict[str, Any], mark: str) -> dict[str, Any]:
    """What doltlite made of one case."""
    rows = {
        name: {k.removeprefix(mark): v for k, v in keyed.items() if k.startswith(mark)}
        for name, keyed in wanted["rows"].items()
    }
    conflicts = [
        (table, key.removeprefix(mark), theirs)
        for table, key, theirs in wanted["conflicts"]
        if key.startswith(mark)
    ]
    return {"rows": rows, "conflicts": conflicts}


def _tables(master: Master, cells: dict[Place, Value] | None = None) -> Tables:
    """A master as doltlite gets it: each table by rows, and once more cell by cell."""
    values = {place: _canonical(place, value) for place, value in cells_of(master)}
    values |= {place: _canonical(place, value) for place, value in (cells or {}).items()}
    tables: Tables = {name: {} for name in WIDTHS}
    for (table, key, _), value in values.items():
        tables[table].setdefault(key, []).append(value)
    tables["cells"] = {"\t".join(place): [value] for place, value in values.items()}
    return tables


def _canonical(place: Place, value: Value) -> str:
    return canonical(value, BY_NAME[place[0]].column(place[2]).type)


def _theirs(item: Scene, pack: Pack) -> Tables:
    """A branch: what was sent, with what counts of the unit's doing."""
    tables = _tables(item.sent, pack.meant)
    for table, key in pack.deleted:
        if _edited_since(item, table, key):
            del tables[table][key]
    here = {content(row) for row in item.master.rows(EVIDENCE).values()}
    for row in pack.added:
        if content(row) not in here:
            tables[EVIDENCE.name]["\n".join(content(row))] = list(content(row))
    return tables


def _edited_since(item: Scene, table: str, key: str) -> bool:
    sent, now = dict(cells_of(item.sent)), dict(cells_of(item.master))
    return any(
        place in now and _canonical(place, now[place]) != _canonical(place, value)
        for place, value in sent.items()
        if place[:2] == (table, key)
    )


def _compare(item: Scene, wanted: dict[str, Any]) -> None:
    outcome = merge(item.master, *(pack.file for pack in item.packs), log=False)
    said = f"QCITY_SEED={item.seed}"
    found = _tables(outcome.master)
    known = {**item.sent.rows(EVIDENCE), **item.master.rows(EVIDENCE)}
    rows: Tables = wanted["rows"]
    listed = _listed(outcome.master, item.round)
    in_conflict = {(table, key) for table, key, _ in wanted["conflicts"] if table != "cells"}
    assert listed == {
        *(tuple(key.split("\t")) for table, key, _ in wanted["conflicts"] if table == "cells"),
        *((table, key, KEY) for table, key, theirs in wanted["conflicts"] if theirs is None),
    }, said
    old = {place: v for place, v in found["cells"].items() if _is_old(known, place)}
    assert old == rows["cells"], said
    for name in WIDTHS:
        if name == "cells":
            continue
        new = {key for key in rows[name] if name == EVIDENCE.name and key not in known}
        for key in set(rows[name]) | set(item.sent.tables[name]):
            if key not in new and (name, key) not in in_conflict:
                assert found[name].get(key) == rows[name].get(key), f"{said} {name} {key}"
        added = {"\n".join(v) for key, v in found[name].items() if _is_new(item, name, key)}
        assert added == new, said


def _is_new(item: Scene, table: str, key: str) -> bool:
    return key not in item.sent.tables[table] and key not in item.master.tables[table]


def _is_old(known: dict[str, Any], place: str) -> bool:
    table, key, _ = place.split("\t")
    return table != EVIDENCE.name or key in known


def _listed(master: Master, round_name: str = ROUNDS[0]) -> set[Place]:
    """The conflicts of a round on 冲突."""
    found = set()
    for row in master.rows(CONFLICTS).values():
        if text(row, "kind") == "冲突" and text(row, "round") == round_name:
            table = BY_SHEET[text(row, "sheet")]
            names = {column.header: column.field for column in table.columns}
            found.add((table.name, text(row, "row"), names[text(row, "column")]))
    return found
