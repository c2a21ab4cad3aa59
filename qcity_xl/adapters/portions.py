"""Work on files, told by their bytes: a few huge files show how far they are, and one alone."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

from qcity_xl.adapters.storage import Location, blocks_of

_PORTION = 64 << 20


class ShowProgress(Protocol):
    """Progress of names, in the form of `steps.shared.outcome.Progress`."""

    def __call__(
        self, items: Sequence[str], title: str, sizes: Sequence[int] = ()
    ) -> Iterator[str]:
        """The names, one by one; `sizes` are the bytes of each."""


class Portions:
    """The names of files, one by one, with progress that counts bytes.

    Who works on a file tells what `passed`; of a file that needed fewer bytes than were expected
    the rest counts as done with it.
    """

    def __init__(self, sizes: Mapping[str, int], title: str, progress: ShowProgress) -> None:
        """Bytes to be read of each file; 0 where there is nothing to do."""
        self._parts = {name: list(_parts(size)) for name, size in sizes.items()}
        names = [name for name, parts in self._parts.items() for _ in parts]
        shown = [size for parts in self._parts.values() for size in parts]
        self._ticks = iter(progress(names, title, shown))
        self._open, self._bytes = 0, 0

    def __iter__(self) -> Iterator[str]:
        """Each name once, in order."""
        for name, parts in self._parts.items():
            next(self._ticks)
            self._open, self._bytes = len(parts) - 1, 0
            yield name
            self._tick(self._open)
        for _ in self._ticks:  # the end of the progress is its own
            pass

    def passed(self, size: int) -> None:
        """So many bytes of the file at hand are done."""
        self._bytes += size
        ready = min(self._bytes // _PORTION, self._open)
        self._bytes -= ready * _PORTION
        self._tick(ready)

    def _tick(self, times: int) -> None:
        for _ in range(times):
            next(self._ticks)
        self._open -= times


def _parts(size: int) -> Iterator[int]:
    """64 MB each and what is left; one of nothing for a file of nothing."""
    whole, rest = divmod(size, _PORTION)
    yield from [_PORTION] * whole
    if rest or not whole:
        yield rest


def hash_of(place: Location, passed: Callable[[int], None] = lambda _: None) -> str:
    """The SHA-256 of a file; `passed` is told how many bytes were read. Raises as `blocks_of`."""
    hashed = hashlib.sha256()
    for block in blocks_of(place):
        hashed.update(block)
        passed(len(block))
    return hashed.hexdigest()
