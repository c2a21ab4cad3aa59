"""How large a package may be."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PackageLimits:
    """Upper bounds on a package, checked before anything is unpacked.

    `ratio` is the unpacked size of all parts over the size of the file.
    """

    file_bytes: int = 50_000_000
    unpacked_bytes: int = 500_000_000
    ratio: int = 200
    parts: int = 2000


DEFAULT_LIMITS = PackageLimits()
