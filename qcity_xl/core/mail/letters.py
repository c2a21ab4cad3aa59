"""Letters: the templates of 邮件模板 filled in, as plain text and as HTML."""

import datetime as dt
import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.problems import Problem
from qcity_xl.core.schema import MAIL, UNITS
from qcity_xl.core.schema.words import CHASE_LEVELS
from qcity_xl.core.text import one_line
from qcity_xl.core.values import parse_date

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
HANDOUT, USES = "下发", ("下发", *CHASE_LEVELS)
_PLACEHOLDER = re.compile(r"[{｛]([^{}｛｝]*)[}｝]")
_PARTS = ("subject", "text", "signature")
_CELL = "border:1px solid #d3dae3;padding:4px 8px;vertical-align:top"
_PAGE = '<div style="font-family:微软雅黑,sans-serif;font-size:14px;line-height:1.7">{}</div>'


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
    """What is sent, line by line; where `body` has None, the list of items stands."""

    subject: str
    body: tuple[str | None, ...]
    signature: tuple[str, ...]
    items: tuple[Item, ...] = ()

    @property
    def text(self) -> str:
        """The letter as plain text."""
        lines = [_list(self.items) if line is None else line for line in self.body]
        return "\n".join([*lines, "", *self.signature]).strip() + "\n"

    @property
    def html(self) -> str:
        """The same words as HTML, the list as a table."""
        lines = [_table(self.items) if line is None else _paragraph(line) for line in self.body]
        return _PAGE.format("\n".join([*lines, "<br>", *map(_paragraph, self.signature)]))


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
        "截止日期": chinese_date(due) if due else "",
        "任务数": str(count),
        "城市": master.settings.city,
        "办公室联系人": master.settings.contact,
        "日期": chinese_date(today),
    }


def chinese_date(day: dt.date) -> str:
    """2016年5月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def fill(template: Template, values: Mapping[str, str], items: Sequence[Item]) -> Letter:
    """A letter; a value that is not given leaves its placeholder blank."""

    def filled(line: str) -> str:
        return _PLACEHOLDER.sub(lambda match: given.get(match[1].strip(), ""), line.strip())

    given = {**values, LIST: _list(items)}
    subject, body, signature = template.parts
    return Letter(
        one_line(filled(subject)),
        tuple(None if _is_list(line) else filled(line) for line in body.split("\n")),
        tuple(filled(line) for line in signature.split("\n")),
        tuple(items),
    )


def _is_list(line: str) -> bool:
    """Whether a line is the list and nothing else."""
    whole = _PLACEHOLDER.fullmatch(line.strip())
    return whole is not None and whole[1].strip() == LIST


def _list(items: Sequence[Item]) -> str:
    lines = (f"  {i.no}　{i.text}" + (f"（{i.note}）" if i.note else "") for i in items)
    return "\n".join(lines)


def _table(items: Sequence[Item]) -> str:
    rows = (
        "".join(f'<td style="{_CELL}">{_escaped(c)}</td>' for c in (i.no, i.text, i.note))
        for i in items
    )
    lines = "\n".join(f"<tr>{row}</tr>" for row in rows)
    return f'<table style="border-collapse:collapse">\n{lines}\n</table>'


def _paragraph(line: str) -> str:
    return f"<p>{_escaped(line)}</p>" if line else ""


def _escaped(words: str) -> str:
    return html.escape(words).replace("\n", "<br>")
