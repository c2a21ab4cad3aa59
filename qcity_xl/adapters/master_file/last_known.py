"""What was last known of the rows of a master: as they stood before its last step, and since."""

from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from qcity_xl.adapters.master_file.reading import MasterTables
from qcity_xl.adapters.ooxml.errors import OoxmlError
from qcity_xl.adapters.side_folder import SideFolder
from qcity_xl.core.errors import QcityError
from qcity_xl.core.history.log import operations
from qcity_xl.core.master.model import Master, Rows
from qcity_xl.core.master.typed_rows import Cells
from qcity_xl.core.schema import LOG


def last_known(path: Path, table: str, log: Rows) -> dict[str, Cells]:
    """The rows of a table in the newest snapshot beside the master at `path`, with what its `log`
    says of them since. Without a snapshot what the log alone says.
    """
    before = _newest_snapshot(path)
    seen = before.rows(LOG).keys()
    since = {key: row for key, row in log.items() if key not in seen}
    added = operations(replace(before, tables={**before.tables, LOG.name: since}))
    changes = [c for o in added for c in o.changes if c.table == table and not c.structural]
    return {
        key: dict(row) for key, row in before.with_changes(changes).tables.get(table, {}).items()
    }


def _newest_snapshot(path: Path) -> Master:
    for snapshot in SideFolder(path).snapshots()[:1]:
        with suppress(QcityError, OoxmlError, OSError):
            return _read(snapshot)
    return Master({})


@lru_cache(maxsize=1)
def _read(snapshot: Path) -> Master:
    """Snapshots never change: their names hold their hashes."""
    return MasterTables.read(snapshot.name, snapshot.read_bytes()).master
