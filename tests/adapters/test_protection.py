"""What a protection program leaves at the start of a document."""

import pytest

from qcity_xl.adapters.protection import protection_of


@pytest.mark.parametrize(
    ("data", "program"),
    [
        (b"\x62\x14\x23E-SafeNet\0\0LOCK", "亿赛通 E-SafeNet"),
        (b"%TSD-Header-###%", "TSD 加密"),
        (b"%PDF-1.7", ""),
        (bytes(600) + b"E-SafeNet", ""),  # only the start counts
    ],
)
def test_it_is_known_by_its_mark(data: bytes, program: str) -> None:
    assert protection_of(data) == program
