"""What the office says of the columns of its document: 采集分=分值, C列=牵头单位."""

import re
from collections.abc import Iterable, Sequence

from qcity_xl.core.errors import NothingToDo
from qcity_xl.core.reading.columns import MEANING_NAMES, Meaning, header_key, place_of
from qcity_xl.core.reading.headers import Words
from qcity_xl.core.reading.model import ColumnRead

_BY_NAME = {name: meaning for meaning, name in MEANING_NAMES.items()}


def parse_words(said: Iterable[str]) -> tuple[Words, tuple[str, ...]]:
    """The words with their meanings, the first one of a column alone, and what is none.

    A text may hold several, divided by ；.
    """
    words: dict[int | str, tuple[str, Meaning]] = {}
    faults = []
    for part in filter(None, (p.strip() for text in said for p in re.split("[；;\n]", text))):
        word, _, name = (half.strip() for half in part.replace("＝", "=").partition("="))
        if not word or name not in _BY_NAME:
            faults.append(part)
        else:
            words.setdefault(place_of(word) or header_key(word), (word, _BY_NAME[name]))
    return tuple(words.values()), tuple(faults)


def header_words(said: str | Sequence[str], kept: str) -> Words:
    """What is said of headers now, and what a master remembers of them. Raises NothingToDo."""
    listed = [said] if isinstance(said, str) else list(said)
    words, faults = parse_words([*listed, kept])
    if faults:
        raise NothingToDo(
            f"看不懂“{'；'.join(faults)}”。请写成 表头=意思，如 采集分=分值、C列=牵头单位；"
            f"意思可以是：{'、'.join(MEANING_NAMES.values())}。"
        )
    return words


def words_text(words: Words) -> str:
    """The words as `parse_words` reads them."""
    return "；".join(f"{word}={MEANING_NAMES[meaning]}" for word, meaning in words)


def unused(words: Words, columns: Sequence[ColumnRead]) -> list[str]:
    """The words that no column bears."""
    keys = {header_key(column.header) for column in columns}
    places = {place_of(column.column) for column in columns}
    return [
        word
        for word, _ in words
        if (place not in places if (place := place_of(word)) else header_key(word) not in keys)
    ]
