"""A package over its limits is refused before anything is unpacked."""

from pathlib import Path

import pytest

from qcity_xl.adapters.ooxml import Book, Package, PackageLimits
from qcity_xl.adapters.ooxml.errors import (
    OverLimit,
)

from .build import with_table, zipped


@pytest.mark.parametrize(
    "limits",
    [PackageLimits(file_bytes=100), PackageLimits(unpacked_bytes=100), PackageLimits(parts=3)],
)
def test_limits(limits: PackageLimits) -> None:
    with pytest.raises(OverLimit):
        Package.read(with_table(), limits)


def test_large_file_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    path.write_bytes(b"PK" + bytes(1000))
    with pytest.raises(OverLimit, match="101，超过上限 100"):
        Book.open(path, PackageLimits(file_bytes=100))


def test_bomb_is_refused_unopened() -> None:
    with pytest.raises(OverLimit):
        Package.read(zipped({"[Content_Types].xml": "<Types/>", "a": bytes(5_000_000)}))
