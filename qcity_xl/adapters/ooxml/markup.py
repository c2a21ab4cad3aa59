"""XML parts as bytes: find tags, change attributes, splice, and leave every other byte alone."""

import codecs
import html
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple
from xml.etree import ElementTree as ET

from qcity_xl.adapters.ooxml.errors import DamagedPart, HoldsDtd, StrangeEncoding

Splice = tuple[int, int, bytes]  # start, end, what stands there instead

_STRETCH = 1 << 20  # bytes
_BOM = b"\xef\xbb\xbf"
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?(?>\s|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_DECLARED = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
_ATTRIBUTE = re.compile(rb"\s([^\s=/<>\"']++)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_TAG = re.compile(rb"<(/?)(?:[\w.-]++:)?([\w.-]++)(?:\s[^<>]*?)?(/?)>")
# XML knows no others (XML 1.0, 4.6); the last one last, or &amp;lt; would become a mark.
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
# What a scanner must not look into: comments, CDATA, instructions; and `>` outside of markup.
# What is left open runs to the end, so that a hostile part costs no more than one pass.
_OPAQUE = re.compile(
    rb"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)"
    rb"|<[^<>\"']*+(?:(?:\"[^\"]*\"|'[^']*')[^<>\"']*+)*+>|>",
    re.DOTALL,
)


class Element(NamedTuple):
    """Where an element stands: from `<` to behind its first tag (`inner`) and its end."""

    name: bytes
    start: int
    inner: int
    end: int


class Xml:
    """The text of one part in UTF-8, with a mask of the same length that is safe to scan.

    UTF-16 is turned into UTF-8 for the work and back on rewriting. Raises HoldsDtd,
    StrangeEncoding, DamagedPart.
    """

    def __init__(self, part: str, data: bytes) -> None:
        """Check the head of the part; `part` names it in errors."""
        self.part = part
        self._codec, self.body = _to_utf8(part, data)
        prolog = _PROLOG.match(self.body)
        self._root = prolog.end() if prolog else 0
        if self.body.startswith(b"<!", self._root):
            raise HoldsDtd(part)

    @cached_property
    def mask(self) -> bytes:
        """The body with everything blotted out that only looks like a tag."""
        body = self.body
        clean = body.count(b"<") == body.count(b">") and b"<!" not in body
        if clean and body.find(b"<?", self._root) < 0:
            return body
        return _OPAQUE.sub(_blot, body)

    @cached_property
    def root(self) -> Element:
        """The root element; its end is that of the part, unless it is `<a/>`."""
        tag = _TAG.match(self.mask, self._root)
        if tag is None or tag[1]:
            raise DamagedPart(self.part, "没有根元素")
        return Element(tag[2], tag.start(), tag.end(), tag.end() if tag[3] else len(self.mask))

    @cached_property
    def prefix(self) -> bytes:
        """The namespace prefix of the root with its colon, or nothing."""
        return self._root_name.removesuffix(self.root.name)

    @property
    def _root_name(self) -> bytes:
        return self.tag(self.root)[1:-1].split(None, 1)[0].rstrip(b"/")

    def element(self, start: int) -> Element:
        """The element whose first tag begins at `start`."""
        for element in self.children(start, len(self.mask)):
            return element
        raise DamagedPart(self.part, "标记不完整")

    def children(self, start: int, end: int) -> Iterator[Element]:
        """The elements one below the other in this stretch, without what is inside them."""
        depth, opened = 0, (b"", 0, 0)
        for tag in _TAG.finditer(self.mask, start, end):
            closing, name, closed = tag.groups()
            if closing:
                depth -= 1
            elif depth == 0:
                opened = (name, tag.start(), tag.end())
            if depth < 0:
                break
            if depth == 0 and (closing or closed):
                yield Element(*opened, tag.end())
            elif not closing and not closed:
                depth += 1
        if depth > 0:
            raise DamagedPart(self.part, "标记不成对")

    def child(self, parent: Element, name: bytes) -> Element | None:
        """The first child of that local name."""
        for element in self.children(parent.inner, parent.end):
            if element.name == name:
                return element
        return None

    def tag(self, element: Element) -> bytes:
        """The first tag of an element."""
        return self.body[element.start : element.inner]

    def close(self, element: Element) -> int:
        """Where the end tag of an element begins; `inner` for `<a/>`."""
        if element.end == element.inner:
            return element.inner
        close = self.mask.rfind(b"</", element.inner, element.end)
        if close < 0:
            raise DamagedPart(self.part, "标记没有结束")
        return close

    def find(self, what: bytes, start: int, end: int | None = None) -> int:
        """Where that markup is. Raises DamagedPart if it is not there."""
        place = self.mask.find(what, start, end)
        if place < 0:
            raise DamagedPart(self.part, f"缺少 {what.decode(errors='replace')}")
        return place

    def integer(self, found: dict[bytes, bytes], name: bytes, default: int = 0) -> int:
        """An attribute that is a whole number. Raises DamagedPart."""
        try:
            return int(found.get(name, default))
        except ValueError as error:
            raise DamagedPart(self.part, f"{name.decode()} 不是数字") from error

    def tree(self, raw: bytes) -> ET.Element:
        """A piece of this part under the root's first tag. Raises DamagedPart."""
        document = opened(self.tag(self.root)) + raw + b"</%s>" % self._root_name
        try:
            return ET.fromstring(document)  # noqa: S314 - a part with a DTD never gets here
        except ET.ParseError as error:
            raise DamagedPart(self.part, "不是合格的 XML") from error

    def rewritten(self, splices: Iterable[Splice]) -> bytes:
        """The part with the splices made, in its own encoding."""
        body = splice(self.body, splices)
        return body if self._codec is None else body.decode().encode(self._codec)


def splice(body: bytes, splices: Iterable[Splice]) -> bytes:
    """`body` with each stretch replaced; stretches must not overlap; insertions keep order."""
    pieces: list[bytes] = []
    position = 0
    for start, end, new in sorted(splices, key=lambda item: item[:2]):
        pieces += (body[position:start], new)
        position = end
    return b"".join((*pieces, body[position:]))


def attributes(tag: bytes) -> dict[bytes, bytes]:
    """The attributes of a tag, values as they stand (entities not resolved)."""
    return {match[1]: match[2] or match[3] or b"" for match in _ATTRIBUTE.finditer(tag)}


def with_attribute(tag: bytes, name: bytes, value: bytes) -> bytes:
    """The tag with that attribute set, in place or at the end."""
    for match in _ATTRIBUTE.finditer(tag):
        if match[1] == name:
            return tag[: match.start(1)] + name + b'="' + value + b'"' + tag[match.end() :]
    end = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:end].rstrip() + b" " + name + b'="' + value + b'"' + tag[end:]


def without_attribute(tag: bytes, name: bytes) -> bytes:
    """The tag without that attribute."""
    return re.sub(rb"\s" + re.escape(name) + rb"\s*=\s*(?:\"[^\"]*\"|'[^']*')", b"", tag, count=1)


def opened(tag: bytes) -> bytes:
    """The tag as one that has content: `<a/>` becomes `<a>`."""
    return tag[:-2].rstrip() + b">" if tag.endswith(b"/>") else tag


def escape(text: str) -> bytes:
    """Text for use between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode()


def quote(text: str) -> bytes:
    """Text for use in an attribute, without the quotation marks; line breaks are kept."""
    return escape(text).replace(b'"', b"&quot;").replace(b"\n", b"&#10;")


def unescaped(raw: bytes) -> str:
    """The text that stands between tags, or in an attribute, in these bytes."""
    text = raw.decode()
    if "&" not in text:
        return text
    if "&#" in text:
        return html.unescape(text)
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return text


def is_true(value: bytes | None) -> bool:
    """An xsd:boolean attribute; absent is false."""
    return value in (b"1", b"true", b"on")


def _blot(match: re.Match[bytes]) -> bytes:
    found = match[0]
    if found.startswith((b"<!", b"<?")):
        return b" " * len(found)
    return found[:-1].replace(b">", b"_") + (b">" if len(found) > 1 else b"_")


def _to_utf8(part: str, data: bytes) -> tuple[str | None, bytes]:
    """The codec to go back with (None: it is UTF-8 already) and the text in UTF-8."""
    for mark, codec in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            try:
                return codec, data.decode(codec).encode()
            except UnicodeError as error:
                raise StrangeEncoding(part, codec) from error
    declared = _DECLARED.match(data.removeprefix(_BOM))
    encoding = declared[1].decode("latin-1") if declared else "utf-8"
    if encoding.lower() not in {"utf-8", "utf8", "us-ascii", "ascii"}:
        raise StrangeEncoding(part, encoding)
    if b"\0" in data[:4]:  # UTF-16 without its mark
        raise StrangeEncoding(part, "utf-16")
    try:
        _decode(data)
    except UnicodeError as error:
        raise StrangeEncoding(part, encoding) from error
    return None, data


def _decode(data: bytes) -> None:
    """Raises UnicodeError for what is no UTF-8; the text of a large part is never there whole."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(data), _STRETCH):
        decoder.decode(data[start : start + _STRETCH])
    decoder.decode(b"", final=True)
