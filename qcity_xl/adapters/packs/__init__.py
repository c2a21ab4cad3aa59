"""Packs as files: an in-place edit of workbook/pack.xlsx out, hostile bytes in."""

from qcity_xl.adapters.packs.answering import answered_pack
from qcity_xl.adapters.packs.contents import too_large
from qcity_xl.adapters.packs.kinds import NotAPack, is_workbook
from qcity_xl.adapters.packs.locked import Opened, locked, make_pack_beside, unlocked
from qcity_xl.adapters.packs.pictures import pictures_in
from qcity_xl.adapters.packs.reading import read_pack, untouched_pack
from qcity_xl.adapters.packs.replies import reply_remarks
from qcity_xl.adapters.packs.returned import FoundMaster, Returned, Unread, open_returned
from qcity_xl.adapters.packs.writing import PackMaker, make_pack

__all__ = [
    "FoundMaster",
    "NotAPack",
    "Opened",
    "PackMaker",
    "Returned",
    "Unread",
    "answered_pack",
    "is_workbook",
    "locked",
    "make_pack",
    "make_pack_beside",
    "open_returned",
    "pictures_in",
    "read_pack",
    "reply_remarks",
    "too_large",
    "unlocked",
    "untouched_pack",
]
