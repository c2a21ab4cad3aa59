"""A returned workbook as values, read under limits; nothing of it is executed or opened."""

import io
from collections.abc import Callable
from typing import TypeVar

from python_calamine import CalamineError, CalamineWorkbook

from qcity_xl.adapters.ooxml import Limits, OoxmlError, Package
from qcity_xl.adapters.ooxml.markup import Xml
from qcity_xl.adapters.ooxml.workbook import Workbook, relationships
from qcity_xl.adapters.packs.kinds import NotAPack, check_parts, kind_of
from qcity_xl.adapters.packs.old import old_contents
from qcity_xl.adapters.packs.parts import checked, open_package, refused, repacked
from qcity_xl.adapters.packs.remarks import pictures_by_id, remarks_on
from qcity_xl.adapters.packs.scan import Scan, merged_cells, scan
from qcity_xl.adapters.packs.sheets import Contents, Oddity, Sheet
from qcity_xl.core.settings import Limits as Bounds

_MEGABYTE = 1 << 20
_MOST_READ = 96 << 20  # bytes of all parts that are read together
_MOST_SHEETS = 100
_BROKEN = "工作簿读不了，内容已损坏；请用 Excel 或 WPS 打开，另存为 .xlsx 后再寄"
T = TypeVar("T")


def limits_of(bounds: Bounds) -> Limits:
    """The office's limits as the package reader takes them."""
    return Limits(
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
    columns = int(bounds.columns)
    if kind == "old":
        return old_contents(data, columns)
    package = open_package(data, limits)
    return (
        old_contents(data, columns)
        if check_parts(package) == "old"
        else _workbook(package, columns)
    )


def _workbook(package: Package, columns: int) -> Contents:
    try:
        for link in relationships(package, "").values():
            if link.kind == "officeDocument" and link.part in package:
                checked(package, link.part)
        workbook = Workbook(package)
        return _contents(package, workbook, columns)
    except OoxmlError as error:
        raise refused(error) from error


def _contents(package: Package, workbook: Workbook, columns: int) -> Contents:
    parts: list[tuple[str, Xml, Scan]] = []
    pictures = pictures_by_id(package)
    total = 0
    if len(workbook.sheets) > _MOST_SHEETS:
        raise NotAPack(
            f"有 {len(workbook.sheets):,} 张工作表，上限 {_MOST_SHEETS} 张；请只留填报表的几张再寄"
        )
    for entry in workbook.sheets:
        link = workbook.relationships.get(entry.relationship)
        if link is None or link.kind != "worksheet":
            continue
        xml = checked(package, link.part)
        total += len(xml.body)
        if total > _MOST_READ:
            raise NotAPack("工作表太大，读不了；请删去多余的空白行列和工作表后再寄")
        parts.append((entry.name, xml, scan(xml, columns, pictures)))
    strings, styles = (_part(package, workbook, kind) for kind in ("sharedStrings", "styles"))
    plain = repacked([(n, s.body) for n, _, s in parts], strings, styles, workbook.date1904)
    book = guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(plain)))
    sheets = [
        guarded(lambda i=index, p=part: _sheet(book, i, p, columns))  # type: ignore[misc]  # defaults bind the loop's values
        for index, part in enumerate(parts)
    ]
    return Contents(sheets, remarks_on(package, workbook))


def _part(package: Package, workbook: Workbook, kind: str) -> Xml | None:
    name = workbook.part_of(kind)
    return checked(package, name) if name and name in package else None


def _sheet(book: CalamineWorkbook, index: int, part: tuple[str, Xml, Scan], columns: int) -> Sheet:
    name, xml, scanned = part
    raw = book.get_sheet_by_index(index).to_python(skip_empty_area=False)
    grid = [line[:columns] for line in raw]
    width = min(max(map(len, grid), default=0), columns)
    merged: dict[tuple[int, int], tuple[Oddity, str]] = {
        place: ("merged", block) for place, block in merged_cells(xml, len(grid), width)
    }
    return Sheet(name, grid, {**merged, **scanned.odd}, scanned.clipped)


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
