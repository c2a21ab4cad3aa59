"""The Chinese pages for a browser: `make pages` writes docs/*.html from docs/*.md."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGES = ("使用手册", "邮件设置", "安装", "JSON输出", "Excel试用清单")
_LINK = re.compile(rf"({'|'.join(PAGES)})\.md(#.*)?")


def main() -> None:
    """Write all pages anew."""
    for page in PAGES:
        (DOCS / f"{page}.html").write_text(html_of(page), encoding="utf-8", newline="\n")


def html_of(page: str) -> str:
    """One page: its text, the way to its chapters and to the other pages."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse((DOCS / f"{page}.md").read_text(encoding="utf-8"))
    for token in _all(tokens):
        if target := _LINK.fullmatch(unquote(str(token.attrs.get("href", "")))):
            token.attrs["href"] = f"{target[1]}.html{target[2] or ''}"
        _join_lines(token.children or [])
    chapters = list(_chapters(tokens))
    text = reader.renderer.render(tokens, reader.options, {})
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{page} - 质量强市</title>\n"
        '<link rel="stylesheet" href="page.css">\n</head>\n<body>\n'
        f"<nav>\n{_pages(page)}{_contents(chapters)}</nav>\n<main>\n{_framed(text)}</main>\n"
        "</body>\n</html>\n"
    )


def _all(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all(token.children or ())


def _chapters(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Anchor and title of each chapter; its heading gets the anchor."""
    number = 0
    for head, inline in pairwise(tokens):
        if head.type == "heading_open" and head.tag == "h2":
            number += 1
            head.attrs["id"] = f"c{number}"
            yield f"c{number}", "".join(child.content for child in inline.children or ())


def _join_lines(inline: Sequence[Token]) -> None:
    """Chinese goes on without a space where a line of the source ends."""
    for before, token, after in zip(inline, inline[1:], inline[2:], strict=False):
        around = before.content[-1:] + after.content[:1]
        if token.type == "softbreak" and not around.isascii():
            token.type = "text"


def _pages(page: str) -> str:
    names = (f"<b>{p}</b>" if p == page else f'<a href="{p}.html">{p}</a>' for p in PAGES)
    return f'<p class="pages">{" ".join(names)}</p>\n'


def _contents(chapters: Sequence[tuple[str, str]]) -> str:
    rows = "".join(f'<li><a href="#{anchor}">{title}</a></li>\n' for anchor, title in chapters)
    return f"<ul>\n{rows}</ul>\n"


def _framed(html: str) -> str:
    """Wide tables scroll by themselves, so that the page does not; a picture opens in full size."""
    framed = html.replace("<table>", '<div class="wide"><table>')
    framed = framed.replace("</table>", "</table></div>")
    return re.sub(r'(<img src="([^"]+)"[^>]*>)', r'<a href="\2">\1</a>', framed)


if __name__ == "__main__":
    main()
