"""Pictures out of a returned workbook; whatever goes wrong, there are none."""

import pytest

from qcity_xl.adapters.packs.pictures import pictures_in
from qcity_xl.core.master.settings import Limits
from tests.adapters.ooxml.build import zipped
from tests.returns.conftest import Round
from tests.returns.hand import parts_of


def test_a_picture_is_a_file_without_folders(sent: Round) -> None:
    data = zipped({**parts_of(sent.pack()), "xl/media/盖章.png": b"\x89PNG"})
    (picture,) = pictures_in(data, Limits())
    assert (picture.name, picture.data) == ("盖章.png", b"\x89PNG")


def test_a_pack_without_pictures_has_none(sent: Round) -> None:
    assert pictures_in(sent.honest, Limits()) == []


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.4", b"\xd0\xcf\x11\xe0"])
def test_what_cannot_be_opened_has_none(data: bytes) -> None:
    assert pictures_in(data, Limits()) == []
