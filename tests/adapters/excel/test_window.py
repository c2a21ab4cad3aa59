"""A text becomes a message that can be read at a glance."""

from qcity_xl.adapters.excel.window import Line, Message, parse_message


def test_what_it_is_about_stands_above_and_a_remark_below() -> None:
    counts = "自评：基本 10分\n佐证：基本 0分\n改动6格。"
    text = f"将要重算得分，还没有写入：\n\n{counts}\n\n执行后可以撤销。"
    assert parse_message(text) == Message(
        "将要重算得分，还没有写入：",
        (
            (
                Line(0, "自评：", "基本 10分"),
                Line(0, "佐证：", "基本 0分"),
                Line(0, "", "改动6格。"),
            ),
        ),
        "执行后可以撤销。",
    )


def test_rows_make_a_block_of_their_own_below_the_counts() -> None:
    found = parse_message(
        "检查完成：提醒2项。\n  [提醒] 「任务」H5：没有成员\n  [提示] 「任务」E6：没有得分点"
    )
    assert found.blocks == (
        (Line(0, "", "检查完成：提醒2项。"),),
        (Line(2, "[提醒] 「任务」H5：", "没有成员"), Line(2, "[提示] 「任务」E6：", "没有得分点")),
    )


def test_one_sentence_is_not_cut_at_its_colon() -> None:
    sentence = "重算得分完成：改动45格，可以撤销；请看「看板」。"
    assert parse_message(sentence) == Message("", ((Line(0, "", sentence),),), "")


def test_a_long_beginning_is_no_label() -> None:
    long = "没有填发送服务器，也没有填收件服务器，所以邮件只存成草稿：请看"
    (block,) = parse_message(f"{long}\n单位：市教育局\n轮次：第1轮").blocks
    assert [line.label for line in block] == ["", "单位：", "轮次："]


def test_two_paragraphs_stay_as_they_are() -> None:
    found = parse_message("第一段。\n\n第二段。")
    assert (found.head, found.note) == ("", "")
    assert [line.words for block in found.blocks for line in block] == ["第一段。", "第二段。"]
