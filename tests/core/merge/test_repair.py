"""Ids that were left behind, or lost, are found again by what the rows say."""

import random

from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.merge.repair import mend
from qcity_xl.core.rounds.pack import Identity, PackRow, ReturnedPack
from qcity_xl.core.schema.pack import PACK_CRITERIA, PACK_EVIDENCE, PACK_TASKS
from qcity_xl.core.values import Value

WHO = Identity("test", "第1轮", "市农委")
TASKS, CRITERIA, EVIDENCE = PACK_TASKS.table, PACK_CRITERIA.table, PACK_EVIDENCE.table
Rows = list[tuple[str, dict[str, Value]]]


def _base(count: int) -> dict[str, dict[str, Value]]:
    empty: dict[str, Value] = dict.fromkeys(TASKS.fields[1:])
    return {
        f"T{n}/市农委": {**empty, "task": f"1.{n}", "text": f"任务{n}", "role": "牵头"}
        for n in range(count)
    }


def _mended(table: str, base: dict[str, dict[str, Value]], rows: Rows) -> Rows:
    packed = tuple(PackRow(key, values, line) for line, (key, values) in enumerate(rows, 8))
    mended = mend(ReturnedPack(WHO, {}, {table: packed}), {table: base})
    return [(row.key, dict(row.values)) for row in mended.rows[table]]


@given(count=st.integers(1, 12), lost=st.booleans(), seed=st.integers(0, 10_000))
def test_rows_sorted_without_their_ids(count: int, lost: bool, seed: int) -> None:
    base = _base(count)
    answered = [(key, {**row, "note": f"{key}的进展"}) for key, row in base.items()]
    sorted_rows = random.Random(seed).sample(answered, count)  # noqa: S311 - not a secret
    ids = [""] * count if lost else list(base)
    left_behind = [(ids[n], values) for n, (_, values) in enumerate(sorted_rows)]
    assert _mended(TASKS.name, base, left_behind) == sorted_rows


def test_a_reworded_task_keeps_its_id() -> None:
    base = _base(3)
    rows = [(key, {**row, "text": f"{row['text']}（分两年）"}) for key, row in base.items()]
    assert _mended(TASKS.name, base, rows) == rows
    others = [(key, {**row, "text": "另外一件事"}) for key, row in base.items()]
    assert {key for key, _ in _mended(TASKS.name, base, others)} == {""}


def test_a_row_copied_over_others_is_the_row_that_it_shows() -> None:
    """Its answers are not those of the rows whose ids it bears."""
    base = _base(3)
    (first, values), *_ = base.items()
    rows = [(key, dict(values)) for key in base]
    assert [key for key, _ in _mended(TASKS.name, base, rows)] == [first] * 3


def test_a_cell_that_was_not_read_is_as_it_was_sent() -> None:
    base = {"T0/市农委": {**_base(1)["T0/市农委"], "note": "原来的进展"}}
    read = {k: v for k, v in base["T0/市农委"].items() if k != "note"}
    assert _mended(TASKS.name, base, [("T0/市农委", read)]) == list(base.items())


def test_evidence_without_ids_fills_the_slots_that_ask_for_it() -> None:
    empty: dict[str, Value] = dict.fromkeys(EVIDENCE.fields[1:])
    base = {
        "E1": {**empty, "criteria": "1(1)", "kind": "文件"},
        "E2": {**empty, "criteria": "1(1)", "kind": "文件"},
        "E3": {**empty, "criteria": "1(2)", "kind": "影像"},
        "E4": empty,
    }
    rows: Rows = [
        ("", {**base["E3"], "title": "录像"}),
        ("", {**base["E1"], "title": "通知"}),
        ("", dict(base["E2"])),
        ("", {**empty, "criteria": "9(9)", "title": "别的"}),
    ]
    assert [key for key, _ in _mended(EVIDENCE.name, base, rows)] == ["E3", "E1", "E2", ""]


def test_prepared_rows_under_other_ids_or_of_an_older_pack_say_nothing() -> None:
    empty: dict[str, Value] = dict.fromkeys(EVIDENCE.fields[1:])
    base = {
        "E第2轮/市农委/001": {**empty, "criteria": "1(1)", "kind": "文件", "period": "2016"},
        "E第2轮/市农委/002": {**empty, "criteria": "1(2)", "kind": "影像", "period": "2016"},
    }
    asked = list(base.values())
    rows: Rows = [
        ("E第2轮/市农委/001", dict(asked[1])),
        ("E第1轮/市农委/007", {**empty, "criteria": "2(1)", "kind": "文件", "period": "2015"}),
        ("E第1轮/市农委/008", {**empty, "criteria": "2(2)", "title": "关于试点的通知"}),
    ]
    packed = tuple(PackRow(key, values, line) for line, (key, values) in enumerate(rows, 8))
    mended = mend(ReturnedPack(WHO, {}, {EVIDENCE.name: packed}), {EVIDENCE.name: base})
    assert [row.key for row in mended.rows[EVIDENCE.name]] == ["E第1轮/市农委/008"]
    assert mended.notes == ("「佐证」第8行、第9行是预留的空行，没有填材料，不算填报",)


def test_what_is_typed_into_the_column_of_advice_is_told_with_its_place() -> None:
    sent: dict[str, Value] = dict.fromkeys(CRITERIA.fields[1:])
    sent |= {"label": "7(1)", "text": "抽检合格率", "allowed": "百分比，如 60%"}
    base = {"C7.1": sent}
    packed = (PackRow("C7.1", {**sent, "allowed": "93.2%", "answer": "附表"}, 9),)
    mended = mend(ReturnedPack(WHO, {}, {CRITERIA.name: packed}), {CRITERIA.name: base})
    (found,) = mended.findings
    assert found.sentence() == (
        "「自评」第9行“怎么填”：写了“93.2%”，没有读；"
        "如果是填写的内容贴偏了一列，请改填到右边对应的列再寄"
    )
    assert (found.line, found.field, mended.notes) == (9, "allowed", (found.sentence(),))
    as_sent = mend(
        ReturnedPack(WHO, {}, {CRITERIA.name: (PackRow("C7.1", sent, 9),)}), {CRITERIA.name: base}
    )
    assert as_sent.findings == ()


def test_a_cleared_cell_of_ours_is_told_though_another_row_is_blank_there() -> None:
    """Rows that the unit does not lead have no rules: a cleared cell looks like theirs."""
    first, second, third = _base(3).items()
    base = {
        first[0]: {**first[1], "rules": "每建一处得1分"},
        second[0]: {**second[1], "rules": "办结率满八成得3分"},
        third[0]: third[1],
    }

    def fields(*rules: Value) -> list[tuple[int, str, str]]:
        rows = zip(base.items(), rules, strict=True)
        packed = tuple(PackRow(k, {**v, "rules": r}, n) for n, ((k, v), r) in enumerate(rows, 8))
        mended = mend(ReturnedPack(WHO, {}, {TASKS.name: packed}), {TASKS.name: base})
        return [(f.line, f.field, f.found) for f in mended.findings]

    told = base[first[0]]["rules"]
    other = base[second[0]]["rules"]
    assert fields(told, other, None) == []
    assert fields(None, other, None) == [(8, "rules", "被清空")]
    assert fields(other, other, None) == [(8, "rules", "写了“办结率满八成得3分”")]
    assert fields(other, None, told) == []  # sorted without the columns of the unit
