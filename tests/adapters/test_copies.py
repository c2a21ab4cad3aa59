"""A folder comes to hold just what is wanted, and loses nothing that somebody put there."""

import datetime as dt
import io
import os
import resource
import shutil
import signal
import subprocess
import tempfile
import threading
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.adapters.copies import (
    MANIFEST,
    NoManifest,
    NotOurFolder,
    Synced,
    sync,
    verify,
    zipped,
)
from qcity_xl.adapters.storage import Location, Stored, files_under, load
from qcity_xl.core.errors import CannotWrite
from qcity_xl.steps.shared.outcome import silent
from tests.tools import unavailable

NAMES = st.sampled_from(
    ["甲/一.pdf", "甲/二 张.jpg", "乙（２）/三.docx", "总目录.xlsx", "清单#1.txt"]
)
FOLDERS = st.dictionaries(NAMES, st.binary(max_size=20), max_size=4)


def source(home: Path, name: str, data: bytes) -> Path:
    path = home / "佐证" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_bytes() != data:
        path.write_bytes(data)
    return path


def on_disk(home: Path) -> Location:
    return home / "迎检包"


def on_storage(home: Path) -> Location:  # noqa: ARG001 - the form of Where
    return Stored(f"memory://{uuid4().hex}/迎检包")


Where = Callable[[Path], Location]
EVERYWHERE = pytest.mark.parametrize("where", [on_disk, on_storage])


def synced(
    home: Path,
    wanted: dict[str, bytes],
    made: dict[str, bytes] | None = None,
    folder: Location | None = None,
) -> Synced:
    copies = {name: source(home, name, data) for name, data in wanted.items()}
    return sync(folder or on_disk(home), copies, made or {}, silent)


def held(folder: Location) -> dict[str, bytes]:
    top = len(str(folder)) + 1
    return {
        str(place)[top:]: load(place) for place in files_under(folder) if place.name != MANIFEST
    }


@EVERYWHERE
@given(first=FOLDERS, second=FOLDERS, made=FOLDERS)
def test_it_holds_what_is_wanted_and_twice_copies_nothing(
    where: Where, first: dict[str, bytes], second: dict[str, bytes], made: dict[str, bytes]
) -> None:
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        folder = where(home)
        synced(home, first, folder=folder)
        for path in (home / "佐证").rglob("*"):  # as if some time had passed
            os.utime(path, (1_480_000_000, 1_480_000_000))
        own = {name: data for name, data in made.items() if name not in second}
        synced(home, second, own, folder)
        assert held(folder) == {**second, **own}
        again = synced(home, second, own, folder)
        assert (again.copied, again.kept, again.dropped) == (0, len(second), 0)
        found = verify(folder, silent)
        assert (found.changed, found.gone, found.extra) == ((), (), ())
        assert found.files == len({**second, **own})


def put_there(place: Location, data: bytes) -> None:
    place.write(data) if isinstance(place, Stored) else place.write_bytes(data)


@EVERYWHERE
def test_what_somebody_changed_or_put_there_stays(where: Where, tmp_path: Path) -> None:
    folder = where(tmp_path)
    synced(tmp_path, {"甲/一.pdf": b"1", "甲/二.pdf": b"2"}, {"目录.docx": b"made"}, folder)
    put_there(folder / "目录.docx", b"edited cover")
    put_there(folder / "甲/二.pdf", b"stamped")
    put_there(folder / "甲/三.pdf", b"theirs")
    wanted = {"甲/一.pdf": b"1", "甲/三.pdf": b"3"}
    told = synced(tmp_path, wanted, {"目录.docx": b"made anew"}, folder)
    assert sorted(told.held) == ["甲/三.pdf", "甲/二.pdf", "目录.docx"]
    assert held(folder) == {
        "甲/一.pdf": b"1",
        "甲/二.pdf": b"stamped",
        "甲/三.pdf": b"theirs",
        "目录.docx": b"edited cover",
    }


@EVERYWHERE
def test_an_edited_paper_is_told_and_kept_though_nothing_else_changed(
    where: Where, tmp_path: Path
) -> None:
    folder, made = where(tmp_path), {"目录.docx": b"made"}
    synced(tmp_path, {}, made, folder)
    edited = folder / "目录.docx"
    put_there(edited, b"edited cover")
    for _ in range(2):
        assert synced(tmp_path, {}, made, folder).held == ["目录.docx"]
        assert load(edited) == b"edited cover"
    assert verify(folder, silent).changed == ("目录.docx",)
    edited.unlink()
    assert synced(tmp_path, {}, made, folder).held == []
    assert held(folder) == made


def test_what_cannot_be_copied_is_told_and_stops_nothing(tmp_path: Path) -> None:
    there = source(tmp_path, "一.pdf", b"1")
    told = sync(
        tmp_path / "包",
        {"没有.pdf": tmp_path / "没有.pdf", "一.pdf": there},
        {},
        silent,
    )
    assert told.failed == {"没有.pdf": "文件或文件夹不见了"}
    assert held(tmp_path / "包") == {"一.pdf": b"1"}


@EVERYWHERE
def test_a_folder_of_somebody_else_is_refused(where: Where, tmp_path: Path) -> None:
    synced(tmp_path, {"重要.docx": b"x"}, folder=(folder := where(tmp_path)))
    (folder / MANIFEST).unlink()
    with pytest.raises(NotOurFolder, match="空文件夹"):
        sync(folder, {}, {}, silent)
    with pytest.raises(NoManifest, match="校验清单"):
        verify(folder, silent)


def test_the_manifest_is_one_of_sha256sum(tmp_path: Path) -> None:
    sha256sum = shutil.which("sha256sum")
    if sha256sum is None:
        unavailable("sha256sum", "install coreutils")
    synced(tmp_path, {"甲/一.pdf": b"1"}, {"总目录.xlsx": b"made"})
    done = subprocess.run(
        [sha256sum, "--check", "--strict", MANIFEST],
        cwd=tmp_path / "迎检包",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@EVERYWHERE
def test_verify_names_what_was_changed_taken_and_added(where: Where, tmp_path: Path) -> None:
    folder = where(tmp_path)
    synced(tmp_path, {"一.pdf": b"1", "二.pdf": b"2"}, folder=folder)
    put_there(folder / "一.pdf", b"0")
    (folder / "二.pdf").unlink()
    put_there(folder / "三.pdf", b"3")
    put_there(folder / "Thumbs.db", b"of Windows")
    found = verify(folder, silent)
    assert (found.changed, found.gone, found.extra) == (("一.pdf",), ("二.pdf",), ("三.pdf",))


@EVERYWHERE
def test_the_zip_holds_the_package(where: Where, tmp_path: Path) -> None:
    folder = where(tmp_path)
    synced(tmp_path, {"甲/一.pdf": b"1" * 5000}, {"总目录.xlsx": b"made"}, folder)
    made = zipped(folder, silent)
    with zipfile.ZipFile(io.BytesIO(load(made))) as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == {
            f"迎检包/{name}" for name in ("甲/一.pdf", "总目录.xlsx", MANIFEST)
        }
        assert {entry.date_time[0] for entry in archive.infolist()} == {dt.date.today().year}
    assert made == folder.with_name("迎检包.zip")
    assert [p.name for p in tmp_path.iterdir() if p.name != "佐证"] == (
        [] if isinstance(made, Stored) else ["迎检包", "迎检包.zip"]
    )


@pytest.mark.parametrize("scheme", ["", "local://"])
def test_a_large_file_does_not_pass_through_memory(scheme: str, tmp_path: Path) -> None:
    film = tmp_path / "现场.mp4"
    with film.open("wb") as file:
        file.truncate(200 << 20)
    folder = Stored(f"{scheme}{tmp_path}/包") if scheme else tmp_path / "包"
    tracemalloc.start()
    try:
        sync(folder, {"现场.mp4": film}, {}, silent)
        zipped(folder, silent)
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()


def test_a_run_that_was_cut_short_is_taken_up_again(tmp_path: Path) -> None:
    def dies(items: Sequence[str], title: str, sizes: Sequence[int] = ()) -> Iterator[str]:  # noqa: ARG001 - the form of Progress
        yield from items[:0]
        raise KeyboardInterrupt

    one = source(tmp_path, "一.pdf", b"1")
    with pytest.raises(KeyboardInterrupt):
        sync(tmp_path / "包", {"一.pdf": one}, {}, dies)
    assert sync(tmp_path / "包", {"一.pdf": one}, {}, silent).copied == 1


def test_what_was_copied_before_a_run_was_cut_short_is_not_copied_again(tmp_path: Path) -> None:
    def dies(items: Sequence[str], title: str, sizes: Sequence[int] = ()) -> Iterator[str]:  # noqa: ARG001 - as above
        yield from items[:30]
        raise KeyboardInterrupt

    copies = {f"{n}.pdf": source(tmp_path, f"{n}.pdf", bytes([n])) for n in range(50)}
    with pytest.raises(KeyboardInterrupt):
        sync(tmp_path / "包", copies, {}, dies)
    told = sync(tmp_path / "包", copies, {}, silent)
    assert (told.kept, told.copied, told.failed, told.held) == (20, 30, {}, [])
    assert verify(tmp_path / "包", silent).changed == ()


def test_a_file_that_changes_while_it_is_copied_is_told_and_not_half_there(tmp_path: Path) -> None:
    one = source(tmp_path, "现场.mp4", bytes(8 << 20))
    ended = threading.Event()

    def write_on() -> None:
        with one.open("ab", buffering=0) as file:
            while not ended.is_set():
                file.write(b"x")

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        told = sync(tmp_path / "包", {"现场.mp4": one}, {}, silent)
    finally:
        ended.set()
        writer.join()
    assert told.failed == {"现场.mp4": "正被其他程序打开"}
    assert held(tmp_path / "包") == {}
    assert sync(tmp_path / "包", {"现场.mp4": one}, {}, silent).copied == 1


def test_a_folder_where_a_paper_should_stand_is_told(tmp_path: Path) -> None:
    synced(tmp_path, {}, {"目录.docx": b"made"})
    (tmp_path / "迎检包" / "目录.docx").unlink()
    (tmp_path / "迎检包" / "目录.docx").mkdir()
    assert synced(tmp_path, {}, {"目录.docx": b"made"}).held == ["目录.docx"]


def test_a_package_that_was_renamed_is_gone_on_with(tmp_path: Path) -> None:
    synced(tmp_path, {"甲/一.pdf": b"1"}, {"目录.docx": b"made"})
    (tmp_path / "迎检包").rename(tmp_path / "迎检包（市局）")
    there = {"甲/一.pdf": tmp_path / "佐证" / "甲" / "一.pdf"}
    told = sync(tmp_path / "迎检包（市局）", there, {"目录.docx": b"made"}, silent)
    assert (told.copied, told.kept, told.held) == (0, 1, [])
    assert not verify(tmp_path / "迎检包（市局）", silent).changed


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "包").write_bytes(b"x")
    with pytest.raises(CannotWrite, match="不是文件夹"):
        sync(tmp_path / "包", {}, {}, silent)


def test_a_full_disk_stops_no_other_file_and_leaves_none_half_there(tmp_path: Path) -> None:
    """A limit on the size of files does to one file what a full disk does."""
    small, large = source(tmp_path, "一.pdf", b"1"), source(tmp_path, "二.mp4", bytes(2 << 20))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, before[1]))
    try:
        told = sync(tmp_path / "包", {"二.mp4": large, "一.pdf": small}, {}, silent)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert told.failed == {"二.mp4": "文件超过系统允许的大小"}
    assert held(tmp_path / "包") == {"一.pdf": b"1"}
