"""What single cells of a working book say of how far the work has come."""

import re
from collections.abc import Iterator

from qcity_xl.core.adopting.book import Piece
from qcity_xl.core.schema.words import FINISHED, progress_word, rate_in
from qcity_xl.core.text import fold, number_text
from qcity_xl.core.values import Value, parse_number

Reported = tuple[str, Value, int, bool]  # field of 填报, value, rank, whether told by the way
_YES = ("是", "√", "✓", "☑", "✔", "y", "yes")
# Signs alone, and colours: what they mean stands in a legend, if anywhere.
_SIGN = re.compile(r"(?:[^\w\s]|[○●〇✓✔×✗])+|(?:亮?(?:红|黄|绿|蓝|橙)(?:灯|色|牌)?)")
_HALVES = ("基本完成", "部分完成")  # say more than 推进中


def are_fractions(pieces: Iterator[Piece]) -> bool:
    """Whether the bare numbers of a column of rates are parts of one: 0.8, not 80."""
    numbers = [number for p in pieces if (number := parse_number(p.text)) is not None]
    return bool(numbers) and max(numbers) <= 1


def state_of(piece: Piece) -> str | None:
    """完成情况 of a cell of states; 是 where the header asks whether it is done."""
    asks = re.search("是否|有无|与否", piece.header)
    if asks and fold(piece.text) in _YES:
        return FINISHED
    return progress_word(piece.text)


def is_sign(piece: Piece) -> bool:
    """Whether a cell holds signs or a colour alone."""
    return _SIGN.fullmatch(fold(piece.text)) is not None


def half_of(piece: Piece) -> Iterator[Reported]:
    """The words themselves, where 推进中 says less than they do."""
    if fold(piece.text) in _HALVES:
        yield "note", piece.text, 0, False


def progress_of(piece: Piece) -> Iterator[Reported]:
    """A text on progress, which may be a state alone or begin with one."""
    rate = rate_in(piece.text)
    if word := progress_word(piece.text):
        yield "progress", word, 0, False
        yield from half_of(piece)
        if rate is not None and 0 < rate < 100:
            yield "note", f"完成率{number_text(rate)}%", 0, False
        return
    yield "note", piece.text, 0, False
    first = re.split("[。；;，,\n]", piece.text)[0]
    if word := progress_word(first):
        yield "progress", word, 1, True
