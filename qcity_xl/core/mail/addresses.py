"""Mail addresses in a cell: several contacts, divided by ；, written in any usual way."""

import re
import unicodedata
from dataclasses import dataclass

from qcity_xl.core.text import entries, one_line

OFFLINE = "线下"  # in the cell 邮箱: this unit gets no mail
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_LOCAL}(?:\.{_LOCAL})*@(?:{_LABEL}\.)*{_LABEL}")
_NAMED = re.compile(r"\s*(.*?)\s*<([^<>]*)>\s*")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a message goes: `mail` is plain ASCII, `name` what people read."""

    mail: str
    name: str = ""


def parse_addresses(cell: str, name: str = "") -> tuple[tuple[Address, ...], tuple[str, ...]]:
    """The addresses of a cell, and the entries that are none.

    `name` is used for the first address without one. Full-width signs count as the plain ones.
    """
    found: list[Address] = []
    faults: list[str] = []
    for entry in map(one_line, entries(cell)):
        named = _NAMED.fullmatch(unicodedata.normalize("NFKC", entry))
        mail = unicodedata.normalize("NFKC", named[2] if named else entry).strip()
        if not _ADDRESS.fullmatch(mail) or len(mail) > 254:
            faults.append(entry)
        elif mail.lower() not in {address.mail.lower() for address in found}:
            shown = named[1].strip('"') if named else "" if found else name
            found.append(Address(mail, one_line(shown)))
    return tuple(found), tuple(faults)
