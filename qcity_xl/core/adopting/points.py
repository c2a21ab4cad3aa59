"""Points that the office had given itself: kept beside the answers that will replace them."""

from collections.abc import Iterator

from qcity_xl.core.adopting.book import Piece
from qcity_xl.core.adopting.claims import Claim
from qcity_xl.core.adopting.ledger import Ledger
from qcity_xl.core.adopting.places import RowFinder
from qcity_xl.core.master.criteria import points_of
from qcity_xl.core.master.model import text
from qcity_xl.core.reading.scores import parse_points
from qcity_xl.core.schema import CRITERIA, INDICATORS, TASKS, Table
from qcity_xl.core.schema.formulas import KEPT
from qcity_xl.core.text import fold, labels_in, number_text

_NOTHING = ("", "-", "--", "/", "无", "未评")


class KeptPoints:
    """Collects the scores of a table, then tells whose they are.

    One cell for an indicator is that of the indicator. Several are those of its criteria, where
    each stands beside a task that serves one criterion alone.
    """

    def __init__(self, places: RowFinder, ledger: Ledger) -> None:
        """No scores yet."""
        self._places, self._ledger = places, ledger
        self._found: dict[str, dict[Piece, list[tuple[str, str]]]] = {}

    def add(self, piece: Piece, indicator: str, criterion: str, task: str) -> None:
        """A score, with what its row is about."""
        if fold(piece.text) in _NOTHING:
            self._ledger.mark([piece.cell], "there")
        elif not indicator:
            self._ledger.leave([piece.cell], "不知道是哪项指标的得分")
        else:
            own = self._found.setdefault(indicator, {})
            own.setdefault(piece, []).append((criterion, task))

    def claims(self) -> Iterator[Claim]:
        """What the scores say; one above its points, or of nobody, is left."""
        for indicator, pieces in self._found.items():
            named = {piece: self._criterion(rows) for piece, rows in pieces.items()}
            whole = [p for p, rows in pieces.items() if not any(c for c, _ in rows)]
            if len(pieces) == 1 and whole:
                yield from self._claim(whole[0], INDICATORS, indicator)
                continue
            criteria = [key for key in named.values() if key]
            for piece, key in named.items():
                if key and criteria.count(key) == 1:
                    yield from self._claim(piece, CRITERIA, key)
                else:
                    no = text(self._places.master.rows(INDICATORS)[indicator], "no")
                    reason = f"指标{no}有{len(pieces)}格得分，分不清这一格是哪个得分点的"
                    self._ledger.leave([piece.cell], reason)

    def _criterion(self, rows: list[tuple[str, str]]) -> str:
        """The one criterion that the rows of a score are about, "" for none or several."""
        criteria = self._places.master.rows(CRITERIA)
        keys = {fold(text(row, "label")): key for key, row in criteria.items()}
        found = {criterion for criterion, _ in rows if criterion}
        for criterion, task in rows:
            if not criterion:
                served = text(self._places.master.row(TASKS.name, task), "criteria")
                found |= {keys[label] for label in labels_in(served, keys) if label in keys}
        return found.pop() if len(found) == 1 else ""

    def _claim(self, piece: Piece, table: Table, key: str) -> Iterator[Claim]:
        said = parse_points(piece.text)
        most = points_of(self._places.master.rows(table)[key])
        if said is None:
            self._ledger.leave([piece.cell], "不是分数，应写如 7.5")
        elif said > most:
            reason = f"得分{number_text(said)}超过分值{number_text(most)}"
            self._ledger.leave([piece.cell], reason)
        else:
            value = int(said) if said.is_integer() else said
            yield Claim(table.name, key, KEPT, value, (piece.cell,))
