"""Chinese office text: what to strip, what counts as the same."""

import re
import unicodedata
from collections.abc import Callable, Container
from functools import cache, lru_cache
from itertools import pairwise

# Private-use characters come from symbol fonts (Word dumps them as U+F030 "0"); they are
# stripped, never mapped to digits: mapping turns 20 points into 200.
_STRAY = re.compile(
    "[\ue000-\uf8ff\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]"
)
# What else no program shows (Default_Ignorable_Code_Point): soft hyphens, fillers, marks of
# direction, selectors of variants. Hashes of packs count them: `clean` leaves them alone.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2061-\u2064\u2066-\u206f\u3164"
    "\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]"
)
_DASHES = re.compile("[\u2010-\u2015\u2212\u2500\uff0d\uff5e~]+")
_DIVIDERS = re.compile("([、﹑､；;，,\r\n])")
_DIVIDERS_AND_BLANKS = re.compile(r"([、﹑､；;，,\s])")
_WORD = 40  # a text up to this length is a name or a word, and soon met again
_INSIDE = 8  # dividers that one name holds, at most
# Runs in which every mark may have to change places with every other: no language needs as many
# (Unicode Standard Annex 15, 13: 30), and a cell full of them would take minutes.
_LONG_RUN = re.compile(r"[^\w\s]{31,}")
_RUN = 30
_SPACES = re.compile(r"\s+")
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\u3000-\u303f\uff00-\uffef]"
_HALF_WIDTH = {
    chr(code): unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0xFE50, 0xFE70), *range(0xFF01, 0xFF5F), *range(0xFFE0, 0xFFE7))
    if unicodedata.name(chr(code), "")
}
_FULL_WIDTH = re.compile(f"[{re.escape(''.join(_HALF_WIDTH))}]")
# What makes a word or a number with its neighbour: no Chinese character but a numeral.
_IN_WORD = rf"[.,:/〇零一二三四五六七八九十百千万亿]|(?!{_WIDE})\w|[²³¹⁰-₉①-⓿]"
_SPACE_BETWEEN_WIDE = f"(?<={_WIDE}) (?={_WIDE})"
_pattern = cache(re.compile)  # large sets of characters take long to compile: those that are used


def clean(text: str) -> str:
    """Text without private-use, zero-width and control characters; line breaks stay."""
    if text.isprintable():  # then there is none of these; most cells are so
        return text
    return _STRAY.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def visible(text: str) -> str:
    """Cleaned text without all else that nobody sees: for words of a list, numbers and dates."""
    return _UNSEEN.sub("", clean(text))


def one_line(text: str) -> str:
    """Cleaned text on one line: breaks and runs of spaces vanish between Chinese characters."""
    line = _SPACES.sub(" ", clean(text)).strip()
    return _pattern(_SPACE_BETWEEN_WIDE).sub("", line) if " " in line else line


def half_width(text: str) -> str:
    """The text in the form in which equal characters are equal (NFKC): Ａ１ as A1, ① as 1.

    In time that grows with its length alone: of a run of more than 30 marks on one letter each 30
    are put in order by themselves.
    """
    if len(text) <= _RUN or _LONG_RUN.search(text) is None:
        return unicodedata.normalize("NFKC", text)
    pieces: list[str] = []
    done = 0
    for run in _LONG_RUN.finditer(text):
        cuts = (done, *range(run.start() + _RUN, run.end(), _RUN), run.end())
        pieces += (text[start:end] for start, end in pairwise(cuts))
        done = run.end()
    return "".join(unicodedata.normalize("NFKC", piece) for piece in (*pieces, text[done:]))


def fold(text: str) -> str:
    """A key for comparing: half width, one kind of dash, no spaces at all, lower case."""
    return _folded_word(text) if len(text) <= _WORD else _folded(text)


def _folded(text: str) -> str:
    folded = half_width(clean(text)).lower()
    # Of the blanks only the plain one is printable: most texts need no second look.
    if " " not in folded and folded.isprintable() and unicodedata.is_normalized("NFKC", folded):
        return _DASHES.sub("-", folded)
    # Once more: a mark that a space kept apart joins the letter before it.
    joined = half_width(_SPACES.sub("", clean(folded)))
    return _DASHES.sub("-", joined)


# Names of units, thresholds and headers are asked for again and again.
_folded_word = lru_cache(maxsize=1 << 14)(_folded)


def plain(text: str) -> str:
    """What text says, whoever typed it: half width, one kind of dash, no needless blanks.

    Nothing that tells one text from another is lost: capitals, superscripts, circled digits and
    blanks between letters or digits stay, as in 1 2项.
    """
    narrow = _FULL_WIDTH.sub(lambda wide: _HALF_WIDTH[wide[0]], clean(text)).strip()
    return _DASHES.sub("-", _SPACES.sub(_needed, narrow))


def _needed(blank: re.Match[str]) -> str:
    """One blank where its neighbours would become another word or number without it."""
    before, after = blank.string[blank.start() - 1], blank.string[blank.end() : blank.end() + 1]
    inside = _pattern(_IN_WORD).fullmatch
    return " " if inside(before) and inside(after) else ""


def entries(
    cell: str, known: Callable[[str], object] | None = None, *, blanks: bool = False
) -> list[str]:
    """The entries of a list cell, divided by 、；， or line breaks; empty ones are left out.

    A stretch that is `known` as a name stays whole, the longest one that begins at its place:
    各辖市、区政府. With `blanks` a blank divides as well.
    """
    # Every second part is a divider.
    parts = (_DIVIDERS_AND_BLANKS if blanks else _DIVIDERS).split(cell)
    found: list[str] = []
    start = 0
    while start < len(parts):
        end = _end_of_name(parts, start, known) if known and parts[start] else start + 1
        found.append("".join(parts[start:end]).strip())
        start = end + 1
    return [entry for entry in found if entry]


def _end_of_name(parts: list[str], start: int, known: Callable[[str], object]) -> int:
    ends = range(min(start + 2 * _INSIDE + 1, len(parts)), start + 1, -2)
    return next((end for end in ends if known("".join(parts[start:end]))), start + 1)


def labels_in(cell: str, known: Container[str]) -> list[str]:
    """The labels of a cell such as 13(3)、7, folded; a blank divides what is not `known` whole."""
    return [fold(label) for label in entries(cell, lambda part: fold(part) in known, blanks=True)]


def shorten(text: str, length: int) -> str:
    """At most `length` characters, the last one an ellipsis where something was cut."""
    return text if len(text) <= length else text[: length - 1] + "…"


def number_text(number: float) -> str:
    """10.0 as "10", 7.5 as "7.5": points as an office writes them, two decimals at most."""
    return f"{round(number, 2):.15g}" if abs(number) < 1e12 else f"{number:.0f}"


@lru_cache(maxsize=1 << 8)  # the criteria of an indicator are met again with each of its tasks
def pairs(text: str) -> frozenset[str]:
    """All pairs of neighbouring characters, punctuation left out."""
    flat = re.sub(r"\W", "", fold(text))
    return frozenset(flat[n : n + 2] for n in range(len(flat) - 1))


def likeness(one: str, other: str) -> float:
    """How much two wordings share, by their pairs: 0 for nothing, 1 for all (Sørensen, Dice)."""
    mine, theirs = pairs(one), pairs(other)
    return 2 * len(mine & theirs) / (len(mine) + len(theirs)) if mine and theirs else 0.0


def natural_key(text: str) -> tuple[tuple[int, int | str], ...]:
    """A sort key by which 13.2 stands before 13.10."""
    parts = re.findall(r"\d+|\D+", text)
    return tuple((0, int(part)) if part.isdecimal() else (1, part) for part in parts)
