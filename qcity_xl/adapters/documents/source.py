"""What a reader of documents gives: the text in order, and what it left out of it."""

from dataclasses import dataclass, field

from qcity_xl.core.problems import Problem
from qcity_xl.core.reading import Cell, Grid


@dataclass(slots=True)
class Source:
    """A document's paragraphs and tables; `aside` stands beside them, as footnotes do.

    `problems` say what was not read, and why.
    """

    blocks: list[Cell | Grid] = field(default_factory=list)
    aside: list[Cell] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    pictures: bool = False  # whether it is known to show some: without any text it is a scan

    def tell(self, code: str, where: str, found: str, fix: str) -> None:
        """Note that something of the document was not read as it stands."""
        self.problems.append(
            Problem(code, "warning", "原文件", where, found, "文件只有定稿的内容", fix)
        )

    @property
    def empty(self) -> bool:
        """Whether there is no text at all."""
        cells = (
            b.text if isinstance(b, Cell) else "".join(s.text for s in b.squares)
            for b in self.blocks
        )
        return not any(text.strip() for text in cells)
