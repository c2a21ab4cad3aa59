"""Random hands on a real pack, and an oracle of its own: every cell is accounted for, once.

The oracle knows cells alone, as another library reads them from the file: each word typed by a
hand is unlike all others, so that it is either in one decision or among the cells beside.
"""

import io
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment

from qcity_xl.core.merge.merge_all import Merged, merge_returns
from qcity_xl.core.rounds.beside import GONE, SLOT_GONE
from qcity_xl.core.schema.pack import GUIDE_SHEET, PACK
from qcity_xl.core.values import canonical
from qcity_xl.steps.shared.load_returns import load_returns
from tests.returns.conftest import Round

Place = tuple[int, int]
Cells = dict[Place, object]
OURS = [table.table.sheet for table in PACK]
LAST = (1_048_576, 16_384)
TEXTED = {t.table.sheet: t for t in PACK if "text" in t.table.fields}
_WORD = re.compile(r"［词\d+］")


@dataclass
class Hand:
    """A pack in somebody's hands: its cells by sheet, comments, and what chooses what is done."""

    sheets: dict[str, Cells]
    rng: random.Random
    names: dict[str, str] = field(default_factory=dict)  # new names of sheets
    comments: list[tuple[str, Place, str]] = field(default_factory=list)
    typed: int = 0

    def word(self) -> str:
        """A word that stands nowhere else."""
        self.typed += 1
        return f"［词{self.typed}］"

    def ours(self) -> str:
        """One of the sheets that are filled."""
        return self.rng.choice(OURS)

    def header(self, sheet: str) -> int:
        """The line of a sheet's header, as it was sent."""
        return 7 if sheet == OURS[0] else 4

    def size(self, sheet: str) -> Place:
        """The last line and column that hold something."""
        cells = self.sheets[sheet] or {(1, 1): None}
        return max(line for line, _ in cells), max(col for _, col in cells)


# -- what hands do


def fill(hand: Hand) -> None:
    """Answers where they belong."""
    for table in PACK:
        sheet = table.table.sheet
        first = hand.header(sheet) + 1
        for line in range(first, hand.size(sheet)[0] + 1):
            for col, column in enumerate(table.table.columns, 1):
                if column.field in ("note", "title", "page") and hand.rng.random() < 0.4:
                    hand.sheets[sheet][line, col] = hand.word()


def type_anywhere(hand: Hand) -> None:
    """A word into any cell of any sheet, of the header and above it too."""
    sheet = hand.rng.choice(list(hand.sheets))
    lines, cols = hand.size(sheet)
    if sheet == "_qcity":
        place = hand.rng.randint(1, lines), hand.rng.randint(6, 9)
    else:
        place = hand.rng.randint(1, lines + 6), hand.rng.randint(1, cols + 3)
    hand.sheets[sheet][place] = hand.word()


def type_far(hand: Hand) -> None:
    """A word far away, beyond what is read too."""
    place = hand.rng.choice(((900, 3), (20, 70), (40_000, 200), LAST, (9, 65)))
    hand.sheets[hand.ours()][place] = hand.word()


def clear(hand: Hand) -> None:
    """A cell emptied."""
    cells = hand.sheets[hand.rng.choice([*OURS, GUIDE_SHEET])]
    if cells:
        cells.pop(hand.rng.choice(list(cells)))


def clear_block(hand: Hand) -> None:
    """A block emptied."""
    sheet = hand.ours()
    lines, cols = hand.size(sheet)
    top, left = hand.rng.randint(1, lines), hand.rng.randint(1, cols)
    for place in _block(top, left, 2, 3):
        hand.sheets[sheet].pop(place, None)


def copy_cell(hand: Hand) -> None:
    """A cell copied to another of its sheet."""
    sheet = hand.ours()
    lines, cols = hand.size(sheet)
    source = hand.rng.choice(list(hand.sheets[sheet]))
    place = hand.rng.randint(hand.header(sheet) + 1, lines + 2), hand.rng.randint(1, cols + 1)
    hand.sheets[sheet][place] = hand.sheets[sheet][source]


def copy_line(hand: Hand) -> None:
    """A line copied below the table, with its id or without, and a word more on the copy."""
    sheet = hand.ours()
    lines, cols = hand.size(sheet)
    source, left = hand.rng.randint(hand.header(sheet) + 1, lines), hand.rng.choice((1, 2))
    cells = hand.sheets[sheet]
    cells |= {
        (lines + 1, col): cells[source, col]
        for col in range(left, cols + 1)
        if (source, col) in cells
    }
    if hand.rng.random() < 0.7:
        cells[lines + 1, hand.rng.randint(2, cols)] = hand.word()


def paste_block(hand: Hand) -> None:
    """Typed words pasted somewhere, over what stands there."""
    sheet = hand.ours()
    lines, cols = hand.size(sheet)
    top, left = hand.rng.randint(hand.header(sheet), lines), hand.rng.randint(1, cols)
    for place in _block(top, left, hand.rng.randint(1, 4), hand.rng.randint(1, 4)):
        hand.sheets[sheet][place] = hand.word()


def shift_block(hand: Hand) -> None:
    """A block of the body cut and pasted a line or a column further."""
    sheet = hand.ours()
    cells, (lines, cols) = hand.sheets[sheet], hand.size(sheet)
    top, left = hand.rng.randint(hand.header(sheet) + 1, lines), hand.rng.randint(2, cols)
    down, right = hand.rng.choice(((1, 0), (-1, 0), (0, 1), (0, -1)))
    block = {p: cells.pop(p) for p in _block(top, left, 3, 4) if p in cells}
    cells.update({(line + down, col + right): v for (line, col), v in block.items()})


def insert_lines(hand: Hand) -> None:
    """Whole lines inserted."""
    sheet = hand.ours()
    at = hand.rng.randint(1, hand.size(sheet)[0])
    _move(hand.sheets[sheet], lambda line, col: (line + 1 if line >= at else line, col))


def delete_line(hand: Hand) -> None:
    """A whole line deleted."""
    sheet = hand.ours()
    at = hand.rng.randint(1, hand.size(sheet)[0])
    _drop(hand.sheets[sheet], lambda line, _: line == at)
    _move(hand.sheets[sheet], lambda line, col: (line - 1 if line > at else line, col))


def insert_column(hand: Hand) -> None:
    """A column of their own, with words in it."""
    sheet = hand.ours()
    lines, cols = hand.size(sheet)
    at = hand.rng.randint(1, cols + 1)
    _move(hand.sheets[sheet], lambda line, col: (line, col + 1 if col >= at else col))
    for line in (hand.header(sheet), hand.rng.randint(1, lines)):
        if hand.rng.random() < 0.7:
            hand.sheets[sheet][line, at] = hand.word()


def delete_column(hand: Hand) -> None:
    """A whole column deleted."""
    sheet = hand.ours()
    at = hand.rng.randint(1, hand.size(sheet)[1])
    _drop(hand.sheets[sheet], lambda _, col: col == at)
    _move(hand.sheets[sheet], lambda line, col: (line, col - 1 if col > at else col))


def cells_up(hand: Hand) -> None:
    """Cells of some columns deleted, what is below moves up; the hidden ids stay."""
    sheet = hand.ours()
    lines, cols = hand.size(sheet)
    at, left = hand.rng.randint(hand.header(sheet) + 1, lines), hand.rng.randint(2, cols)
    _drop(hand.sheets[sheet], lambda line, col: line == at and col >= left)
    _move(
        hand.sheets[sheet],
        lambda line, col: (line - 1 if line > at and col >= left else line, col),
    )


def cells_down(hand: Hand) -> None:
    """Cells of some columns inserted."""
    sheet = hand.ours()
    lines, cols = hand.size(sheet)
    at, left = hand.rng.randint(hand.header(sheet) + 1, lines), hand.rng.randint(2, cols)
    _move(
        hand.sheets[sheet],
        lambda line, col: (line + 1 if line >= at and col >= left else line, col),
    )


def sort(hand: Hand) -> None:
    """The body sorted, with the hidden ids or without them."""
    sheet = hand.ours()
    cells, (lines, cols) = hand.sheets[sheet], hand.size(sheet)
    first, left = hand.header(sheet) + 1, hand.rng.choice((1, 2))
    order = list(range(first, lines + 1))
    hand.rng.shuffle(order)
    places = [(line, col) for line in order for col in range(left, cols + 1)]
    body = {place: cells.pop(place) for place in places if place in cells}
    at = {line: first + index for index, line in enumerate(order)}
    cells.update({(at[line], col): value for (line, col), value in body.items()})


def own_sheet(hand: Hand) -> None:
    """A sheet of their own."""
    name = f"附表{len(hand.sheets)}"
    hand.sheets[name] = {place: hand.word() for place in _block(2, 2, 3, 2)}


def copy_sheet(hand: Hand) -> None:
    """A sheet copied, with something written on the copy."""
    sheet = hand.ours()
    copied = dict(hand.sheets[sheet])
    copied[hand.rng.randint(1, hand.size(sheet)[0]), hand.rng.randint(1, 9)] = hand.word()
    hand.sheets[f"{sheet} ({len(hand.sheets)})"] = copied


def rename_sheet(hand: Hand) -> None:
    """A sheet under another name."""
    sheet = hand.ours()
    hand.names[sheet] = f"{sheet}（已填{len(hand.names)}）"


def comment(hand: Hand) -> None:
    """A comment."""
    hand.comments.append((hand.ours(), (hand.rng.randint(1, 20), 5), hand.word()))


def total(hand: Hand) -> None:
    """A line of totals below."""
    sheet = hand.ours()
    line = hand.size(sheet)[0] + 1
    hand.sheets[sheet] |= {(line, 3): "合计", (line, 5): hand.word()}


def odd_value(hand: Hand) -> None:
    """A number or a truth where something else stands."""
    sheet = hand.ours()
    lines, cols = hand.size(sheet)
    place = hand.rng.randint(hand.header(sheet) + 1, lines), hand.rng.randint(2, cols)
    hand.sheets[sheet][place] = hand.rng.choice((7_654_321, 0.123456, True))


def header_words(hand: Hand) -> None:
    """A header with something added, or another word in its place."""
    sheet = hand.ours()
    place = hand.header(sheet), hand.rng.randint(2, hand.size(sheet)[1])
    said = hand.sheets[sheet].get(place, "") if hand.rng.random() < 0.7 else ""
    hand.sheets[sheet][place] = f"{said}{hand.word()}"


EDITS: tuple[Callable[[Hand], None], ...] = (
    *(fill, type_anywhere, type_far, clear, clear_block, copy_cell, copy_line, paste_block),
    *(
        shift_block,
        insert_lines,
        delete_line,
        insert_column,
        delete_column,
        cells_up,
        cells_down,
        sort,
    ),
    *(own_sheet, copy_sheet, rename_sheet, comment, total, odd_value, header_words),
)


def _block(top: int, left: int, height: int, width: int) -> Iterator[Place]:
    for line in range(top, top + height):
        for col in range(left, left + width):
            yield line, col


def _move(cells: Cells, to: Callable[[int, int], Place]) -> None:
    moved = {to(line, col): value for (line, col), value in cells.items()}
    cells.clear()
    cells.update(moved)


def _drop(cells: Cells, gone: Callable[[int, int], bool]) -> None:
    for place in [place for place in cells if gone(*place)]:
        del cells[place]


# -- the file


def cells_of(data: bytes) -> dict[str, Cells]:
    """The cells of a workbook that hold something, by sheet, as openpyxl reads them."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        sheet.title: {
            place: cell.value
            for place, cell in sheet._cells.items()  # those alone that are there
            if cell.value is not None
        }
        for sheet in book.worksheets
    }


def file_of(hand: Hand) -> bytes:
    """The workbook that another program makes of the cells."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, cells in hand.sheets.items():
        sheet = book.create_sheet(hand.names.get(name, name))
        for (line, col), value in cells.items():
            if 0 < line <= LAST[0] and 0 < col <= LAST[1]:
                sheet.cell(line, col, value)
        for at, (line, col), said in hand.comments:
            if at == name:
                sheet.cell(line, col).comment = Comment(said, "科员")
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


# -- the law


def check(sent: Round, pack: bytes, hand: Hand, folder: Path) -> Merged | None:
    """Hold the law for what came back; None for a file that was put aside with a reason."""
    data = file_of(hand)
    path = folder / "回收.xlsx"
    path.write_bytes(data)
    returns, results = load_returns([path], sent.path, sent.master, sent.context)
    if results:
        assert results[0].reason
        return None
    (merged,) = merge_returns(sent.master, returns, sent.context.now.date())
    _once(merged, data, hand)
    _beside_their_text(merged, hand)
    _gone(merged, pack, hand)
    return merged


def _once(merged: Merged, data: bytes, hand: Hand) -> None:
    """Each word that was typed is in one decision or in one line of what is beside."""
    typed = [str(said) for cells in cells_of(data).values() for said in cells.values()]
    typed += [said for _, _, said in hand.comments]
    present = Counter(word for said in typed for word in _WORD.findall(said))
    said = [str(d.theirs) for d in merged.decisions] + [b.words for b in merged.file.beside]
    said += [finding.found for finding in merged.file.findings]
    told = Counter(word for text in said for word in _WORD.findall(text))
    for word, times in present.items():
        assert 1 <= told[word] <= times, (word, times, told[word])


def _beside_their_text(merged: Merged, hand: Hand) -> None:
    """No answer is taken for a row whose text stands beside another."""
    beside: dict[str, set[str]] = {}
    for sheet, pack_table in TEXTED.items():
        cells = hand.sheets[sheet]
        heads = [p for p, v in cells.items() if v == pack_table.table.column("text").header]
        sent = {str(r.get("text")) for r in merged.file.base[pack_table.table.name].values()}
        for (line, _), value in cells.items():
            for word in _WORD.findall(str(value)):
                for head_line, col in heads:
                    text = str(cells.get((line, col), ""))
                    if line > head_line and text in sent:
                        beside.setdefault(word, set()).add(text)
    texts = {
        (table.source.name, key): str(row.get("text"))
        for table in PACK
        for key, row in merged.file.base[table.table.name].items()
    }
    for d in merged.decisions:
        for word in _WORD.findall(str(d.theirs)) if d.action == "take" else ():
            if word in beside and (d.table, d.row) in texts:
                assert texts[d.table, d.row] in beside[word], (d, beside[word])


def _gone(merged: Merged, pack: bytes, hand: Hand) -> None:
    """Each word of ours that is gone from the file is told."""
    now = Counter(canonical(str(v)) for cells in hand.sheets.values() for v in cells.values())
    then = Counter(canonical(str(v)) for cells in cells_of(pack).values() for v in cells.values())
    file = merged.file
    told = {canonical(str(d.base)) for d in merged.decisions}
    told |= {canonical(b.words) for b in file.beside if b.why == GONE}
    told |= {
        canonical(said) for b in file.beside if b.why == SLOT_GONE for said in b.words.split("、")
    }
    slots = {b.words for b in file.beside if b.why == SLOT_GONE}
    for table in PACK:  # a prepared row is named by what it asks for; our remark goes with it
        for row in file.base[table.table.name].values():
            asked = "、".join(str(v) for f in table.editable if (v := row.get(f)) is not None)
            if asked in slots:
                told |= {canonical(str(value)) for value in row.values()}
    deleted = {(d.table, d.row) for d in merged.decisions if d.field == "key"}
    for table in PACK:
        for key, row in file.base[table.table.name].items():
            if (table.source.name, key) in deleted:
                told |= {canonical(str(value)) for value in row.values()}
    notes = "".join((*file.notes, *(f.sentence() for f in file.findings)))
    lost = {f.table for f in file.findings if not f.line and not f.field}
    sent = [
        (table, name, canonical(str(value)))
        for table in PACK
        for row in file.base[table.table.name].values()
        for name, value in row.items()
        if value is not None
    ]
    told |= {said for table, name, said in sent if table.table.column(name).header in notes}
    told |= {said for table, _, said in sent if table.table.name in lost}
    for _, name, said in sent:
        assert now[said] >= then[said] or said in told, (name, said, file.notes)


def hand_on(sheets: dict[str, Cells], seed: int) -> Hand:
    """The cells of a pack, about to be edited."""
    chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
    return Hand({name: dict(cells) for name, cells in sheets.items()}, chance)


def random_edits(seed: int) -> list[Callable[[Hand], None]]:
    """What hands do to one pack: mostly they fill it, then up to four slips."""
    chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
    filled = [fill] if chance.random() < 0.7 else []
    return [*filled, *chance.choices(EDITS, k=chance.randint(1, 4))]
