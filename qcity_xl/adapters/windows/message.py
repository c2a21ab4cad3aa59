"""What a window shows: rows in columns, in blocks; made from an outcome, never from its text."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MessageTable:
    """Rows with the same columns under a title; with `labelled` the first names the others."""

    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    labelled: bool = False

    def lines(self) -> Iterator[str]:
        """As plain text."""
        if self.title:
            yield f"{self.title}："
        indent = "  " if self.title or len(self.rows[0]) > 1 else ""
        for first, *others in self.rows:
            rest = "  ".join(filter(None, others))
            between = "" if self.labelled or not first or not rest else "  "
            yield f"{indent}{first}{between}{rest}"


@dataclass(frozen=True, slots=True)
class Message:
    """What it is about, the blocks, a remark at the end; `details` are the blocks uncut, if cut."""

    head: str
    blocks: tuple[MessageTable, ...]
    note: str = ""
    details: tuple[MessageTable, ...] = ()

    def text(self, *, whole: bool = False) -> str:
        """As plain text: what is copied, and what Excel shows where there is no window."""
        blocks = (self.details if whole else ()) or self.blocks
        body = "\n".join(line for block in blocks for line in block.lines())
        return "\n\n".join(part for part in (self.head, body, self.note) if part)


def sentence(text: str) -> Message:
    """A message of one sentence, or of some paragraphs."""
    return Message("", (MessageTable(tuple((line,) for line in text.split("\n"))),))
