"""答复上级, and a city's master merged upward: two ways to one result."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import get_type_hints

import pytest

from qcity_xl.adapters.packs import NotAPack
from qcity_xl.adapters.storage import Stored
from qcity_xl.core.errors import NothingToDo
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import (
    ASSIGNMENTS,
    CONFLICTS,
    CRITERIA,
    EVIDENCE,
    LOG,
    SETTINGS,
    TASKS,
    UNITS,
)
from qcity_xl.core.schema.pack import PACK_TASKS
from qcity_xl.steps.answer import AnotherCity, AnswerData, FilledData, answer
from qcity_xl.steps.demo import Pack
from qcity_xl.steps.history import undo
from qcity_xl.steps.merge import merge
from qcity_xl.steps.shared.data_returns import UnansweredData
from qcity_xl.steps.split import split
from tests.referees.validator import findings
from tests.steps.conftest import Qcity
from tests.steps.two_levels import (
    BACK,
    CITIES,
    OTHER,
    SENT,
    TASK,
    Cell,
    city,
    fill,
    province,
    reading,
    reported,
)

LATER = replace(BACK, now=BACK.now.replace(day=2))
PAPER: list[Cell] = [
    (EVIDENCE, "E1", name, value)
    for name, value in {
        "criteria": "2(1)、1(1)",
        "unit": "市质监局",
        "kind": "文件",
        "title": "关于质量强市的通知",
        "number": "常政发〔2016〕1号",
        "location": "佐证/通知.pdf",
    }.items()
]


@pytest.fixture(scope="module")
def levels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A province whose round went out, and the masters of two cities."""
    folder = tmp_path_factory.mktemp("省")
    province(folder)
    first = city(folder, "甲市")
    work = reported(first, TASK, progress="推进中", note="开了两次会。")
    answers: list[Cell] = [
        (CRITERIA, "C1.1", "answer", "制定中"),
        (CRITERIA, "C2.1", "answer", "达成"),
    ]
    city(folder, "甲市", *answers, *work, *PAPER)
    second = city(folder, "乙市")
    city(folder, "乙市", *reported(second, OTHER, progress="已完成", difficulty="=缺钱"))
    return folder


@pytest.fixture
def here(levels: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return shutil.copytree(levels, tmp_path / "省")


def said(master: Master) -> dict[str, object]:
    """What cities said, by where it stands: without the times and links of the log."""
    tables = (ASSIGNMENTS, CRITERIA, EVIDENCE, CONFLICTS)
    return {
        **{table.name: {k: dict(r) for k, r in master.rows(table).items()} for table in tables},
        LOG.name: [
            tuple(row.get(n) for n in ("action", "sheet", "row", "column", "old", "new", "source"))
            for row in master.rows(LOG).values()
        ],
    }


def of_city(master: Master, name: str) -> dict[str, object]:
    rows = master.rows(ASSIGNMENTS).items()
    return {key: dict(row) for key, row in rows if row["unit"] == name}


def pack_for(folder: Path, name: str) -> Path:
    return folder / "下发" / f"第1轮_{name}.xlsx"


def test_the_whole_way(here: Path, qcity: Qcity) -> None:
    before = {path: path.read_bytes() for path in here.glob("*.xlsx")}
    asked = (here / "甲市总表.xlsx", pack_for(here, "甲市"), "--out", here / "答复")
    status, trial = qcity("answer", *asked, "--dry-run")
    assert (status, (here / "答复").exists()) == (0, False)
    status, data = qcity("answer", *asked)
    assert (status, data) == (0, trial)
    assert {path: path.read_bytes() for path in before} == before
    assert data.keys() == get_type_hints(AnswerData).keys()
    assert data["filled"][0].keys() == get_type_hints(FilledData).keys()
    assert ("自评", "1(1)", "自评答案", "制定中") in [tuple(c.values()) for c in data["filled"]]
    assert findings(here / "答复" / "答复_第1轮_甲市.xlsx") == {}
    status, found = qcity("merge", here / "省.xlsx", here / "答复")
    assert (status, found["conflicts"], found["refused"]) == (0, 0, 0)
    master = reading(here / "省.xlsx")
    assert master.rows(CRITERIA)["C1.1"]["answer"] == "制定中"
    assert master.rows(ASSIGNMENTS)[f"T{TASK}/甲市"]["progress"] == "推进中"
    (paper,) = master.rows(EVIDENCE).values()
    assert (paper["title"], paper["location"]) == ("关于质量强市的通知", None)


def test_all_of_it_may_lie_on_storage(here: Path, qcity: Qcity) -> None:
    top = f"local://{here.parent}/存储"
    for path in (pack_for(here, "甲市"), here / "甲市总表.xlsx"):
        Stored(f"{top}/{path.name}").write(path.read_bytes())
    pack, master = f"{top}/第1轮_甲市.xlsx", here / "甲市总表.xlsx"
    status, data = qcity("answer", master, pack, "--out", f"{top}/答复")
    assert (status, data["file"]) == (0, f"{top}/答复/答复_第1轮_甲市.xlsx")
    qcity("answer", master, pack_for(here, "甲市"), "--out", here / "答复")
    assert Stored(data["file"]).read() == (here / "答复" / "答复_第1轮_甲市.xlsx").read_bytes()
    other = Path(shutil.copytree(here, here.parent / "另一处")) / "省.xlsx"
    by_disk = merge(here / "省.xlsx", [here / "甲市总表.xlsx"], BACK)
    assert merge(other, [Stored(f"{top}/甲市总表.xlsx")], BACK) == by_disk
    assert other.read_bytes() == (here / "省.xlsx").read_bytes()


def test_merging_upward_is_answering_the_pack_and_merging_that(here: Path, tmp_path: Path) -> None:
    other = shutil.copytree(here, tmp_path / "另一处")
    for name in CITIES:
        answer(other / f"{name}总表.xlsx", pack_for(other, name), other / "答复", BACK)
    by_pack = merge(other / "省.xlsx", [other / "答复"], BACK)
    upward = merge(here / "省.xlsx", [here / f"{name}总表.xlsx" for name in CITIES], BACK)
    assert upward.changes == by_pack.changes > 8
    assert said(reading(here / "省.xlsx")) == said(reading(other / "省.xlsx"))
    assert reading(here / "省.xlsx").rows(ASSIGNMENTS)[f"T{OTHER}/乙市"]["difficulty"] == "=缺钱"
    # Whichever way it comes again, and in whatever order.
    back = [here / f"{name}总表.xlsx" for name in reversed(CITIES)]
    assert merge(here / "省.xlsx", [*back, other / "答复"], BACK).changes == 0


def test_the_order_of_cities_does_not_matter(here: Path, tmp_path: Path) -> None:
    other = shutil.copytree(here, tmp_path / "另一处")
    for name in CITIES:
        merge(here / "省.xlsx", [here / f"{name}总表.xlsx"], BACK)
    for name in reversed(CITIES):
        merge(other / "省.xlsx", [other / f"{name}总表.xlsx"], BACK)
    found, there = said(reading(here / "省.xlsx")), said(reading(other / "省.xlsx"))
    del found[LOG.name], there[LOG.name]
    assert found == there


def test_an_edit_in_a_city_changes_the_rows_of_that_city_alone(here: Path) -> None:
    masters = [here / f"{name}总表.xlsx" for name in CITIES]
    merge(here / "省.xlsx", masters, BACK)
    before = reading(here / "省.xlsx")
    city(here, "乙市", *reported(masters[1], TASK, progress="未开始"))
    outcome = merge(here / "省.xlsx", masters, BACK)
    after = reading(here / "省.xlsx")
    assert outcome.data["taken"] > 0
    assert of_city(after, "甲市") == of_city(before, "甲市")
    assert after.rows(ASSIGNMENTS)[f"T{TASK}/乙市"]["progress"] == "未开始"
    assert after.rows(CRITERIA) == before.rows(CRITERIA)


def test_what_is_of_no_concern_to_the_province_changes_nothing(here: Path) -> None:
    merge(here / "省.xlsx", [here / "甲市总表.xlsx"], BACK)
    fill(here / "甲市总表.xlsx", (TASKS, "T9.1", "remark", "市里自己的事"))
    assert merge(here / "省.xlsx", [here / "甲市总表.xlsx"], BACK).changes == 0


def test_what_both_changed_is_a_conflict_and_all_can_be_undone(here: Path) -> None:
    start = said(reading(here / "省.xlsx"))
    fill(here / "省.xlsx", (CRITERIA, "C1.1", "answer", "已出台"))
    outcome = merge(here / "省.xlsx", [here / "甲市总表.xlsx"], BACK)
    assert outcome.data["conflicts"] == 1
    (row,) = reading(here / "省.xlsx").rows(CONFLICTS).values()
    assert (row["ours"], row["theirs"], row["unit"]) == ("已出台", "制定中", "甲市")
    undo(here / "省.xlsx", BACK)
    fill(here / "省.xlsx", (CRITERIA, "C1.1", "answer", None))
    found = said(reading(here / "省.xlsx"))
    del found[LOG.name], start[LOG.name]
    assert found == start


def test_what_has_no_answer_is_listed(here: Path) -> None:
    fill(here / "甲市总表.xlsx", (TASKS, f"T{TASK}", "text", "市里改写了的任务"))
    outcome = merge(here / "省.xlsx", [here / "甲市总表.xlsx"], BACK)
    assert outcome.status == 1
    (one,) = outcome.data["unanswered"]
    assert one.keys() == get_type_hints(UnansweredData).keys()
    assert (one["unit"], one["sheet"], one["row"]) == ("甲市", "本轮任务", TASK)
    assert reading(here / "省.xlsx").rows(ASSIGNMENTS)[f"T{TASK}/甲市"]["progress"] is None


def test_a_round_in_parts_is_answered_in_all_of_them(here: Path) -> None:
    split(here / "省.xlsx", here / "再发", BACK, round_name="第2轮", apart=True)
    outcome = merge(here / "省.xlsx", [here / "甲市总表.xlsx"], BACK)
    rounds = [(file["file"], file["round"]) for file in outcome.data["files"]]
    assert sorted(rounds) == [("甲市总表.xlsx", f"第2轮·第{part}部分") for part in (1, 2)]
    assert outcome.data["taken"] > 3


def test_a_master_that_answers_nothing_is_put_aside(here: Path) -> None:
    split(here / "省.xlsx", here / "再发", LATER, round_name="第2轮")
    fill(here / "乙市总表.xlsx", (SETTINGS, "总表/任务年份", "value", "2019"))
    outcome = merge(here / "省.xlsx", [here / f"{name}总表.xlsx" for name in CITIES], BACK)
    reasons = {file["file"]: file["reason"] for file in outcome.data["files"]}
    assert {file["state"] for file in outcome.data["files"]} == {"未采用"}
    assert reasons["甲市总表.xlsx"].startswith(
        "是甲市的总表，但「日志」最后一次是2016年12月1日，早于第2轮下发（2016年12月2日），是旧的副本"
    )
    city(here, "乙市", context=LATER)
    (found,) = merge(here / "省.xlsx", [here / "乙市总表.xlsx"], BACK).data["files"]
    assert "市的总表是2019年的，没有代填" in found["reason"]


def test_whose_pack_it_is(here: Path) -> None:
    first = here / "甲市总表.xlsx"
    with pytest.raises(AnotherCity, match="是发给乙市的，总表「设置」里的“城市”是甲市"):
        answer(first, pack_for(here, "乙市"), here / "答复", BACK)
    with pytest.raises(NothingToDo, match="本总表自己发给单位的"):
        answer(first, next((here / "甲市下发").iterdir()), here / "答复", BACK)
    fill(first, (SETTINGS, "总表/城市", "value", None))
    context = replace(BACK, notes=[])
    answer(first, pack_for(here, "甲市"), here / "答复", context)
    assert context.notes == ["「设置」里没有填“城市”，填报表是不是发给本市的没有核对。"]


def test_what_was_answered_by_hand_meanwhile_stays(here: Path) -> None:
    first, pack = here / "甲市总表.xlsx", pack_for(here, "甲市")
    answer(first, pack, here / "答复", SENT)
    done = here / "答复" / f"答复_{pack.name}"
    again = answer(first, done, here / "再答", SENT)
    assert (again.data["filled"], again.data["unanswered"]) == ([], [])
    assert not (here / "再答").exists()


def test_an_answer_that_somebody_went_on_with_is_not_written_over(here: Path) -> None:
    first, pack, out = here / "甲市总表.xlsx", pack_for(here, "甲市"), here / "答复"
    answer(first, pack, out, BACK)
    made = out / f"答复_{pack.name}"
    Pack(made).fill(PACK_TASKS.table, 1, {"note": "手工补的"}).save(made)
    by_hand = made.read_bytes()
    trial, context = replace(BACK, notes=[], dry_run=True), replace(BACK, notes=[])
    foreseen = answer(first, pack, out, trial)
    assert [path.name for path in out.iterdir()] == [made.name]
    again = answer(first, pack, out, context)
    assert again.data == foreseen.data
    assert Path(again.data["file"]).name == f"答复_{pack.stem} (2).xlsx"
    assert made.read_bytes() == by_hand
    assert context.notes == trial.notes
    assert (
        "没有覆盖；这次的另存为“答复_第1轮_甲市 (2).xlsx”，请核对后只报送一份" in context.notes[0]
    )
    quiet = replace(BACK, notes=[])
    assert answer(first, pack, out, quiet).data == again.data
    assert len(list(out.iterdir())) == 2


def test_a_city_that_the_province_renamed_is_merged_by_its_old_pack(here: Path) -> None:
    master = reading(here / "省.xlsx")
    key = next(k for k, row in master.rows(UNITS).items() if row["name"] == "甲市")
    fill(here / "省.xlsx", (UNITS, key, "name", "新甲市"), (UNITS, key, "aliases", "甲市"))
    (file,) = merge(here / "省.xlsx", [here / "甲市总表.xlsx"], BACK).data["files"]
    assert (file["state"], file["unit"], file["round"]) == ("已合并", "甲市", "第1轮")
    after = reading(here / "省.xlsx")
    assert after.rows(ASSIGNMENTS)[f"T{TASK}/甲市"]["progress"] == "推进中"
    assert after.rows(CRITERIA)["C1.1"]["answer"] == "制定中"


def test_a_file_that_is_no_pack_is_named(here: Path) -> None:
    broken = here / "省里的 表.xlsx"
    broken.write_bytes(b"abc")
    with pytest.raises(NotAPack, match=r"^省里的 表\.xlsx：是文本文件"):
        answer(here / "甲市总表.xlsx", broken, here / "答复", BACK)
