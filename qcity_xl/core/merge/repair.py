"""What a hurried hand did to a pack and can be undone: moved rows, lost ids, unread cells."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from qcity_xl.core.changes import KEY
from qcity_xl.core.merge.matching import is_as_sent, is_evidence
from qcity_xl.core.merge.whose_row import Sent, whose_rows
from qcity_xl.core.rounds.beside import SLOT_GONE, Beside
from qcity_xl.core.rounds.pack import Base, PackFinding, PackRow, ReturnedPack, is_slot
from qcity_xl.core.schema import EVIDENCE
from qcity_xl.core.schema.pack import PACK, PackTable
from qcity_xl.core.text import shorten
from qcity_xl.core.values import Value, canonical

_SHOWN = 5  # rows that a note names


def mend(pack: ReturnedPack, base: Base) -> ReturnedPack:
    """The pack against the proven `base`: rows under the ids they were sent with, and in each
    cell that was not read the value as sent.

    A row is the one whose text it shows, wherever its id stands: see `whose_row`. One that shows
    the text of none loses its id, so that its answers are put to the office. What stands in cells
    that nobody merges, such as 怎么填, is a finding.
    """
    rows: dict[str, tuple[PackRow, ...]] = {}
    notes: list[str] = []
    findings: list[PackFinding] = []
    gone: list[Beside] = []
    for table in PACK:
        name = table.table.name
        if name not in pack.rows:
            continue
        sent = base.get(name, {})
        if is_as_sent(pack.rows[name], sent):
            rows[name] = pack.rows[name]
            continue
        placed = whose_rows(table, pack.rows[name], sent)
        notes += _moved(table, placed)
        if table.source is EVIDENCE:
            placed = _in_slots(table, placed, sent)
            placed, prepared = _without_prepared(table, placed, sent, pack.identity.unit)
            notes += prepared
            gone += _slots_gone(table, placed, sent)
        rows[name] = tuple(_filled(table, row, sent.get(key, {}), key) for row, key in placed)
        told, lost = _told(table, rows[name], sent)
        findings += [
            finding
            for row in rows[name]
            for finding in _beside(table, row, sent.get(row.key, {}), told, lost)
        ]
    said = (*(finding.sentence() for finding in findings), *notes)
    return replace(
        pack,
        base=base,
        rows=rows,
        notes=(*pack.notes, *said),
        findings=(*pack.findings, *findings),
        beside=(*pack.beside, *gone),
    )


def _moved(table: PackTable, placed: list[tuple[PackRow, str]]) -> list[str]:
    """What the office should know of rows whose id and text did not belong together."""
    sheet, notes = table.table.sheet, []
    moved = sum(bool(row.key) and bool(key) and key != row.key for row, key in placed)
    if moved:
        notes.append(
            f"「{sheet}」有{moved}行的行键与内容对不上"
            "（多半是排序时没带上隐藏列），已按内容对回原来的行"
        )
    lost = [row.line for row, key in placed if row.key and not key and any(row.values.values())]
    if lost and table.source is not EVIDENCE:
        notes.append(
            f"「{sheet}」{_lines(lost)}的行键与旁边的内容对不上，认不出是哪一行，"
            "没有并入总表；请核对后由单位填回下发的原件"
        )
    return notes


def _lines(lines: list[int]) -> str:
    shown = "、".join(f"第{line}行" for line in lines[:_SHOWN])
    return shown + (f"等{len(lines)}行" if len(lines) > _SHOWN else "")


# -- evidence


def _in_slots(
    table: PackTable, placed: list[tuple[PackRow, str]], sent: Sent
) -> list[tuple[PackRow, str]]:
    """Evidence rows without ids in the prepared rows that they fit, each of which is used once."""
    taken = {key for _, key in placed}
    free = {key: _said(table, row) for key, row in sent.items() if key not in taken}
    found = []
    for row, key in placed:
        if not key:
            given = _said(table, row.values)
            key = next((k for k, asked in free.items() if asked and asked <= given), "")
            free.pop(key, None)
        found.append((row, key))
    return found


def _without_prepared(
    table: PackTable, placed: list[tuple[PackRow, str]], sent: Sent, unit: str
) -> tuple[list[tuple[PackRow, str]], list[str]]:
    """The rows without those that hold nothing but our own words: a prepared row that stands
    under another one's id, or one of an older pack. A note tells of them.
    """
    slots = [said for row in sent.values() if not is_evidence(row) and (said := _said(table, row))]
    kept, ours = [], []
    for row, key in placed:
        said = _said(table, row.values)
        own = key in sent and said == _said(table, sent[key])
        asked = all(field in ("criteria", "kind", "period") for field, _ in said) and not any(
            row.values.get(field) is not None for field in ("state", "state_note")
        )
        foreign = key not in sent and is_slot(key, unit)
        if said and not own and asked and (said in slots or foreign):
            ours.append(row.line)
        else:
            kept.append((row, key))
    if not ours:
        return kept, []
    note = f"「{table.table.sheet}」{_lines(ours)}是预留的空行，没有填材料，不算填报"
    return kept, [note]


def _slots_gone(
    table: PackTable, placed: list[tuple[PackRow, str]], sent: Sent
) -> Iterator[Beside]:
    """The prepared rows that did not come back: nobody decides about them."""
    present = {key for _, key in placed}
    for key, row in sent.items():
        asked = [str(v) for f in table.editable if (v := row.get(f)) is not None]
        if key not in present and asked and not is_evidence(row):
            yield Beside(table.table.sheet, "", "、".join(asked), SLOT_GONE)


def _said(table: PackTable, row: Mapping[str, Value]) -> set[tuple[str, str]]:
    """What a row says, field by field."""
    cells = ((field, canonical(row.get(field))) for field in table.editable)
    return {(field, said) for field, said in cells if said}


# -- cells


def _filled(table: PackTable, row: PackRow, sent: Mapping[str, Value], key: str) -> PackRow:
    """The row under that id, with what was sent in the place of what was not read."""
    fields = (field for field in table.table.fields if field != KEY)
    unread = {field: sent.get(field) for field in fields if field not in row.values}
    if not unread and key == row.key:
        return row
    return PackRow(key, {**row.values, **unread}, row.line)


def _told(
    table: PackTable, rows: Sequence[PackRow], sent: Sent
) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """What was told in the columns of the pack alone, and what of it stands in fewer rows now.

    It may stand beside another row after a sort that left them out; what was cleared, or written
    over with the words of another row, stands nowhere.
    """
    fields = [field for field in table.table.fields if field not in table.source.fields]
    then = Counter((f, canonical(row.get(f))) for row in sent.values() for f in fields)
    now = Counter((f, canonical(row.values.get(f))) for row in rows for f in fields)
    return set(then), {(field, said) for field, said in then - now if said}


def _beside(
    table: PackTable,
    row: PackRow,
    sent: Mapping[str, Value],
    told: set[tuple[str, str]],
    lost: set[tuple[str, str]],
) -> list[PackFinding]:
    """A finding for each cell of the pack alone that does not hold what was sent, nor what was
    told of another row while its own words stand beside another.
    """
    found = []
    for column in table.table.columns:
        if column.field == KEY or column.field in table.source.fields:
            continue
        value = row.values.get(column.field)
        now, then = (
            (column.field, canonical(value)),
            (column.field, canonical(sent.get(column.field))),
        )
        if now == then or (now in told and then not in lost):
            continue
        said = f"写了“{shorten(str(value), 40)}”" if value is not None else "被清空"
        found.append(
            PackFinding(
                table.table.sheet,
                f"第{row.line}行“{column.header}”",
                said,
                "这一列是填写说明，不收内容",
                "如果是填写的内容贴偏了一列，请改填到右边对应的列再寄",
                table.table.name,
                row.line,
                column.field,
            )
        )
    return found
