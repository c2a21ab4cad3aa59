"""Which row that was sent a returned row is: the one whose text it shows, whatever id it bears.

| number and text that the row shows             | its id                    | it is           |
|------------------------------------------------|---------------------------|-----------------|
| those of one row that was sent                 | any                       | that row        |
| the text of one row, the number of none        | any                       | that row        |
| the text of one row, the number of another     | that of the text          | that row        |
| the text of one row, the number of another     | another                   | nobody knows    |
| its own number, its own text reworded          | its own, nothing moved    | the row of its id |
| nothing at all                                 | its own, nothing moved    | the row of its id |
| anything else                                  | any                       | nobody knows    |

"Moved" is a table in which some row shows what another one was sent with, or some id stands
twice. "Reworded" shares half of its pairs of characters with what was sent, or one is part of the
other: a wholly other text is another task, whatever number it bears. Several rows may be the same
one: what their answers disagree on is put to the office (see `matching`).

Evidence has no text of ours: a row is the one whose title and document number it has, and keeps
its id otherwise, as long as no other row has that one's.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from qcity_xl.core.changes import KEY
from qcity_xl.core.rounds.pack import PackRow
from qcity_xl.core.schema import EVIDENCE
from qcity_xl.core.schema.pack import PackTable
from qcity_xl.core.text import fold, likeness
from qcity_xl.core.values import Value

PlacedRows = list[tuple[PackRow, str]]
Sent = Mapping[str, Mapping[str, Value]]
_EVIDENCE_IS = ("title", "number")
_TEXT = "text"
_REWORDED = 0.5  # of the pairs of characters: with less, it is another text


def whose_rows(table: PackTable, rows: Sequence[PackRow], sent: Sent) -> PlacedRows:
    """Each row with the id of the row that it is, "" where nobody can tell.

    An id that was never sent stays where the row shows nothing that was.
    """
    if table.source is EVIDENCE:
        return _evidence(rows, sent)
    telling = _Telling(table, sent)
    shown = [telling.shown(row) for row in rows]
    ids = Counter(row.key for row in rows if row.key in sent)
    moved = any(count > 1 for count in ids.values()) or any(
        row.key in sent and key != "" and key != row.key
        for row, key in zip(rows, shown, strict=True)
    )
    return [
        (row, key or telling.by_id(row, moved=moved)) for row, key in zip(rows, shown, strict=True)
    ]


class _Telling:
    """What the rows that were sent show: number, text, and the other cells that no unit writes."""

    def __init__(self, table: PackTable, sent: Sent) -> None:
        own = table.source.fields
        locked = [f for f in table.table.fields if f in own and f not in (*table.editable, KEY)]
        self._number = next(field for field in locked if field != _TEXT)
        self._locked, self._sent = locked, sent
        self._by = {name: _keys_by(name, sent) for name in (self._number, _TEXT)}

    def shown(self, row: PackRow) -> str | None:
        """The id of the row that is shown, "" if what is shown was not sent, None for two rows."""
        numbered, said = (self._with(name, row) for name in (self._number, _TEXT))
        both = numbered & said
        if len(both) > 1:
            both = {k for k in both if self._alike(row, k)} or both
        if both:
            return row.key if row.key in both else (both.pop() if len(both) == 1 else None)
        if said and numbered:
            return row.key if row.key in said else None
        if said:
            return row.key if row.key in said else (said.pop() if len(said) == 1 else None)
        if _TEXT not in row.values and len(numbered) == 1:
            return numbered.pop()
        return None if numbered - {row.key} and row.key in self._sent else ""

    def by_id(self, row: PackRow, *, moved: bool) -> str:
        """The id of a row that shows no text that was sent."""
        if row.key not in self._sent:
            return row.key
        number, said = (fold(str(row.values.get(n) or "")) for n in (self._number, _TEXT))
        sent = fold(str(self._sent[row.key].get(_TEXT) or ""))
        own = row.key in self._with(self._number, row) and _reworded(sent, said)
        unread = self._number not in row.values and _TEXT not in row.values
        return row.key if not moved and (own or unread or not (number or said)) else ""

    def _with(self, name: str, row: PackRow) -> set[str]:
        return set(self._by[name].get(fold(str(row.values.get(name) or "")), ()))

    def _alike(self, row: PackRow, key: str) -> bool:
        sent = self._sent[key]
        return all(
            fold(str(row.values.get(name) or "")) == fold(str(sent.get(name) or ""))
            for name in self._locked
        )


def _reworded(sent: str, said: str) -> bool:
    """Whether a text may be the other one after somebody changed words of it; a blank may be."""
    return said in sent or sent in said or likeness(sent, said) >= _REWORDED


def _keys_by(name: str, sent: Sent) -> dict[str, list[str]]:
    """The ids of the rows that show something in a column, by what they show."""
    found: dict[str, list[str]] = {}
    for key, row in sent.items():
        if shown := fold(str(row.get(name) or "")):
            found.setdefault(shown, []).append(key)
    return found


def _evidence(rows: Sequence[PackRow], sent: Sent) -> PlacedRows:
    named = _titles(sent)
    shown = [_own(row, sent) or named.get(_title(row.values), "") for row in rows]
    claimed = {key for key in shown if key}
    moved = any(
        key and row.key in sent and key != row.key for row, key in zip(rows, shown, strict=True)
    )
    return [
        (row, key or _left(row, sent, claimed, moved=moved))
        for row, key in zip(rows, shown, strict=True)
    ]


def _left(row: PackRow, sent: Sent, claimed: Iterable[str], *, moved: bool) -> str:
    """The id of evidence that shows nothing that was sent: its own, unless that is elsewhere."""
    if row.key not in sent or (row.key not in claimed and not moved):
        return row.key
    return ""


def _own(row: PackRow, sent: Sent) -> str:
    """Its id, if it says what was sent under it."""
    title = _title(row.values)
    return row.key if any(title) and row.key in sent and title == _title(sent[row.key]) else ""


def _titles(sent: Sent) -> dict[tuple[str, ...], str]:
    """Id by what evidence is called, for what only one row is called."""
    titles = {key: _title(row) for key, row in sent.items()}
    counts = Counter(titles.values())
    return {title: key for key, title in titles.items() if any(title) and counts[title] == 1}


def _title(row: Mapping[str, Value]) -> tuple[str, ...]:
    return tuple(fold(str(row.get(name) or "")) for name in _EVIDENCE_IS)
