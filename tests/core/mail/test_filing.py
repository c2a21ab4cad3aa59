"""Files of a unit against its rows of 佐证: what is certain is proposed, the rest asked."""

import pytest

from qcity_xl.core.mail.filing import matched
from qcity_xl.core.master.model import Row

FOLDER = "佐证/市质监局"


def location(row: Row, *files: str) -> str | None:
    """Where the one row has its file, None if that is not certain."""
    places = [f"{FOLDER}/{name}" for name in files]
    matches, _ = matched(places, {"E1": row})
    return matches[0].location.replace(f"{FOLDER}/", "") if matches else None


@pytest.mark.parametrize(
    ("named", "files", "found"),
    [
        ("D:\\2016\\质量奖通知.pdf", ["质量奖通知.pdf", "名单.pdf"], "质量奖通知.pdf"),
        ("“佐证/质量奖 通知.PDF”", ["质量奖通知.pdf"], "质量奖通知.pdf"),
        ("2016/报告.pdf", ["2015/报告.pdf", "2016/报告.pdf"], "2016/报告.pdf"),
        ("报告.pdf", ["报告.pdf", "报告 (2).pdf"], None),
        ("报告 (2).pdf", ["报告.pdf", "报告 (2).pdf"], "报告 (2).pdf"),
        ("报告.pdf；名单.pdf", ["报告.pdf", "名单.pdf"], "报告.pdf；佐证/市质监局/名单.pdf"),
        ("报告.pdf；名单.pdf", ["报告.pdf"], None),
        ("报告.pdf", ["报告.docx"], None),
        ("", [], None),
    ],
)
def test_by_the_name_that_the_row_gives(named: str, files: list[str], found: str | None) -> None:
    expected = found and found.replace("佐证/市质监局/", "")
    assert location({"location": named}, *files) == expected


@pytest.mark.parametrize(
    ("row", "files", "found"),
    [
        ({"title": "《质量强市工作方案》"}, ["质量强市工作方案.docx"], "质量强市工作方案.docx"),
        ({"title": "工作方案"}, ["质量强市工作方案.docx"], None),
        ({"title": "工作方案"}, ["工作方案.docx", "工作方案.pdf"], None),
        ({"number": "常质监〔2016〕8号"}, ["关于印发的通知（常质监[2016]8号）.pdf"],
         "关于印发的通知（常质监[2016]8号）.pdf"),
        ({"number": "8号"}, ["18号.pdf"], None),
    ],
)  # fmt: skip
def test_by_title_and_number(row: Row, files: list[str], found: str | None) -> None:
    assert location(row, *files) == found


def test_what_fits_several_is_a_doubt_and_no_match() -> None:
    rows: dict[str, Row] = {"E1": {"title": "名录"}, "E2": {"title": "名录"}}
    matches, doubts = matched(["佐证/甲/名录.pdf"], rows)
    assert matches == []
    assert [(d.row, d.places) for d in doubts] == [
        ("E1", ("佐证/甲/名录.pdf",)),
        ("E2", ("佐证/甲/名录.pdf",)),
    ]


def test_two_rows_may_name_one_file() -> None:
    rows: dict[str, Row] = {"E1": {"location": "a.pdf"}, "E2": {"location": "材料/a.pdf"}}
    matches, doubts = matched(["佐证/甲/a.pdf"], rows)
    assert ([m.row for m in matches], doubts) == (["E1", "E2"], [])


def test_a_file_of_another_row_is_taken_only_where_it_is_named() -> None:
    place = "佐证/甲/名录.pdf"
    assert matched([place], {"E1": {"title": "名录"}}, {place}) == ([], [])
    (match,) = matched([place], {"E1": {"location": "名录.pdf"}}, {place})[0]
    assert match.why == "存放位置里的文件名"
