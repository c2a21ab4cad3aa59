"""What one unit gets, and the base by which its answers are compared."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.master.model import Master, text
from qcity_xl.core.rounds.assignments import assignment_changes
from qcity_xl.core.rounds.pack import (
    Identity,
    PackContent,
    base_hash,
    base_lines,
    decode,
    encode,
    packs_for,
    parse_base,
)
from qcity_xl.core.schema import ASSIGNMENTS, BY_NAME, CRITERIA
from qcity_xl.core.schema.pack import PACK, PACK_CRITERIA, PACK_EVIDENCE, PACK_TASKS
from qcity_xl.core.scoring.evaluate import evaluate
from qcity_xl.core.scoring.evidence import assess
from qcity_xl.core.text import natural_key
from qcity_xl.core.values import Value, tidy
from tests.core.builders import (
    DUE,
    ROUND,
    drop,
    embedded,
    evidence,
    issued,
    pack_of,
    returned,
    ruling,
    set_cell,
    setting,
)

TASKS, ANSWERS, EVIDENCE = (table.table.name for table in PACK)
IDENTITY = Identity("test", ROUND, "市农委")

STORED = st.one_of(
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.text(),
    st.sampled_from(["1", "1.0", "TRUE", "2016-05-01", "13.10", "007", "d", "=1+1", "\x1f"]),
).map(tidy)
NAMES = st.text(min_size=1, max_size=8)
BASES = st.dictionaries(
    st.sampled_from([TASKS, ANSWERS, EVIDENCE]),
    st.dictionaries(NAMES, st.dictionaries(NAMES, STORED, max_size=4), max_size=4),
    max_size=3,
)


@given(STORED)
def test_a_value_survives_as_text(value: Value) -> None:
    back = decode(*encode(value))
    assert back == value
    assert type(back) is type(value)


@given(BASES)
def test_a_base_survives_on_the_hidden_sheet(base: dict[str, dict[str, dict[str, Value]]]) -> None:
    sent = {
        name: {key: {f: v for f, v in row.items() if v is not None} for key, row in rows.items()}
        for name, rows in base.items()
        if rows
    }
    assert parse_base(base_lines(IDENTITY, base)) == (IDENTITY, sent)


@given(BASES)
def test_the_hash_does_not_hang_on_the_order_of_rows(
    base: dict[str, dict[str, dict[str, Value]]],
) -> None:
    turned = {
        name: {key: dict(reversed(row.items())) for key, row in reversed(rows.items())}
        for name, rows in base.items()
    }
    assert base_hash(IDENTITY, base) == base_hash(IDENTITY, turned)


@pytest.mark.parametrize(
    ("changed", "same"),
    [("方案起草中", True), ("方案起草中 ", True), ("方案已印发", False), (None, False)],
)
def test_the_hash_proves_what_was_sent(changed: Value, same: bool) -> None:
    base = {TASKS: {"T1.1/市农委": {"note": "方案起草中"}}}
    forged = {TASKS: {"T1.1/市农委": {"note": changed}}}
    assert (base_hash(IDENTITY, base) == base_hash(IDENTITY, forged)) is same


@pytest.mark.parametrize("part", ["master", "round", "unit"])
def test_the_hash_proves_whose_it_is(part: str) -> None:
    parts = {"master": "test", "round": ROUND, "unit": "市农委"}
    assert base_hash(IDENTITY, {}) != base_hash(Identity(**{**parts, part: "别的"}), {})


@pytest.mark.parametrize("lacking", ["format", "master", "round", "unit"])
def test_a_hidden_sheet_that_is_not_ours(lacking: str) -> None:
    lines = [line for line in base_lines(IDENTITY, {}) if line[2] != lacking]
    assert parse_base(lines) is None
    assert parse_base([]) is None


# -- who gets what


def embedded_packs() -> list[PackContent]:
    master = embedded()
    master = master.with_changes(assignment_changes(master)[0])
    return packs_for(master, assess(master, {}), ROUND, DUE)


def test_each_unit_sees_its_own_rows_only() -> None:
    packs = embedded_packs()
    assert len(packs) == len({pack.identity.unit for pack in packs}) == 29
    master = embedded()
    master = master.with_changes(assignment_changes(master)[0])
    for pack in packs:
        unit = pack.identity.unit
        for row in pack.rows[TASKS]:
            assert text(master.rows(ASSIGNMENTS)[str(row["key"])], "unit") == unit
        for row in pack.rows[ANSWERS]:
            assert text(master.rows(CRITERIA)[str(row["key"])], "owner") == unit
        assert all(f"/{unit}/" in str(row["key"]) for row in pack.rows[EVIDENCE])
        assert set(pack.answering) == {row["key"] for row in pack.rows[ANSWERS]}


def test_every_duty_and_every_criterion_is_asked_once() -> None:
    packs = embedded_packs()
    asked = [str(row["key"]) for pack in packs for row in pack.rows[TASKS]]
    master = embedded()
    duties = master.with_changes(assignment_changes(master)[0]).rows(ASSIGNMENTS)
    assert sorted(asked) == sorted(duties)
    answers = [str(row["key"]) for pack in packs for row in pack.rows[ANSWERS]]
    judged = {k for k, r in master.rows(CRITERIA).items() if r["kind"] == "专家评分"}
    assert sorted(answers) == sorted(set(master.rows(CRITERIA)) - judged)


def test_tasks_come_in_the_order_that_people_count() -> None:
    for pack in embedded_packs():
        numbers = [str(row["task"]) for row in pack.rows[TASKS]]
        assert numbers == sorted(numbers, key=natural_key)


def test_a_pack_says_whose_it_is_and_when_it_is_due() -> None:
    pack = pack_of(issued(setting("轮次", "办公室联系人", "张三 0519-12345678")), "市农委")
    assert pack.identity == IDENTITY
    assert pack.headline == {
        "qc_unit": "市农委",
        "qc_round": ROUND,
        "qc_due": "2016-12-07",
        "qc_contact": "张三 0519-12345678",
    }


def test_only_the_units_that_were_asked_for() -> None:
    master = issued()
    wanted = packs_for(master, assess(master, {}), ROUND, DUE, ["常州国检局"])
    assert [pack.identity.unit for pack in wanted] == ["常州国检局"]
    everyone = packs_for(master, assess(master, {}), ROUND, DUE)
    assert [pack.identity.unit for pack in everyone] == ["市农委", "市教育局", "常州国检局"]


def test_a_task_that_is_done_with_all_its_evidence_is_not_asked_again() -> None:
    master = set_cell(issued(), ASSIGNMENTS, "T1.1/市农委", "progress", "已完成")
    assert pack_of(master, "市农委").tasks == 0
    assert pack_of(set_tasks_evidence(master, "缺：1(1)"), "市农委").tasks == 1


def set_tasks_evidence(master: Master, state: str) -> Master:
    return set_cell(master, BY_NAME["tblTasks"], "T1.1", "evidence", state)


def test_a_reassigned_task_is_not_asked_of_the_former_unit() -> None:
    master = set_cell(issued(), ASSIGNMENTS, "T1.1/市农委", "role", None)
    assert pack_of(master, "市农委").tasks == 0


def test_what_the_review_settled_is_not_asked_again() -> None:
    master = set_cell(issued(), CRITERIA, "C1.1", "ruling", "达成")
    assert pack_of(master, "市农委").rows[ANSWERS] == []


def test_answers_are_prefilled_and_say_how_to_fill_them() -> None:
    master = issued(ruling("1(2)", "未尽", "10"))
    master = set_cell(master, CRITERIA, "C1.2", "answer", "制定中")
    master = set_cell(master, CRITERIA, "C1.2", "may_be_absent", "是")
    pack = pack_of(master, "市教育局")
    (row,) = pack.rows[ANSWERS]
    assert (row["answer"], row["points"]) == ("制定中", 20)
    offered = ("20分 已出台", "10分 制定中", "0分 未着手", "其他情形", "不适用")
    assert pack.answering["C1.2"].choices == offered
    assert row["allowed"] == "、".join(offered[:-1]) + "；合理缺项填“不适用”"


def test_a_number_has_no_dropdown_but_may_be_absent() -> None:
    master = set_cell(issued(), CRITERIA, "C1.1", "kind", "数值分段")
    master = set_cell(master, CRITERIA, "C1.1", "params", "≥30%：10")
    master = set_cell(master, CRITERIA, "C1.1", "may_be_absent", "是")
    answering = pack_of(master, "市农委").answering["C1.1"]
    assert answering.choices == ()
    assert answering.allowed == "数值，如 30%（0%到100%）；合理缺项填“不适用”"


def test_evidence_given_before_then_what_is_missing_then_blank_lines() -> None:
    master = issued(
        evidence("E1", "1(1)", kind="现场照片", state="退回", state_note="看不清"),
        evidence("E2", "1(2)", unit="市教育局"),
        setting("佐证", "空白行", 2),
    )
    rows = pack_of(master, "市农委").rows[EVIDENCE]
    assert [row["key"] for row in rows] == [
        "E1",
        *(f"E{ROUND}/市农委/{number:03d}" for number in (1, 2, 3)),
    ]
    assert (rows[0]["state"], rows[0]["state_note"]) == ("退回", "看不清")
    assert (rows[1]["criteria"], rows[1]["kind"]) == ("1(1)", "文件")
    assert all(value is None for field, value in rows[2].items() if field != "key")


def test_the_base_is_what_was_sent() -> None:
    pack = pack_of(issued(), "市农委")
    assert base_hash(pack.identity, pack.base) == base_hash(pack.identity, returned(pack).base)
    assert pack.base[TASKS]["T1.1/市农委"]["deadline"] == "2016-2017"
    parsed = parse_base(base_lines(pack.identity, pack.base))
    assert parsed is not None
    assert base_hash(*parsed) == base_hash(pack.identity, pack.base)


def test_a_unit_writes_only_its_own_columns() -> None:
    assert PACK_TASKS.editable == ("progress", "note", "done_on", "difficulty")
    assert PACK_CRITERIA.editable == ("answer", "note")
    assert "state" not in PACK_EVIDENCE.editable
    assert "criteria" in PACK_EVIDENCE.editable


def test_a_due_date_is_a_day() -> None:
    assert dt.date.fromisoformat(pack_of(issued(), "市农委").headline["qc_due"]) == DUE


def test_a_unit_without_rows_gets_no_pack() -> None:
    master = drop(issued(), ASSIGNMENTS, "T1.1/常州国检局")
    assert packs_for(master, assess(master, {}), ROUND, DUE, ["常州国检局"]) == []


def test_the_unit_reads_the_rule_as_the_office_does() -> None:
    master = issued()
    master = master.with_changes(evaluate(master, {}).changes)
    (row,) = pack_of(master, "市教育局").rows[PACK_CRITERIA.table.name]
    assert row["reading"] == master.rows(CRITERIA)["C1.2"]["reading"]
    assert "“制定中”得10分" in str(row["reading"])
