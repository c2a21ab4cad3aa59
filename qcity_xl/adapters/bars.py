"""Bars of a terminal: plain signs that every console has, as wide as there is room for."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_SIGNS, _REST = "#=-", "."  # one column wide in every font, also where ambiguous ones take two
_LONGEST_LABEL, _LONGEST, _SHORTEST = 34, 40, 8


class Bar(NamedTuple):
    """A line: what it is of, shares (0 to 1, each beyond those before it), and words behind it."""

    label: str
    shares: Sequence[float]
    words: str


def bar_lines(bars: Sequence[Bar], names: Sequence[str], width: int) -> Iterator[str]:
    """The bars, one a line and none wider than `width` columns, and what their signs mean.

    Where there is no room for words behind a bar they are left out, then the bar itself.
    """
    if not bars:
        return
    room = max(min(_LONGEST_LABEL, width // 2), 8)
    label = min(max(columns_of(bar.label) for bar in bars), room)
    words = max(columns_of(bar.words) for bar in bars)
    frame = len("  ") + label + len(" []")
    if width - 1 - frame - words - 2 < _SHORTEST:
        words = 0
    long = min(width - 1 - frame - (words and words + 2), _LONGEST)
    for bar in bars:
        line = f"  {fitted(bar.label, label)}"
        if long >= _SHORTEST:
            line += f" [{_drawn(bar.shares, long)}]"
        yield f"{line}  {bar.words}".rstrip() if words else line
    if long >= _SHORTEST:
        said = [f"{sign} {name}" for sign, name in zip(_SIGNS, names, strict=False)]
        yield f"  {'  '.join(said)}"


def _drawn(shares: Sequence[float], long: int) -> str:
    """The first share in the first sign, what the second has beyond it in the second, and so on.

    Something is at least one sign, and only what is whole fills the bar.
    """
    line = ""
    for sign, share in zip(_SIGNS, shares, strict=False):
        signs = int(max(share, 0) * long + 1e-9)
        line += sign * (min(max(signs, share > 0), long) - len(line))
    return line + _REST * (long - len(line))


def columns_of(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )


def fitted(text: str, columns: int) -> str:
    """A text in just so many columns: cut, or with blanks behind it."""
    if columns_of(text) > columns:
        while columns_of(text) > columns - 2:
            text = text[:-1]
        text += ".."
    return text + " " * (columns - columns_of(text))
