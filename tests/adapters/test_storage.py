"""Masters and returns that lie on storage: a real S3 server on loopback, and fsspec's memory."""

import datetime as dt
import io
import shutil
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import fsspec
import pytest

from benchmarks.documents import as_text
from benchmarks.nation.returns import Rates, handed_in
from qcity_xl.adapters.copies import NotOurFolder
from qcity_xl.adapters.disk import make_file
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.storage import Location, Stored, load, put_beside
from qcity_xl.core.changes import added_row
from qcity_xl.core.errors import CannotWrite, FileUnreadable, NothingToDo
from qcity_xl.core.schema import CRITERIA, EVIDENCE
from qcity_xl.steps.inspect import inspect
from qcity_xl.steps.merge import merge
from qcity_xl.steps.new import new
from qcity_xl.steps.report import report
from qcity_xl.steps.rollup import rollup
from qcity_xl.steps.shared.outcome import DONE, LEFT, Context
from qcity_xl.steps.split import split
from tests.cluster import Cluster, cluster
from tests.steps.conftest import Qcity, qcity

__all__ = ["cluster", "qcity"]

CONTEXT = Context(dt.datetime(2024, 6, 3, 9, 0), "张三")
_SIGN_IN = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "us-east-1",
}

pytestmark = pytest.mark.filterwarnings("ignore:Print area")  # openpyxl damages packs here


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of a bucket; what signs in is in the environment, of workers too."""
    from moto.server import ThreadedMotoServer  # slow to import: only who runs it pays

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    port = server.get_host_and_port()[1]
    with pytest.MonkeyPatch.context() as patch:
        for name, value in _SIGN_IN.items():
            patch.setenv(name, value)
        patch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
        fsspec.filesystem("s3").mkdir("qcity")
        yield "s3://qcity"
    server.stop()


@pytest.fixture(params=["s3", "memory"])
def top(request: pytest.FixtureRequest) -> str:
    """A folder of its own on storage."""
    where = request.getfixturevalue("s3") if request.param == "s3" else "memory:/"
    return f"{where}/{uuid4().hex}"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A master of ten units whose round came back."""
    folder = tmp_path_factory.mktemp("办公室")
    (folder / "方案.txt").write_bytes(as_text(50, 10))
    new(folder / "总表.xlsx", CONTEXT, document=folder / "方案.txt", master_id="test")
    random, back = Random(3), folder / "回收" / "第一批"  # noqa: S311 - the same each time is what is wanted
    back.mkdir(parents=True)
    for pack in split(folder / "总表.xlsx", folder / "下发", CONTEXT).data["packs"]:
        for file in handed_in(random, pack["unit"], Path(pack["file"]).read_bytes(), Rates(0)):
            (back / file.name).write_bytes(file.data)
    (back / ".~lock").write_bytes(b"")
    return folder


def _put(folder: Path, url: str) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with fsspec.open(f"{url}/{path.relative_to(folder).as_posix()}", "wb") as file:
                file.write(path.read_bytes())


def test_returns_on_storage_are_merged_as_those_on_disk(
    office: Path, tmp_path: Path, top: str
) -> None:
    _put(office / "回收", f"{top}/回收")
    found = []
    for name, source in (("盘上", office / "回收"), ("网上", Stored(f"{top}/回收"))):
        (tmp_path / name).mkdir()
        master = Path(shutil.copy(office / "总表.xlsx", tmp_path / name))
        found.append((merge(master, [source], CONTEXT), master.read_bytes()))
    assert found[0] == found[1]
    assert found[0][0].data["taken"] > 50


def test_replies_on_storage_are_those_on_disk(office: Path, tmp_path: Path, top: str) -> None:
    for out in (tmp_path / "退回", Stored(top)):
        master = Path(shutil.copy(office / "总表.xlsx", tmp_path))
        assert merge(master, [office / "回收"], CONTEXT, reply=out).data["replies"]
    assert _lying(top) == _on_disk(tmp_path / "退回")


def test_a_file_that_is_named_itself_and_one_that_is_too_large(
    office: Path, tmp_path: Path
) -> None:
    top = f"memory://{uuid4().hex}"
    _put(office / "回收", top)
    pack = max((office / "回收").rglob("*.xlsx"), key=lambda path: path.stat().st_size)
    with fsspec.open(f"{top}/大.xlsx", "wb") as file:
        file.write(b"PK" * (26 << 20))
    master = Path(shutil.copy(office / "总表.xlsx", tmp_path))
    places = [
        Stored(f"{top}/第一批/{pack.name}"),
        Stored(f"{top}/大.xlsx"),
        Stored(f"{top}/无.xlsx"),
    ]
    files = {f["file"]: f for f in merge(master, places, CONTEXT).data["files"]}
    assert files[pack.name]["state"] == "已合并"
    assert "50" in files["大.xlsx"]["reason"]
    assert "没有这个文件" in files["无.xlsx"]["reason"]


def test_masters_on_storage(
    office: Path, tmp_path: Path, s3: str, cluster: Cluster, qcity: Qcity
) -> None:
    cities, url = tmp_path / "各市", f"{s3}/{uuid4().hex}"
    (cities / "苏南").mkdir(parents=True)
    for name in ("甲市.xlsx", "苏南/乙市.xlsx"):
        shutil.copy(office / "总表.xlsx", cities / name)
    (cities / "坏了.xlsx").write_bytes(b"PK\x03\x04")
    (cities / "说明.txt").write_bytes(b"")
    _put(cities, url)
    on_disk = rollup(cities, CONTEXT).data
    told: dict[str, Any] = {
        **on_disk,
        "cities": [_moved(c, cities, url, "master") for c in on_disk["cities"]],
    }
    told["unreadable"] = [_moved(lost, cities, url, "file") for lost in on_disk["unreadable"]]
    assert len(told["cities"]) == 2
    assert rollup(Stored(url), CONTEXT).data == told
    assert rollup(Stored(url), CONTEXT, scheduler=cluster.address).data == told
    assert qcity("rollup", f"{url}/苏南", f"{url}/甲市.xlsx", f"{url}/坏了.xlsx") == (1, told)


def _moved(found: Any, folder: Path, url: str, key: str) -> dict[str, Any]:
    return {**found, key: found[key].replace(str(folder), url)}


def _lying(url: str) -> dict[str, bytes]:
    """What lies there, by its path from there on."""
    top = Stored(url)
    return {str(one.path.relative_to(top.path)): one.read() for one in top.files()}


def _on_disk(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_what_steps_make_on_storage_has_the_bytes_of_what_they_make_on_disk(
    office: Path, tmp_path: Path, top: str
) -> None:
    masters = []
    for out in (tmp_path / "出", Stored(top)):
        shutil.rmtree(tmp_path / "总表.xlsx.qcity", ignore_errors=True)
        master = Path(shutil.copy(office / "总表.xlsx", tmp_path))
        told = split(master, out / "包", CONTEXT, round_name="第2轮").data
        report(master, CONTEXT, "网页", out=out / "汇报")
        rollup(master, CONTEXT, out=out / "汇总.xlsx")
        masters.append((master.read_bytes(), [pack["unit"] for pack in told["packs"]]))
    assert masters[0] == masters[1]
    found = _lying(top)
    assert found == _on_disk(tmp_path / "出")
    assert {len(Path(name).parts) for name in found} == {1, 2}
    assert len(found) == 12


@pytest.fixture
def filed(office: Path, tmp_path: Path) -> Path:
    """The master with evidence: one file, a folder of two, and a file that is gone."""
    master = Path(shutil.copy(office / "总表.xlsx", tmp_path))
    for name in ("通知.pdf", "照片/一.jpg", "照片/二.jpg"):
        make_file(tmp_path / "佐证" / name, name.encode())
    file = WorkbookFile.open(master)
    label = next(iter(file.master.rows(CRITERIA).values()))["label"]
    for number, place in enumerate(("通知.pdf", "照片", "没有.pdf")):
        row = {"criteria": label, "title": Path(place).stem, "location": f"佐证/{place}"}
        file.apply(added_row(EVIDENCE.name, f"E{number}", {**row, "dated": "2024-05-01"}))
    file.save()
    return master


def test_the_package_for_inspectors_on_storage_is_that_on_disk(
    filed: Path, tmp_path: Path, top: str
) -> None:
    places: list[Location] = [tmp_path / "盘上" / "迎检包", Stored(top) / "迎检包"]
    found, lying = [], []
    for out in places:
        first = inspect(filed, CONTEXT, out, compress=True).data
        assert first["files"] == [str(out), f"{out}_缺件清单.xlsx", f"{out}.zip"]
        again = inspect(filed, CONTEXT, out).data
        assert (again["copied"], again["kept"], again["dropped"]) == (0, 3, 0)
        checked = inspect(filed, CONTEXT, out, check=True)
        assert checked.status == DONE
        found += [{**data, "files": []} for data in (first, again, checked.data)]
        lying.append(_on_disk(tmp_path / "盘上") if isinstance(out, Path) else _lying(top))
    assert found[:3] == found[3:]
    assert found[0]["copied"] == 3
    zips = [zipfile.ZipFile(io.BytesIO(files.pop("迎检包.zip"))) for files in lying]
    assert lying[0] == lying[1]
    inside = [{name: one.read(name) for name in one.namelist()} for one in zips]
    assert inside[0] == inside[1] == {n: d for n, d in lying[0].items() if n.startswith("迎检包/")}


def test_a_package_on_storage_that_others_write_in(filed: Path, top: str) -> None:
    out = Stored(top) / "迎检包"
    inspect(filed, CONTEXT, out)
    (copy,) = (one for one in out.files() if one.name.endswith("通知.pdf"))
    copy.write(b"stamped")
    (filed.parent / "佐证" / "通知.pdf").write_bytes(b"new")
    told = inspect(filed, CONTEXT, out)
    held = copy.url.removeprefix(f"{out}/")
    assert [one["material"] for one in told.data["left"] if "有人改过" in one["reason"]] == [held]
    assert copy.read() == b"stamped"
    checked = inspect(filed, CONTEXT, out, check=True)
    assert (checked.status, checked.data["changed"]) == (LEFT, [held])
    (out / "校验清单.sha256").unlink()
    with pytest.raises(NotOurFolder):
        inspect(filed, CONTEXT, out)
    assert copy.read() == b"stamped"


def test_a_package_is_gone_on_with_when_the_storage_answers_again(
    filed: Path, top: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, sent = Stored(top) / "迎检包", Stored.upload

    def breaks(place: Stored, file: Path) -> None:
        if place.name.endswith("_2 照片.jpg"):
            raise CannotWrite(place.url, "存储没有答复")
        sent(place, file)

    with monkeypatch.context() as patch:
        patch.setattr(Stored, "upload", breaks)
        with pytest.raises(CannotWrite, match=r"_2 照片\.jpg”：存储没有答复"):
            inspect(filed, CONTEXT, out)
    told = inspect(filed, CONTEXT, out).data
    assert "有人改过或放了同名文件，没有动" not in {one["reason"] for one in told["left"]}
    assert inspect(filed, CONTEXT, out, check=True).status == DONE


def test_a_pack_that_was_filled_on_storage_stays(office: Path, tmp_path: Path, top: str) -> None:
    master = Path(shutil.copy(office / "总表.xlsx", tmp_path))
    first = split(master, Stored(top), CONTEXT, round_name="第2轮").data["packs"][0]["file"]
    Stored(first).write(b"filled")
    again = split(master, Stored(top), CONTEXT, round_name="第2轮").data["packs"][0]["file"]
    assert again == first.replace(".xlsx", " (2).xlsx")
    assert Stored(first).read() == b"filled"
    split(master, Stored(top), CONTEXT, round_name="第2轮")
    assert len(_lying(top)) == 11


@pytest.mark.parametrize("where", ["disk", "memory", "s3"])
def test_another_content_of_that_name_stays(
    where: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    folder: Location = tmp_path
    if where != "disk":
        top = request.getfixturevalue("s3") if where == "s3" else "memory:/"
        folder = Stored(f"{top}/{uuid4().hex}")
    target = folder / "第1轮_市档案局.xlsx"
    assert put_beside(target, b"1") == target
    assert put_beside(target, b"1") == target
    second = put_beside(target, b"2")
    assert second.name == "第1轮_市档案局 (2).xlsx"
    assert (load(target), load(second)) == (b"1", b"2")
    assert put_beside(target, b"3", lambda there: there == b"2") == second


def test_packs_on_storage_go_again_where_the_master_can_not_tell_of_them(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = f"memory://{uuid4().hex}"
    Stored(f"{top}/别的.txt").write(b"x")
    master = Path(shutil.copy(office / "总表.xlsx", tmp_path))
    written = Stored.write

    def full(place: Stored, data: bytes) -> None:
        if len(_lying(top)) == 4:
            raise CannotWrite(place.url, "满了")
        written(place, data)

    monkeypatch.setattr(Stored, "write", full)
    before = master.read_bytes()
    with pytest.raises(CannotWrite, match="满了"):
        split(master, Stored(top), CONTEXT, round_name="第2轮")
    assert list(_lying(top)) == ["别的.txt"]
    assert master.read_bytes() == before


def test_a_file_is_written_whole_where_the_storage_has_no_whole_files(tmp_path: Path) -> None:
    place = Stored(f"local://{tmp_path}/各市/汇总.xlsx")
    place.write(b"1")
    place.write(b"22")
    assert _on_disk(tmp_path) == {"各市/汇总.xlsx": b"22"}
    with pytest.raises(CannotWrite, match="存储没有答复"):
        Stored("ohne://a/b.xlsx").write(b"")


def test_a_command_writes_to_storage_what_may_lie_there(
    office: Path, tmp_path: Path, s3: str, qcity: Qcity
) -> None:
    url = f"{s3}/{uuid4().hex}/汇总.xlsx"
    status, data = qcity("rollup", office / "总表.xlsx", "--out", url)
    assert (status, data["files"]) == (0, [url])
    rollup(office / "总表.xlsx", CONTEXT, out=tmp_path / "汇总.xlsx")
    assert Stored(url).read() == (tmp_path / "汇总.xlsx").read_bytes()


def test_storage_that_does_not_answer_is_told(
    qcity: Qcity, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(FileUnreadable, match="没有这个文件"):
        Stored(f"memory://{uuid4().hex}.xlsx").read()
    with pytest.raises(FileUnreadable, match="存储没有答复"):
        Stored("ohne://a/b.xlsx").read()
    with pytest.raises(NothingToDo, match=r"memory://.*没有这个文件"):
        rollup(Stored(f"memory://{uuid4().hex}.xlsx"), CONTEXT)
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(FileUnreadable, match=r"没有装 qcity-xl\[storage\]"):
        Stored("s3://a/b.xlsx").read()
    assert qcity("rollup", "ohne://a/b.xlsx")[0] == 3
