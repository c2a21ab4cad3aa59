"""What would make a master that nobody can read is told before it stands in the open workbook."""

import random
from pathlib import Path

import pytest

from qcity_xl.adapters.master_file.room import check_room
from qcity_xl.adapters.ooxml.limits import PackageLimits
from qcity_xl.core.changes import Change
from qcity_xl.core.errors import GrownTooLarge
from qcity_xl.core.schema import EVIDENCE

TEMPLATE = (Path(__file__).parents[3] / "workbook" / "template.xlsx").read_bytes()


def _titles(count: int, *, alike: bool) -> list[Change]:
    chance = random.Random(5)  # noqa: S311 - repeatable on purpose
    letters = range(0x4E00, 0x9FA5)
    titles = ("".join(map(chr, chance.choices(letters, k=400))) for _ in range(count))
    said = ["雨水管网改造竣工报告" * 40] * count if alike else list(titles)
    return [Change(EVIDENCE.name, f"E{n}", "title", None, words) for n, words in enumerate(said)]


def test_words_that_fit_pass() -> None:
    check_room("总表.xlsx", TEMPLATE, _titles(2_000, alike=True))


@pytest.mark.parametrize(
    ("limits", "alike", "bound"),
    [
        (PackageLimits(file_bytes=len(TEMPLATE) + 100_000), False, "大小（字节）"),
        (PackageLimits(unpacked_bytes=2_600_000), True, "解压后大小"),
        (PackageLimits(ratio=20), True, "压缩比"),
    ],
)
def test_what_passes_a_limit_is_told(limits: PackageLimits, alike: bool, bound: str) -> None:
    check_room("总表.xlsx", TEMPLATE, _titles(1, alike=alike), limits)
    with pytest.raises(GrownTooLarge, match=bound):
        check_room("总表.xlsx", TEMPLATE, _titles(2_000, alike=alike), limits)


def test_a_file_that_no_step_reads_is_left_to_the_editor() -> None:
    check_room("总表.xlsx", b"PK", _titles(1, alike=True))
