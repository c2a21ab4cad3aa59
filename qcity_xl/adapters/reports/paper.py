"""Papers: a Word document with placeholders filled in, as the office has edited it.

Placeholders are Jinja's: {{城市}}, {%tr for 行 in 各部分 %}. People make the templates: they run in
Jinja's sandbox, and what they ask for in vain is told with its place.
"""

import datetime as dt
import io
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from docx import Document
from docx.document import Document as Page
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

from qcity_xl.adapters.reports.chart import Bars, put_chart
from qcity_xl.adapters.templates.package import rezipped
from qcity_xl.core.errors import QcityError
from qcity_xl.core.reports.paper_values import Values
from qcity_xl.core.text import number_text, shorten

# What XML 1.0 can't hold; a cell of a workbook may.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
_BLOCK = re.compile(r"\{%(?:p|tr|tc|r)?-?\s*(?P<end>end)?(?P<word>for|if)\b.*?%\}", re.DOTALL)
_NEARLY = re.compile(r"｛[｛%]|[%｝]｝|(?<![{｛])[{｛](?P<name>[^{}｛｝%#]+)[}｝](?![}｝])")
_MOST_STEPS = 1_000_000  # of one paper; those that are shipped take thousands
_NAME = re.compile(r"'([^']+)'")
_STAMP = dt.datetime(2024, 1, 1)


class BadPaper(QcityError):
    """A template that can't be filled in."""

    def __init__(self, name: str, place: str, found: str, fix: str) -> None:
        """Say where in which template, what is wrong, and what to do."""
        where = f"{place}，" if place else ""
        super().__init__(f"模板“{name}”：{where}{found}。{fix}")


class PaperTemplate:
    """A template that was opened once and is filled in many times."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open it; `name` is told in errors. Raises BadPaper."""
        self._data, self._name = data, name
        self._page = _opened(data, name)
        self._looked_at = False

    def filled(self, values: Values, charts: Mapping[str, Bars] | None = None) -> bytes:
        """The document with its placeholders filled in; None is left blank.

        `charts` are drawn where their placeholders stand. The same values give the same bytes.
        Raises BadPaper.
        """
        if not self._looked_at:
            self._look_at(charts.keys() | values.keys() if charts else values.keys())
        paper = DocxTemplate(io.BytesIO(self._data))
        paper.init_docx()
        drawn = {
            name: put_chart(paper, bars, number)
            for number, (name, bars) in enumerate((charts or {}).items(), 1)
        }
        given = {**values, **drawn}
        try:
            paper.render(given, _Sandbox(), autoescape=True)
        except UndefinedError as error:
            raise self._unknown(error.message or "", given) from error
        except SecurityError as error:
            fix = "模板里只能写占位符、循环和条件，请改掉这一处。"
            raise BadPaper(self._name, "", f"有不允许的写法（{error}）", fix) from error
        except Exception as error:  # a template is code: it may raise whatever there is
            place, words = _broken(self._page)
            fix = "占位符要成对写：{{名称}}；每个 for 都要有 endfor，每个 if 都要有 endif。"
            raise BadPaper(self._name, place, words or "占位符写得不完整", fix) from error
        _keep_last_row(paper.docx)
        properties = paper.docx.core_properties
        properties.author, properties.created, properties.modified = "qcity_xl", _STAMP, _STAMP
        raw = io.BytesIO()
        paper.save(raw)
        return rezipped(raw.getvalue(), lambda _, part: part)

    def asks(self, *names: str) -> bool:
        """Whether it asks for one of these; of one that can't be read True: filling it in tells."""
        paper = DocxTemplate(io.BytesIO(self._data))
        try:
            return not paper.get_undeclared_template_variables(_Sandbox()).isdisjoint(names)
        except TemplateError:
            return True

    def _look_at(self, known: Collection[str]) -> None:
        """Braces as a Chinese keyboard or 邮件模板 has them: they would be printed as they are."""
        for place, words in _lines(self._page):
            for match in _NEARLY.finditer(words):
                if match["name"] is None or match["name"].strip() in known:
                    found = f"“{shorten(match[0], 30)}”的括号不对"
                    fix = "占位符要用两个半角的大括号，如 {{城市}}。"
                    raise BadPaper(self._name, place, found, fix)
        self._looked_at = True

    def _unknown(self, message: str, given: Values) -> BadPaper:
        names = _NAME.findall(message)
        missing = names[-1] if names else ""
        places = (place for place, words in _lines(self._page) if _asks(words, missing))
        known = f"可用的有：{'、'.join(given)}（各项之下的名称见使用手册）。"
        return BadPaper(
            self._name, next(places, ""), f"不认识“{missing}”", f"{known}改正名称，或删去这一处。"
        )


class _Sandbox(SandboxedEnvironment):
    """Where one template runs once: it reads values, and ends before long."""

    intercepted_binops = frozenset(("*", "**"))

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=self._said)
        self.globals["range"] = self._range
        self._left = _MOST_STEPS

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """A product of two numbers: texts by the million and towers of powers are none."""
        if operator == "*" and isinstance(left, int | float) and isinstance(right, int | float):
            return super().call_binop(context, operator, left, right)
        raise SecurityError(f"用 {operator} 算的不是两个数的积")

    def _range(self, *bounds: int) -> Iterator[int]:
        for number in range(*bounds):
            self._step()
            yield number

    def _said(self, value: object) -> object:
        self._step()
        return shown(value)

    def _step(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise SecurityError(f"循环超过{_MOST_STEPS}次")


def _opened(data: bytes, name: str) -> Page:
    try:
        page = Document(io.BytesIO(data))
    except Exception as error:  # python-docx lets out whatever zip and XML raise
        fix = "请用 Word 或 WPS 另存为 .docx，或删掉它改用程序自带的模板。"
        raise BadPaper(name, "", "打不开，不是完好的 .docx 文件", fix) from error
    if not any((words.text or "").strip() for words in page.element.body.iter(qn("w:t"))):
        fix = "请写上内容和占位符，或删掉它改用程序自带的模板。"
        raise BadPaper(name, "", "是空的，一个字也没有", fix)
    return page


def _keep_last_row(page: Page) -> None:
    """Who signs below a table takes its last row along to a page that would hold nothing else.

    By plain XML: in threads other than the first, elements have no methods of python-docx.
    """
    rows = [table.findall(qn("w:tr")) for table in page.element.iter(qn("w:tbl"))]
    after = rows[-1][-1].getparent().getnext() if rows and rows[-1] else None
    if after is None or after.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is None:
        return
    for paragraph in rows[-1][-1].iter(qn("w:p")):
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            properties = paragraph.makeelement(qn("w:pPr"))
            paragraph.insert(0, properties)
        if properties.find(qn("w:keepNext")) is None:
            first = properties.find(qn("w:pStyle")) is not None
            properties.insert(int(first), properties.makeelement(qn("w:keepNext")))


def shown(value: object) -> object:
    """How a value is written; what docxtpl made itself (a part of the document) stays."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return number_text(value)
    return _UNPRINTABLE.sub("", value) if type(value) is str else value


def _asks(words: str, missing: str) -> bool:
    return any(missing in tag for tag in _TAG.findall(words))


def _broken(page: Page) -> tuple[str, str]:
    """The first line whose braces do not pair, else that of a for or if without its end."""
    opened: list[tuple[str, str, str]] = []
    for place, words in _lines(page):
        left = _TAG.sub("", words)
        if any(mark in left for mark in ("{{", "}}", "{%", "%}")):
            return place, f"“{shorten(words.strip(), 30)}”的括号没有配对"
        for match in _BLOCK.finditer(words):
            if not match["end"]:
                opened.append((match["word"], place, match[0]))
            elif opened and opened[-1][0] == match["word"]:
                opened.pop()
            else:
                return place, f"“{match[0]}”没有对应的 {match['word']}"
    if opened:
        word, place, words = opened[-1]
        return place, f"“{shorten(words, 30)}”没有对应的 end{word}"
    return "", ""


def _lines(page: Page) -> Iterator[tuple[str, str]]:
    """Paragraphs with where they are: 正文第3段, 第1个表格第2行."""
    for count, paragraph in enumerate(page.paragraphs, 1):
        yield f"正文第{count}段", paragraph.text
    for count, table in enumerate(page.tables, 1):
        for line, row in enumerate(table.rows, 1):
            yield f"第{count}个表格第{line}行", "\n".join(cell.text for cell in row.cells)
    for section in page.sections:
        for where, part in (("页眉", section.header), ("页脚", section.footer)):
            yield where, "\n".join(paragraph.text for paragraph in part.paragraphs)
