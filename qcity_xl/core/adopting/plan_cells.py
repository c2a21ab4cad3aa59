"""What a working book repeats of the plan: points, rules, deadlines, held against the master."""

from collections.abc import Iterator

from qcity_xl.core.adopting.book import BookRow, Piece
from qcity_xl.core.adopting.claims import Claim
from qcity_xl.core.adopting.ledger import Ledger
from qcity_xl.core.adopting.likeness import bare
from qcity_xl.core.adopting.places import RowFinder
from qcity_xl.core.master.model import text
from qcity_xl.core.reading.deadlines import parse_deadline
from qcity_xl.core.reading.headings import label_heading, same_title
from qcity_xl.core.reading.scores import parse_points
from qcity_xl.core.schema import CRITERIA, INDICATORS, SECTIONS, TASKS
from qcity_xl.core.text import one_line, shorten
from qcity_xl.core.values import parse_number

_SHOWN = 40
_TOLERANCE = 1e-6


class PlanCells:
    """Compares; a book never changes the plan, except for a blank 文件原文 or 完成时限."""

    def __init__(self, places: RowFinder, ledger: Ledger) -> None:
        """The master's rows, and where the fates go."""
        self._places, self._ledger = places, ledger
        self._master = places.master

    def compare(self, row: BookRow, indicator: str, criterion: str, task: str) -> Iterator[Claim]:
        """Settle the cells of a row that belong to the plan; blanks of the master are filled."""
        for piece in row.of("section"):
            self._section(piece)
        for piece in row.of("points"):
            self._points(piece, indicator, criterion)
        for piece in row.of("methods", "content"):
            self._said_there(piece, indicator)
        for piece in row.of("rule"):
            yield from self._rule(piece, indicator, criterion)
        for piece in row.of("deadline"):
            yield from self._deadline(piece, task)

    def _section(self, piece: Piece) -> None:
        title = label_heading(one_line(piece.text), 1).title
        sections = self._master.rows(SECTIONS).values()
        numbers = {text(row, "no") for row in sections}
        if piece.text in numbers or any(same_title(text(r, "title"), title) for r in sections):
            self._ledger.mark([piece.cell], "there")
        else:
            self._ledger.leave([piece.cell], "总表没有这个部分")

    def _points(self, piece: Piece, indicator: str, criterion: str) -> None:
        said = parse_points(piece.text)
        rows = (CRITERIA.name, criterion), (INDICATORS.name, indicator)
        cells = (self._master.row(table, key).get("points") for table, key in rows if key)
        held = [points for cell in cells if (points := parse_number(cell)) is not None]
        if said is not None and any(abs(said - points) < _TOLERANCE for points in held):
            self._ledger.mark([piece.cell], "there")
        elif held:
            self._differs(piece, f"{held[0]:g}", INDICATORS.sheet)
        else:
            self._ledger.leave([piece.cell], "不知道是哪项指标的分值")

    def _said_there(self, piece: Piece, indicator: str) -> None:
        own = self._master.row(INDICATORS.name, indicator)
        held = [text(own, name) for name in ("methods", "wording", "title")]
        criteria = self._places.criteria_of(indicator) if indicator else []
        held += [text(self._master.row(CRITERIA.name, key), "text") for key in criteria]
        if bare(piece.text) in bare("".join(held)):
            self._ledger.mark([piece.cell], "there")
        elif piece.slot == "methods" and held[0]:
            self._differs(piece, held[0], INDICATORS.sheet)
        else:
            self._ledger.leave([piece.cell], f"总表没有这样的{piece.header}，接收台账不改任务分解")

    def _rule(self, piece: Piece, indicator: str, criterion: str) -> Iterator[Claim]:
        wording = text(self._master.row(INDICATORS.name, indicator), "wording")
        held = bare(wording + text(self._master.row(CRITERIA.name, criterion), "text"))
        if held and bare(piece.text) in held:
            self._ledger.mark([piece.cell], "there")
        elif wording:
            self._differs(piece, wording, INDICATORS.sheet)
        elif indicator:
            yield Claim(INDICATORS.name, indicator, "wording", piece.text, (piece.cell,))
        else:
            self._ledger.leave([piece.cell], "不知道是哪项指标的评分办法")

    def _deadline(self, piece: Piece, task: str) -> Iterator[Claim]:
        held = text(self._master.row(TASKS.name, task), "deadline")
        said = parse_deadline(piece.text)[0]
        if not task:
            self._ledger.leave([piece.cell], "不知道是哪项任务的完成时限")
        elif bare(said) == bare(parse_deadline(held)[0]):
            self._ledger.mark([piece.cell], "there")
        elif held:
            self._differs(piece, held, TASKS.sheet)
        else:
            yield Claim(TASKS.name, task, "deadline", said, (piece.cell,))

    def _differs(self, piece: Piece, held: str, sheet: str) -> None:
        said = f"总表写的是“{shorten(one_line(held), _SHOWN)}”"
        reason = f"{said}，接收台账不改任务分解，要改请改「{sheet}」"
        self._ledger.leave([piece.cell], reason)
