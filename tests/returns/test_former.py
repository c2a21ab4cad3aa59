"""A pack as earlier versions made it, filled in: all of it is read, and nothing is missed in it."""

from pathlib import Path

from qcity_xl.adapters.packs import read_pack
from qcity_xl.core.master.settings import Limits
from qcity_xl.core.merge.repair import mend
from qcity_xl.core.schema.pack import FORMER, PACK, PACK_TASKS

FORMER_PACK = Path(__file__).with_name("former_市农委.xlsx")
SINCE = {"hint", "indicator", "leads", "methods", "rules"}  # columns of 本轮任务 that it has not


def test_a_pack_without_the_columns_of_now_is_whole() -> None:
    pack = read_pack(FORMER_PACK.read_bytes(), Limits())
    assert (pack.identity.unit, pack.identity.round, pack.shown) == ("市农委", "第1轮", "市农委")
    assert set(pack.rows) == {part.table.name for part in PACK}
    assert (pack.notes, pack.findings, pack.beside) == ((), (), ())
    first, *others = pack.rows[PACK_TASKS.table.name]
    assert (first.values["progress"], first.values["note"]) == ("基本完成", "已普及28%")
    assert not SINCE & set(first.values)
    mended = mend(pack, pack.base)
    assert mended.findings == ()
    assert [row.key for row in mended.rows[PACK_TASKS.table.name]] == [
        row.key for row in (first, *others)
    ]


def test_the_words_around_its_tables_are_known_to_be_ours() -> None:
    pack = read_pack(FORMER_PACK.read_bytes(), Limits())
    assert set(FORMER) <= {words for *_, words in pack.around}
