"""What a hurried hand did to a pack and what was sent can undo: lost ids, unread cells."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from qcity_xl.core.changes import KEY
from qcity_xl.core.rounds.pack import Base, PackRow, ReturnedPack
from qcity_xl.core.schema import EVIDENCE
from qcity_xl.core.schema.pack import PACK, PackTable
from qcity_xl.core.values import Value, canonical

Signature = tuple[str, ...]
_EVIDENCE_IS = ("title", "number")  # what tells one evidence row from another


def mend(pack: ReturnedPack, base: Base) -> ReturnedPack:
    """The pack against the proven `base`: rows under the ids they were sent with, and in each
    cell that was not read the value as sent.

    An id goes with its row's content (the task and its text, which no unit writes): where rows
    were sorted and the ids left behind, or the ids are gone, the content says which row it is.
    """
    rows: dict[str, tuple[PackRow, ...]] = {}
    notes: list[str] = []
    for pack_table in PACK:
        name = pack_table.table.name
        if name not in pack.rows:
            continue
        sent = base.get(name, {})
        ids = _ids(pack_table, pack.rows[name], sent)
        if pack_table.source is EVIDENCE:
            ids = _in_slots(pack_table, ids, sent)
        moved = sum(bool(row.key) and key != row.key for row, key in ids)
        if moved:
            notes.append(
                f"「{pack_table.table.sheet}」有{moved}行的行键与内容对不上"
                "（多半是排序时没带上隐藏列），已按内容对回原来的行"
            )
        rows[name] = tuple(_filled(pack_table, row, sent.get(key, {}), key) for row, key in ids)
    return replace(pack, base=base, rows=rows, notes=(*pack.notes, *notes))


def _ids(
    table: PackTable, rows: tuple[PackRow, ...], sent: Mapping[str, Mapping[str, Value]]
) -> list[tuple[PackRow, str]]:
    """Each row with the id that its content has, unless two rows would get the same one."""
    fields = _telling(table)
    of_content = _unique(fields, sent)
    wanted = [_wanted(fields, row, sent, of_content) for row in rows]
    before = Counter(row.key for row in rows)
    after = Counter(wanted)
    sound = all(count <= max(before[key], 1) for key, count in after.items() if key)
    return [(row, key if sound else row.key) for row, key in zip(rows, wanted, strict=True)]


def _in_slots(
    table: PackTable, ids: list[tuple[PackRow, str]], sent: Mapping[str, Mapping[str, Value]]
) -> list[tuple[PackRow, str]]:
    """Evidence rows without ids in the prepared rows that they fit, each of which is used once."""
    taken = {key for _, key in ids}
    free = {key: _asked(table, row) for key, row in sent.items() if key not in taken}
    placed = []
    for row, key in ids:
        if not key:
            given = _asked(table, row.values)
            key = next((k for k, asked in free.items() if asked and asked <= given), "")
            free.pop(key, None)
        placed.append((row, key))
    return placed


def _asked(table: PackTable, row: Mapping[str, Value]) -> set[tuple[str, str]]:
    """What a row says, field by field."""
    cells = ((field, canonical(row.get(field))) for field in table.editable)
    return {(field, said) for field, said in cells if said}


def _wanted(
    fields: tuple[str, ...],
    row: PackRow,
    sent: Mapping[str, Mapping[str, Value]],
    of_content: Mapping[Signature, str],
) -> str:
    content = _signature(fields, row.values)
    if row.key in sent and content == _signature(fields, sent[row.key]):
        return row.key
    return of_content.get(content, row.key)


def _telling(table: PackTable) -> tuple[str, ...]:
    """The fields that tell rows apart: those that the unit may not write; evidence has its own."""
    if table.source is EVIDENCE:
        return _EVIDENCE_IS
    own = table.source.fields
    return tuple(f for f in table.table.fields if f in own and f not in (*table.editable, KEY))


def _unique(
    fields: tuple[str, ...], sent: Mapping[str, Mapping[str, Value]]
) -> dict[Signature, str]:
    """Id by content, for contents that only one row has."""
    signatures = {key: _signature(fields, row) for key, row in sent.items()}
    counts = Counter(signatures.values())
    return {s: key for key, s in signatures.items() if counts[s] == 1 and any(s)}


def _signature(fields: tuple[str, ...], row: Mapping[str, Value]) -> Signature:
    return tuple(canonical(row.get(field)) for field in fields)


def _filled(table: PackTable, row: PackRow, sent: Mapping[str, Value], key: str) -> PackRow:
    """The row under that id, with what was sent in the place of what was not read."""
    unread = dict(_as_sent(table, row, sent))
    if not unread and key == row.key:
        return row
    return PackRow(key, {**row.values, **unread}, row.line)


def _as_sent(
    table: PackTable, row: PackRow, sent: Mapping[str, Value]
) -> Iterator[tuple[str, Value]]:
    for field in table.table.fields:
        if field != KEY and field not in row.values:
            yield field, sent.get(field)
