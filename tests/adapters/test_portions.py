"""Files are told by their bytes."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.adapters.portions import Portions, hash_of

MB = 1 << 20


class Told:
    """Progress that keeps what it was asked to show, and how far it came."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.sizes: list[int] = []
        self.done, self.ended = 0, False

    def __call__(
        self,
        items: Sequence[str],
        title: str,  # noqa: ARG002 - the form of ShowProgress
        sizes: Sequence[int] = (),
    ) -> Iterator[str]:
        self.names, self.sizes = list(items), list(sizes)
        for item in items:
            yield item
            self.done += 1
        self.ended = True


FILES = st.dictionaries(st.text(min_size=1), st.integers(0, 500 * MB), max_size=8)
CHUNKS = st.lists(st.integers(0, 300 * MB), max_size=8)


@given(FILES, st.data())
def test_each_file_comes_once_whatever_is_read_of_it(
    sizes: dict[str, int], data: st.DataObject
) -> None:
    """More bytes than were expected, or fewer: the sum told is that of the files."""
    told, seen = Told(), []
    files = Portions(sizes, "复制材料", told)
    for name in files:
        seen.append(name)
        before = told.done
        for size in data.draw(CHUNKS):
            files.passed(size)
        assert told.done - before <= sizes[name] // (64 * MB)
        assert set(told.names[before : told.done + 1]) == {name}
    assert seen == list(sizes)
    assert (sum(told.sizes), told.done, told.ended) == (
        *(sum(sizes.values()), len(told.names), True),
    )


def test_of_one_huge_file_the_progress_moves_while_it_is_read() -> None:
    told, steps = Told(), []
    files = Portions({"现场.mp4": 1000 * MB}, "复制材料", told)
    for _ in files:
        for _ in range(1000):
            files.passed(MB)
            steps.append(told.done)
    assert len(set(steps)) == 16  # 64 MB each


def test_a_file_is_hashed_in_pieces(tmp_path: Path) -> None:
    data, read = bytes(3 * MB + 5), list[int]()
    (tmp_path / "一.bin").write_bytes(data)
    assert hash_of(tmp_path / "一.bin", read.append) == hashlib.sha256(data).hexdigest()
    assert sum(read) == len(data)
    assert max(read) <= MB
