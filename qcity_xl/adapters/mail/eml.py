"""Drafts as .eml files: a double click opens them in Outlook, Foxmail or Thunderbird."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qcity_xl.adapters.disk import make_file
from qcity_xl.adapters.mail.carrier import Delivery, Way
from qcity_xl.adapters.side_folder import own_name
from qcity_xl.core.mail.delivery import Parcel
from qcity_xl.core.schema.words import DRAFT


class EmlFolder:
    """A folder of drafts, one for each unit."""

    leaves = False

    def __init__(self, folder: Path) -> None:
        """The folder is made with its first draft."""
        self._folder = folder

    def open(self) -> int:
        """Nothing to do; a file may have any size."""
        return 0

    def send(self, parcel: Parcel, data: bytes) -> Delivery:
        """Write the draft; the one of the same unit and kind is replaced."""
        round_name, _, unit = parcel.row.removeprefix("R").partition("/")
        name = own_name(unit, f"{parcel.level}{round_name}_", ".eml")
        make_file(self._folder / name, data)
        return Delivery(DRAFT, name)

    def close(self) -> None:
        """Nothing to do."""


def way(asked: Mapping[str, Any]) -> Way:
    """Drafts in the folder that was asked for."""
    folder: Path = asked["eml"]
    return Way(lambda *_: EmlFolder(folder), leaves=False)
