"""Which defaults can be agreed to at once, and why the others stay open."""

from qcity_xl.core.master.model import Master
from qcity_xl.core.scoring.agreement import agree_to_defaults
from tests.core.builders import build, group, ruling

_OPTIONS = "按比例 / 全部达到才得分"


def waiting() -> Master:
    return build(
        ruling("3", "标题", "提升检测能力"),
        ruling("3(1)", "部分", "按比例", options=_OPTIONS),
        ruling("4(1)", "部分", "按比例", "全部达到才得分", options=_OPTIONS),
        ruling("5(1)", "部分", "按比例", "看着办", options=_OPTIONS),
        ruling("各镇街", "成员", ""),
        ruling("6", "备注", ""),
    )


def open_rows() -> Master:
    """With blanks as cells have them."""
    master = waiting()
    rows = {
        key: {**row, "default": row["default"] or None}
        for key, row in master.tables["tblRulings"].items()
    }
    return Master({**master.tables, "tblRulings": rows}, master.lines, master.letters)


def test_the_heaviest_comes_first_and_what_was_ruled_stays() -> None:
    found = agree_to_defaults(open_rows(), {"Q3(1)/部分": 4.0})
    assert list(found.agreed.items()) == [("Q3(1)/部分", "按比例"), ("Q3/标题", "提升检测能力")]
    assert "Q4(1)/部分" not in {**found.agreed, **found.left}


def test_what_has_no_default_or_a_wrong_ruling_is_left_with_a_reason() -> None:
    found = agree_to_defaults(open_rows(), {})
    assert found.left["Q5(1)/部分"].startswith("裁定填的“看着办”不是可选的")
    assert "「单位」" in found.left["Q各镇街/成员"]
    assert "“裁定”里填" in found.left["Q6/备注"]
    assert found.faulty == {"Q5(1)/部分"}


def test_members_that_were_written_on_their_own_sheet_are_asked_for_no_more() -> None:
    master = build(
        group("各镇街", "城东镇、西门街道"),
        ruling("各镇街", "成员", "按「单位」表"),
    )
    assert agree_to_defaults(master, {}).agreed == {}


def test_what_moves_points_can_be_left_to_the_office() -> None:
    found = agree_to_defaults(open_rows(), {"Q3(1)/部分": 4.0}, harmless=True)
    assert list(found.agreed) == ["Q3/标题"]
    assert found.left["Q3(1)/部分"] == "影响得分，最多差4分"
