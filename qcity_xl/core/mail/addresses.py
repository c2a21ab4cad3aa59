"""Mail addresses in a cell: several contacts, divided by ；, written in any usual way."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qcity_xl.core.text import entries, half_width, one_line

OFFLINE = "线下"  # in the cell 邮箱: this unit gets no mail
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_LOCAL}(?:\.{_LOCAL})*@(?:{_LABEL}\.)*{_LABEL}")
_NAMED = re.compile(r"\s*(.*?)\s*<([^<>]*)>\s*")
# A name in quotes, with what follows: "Li, Wei" <liwei@example.com>.
_QUOTED = re.compile(r"\"[^\"\r\n]{0,100}\"")
_SCHEME = re.compile(r"mailto:", re.IGNORECASE)


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
    for entry in map(one_line, _entries(cell)):
        named = _NAMED.fullmatch(half_width(entry))
        mail = half_width(named[2] if named else entry).strip()
        mail = _SCHEME.sub("", mail, count=1).partition("?")[0] if _SCHEME.match(mail) else mail
        # An encoded word (RFC 2047) in an address could be read as anything, line breaks included.
        if not _ADDRESS.fullmatch(mail) or len(mail) > 254 or "=?" in mail:
            faults.append(entry)
        elif mail.lower() not in {address.mail.lower() for address in found}:
            shown = named[1].strip('"') if named else "" if found else name
            found.append(Address(mail, one_line(shown)))
    return tuple(found), tuple(faults)


def _entries(cell: str) -> Iterator[str]:
    """The entries of the cell; what divides them may stand in a name in quotes."""
    quoted: list[str] = []

    def hold(match: re.Match[str]) -> str:
        quoted.append(match[0])
        return f"\0{len(quoted) - 1}\0"

    masked = _QUOTED.sub(hold, cell.replace("\0", "").replace("“", '"').replace("”", '"'))
    for part in entries(masked):
        yield re.sub("\0(\\d+)\0", lambda match: quoted[int(match[1])], part)
