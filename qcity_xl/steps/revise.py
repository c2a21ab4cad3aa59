"""换用新表: a newer version of the state's table, with answers and evidence under its numbers."""

from collections.abc import Sequence
from pathlib import Path

from qcity_xl.steps.shared.adopt_data import AdoptData
from qcity_xl.steps.shared.outcome import Context, Outcome
from qcity_xl.steps.shared.revising import revise_table
from qcity_xl.steps.shared.target import Target


def revise(
    target: Target,
    table: Path,
    context: Context,
    *,
    pairs: str | Sequence[str] = (),
    headers: str | Sequence[str] = (),
    packs_out: bool = False,
) -> Outcome[AdoptData]:
    """Bring the master to a newer table; see `revise_table`."""
    return revise_table(target, table, context, pairs, headers, packs_out=packs_out)
