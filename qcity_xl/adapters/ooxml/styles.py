"""Cell formats: clones of existing ones, appended to the styles part."""

import copy
import datetime as dt
import html
import re
from functools import cached_property, partial
from typing import Literal, Self

from qcity_xl.adapters.ooxml.errors import DamagedPart
from qcity_xl.adapters.ooxml.markup import (
    Element,
    Splice,
    Xml,
    attributes,
    opened,
    with_attribute,
)

DateKind = Literal["date", "datetime"]

_FORMAT_IDS: dict[DateKind, bytes] = {"date": b"14", "datetime": b"22"}
# ECMA-376 part 1, 18.8.30: the built-in ids that are dates or times, East Asian ones included.
_BUILT_IN_AMOUNTS = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
# What is no placeholder in a number format: quoted text, escaped characters, colours, conditions.
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)


_XF = re.compile(rb"<(?:[\w.-]+:)?xf(?=[\s/>])[^<>]*>")
_TIME = re.compile(r"\[[hms]+\]|[hs]", re.IGNORECASE)
_BUILT_IN_TIMES = {*range(18, 22), *range(45, 48)}


class Styles:
    """The cell formats (`cellXfs`) by index; new ones are kept apart until `rewritten`."""

    def __init__(self, xml: Xml) -> None:
        """Read nothing yet."""
        self._xml = xml
        self._new_formats: list[bytes] = []
        self._new_fills: dict[bytes, int] = {}
        self._clones: dict[tuple[int, bytes], int] = {}
        self._undated: dict[int, int] = {}

    def fresh(self) -> Self:
        """The formats as read; what was found in the part stays known."""
        self._formats, self._codes  # noqa: B018 - found once for all
        other = copy.copy(self)
        other._new_formats, other._new_fills = [], {}
        other._clones, other._undated = {}, {}
        return other

    def flagged(self, style: int, rgb: str) -> int:
        """The index of that format with a solid fill; `rgb` is "RRGGBB" or "AARRGGBB"."""
        if re.fullmatch(r"(?:[0-9A-Fa-f]{2})?[0-9A-Fa-f]{6}", rgb) is None:
            raise ValueError(rgb)
        colour = rgb.upper().rjust(8, "F").encode()
        return self._clone(style, b"fillId", b"%d" % self._fill(colour), b"applyFill")

    def showing(self, value: float | dt.date, style: int) -> int:
        """The index of that format, or of one that shows a date as such, a number not as a date."""
        if not isinstance(value, dt.date):
            return self.undated(style) if style else style
        return self.dated(style, "datetime" if isinstance(value, dt.datetime) else "date")

    def dated(self, style: int, kind: DateKind) -> int:
        """The index of that format if it shows dates, else of a clone that does."""
        if self._shows_dates(style) and not self._shows_times_alone(style):
            return style
        new = self._clone(style, b"numFmtId", _FORMAT_IDS[kind], b"applyNumberFormat")
        self._undated[new] = style
        return new

    def undated(self, style: int) -> int:
        """The index of that format if it shows no dates, else of a clone that shows numbers."""
        if style not in self._undated:
            dated = self._shows_dates(style)
            plain = self._clone(style, b"numFmtId", b"0", b"applyNumberFormat") if dated else style
            self._undated[style] = plain
        return self._undated[style]

    def amounts(self) -> dict[int, str]:
        """The number format of each cell format that is neither General nor one of dates."""
        found = {}
        for style, xf in enumerate(self._formats):
            number = self._xml.integer(attributes(xf[: xf.index(b">") + 1]), b"numFmtId")
            code = self._codes.get(number, _BUILT_IN_AMOUNTS.get(number, ""))
            if code and code.lower() != "general" and not self._shows_dates(style):
                found[style] = code
        return found

    @property
    def changed(self) -> bool:
        """Whether there are new formats."""
        return bool(self._new_formats)

    def rewritten(self) -> bytes:
        """The part with the new fills and formats."""
        splices = self._append(self._section(b"cellXfs"), self._new_formats)
        if self._new_fills:
            prefix = self._xml.prefix
            fills = [_fill_xml(prefix, colour) for colour in self._new_fills]
            splices += self._append(self._section(b"fills"), fills)
        return self._xml.rewritten(splices)

    def _clone(self, style: int, name: bytes, value: bytes, switch: bytes) -> int:
        key = (style, name + value)
        if key not in self._clones:
            self._clones[key] = len(self._formats) + len(self._new_formats)
            edited = partial(self._edited, name, value, switch)
            self._new_formats.append(_XF.sub(edited, self._format(style)))
        return self._clones[key]

    def _edited(self, name: bytes, value: bytes, switch: bytes, xf: re.Match[bytes]) -> bytes:
        """The tag of a format with an attribute; both of two in mc:AlternateContent get it.

        One that refers to a cell style that is not there refers to the first.
        """
        tag = with_attribute(with_attribute(xf[0], name, value), switch, b"1")
        given = self._xml.integer(attributes(tag), b"xfId")
        return with_attribute(tag, b"xfId", b"0") if given > max(self._last_style, 0) else tag

    @cached_property
    def _last_style(self) -> int:
        section = self._xml.child(self._xml.root, b"cellStyleXfs")
        if section is None:
            return -1
        return sum(1 for _ in self._xml.children(section.inner, section.end)) - 1

    def _fill(self, colour: bytes) -> int:
        if colour not in self._new_fills:
            section = self._section(b"fills")
            count = sum(1 for _ in self._xml.children(section.inner, section.end))
            self._new_fills[colour] = count + len(self._new_fills)
        return self._new_fills[colour]

    def _format(self, style: int) -> bytes:
        old = len(self._formats)
        if not 0 <= style < old + len(self._new_formats):
            raise DamagedPart(self._xml.part, f"没有第 {style} 号格式")
        return self._formats[style] if style < old else self._new_formats[style - old]

    def _shows_dates(self, style: int) -> bool:
        number, code = self._number_format(style)
        if code is None:
            return number in _BUILT_IN_DATES
        return re.search(r"[ymdhs]", code, re.I) is not None

    def _shows_times_alone(self, style: int) -> bool:
        """Whether a day would show as hours: in [h]:mm the 1 May 2016 is 1019880:00."""
        number, code = self._number_format(style)
        if code is None:
            return number in _BUILT_IN_TIMES
        return _TIME.search(code) is not None and re.search("[ydeg]", code, re.I) is None

    def _number_format(self, style: int) -> tuple[int, str | None]:
        """The number of a format's number format, and its own code without what it only shows."""
        tag = _XF.search(self._format(style))
        number = self._xml.integer(attributes(tag[0]) if tag else {}, b"numFmtId")
        code = self._codes.get(number)
        return number, None if code is None else _LITERAL.sub("", code.partition(";")[0])

    @cached_property
    def _formats(self) -> list[bytes]:
        section, body = self._section(b"cellXfs"), self._xml.body
        return [body[xf.start : xf.end] for xf in self._xml.children(section.inner, section.end)]

    @cached_property
    def _codes(self) -> dict[int, str]:
        section = self._xml.child(self._xml.root, b"numFmts")
        if section is None:
            return {}
        codes = {}
        for element in self._xml.children(section.inner, section.end):
            found = attributes(self._xml.tag(element))
            code = html.unescape(found.get(b"formatCode", b"").decode())
            codes[self._xml.integer(found, b"numFmtId")] = code
        return codes

    def _section(self, name: bytes) -> Element:
        section = self._xml.child(self._xml.root, name)
        if section is None:
            raise DamagedPart(self._xml.part, f"没有 {name.decode()}")
        return section

    def _append(self, section: Element, new: list[bytes]) -> list[Splice]:
        """The splices that add children and count them."""
        old = sum(1 for _ in self._xml.children(section.inner, section.end))
        tag = self._xml.tag(section)
        close = self._xml.close(section)
        name = tag[1:-1].split(None, 1)[0].rstrip(b"/")
        ending = b"</%s>" % name if section.end == section.inner else b""
        count = with_attribute(opened(tag), b"count", b"%d" % (old + len(new)))
        return [(section.start, section.inner, count), (close, close, b"".join(new) + ending)]


def _fill_xml(prefix: bytes, colour: bytes) -> bytes:
    """A solid fill: its colour is the foreground (ECMA-376 part 1, 18.8.32)."""
    inner = (
        b'<%spatternFill patternType="solid"><%sfgColor rgb="%s"/>'
        b'<%sbgColor indexed="64"/></%spatternFill>'
    ) % (prefix, prefix, colour, prefix, prefix)
    return b"<%sfill>%s</%sfill>" % (prefix, inner, prefix)
