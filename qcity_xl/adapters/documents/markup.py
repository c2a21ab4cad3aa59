"""A web page: paragraphs and tables from its markup."""

import re
from collections.abc import Iterator

from lxml import etree, html

from qcity_xl.adapters.documents.errors import DocumentDamaged
from qcity_xl.adapters.documents.source import Source
from qcity_xl.core.reading import Cell, Grid, Square

_ASIDE = {
    "script",
    "style",
    "nav",
    "footer",
    "noscript",
    "head",
    "select",
    "button",
    "form",
    "iframe",
}
_LINES = {
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "div",
    "br",
    "dt",
    "dd",
    "section",
    "article",
}
_STRUCK = {"s", "strike", "del"}
_UNSEEN = re.compile("display:none|visibility:hidden|text-decoration(?:-line)?:[^;]*line-through")
_CHARSET = re.compile(rb"charset=[\"']?\s*([\w-]+)", re.I)
_SPAN = 64  # columns that one cell may cover


def html_source(name: str, data: bytes) -> Source:
    """The visible text of a web page without its menus and foot."""
    charset = _CHARSET.search(data[:4096])
    named = charset[1].decode("ascii").lower() if charset else "utf-8"
    encoding = "gb18030" if named.startswith("gb") else named
    try:
        text = data.decode(encoding, errors="replace").lstrip("\ufeff")
        text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
        root = html.document_fromstring(text)
    except (etree.ParserError, ValueError, LookupError) as error:
        raise DocumentDamaged(name, "不是完好的网页文件") from error
    source = Source()
    tables = 0
    lines = 0
    _tell_unseen(source, root)
    for item in _html_items(root):
        if isinstance(item, str):
            lines += 1
            source.blocks.append(Cell(item, f"第{lines}段", free=True))
        else:
            tables += 1
            source.blocks.append(Grid(f"表{tables}", tuple(_html_squares(item))))
    return source


def _html_items(root: html.HtmlElement) -> Iterator[str | html.HtmlElement]:
    """Lines and tables that hold no other table, in order."""
    held: list[str] = []

    def line() -> Iterator[str]:
        text = " ".join("".join(held).split())
        held.clear()
        if text:
            yield text

    def walk(element: html.HtmlElement) -> Iterator[str | html.HtmlElement]:
        if not isinstance(element.tag, str) or element.tag in _ASIDE or _is_hidden(element):
            pass
        elif element.tag == "table" and element.find(".//table") is None:
            yield from line()
            yield element
        else:
            broken = element.tag in _LINES
            if broken:
                yield from line()
            held.append(element.text or "")
            for child in element:
                yield from walk(child)
            if broken:
                yield from line()
        held.append(element.tail or "")

    body = root.find("body")
    yield from walk(root if body is None else body)
    yield from line()


def _is_hidden(element: html.HtmlElement) -> bool:
    if element.tag in _STRUCK or element.get("hidden") is not None:
        return True
    return bool(_UNSEEN.search(re.sub(r"\s", "", element.get("style") or "").lower()))


def _tell_unseen(source: Source, root: html.HtmlElement) -> None:
    """Tell of text that a reader of the page does not see as valid."""
    found = [element for element in root.iter() if isinstance(element.tag, str)]
    texts = ["".join(e.text_content().split()) for e in found if _is_hidden(e)]
    if texts := [text for text in texts if text]:
        what = f"网页里有隐藏或划去的文字“{'、'.join(texts)[:40]}”（{len(texts)}处），没有读入"
        source.tell("hidden-text", "全文", what, "要用的，请在原文件里恢复成正常文字")


def _html_squares(table: html.HtmlElement) -> Iterator[Square]:
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(table.iter("tr"), 1):
        if any(map(_is_hidden, (row, *row.iterancestors("tbody", "thead", "tfoot")))):
            continue
        column = 1
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while (number, column) in taken:
                column += 1
            height, width = _span(cell.get("rowspan"), 20_000), _span(cell.get("colspan"), _SPAN)
            taken |= {
                (number + down, column + right) for down in range(height) for right in range(width)
            }
            yield Square(_html_text(cell), number, column, height, width)
            column += width


def _html_text(cell: html.HtmlElement) -> str:
    return "" if _is_hidden(cell) else "".join(_seen(cell)).strip("\n")


def _seen(element: html.HtmlElement) -> Iterator[str]:
    """The texts within an element that are seen, each line of its own after a line break."""
    yield " ".join((element.text or "").split())
    for child in element:
        if child.tag in _LINES:
            yield "\n"
        if isinstance(child.tag, str) and child.tag not in _ASIDE and not _is_hidden(child):
            yield from _seen(child)
        yield " ".join((child.tail or "").split())


def _span(value: str | None, most: int) -> int:
    return min(int(value), most) if value and value.isdecimal() and int(value) else 1
