"""Letters: the templates of 邮件模板 filled in, as plain text and as HTML."""

import datetime as dt
import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.problems import Problem
from qcity_xl.core.schema import MAIL, UNITS
from qcity_xl.core.schema.words import CHASE_LEVELS, FINAL, REMINDER, URGENT
from qcity_xl.core.text import one_line
from qcity_xl.core.values import chinese_date, parse_date, weekday

LIST = "任务清单"
PLACEHOLDERS = (
    "单位",
    "联系人",
    "轮次",
    "截止日期",
    "任务数",
    LIST,
    "逾期天数",
    "城市",
    "办公室联系人",
    "日期",
)
HANDOUT, REPLY = "下发", "退回"
USES = (HANDOUT, *CHASE_LEVELS, REPLY)
_PLACEHOLDER = re.compile(r"[{｛]([^{}｛｝]*)[}｝]")
COURSE = "经过"  # among the values: what went before, in words
_WEEKDAY = re.compile("（周[一二三四五六日]）")
_SHORT = 12  # characters of a note that stands on one line
_PARTS = ("subject", "text", "signature")
MOST_LINES = 28  # of the list in a letter: a page; the rest is counted
_ACROSS = {"text": 21, "note": 7}  # characters on a line of its columns
TITLES = {  # of an official letter, by use, where the template's subject is no such title
    HANDOUT: "关于填报{轮次}填报表的函",
    REPLY: "关于请更正{轮次}填报表的函",
    REMINDER: "关于请尽快报送{轮次}填报表的函",
    URGENT: "关于催报{轮次}填报表的函",
    FINAL: "关于{轮次}填报工作的督办函",
}
_COURSE = "经提醒、催办，"  # in a template: what really went before stands there
_TO = re.compile(r"[{｛]单位[}｝]\s*[{｛]联系人[}｝]")
_TITLED = re.compile("同志|先生|女士|老师|[局处科股]长|主任|书记|秘书长")
_FONT = "font-family:'微软雅黑','Microsoft YaHei',sans-serif;font-size:14px;line-height:1.7"
_CELL = f"{_FONT};border:1px solid #8a94a0;padding:4px 8px;vertical-align:top"
_HEAD = f"{_CELL};background:#e9eef5;font-weight:bold;text-align:left;white-space:nowrap"
_PAGE = """<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>{title}</title></head>
<body style="margin:0;padding:12px;color:#1f2933">
<div style="{font};max-width:720px">
{body}
</div>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Item:
    """What a unit has to do: number, words, and the deadline or what is lacking."""

    no: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """One row of 邮件模板; parts in the order subject, text, signature."""

    use: str
    parts: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent, line by line; where `body` has None, the list of items stands.

    `title` is that of the official letter, "" for that of the subject; `stressed` words stand out.
    """

    subject: str
    body: tuple[str | None, ...]
    signature: tuple[str, ...]
    items: tuple[Item, ...] = ()
    title: str = ""
    stressed: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The letter as plain text."""
        lines = [_list(self.items) if line is None else line for line in self.body]
        return "\n".join([*lines, "", *self.signature]).strip() + "\n"

    @property
    def html(self) -> str:
        """The same words as a whole HTML document, the list as a table."""
        lines = [
            _table(self.items) if line is None else self._paragraph([line]) for line in self.body
        ]
        body = "\n".join([*filter(None, lines), self._paragraph(self.signature)])
        return _PAGE.format(title=_escaped(self.subject), font=_FONT, body=body)

    def _paragraph(self, lines: Sequence[str]) -> str:
        said = "<br>".join(_escaped(line) for line in lines if line)
        for words in map(_escaped, self.stressed):
            said = said.replace(words, f"<b>{words}</b>")
        return f"<p>{said}</p>" if said else ""


def load_templates(master: Master) -> dict[str, Template]:
    """The templates by use."""
    return {
        text(row, "use"): Template(
            text(row, "use"), (text(row, "subject"), text(row, "text"), text(row, "signature"))
        )
        for row in master.rows(MAIL).values()
    }


def template_problems(master: Master, uses: Sequence[str]) -> Iterator[Problem]:
    """Templates that are missing, blank or name a placeholder that does not exist."""
    rows = {text(row, "use"): key for key, row in master.rows(MAIL).items()}
    for use in uses:
        if use not in rows:
            words = (f"没有“{use}”的模板", "、".join(USES), "补上这一行，或从新建的总表复制")
            yield Problem("mail-template", "error", MAIL.sheet, "", *words)
            continue
        row = master.rows(MAIL)[rows[use]]
        for name in _PARTS:
            fault = _fault(text(row, name), MAIL.column(name).header, name)
            if fault:
                cell = master.cell(MAIL, rows[use], name)
                yield Problem("mail-template", "error", MAIL.sheet, cell, *fault)


def _fault(cell: str, header: str, name: str) -> tuple[str, str, str] | None:
    unknown = [f"{{{p}}}" for p in _PLACEHOLDER.findall(cell) if p.strip() not in PLACEHOLDERS]
    allowed = " ".join(f"{{{p}}}" for p in PLACEHOLDERS)
    if unknown:
        return f"{header}里的 {'、'.join(unknown)} 不认识", allowed, "改成可用的占位符或删去"
    if name == "subject" and f"{{{LIST}}}" in cell.replace("｛", "{").replace("｝", "}"):
        return f"主题里不能放 {{{LIST}}}", "一行文字", "把清单放到正文"
    if not cell.strip() and name != "signature":
        return f"{header}是空的", "不为空", "补上文字"
    return None


def common_values(master: Master, row: Row, count: int, today: dt.date) -> dict[str, str]:
    """What the placeholders of every letter stand for; `row` is of 轮次, `count` its items."""
    unit, due = text(row, "unit"), parse_date(row.get("due"))
    units = master.rows(UNITS).values()
    return {
        "单位": unit,
        "联系人": next((text(u, "contact") for u in units if text(u, "name") == unit), ""),
        "轮次": text(row, "round"),
        "截止日期": f"{chinese_date(due)}（{weekday(due)}）" if due else "",
        "任务数": str(count),
        "城市": master.settings.city,
        "办公室联系人": master.settings.contact,
        "日期": chinese_date(today),
    }


def letter_to(
    master: Master,
    row: Row,
    use: str,
    items: Sequence[Item],
    today: dt.date,
    more: Mapping[str, str],
) -> Letter:
    """The letter for a row of 轮次 from the template for `use`; with `more` placeholders."""
    template = load_templates(master).get(use, Template(use, ("", "", "")))
    return fill(template, common_values(master, row, len(items), today) | dict(more), items)


def fill(template: Template, values: Mapping[str, str], items: Sequence[Item]) -> Letter:
    """A letter; a value that is not given leaves its placeholder blank, and a line of the
    signature that says nothing then is left out. The subject has dates without their weekday.
    """
    shown = _most(items)
    given = {**values, LIST: _list(shown)}
    to = f"{given.get('单位', '')}{_person(given.get('联系人', ''))}"
    course = given.get(COURSE)

    def filled(line: str) -> str:
        line = _TO.sub(lambda _: to, line.strip())
        line = line if course is None else line.replace(_COURSE, course)
        return _PLACEHOLDER.sub(lambda match: given.get(match[1].strip(), ""), line)

    def says(line: str) -> bool:
        names = [name.strip() for name in _PLACEHOLDER.findall(line)]
        return not names or any(given.get(name) for name in names) or not line.endswith(("}", "｝"))

    subject, body, signature = template.parts
    title = _PLACEHOLDER.sub(
        lambda match: given.get(match[1].strip(), ""), TITLES.get(template.use, "")
    )
    due = given.get("截止日期", "")
    return Letter(
        _WEEKDAY.sub("", one_line(filled(subject))),
        tuple(None if _is_list(line) else filled(line) for line in body.split("\n")),
        tuple(filled(line) for line in signature.split("\n") if says(line)),
        shown,
        title,
        (due,) if due else (),
    )


def _person(name: str) -> str:
    """（王敏同志）, as one writes behind an office."""
    if not name:
        return ""
    return f"（{name}）" if _TITLED.search(name) else f"（{name}同志）"


def _most(items: Sequence[Item]) -> tuple[Item, ...]:
    """The first things to do, and how many there are beside."""
    room, shown = MOST_LINES, list[Item]()
    for item in items:
        room -= max(-(-len(getattr(item, name)) // most) for name, most in _ACROSS.items()) or 1
        if room < 0:
            break
        shown.append(item)
    rest = len(items) - len(shown)
    return (*shown, Item("其他", f"另有{rest}项，见填报表")) if rest else tuple(shown)


def _is_list(line: str) -> bool:
    """Whether a line is the list and nothing else."""
    whole = _PLACEHOLDER.fullmatch(line.strip())
    return whole is not None and whole[1].strip() == LIST


def _list(items: Sequence[Item]) -> str:
    lines = (f"  {i.no}　{i.text}" + (f"（{i.note}）" if i.note else "") for i in items)
    return "\n".join(lines)


def _table(items: Sequence[Item]) -> str:
    if not items:
        return ""
    head = "".join(f'<th style="{_HEAD}">{name}</th>' for name in ("编号", "事项", "情况"))
    rows = (
        "".join(
            f'<td style="{_CELL}{";white-space:nowrap" if short else ""}">{_escaped(cell)}</td>'
            for cell, short in ((i.no, True), (i.text, False), (i.note, len(i.note) <= _SHORT))
        )
        for i in items
    )
    lines = "\n".join(f"<tr>{row}</tr>" for row in (head, *rows))
    return f'<table style="border-collapse:collapse;width:100%">\n{lines}\n</table>'


def _escaped(words: str) -> str:
    return html.escape(words).replace("\n", "<br>")
