"""A returned file is opened and read by its bytes alone, and what was found can travel."""

import pickle
from typing import TypeVar, cast

from qcity_xl.adapters.disk import sha256_of
from qcity_xl.adapters.packs import FoundMaster, Returned, Unread, open_returned
from qcity_xl.adapters.packs.locked import locked
from qcity_xl.adapters.resources import master_template
from qcity_xl.core.master.settings import Limits
from tests.returns.conftest import UNIT, Round, sent
from tests.returns.damage import PNG, picture_in_cell

__all__ = ["sent"]

T = TypeVar("T")


def opened(data: bytes, *passwords: str, pictures: bool = False) -> Returned | FoundMaster | str:
    """What another process would make of the file."""
    unread = Unread(0, data, sha256_of(data), passwords, Limits(), pictures)
    assert repr(data) not in repr(unread)
    return _travelled(open_returned(_travelled(unread)))


def _travelled(value: T) -> T:
    return cast(T, pickle.loads(pickle.dumps(value)))  # noqa: S301 - our own bytes


def test_a_locked_pack_under_one_of_the_passwords(sent: Round) -> None:
    data = locked(sent.honest, "乙")
    found = opened(data, "甲", "乙")
    assert isinstance(found, Returned)
    assert (found.pack.identity.unit, found.pack.password) == (UNIT, "乙")
    assert found.pack.sha256 == sha256_of(data)
    assert opened(data, "甲") == (
        "设有打开密码，「单位」里登记的打开口令都打不开；"
        "请单位取消密码后另存再寄，或在「单位」的“打开口令”填上它用的口令"
    )


def test_pictures_come_along_where_they_are_wanted(sent: Round) -> None:
    data = picture_in_cell(sent.honest)
    found, without = opened(data, pictures=True), opened(data)
    assert isinstance(found, Returned)
    assert isinstance(without, Returned)
    assert [(picture.name, picture.data) for picture in found.pictures] == [("image1.png", PNG)]
    assert without.pictures == ()
    assert found.pack == without.pack


def test_why_a_file_can_not_be_read(sent: Round) -> None:
    half = sent.honest[: len(sent.honest) // 2]
    assert opened(half) == "文件不完整，后半截没有传到；请重新发送"


def test_a_master_is_told_apart_with_what_is_under_its_password() -> None:
    data = master_template().read_bytes()
    assert opened(data) == opened(locked(data, "甲"), "甲") == FoundMaster(data)
    assert isinstance(opened(locked(data, "甲")), str)
