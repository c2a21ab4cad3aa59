"""A returned workbook as values, read under limits; nothing of it is executed or opened."""

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain, pairwise
from typing import TypeVar

from python_calamine import CalamineError, CalamineWorkbook

from qcity_xl.adapters.ooxml import OoxmlError, Package, PackageLimits
from qcity_xl.adapters.ooxml.links import link_targets
from qcity_xl.adapters.ooxml.markup import Xml
from qcity_xl.adapters.ooxml.repack import repacked
from qcity_xl.adapters.ooxml.styles import Styles
from qcity_xl.adapters.ooxml.workbook import WorkbookPart, relationships
from qcity_xl.adapters.packs.kinds import NotAPack, check_parts, kind_of
from qcity_xl.adapters.packs.old import old_contents
from qcity_xl.adapters.packs.parts import checked, open_package, refused, sized
from qcity_xl.adapters.packs.remarks import comments_in, pictures_by_id, remarks_on, saved_at
from qcity_xl.adapters.packs.scan import Scan, merged_cells, scan
from qcity_xl.adapters.packs.sheets import Contents, Oddity, PackSheet, RawRow, filled, with_odd
from qcity_xl.core.master.settings import Limits as Bounds

_MEGABYTE = 1 << 20
_MOST_READ = 96 << 20  # bytes of all parts that are read together
_MOST_SHEETS = 100
_MOST_CELLS = 8_000_000  # of all sheets together, empty ones before filled ones included
_MOST_FILLED = 500_000  # cells that hold something, of all sheets: each is looked at by itself
_MOST_TEXT = 64 << 20  # bytes of all cells together: many cells may share one long text
_SHARED = re.compile(rb"\st\s*=\s*[\"']s[\"']")
_INDEX = re.compile(
    rb"\st\s*=\s*[\"']s[\"'][^<>]*>\s*<(?:[\w.-]++:)?v(?:\s[^<>]*)?>\s*([0-9]{1,9})\s*<"
)
# But for those that are written out empty.
_FILLED = re.compile(rb"(?<!<v>)(?<!<is><t></t>)</(?:[\w.-]++:)?(?:v|is)\s*>")
_STRING = re.compile(rb"<(?:[\w.-]++:)?si[\s/>]")
_TOO_MUCH = "工作表太大，读不了；请删去多余的空白行列和工作表后再寄"
_BROKEN = "工作簿读不了，内容已损坏；请用 Excel 或 WPS 打开，另存为 .xlsx 后再寄"
T = TypeVar("T")


def limits_of(bounds: Bounds) -> PackageLimits:
    """The office's limits as the package reader takes them."""
    return PackageLimits(
        file_bytes=int(bounds.file_mb * _MEGABYTE),
        unpacked_bytes=int(bounds.unpacked_mb * _MEGABYTE),
        ratio=int(bounds.ratio),
        parts=int(bounds.parts),
    )


def too_large(size: int, bounds: Bounds) -> str:
    """Why a file of that many bytes is refused."""
    return (
        f"文件有 {size / _MEGABYTE:.0f} MB，上限 {bounds.file_mb:g} MB；"
        "请删去多余的图片和工作表后再寄，电子件另附"
    )


def load_contents(data: bytes, bounds: Bounds) -> Contents:
    """The sheets of a workbook and what else is in it. Raises NotAPack."""
    limits = limits_of(bounds)
    kind = kind_of(data)
    if len(data) > limits.file_bytes:
        raise NotAPack(too_large(len(data), bounds))
    if kind == "old":
        return old_contents(data, bounds)
    package = open_package(data, limits)
    return (
        old_contents(data, bounds) if check_parts(package) == "old" else _workbook(package, bounds)
    )


def _workbook(package: Package, bounds: Bounds) -> Contents:
    try:
        for link in relationships(package, "").values():
            if link.kind == "officeDocument" and link.part in package:
                checked(package, link.part)
        workbook = WorkbookPart(package)
        return _contents(package, workbook, bounds)
    except OoxmlError as error:
        raise refused(error) from error


def _contents(package: Package, workbook: WorkbookPart, bounds: Bounds) -> Contents:
    parts: list[tuple[str, Xml, Scan]] = []
    pictures = pictures_by_id(package)
    strings, styles = (_part(package, workbook, kind) for kind in ("sharedStrings", "styles"))
    formats = _formats(styles)
    bounded = (int(bounds.rows), int(bounds.columns))
    total = filled_cells = 0
    if len(workbook.sheets) > _MOST_SHEETS:
        raise NotAPack(
            f"有 {len(workbook.sheets):,} 张工作表，上限 {_MOST_SHEETS} 张；请只留填报表的几张再寄"
        )
    for entry in workbook.sheets:
        link = workbook.relationships.get(entry.relationship)
        if link is None or link.kind != "worksheet":
            continue
        xml = sized(package, link.part)
        total += len(xml.body)
        if total > _MOST_READ:
            raise NotAPack(_TOO_MUCH)
        filled_cells += _filled_cells(xml.body)
        if filled_cells > _MOST_FILLED:
            raise NotAPack(
                f"各工作表一共超过 {_MOST_FILLED:,} 个有内容的单元格；"
                "请删去与填报无关的工作表和单元格后再寄"
            )
        parts.append((entry.name, xml, scan(xml, *bounded, pictures, formats)))
    bands = [band for *_, found in parts for band in (*found.bands, *found.beyond)]
    if strings is not None and _text_size(bands, strings) > _MOST_TEXT:
        raise NotAPack(_TOO_MUCH)
    plain = repacked(bands, strings, styles, workbook.date1904)
    book = guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(plain)))
    rows = _bounded(_rows(book, number) for number in range(len(bands)))
    sheets = [
        replace(
            _sheet(part, rows),
            links=link_targets(package, part[1]),
            late=workbook.date1904,
        )
        for part in parts
    ]
    comments = comments_in(package, workbook)
    return Contents(
        sheets,
        remarks_on(package, workbook, comments),
        saved=saved_at(package),
        comments=comments,
    )


def _filled_cells(body: bytes) -> int:
    """How many cells hold something; where there are few of any kind, none is counted."""
    few = body.count(b"</") <= _MOST_FILLED // _MOST_SHEETS
    return 0 if few else sum(1 for _ in _FILLED.finditer(body))


def _formats(styles: Xml | None) -> dict[int, str]:
    """The number formats that show more than the number; none where the styles are damaged."""
    return _amounts(styles.part, styles.body) if styles else {}


@lru_cache(maxsize=4)  # packs of one round have the same styles
def _amounts(part: str, body: bytes) -> dict[int, str]:
    try:
        return Styles(Xml(part, body)).amounts()
    except (OoxmlError, UnicodeDecodeError):
        return {}


def _part(package: Package, workbook: WorkbookPart, kind: str) -> Xml | None:
    name = workbook.part_of(kind)
    return checked(package, name) if name and name in package else None


def _text_size(bands: Sequence[bytes], strings: Xml) -> int:
    """The bytes of text that all cells with a shared text come to, rather too many."""
    starts = [match.start() for match in _STRING.finditer(strings.mask)]
    sizes = [end - start for start, end in pairwise((*starts, len(strings.mask)))]
    longest, size = max(sizes, default=0), 0
    for band in bands:
        shared = len(_SHARED.findall(band))
        if shared * longest <= _MOST_TEXT // len(bands):
            size += shared * longest
            continue
        known = [int(index) for index in _INDEX.findall(band)]
        size += sum(sizes[index] for index in known if index < len(sizes))
        size += max(shared - len(known), 0) * longest
    return size


def _rows(book: CalamineWorkbook, number: int) -> list[tuple[int, RawRow]]:
    """The rows of one band that hold something."""

    def read() -> list[tuple[int, RawRow]]:
        sheet = book.get_sheet_by_index(number)
        if sheet.start is None:
            return []
        top, left = sheet.start
        lines = enumerate(sheet.to_python(skip_empty_area=True), top + 1)
        before = [""] * left
        return list(filled((line, [*before, *cells] if left else cells) for line, cells in lines))

    return guarded(read)


def _bounded(
    bands: Iterator[list[tuple[int, RawRow]]],
) -> Iterator[list[tuple[int, RawRow]]]:
    """The same, as long as they are not too much. Raises NotAPack."""
    left = _MOST_CELLS
    for rows in bands:
        left -= sum(len(cells) for _, cells in rows)
        if left < 0:
            raise NotAPack(_TOO_MUCH)
        yield rows


def _sheet(part: tuple[str, Xml, Scan], bands: Iterator[list[tuple[int, RawRow]]]) -> PackSheet:
    """One sheet from as many of the bands as it has."""
    name, xml, scanned = part
    rows = list(chain(*(next(bands) for _ in scanned.bands)))
    beyond = {line: cells[0] for line, cells in chain(*(next(bands) for _ in scanned.beyond))}
    clipped = [(cell, beyond.get(line, "")) for line, cell in enumerate(scanned.clipped, 1)]
    width = max((len(cells) for _, cells in rows), default=0)
    merged: dict[tuple[int, int], tuple[Oddity, str]] = {
        place: ("merged", block)
        for place, block in merged_cells(xml, [number for number, _ in rows], width)
    }
    odd = {**merged, **scanned.odd}
    return with_odd(PackSheet(name, rows, odd, clipped, scanned.formats))


def guarded(read: Callable[[], T]) -> T:
    """What `read` gives; NotAPack where the reader of values fails, a panic in it included."""
    try:
        return read()
    except (CalamineError, ValueError, OverflowError) as error:
        raise NotAPack(_BROKEN) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # it derives from BaseException alone
            raise
        raise NotAPack(_BROKEN) from error
