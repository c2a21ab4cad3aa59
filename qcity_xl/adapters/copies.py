"""A folder brought in line with what it should hold: copied, checked by its manifest, zipped.

The manifest is what sha256sum writes and reads: a hash, two blanks, the path with /. No file passes
through memory whole, and a second run copies only what changed.
"""

import errno
import hashlib
import os
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from qcity_xl.adapters.disk import cause, load_bytes, make_file, sha256_of, writing
from qcity_xl.adapters.portions import CHUNK, Portions, ShowProgress, hash_of
from qcity_xl.core.errors import QcityError

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
    folder: Path, copies: Mapping[str, Path], made: Mapping[str, bytes], progress: ShowProgress
) -> Synced:
    """Make a folder hold copies of files and files of our own, by path with /, and a manifest.

    What can't be copied is told and stops nothing. What an earlier run put there and is wanted no
    more is removed, and nothing that somebody changed since is touched.
    Raises NotOurFolder, CannotWrite.
    """
    before = _known(folder)
    make_file(folder / MANIFEST, _manifest(before))  # ours from now on, should it be cut short
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
            make_file(folder / MANIFEST, _manifest({**before, **now}))
            noted = synced.copied
    for name, data in made.items():
        digest, there = sha256_of(data), (folder / name).exists()
        if _by_hand(folder / name, before.get(name, ""), digest):
            synced.held.append(name)
            continue
        if before.get(name) != digest or not there:
            make_file(folder / name, data)
        now[name] = digest
    for name in before.keys() - now.keys() - set(synced.held) - synced.failed.keys():
        _drop(folder, name, before[name], synced)
    kept = before.keys() & {*synced.held, *synced.failed}
    make_file(folder / MANIFEST, _manifest({**now, **{name: before[name] for name in kept}}))
    return synced


class _ByHand(Exception):
    """Somebody changed the copy, or put a file of that name there."""


def _known(folder: Path) -> dict[str, str]:
    if (folder / MANIFEST).exists():
        return _parse(load_bytes(folder / MANIFEST))
    with writing(folder.name):
        if folder.exists() and next(folder.iterdir(), None) is not None:
            raise NotOurFolder(str(folder))
    return {}


def _uncopied(source: Path, target: Path, known: str) -> int:
    """Bytes of a file that is to be copied."""
    theirs = _stat(source)
    return 0 if theirs is None or (known and _same(target, theirs)) else theirs.st_size


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _copied(
    source: Path, target: Path, known: str, synced: Synced, passed: Callable[[int], None]
) -> str:
    """The SHA-256 of a copy that stands, or is made now. Raises OSError, _ByHand."""
    theirs = source.stat()
    if known and _same(target, theirs):
        synced.kept += 1
        return known
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + _PART)
    with _removed(part):
        digest = _copied_whole(source, part, passed)
        if _by_hand(target, known, digest):
            raise _ByHand
        part.replace(target)
    synced.copied += 1
    return digest


def _copied_whole(source: Path, part: Path, passed: Callable[[int], None]) -> str:
    """The SHA-256 of a copy with the time of its source, which stayed as it was meanwhile.

    Raises OSError, with EBUSY where somebody goes on writing the source.
    """
    for _ in range(_TRIES):
        before, hashed = source.stat(), hashlib.sha256()
        with source.open("rb") as reading, part.open("wb") as writer:
            while chunk := reading.read(CHUNK):
                hashed.update(chunk)
                writer.write(chunk)
                passed(len(chunk))
        after = source.stat()
        if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns):
            os.utime(part, ns=(before.st_mtime_ns, before.st_mtime_ns))
            return hashed.hexdigest()
    raise OSError(errno.EBUSY, "changes while it is read")


def _by_hand(target: Path, known: str, wanted: str) -> bool:
    """Whether what stands there is neither what we put there nor what is wanted."""
    try:
        return target.exists() and hash_of(target) not in (known, wanted)
    except OSError:  # a folder of that name, or nothing that we may read
        return True


def _same(target: Path, theirs: os.stat_result) -> bool:
    try:
        ours = target.stat()
    except OSError:
        return False
    apart = abs(ours.st_mtime_ns - theirs.st_mtime_ns)
    rounded = ours.st_mtime_ns % _FAT == 0 and apart < _FAT
    return ours.st_size == theirs.st_size and (apart == 0 or rounded)


def _drop(folder: Path, name: str, known: str, synced: Synced) -> None:
    """Remove a file, and folders that nothing is left in; one changed by hand is held."""
    path = folder / name
    with suppress(OSError):
        if not _by_hand(path, known, known):
            path.unlink(missing_ok=True)
            synced.dropped += 1
            for above in path.parents[: len(Path(name).parts) - 1]:
                above.rmdir()
            return
    if path.exists():
        synced.held.append(name)


def verify(folder: Path, progress: ShowProgress) -> Verified:
    """Compare a folder with its manifest, file by file. Raises NoManifest, FileUnreadable."""
    if not (folder / MANIFEST).exists():
        raise NoManifest(str(folder))
    known = _parse(load_bytes(folder / MANIFEST))
    changed, gone = list[str](), list[str]()
    files = Portions({name: _size(folder / name) for name in known}, "核对文件", progress)
    for name in files:
        try:
            if hash_of(folder / name, files.passed) != known[name]:
                changed.append(name)
        except FileNotFoundError:
            gone.append(name)
        except OSError as error:
            changed.append(f"{name}（{cause(error)}）")
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    extra = sorted(there - known.keys() - {MANIFEST})
    return Verified(len(known), tuple(changed), tuple(gone), tuple(extra))


def zipped(folder: Path, progress: ShowProgress) -> Path:
    """The folder as a zip beside it, by its manifest. Raises CannotWrite."""
    target = folder.with_name(f"{folder.name}.zip")
    part = target.with_name(target.name + _PART)
    names = [*_parse(load_bytes(folder / MANIFEST)), MANIFEST]
    with writing(target.name), _removed(part):
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            files = Portions({n: _size(folder / n) for n in names}, "压缩", progress)
            for name in files:
                packed = Path(name).suffix.lower() in _PACKED
                info = zipfile.ZipInfo.from_file(
                    folder / name, f"{folder.name}/{name}", strict_timestamps=False
                )
                info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
                with (folder / name).open("rb") as reading, archive.open(info, "w") as writer:
                    while chunk := reading.read(CHUNK):
                        writer.write(chunk)
                        files.passed(len(chunk))
        part.replace(target)
    return target


@contextmanager
def _removed(part: Path) -> Iterator[None]:
    """A file that is there only while it is made."""
    try:
        yield
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _size(path: Path) -> int:
    found = _stat(path)
    return found.st_size if found else 0


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
