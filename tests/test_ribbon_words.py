"""What a click says before and after its step."""

from typing import Any

from qcity_xl.core.advice import Advice
from qcity_xl.core.catalogue import BY_ID
from qcity_xl.core.errors import BreaksSignature
from qcity_xl.ribbon_words import act, advice_text, done, failure, preview, report, to_do
from qcity_xl.steps.shared.outcome import DONE, LEFT, Column, Count, Outcome, Section

SCORE, SEND, MERGE = BY_ID["score"], BY_ID["send"], BY_ID["merge"]
WHY = "「轮次」C5：市农委的填报表不见了。应为：与拆分时相同的文件。"
MANY = Section("", (Column("行"),), tuple((f"第{number}行",) for number in range(60)))


def outcome(headline: str, **more: Any) -> Outcome[Any]:
    return Outcome(headline, {}, **more)


def test_a_reason_is_never_cut_and_all_can_be_unfolded() -> None:
    shown = report(SEND, outcome("待发60个单位", sections=(MANY,), notices=(WHY,)))
    lines = shown.text().split("\n")
    assert len(lines) == 25
    assert (lines[0], lines[1], lines[-2], lines[-1]) == (
        "待发60个单位。",
        "第0行",
        "…… 另有38行",
        WHY,
    )
    assert len(shown.text(whole=True).split("\n")) == 62


def test_what_is_for_a_command_line_is_not_shown_in_windows() -> None:
    typed = Section("各部分", MANY.columns, MANY.rows, typed=True)
    assert report(SCORE, outcome("没有改动", sections=(typed,))).text() == "没有改动。"


def test_what_is_whole_has_nothing_to_unfold() -> None:
    assert report(SCORE, outcome("没有改动")).details == ()


def test_of_a_list_that_grows_the_end_is_shown() -> None:
    newest = Section("", MANY.columns, MANY.rows, newest=True)
    lines = report(BY_ID["log"], outcome("共60次操作", sections=(newest,))).text().split("\n")
    assert (lines[1], lines[-2], lines[-1]) == ("第37行", "第59行", "…… 另有37行")


def test_totals_stand_before_the_rows_and_empty_columns_are_left_out() -> None:
    columns = (Column("位置"), Column("空"), Column("改动"))
    table = Section("改动", columns, (("「得分点」9(3)", "", "自评 空→5"),))
    shown = outcome("重算得分", counts=(Count("改动", 42, "格"),), sections=(table,), changes=42)
    assert preview(SCORE, shown).text() == (
        "将要重算得分，还没有写入：\n\n"
        "重算得分：改动42格。\n改动：\n  「得分点」9(3)  自评 空→5\n\n"
        "执行后可以撤销。"
    )


def test_the_button_says_what_it_will_do() -> None:
    assert act(SCORE, outcome("重算得分", changes=42)) == "写入42格"
    assert act(SEND, outcome("第1轮发送", pending=29)) == "发送29封"
    assert act(SEND, outcome("第1轮发送", changes=2)) == "写入2格"
    assert act(BY_ID["undo"], outcome("已撤销", changes=3)) == "恢复3格"
    assert act(BY_ID["new"], outcome("新建", pending=1)) == "新建"


def test_what_leaves_the_house_says_that_it_does() -> None:
    assert (
        preview(SEND, outcome("第1轮发送", pending=2)).note == "发出后不能撤回。执行后会保存总表。"
    )


def test_advice_is_worded_in_clicks() -> None:
    packs = Advice("merge", options=(("sources", "D:/回收"),))
    assert advice_text(packs, BY_ID["collect"]) == "接下来：请点「合并回收」，“回收件”选 D:/回收。"
    again = Advice("", "确认没有收到的，再发一次", (("resend", "市农委"),))
    assert advice_text(again, SEND) == (
        "确认没有收到的，再发一次：请点「发送」，再点“更多选项”，“再发一次”选 市农委。"
    )
    assert advice_text(Advice("", "要发出", (("smtp", ""), ("yes", ""))), SEND) == ""


def test_what_no_click_offers_is_not_advised() -> None:
    (block,) = failure(SCORE, BreaksSignature("总表.xlsx")).blocks
    assert len(block.rows) == 1


def merged(**more: Any) -> str:
    return done(MERGE, outcome("收到1份", counts=(Count("已合并", 1, "份"),), **more)).text()


def test_after_a_merge_one_looks_where_something_is_to_do() -> None:
    assert merged(changes=3, sheet="填报") == "合并回收完成：改动3格，可以撤销；请看「填报」。"
    left = merged(changes=3, sheet="冲突", status=LEFT)
    assert left == "合并回收完成：改动3格，可以撤销；还有要处理的，请看「冲突」。"
    nothing = merged()
    assert nothing.startswith("合并回收完成：收到1份：已合并1份。")
    assert "请看" not in nothing


def test_what_was_handed_out_in_part_says_why() -> None:
    failed = Section("", (Column("状态", "state"), Column("单位")), (("失败", "市农委"),))
    left = outcome("第1轮发送", sections=(failed,), notices=("服务器断了。",), status=LEFT)
    told = done(SEND, left).text()
    assert told.startswith("发送完成：第1轮发送；还有要处理的，请看「轮次」。\n\n")
    assert told.endswith("服务器断了。")


def test_what_could_not_go_on_is_not_asked() -> None:
    assert to_do(outcome("待发", pending=1, status=DONE))
    assert not to_do(outcome("有问题", pending=1, status=3))
    assert not to_do(outcome("没有改动"))
