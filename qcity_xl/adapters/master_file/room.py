"""Whether an open workbook would still be a file that every step can read."""

import zlib
from collections.abc import Iterable

from qcity_xl.adapters.ooxml.errors import OoxmlError, OverLimit
from qcity_xl.adapters.ooxml.limits import DEFAULT_LIMITS, PackageLimits
from qcity_xl.adapters.ooxml.package import Package, check_sizes
from qcity_xl.core.changes import Change
from qcity_xl.core.errors import GrownTooLarge

_CELL = 60  # bytes of markup around a value


def check_room(
    name: str, saved: bytes, changes: Iterable[Change], limits: PackageLimits = DEFAULT_LIMITS
) -> None:
    """Raises GrownTooLarge if the file as last saved and what the changes write pass the limits.

    Whatever program saves it packs texts about as well as this does.
    """
    said = [str(c.new).encode(errors="replace") for c in changes if c.new is not None]
    text = b"\n".join(said)
    try:
        package = Package.read(saved, limits)
        unpacked = sum(map(package.size, package.names)) + len(text) + _CELL * len(said)
        check_sizes(len(saved) + len(zlib.compress(text, 1)), unpacked, limits)
    except OverLimit as error:
        raise GrownTooLarge(name, error.bound) from error
    except OoxmlError:
        return  # not one that any step reads: the editor says why
