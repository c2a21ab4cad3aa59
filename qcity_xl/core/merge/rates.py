"""完成率 that units wrote as 完成情况: the state of it, and the rate in 进展说明, as of ledgers."""

import re
from dataclasses import replace

from qcity_xl.core.master.model import Master, Row
from qcity_xl.core.merge.validation import accept
from qcity_xl.core.rounds.pack import PackRow, ReturnedPack
from qcity_xl.core.schema import ASSIGNMENTS
from qcity_xl.core.schema.pack import PACK_TASKS
from qcity_xl.core.schema.words import progress_word, rate_in
from qcity_xl.core.text import number_text
from qcity_xl.core.values import same_meaning


def with_rates_in_notes(pack: ReturnedPack, master: Master) -> ReturnedPack:
    """The pack with 80% as 推进中 and 完成率80% in 进展说明; 0% and 100% lose nothing as states.

    Where 进展说明 can't be taken the rate stays, and is refused.
    """
    name = PACK_TASKS.table.name
    if pack.untouched or not (rows := pack.rows.get(name)):
        return pack
    base = pack.base.get(name, {})
    read = tuple(_noted(row, base[row.key], master) if row.key in base else row for row in rows)
    return replace(pack, rows={**pack.rows, name: read})


def _noted(row: PackRow, sent: Row, master: Master) -> PackRow:
    said = row.values.get("progress")
    rate = rate_in(said) if isinstance(said, str) else None
    if rate is None or not 0 < rate < 100 or same_meaning(said, sent.get("progress")):
        return row
    if "note" not in row.values:
        return row
    shown = f"{number_text(rate)}%"
    note = str(row.values["note"] or "")
    if not re.search(rf"(?<![\d.]){re.escape(shown)}", note):
        note = f"{note}\n完成率{shown}".strip()
    column = ASSIGNMENTS.column("note")
    for text in (row.values["note"], note):
        if accept(master, ASSIGNMENTS, row.key, column, text).fault:
            return row
    values = {**row.values, "progress": progress_word(shown), "note": note}
    return replace(row, values=values)
