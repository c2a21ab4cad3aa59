"""A pack filled in place: the cells that were answered, and nothing else of the file."""

import pytest

from qcity_xl.adapters.ooxml import Package
from qcity_xl.adapters.packs import NotAPack, answered_pack, make_pack, read_pack
from qcity_xl.core.master.settings import Limits
from qcity_xl.core.rounds.answering import Answers
from qcity_xl.core.rounds.pack import ReturnedPack
from qcity_xl.core.schema.pack import PACK_CRITERIA, PACK_EVIDENCE, PACK_TASKS
from qcity_xl.core.values import Value
from tests.core.builders import issued, pack_of

UNIT = "市农委"
TASK = (PACK_TASKS.table.name, f"T1.1/{UNIT}")


@pytest.fixture(scope="module")
def data() -> bytes:
    return make_pack(pack_of(issued(), UNIT))


def read(data: bytes) -> ReturnedPack:
    return read_pack(data, Limits())


def filled(data: bytes, answers: Answers) -> bytes:
    return answered_pack(data, read(data), answers)


def rows(pack: ReturnedPack) -> dict[tuple[str, str], dict[str, Value]]:
    return {(t, row.key): dict(row.values) for t, found in pack.rows.items() for row in found}


def test_the_cells_that_are_answered_and_no_other(data: bytes) -> None:
    values: dict[str, Value] = {"progress": "推进中", "note": "=1+1\n" + "开了会。" * 60}
    made = filled(data, Answers({TASK: values}))
    before, after = rows(read(data)), rows(read(made))
    assert after.pop(TASK) == {**before.pop(TASK), **values}
    assert after == before
    old, new = Package.read(data), Package.read(made)
    assert old.names == new.names
    changed = [name for name in old.names if old.part(name) != new.part(name)]
    assert [name for name in changed if not name.startswith("xl/worksheets/")] == []
    assert len(changed) == 1


def test_the_same_answers_make_the_same_bytes(data: bytes) -> None:
    answers = Answers({TASK: {"note": "开了会。"}})
    assert filled(data, answers) == filled(data, answers)
    assert filled(data, Answers()) is data


def test_more_evidence_stands_below_the_lines_that_were_sent(data: bytes) -> None:
    papers: list[dict[str, Value]] = [
        {"criteria": "1(1)", "title": f"第{n}号文件"} for n in range(12)
    ]
    found = read(filled(data, Answers(added=papers)))
    added = [row for row in found.rows[PACK_EVIDENCE.table.name] if not row.key]
    assert [row.values["title"] for row in added] == [paper["title"] for paper in papers]
    assert found.findings == ()


def test_a_table_that_was_made_plain_cells_is_told(data: bytes) -> None:
    package = Package.read(data)
    name = next(
        n for n in package.names if PACK_CRITERIA.table.name.encode() in package.part(n)[:600]
    )
    package.replace(name, package.part(name).replace(b"tblPackCriteria", b"Other"))
    answers = Answers({(PACK_CRITERIA.table.name, "C1.1"): {"answer": "达成"}})
    with pytest.raises(NotAPack, match=r"「自评」的表格被转换成了普通区域.*请用收到的原件"):
        filled(package.to_bytes(), answers)
