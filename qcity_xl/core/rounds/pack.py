"""What goes into one unit's pack, and what must be true of it when it comes back."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from qcity_xl.core.changes import KEY
from qcity_xl.core.master.model import Row
from qcity_xl.core.rounds.beside import Beside
from qcity_xl.core.rules import Question
from qcity_xl.core.schema.pack import PACK, PACK_EVIDENCE, PACK_TASKS
from qcity_xl.core.values import Value, loose

FORMAT = "1"
MOST_ADDED, MOST_STRAY = 1_000, 200  # rows that were not sent: of 佐证, of the other tables
PackRows = list[dict[str, Value]]
Base = Mapping[str, Mapping[str, Row]]  # pack table -> row id -> values as sent


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose pack it is: kept inside the file, so that renaming and mailing lose nothing."""

    master: str
    round: str
    unit: str

    @property
    def round_key(self) -> str:
        """Row id of its distribution on 轮次."""
        return f"R{self.round}/{self.unit}"


@dataclass(frozen=True)
class PackContent:
    """Everything that one pack holds. `rows` by pack table; `answering`, what 自评答案 of a row may
    be, by row id; `years`, of which years one by one.
    """

    identity: Identity
    headline: Mapping[str, str]
    rows: Mapping[str, PackRows]
    answering: Mapping[str, Question]
    years: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @cached_property
    def base(self) -> Base:
        """The values as sent, by row id."""
        return {
            name: {str(row[KEY]): {f: v for f, v in row.items() if f != KEY} for row in rows}
            for name, rows in self.rows.items()
        }

    @cached_property
    def all_years(self) -> tuple[int, ...]:
        """The years that have a column in this pack."""
        return tuple(sorted({year for years in self.years.values() for year in years}))

    @property
    def tasks(self) -> int:
        """How many tasks are asked."""
        return len(self.rows[PACK_TASKS.table.name])


@dataclass(frozen=True, slots=True)
class PackFinding:
    """Something of a returned file that could not be read: what stands there, what to do.

    `cell` is its address in that file; `table` is the pack's, "" for a sheet that is none;
    `line` is 0 for a whole table and `field` "" for a whole row or table.
    """

    sheet: str
    cell: str
    found: str
    allowed: str
    fix: str
    table: str = ""
    line: int = 0
    field: str = ""

    def sentence(self) -> str:
        """The finding as one Chinese sentence."""
        return f"「{self.sheet}」{self.cell}：{self.found}，没有读；{self.fix}"


@dataclass(frozen=True, slots=True)
class PackRow:
    """One row of a returned pack; `key` is "" where the id is gone; `line` as on its sheet.

    A field that is not in `values` could not be read; the cell counts as neither changed nor same.
    """

    key: str
    values: Row
    line: int


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A row of a pack that a city's master did not answer, or not wholly: its sheet and number."""

    sheet: str
    row: str
    why: str


@dataclass(frozen=True, slots=True)
class ReturnedPack:
    """A pack that came back: who it says it is, the values it says were sent, what it holds now.

    A table that could not be found in the file is not in `rows`, and a finding says why; what
    else there is to say of the file stands in `notes`. `shown` is the unit that people see on its
    sheets; `saved` when a program last wrote it, by the clock there: both "" if it does not say.
    `around` is what stands in our sheets outside the tables, ours or theirs: sheet, address, text;
    `beside` are the cells that nobody merges. An `untouched` one is the very file that went out:
    nothing in it differs from what was sent, and nobody need look.
    `unanswered` is what a city's master, in whose place the pack stands, had no answer to.
    `name` is the file's: it is for people and decides nothing. `sha256` is of the file as it came,
    `password` what it was under, "" for none.
    """

    identity: Identity
    base: Base
    rows: Mapping[str, tuple[PackRow, ...]]
    notes: tuple[str, ...] = ()
    findings: tuple[PackFinding, ...] = ()
    shown: str = ""
    saved: str = ""
    name: str = ""
    sha256: str = ""
    password: str = field(default="", repr=False)
    around: tuple[tuple[str, str, str], ...] = field(default=(), repr=False)
    beside: tuple[Beside, ...] = field(default=(), repr=False)
    untouched: bool = False
    unanswered: tuple[Unanswered, ...] = ()


def surplus(pack: ReturnedPack) -> str:
    """Why a pack with rows without number is put aside, "" where there are not too many."""
    for pack_table in PACK:
        base = pack.base.get(pack_table.table.name, {})
        rows = pack.rows.get(pack_table.table.name, ())
        more = len(rows) - len(base.keys() & {row.key for row in rows})
        most = MOST_ADDED if pack_table is PACK_EVIDENCE else MOST_STRAY
        if more > most:
            return (
                f"「{pack_table.table.sheet}」在下发的行之外还有 {more:,} 行，上限 {most:,} 行；"
                "请删去多余的行，或分几次寄"
            )
    return ""


def answers(pack: ReturnedPack, sent: Base) -> bool:
    """Whether a pack whose own base is damaged is an answer to what was `sent`: it names no row of
    another pack, and at least half of its rows with an id are of this one.
    """
    known = {(table, key) for table, rows in sent.items() for key in rows}
    named = {(table, key) for table, rows in pack.base.items() for key in rows}
    keys = [(table, row.key) for table, rows in pack.rows.items() for row in rows if row.key]
    return named <= known and sum(key in known for key in keys) * 2 >= len(keys)


def base_lines(identity: Identity, base: Base) -> list[tuple[str, str, str, str, str]]:
    """The hidden sheet of a pack: table, row id, field, type, text; identity first."""
    head = (
        ("format", FORMAT),
        ("master", identity.master),
        ("round", identity.round),
        ("unit", identity.unit),
    )
    lines = [("@", "", name, "s", value) for name, value in head]
    for pack_table in PACK:
        name = pack_table.table.name
        for key, row in base.get(name, {}).items():
            lines.append((name, key, "", "", ""))
            lines += [(name, key, f, *encode(v)) for f, v in row.items() if v is not None]
    return lines


def parse_base(lines: Iterable[tuple[str, str, str, str, str]]) -> tuple[Identity, Base] | None:
    """Identity and base from the hidden sheet; None if it is not one of ours."""
    head: dict[str, str] = {}
    base: dict[str, dict[str, dict[str, Value]]] = {}
    for table, key, name, kind, value in lines:
        if table == "@":
            head[name] = value
        elif table:
            row = base.setdefault(table, {}).setdefault(key, {})
            if name:
                row[name] = decode(kind, value)
    if head.get("format") != FORMAT or not all(head.get(k) for k in ("master", "round", "unit")):
        return None
    return Identity(head["master"], head["round"], head["unit"]), base


def base_hash(identity: Identity, base: Base) -> str:
    """SHA-256 over identity and base values: what 轮次 keeps to prove a base that comes back."""
    said = ["\x1f".join(map(_meaning, line)) for line in sorted(base_lines(identity, base))]
    return hashlib.sha256("\x1e".join([*said, ""]).encode()).hexdigest()


# Names of tables and columns come back thousands of times, as do most words of rows.
_meaning = lru_cache(maxsize=1 << 16)(loose)


def encode(value: Value) -> tuple[str, str]:
    """A value as type letter and text."""
    if isinstance(value, bool):
        return "b", "1" if value else "0"
    if isinstance(value, int | float):
        return "n", repr(value)
    if isinstance(value, dt.date):
        return "d", value.isoformat()
    return ("s", value) if value is not None else ("", "")


def decode(kind: str, value: str) -> Value:
    """The value that `encode` wrote; text where it can't be read."""
    try:
        if kind == "d":
            return dt.date.fromisoformat(value)
        if kind == "n":
            return float(value) if "." in value or "e" in value else int(value)
    except ValueError:
        return value
    return value == "1" if kind == "b" else value or None


def is_slot(key: str, unit: str) -> bool:
    """Whether an id is that of a line for evidence prepared for this unit, in whatever round."""
    return re.fullmatch(rf"E.+/{re.escape(unit)}/\d{{3,}}", key) is not None


def slot_key(identity: Identity, number: int) -> str:
    """Row id of a prepared line for evidence."""
    return f"E{identity.round}/{identity.unit}/{number:03d}"
