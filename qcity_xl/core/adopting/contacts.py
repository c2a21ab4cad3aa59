"""Whom to call at which unit: a list of contacts."""

import re
from collections.abc import Iterator

from qcity_xl.core.adopting.book import BookRow, BookTable, Piece
from qcity_xl.core.adopting.claims import Claim
from qcity_xl.core.adopting.ledger import Ledger
from qcity_xl.core.adopting.places import RowFinder
from qcity_xl.core.master.model import text
from qcity_xl.core.schema import UNITS
from qcity_xl.core.text import fold, one_line

_FIELDS = {"contact": "contact", "phone": "phone", "email": "email", "remark": "remark"}
_NOTHING = ("", "-", "--", "/", "无")
_PERSON = re.compile(
    r"([\u4e00-\u9fff·]{2,6})(?:[(（][^()（）\d]*[)）])?[\s,，/:：、(（]*(\d[\d\-—转 ]{5,}\d)[)）]?"
)


def read_contacts(table: BookTable, places: RowFinder, ledger: Ledger) -> Iterator[Claim]:
    """What a list of contacts says; a unit that the registry does not know is left."""
    keys = {text(row, "name"): key for key, row in places.master.rows(UNITS).items()}
    for row in table.rows:
        units = row.of("units", "leads", "partners")
        for piece in row.of("serial", "section"):
            ledger.mark([piece.cell], "heading")
        filled = [p for p in row.pieces if p.slot not in ("serial", "section")]
        names, why = _unit(units, places)
        if not names:
            ledger.leave([piece.cell for piece in filled], why)
            continue
        ledger.mark([piece.cell for piece in units], "there")
        for piece in filled:
            if piece not in units:
                yield from _cell(row, piece, keys[names], ledger)


def _unit(pieces: list[Piece], places: RowFinder) -> tuple[str, str]:
    """The one unit of a row, or why there is none."""
    named = [places.units(piece.text) for piece in pieces]
    names = [name for one in named for name in one.names]
    unknown = [name for one in named for name in one.unknown]
    if unknown:
        return "", places.stranger(unknown[0])
    if len(names) != 1:
        return "", "这一行写了几个单位，分不清是谁的" if names else "这一行没有写单位"
    if names[0] in places.registry.groups:
        return "", f"“{names[0]}”是组，不是单位"
    return names[0], ""


def _cell(row: BookRow, piece: Piece, unit: str, ledger: Ledger) -> Iterator[Claim]:
    name = _FIELDS.get(str(piece.slot))
    said = one_line(piece.text)
    if fold(said) in _NOTHING:
        ledger.mark([piece.cell], "there")
    elif name is None:
        ledger.leave([piece.cell], f"「{UNITS.sheet}」没有放“{piece.header}”的列")
    elif name == "contact" and not row.of("phone") and (people := _people(piece.text)):
        for field, found in zip(("contact", "phone"), zip(*people, strict=True), strict=True):
            yield Claim(UNITS.name, unit, field, "、".join(found), (piece.cell,))
    else:
        yield Claim(UNITS.name, unit, name, said, (piece.cell,))


def _people(said: str) -> list[tuple[str, str]]:
    """The persons of a cell with their telephones; none unless it says nothing else."""
    rest = _PERSON.sub("", said)
    people = [(name, phone.strip()) for name, phone in _PERSON.findall(said)]
    return people if not re.sub(r"[\s、，,；;/]", "", rest) else []
