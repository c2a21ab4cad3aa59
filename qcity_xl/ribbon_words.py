"""What a click says: before it, the report of the dry run; after it, one sentence."""

from qcity_xl.ribbon_buttons import Button
from qcity_xl.steps.shared.outcome import LEFT, Report

_SHOWN = 24  # lines of a report
_PREVIEW = "以上是预览"  # so begins what the command line says where a button asks
_IN_CLICKS = ("接下来合并：qcity merge 总表 ", "接下来请点「合并回收」，选文件夹 ")


def report_text(report: Report, *, newest: bool = False) -> str:
    """The report; of many details only the first are told, or the `newest`.

    A line that is no detail is never cut: it may be the reason why nothing is done.
    """
    lines = [line.replace(*_IN_CLICKS) for line in report.lines if not line.startswith(_PREVIEW)]
    details = [number for number, line in enumerate(lines) if line.startswith(" ")]
    room = max(0, _SHOWN - len(lines) + len(details))
    cut = set(details[: len(details) - room] if newest else details[room:])
    shown = [line for number, line in enumerate(lines) if number not in cut]
    return "\n".join([*shown, *([f"…… 另有{len(cut)}行"] if cut else [])])


def preview_text(button: Button, report: Report) -> str:
    """The question before a step."""
    keeps = "执行后会保存总表。" if button.keeps else "执行后可以撤销。"
    return f"将要{button.title}，还没有写入：\n\n{report_text(report)}\n\n{keeps}"


def done_text(button: Button, report: Report) -> str:
    """What was done, in a sentence; the report too where no sheet tells what is left to do."""
    sheet = button.shows(report)
    changes = report.data.get("changes")
    done = f"改动{changes}格，可以撤销" if changes else report.lines[0].rstrip("。")
    left = "；还有要处理的" if report.status == LEFT else ""
    look = f"{'，' if left else '；'}请看「{sheet}」" if sheet else ""
    sentence = f"{button.title}完成：{done}{left}{look}。"
    all_of_it = not sheet or (button.keeps and report.status == LEFT)
    return f"{sentence}\n\n{report_text(report)}" if all_of_it else sentence
