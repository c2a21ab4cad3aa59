"""A working book taken into the master: what comes in, what is there, what is left."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from qcity_xl.core.adopting.book import read_book
from qcity_xl.core.adopting.claims import Claim, settle
from qcity_xl.core.adopting.contacts import read_contacts
from qcity_xl.core.adopting.ledger import Ledger, LeftCell
from qcity_xl.core.adopting.materials import Materials
from qcity_xl.core.adopting.places import RowFinder
from qcity_xl.core.adopting.work import WorkReader
from qcity_xl.core.changes import Change
from qcity_xl.core.master.model import Master
from qcity_xl.core.merge.validation import accept
from qcity_xl.core.reading.grids import Grid
from qcity_xl.core.reading.headers import Words
from qcity_xl.core.reading.model import Cell
from qcity_xl.core.rounds.assignments import assignment_changes
from qcity_xl.core.schema import ASSIGNMENTS, BY_NAME, EVIDENCE

_WORK = {"progress", "stage", "state", "rate", "problem", "next", "done_on", "score", "answer"}


@dataclass(frozen=True, slots=True)
class Adopted:
    """The changes that a book makes, and the fate of each of its filled cells.

    `taken` and `there` count cells of the book; `left` lists the others but for headings. Of
    `changes` the first `rows` make rows of 填报. `told` are decisions that should be looked at.
    """

    changes: tuple[Change, ...]
    ledger: Ledger
    left: tuple[LeftCell, ...]
    taken: int
    there: int
    conflicts: int
    told: tuple[str, ...]
    known: bool


def adopt_book(
    master: Master, blocks: Iterable[Cell | Grid], source: str, command: str, own: Words = ()
) -> Adopted:
    """Hold a book against the master; `source` names it, `command` adoptions in 日志, `own` are
    header words as the office has explained them.

    Not `known` is a book in which no table speaks of work, evidence or contacts.
    """
    ledger = Ledger()
    tables = read_book(blocks, ledger, own)
    places = RowFinder(master)
    materials = Materials(places, ledger)
    reader = WorkReader(places, ledger, materials)
    claims: list[Claim] = []
    for table in tables:
        if table.kind == "evidence":
            claims += materials.listed(table)
        elif table.kind == "contacts":
            claims += read_contacts(table, places, ledger)
    for table in tables:
        if table.kind == "work":
            reader.read(table)
    claims = list(_accepted(master, [*claims, *reader.claims], ledger))
    rows = _missing_rows(master, claims)
    settled = settle(master.with_changes(rows), claims, ledger, source, command)
    ledger.close()
    known = any(t.kind != "work" or t.slots & _WORK or "evidence" in t.slots for t in tables)
    return Adopted(
        (*rows, *settled.changes),
        ledger,
        ledger.left(),
        ledger.count("taken"),
        ledger.count("there"),
        settled.conflicts,
        tuple(reader.told),
        known,
    )


def _accepted(master: Master, claims: Iterable[Claim], ledger: Ledger) -> Iterable[Claim]:
    """The claims that their cells may hold, as the master stores them; the others are left."""
    for claim in claims:
        table = BY_NAME[claim.table]
        checked = accept(master, table, claim.row, table.column(claim.field), claim.value)
        if checked.fault:
            ledger.leave(claim.cells, checked.fault)
        elif table in (ASSIGNMENTS, EVIDENCE) or claim.row in master.rows(table):
            yield replace(claim, value=checked.value)


def _missing_rows(master: Master, claims: Iterable[Claim]) -> list[Change]:
    """填报 brought in line with 任务, where a row of it is needed that is not there."""
    present = master.rows(ASSIGNMENTS)
    wanted = any(c.table == ASSIGNMENTS.name and c.row not in present for c in claims)
    return assignment_changes(master)[0] if wanted else []
