"""What 日志 keeps of the cells of a return that nothing is done about: a line for each kind."""

from collections.abc import Iterable, Iterator

from qcity_xl.core.history.log import LogLine
from qcity_xl.core.master.names import row_name
from qcity_xl.core.master.numbers import NO_OTHERS, NumbersInUse
from qcity_xl.core.merge.decisions import WORDS, Decision
from qcity_xl.core.rounds.beside import grouped
from qcity_xl.core.rounds.pack import ReturnedPack
from qcity_xl.core.schema import ROUNDS
from qcity_xl.core.text import shorten

_MOST = 2_000  # characters of a line; the file itself is kept
_WORDS = 60  # of one cell


def in_short(
    file: ReturnedPack, alike: Iterable[Decision], source: str, standing: NumbersInUse = NO_OTHERS
) -> Iterator[LogLine]:
    """A line for the cells of each column that mean what was sent (`alike`), and for those of each
    sheet that are no row's, by the reason.
    """
    columns: dict[tuple[str, str], list[Decision]] = {}
    for decision in alike:
        columns.setdefault((decision.table, decision.field), []).append(decision)
    for (table, field), cells in columns.items():
        said = (f"{row_name(d.row, standing)}：“{d.base}”写成“{_short(d.theirs)}”" for d in cells)
        row = f"{len(cells)}格写法不同，意思一样"
        yield LogLine(WORDS["keep"], table, row, field, None, _listed(said), source)
    for sheet, why, items in grouped(file.beside):
        said = (f"{item.cell}“{_short(item.words)}”" for item in items)
        row = f"「{sheet}」{len(items)}格{why}"
        yield LogLine(WORDS["keep"], ROUNDS.name, row, "file", None, _listed(said), source)


def _short(value: object) -> str:
    return shorten("（空）" if value is None else str(value), _WORDS)


def _listed(said: Iterable[str]) -> str:
    return shorten("；".join(said), _MOST)
