"""Formulas that earlier versions shipped: any other one that differs from ours is the office's own.

Kept as digests, since nothing else is asked of them. tests/masters/test_former.py says which are
lacking when a release adds its master to tests/masters.
"""

import hashlib

_DIGITS = 12


def digest(place: tuple[str, str, str], formula: str) -> str:
    """What stands for a formula here; `place` is its table, part and field in a layout."""
    return hashlib.sha256("\x1f".join((*place, formula)).encode()).hexdigest()[:_DIGITS]


def was_shipped(place: tuple[str, str, str], formula: str) -> bool:
    """Whether a master of an earlier version had this formula there."""
    return digest(place, formula) in _FORMER


_DIGESTS = """
0.1.0
23410714eaa9 27c9a1104e55 29cbfb17a6e1 2de91211b8b7 3388a6e0c1aa 34ec60fc1f3c 3d1a530d63db
3d6b531e8a26 4694daa23c6a 48b93af7c808 48e0cd7010f1 50f391fb221e 5181f22456e9 5ca169cf5bca
6fdb8f264877 722ebfbdc3ef 773f6ba0f340 7dde374ee10d 88402f9622e1 8df22da6013d 9422a8a01c61
9781d2d89fc0 9d6e214c786d a2018045afd2 a4789887b38a b1a3ef78279c b40c384a41ee c267bf70ab3b
c27cd5d54597 c7a6d64b8a51 d0e1be0a291e df44a6db41d8 eb196cc3eea7 f101438ea1b4
"""
_FORMER = frozenset(_DIGESTS.split())
