"""Pictures out of a returned workbook: kept as files, since a cell can't hold them."""

import posixpath
from dataclasses import dataclass

from qcity_xl.adapters.packs.contents import limits_of
from qcity_xl.adapters.packs.kinds import check_parts, kind_of
from qcity_xl.adapters.packs.parts import open_package
from qcity_xl.adapters.packs.remarks import picture_names
from qcity_xl.core.errors import QcityError
from qcity_xl.core.master.settings import Limits as Bounds


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its name in the workbook, without folders, and its content."""

    name: str
    data: bytes


def pictures_in(data: bytes, bounds: Bounds) -> list[Picture]:
    """The pictures of a workbook that `read_pack` took; none for old formats."""
    try:
        if kind_of(data) == "old":
            return []
        package = open_package(data, limits_of(bounds))
        if check_parts(package) == "old":
            return []
        return [Picture(posixpath.basename(n), package.part(n)) for n in picture_names(package)]
    except QcityError:
        return []
