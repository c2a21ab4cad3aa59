"""A folder brought in line with what it should hold: copied, checked by its manifest, zipped.

The folder is on disk or on storage, what is copied on disk. The manifest is what sha256sum writes
and reads: a hash, two blanks, the path with /. No file passes through memory whole, and a second
run copies only what changed.
"""

import errno
import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from qcity_xl.adapters.disk import cause, sha256_of, writing
from qcity_xl.adapters.portions import Portions, ShowProgress, hash_of
from qcity_xl.adapters.storage import Location, Stored, blocks_of, files_under, load, put
from qcity_xl.core.errors import FileUnreadable, QcityError

MANIFEST = "校验清单.sha256"
_PART = ".qcity-part"  # after the name of a file that is not copied whole yet
_TRIES = 2  # to copy a file that changes meanwhile
_NOTED = 20  # files copied after which the manifest is written: a run may be cut short
_FAT = 2_000_000_000  # nanoseconds: the clock of FAT goes in twos
_PACKED = frozenset(
    [".zip", ".rar", ".7z", ".jpg", ".jpeg", ".png", ".mp4", ".mov", ".docx", ".xlsx", ".pptx"]
)


class NotOurFolder(QcityError):
    """A folder that holds something and was not made by us."""

    def __init__(self, folder: str) -> None:
        """Say what to choose."""
        super().__init__(
            f"“{folder}”里已经有别的文件，没有写入。请选一个空文件夹，或以前生成的那个文件夹。"
        )


class NoManifest(QcityError):
    """Nothing to check by."""

    def __init__(self, folder: str) -> None:
        """Say what is missing."""
        super().__init__(
            f"“{folder}”里没有“{MANIFEST}”，无法核对。请选“迎检包”生成的文件夹；清单丢了就重新生成。"
        )


@dataclass(slots=True)
class Synced:
    """What became of a folder: how many files were `copied`, `kept` as they were and `dropped`.

    `failed` says of each that could not be copied why; `held` are files that somebody changed, or
    put there: they stay as they are.
    """

    copied: int = 0
    kept: int = 0
    dropped: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    held: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Verified:
    """Paths that differ from the manifest, are gone, or are not in it; `files` are all in it."""

    files: int
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    extra: tuple[str, ...]


def sync(
    folder: Location, copies: Mapping[str, Path], made: Mapping[str, bytes], progress: ShowProgress
) -> Synced:
    """Make a folder hold copies of files and files of our own, by path with /, and a manifest.

    What can't be copied is told and stops nothing. What an earlier run put there and is wanted no
    more is removed, and nothing that somebody changed since is touched.
    Raises NotOurFolder, CannotWrite.
    """
    before = _known(folder)
    put(folder / MANIFEST, _manifest(before))  # ours from now on, should it be cut short
    synced, now = Synced(), dict[str, str]()
    noted = 0
    sizes = {name: _uncopied(copies[name], folder / name, before.get(name, "")) for name in copies}
    files = Portions(sizes, "复制材料", progress)
    for name in files:
        known = before.get(name, "")
        try:
            now[name] = _copied(copies[name], folder / name, known, synced, files.passed)
        except _ByHand:
            synced.held.append(name)
        except OSError as error:
            synced.failed[name] = cause(error)
        if synced.copied >= noted + _NOTED:
            put(folder / MANIFEST, _manifest({**before, **now}))
            noted = synced.copied
    for name, data in made.items():
        digest, there = sha256_of(data), (folder / name).exists()
        if _by_hand(folder / name, before.get(name, ""), digest):
            synced.held.append(name)
            continue
        if before.get(name) != digest or not there:
            put(folder / name, data)
        now[name] = digest
    for name in before.keys() - now.keys() - set(synced.held) - synced.failed.keys():
        _drop(folder, name, before[name], synced)
    kept = before.keys() & {*synced.held, *synced.failed}
    put(folder / MANIFEST, _manifest({**now, **{name: before[name] for name in kept}}))
    return synced


class _ByHand(Exception):
    """Somebody changed the copy, or put a file of that name there."""


def _known(folder: Location) -> dict[str, str]:
    if (folder / MANIFEST).exists():
        return _parse(load(folder / MANIFEST))
    with writing(folder.name):
        if folder.exists() and next(_inside(folder), None) is not None:
            raise NotOurFolder(str(folder))
    return {}


def _uncopied(source: Path, target: Location, known: str) -> int:
    """Bytes of a file that are to be read: on storage those of each, to compare or to copy."""
    with suppress(OSError):  # who copies it tells
        if isinstance(target, Path) and known and _same(source, target, known):
            return 0
    return _size(source)


def _inside(folder: Location) -> Iterator[Location]:
    return iter(folder.files()) if isinstance(folder, Stored) else folder.iterdir()


def _copied(
    source: Path, target: Location, known: str, synced: Synced, passed: Callable[[int], None]
) -> str:
    """The SHA-256 of a copy that stands, or is made now. Raises OSError, _ByHand, CannotWrite."""
    if known and _same(source, target, known):
        synced.kept += 1
        return known
    with _made_beside(target) as part:
        digest = _copied_whole(source, part, passed)
        if _by_hand(target, known, digest):
            raise _ByHand
        _moved(part, target)
    synced.copied += 1
    return digest


def _copied_whole(source: Path, part: Path, passed: Callable[[int], None]) -> str:
    """The SHA-256 of a copy with the time of its source, which stayed as it was meanwhile.

    Raises OSError, with EBUSY where somebody goes on writing the source.
    """
    for _ in range(_TRIES):
        before, hashed = source.stat(), hashlib.sha256()
        with part.open("wb") as writer:
            for block in blocks_of(source):
                hashed.update(block)
                writer.write(block)
                passed(len(block))
        after = source.stat()
        if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns):
            os.utime(part, ns=(before.st_mtime_ns, before.st_mtime_ns))
            return hashed.hexdigest()
    raise OSError(errno.EBUSY, "changes while it is read")


def _by_hand(target: Location, known: str, wanted: str) -> bool:
    """Whether what stands there is neither what we put there nor what is wanted."""
    try:
        return target.exists() and hash_of(target) not in (known, wanted)
    except (OSError, FileUnreadable):  # a folder of that name, or nothing that we may read
        return True


def _same(source: Path, target: Location, known: str) -> bool:
    """Whether the copy that we know of stands, as far as its size tells and, on disk, its time.

    Storage keeps no time of ours: there the source must still be what was copied.
    """
    theirs = source.stat()
    try:
        if isinstance(target, Stored):
            return target.size() == theirs.st_size and hash_of(source) == known
        ours = target.stat()
    except (OSError, FileUnreadable):
        return False
    apart = abs(ours.st_mtime_ns - theirs.st_mtime_ns)
    rounded = ours.st_mtime_ns % _FAT == 0 and apart < _FAT
    return ours.st_size == theirs.st_size and (apart == 0 or rounded)


def _drop(folder: Location, name: str, known: str, synced: Synced) -> None:
    """Remove a file, and folders that nothing is left in; one changed by hand is held."""
    path = folder / name
    with suppress(OSError):
        if not _by_hand(path, known, known):
            path.unlink(missing_ok=True)
            synced.dropped += 1
            above = path.parents if isinstance(path, Path) else ()  # storage has no empty folders
            for parent in above[: len(Path(name).parts) - 1]:
                parent.rmdir()
            return
    if path.exists():
        synced.held.append(name)


def verify(folder: Location, progress: ShowProgress) -> Verified:
    """Compare a folder with its manifest, file by file. Raises NoManifest, FileUnreadable."""
    if not (folder / MANIFEST).exists():
        raise NoManifest(str(folder))
    known = _parse(load(folder / MANIFEST))
    changed, gone = list[str](), list[str]()
    files = Portions({name: _size(folder / name) for name in known}, "核对文件", progress)
    for name in files:
        place = folder / name
        try:
            if not place.exists():
                gone.append(name)
            elif hash_of(place, files.passed) != known[name]:
                changed.append(name)
        except OSError as error:
            changed.append(f"{name}（{cause(error)}）")
    there = {_named(place, folder) for place in files_under(folder)}
    extra = sorted(there - known.keys() - {MANIFEST})
    return Verified(len(known), tuple(changed), tuple(gone), tuple(extra))


def _named(place: Location, folder: Location) -> str:
    """The path of a file from the folder on."""
    pure, top = (p.path if isinstance(p, Stored) else p for p in (place, folder))
    return pure.relative_to(top).as_posix()


def zipped(folder: Location, progress: ShowProgress) -> Location:
    """The folder as a zip beside it, by its manifest. Raises CannotWrite, FileUnreadable."""
    target = folder.with_name(f"{folder.name}.zip")
    names = [*_parse(load(folder / MANIFEST)), MANIFEST]
    with writing(target.name), _made_beside(target) as part:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            files = Portions({n: _size(folder / n) for n in names}, "压缩", progress)
            for name in files:
                packed = Path(name).suffix.lower() in _PACKED
                info = _entry(folder / name, f"{folder.name}/{name}")
                info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
                with archive.open(info, "w") as writer:
                    for block in blocks_of(folder / name):
                        writer.write(block)
                        files.passed(len(block))
        _moved(part, target)
    return target


def _entry(place: Location, name: str) -> zipfile.ZipInfo:
    """How a zip lists the file: with its time and its size."""
    if isinstance(place, Stored):
        info = zipfile.ZipInfo(name, place.modified().timetuple()[:6])
        info.file_size = place.size()
        return info
    return zipfile.ZipInfo.from_file(place, name, strict_timestamps=False)


@contextmanager
def _made_beside(target: Location) -> Iterator[Path]:
    """A file on disk, beside its target if that is on disk, there only while it is made."""
    if isinstance(target, Stored):
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder, target.name)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + _PART)
    try:
        yield part
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _size(place: Location) -> int:
    """Bytes of a file, 0 where there is none."""
    with suppress(OSError, FileUnreadable):
        return place.size() if isinstance(place, Stored) else place.stat().st_size
    return 0


def _moved(part: Path, target: Location) -> None:
    if isinstance(target, Stored):
        target.upload(part)
    else:
        part.replace(target)


def _manifest(hashes: Mapping[str, str]) -> bytes:
    return "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes)).encode()


def _parse(data: bytes) -> dict[str, str]:
    """Path -> SHA-256; a path that leads out of the folder is none of ours."""
    lines = (line.partition("  ") for line in data.decode(errors="replace").splitlines())
    return {
        name: digest
        for digest, _, name in lines
        if name and not name.startswith("/") and ".." not in name.split("/") and ":" not in name
    }
