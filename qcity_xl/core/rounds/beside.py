"""What stands in a returned file beside the answers: not merged, and listed cell by cell."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qcity_xl.core.changes import KEY
from qcity_xl.core.schema.pack import REPLY, SIGNED
from qcity_xl.core.text import shorten
from qcity_xl.core.values import Value, canonical

MOST_BESIDE = 5_000  # cells of one file that are listed with their words
ABOVE, GONE = "写在表格外面", "下发的文字不见了"
SIGNATURE = "签名栏"  # with its label: who answers for the return
SLOT_GONE = "预留的行不见了"
_SHOWN = 5  # cells that a note quotes
Text = tuple[str, str, str]  # sheet, address, what stands there


@dataclass(frozen=True, slots=True)
class Beside:
    """A cell that nobody merges: its sheet and address ("" where it is gone), its words, why it is
    not merged.
    """

    sheet: str
    cell: str
    words: str
    why: str


def written_around(around: Iterable[Text], sent: Iterable[Text]) -> list[Beside]:
    """What stands outside the tables that was not `sent` there, and what is gone that was; lines
    may have moved. A sheet that is gone is told elsewhere.
    """
    left: dict[tuple[str, str], list[str]] = {}
    for sheet, cell, words in sent:
        left.setdefault((sheet, canonical(words)), []).append(cell)
    texts = {(sheet, canonical(words)): words for sheet, _, words in sent}
    around = list(around)
    signed, found, sheets = _signatures(around), list[Beside](), set()
    for sheet, cell, words in around:
        sheets.add(sheet)
        cells = left.get((sheet, canonical(words)))
        if cells:
            cells.pop(0)
        else:
            found.append(Beside(sheet, cell, words, signed.get((sheet, cell), ABOVE)))
    gone = (
        Beside(sheet, cell, texts[sheet, words], GONE)
        for (sheet, words), cells in left.items()
        if sheet in sheets
        for cell in cells
    )
    return [*found, *gone]


def _signatures(around: Iterable[Text]) -> dict[tuple[str, str], str]:
    """Where something stands right of a label that people fill in: the label."""
    found: dict[tuple[str, str], str] = {}
    before = ("", "", "")
    for sheet, cell, words in around:
        label = before[2].strip(" :：")
        if before[:2] == (sheet, _line(cell)) and label in SIGNED and words not in SIGNED:
            found[sheet, cell] = f"{SIGNATURE}“{label}”"
        before = (sheet, _line(cell), words)
    return found


def _line(cell: str) -> str:
    return cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def notes_around(beside: Iterable[Beside]) -> list[str]:
    """A note on each sheet for what `written_around` found there."""
    new: dict[str, list[str]] = {}
    gone: Counter[str] = Counter()
    signed: list[str] = []
    for item in beside:
        if item.why == GONE:
            gone[item.sheet] += 1
        elif item.why.startswith(SIGNATURE):
            label = item.why.removeprefix(SIGNATURE).strip("“”")
            signed.append(f"{label} {shorten(item.words, 30)}")
        else:
            new.setdefault(item.sheet, []).append(f"{item.cell}“{shorten(item.words, 30)}”")
    return [
        *([f"{SIGNATURE}：{'，'.join(signed)}"] if signed else []),
        *(
            f"「{sheet}」{quoted(cells)}写在表格外面，不并入总表，已随原件存档"
            for sheet, cells in new.items()
        ),
        *(
            f"「{sheet}」表格外面有{count}处下发的文字不见了或被改写"
            for sheet, count in gone.items()
        ),
    ]


def reply_key(key: str, row: Mapping[str, Value]) -> str:
    """Row id of a line of 退回说明 under its number: it proves that the line is as we wrote it."""
    parts = (canonical(row.get(field)) for field in REPLY.fields if field != KEY)
    mark = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]
    return f"{key.partition('-')[0]}-{mark}"


def quoted(cells: Sequence[str]) -> str:
    """The first of these, and how many there are."""
    return "、".join(cells[:_SHOWN]) + (f"等{len(cells)}处" if len(cells) > _SHOWN else "")


def grouped(beside: Iterable[Beside]) -> Iterator[tuple[str, str, list[Beside]]]:
    """The cells by sheet and reason."""
    groups: dict[tuple[str, str], list[Beside]] = {}
    for item in beside:
        groups.setdefault((item.sheet, item.why), []).append(item)
    for (sheet, why), items in groups.items():
        yield sheet, why, items
