"""An answer is under the row whose text stands beside it, or nobody's: never the id's alone."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcity_xl.core.merge.decide import decide_pack
from qcity_xl.core.merge.repair import mend
from qcity_xl.core.merge.whose_row import whose_rows
from qcity_xl.core.rounds.pack import Identity, PackRow, ReturnedPack
from qcity_xl.core.schema.pack import PACK_CRITERIA, PACK_EVIDENCE, PACK_TASKS, PackTable
from qcity_xl.core.values import Value
from tests.core.builders import assignment, build, criterion

UNIT = "市水利局"
WHO = Identity("test", "第1轮", UNIT)
Values = dict[str, Value]
Lines = list[tuple[str, Values]]  # id, and what is visible beside it
MASTER = build(
    *(assignment(f"{n}.1", UNIT, text=f"整治第{n}号河道") for n in range(1, 13)),
    *(criterion(f"{n}(1)", 5, text=f"第{n}条河道达标", owner=UNIT) for n in range(1, 13)),
)


def _sent(table: PackTable) -> dict[str, Values]:
    return {
        key: {f: row.get(f) for f in table.table.fields if f != "key"}
        for key, row in MASTER.rows(table.source).items()
    }


def _answered(table: PackTable, rng: random.Random) -> Lines:
    """Most rows answered, each with a word that says beside which text it was typed."""
    return [
        (key, {**row, "note": f"见“{row['text']}”" if rng.random() < 0.8 else None})
        for key, row in _sent(table).items()
    ]


# -- slips in the visible columns; the ids stay on their lines


def _shifted(lines: Lines, at: int, first: int, *, up: bool) -> Lines:
    """Cells deleted or inserted at a line, from a column on: what is below moves."""
    names = list(lines[0][1])
    ids = [key for key, _ in lines] + [""]
    seen = [dict(values) for _, values in lines] + [dict.fromkeys(names)]
    for name in names[first:]:
        column: list[Value] = [values[name] for values in seen]
        column = (
            [*column[:at], *column[at + 1 :], None] if up else [*column[:at], None, *column[at:-1]]
        )
        for values, value in zip(seen, column, strict=True):
            values[name] = value
    return list(zip(ids, seen, strict=True))


def _up(lines: Lines, rng: random.Random) -> Lines:
    return _shifted(lines, rng.randrange(len(lines)), rng.randint(0, 1), up=True)


def _down(lines: Lines, rng: random.Random) -> Lines:
    return _shifted(lines, rng.randrange(len(lines)), rng.randint(0, 1), up=False)


def _sorted(lines: Lines, rng: random.Random) -> Lines:
    seen = [values for _, values in lines]
    rng.shuffle(seen)
    return [(key, values) for (key, _), values in zip(lines, seen, strict=True)]


def _copied(lines: Lines, rng: random.Random) -> Lines:
    """One row's cells copied over those of another."""
    one, other = rng.sample(range(len(lines)), 2)
    return [(key, dict(lines[one][1]) if n == other else v) for n, (key, v) in enumerate(lines)]


def _retyped(lines: Lines, rng: random.Random) -> Lines:
    """One row's text typed anew; the answer beside it is for that."""
    chosen = rng.randrange(len(lines))
    number = next(iter(lines[0][1]))
    new: Values = {"text": "自己加的一项", number: "99.9", "note": "见“自己加的一项”"}
    return [(key, {**v, **new} if n == chosen else v) for n, (key, v) in enumerate(lines)]


def _blanked(lines: Lines, rng: random.Random) -> Lines:
    chosen = rng.randrange(len(lines))
    return [(key, dict.fromkeys(v) if n == chosen else v) for n, (key, v) in enumerate(lines)]


SLIPS = (_up, _down, _sorted, _copied, _retyped, _blanked)


@pytest.mark.parametrize("table", [PACK_TASKS, PACK_CRITERIA], ids=lambda t: t.table.sheet)
@settings(max_examples=300)
@given(slips=st.lists(st.sampled_from(SLIPS), min_size=1, max_size=4), seed=st.integers(0))
def test_no_slip_puts_an_answer_under_another_row(
    table: PackTable, slips: list[Callable[[Lines, random.Random], Lines]], seed: int
) -> None:
    rng = random.Random(seed)  # noqa: S311 - repeatable on purpose
    lines = _answered(table, rng)
    for slip in slips:
        lines = slip(lines, rng)
    rows = tuple(PackRow(key, values, 8 + n) for n, (key, values) in enumerate(lines))
    name = table.table.name
    pack = mend(ReturnedPack(WHO, {}, {name: rows}), {name: _sent(table)})
    decisions = decide_pack(pack, MASTER)
    taken = [d for d in decisions if d.action == "take" and d.theirs is not None]
    for decision in taken:
        text = MASTER.rows(table.source)[decision.row]["text"]
        assert decision.theirs == f"见“{text}”"
    told = {d.theirs for d in decisions}
    typed = {values["note"] for _, values in lines if values["note"]}
    assert typed <= told  # taken, or put to the office: nothing is nowhere


@pytest.mark.parametrize("slip", [_up, _down, _sorted])
def test_one_slip_costs_no_answer(slip: Callable[[Lines, random.Random], Lines]) -> None:
    rng = random.Random(3)  # noqa: S311 - repeatable on purpose
    lines = [(key, {**row, "note": f"见“{row['text']}”"}) for key, row in _sent(PACK_TASKS).items()]
    moved = slip(lines, rng)
    rows = tuple(PackRow(key, values, 8 + n) for n, (key, values) in enumerate(moved))
    name = PACK_TASKS.table.name
    pack = mend(ReturnedPack(WHO, {}, {name: rows}), {name: _sent(PACK_TASKS)})
    taken = [d for d in decide_pack(pack, MASTER) if d.action == "take"]
    assert len(taken) == len({values["note"] for _, values in moved} - {None})


SENT = _sent(PACK_TASKS)
ONE, TWO = list(SENT)[:2]


@pytest.mark.parametrize(
    ("key", "cells", "whose"),
    [
        (TWO, {}, ONE),  # what it shows counts
        ("", {}, ONE),
        ("别的行键", {}, ONE),
        (TWO, {"task": "8.88"}, ONE),
        (ONE, {"task": SENT[TWO]["task"]}, ONE),
        (TWO, {"task": SENT[TWO]["task"]}, TWO.replace("2.1", "?")),
        (ONE, {"text": "整治第1号河道及其支流"}, ONE),
        (ONE, {"text": "改写过的任务"}, "?"),
        (TWO, {"text": "改写过的任务"}, "?"),
        (ONE, {"text": "改写过的任务", "task": "8.88"}, "?"),
        (ONE, {"text": None, "task": None}, ONE),
        ("别的行键", {"text": "没有下发过", "task": "8.88"}, "别的行键"),
    ],
)
def test_whose_a_single_row_is(key: str, cells: Values, whose: str) -> None:
    row = PackRow(key, {**SENT[ONE], "note": "已清淤", **cells}, 8)
    ((_, found),) = whose_rows(PACK_TASKS, [row], SENT)
    assert found == ("" if "?" in whose else whose)


def test_evidence_that_moved_keeps_its_own_title() -> None:
    blank: Values = dict.fromkeys(f for f in PACK_EVIDENCE.table.fields if f != "key")
    sent = {f"E{n}": {**blank, "title": f"关于第{n}号河道的通知"} for n in range(1, 5)}
    titles = ["E2", "E3", "E4", None]  # the cells of the first deleted, the others moved up
    rows = [
        PackRow(key, dict(sent[title]) if title else blank, line)
        for line, (key, title) in enumerate(zip(sent, titles, strict=True), 8)
    ]
    assert [key for _, key in whose_rows(PACK_EVIDENCE, rows, sent)] == ["E2", "E3", "E4", ""]
    corrected = PackRow("E1", {**sent["E1"], "title": "关于第1号河道的公告"}, 8)
    assert [key for _, key in whose_rows(PACK_EVIDENCE, [corrected], sent)] == ["E1"]
