"""Packs under a password: encrypted out, opened again back, the password nowhere to be seen."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from qcity_xl.adapters.disk import sha256_of
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.packs import NotAPack, Opened, locked, read_pack, unlocked
from qcity_xl.adapters.side_folder import SideFolder
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.master.settings import Limits
from qcity_xl.core.schema import LOG, ROUNDS, UNITS
from qcity_xl.steps.check import check
from qcity_xl.steps.merge import merge
from qcity_xl.steps.new import new
from qcity_xl.steps.shared.outcome import Context, Outcome
from qcity_xl.steps.shared.plain_text import text_lines
from qcity_xl.steps.split import split
from tests.adapters.ooxml.build import zipped
from tests.libreoffice import LibreOffice, LibreOfficeError
from tests.returns.conftest import OTHER, UNIT, Round
from tests.returns.hand import HONEST, TASKS, filled, parts_of
from tests.returns.locking import shows, type_password

SECRET, SECOND = "Shiyao-2016", "Caizheng-2016"
NONE_FITS = (
    "设有打开密码，「单位」里登记的打开口令都打不开；"
    "请单位取消密码后另存再寄，或在「单位」的“打开口令”填上它用的口令"
)


class Office:
    """A master where one unit has a password, its packs sent."""

    def __init__(self, folder: Path, context: Context) -> None:
        self.folder, self.context = folder, context
        self.path, self.out = folder / "总表.xlsx", folder / "下发"

    @property
    def master(self) -> Master:
        return WorkbookFile.open(self.path).master

    def pack(self, unit: str = UNIT) -> bytes:
        return (self.out / f"第1轮_{unit}.xlsx").read_bytes()

    def split(self, *, dry_run: bool = False) -> Outcome[Any]:
        context = replace(self.context, dry_run=dry_run)
        return split(self.path, self.out, context, round_name="第1轮", units=[UNIT, OTHER])

    def merge(self, *, dry_run: bool = False, **files: bytes) -> Outcome[Any]:
        inbox = self.folder / "收"
        shutil.rmtree(inbox, ignore_errors=True)
        inbox.mkdir()
        for name, data in files.items():
            (inbox / f"{name}.xlsx").write_bytes(data)
        context = replace(self.context, dry_run=dry_run)
        return merge(self.path, [inbox], context, reply=self.folder / "退回")


@pytest.fixture(scope="session")
def prepared(sent: Round, tmp_path_factory: pytest.TempPathFactory) -> Path:
    office = Office(tmp_path_factory.mktemp("口令"), replace(sent.context, dry_run=False))
    new(office.path, office.context, master_id="test")
    type_password(office.path, UNIT, SECRET)
    office.split()
    return office.folder


@pytest.fixture
def office(sent: Round, prepared: Path, tmp_path: Path) -> Office:
    folder = shutil.copytree(prepared, tmp_path / "办公室")
    return Office(folder, replace(sent.context, dry_run=False))


def opened(data: bytes, *passwords: str) -> Opened:
    return unlocked(data, passwords, Limits())


def states(report: Outcome[Any]) -> list[tuple[str, str]]:
    files = report.data["files"]
    assert isinstance(files, list)
    return [(file["state"], file["reason"]) for file in files]


# Out


def test_a_unit_with_a_password_gets_its_pack_encrypted(office: Office) -> None:
    pack = opened(office.pack(), "不对的口令", SECRET)
    assert pack.password == SECRET
    assert read_pack(pack.data, Limits()).identity.unit == UNIT
    assert opened(office.pack(OTHER)) == Opened(office.pack(OTHER))
    with pytest.raises(NotAPack, match="打开口令都打不开"):
        opened(office.pack(), SECOND, SECRET.lower())
    assert not shows(office.pack(), "本轮任务")


def test_our_copy_and_the_hash_are_of_the_content(office: Office) -> None:
    content = opened(office.pack(), SECRET).data
    assert SideFolder(office.path).sent("第1轮", UNIT) == content
    assert text(office.master.rows(ROUNDS)[f"R第1轮/{UNIT}"], "sha256") == sha256_of(content)


def test_splitting_twice_changes_nothing(office: Office) -> None:
    before = {p: p.read_bytes() for p in office.folder.rglob("*") if p.is_file()}
    report = office.split()
    assert report.data["locked"] == [UNIT]
    assert {p: p.read_bytes() for p in office.folder.rglob("*") if p.is_file()} == before


def test_a_plain_pack_that_lies_there_is_not_taken_for_the_encrypted_one(office: Office) -> None:
    plain = opened(office.pack(), SECRET).data
    (office.out / f"第1轮_{UNIT}.xlsx").write_bytes(plain)
    office.split()
    assert opened((office.out / f"第1轮_{UNIT} (2).xlsx").read_bytes(), SECRET).data == plain


def test_the_preview_tells_which_packs_get_a_password(office: Office) -> None:
    shutil.rmtree(office.out)
    report = office.split(dry_run=True)
    assert f"其中1个要口令打开：{UNIT}。口令请打电话说，不要写在邮件里。" in text_lines(report)
    assert not office.out.exists()


def test_a_password_that_excel_altered_keeps_the_pack_back(office: Office) -> None:
    type_password(office.path, OTHER, 20160501)
    shutil.rmtree(office.out)
    report = office.split()
    assert report.status == 1
    assert [p.name for p in office.out.iterdir()] == [f"第1轮_{UNIT}.xlsx"]
    assert any(OTHER in line and "设为文本格式" in line for line in text_lines(report))


def as_entities(text: str) -> bytes:
    return text.encode("ascii", "xmlcharrefreplace")


def test_a_master_made_before_has_no_such_column(office: Office) -> None:
    # One that says no version is of the oldest.
    renamed = {"打开口令": "我的一列", "结构版本": "自己的设置"}
    own = parts_of(office.path.read_bytes())
    for ours, theirs in renamed.items():
        for written in (str.encode, as_entities):
            own = {n: body.replace(written(ours), written(theirs)) for n, body in own.items()}
    office.path.write_bytes(zipped(own))
    assert next(iter(office.master.rows(UNITS).values()))["password"] is None
    shutil.rmtree(office.out)
    assert office.split().data["locked"] == []
    assert office.merge(回收=filled(office.pack(), HONEST)).data["taken"]
    assert "password" not in str(check(office.path, office.context).data)


# Back


def test_an_encrypted_return_merges_like_any_other(office: Office) -> None:
    plain = filled(opened(office.pack(), SECRET).data, HONEST)
    expected = office.merge(改了名=plain, dry_run=True)
    assert expected.data["taken"]
    back = locked(plain, SECRET)
    report = office.merge(改了名=back)
    assert states(report) == [("已合并", "")]
    assert report.data["decisions"] == expected.data["decisions"]
    assert back in [p.read_bytes() for p in (SideFolder(office.path).path / "received").iterdir()]
    before = office.path.read_bytes()
    assert states(office.merge(再来=back))[0][0] == "已合并过"
    assert office.path.read_bytes() == before


def test_another_units_password_opens_it_too(office: Office) -> None:
    type_password(office.path, OTHER, SECOND)
    plain = filled(opened(office.pack(), SECRET).data, HONEST)
    report = office.merge(**{f"第1轮_{UNIT}": locked(plain, SECOND)})  # type: ignore[arg-type]  # the name of a file
    assert states(report) == [("已合并", "")]


def test_an_unknown_password_is_told_with_what_to_do(office: Office) -> None:
    before = office.path.read_bytes()
    report = office.merge(回收=locked(opened(office.pack(), SECRET).data, "单位自己设的"))
    assert states(report) == [("未采用", NONE_FITS)]
    assert report.status == 1
    assert office.path.read_bytes() == before
    (reply,) = (office.folder / "退回").iterdir()
    assert "取消密码" in reply.read_text("utf-8-sig")


def test_a_reply_is_under_the_same_password(office: Office) -> None:
    plain = opened(office.pack(), SECRET).data
    bad = {(TASKS, 0, "progress"): "差不多了"}
    type_password(office.path, OTHER, SECOND)
    office.merge(回收=locked(filled(plain, bad), SECOND))
    (reply,) = (office.folder / "退回").iterdir()
    assert opened(reply.read_bytes(), SECRET, SECOND).password == SECOND
    again = reply.read_bytes()
    office.merge(回收=locked(filled(plain, bad), SECOND))
    assert [p.read_bytes() for p in (office.folder / "退回").iterdir()] == [again]


def test_a_reply_to_a_plain_return_is_under_the_units_password(office: Office) -> None:
    bad = {(TASKS, 0, "progress"): "差不多了"}
    office.merge(回收=filled(opened(office.pack(), SECRET).data, bad))
    (reply,) = (office.folder / "退回").iterdir()
    assert opened(reply.read_bytes(), SECRET).password == SECRET


@pytest.mark.parametrize(
    ("filter_name", "ending"),
    [("Calc MS Excel 2007 XML", "xlsx"), ("MS Excel 97", "xls")],
)
def test_libreoffice_opens_and_saves_it(
    libreoffice: LibreOffice, office: Office, filter_name: str, ending: str
) -> None:
    pack, saved = office.out / f"第1轮_{UNIT}.xlsx", office.folder / f"另存.{ending}"
    with pytest.raises(LibreOfficeError):
        libreoffice.values(pack)
    cell = {"do": "set", "sheet": "本轮任务", "cell": "J9", "value": "用口令打开后填的"}
    libreoffice.act(pack, [cell], saved, filter=filter_name, password=SECRET)  # type: ignore[list-item]  # an Action, key by key
    assert not shows(saved.read_bytes(), "用口令打开后填的")
    report = merge(office.path, [saved], office.context)
    assert report.data["taken"] == 1, text_lines(report)
    assert any(text(row, "new") == "用口令打开后填的" for row in office.master.rows(LOG).values())


# Never seen


def test_the_password_is_in_no_file_and_no_report(office: Office) -> None:
    bad = {(TASKS, 0, "progress"): "差不多了"}
    plain = opened(office.pack(), SECRET).data
    assert not shows(plain, SECRET)
    reports = [
        office.split(),
        office.merge(
            一=locked(filled(plain, {**HONEST, **bad}), SECRET), 二=locked(plain, "别的口令")
        ),
        check(office.path, office.context),
    ]
    for report in reports:
        shown = "\n".join(text_lines(report))
        assert SECRET not in shown + json.dumps(report.data, ensure_ascii=False)
    masters = {office.path, *(SideFolder(office.path).path / "snapshots").iterdir()}
    for path in office.folder.rglob("*"):
        if path.is_file() and path not in masters:
            assert not shows(path.read_bytes(), SECRET), path
        assert SECRET not in path.name
    assert shows(office.path.read_bytes(), SECRET)  # the search would find one
    assert [
        (table, field)
        for table, rows in office.master.tables.items()
        for row in rows.values()
        for field in row
        if SECRET in text(row, field)
    ] == [(UNITS.name, "password")]


def test_a_file_that_lies_around_is_not_run(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("open('ran', 'w')\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert opened(office.pack(), SECRET).password == SECRET
    assert not (tmp_path / "ran").exists()
