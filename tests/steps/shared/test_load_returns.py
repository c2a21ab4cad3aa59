"""Whose file it is: a unit can't answer for another, nor have its own taken for another's."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from qcity_xl.core.schema import EVIDENCE
from qcity_xl.core.schema.pack import IDENTITY_SHEET
from qcity_xl.steps.merge import merge
from qcity_xl.steps.shared.outcome import Context
from tests.returns.conftest import OTHER, UNIT, Outcome, Round
from tests.returns.damage import stripped
from tests.returns.hand import EVIDENCE as PACK_EVIDENCE
from tests.returns.hand import TASKS, by_openpyxl, edited, filled, sheet_part

NOT_ITS_ROWS = f"内部标识是{UNIT}第1轮的，里面的行却多半不是；请单位在发给自己的原件上重填"


def shown(data: bytes, unit: str) -> bytes:
    """The pack with another unit typed over the one that people see."""
    return by_openpyxl(data, lambda book: book["本轮任务"].__setitem__("C2", unit))


def claiming(data: bytes, unit: str, base: bool = True) -> bytes:
    """The pack of OTHER whose hidden identity says another unit; without `base` it is stripped."""

    def edit(body: bytes) -> bytes:
        new = body.replace(f">{OTHER}<".encode(), f">{unit}<".encode(), 1)
        return new if base else stripped(new)

    return edited(data, sheet_part(data, IDENTITY_SHEET), edit)


def answered(sent: Round) -> bytes:
    """The pack of OTHER, filled."""
    cells = {(TASKS, 0, "note"): "财政局写的", (PACK_EVIDENCE, 0, "title"): "财政局的通知"}
    return filled(sent.pack(OTHER), cells)


def test_the_unit_that_people_see_is_another(sent: Round, tmp_path: Path) -> None:
    why = (
        f"表头的填报单位是{OTHER}，内部标识却是{UNIT}的，分不清是谁填的；"
        "请填报单位在发给自己的原件上重填"
    )
    assert sent.outcome(shown(sent.honest, OTHER), tmp_path) == Outcome(why)
    forged = claiming(answered(sent), UNIT)
    assert sent.outcome(forged, tmp_path) == Outcome(why)


def test_words_added_to_the_unit_are_no_other_unit(sent: Round, tmp_path: Path) -> None:
    honest = sent.outcome(sent.honest, tmp_path)
    for said in (f"{UNIT}（盖章）", f" {UNIT}", "办公室填", ""):
        found = sent.outcome(shown(sent.honest, said), tmp_path)
        assert replace(found, notes=()) == honest
        assert said.strip() == UNIT or said in "".join(found.notes)


def test_a_forged_identity_is_put_aside_though_we_have_our_copy(
    sent: Round, tmp_path: Path
) -> None:
    for base in (True, False):
        forged = shown(claiming(answered(sent), UNIT, base), UNIT)
        assert sent.outcome(forged, tmp_path) == Outcome(NOT_ITS_ROWS)


def test_nothing_is_booked_under_the_unit_that_was_claimed(sent: Round, tmp_path: Path) -> None:
    path = tmp_path / "总表.xlsx"
    shutil.copy(sent.path, path)
    shutil.copytree(sent.path.with_name(f"{sent.path.name}.qcity"), f"{path}.qcity")
    forged = tmp_path / "回收.xlsx"
    forged.write_bytes(shown(claiming(answered(sent), UNIT), UNIT))
    report = merge(path, [forged], Context(sent.context.now, "张三"))
    who = {"file": forged.name, "unit": UNIT, "round": "第1轮"}
    assert report.data["files"] == [{**who, "state": "未采用", "reason": NOT_ITS_ROWS}]
    assert report.data["changes"] == 0


def test_rows_of_another_unit_stay_as_they_are(sent: Round, tmp_path: Path) -> None:
    """Ids of another unit typed over its own lead nowhere: to 未采用 or to new evidence."""
    theirs = next(k for k in sent.master.tables["tblAssignments"] if k.endswith(OTHER))
    data = sent.honest

    def edit(body: bytes) -> bytes:
        return re.sub(f"T[0-9.]+/{UNIT}".encode(), theirs.encode(), body, count=1)

    outcome = sent.outcome(edited(data, sheet_part(data, "本轮任务"), edit), tmp_path)
    about = [d for d in outcome.decisions if f" {theirs} " in d]
    assert not [d for d in about if d.startswith(("采用", "冲突"))]


def test_evidence_under_the_id_of_another_unit_is_ones_own(sent: Round, tmp_path: Path) -> None:
    row = {"unit": OTHER, "title": "财政局的通知", "state": "通过"}
    master = replace(
        sent.master, tables={**sent.master.tables, EVIDENCE.name: {"E9": {"key": "E9", **row}}}
    )
    data = sent.honest
    slot = f"E第1轮/{UNIT}/001"
    forged = edited(
        data,
        sheet_part(data, "佐证"),
        lambda body: body.replace(f">{slot}<".encode(), b">E9<", 1),
    )
    outcome = replace(sent, master=master).outcome(forged, tmp_path)
    assert not [d for d in outcome.decisions if " E9 " in d]
    assert any("title=食品安全认证推广通知" in d for d in outcome.decisions)


# -- names that people gave


def state_of(sent: Round, tmp_path: Path, name: str) -> tuple[str, str]:
    """What becomes of the honest pack under this name, in the folder given."""
    file = tmp_path / "收件" / name
    file.parent.mkdir(parents=True)
    file.write_bytes(sent.honest)
    outcome = merge(sent.path, [tmp_path / "收件"], sent.context)
    (found,) = outcome.data["files"]
    return found["state"], found["reason"]


@pytest.mark.parametrize(
    "name",
    [
        f"{OTHER}.xlsx",
        f"报送_{OTHER}（定稿）.xls",
        f"{OTHER}/第1轮.xlsx",
        f"{OTHER.removeprefix('市')}.xlsx",
    ],
)
def test_a_file_or_folder_with_another_units_name_is_asked_about(
    name: str, sent: Round, tmp_path: Path
) -> None:
    state, reason = state_of(sent, tmp_path, name)
    assert state == "未采用"
    assert f"写的是{OTHER}，里面却是{UNIT}的填报表，没有合并；请向单位核实是谁填的" in reason
    assert "再合并" in reason


@pytest.mark.parametrize(
    "name", [f"{UNIT}.xlsx", f"{OTHER}/{UNIT}.xlsx", f"{OTHER}转{UNIT}.xlsx", "回收件3.xlsx"]
)
def test_a_name_with_the_units_own_name_or_none_is_merged(
    name: str, sent: Round, tmp_path: Path
) -> None:
    assert state_of(sent, tmp_path, name)[0] == "已合并"


def test_what_is_typed_outside_the_tables_is_told_with_its_place(
    sent: Round, tmp_path: Path
) -> None:
    def typed(book: Workbook) -> None:
        book["填写说明"]["K30"] = "电子件另发，请查收"
        book["自评"]["L1"] = "联系人：钱科长"

    found = sent.outcome(by_openpyxl(sent.honest, typed), tmp_path)
    assert found.notes == (
        "「自评」L1“联系人：钱科长”写在表格外面，不并入总表，已随原件存档",
        "「填写说明」K30“电子件另发，请查收”写在表格外面，不并入总表，已随原件存档",
    )
