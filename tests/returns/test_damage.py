"""Each kind of damage has its state, its reason and its decisions; nothing is lost silently."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from qcity_xl.adapters.ooxml import Book
from qcity_xl.core.schema.pack import IDENTITY_SHEET
from tests.libreoffice import LibreOffice
from tests.returns.conftest import OTHER, UNIT, Outcome, Round
from tests.returns.damage import DAMAGES, Damage, forged, moved_in, stripped
from tests.returns.hand import edited, sheet_part

UNPROVEN = "文件里的下发基准被改动，旁边文件夹也没有留底，无法判断改了什么；请单位在原件上重填"
OLD = "是旧格式（如 .xls、.ods），已按内容读取；空白格不算清空"


@pytest.fixture(scope="session")
def honest(sent: Round, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return sent.outcome(sent.honest, tmp_path_factory.mktemp("如实"))


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.name)
def test_damage(damage: Damage, sent: Round, honest: Outcome, tmp_path: Path) -> None:
    outcome = sent.outcome(damage.make(sent.honest), tmp_path)
    expected = (honest.decisions - set(damage.lost)) | set(damage.more)
    assert set(damage.lost) <= honest.decisions
    assert outcome == Outcome(
        damage.reason, damage.notes, frozenset() if damage.reason else expected
    )


def test_every_refusal_says_what_to_do() -> None:
    assert all("请" in damage.reason for damage in DAMAGES if damage.reason)
    assert all("请" in note for damage in DAMAGES for note in damage.notes if "没有读" in note)


def test_two_packs_in_one_workbook(sent: Round, tmp_path: Path) -> None:
    both = moved_in(sent.honest, sent.pack(OTHER), "本轮任务", IDENTITY_SHEET)
    assert sent.outcome(both, tmp_path).reason == (
        f"一个文件里有2份填报表（{UNIT}第1轮、{OTHER}第1轮），分不清哪张表是谁的；"
        "请分成各自的文件再寄"
    )


def test_a_sheet_of_another_unit(sent: Round, honest: Outcome, tmp_path: Path) -> None:
    outcome = sent.outcome(moved_in(sent.honest, sent.pack(OTHER), "本轮任务"), tmp_path)
    assert outcome == replace(
        honest,
        notes=(
            "「本轮任务 (2)」：和「本轮任务」一样是本轮任务表，只能认一张，没有读；"
            "请把内容并到「本轮任务」，别的单位的表请另寄",
        ),
    )


def test_another_citys_pack(sent: Round, tmp_path: Path) -> None:
    data = edited(
        sent.honest, sheet_part(sent.honest, IDENTITY_SHEET), lambda b: b.replace(b">test<", b">x<")
    )
    why = "是另一份总表的填报表，总表编号不同；请核对是否寄错"
    assert sent.outcome(data, tmp_path) == Outcome(why)


def test_another_rounds_pack_is_compared_with_what_it_was_sent(sent: Round, tmp_path: Path) -> None:
    outcome = sent.outcome(sent.pack(round_name="试填"), tmp_path)
    assert outcome == Outcome("")


def test_a_round_that_was_never_sent(sent: Round, tmp_path: Path) -> None:
    part = sheet_part(sent.honest, IDENTITY_SHEET)
    data = edited(sent.honest, part, lambda b: b.replace("第1轮".encode(), "第9轮".encode()))
    why = f"「轮次」里没有给{UNIT}下发过第9轮；请核对总表和单位，或请单位填最近下发的表"
    assert sent.outcome(data, tmp_path) == Outcome(why)


@pytest.mark.parametrize("damage", [stripped, forged], ids=["stripped", "forged"])
def test_without_our_copy_a_damaged_base_is_refused(
    sent: Round, tmp_path: Path, damage: object
) -> None:
    alone = tmp_path / "总表.xlsx"  # the side folder stays behind
    shutil.copy(sent.path, alone)
    data = edited(sent.honest, sheet_part(sent.honest, IDENTITY_SHEET), damage)  # type: ignore[arg-type]  # both are edits
    assert replace(sent, path=alone).outcome(data, tmp_path) == Outcome(UNPROVEN)


@pytest.mark.parametrize(
    ("filter_name", "ending", "notes"),
    [
        ("Calc MS Excel 2007 XML", "xlsx", ()),
        ("calc8", "ods", (OLD,)),
        ("MS Excel 97", "xls", (OLD,)),
        ("MS Excel 97", "et", (OLD,)),
    ],
)
def test_saved_by_libreoffice(
    libreoffice: LibreOffice,
    sent: Round,
    honest: Outcome,
    tmp_path: Path,
    filter_name: str,
    ending: str,
    notes: tuple[str, ...],
) -> None:
    source, saved = tmp_path / "填好.xlsx", tmp_path / f"另存.{ending}"
    source.write_bytes(sent.honest)
    libreoffice.act(source, [], saved, filter=filter_name)
    assert sent.outcome(saved.read_bytes(), tmp_path, saved.name) == replace(honest, notes=notes)


def test_sorted_in_libreoffice_without_the_ids(
    libreoffice: LibreOffice, sent: Round, honest: Outcome, tmp_path: Path
) -> None:
    source, saved = tmp_path / "填好.xlsx", tmp_path / "排序.xlsx"
    source.write_bytes(sent.honest)
    info = Book.read(sent.honest).tables["tblPackTasks"]
    block = f"B{info.first_row + 1}:L{info.last_row}"
    sort = {"do": "sort", "sheet": info.sheet, "range": block, "by": 2, "descending": True}
    libreoffice.act(source, [sort], saved)  # type: ignore[list-item]  # an Action, key by key
    outcome = sent.outcome(saved.read_bytes(), tmp_path)
    assert outcome.decisions == honest.decisions
    assert len(outcome.notes) == 1
    assert "已按内容对回原来的行" in outcome.notes[0]


def test_an_old_format_clears_nothing(
    libreoffice: LibreOffice, sent: Round, tmp_path: Path
) -> None:
    """Its reader shows an error as an empty cell, so an empty one may not mean "cleared"."""
    source, saved = tmp_path / "填好.xlsx", tmp_path / "清空.xls"
    source.write_bytes(sent.honest)
    info = Book.read(sent.honest).tables["tblPackEvidence"]
    libreoffice.edit(
        source, {(info.sheet, f"C{info.first_row + 2}"): None}, saved, filter="MS Excel 97"
    )
    assert not any("=None" in d for d in sent.outcome(saved.read_bytes(), tmp_path).decisions)
