"""Files of a folder as proposals for 佐证."""

import pytest

from qcity_xl.core.master.model import Master
from qcity_xl.core.scoring.evaluate import evaluate
from qcity_xl.core.scoring.evidence import BROKEN, FileFact, assess
from qcity_xl.core.scoring.intake import (
    LISTED,
    TWICE,
    UNKNOWN,
    Intake,
    intake_changes,
    propose,
)
from tests.core.builders import KINDS, YEARS, Entry, build, criterion, evidence, indicator, unit


def office(*more: Entry) -> Master:
    return build(
        indicator(7, 10, methods="查阅文件、现场检查"),
        criterion("7(1)", 5, owner="市农委", text="建成农产品追溯平台"),
        criterion("7(2)", 5, owner="市农委", text="发布农产品抽检公报"),
        indicator(8, 10, methods="查阅文件"),
        criterion("8(1)", 10, owner="市旅游局", period="每年", text="组织导游技能竞赛"),
        unit("市农委"),
        unit("市旅游局"),
        *YEARS,
        *KINDS,
        *more,
    )


def facts(*paths: str) -> dict[str, FileFact]:
    return {path: FileFact(True, 9, path[-40:].encode().hex()) for path in paths}


def taken(master: Master, files: dict[str, FileFact]) -> Intake:
    return propose(master, assess(master, {}), files)


def test_a_label_a_year_and_a_kind_make_it_certain() -> None:
    path = "收集/市旅游局/8(1) 竞赛方案 2016年.pdf"
    (proposal,) = taken(office(), facts(path)).proposals
    assert proposal.certain
    assert {k: v for k, v in proposal.cells.items() if v is not None} == {
        "unit": "市旅游局",
        "title": "竞赛方案 2016年",
        "period": "2016",
        "location": path,
        "state": "待审",
        "criteria": "8(1)",
        "kind": "文件",
    }


@pytest.mark.parametrize(
    ("path", "criterion", "doubt"),
    [
        ("8(1)/竞赛方案.pdf", "8(1)", "看不出是哪一年的"),
        ("7/2016年追溯平台照片.jpg", "7(1)", "猜"),
        ("2016年导游技能竞赛.pdf", "8(1)", "猜"),  # by words alone
        ("7(1)/2016年扫描件.pdf", "7(1)", "材料类型猜是文件"),
    ],
)
def test_what_is_guessed_is_told(path: str, criterion: str, doubt: str) -> None:
    (proposal,) = taken(office(), facts(path)).proposals
    assert not proposal.certain
    assert proposal.cells["criteria"] == criterion
    assert doubt in proposal.doubt


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("照片/IMG_0001.jpg", UNKNOWN),
        ("8(1)/2016年竞赛现场.jpg", "8(1)不缺这样的现场照片"),
        ("8(1)/2012年方案.pdf", "8(1)不缺这样的文件"),
    ],
)
def test_what_fills_no_gap_is_left_with_the_reason(path: str, reason: str) -> None:
    found = taken(office(), facts(path))
    assert (found.proposals, found.left) == ((), ((path, reason),))


def test_what_does_not_open_is_left() -> None:
    path = "8(1)/2016年方案.pdf"
    assert taken(office(), {path: FileFact(True, 5, "aa", BROKEN)}).left == ((path, BROKEN),)


def test_one_content_is_proposed_once() -> None:
    files = dict.fromkeys(
        ("8(1)/2016年方案.pdf", "8(1)/2016年方案（副本）.pdf"), FileFact(True, 5, "aa")
    )
    found = taken(office(), files)
    assert len(found.proposals) == 1
    assert [reason for _, reason in found.left] == [TWICE]


@pytest.mark.parametrize("number", ["常农发〔2016〕12号", "常农发(2016)12号"])
def test_a_row_that_lacks_its_file_gets_it_by_its_number(number: str) -> None:
    row = evidence("公报", "7(2)", number=number, location=None)
    (proposal,) = taken(office(row), facts("常农发【2016】12号.pdf")).proposals
    assert (proposal.row, proposal.certain) == (row.key, True)
    assert proposal.cells == {"location": "常农发【2016】12号.pdf"}


def test_two_files_for_one_row_are_for_people_to_choose() -> None:
    row = evidence("E1", "7(2)", title="抽检公报", location=None)
    found = taken(office(row), facts("抽检公报.pdf", "另存/抽检公报.pdf")).proposals
    assert [(p.row, p.certain) for p in found] == [(row.key, False)] * 2


def test_what_was_entered_is_not_proposed_again() -> None:
    files = facts("8(1)/2016年方案.pdf", "8(1) 2017年方案.pdf", "7(2)/2016年公报.pdf", "别的.pdf")
    before = office()
    found = taken(before, files)
    after = before.with_changes(intake_changes(before, found.proposals, files))
    after = after.with_changes(evaluate(after, files).changes)
    again = taken(after, files)
    assert len(found.proposals) == 3
    assert again.proposals == ()
    assert [reason for _, reason in again.left] == [LISTED, LISTED, LISTED, UNKNOWN]
    moved = {f"移到别处/{path}": fact for path, fact in files.items()}
    assert taken(after, moved).proposals == ()


def test_several_files_in_one_cell_are_all_there_already() -> None:
    row = evidence("两张", "7(1)", location='"照片\\甲 2016.jpg"；照片/乙 2016.jpg')
    found = taken(office(row), facts("照片/甲 2016.jpg", "照片/乙 2016.jpg"))
    assert [reason for _, reason in found.left] == [LISTED, LISTED]
