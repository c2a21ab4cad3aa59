"""Each difference of a returned pack becomes exactly one decision, and can be found afterwards."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from qcity_xl.core.changes import KEY
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.merge.decide import Decision, decide_pack
from qcity_xl.core.rounds.pack import PackRow, ReturnedPack
from qcity_xl.core.schema import BY_NAME, CONFLICTS, EVIDENCE, LOG
from qcity_xl.core.schema.pack import PACK, PackTable
from qcity_xl.core.values import Value, canonical, same_meaning
from tests.core.merge.rounds import merge
from tests.laws.scripts import scene, seeds

CASES, CHUNKS = 250, 4  # cases in each part; parts are shared out among the test runners
Cell = tuple[str, str, str]  # sheet of the pack, field, canonical value


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_each_difference_is_decided_once_and_can_be_found(
    chunk: int, record_property: Callable[[str, object], None]
) -> None:
    chosen = seeds(CASES, chunk)
    for seed in chosen:
        item = scene(seed)
        for pack in item.packs:
            _check_once(item.master, pack.file, f"QCITY_SEED={seed}")
        _check_found(item.master, [pack.file for pack in item.packs], f"QCITY_SEED={seed}")
    record_property("tried", ("random merges in which nothing may be lost", len(chosen)))


def _check_once(master: Master, file: ReturnedPack, said: str) -> None:
    decisions = decide_pack(file, master)
    written = Counter(
        (d.sheet, d.line, d.field) for d in decisions if d.field != KEY and _is_difference(d)
    )
    assert not [place for place, times in written.items() if times > 1], said
    decided = {(d.sheet, d.field, _said(d.table, d.field, d.theirs)) for d in decisions}
    for cell in _differences(file):
        assert cell in decided, f"{said}: {cell}"
    sent = {key for rows in file.base.values() for key in rows}
    assert {d.row for d in decisions if d.field == KEY} <= sent, said


def _differences(file: ReturnedPack) -> Iterator[Cell]:
    """Cells that differ from what was sent under the row's id, found as simply as can be."""
    for pack_table in PACK:
        base = file.base[pack_table.table.name]
        for row in file.rows[pack_table.table.name]:
            sent = base.get(row.key, {})
            for name in _fields(pack_table):
                kind = pack_table.source.column(name).type
                value = row.values.get(name)
                if not same_meaning(value, sent.get(name), kind):
                    said = _said(pack_table.source.name, name, value)
                    yield pack_table.table.sheet, name, said


def _fields(table: PackTable) -> list[str]:
    return [f for f in table.table.fields if f in table.source.fields and f != KEY]


def _said(table: str, name: str, value: Value) -> str:
    column = BY_NAME[table].column(name)
    return canonical(value, column.type)


def _is_difference(decision: Decision) -> bool:
    """Prefilled cells of new evidence are decided too; they may stand in several new rows."""
    return not same_meaning(decision.base, decision.theirs)


def _check_found(master: Master, files: list[ReturnedPack], said: str) -> None:
    outcome = merge(master, *files)
    listed = [
        (text(r, "row"), canonical(r.get(name)))
        for r in outcome.master.rows(CONFLICTS).values()
        for name in ("theirs", "second")
    ]
    logged = [(text(r, "row"), canonical(r.get("new"))) for r in outcome.master.rows(LOG).values()]
    for item in outcome.merged:
        for d in item.decisions:
            place = f"{said}: {d}"
            if d.action == "take":
                assert same_meaning(outcome.cell(d.row, d.field, d.table), d.theirs), place
                assert (d.row, canonical(d.theirs)) in logged, place
                continue
            assert (d.place, canonical(d.theirs)) in logged, place
            assert d.action == "keep" or (d.place, canonical(d.theirs)) in listed, place


def test_the_same_words_in_two_rows_are_decided_each() -> None:
    item = scene(1)
    rows = [
        PackRow("", {"title": "甲", "criteria": "1(1)"}, 90),
        PackRow("", {"title": "乙", "criteria": "1(1)"}, 91),
    ]
    file = item.packs[0].file
    name = next(t.table.name for t in PACK if t.source is EVIDENCE)
    more = ReturnedPack(file.identity, file.base, {name: tuple(rows)})
    found = [(d.line, d.field, d.action) for d in decide_pack(more, item.master)]
    gone = [key for key, row in file.base[name].items() if row.get("title")]
    assert len(found) == 4 + len(gone)
    assert found[:4] == [
        (line, name, "take") for line in (90, 91) for name in ("criteria", "title")
    ]
