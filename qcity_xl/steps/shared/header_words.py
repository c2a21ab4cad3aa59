"""What the office says of the headers of its documents, kept in 设置 for the next one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qcity_xl.core.changes import Change
from qcity_xl.core.master.model import Master, differences
from qcity_xl.core.schema import SETTINGS

if TYPE_CHECKING:
    from qcity_xl.core.reading import Words

WORDS_ROW = "总表/表头的意思"  # of 设置


def known_words(master: Master, headers: str | Sequence[str]) -> "Words":
    """What is said of headers now, and what the master remembers. Raises NothingToDo."""
    from qcity_xl.core.reading import header_words  # the reader takes a while to import

    return header_words(headers, master.settings.header_words)


def taught(master: Master, headers: str | Sequence[str], words: "Words") -> list[Change]:
    """Changes that make 设置 remember these words, where any were said now."""
    from qcity_xl.core.reading import words_text

    row = {WORDS_ROW: {"value": words_text(words)}}
    return differences(master, SETTINGS, row if headers else {})
