"""A message as plain text: what is copied, and what Excel shows where there is no window."""

from qcity_xl.adapters.windows.message import Message, MessageTable, sentence

SHORT = MessageTable((("市农委", "缺3项"), ("…… 另有1行", "")), "缺佐证")
WHOLE = MessageTable((("市农委", "缺3项"), ("市水利局", "缺1项")), "缺佐证")
MESSAGE = Message("将要清点佐证：", (SHORT,), "执行后可以撤销。", (WHOLE,))


def test_head_rows_and_remark_are_paragraphs() -> None:
    assert MESSAGE.text() == (
        "将要清点佐证：\n\n缺佐证：\n  市农委  缺3项\n  …… 另有1行\n\n执行后可以撤销。"
    )


def test_the_whole_has_every_row() -> None:
    assert "市水利局  缺1项" in MESSAGE.text(whole=True)
    assert "另有" not in MESSAGE.text(whole=True)


def test_a_sentence_stays_as_it_is() -> None:
    words = "重算得分完成：改动45格，可以撤销；请看「看板」。"
    assert sentence(words).text() == words
    assert sentence("第一句。\n第二句。").text() == "第一句。\n第二句。"
