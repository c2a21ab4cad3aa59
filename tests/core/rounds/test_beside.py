"""What a return holds beside the answers: new words and lost ones, in short and one by one."""

from qcity_xl.core.changes import KEY
from qcity_xl.core.rounds.beside import (
    ABOVE,
    GONE,
    Beside,
    grouped,
    notes_around,
    quoted,
    reply_key,
    written_around,
)

SENT = [("本轮任务", "B3", "先看填写说明"), ("自评", "B1", "得分点自评")]


def test_lines_that_moved_are_no_news() -> None:
    around = [("本轮任务", "B5", "先看填写说明"), ("自评", "C2", "得分点 自评")]
    assert written_around(around, SENT) == []


def test_new_words_and_lost_ones_are_listed_with_what_they_say() -> None:
    around = [("本轮任务", "B3", "请电话联系"), ("自评", "B1", "得分点自评")]
    found = written_around(around, SENT)
    assert found == [
        Beside("本轮任务", "B3", "请电话联系", ABOVE),
        Beside("本轮任务", "B3", "先看填写说明", GONE),
    ]
    assert notes_around(found) == [
        "「本轮任务」B3“请电话联系”写在表格外面，不并入总表，已随原件存档",
        "「本轮任务」表格外面有1处下发的文字不见了或被改写",
    ]


def test_words_that_were_there_once_and_now_twice_are_new_once() -> None:
    around = [SENT[1], ("自评", "H1", "得分点自评")]
    assert [item.cell for item in written_around(around, SENT[1:])] == ["H1"]


def test_a_sheet_that_is_gone_is_told_elsewhere() -> None:
    assert written_around([], SENT) == []


def test_the_first_five_are_quoted() -> None:
    assert quoted(["A1", "A2"]) == "A1、A2"
    assert quoted([f"A{n}" for n in range(1, 8)]) == "A1、A2、A3、A4、A5等7处"


def test_cells_are_grouped_by_sheet_and_reason() -> None:
    one, two, three = (
        Beside("附表", "A1", "甲", ABOVE),
        Beside("附表", "A2", "乙", ABOVE),
        Beside("附表", "A2", "丙", GONE),
    )
    assert list(grouped([one, three, two])) == [
        ("附表", ABOVE, [one, two]),
        ("附表", GONE, [three]),
    ]


def test_a_line_of_a_reply_is_known_as_ours_until_a_word_of_it_changes() -> None:
    row = {"sheet": "佐证", "cell": "D5", "found": "填了“某日”", "fix": "请改正"}
    key = reply_key("3", row)
    assert key.startswith("3-")
    assert reply_key(key, {**row, KEY: key}) == key
    assert reply_key(key, {**row, "fix": "已改，见电话记录"}) != key
