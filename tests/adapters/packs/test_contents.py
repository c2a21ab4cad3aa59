"""How far down a sheet is read, and how much a returned file may bring."""

from dataclasses import replace
from pathlib import Path

import pytest

from qcity_xl.adapters.packs import read_pack
from qcity_xl.core.master.settings import Limits
from qcity_xl.core.rounds.pack import MOST_ADDED, MOST_STRAY
from qcity_xl.core.schema import SETTINGS
from tests.core.builders import set_cell
from tests.returns.conftest import UNIT, Outcome, Round
from tests.returns.hand import EVIDENCE, TASKS, in_sheet

LAST = 1_048_576


def below(data: bytes, *lines: int) -> bytes:
    """The pack with evidence typed into these lines of its sheet, far below the table."""
    rows = "".join(
        f'<row r="{line}"><c r="D{line}" t="inlineStr"><is><t>最下面的通知{line}</t></is></c></row>'
        for line in lines
    )
    return in_sheet(data, EVIDENCE.table.sheet, "</sheetData>", f"{rows}</sheetData>")


def titles(outcome: Outcome) -> set[str]:
    return {d.split("=")[1] for d in outcome.decisions if " title=" in d}


def test_the_last_row_of_a_sheet_is_read(sent: Round, tmp_path: Path) -> None:
    honest = sent.outcome(sent.honest, tmp_path)
    outcome = sent.outcome(below(sent.honest, 20_001, 500_000, LAST), tmp_path)
    assert outcome.notes == ()
    assert titles(outcome) - titles(honest) == {
        f"最下面的通知{line}" for line in (20_001, 500_000, LAST)
    }
    (row,) = (r for r in read_pack(below(sent.honest, LAST), Limits()).rows["tblPackEvidence"][-1:])
    assert row.line == LAST


def test_how_far_is_a_setting(sent: Round, tmp_path: Path) -> None:
    key = next(k for k, r in sent.master.rows(SETTINGS).items() if r.get("item") == "行数")
    few = replace(sent, master=set_cell(sent.master, SETTINGS, key, "value", 500))
    honest = sent.outcome(sent.honest, tmp_path)
    assert few.outcome(below(sent.honest, 501), tmp_path) == replace(
        honest, notes=("「佐证」D501 等格在填报范围之外，不并入总表，已随原件存档",)
    )
    assert titles(few.outcome(below(sent.honest, 500), tmp_path)) > titles(honest)


def test_more_new_rows_than_a_pack_may_bring_are_put_aside(sent: Round, tmp_path: Path) -> None:
    """They would all become rows of 佐证 or 冲突."""
    most = sent.outcome(below(sent.honest, *range(900, 900 + MOST_ADDED)), tmp_path)
    assert len(titles(most)) == MOST_ADDED + 1
    data = below(sent.honest, *range(900, 901 + MOST_ADDED))
    assert sent.outcome(data, tmp_path) == Outcome(
        "「佐证」在下发的行之外还有 1,001 行，上限 1,000 行；请删去多余的行，或分几次寄"
    )


@pytest.mark.parametrize("key", ["", f"T13.9/{UNIT}"], ids=["no id", "copies of a row"])
def test_more_rows_of_tasks_than_were_sent(key: str, sent: Round, tmp_path: Path) -> None:
    def outcome(count: int) -> Outcome:
        rows = "".join(
            f'<row r="{line}"><c r="A{line}" t="inlineStr"><is><t>{key}</t></is></c>'
            f'<c r="J{line}" t="inlineStr"><is><t>第{line}行</t></is></c></row>'
            for line in range(900, 900 + count)
        )
        data = in_sheet(sent.honest, TASKS.table.sheet, "</sheetData>", f"{rows}</sheetData>")
        return sent.outcome(data, tmp_path)

    assert len([d for d in outcome(MOST_STRAY).decisions if "note=第" in d]) == MOST_STRAY
    assert outcome(MOST_STRAY + 1) == Outcome(
        "「本轮任务」在下发的行之外还有 201 行，上限 200 行；请删去多余的行，或分几次寄"
    )
    assert outcome(19_000).reason.startswith("「本轮任务」在下发的行之外还有 19,000 行")


def test_cells_that_are_written_out_empty_are_none_that_hold_something(
    sent: Round, tmp_path: Path
) -> None:
    """Other programs write the blanks of a list so."""
    blanks = b"<c><v></v></c>" * 32 + b'<c t="inlineStr"><is><t></t></is></c>' * 32
    rows = (b"<row>%s</row>" % blanks * 8_000).decode()
    data = in_sheet(sent.honest, TASKS.table.sheet, "</sheetData>", f"{rows}</sheetData>")
    assert sent.outcome(data, tmp_path) == sent.outcome(sent.honest, tmp_path)
