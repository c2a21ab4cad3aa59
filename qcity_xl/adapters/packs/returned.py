"""One returned file, opened and read: what can be done with its bytes alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from qcity_xl.adapters.packs.kinds import AMaster
from qcity_xl.adapters.packs.locked import unlocked
from qcity_xl.adapters.packs.pictures import Picture, pictures_in
from qcity_xl.adapters.packs.reading import read_pack
from qcity_xl.core.errors import QcityError
from qcity_xl.core.master.settings import Limits
from qcity_xl.core.rounds.pack import ReturnedPack


@dataclass(frozen=True, slots=True)
class Unread:
    """A file before anybody looked into it: its place in the row of files, its bytes and their
    SHA-256, the passwords that may open it, the limits, and whether its pictures are wanted.
    """

    number: int
    data: bytes = field(repr=False)
    sha256: str
    passwords: Sequence[str] = field(repr=False)
    limits: Limits
    pictures: bool


@dataclass(frozen=True, slots=True)
class Returned:
    """What a file holds, with the pictures that were wanted."""

    pack: ReturnedPack
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class FoundMaster:
    """A master among returned files, within their limits, without its password."""

    data: bytes = field(repr=False)


def open_returned(unread: Unread) -> Returned | FoundMaster | str:
    """What the file holds, or why it can't be read."""
    try:
        opened = unlocked(unread.data, unread.passwords, unread.limits)
    except QcityError as error:
        return str(error)
    try:
        pack = read_pack(opened.data, unread.limits)
        pictures = pictures_in(opened.data, unread.limits) if unread.pictures else ()
    except AMaster:
        return FoundMaster(opened.data)
    except QcityError as error:
        return str(error)
    return Returned(replace(pack, sha256=unread.sha256, password=opened.password), tuple(pictures))
