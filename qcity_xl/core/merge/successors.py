"""A pack that comes back under a name that its unit has no more: its tasks are its successor's."""

from dataclasses import replace

from qcity_xl.core.master.model import Master, text
from qcity_xl.core.rounds.pack import ReturnedPack
from qcity_xl.core.schema import ASSIGNMENTS
from qcity_xl.core.schema.pack import PACK_TASKS


def current_name(master: Master, unit: str) -> str:
    """The name that a unit goes by: its own, unless it is an alias of its successor by now."""
    return master.registry.find(unit) or unit


def under_successor(pack: ReturnedPack, master: Master) -> ReturnedPack:
    """The pack with its tasks under the ids of the successor's rows on 填报, and told; itself where
    its unit goes by its own name.
    """
    old = pack.identity.unit
    new = current_name(master, old)
    if new == old:
        return pack
    rows = master.rows(ASSIGNMENTS)
    name = PACK_TASKS.table.name
    moved = {
        key: after
        for key in pack.base.get(name, {})
        if (after := f"{key.removesuffix(f'/{old}')}/{new}") in rows
        and not text(rows.get(key, {}), "role")
    }
    if not moved:
        return pack
    base = {moved.get(key, key): row for key, row in pack.base[name].items()}
    found = tuple(replace(row, key=moved.get(row.key, row.key)) for row in pack.rows.get(name, ()))
    told = f"{old}已由{new}接替，按{new}的各行合并"
    return replace(
        pack,
        base={**pack.base, name: base},
        rows={**pack.rows, name: found},
        notes=(*pack.notes, told),
    )
