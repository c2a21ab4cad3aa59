"""What goes leaves all that it held on 新旧对照."""

from qcity_xl.core.adopting.retired import Revised, documents_of, drop, retired, revision_rows
from qcity_xl.core.schema import CRITERIA, REVISIONS
from tests.core.adopting.tables import FILLED

ROW = FILLED.rows(CRITERIA)["C3.1"]


def test_each_filled_cell_is_kept_by_its_header() -> None:
    kept = retired(CRITERIA, "得分点", "3(1)", ROW, ["佐证：教学计划"])
    assert (kept.kind, kept.change, kept.old_no, kept.old) == (
        *("得分点", "取消", "3(1)"),
        "在职业院校开设质量管理课程",
    )
    assert {"分值：5", "自评答案：自评3(1)", "核定：核定3(1)", "佐证：教学计划"} <= set(
        kept.held.splitlines()
    )


def test_its_documents_are_listed() -> None:
    assert list(documents_of(FILLED, "3(1)", {})) == ["佐证：市农委，佐证3(1)"]


def test_a_row_that_goes_is_taken_away_cell_by_cell() -> None:
    changed = FILLED.with_changes(drop(CRITERIA, "C3.1", ROW))
    assert "C3.1" not in changed.rows(CRITERIA)


def test_what_no_cell_holds_goes_on_below() -> None:
    changes = revision_rows(FILLED, [Revised("任务", "取消", "1.1", held="长" * 70_000)], "新版")
    rows = FILLED.with_changes(changes).rows(REVISIONS)
    assert "".join(str(row["held"]) for row in rows.values()) == "长" * 70_000
    assert all(len(str(row["held"])) < 32_767 for row in rows.values())


def test_rows_are_added_below_those_of_earlier_tables() -> None:
    first = FILLED.with_changes(revision_rows(FILLED, [Revised("任务", "新增")], "2017版"))
    second = first.with_changes(revision_rows(first, [Revised("任务", "取消")], "2018版"))
    assert [row["version"] for row in second.rows(REVISIONS).values()] == ["2017版", "2018版"]
