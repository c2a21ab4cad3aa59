"""A pack carries nothing that its unit should not see, in no part of the file."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.packs import Opened, unlocked
from qcity_xl.core.changes import Change, added_row
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.master.settings import Limits
from qcity_xl.core.schema import (
    ASSIGNMENTS,
    CONFLICTS,
    CRITERIA,
    EVIDENCE,
    PROBLEMS,
    RULINGS,
    SETTINGS,
    TASKS,
    UNITS,
    Table,
)
from qcity_xl.steps.new import new
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.split import split
from tests.returns.conftest import Round

NOBODY = "金丝雀-谁也不该看到"
PASSWORD = "Canary"  # noqa: S105 - of a test


def test_no_other_units_secret_is_in_any_part(sent: Round, tmp_path: Path) -> None:
    path, packs = tmp_path / "总表.xlsx", tmp_path / "下发"
    context = Context(sent.context.now, "张三")
    new(path, context, master_id="test")
    split(path, tmp_path / "试填", context, round_name="试填")  # makes the rows of 填报
    file = WorkbookFile.open(path)
    commit(file, as_lines(_secrets(file.master)), context, NOBODY, NOBODY)
    split(path, packs, context, round_name="第1轮")
    units = [text(row, "name") for row in WorkbookFile.open(path).master.rows(UNITS).values()]
    seen = 0
    for pack in sorted(packs.iterdir()):
        unit = pack.stem.partition("_")[2]
        found = _texts(unlocked(pack.read_bytes(), [password(unit)], Limits()))
        others = [secret(other) for other in units if other != unit]
        for part, said in found.items():
            leaked = [word for word in (NOBODY, PASSWORD, *others) if word in said]
            assert not leaked, f"{pack.name} {part}: {leaked}"
        assert secret(unit) in "".join(found.values())  # the search would find one
        seen += 1
    assert seen == len(units) - _groups(units)


def secret(unit: str) -> str:
    """What stands in every cell of a unit; no secret is part of another."""
    return f"金丝雀〈{unit}〉"


def password(unit: str) -> str:
    """What its pack is opened with."""
    return f"{PASSWORD}-{unit}"


def _groups(units: list[str]) -> int:
    """Entries of 单位 that stand for others and get no pack."""
    return sum("成员单位" in unit or "辖市" in unit for unit in units)


def _texts(pack: Opened) -> dict[str, str]:
    """Every part of a pack, which is under a password, as text, names of parts included."""
    assert pack.password
    with zipfile.ZipFile(io.BytesIO(pack.data)) as package:
        assert not package.comment
        return {name: name + package.read(name).decode() for name in package.namelist()}


def _secrets(master: Master) -> Iterator[Change]:
    """A secret in each text cell that a unit or the office may fill."""
    registry = master.registry
    for key, row in master.rows(ASSIGNMENTS).items():
        yield from _cells(ASSIGNMENTS, key, row, secret(text(row, "unit")), "note", "difficulty")
    for key, row in master.rows(CRITERIA).items():
        owner = registry.find(text(row, "owner"))
        yield from _cells(CRITERIA, key, row, secret(owner) if owner else NOBODY, "answer", "note")
    for key, row in master.rows(UNITS).items():
        kept = ("key", "name", "members", "password")
        fields = [c.field for c in UNITS.columns if c.field not in kept]
        free = [field for field in fields if row.get(field) is None]
        yield from _cells(UNITS, key, row, secret(text(row, "name")), *free)
        yield from _cells(UNITS, key, row, password(text(row, "name")), "password")
        values = dict.fromkeys(("title", "number", "location", "page", "state_note"))
        said = secret(text(row, "name"))
        yield from added_row(
            EVIDENCE.name, f"E/{key}", {**dict.fromkeys(values, said), "unit": text(row, "name")}
        )
    yield from added_row(
        CONFLICTS.name, "X1", dict.fromkeys(("base", "ours", "theirs", "other", "reason"), NOBODY)
    )
    yield from added_row(PROBLEMS.name, "P1", dict.fromkeys(("found", "allowed", "fix"), NOBODY))
    for key, row in master.rows(SETTINGS).items():
        shown = text(row, "item") in ("办公室联系人", "城市") or text(row, "group") == "验收方式"
        if row.get("value") is None and not shown:
            yield from _cells(SETTINGS, key, row, NOBODY, "value")
    for table, field in ((RULINGS, "reason"), (TASKS, "remark"), (CRITERIA, "ruling_note")):
        for key, row in master.rows(table).items():
            yield from _cells(table, key, row, NOBODY, field)


def _cells(table: Table, key: str, row: Row, said: str, *fields: str) -> Iterator[Change]:
    for field in fields:
        yield Change(table.name, key, field, row.get(field), said)
