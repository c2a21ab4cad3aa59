"""What a click says before and after its step."""

from qcity_xl.ribbon_buttons import BUTTONS
from qcity_xl.ribbon_words import done_text, preview_text, report_text
from qcity_xl.steps.shared.outcome import DONE, LEFT, Report

DETAILS = tuple(f"  第{number}行" for number in range(60))
WHY = "「轮次」C5：市农委的填报表不见了。应为与拆分时相同的文件。用 --packs 指明。"


def report(*lines: str, status: int = DONE, **data: object) -> Report:
    return Report(lines, data, status)


def test_a_reason_is_never_cut() -> None:
    shown = report_text(report("第1轮发送：待发60个单位。", *DETAILS, WHY)).split("\n")
    assert len(shown) == 25
    assert (shown[0], shown[1], shown[-2]) == ("第1轮发送：待发60个单位。", "  第0行", WHY)
    assert shown[-1] == "…… 另有38行"


def test_of_a_list_that_grows_the_end_is_shown() -> None:
    shown = report_text(report("共60次操作。", *DETAILS), newest=True).split("\n")
    assert (shown[1], shown[-2], shown[-1]) == ("  第37行", "  第59行", "…… 另有37行")


def test_what_the_command_line_advises_is_told_in_clicks() -> None:
    lines = (
        "看了1个文件。",
        "接下来合并：qcity merge 总表 “D:/回收”",
        "以上是预览。选 --yes 才发。",
    )
    assert (
        report_text(report(*lines)) == "看了1个文件。\n接下来请点「合并回收」，选文件夹 “D:/回收”"
    )


def test_a_preview_says_what_it_means_for_the_file() -> None:
    shown = [preview_text(BUTTONS[name], report("甲。")) for name in ("score", "split")]
    assert shown == [
        "将要重算得分，还没有写入：\n\n甲。\n\n执行后可以撤销。",
        "将要拆分下发，还没有写入：\n\n甲。\n\n执行后会保存总表。",
    ]


def merged(**data: int) -> str:
    counts = {"conflicts": 0, "refused": 0, "changes": 0} | data
    status = LEFT if counts["conflicts"] or counts["refused"] else DONE
    return done_text(BUTTONS["merge"], report("收到1份：已合并1份。", status=status, **counts))


def test_after_a_merge_one_looks_where_something_is_to_do() -> None:
    assert merged(changes=3) == "合并回收完成：改动3格，可以撤销；请看「填报」。"
    assert merged(changes=3, conflicts=1).endswith("；还有要处理的，请看「冲突」。")
    assert merged(refused=2).endswith("；还有要处理的，请看「冲突」。")
    assert merged().startswith("合并回收完成：收到1份：已合并1份。")
    assert "请看" not in merged()


def test_what_was_handed_out_in_part_says_why() -> None:
    left = report("第1轮发送：已发送1个单位。", "  [失败] 市农委", "服务器断了。", status=LEFT)
    told = done_text(BUTTONS["send"], left)
    assert told.startswith("发送完成：第1轮发送：已发送1个单位；还有要处理的，请看「轮次」。\n\n")
    assert told.endswith("服务器断了。")


def test_what_could_not_go_on_is_not_asked() -> None:
    messages = [{"unit": "市农委"}]
    assert BUTTONS["send"].writes(report("待发。", messages=messages))
    assert not BUTTONS["send"].writes(report("有问题。", messages=messages, status=3))
    assert not BUTTONS["score"].writes(report("没有改动。", changes=0))
