"""A returned file as a pack: who it is, what was sent, what it holds now."""

import pytest

from qcity_xl.adapters.packs.kinds import NotAPack
from qcity_xl.adapters.packs.reading import read_pack
from qcity_xl.core.master.settings import Limits
from qcity_xl.core.rounds.pack import base_hash
from qcity_xl.core.schema import ROUNDS
from qcity_xl.core.schema.pack import PACK, PACK_TASKS
from tests.returns.conftest import UNIT, Round
from tests.returns.hand import by_openpyxl

BOUNDS = Limits()
TASKS = PACK_TASKS.table


def test_a_filled_pack_knows_who_it_is_and_what_was_sent(sent: Round) -> None:
    pack = read_pack(sent.honest, BOUNDS)
    assert (pack.identity.unit, pack.identity.round, pack.shown) == (UNIT, "第1轮", UNIT)
    row = sent.master.rows(ROUNDS)[f"R第1轮/{UNIT}"]
    assert base_hash(pack.identity, pack.base) == row["base"]
    assert pack.findings == ()
    first = pack.rows[TASKS.name][0]
    assert first.values["note"] == "已落实"
    assert pack.base[TASKS.name][first.key].get("note") is None


def test_a_pack_as_it_was_sent_holds_what_was_sent(sent: Round) -> None:
    pack = read_pack(sent.pack(), BOUNDS)
    for pack_table in PACK:
        name = pack_table.table.name
        assert {row.key for row in pack.rows[name]} == set(pack.base[name])


def test_a_sheet_that_was_deleted_is_a_finding(sent: Round) -> None:
    data = by_openpyxl(sent.honest, lambda book: book.remove(book[TASKS.sheet]))
    pack = read_pack(data, BOUNDS)
    assert TASKS.name not in pack.rows
    assert [finding.sheet for finding in pack.findings] == [TASKS.sheet]


def test_a_sheet_of_the_unit_s_own_is_remarked(sent: Round) -> None:
    pack = read_pack(by_openpyxl(sent.honest, lambda b: b.create_sheet("草稿")), BOUNDS)
    assert any("「草稿」" in note for note in pack.notes)


@pytest.mark.parametrize("rename", ["本轮任务1", "任务"])
def test_a_sheet_is_known_by_its_header_not_its_name(sent: Round, rename: str) -> None:
    def renamed(book: object) -> None:
        book[TASKS.sheet].title = rename  # type: ignore[index]  # openpyxl's workbook

    pack = read_pack(by_openpyxl(sent.honest, renamed), BOUNDS)
    assert len(pack.rows[TASKS.name]) == len(pack.base[TASKS.name])


def test_the_master_itself_is_no_pack(sent: Round) -> None:
    with pytest.raises(NotAPack, match="是总表"):
        read_pack(sent.path.read_bytes(), BOUNDS)


def test_a_copy_without_identity_is_told_whose_it_looks_like(sent: Round) -> None:
    data = by_openpyxl(sent.honest, lambda book: book.remove(book["_qcity"]))
    with pytest.raises(NotAPack, match=f"从表头看是{UNIT}第1轮的"):
        read_pack(data, BOUNDS)
