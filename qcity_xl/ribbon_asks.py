"""What a step is asked by click: what it can't do without, and all else behind 更多选项."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qcity_xl.adapters.windows.dialogs import DOCUMENTS, WORKBOOKS, Dialogs, Field
from qcity_xl.core.catalogue import WAYS, Option, Step
from qcity_xl.core.history.log import operations
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.schema import ROUNDS, SETTINGS, UNITS

if TYPE_CHECKING:
    from qcity_xl.core.mail.settings import MailSettings

StepArguments = dict[str, Any]
_CHOSEN = {"unit", "round", "operation"}  # kinds of options that are chosen from what there is


class Cancelled(Exception):
    """The user pressed 取消: nothing was done, and no message follows."""


def first_asked(
    step: Step, dialogs: Dialogs, master: Master | None, given: StepArguments | None = None
) -> StepArguments:
    """The least that a step must know and is not `given`; most ask nothing. Raises Cancelled."""
    asked: StepArguments = {o.name: o.in_click for o in step.options if o.in_click is not None}
    asked |= given or {}
    if master and any(option.name == "headers" for option in step.options):
        asked["headers"] = master.settings.header_words  # of the table that was read before
    for group, default in _DEFAULTS.items():
        if master and step.alternatives(group):
            asked |= default(dialogs, master)
    for option in step.options:
        if option.asked == "first" and option.kind in _FIRST and option.name not in asked:
            asked[option.name] = _FIRST[option.kind](option, dialogs)
    return asked


def _folder(option: Option, dialogs: Dialogs) -> Path:
    return chosen(dialogs.ask_folder(option.label))


def _paths(option: Option, dialogs: Dialogs) -> list[Path]:
    files = dialogs.ask_files(f"选要合并的{option.label}，可以多选（取消则选文件夹）", WORKBOOKS)
    return files or [chosen(dialogs.ask_folder(f"放着{option.label}的文件夹"))]


def _file(option: Option, dialogs: Dialogs) -> Path | None:
    title = option.label if option.required else f"{option.label}（取消则用内置的表）"
    found = next(iter(dialogs.ask_files(title, DOCUMENTS)), None)
    return chosen(found) if option.required else found


_FIRST: Mapping[str, Callable[[Option, Dialogs], object]] = {
    "folder": _folder,
    "paths": _paths,
    "file": _file,
}


def _way(dialogs: Dialogs, master: Master) -> StepArguments:
    """By the server of 设置; without one, as drafts into a folder."""
    if _mail(master).outgoing.host:
        return {"smtp": True}
    title = "没有填发送服务器：邮件草稿（.eml）存到哪个文件夹"
    return {"eml": chosen(dialogs.ask_folder(title))}


def _source(dialogs: Dialogs, master: Master) -> StepArguments:
    """The inbox of 设置; without one, a folder."""
    if _mail(master).incoming.host:
        return {"imap": True}
    return {"folder": chosen(dialogs.ask_folder("放着回收邮件或填报表的文件夹"))}


_DEFAULTS: Mapping[str, Callable[[Dialogs, Master], StepArguments]] = {
    "way": _way,
    "source": _source,
}


def _mail(master: Master) -> "MailSettings":
    from qcity_xl.core.mail.settings import parse_mail_settings  # most clicks ask for no way

    return parse_mail_settings(master.rows(SETTINGS).values())[0]


def chosen(path: Path | None) -> Path:
    """The path. Raises Cancelled."""
    if path is None:
        raise Cancelled
    return path


# -- beside the preview


def beside(step: Step, asked: StepArguments) -> dict[str, Option]:
    """What a button beside the preview asks for, by its words: once the rest is given."""
    if not all(asked.get(option.name) for option in step.options if option.asked == "first"):
        return {}
    return {option.label: option for option in step.options if option.asked == "button"}


def beside_asked(option: Option, dialogs: Dialogs, asked: StepArguments) -> StepArguments:
    """What was asked with the file that is chosen, if one is."""
    found = dialogs.ask_files(option.label, WORKBOOKS)
    return {**asked, option.name: found[0]} if found else asked


# -- 更多选项


def has_more(step: Step) -> bool:
    """Whether there is anything behind 更多选项."""
    return any(option.asked == "more" for option in step.options)


def more_asked(
    step: Step, dialogs: Dialogs, master: Master, asked: StepArguments
) -> StepArguments | None:
    """What was asked with what is changed behind 更多选项; None if nothing is."""
    fields = [_field(o, master, asked) for o in step.options if o.asked == "more"]
    found = dialogs.ask_options(f"{step.title}：更多选项", fields)
    return None if found is None else {**asked, **found}


def _field(option: Option, master: Master, asked: StepArguments) -> Field:
    kind = "choice" if option.kind in _CHOSEN or option.choices else option.kind
    kind = "text" if kind == "number" else kind  # the step says what is wrong with it
    if kind not in ("flag", "text", "date", "folder", "choice"):
        raise TypeError(f"{option.name} can't be asked behind 更多选项")
    return Field(
        option.name,
        option.label,
        kind,  # one of those above
        asked.get(option.name),
        _choices(option, master),
        option.many,
        all_chosen=option.name == "units",
        group=WAYS.get(option.one_of, ""),
        hint=option.hint,
    )


def _choices(option: Option, master: Master) -> tuple[tuple[object, str], ...]:
    if option.kind == "unit":
        return tuple((name, name) for name in _units(option, master))
    if option.kind == "round":
        return tuple((name, name) for name in reversed(_rounds(master)))
    if option.kind == "operation":
        return tuple(
            (o.no, f"{o.no}　{o.stamp.time}　{o.stamp.command}　{len(o.changes)}格")
            for o in reversed(operations(master))
        )
    return tuple((words, words) for words in option.choices)


def _units(option: Option, master: Master) -> list[str]:
    """Who can be sent something again is who was sent something; else all that are no groups."""
    if option.name == "resend":
        return sorted({text(row, "unit") for row in master.rows(ROUNDS).values()})
    rows = master.rows(UNITS).values()
    return [text(row, "name") for row in rows if text(row, "kind") != "组" and text(row, "name")]


def _rounds(master: Master) -> list[str]:
    return list(dict.fromkeys(text(row, "round") for row in master.rows(ROUNDS).values()))
