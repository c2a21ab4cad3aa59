"""The binary format of old Word, without any office: what is no such file is refused."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.adapters.documents.doc_format import Binary, Locked, NotReadable


def head(flags: int, version: int = 0xC1) -> bytes:
    """The first bytes of a WordDocument stream."""
    return struct.pack("<HH6xH", 0xA5EC, version, flags) + bytes(0x200)


@given(st.binary(max_size=600))
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(NotReadable):
        Binary({"WordDocument": data, "0Table": data, "1Table": data})


def test_an_encrypted_file_and_one_of_word_95_are_told_apart() -> None:
    with pytest.raises(Locked):
        Binary({"WordDocument": head(0x100), "0Table": b""})
    with pytest.raises(NotReadable) as refused:
        Binary({"WordDocument": head(0, version=0x68), "0Table": b""})
    assert refused.type is NotReadable


def test_a_file_without_its_other_stream_is_refused() -> None:
    with pytest.raises(NotReadable):
        Binary({"WordDocument": head(0x200), "0Table": b""})
