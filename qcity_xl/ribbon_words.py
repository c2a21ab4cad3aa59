"""What a click says: before it, the outcome of the dry run; after it, one sentence."""

from collections.abc import Iterable
from typing import Any

from qcity_xl.adapters.windows.message import Message, MessageTable
from qcity_xl.core.advice import Advice
from qcity_xl.core.catalogue import BY_ID, STEPS, Option, Step
from qcity_xl.core.errors import QcityError
from qcity_xl.steps.shared.outcome import DONE, LEFT, Outcome, Section
from qcity_xl.steps.shared.plain_text import cell_text

_SHOWN = 24  # lines of a window


def label(step: Step) -> str:
    """What its button is called."""
    return step.button.label if step.button else step.title


def to_do(outcome: Outcome[Any]) -> bool:
    """Whether there is something to carry out, and nothing that forbids it."""
    there = (
        outcome.pending
        or outcome.changes
        or outcome.data.get("notes")
        or outcome.data.get("mended")
    )
    return outcome.status in (DONE, LEFT) and bool(there)


def act(step: Step, outcome: Outcome[Any]) -> str:
    """What the button says that carries it out: 写入42格, 发送29封."""
    number = outcome.pending or (outcome.changes if step.effect == "writes" else 0)
    if step.act and (number or "{" not in step.act):
        return step.act.format(number)
    return f"写入{outcome.changes}格" if outcome.changes else "补齐总表"


def preview(step: Step, outcome: Outcome[Any]) -> Message:
    """The question before a step."""
    notes = {
        "writes": "执行后可以撤销。",
        "hands out": "执行后会保存总表。",
        "makes": "不改现在打开的总表。",
    }
    note = ("发出后不能撤回。" if step.leaves else "") + notes.get(step.effect, "")
    return _message(step, outcome, f"将要{label(step)}，还没有写入：", note)


def report(step: Step, outcome: Outcome[Any]) -> Message:
    """All that an outcome says."""
    return _message(step, outcome)


def done(step: Step, outcome: Outcome[Any]) -> Message:
    """What was done, in a sentence; the rest too where no sheet tells what is left to do."""
    sheet = shown_after(step, outcome)
    cells = outcome.changes if step.effect == "writes" else 0
    what = f"改动{cells}格，可以撤销" if cells else outcome.summary.rstrip("。")
    left = "；还有要处理的" if outcome.status == LEFT else ""
    look = f"{'，' if left else '；'}请看「{sheet}」" if sheet else ""
    sentence = f"{label(step)}完成：{what}{left}{look}。"
    if not sheet or (step.effect == "hands out" and outcome.status == LEFT):
        return _message(step, outcome, sentence)
    advice = tuple((advice_text(one, step),) for one in outcome.advice)
    return Message("", (MessageTable(((sentence,), *advice)),))


def shown_after(step: Step, outcome: Outcome[Any]) -> str:
    """The sheet to look at, "" for none: a merge that changed nothing has none."""
    return outcome.sheet if step.id == "merge" else step.sheet


_SETTINGS = {
    "calculation": "自动计算（请在“公式—计算选项”里选“自动”）",
    "screen_updating": "屏幕刷新（请保存后重新打开 Excel）",
    "enable_events": "宏和事件（请保存后重新打开 Excel）",
}


def left_as_is(settings: Iterable[str]) -> str:
    """What to say of settings of Excel that it did not take back."""
    names = "、".join(words for name, words in _SETTINGS.items() if name in settings)
    return f"Excel 一直忙着，这些设置没能恢复：{names}。请先按 Esc 结束正在编辑的格子。"


def failure(step: Step, error: QcityError) -> Message:
    """Why a step can't go on, and what else can be done."""
    rows = [(str(error),), *((advice_text(one, step),) for one in error.advice)]
    return Message("", (MessageTable(tuple(row for row in rows if row[0])),))


def advice_text(advice: Advice, at_hand: Step) -> str:
    """What to do next, in clicks; "" for what a click does by itself."""
    step = BY_ID.get(advice.step, at_hand)
    asked = [(_option(name, step), value) for name, value in advice.options]
    chosen = [(option, value) for option, value in asked if option.asked != "never"]
    if asked and len(chosen) < len(asked):
        return ""
    words = "，".join(_told(option, value) for option, value in chosen)
    behind = "再点“更多选项”，" if any(option.asked == "more" for option, _ in chosen) else ""
    where = f"请点「{label(step)}」" + (f"，{behind}{words}" if words else "")
    return f"{advice.when or '接下来'}：{where}。"


def _option(name: str, step: Step) -> Option:
    options = [o for one in (step, *STEPS) for o in one.options if o.name == name]
    return options[0]


def _told(option: Option, value: str) -> str:
    if value:
        return f"“{option.label}”选 {value}"
    return f"选“{option.label}”" if option.kind != "text" else f"填“{option.label}”"


def _message(step: Step, outcome: Outcome[Any], head: str = "", note: str = "") -> Message:
    last = [*outcome.notices, *filter(None, (advice_text(a, step) for a in outcome.advice))]
    sections = [one for one in outcome.sections if one.rows and not one.typed]
    fixed = 1 + len(last) + sum(1 for section in sections if section.title)
    room = max(0, _SHOWN - fixed)
    first = MessageTable(((outcome.summary,),))
    end = (MessageTable(tuple((line,) for line in last)),) if last else ()
    short: list[MessageTable] = []
    for section in sections:
        whole_anyway = section.columns[0].kind == "label"  # each row says something else
        short.append(_block(section, len(section.rows) if whole_anyway else room))
        room = max(0, room - len(section.rows))
    blocks = (first, *short, *end)
    whole = (first, *(_block(section, len(section.rows)) for section in sections), *end)
    return Message(head, blocks, note, whole if whole != blocks else ())


def _block(section: Section, room: int) -> MessageTable:
    """The first rows, or the newest, and how many there are besides."""
    count = len(section.rows)
    cut = max(0, count - room)
    rows = section.rows[cut:] if section.newest else section.rows[: count - cut]
    cells = [
        tuple(
            cell_text(column, value).replace("\n", " ")
            for column, value in zip(section.columns, row, strict=True)
        )
        for row in rows
    ]
    used = [n for n in range(len(section.columns)) if any(row[n] for row in cells)]
    kept = [tuple(row[n] for n in used) for row in cells]
    more = [(f"…… 另有{cut}行", *[""] * (max(1, len(used)) - 1))] if cut else []
    labelled = bool(section.columns) and section.columns[0].kind == "label"
    return MessageTable((*kept, *more), section.title, labelled)
