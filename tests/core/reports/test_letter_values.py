"""Letters as official ones have them: everything in its place, titles that end in their kind."""

import datetime as dt

import pytest

from qcity_xl.core.mail.chasing import Late
from qcity_xl.core.mail.letters import Item, Letter
from qcity_xl.core.reports.letter_values import late_values, letter_values

LETTER = Letter(
    "【质量强市·2027年6月】关于报送材料的函",
    ("市交通局：", "请于6月30日前报送下列事项：", None, "逾期的予以通报。"),
    ("市质强办", "联系人：林静 0519-87654321", "2027年6月1日"),
    (Item("3.2", "公布线网图", "缺照片"), Item("3.4", "调整班次")),
)


def test_each_line_of_a_letter_has_its_place() -> None:
    assert letter_values(LETTER) == {
        "标题": "关于报送材料的函",
        "主送": "市交通局：",
        "正文": ["请于6月30日前报送下列事项，清单见附件1。", "逾期的予以通报。"],
        "清单": [
            {"编号": "3.2", "事项": "公布线网图", "情况": "缺照片"},
            {"编号": "3.4", "事项": "调整班次", "情况": ""},
        ],
        "署名": ["市质强办"],
        "成文日期": "2027年6月1日",
        "联系人": "联系人：林静 0519-87654321",
    }


def test_a_letter_whose_text_holds_no_list_has_no_annex() -> None:
    values = letter_values(Letter("提醒", ("市交通局：", "", "请报送："), (), LETTER.items))
    assert (values["清单"], values["正文"], values["成文日期"]) == ([], ["请报送："], "")


def test_a_letter_without_text_has_blank_places() -> None:
    assert letter_values(Letter("提醒", ("",), ()))["主送"] == ""


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("【质量强市】关于第2轮填报工作的督办函：市交通局", "关于第2轮填报工作的督办函"),
        ("【质量强市·提醒】第2轮填报表请尽快报送：市交通局", "关于请尽快报送第2轮填报表的函"),
    ],
)
def test_a_title_ends_in_its_kind_and_names_no_addressee(subject: str, title: str) -> None:
    letter = Letter(subject, ("市交通局：",), (), title="关于请尽快报送第2轮填报表的函")
    assert letter_values(letter)["标题"] == title


def test_the_list_counts_days_from_the_due_date_and_none_before_it() -> None:
    due = dt.date(2027, 6, 30)
    late = (
        Late("5", "市园林局", "未报送", due, -2, "", (Item("1", "补种行道树"),)),
        Late("6", "市水务局", "部分报送", due - dt.timedelta(10), 8, "催办", ()),
    )
    values = late_values("2027年6月", late, dt.date(2027, 6, 28))
    assert values["名单"] == [
        {"序号": 1, "单位": "市园林局", "情况": "未报送", "逾期天数": 0, "未报事项": 1},
        {"序号": 2, "单位": "市水务局", "情况": "部分报送", "逾期天数": 8, "未报事项": 0},
    ]
