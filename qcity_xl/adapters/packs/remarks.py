"""What else is in a returned workbook: reported to the office, kept with the file, never run."""

import html
import posixpath
import re
from collections.abc import Iterable, Iterator

from qcity_xl.adapters.ooxml import Package
from qcity_xl.adapters.ooxml.workbook import WorkbookPart, relationships

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".emf", ".wmf")
_SHOWN = 3
Comment = tuple[str, str, str]  # sheet, address, words
_REF = re.compile(rb"\sref\s*=\s*[\"']([A-Z]{1,3}[0-9]{1,7})[\"']")
_CELL_IMAGE = re.compile(
    rb"\sname=\"(ID_[0-9A-Za-z_]{1,80})\"(?:(?!\sname=)[\s\S]){0,2000}?:embed=\"(\w{1,40})\""
)
_SAVED = re.compile(
    rb"modified[^<>]*>\s*([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)\s*<"
)
_WORDS = re.compile(rb"<(?:[\w.-]{1,20}:)?(?:t|text)(?:\s[^<>]*)?>([^<]*)")
_LARGEST = 8 << 20  # bytes of a part of comments


def remarks_on(package: Package, workbook: WorkbookPart, comments: Iterable[Comment]) -> list[str]:
    """A sentence for each thing that is in the file beside its cells."""
    return [*_active(package, workbook), *told(comments), *_pictures(package)]


def saved_at(package: Package) -> str:
    """When a program last wrote the workbook, by its own clock: 2016-11-22T01:30:00Z; "" if it
    does not say so.
    """
    part = "docProps/core.xml"
    if part not in package or package.size(part) > _LARGEST:
        return ""
    match = _SAVED.search(package.part(part))
    return match[1].decode() if match else ""


def picture_names(package: Package) -> list[str]:
    """The parts that are pictures."""
    return [n for n in package.names if "/media/" in n and n.casefold().endswith(_PICTURES)]


def pictures_by_id(package: Package) -> dict[str, str]:
    """The file name of each in-cell picture of WPS by the id that its formula names."""
    part = "xl/cellimages.xml"
    if part not in package or package.size(part) > _LARGEST:
        return {}
    links = relationships(package, part)
    targets = {identity: posixpath.basename(rel.part) for identity, rel in links.items()}
    found = {}
    for match in _CELL_IMAGE.finditer(package.part(part)):
        if name := targets.get(match[2].decode()):
            found[match[1].decode()] = name
    return found


def _active(package: Package, workbook: WorkbookPart) -> Iterator[str]:
    names = [name.casefold() for name in package.names]
    kinds = {rel.kind.casefold() for rel in workbook.relationships.values()}
    if any(n.endswith("vbaproject.bin") for n in names) or "xlmacrosheet" in kinds:
        yield "文件带有宏，没有运行"
    if any("/externallinks/" in name for name in names):
        yield "文件带有外部链接，没有更新"
    if any("/embeddings/" in name or "/activex/" in name for name in names):
        yield "文件带有嵌入对象，没有打开，已随原件存档"


def told(comments: Iterable[Comment]) -> Iterator[str]:
    """A sentence that names the places of comments; none where there are none."""
    places = {f"「{sheet}」{ref}": None for sheet, ref, _ in comments}
    if places:
        shown = "、".join(list(places)[:_SHOWN]) + ("等" if len(places) > _SHOWN else "")
        yield f"有{len(places)}处批注（{shown}），不并入总表，已随原件存档"


def comments_in(package: Package, workbook: WorkbookPart) -> list[Comment]:
    """Sheet, address and words of each comment; a thread's words stand in its parts alone."""
    found: dict[tuple[str, str], list[str]] = {}
    for entry in workbook.sheets:
        link = workbook.relationships.get(entry.relationship)
        rels = relationships(package, link.part).values() if link else ()
        for rel in rels:
            if rel.kind.casefold() in ("comments", "threadedcomment") and rel.part in package:
                for ref, said in _comments_of(package, rel.part):
                    found.setdefault((entry.name, ref), []).append(said)
    return [(*place, " ".join(filter(None, said))) for place, said in found.items()]


def _comments_of(package: Package, part: str) -> Iterator[tuple[str, str]]:
    if package.size(part) > _LARGEST:
        return
    body = package.part(part)
    starts = list(_REF.finditer(body))
    for match, end in zip(starts, [*(m.start() for m in starts[1:]), len(body)], strict=True):
        words = b"".join(text[1] for text in _WORDS.finditer(body, match.end(), end))
        yield match[1].decode(), html.unescape(words.decode(errors="replace"))


def _pictures(package: Package) -> Iterator[str]:
    names = picture_names(package)
    if names:
        shown = "、".join(posixpath.basename(n) for n in names[:_SHOWN])
        more = "等" if len(names) > _SHOWN else ""
        yield f"有{len(names)}张图片（{shown}{more}），已另存到存档文件夹，可作佐证"
