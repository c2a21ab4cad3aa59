"""Evidence of a book: a list of documents, or documents named beside the work."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from qcity_xl.core.adopting.book import BookRow, BookTable, Piece
from qcity_xl.core.adopting.claims import Claim
from qcity_xl.core.adopting.ledger import BookCell, Ledger
from qcity_xl.core.adopting.likeness import bare
from qcity_xl.core.adopting.places import RowFinder
from qcity_xl.core.master.model import text
from qcity_xl.core.schema import CRITERIA, EVIDENCE, INDICATORS, TASKS
from qcity_xl.core.scoring.evidence import criteria_labels
from qcity_xl.core.text import fold, labels_in, one_line, shorten
from qcity_xl.core.values import Value, parse_date

_NUMBER = r"[\u4e00-\u9fffA-Za-z]{1,20}\s*[〔\[（(【]\s*\d{4}\s*[〕\]）)】]\s*(?:第)?\d+\s*号"
_DOCUMENT = re.compile(rf"《([^《》]+)》\s*(?:[（(【]?\s*({_NUMBER})\s*[）)】]?)?")
_NUMBERED = re.compile(rf"([^、；;\n《》]*?)[（(【]?\s*({_NUMBER})\s*[）)】]?")
_FILLING = re.compile(r"[\s、，,；;。.：:及和与（）()]|等(?:文件|材料)?|\d+[.、．)]|[①-⑳]|附件|见")
_NOTHING = ("", "-", "--", "/", "无", "暂无", "没有")
_SHOWN = 30


@dataclass(slots=True)
class _Item:
    """One document: its row id, and what it is called."""

    key: str
    title: str
    number: str


class Materials:
    """The documents of a book and of the master; the same one is found again."""

    def __init__(self, places: RowFinder, ledger: Ledger) -> None:
        """Begin with those that the master has."""
        self._places, self._ledger = places, ledger
        self._labels = criteria_labels(places.master)
        self._items = [
            _Item(key, bare(text(row, "title")), bare(text(row, "number")))
            for key, row in places.master.rows(EVIDENCE).items()
        ]

    # -- lists

    def listed(self, table: BookTable) -> Iterator[Claim]:
        """What a list of evidence says, one document a row."""
        for row in table.rows:
            yield from self._row(row)

    def _row(self, row: BookRow) -> Iterator[Claim]:
        titles = [p for p in row.of("evidence") if fold(p.text) not in _NOTHING]
        numbers = [p for p in row.of("number") if fold(p.text) not in _NOTHING]
        for piece in row.pieces:
            if piece.slot in ("serial", "section") or fold(piece.text) in _NOTHING:
                self._ledger.mark([piece.cell], "heading")
        if not titles and not numbers:
            cells = [p.cell for p in row.pieces if p.slot not in ("serial", "section")]
            self._ledger.leave(cells, "这一行没有材料名称，也没有文号")
            return
        title = _title(titles[0].text) if titles else ""
        number = one_line(numbers[0].text) if numbers else ""
        key = self._find(title, number)
        for piece in titles[:1]:
            yield _claim(key, "title", title, piece.cell)
        for piece in numbers[:1]:
            yield _claim(key, "number", number, piece.cell)
        for piece in row.pieces:
            if piece not in (*titles[:1], *numbers[:1]) and fold(piece.text) not in _NOTHING:
                yield from self._cell(key, piece)

    def _cell(self, key: str, piece: Piece) -> Iterator[Claim]:
        """One more cell of a document's row."""
        said: Value = None
        name, why = str(piece.slot), f"「{EVIDENCE.sheet}」没有放“{piece.header}”的列"
        if piece.slot in ("serial", "section"):
            return
        if piece.slot in ("serves", "indicator", "task", "criterion"):
            name, (said, why) = "criteria", self._serves(piece)
        elif piece.slot in ("units", "leads"):
            name, named = "unit", self._places.units(piece.text)
            said = named.names[0] if len(named.names) == 1 and not named.unknown else None
            why = next(map(self._places.stranger, named.unknown), "一份材料只记一个单位")
        elif piece.slot in ("dated", "deadline"):
            name, said, why = "dated", parse_date(piece.text), "不是日期，应写如 2016-05-01"
        elif piece.slot == "kind":
            choices = {fold(choice): choice for choice in EVIDENCE.column("kind").choices}
            said, why = (
                choices.get(fold(piece.text)),
                f"材料类型应为：{'、'.join(choices.values())}",
            )
        elif piece.slot in ("period", "location", "page"):
            said = one_line(piece.text)
        if said is None:
            self._ledger.leave([piece.cell], why)
        else:
            yield _claim(key, name, said, piece.cell)

    def _serves(self, piece: Piece) -> tuple[str | None, str]:
        """得分点 of 佐证 for 13(3), 13, the title of an indicator, a task."""
        labels = labels_in(piece.text, self._labels)
        if labels and all(label in self._labels for label in labels):
            return "、".join(labels), ""
        said, master = one_line(piece.text), self._places.master
        criterion = self._places.criterion(said)
        if criterion.key:
            return text(master.rows(CRITERIA)[criterion.key], "label"), ""
        indicator = self._places.indicator(said)
        if indicator.key:
            return text(master.rows(INDICATORS)[indicator.key], "no"), ""
        task = self._places.task(said)
        if task.key:
            row = master.rows(TASKS)[task.key]
            return text(row, "criteria") or text(row, "indicator"), ""
        return None, f"认不出是哪项指标或得分点：{indicator.why}"

    # -- beside the work

    def beside(self, row: BookRow, serves: str, unit: str) -> Iterator[Claim]:
        """The documents that a row of work names; the cells beside one belong to it."""
        items: list[str] = []
        alone = bool(row.of("number"))
        for piece in row.of("evidence"):
            if fold(piece.text) in _NOTHING:
                self._ledger.mark([piece.cell], "there")
                continue
            found, rest = documents_in(piece.text)
            if alone and not found:
                numbers = [one_line(p.text) for p in row.of("number")]
                found, rest = [(_title(piece.text), numbers[0])], ""
            for title, number in found:
                key = self._find(title, number)
                items.append(key)
                yield from self._named(key, title, number, piece, serves, unit)
            if rest and not found:
                self._ledger.leave([piece.cell], "没有书名号或文号，看不出是哪一份材料")
            elif rest:
                reason = f"其中“{shorten(rest, _SHOWN)}”没有书名号或文号，没有登记"
                self._ledger.leave([piece.cell], reason)
        for piece in row.of("number", "dated", "period", "location", "page", "kind"):
            if len(set(items)) == 1 and piece.slot == "number":
                yield _claim(items[0], "number", one_line(piece.text), piece.cell)
            elif len(set(items)) == 1:
                yield from self._cell(items[0], piece)
            else:
                self._ledger.leave([piece.cell], "不知道是哪一份材料的")

    def _named(
        self, key: str, title: str, number: str, piece: Piece, serves: str, unit: str
    ) -> Iterator[Claim]:
        told = {"title": title, "number": number}
        for name, value in told.items():
            if value:
                yield _claim(key, name, value, piece.cell, 1)
        for name, value in {"criteria": serves, "unit": unit}.items():
            if value:
                yield _claim(key, name, value, piece.cell, 2, soft=True)

    def _find(self, title: str, number: str) -> str:
        """The row id of a document: that of the same one, else a new one from what it is called."""
        mine = (bare(title), bare(number))
        for item in self._items:
            one, two = item.title == mine[0], item.number == mine[1]
            lacking = not (mine[0] and item.title) or not (mine[1] and item.number)
            if (one and two) or (lacking and ((one and mine[0]) or (two and mine[1]))):
                item.title, item.number = item.title or mine[0], item.number or mine[1]
                return item.key
        key = "E" + hashlib.sha256("\x1f".join(mine).encode()).hexdigest()[:12]
        self._items.append(_Item(key, *mine))
        return key


def documents_in(cell: str) -> tuple[list[tuple[str, str]], str]:
    """The documents that a cell names, each with title and number, and what is left of the cell."""
    found: list[tuple[str, str]] = []

    def take(match: re.Match[str]) -> str:
        title, number = match[1].strip(" ，,、：:"), one_line(match[2] or "")
        found.append((one_line(title), number))
        return "、"

    rest = _NUMBERED.sub(take, _DOCUMENT.sub(take, cell))
    return found, _FILLING.sub("", rest)


def _title(said: str) -> str:
    """A title without its book marks, where these hold all of it."""
    flat = one_line(said)
    match = re.fullmatch("《([^《》]+)》", flat)
    return match[1] if match else flat


def _claim(
    key: str, name: str, value: Value, cell: BookCell, rank: int = 0, *, soft: bool = False
) -> Claim:
    return Claim(EVIDENCE.name, key, name, value, (cell,), rank, soft)
