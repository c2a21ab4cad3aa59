"""What one unit gets, and the base by which its answers are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.rounds.pack import (
    Identity,
    base_hash,
    base_lines,
    decode,
    encode,
    parse_base,
)
from qcity_xl.core.schema.pack import PACK, PACK_CRITERIA, PACK_EVIDENCE, PACK_TASKS
from qcity_xl.core.values import Value, tidy
from tests.core.builders import (
    ROUND,
    issued,
    pack_of,
    returned,
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
