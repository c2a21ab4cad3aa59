"""Documents that a protection program keeps from being read elsewhere."""

_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"E-SafeNet", "亿赛通 E-SafeNet"),
    (b"%TSD-Header", "TSD 加密"),
    (b"%TSD%", "TSD 加密"),
)


def protection_of(data: bytes) -> str:
    """The program that keeps a document from being read elsewhere; "" for none."""
    head = data[:512]
    return next((program for mark, program in _MARKS if mark in head), "")
