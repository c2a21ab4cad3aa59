"""A returned file as a pack: who it says it is, what was sent, what it holds now."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

from qcity_xl.adapters.ooxml import Package
from qcity_xl.adapters.packs.beside import elsewhere, strange_ids, written_above
from qcity_xl.adapters.packs.contents import load_contents
from qcity_xl.adapters.packs.kinds import AMaster, NotAPack
from qcity_xl.adapters.packs.remarks import saved_at
from qcity_xl.adapters.packs.sheets import Contents, PackSheet, Raw
from qcity_xl.adapters.packs.tables import Header, find_header, read_table
from qcity_xl.adapters.packs.years import answered_by_year
from qcity_xl.core.changes import KEY
from qcity_xl.core.master.lazy import Lazy
from qcity_xl.core.master.settings import Limits as Bounds
from qcity_xl.core.rounds.beside import MOST_BESIDE, Beside
from qcity_xl.core.rounds.pack import Base, Identity, PackFinding, PackRow, ReturnedPack, parse_base
from qcity_xl.core.schema import ASSIGNMENTS, CRITERIA, INDICATORS, LOG, SETTINGS, TASKS
from qcity_xl.core.schema.pack import (
    GUIDE_SHEET,
    IDENTITY_SHEET,
    PACK,
    PACK_CRITERIA,
    REPLY,
    PackTable,
)
from qcity_xl.core.values import tidy

_PLAN = (INDICATORS, CRITERIA, TASKS, ASSIGNMENTS, SETTINGS, LOG)  # what makes a master
_OURS = {IDENTITY_SHEET, GUIDE_SHEET, REPLY.sheet}
_MOST_LINES = 200_000  # of what was sent; a pack has some thousand
_HEADLINE = {"填报单位": "unit", "轮次": "round"}
_FILL_ORIGINAL = "请把内容填回下发的原件再寄（可整列复制，选“只粘贴数值”）"


def read_pack(data: bytes, bounds: Bounds) -> ReturnedPack:
    """A returned pack as values; NotAPack with the reason for anything else.

    Nothing of the file is executed or opened by an application; limits are checked first.
    """
    contents = load_contents(data, bounds)
    identity, base = _identity(contents)
    rows: dict[str, tuple[PackRow, ...]] = {}
    findings: list[PackFinding] = []
    notes = list(contents.remarks)
    beside: list[Beside] = []
    used: set[str] = set()
    read_from: list[tuple[PackTable, Header]] = []
    for pack_table in PACK:
        headers = _headers(pack_table, contents, base)
        if not headers:
            findings.append(_gone(pack_table))
            continue
        first, *others = headers
        sent = base.get(pack_table.table.name, {})
        told = {field for row in sent.values() for field in row}
        read = read_table(pack_table.table, first, pack_table.editable, contents.blanks_count, told)
        if pack_table is PACK_CRITERIA:
            read = answered_by_year(read, first, sent, contents.blanks_count)
        rows[pack_table.table.name] = read.rows
        findings += [*read.findings, *(_second(pack_table, first, other) for other in others)]
        notes += read.notes
        beside += [*read.beside, *strange_ids(first, read.rows, sent)]
        used |= {header.sheet.name for header in headers}
        read_from.append((pack_table, first))
    if not rows:
        wanted = "、".join(f"「{p.table.sheet}」" for p in PACK)
        raise NotAPack(f"{wanted}三张表都找不到了（被删，或表头被改）；{_FILL_ORIGINAL}")
    notes += _own_sheets(contents, used)
    around = tuple(written_above(contents, [header for _, header in read_from]))
    beside += elsewhere(contents, [header for _, header in read_from], base)
    said = (*(finding.sentence() for finding in findings), *notes)
    shown = _headline([header.sheet for _, header in read_from]).get("unit", "")
    return ReturnedPack(
        *(identity, base, rows, said, tuple(findings), shown, contents.saved),
        around=around,
        beside=tuple(islice(beside, MOST_BESIDE)),
    )


def untouched_pack(data: bytes, who: Identity) -> ReturnedPack:
    """A file as it went out to that unit. What was sent is read when somebody asks for it."""

    @cache
    def whole() -> ReturnedPack:
        return read_pack(data, Bounds())

    names = [pack_table.table.name for pack_table in PACK]
    return ReturnedPack(
        who,
        Lazy(names, lambda name: whole().base.get(name, {})),
        Lazy(names, lambda name: whole().rows.get(name, ())),
        shown=who.unit,
        saved=saved_at(Package.read(data)),
        untouched=True,
    )


def _identity(contents: Contents) -> tuple[Identity, Base]:
    """Who the pack is; NotAPack if it does not know, or is two."""
    kept = [sheet for sheet in contents.sheets if sheet.name.startswith(IDENTITY_SHEET)]
    if any(len(sheet.rows) > _MOST_LINES for sheet in kept):
        raise NotAPack(f"内部标识被改动，超过 {_MOST_LINES:,} 行；{_FILL_ORIGINAL}")
    found = [known for sheet in kept if (known := parse_base(_lines(sheet)))]
    if not found:
        if {table.sheet for table in _PLAN} <= {sheet.name for sheet in contents.sheets}:
            raise AMaster("是总表，不是单位报送的填报表；是下级市的总表，请在“合并回收”里选它")
        raise NotAPack(_stranger(contents))
    names = list(dict.fromkeys(f"{who.unit}{who.round}" for who, _ in found))
    if len(names) > 1:
        raise NotAPack(
            f"一个文件里有{len(names)}份填报表（{'、'.join(names)}），分不清哪张表是谁的；"
            "请分成各自的文件再寄"
        )
    return found[0]


def _stranger(contents: Contents) -> str:
    """Why a workbook without identity is refused, with what its headline says of it."""
    shown = _headline(contents.sheets)
    said = f"{shown.get('unit', '')}{shown.get('round', '')}"
    ours = any(find_header(p.table, s) for p in PACK for s in contents.sheets)
    if said or ours:
        who = f"，从表头看是{said}的" if said else ""
        return f"没有内部标识，可能是把表格复制到了新工作簿{who}；{_FILL_ORIGINAL}"
    return "不是本工具下发的填报表（没有内部标识，也没有填报表的表头）；请把下发的原件填好报送"


def _headline(sheets: Iterable[PackSheet]) -> dict[str, str]:
    """Unit and round as the first lines of these sheets show them."""
    found: dict[str, str] = {}
    for sheet in sheets:
        for _, line in sheet.rows[:5]:
            for index, cell in enumerate(line[:-1]):
                part = _HEADLINE.get(str(cell))
                if part and (value := tidy(line[index + 1])) is not None:
                    found.setdefault(part, str(value)[:30])
    return found


def _lines(sheet: PackSheet) -> Iterator[tuple[str, str, str, str, str]]:
    for _, line in sheet.rows:
        cells = [c if isinstance(c, str) else _plain(c) for c in line[:5]]
        table, key, name, kind, value = (*cells, *[""] * (5 - len(cells)))
        yield table, key, name, kind, value


def _plain(cell: Raw) -> str:
    value = tidy(cell)
    return "" if value is None else str(value)


def _headers(pack_table: PackTable, contents: Contents, base: Base) -> list[Header]:
    """The sheets that have this table, the likeliest first: ids that were sent, then its name."""
    table = pack_table.table
    sheets = (sheet for sheet in contents.sheets if not sheet.name.startswith(IDENTITY_SHEET))
    found = [header for sheet in sheets if (header := find_header(table, sheet))]
    sent = base.get(table.name, {})
    return sorted(found, key=lambda h: (-_known(h, sent), h.sheet.name != table.sheet))


def _known(header: Header, sent: object) -> int:
    """How many rows have an id that was sent."""
    at = header.columns.get(KEY)
    if at is None or not isinstance(sent, dict):
        return 0
    return sum(len(line) > at and str(line[at]) in sent for _, line in header.sheet.rows)


def _gone(pack_table: PackTable) -> PackFinding:
    name = pack_table.table.sheet
    return PackFinding(
        name,
        "",
        "找不到这张工作表或它的表头",
        f"工作表「{name}」和原来的表头",
        _FILL_ORIGINAL,
        pack_table.table.name,
    )


def _second(pack_table: PackTable, first: Header, other: Header) -> PackFinding:
    return PackFinding(
        other.sheet.name,
        "",
        f"和「{first.sheet.name}」一样是{pack_table.table.title}表，只能认一张",
        f"一张「{pack_table.table.sheet}」",
        f"请把内容并到「{first.sheet.name}」，别的单位的表请另寄",
    )


def _own_sheets(contents: Contents, used: set[str]) -> Iterator[str]:
    own = [
        sheet.name
        for sheet in contents.sheets
        if sheet.name not in used | _OURS and not sheet.name.startswith(IDENTITY_SHEET)
    ]
    if own:
        names = "".join(f"「{name[:31]}」" for name in own[:5]) + ("等" if len(own) > 5 else "")
        yield f"另有单位自己的工作表{names}，不并入总表，已随原件存档"
